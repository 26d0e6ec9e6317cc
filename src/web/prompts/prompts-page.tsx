import { Alert, Button, Chip, Container, Group, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_RECORDING_MS, MOST_RECORDING_BYTES } from '../../domain/recording-limits.ts';
import { errorText } from '../api/error-text.ts';
import { listPrompts, type PromptList } from '../api/prompts.ts';
import { Icon } from '../icons.tsx';
import { useLogin } from '../shell/use-login.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { EmergencyCard } from './emergency-card.tsx';
import { usePlayer } from './player.ts';
import { choosePrompts, FILTERS, type Filter } from './prompt-filter.ts';
import { PromptRow, UsedByList } from './prompt-row.tsx';
import classes from './prompts.module.css';

const RECORDERS: ReadonlySet<string> = new Set(['admin', 'supervisor']);

/** Everything callers hear: texts, recordings, who says them, and the emergency announcement. */
export function PromptsPage() {
  const { t } = useTranslation();
  const login = useLogin();
  const mayRecord = login.data?.kind === 'in' && RECORDERS.has(login.data.me.role);
  const prompts = useQuery({ queryKey: ['prompts'], queryFn: listPrompts });
  useTitle(t('pages.prompts'));
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Title order={1} mb="sm">
        {t('pages.prompts')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('prompts.scope')}
      </Text>
      {mayRecord ? <EmergencyCard /> : null}
      {prompts.data !== undefined ? (
        <Listed list={prompts.data} mayRecord={mayRecord} changed={() => prompts.refetch()} />
      ) : prompts.error !== null ? (
        <Alert color="red" icon={<Icon name="warning" />} title={t('prompts.loadFailed')}>
          <Text size="sm" mb="xs">
            {errorText(t, prompts.error)}
          </Text>
          <Button size="xs" onClick={() => void prompts.refetch()} loading={prompts.isFetching}>
            {t('shell.tryAgain')}
          </Button>
        </Alert>
      ) : (
        <Waiting />
      )}
    </Container>
  );
}

interface ListedProps {
  readonly list: PromptList;
  readonly mayRecord: boolean;
  readonly changed: () => Promise<unknown>;
}

function Listed({ list, mayRecord, changed }: ListedProps) {
  const { t } = useTranslation();
  const player = usePlayer();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const shown = choosePrompts(list.prompts, filter, search);
  return (
    <>
      <div className={classes['bar']}>
        <TextInput
          type="search"
          label={t('prompts.search')}
          placeholder={t('prompts.searchHint')}
          leftSection={<Icon name="search" size={18} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Chip.Group multiple={false} value={filter} onChange={(value) => setFilter(FILTERS.find((one) => one === value) ?? 'all')}>
          <Group gap={6} role="radiogroup" aria-label={t('prompts.filter')}>
            {FILTERS.map((one) => (
              <Chip key={one} value={one} size="sm" variant="light">
                {t(`prompts.filters.${one}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <Text size="xs" c="dimmed" role="status">
        {t('prompts.count', { shown: shown.length, total: list.prompts.length })}
      </Text>
      {mayRecord ? (
        <Text size="xs" c="dimmed">
          {t('prompts.hint', { seconds: LONGEST_RECORDING_MS / 1000, megabytes: MOST_RECORDING_BYTES / 1_000_000 })}
        </Text>
      ) : null}
      <Absent absent={list.absent} />
      {shown.length === 0 ? (
        <Text py="xl" ta="center" c="dimmed">
          {t('prompts.none')}
        </Text>
      ) : (
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('prompts.prompt')}</th>
              <th scope="col">{t('prompts.language.tr')}</th>
              <th scope="col">{t('prompts.language.en')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((prompt) => (
              <PromptRow key={prompt.key} prompt={prompt} player={player} mayRecord={mayRecord} changed={changed} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Absent({ absent }: Pick<PromptList, 'absent'>) {
  const { t } = useTranslation();
  if (absent.length === 0) return null;
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={t('prompts.absent')} my="sm">
      <ul className={classes['absent']}>
        {absent.map(({ key, usedBy }) => (
          <li key={key}>
            <code>{key}</code>
            <UsedByList usedBy={usedBy} byEngine={false} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}
