import { Anchor, Button, Checkbox, Container, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { campaignOptions, createCampaign } from '../../api/campaign-plans.ts';
import { discardListFile, listLists, waitingListFiles } from '../../api/lists.ts';
import { currentLanguage } from '../../i18n.ts';
import { whenText } from '../../shared/dates.ts';
import { Fault } from '../../shared/fault.tsx';
import { useDeed } from '../../shared/use-deed.ts';
import { useTitle } from '../../shell/use-title.ts';
import classes from '../campaigns.module.css';
import { countText } from '../words.ts';
import { FileStep } from './file-step.tsx';
import { Steps } from './steps.tsx';
import { UploadButton } from './upload-button.tsx';

/**
 * The first step of a new campaign: whom it calls. A file that was sent and not loaded yet waits here for whoever comes
 * back; once people are chosen the campaign is kept as a draft.
 */
export function PeoplePage() {
  const { t } = useTranslation();
  useTitle(t('campaigns.wizard.title'));
  const [search, setSearch] = useSearchParams();
  const file = search.get('file');
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py={{ base: 'sm', sm: 'lg' }}>
      <Stack gap="md">
        <Anchor component={Link} to="/campaigns">
          {t('campaigns.back')}
        </Anchor>
        <Title order={1}>{t('campaigns.wizard.title')}</Title>
        <Steps now="people" />
        {file === null ? (
          <ChoosePeople onFile={(id) => setSearch({ file: id })} />
        ) : (
          <FileStep key={file} id={file} onDone={(list) => setSearch(list === null ? {} : { list })} onDiscard={() => setSearch({})} />
        )}
      </Stack>
    </Container>
  );
}

function ChoosePeople({ onFile }: { readonly onFile: (id: string) => void }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const doing = useDeed();
  const loaded = search.get('list');
  const lists = useQuery({ queryKey: ['lists'], queryFn: listLists, staleTime: 0 });
  const waiting = useQuery({ queryKey: ['list-files'], queryFn: waitingListFiles, staleTime: 0 });
  const options = useQuery({ queryKey: ['campaign-options'], queryFn: campaignOptions });
  const [ticked, setTicked] = useState<readonly string[]>(loaded === null ? [] : [loaded]);
  const [name, setName] = useState<string | null>(null);
  const known = (lists.data ?? []).filter(({ state }) => state === 'ready');
  const chosen = known.filter(({ id }) => ticked.includes(id));
  const suggested = chosen[0]?.name ?? '';
  const called = (name ?? suggested).trim();
  const people = chosen.reduce((sum, { contacts }) => sum + contacts, 0);
  const flow = options.data?.flows[0]?.id;
  const go = async (): Promise<void> => {
    if (flow === undefined) return;
    const plan = {
      name: called,
      flow,
      language: currentLanguage(),
      messageClass: 'informational',
      lists: chosen.map(({ id }) => id),
    } as const;
    await doing.run(async () => {
      const id = await createCampaign(plan);
      await queries.invalidateQueries({ queryKey: ['campaigns'] });
      await navigate(`/campaigns/${id}/edit`);
    });
  };
  return (
    <>
      <section className={classes['card']} aria-labelledby="file-title">
        <Stack gap="sm">
          <Title order={2} id="file-title">
            {t('campaigns.wizard.fromFile')}
          </Title>
          <Text>{t('campaigns.wizard.fromFileText')}</Text>
          <UploadButton onSent={({ id }) => onFile(id)} />
          {(waiting.data ?? []).map((file) => (
            <Group key={file.id} gap="sm" data-waiting={file.id}>
              <Text>{t('campaigns.wizard.waits', { name: file.name })}</Text>
              <Button size="xs" onClick={() => onFile(file.id)}>
                {t('campaigns.wizard.goOn')}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  void doing.run(async () => {
                    await discardListFile(file.id);
                    await queries.invalidateQueries({ queryKey: ['list-files'] });
                  })
                }
              >
                {t('campaigns.wizard.discard')}
              </Button>
            </Group>
          ))}
        </Stack>
      </section>
      <section className={classes['card']} aria-labelledby="lists-title">
        <Stack gap="sm">
          <Title order={2} id="lists-title">
            {t('campaigns.wizard.lists')}
          </Title>
          <Fault error={lists.error ?? waiting.error ?? options.error} />
          {known.length === 0 ? <Text c="dimmed">{t('campaigns.wizard.noLists')}</Text> : null}
          <Checkbox.Group aria-labelledby="lists-title" value={[...ticked]} onChange={setTicked}>
            <Stack gap={8}>
              {known.map(({ id, name: list, contacts, createdAt }) => (
                <Checkbox
                  key={id}
                  value={id}
                  label={list}
                  description={t('campaigns.wizard.listAbout', { people: countText(contacts), when: whenText(createdAt) })}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            label={t('campaigns.wizard.name')}
            maw={420}
            maxLength={120}
            value={name ?? suggested}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Text size="sm">{t('campaigns.wizard.people', { people: countText(people) })}</Text>
          {options.data?.flows.length === 0 ? <Text>{t('campaigns.wizard.noFlows')}</Text> : null}
          <Fault error={doing.error} />
          <Group>
            <Button disabled={chosen.length === 0 || called === '' || flow === undefined} loading={doing.busy} onClick={() => void go()}>
              {t('campaigns.wizard.next')}
            </Button>
          </Group>
        </Stack>
      </section>
    </>
  );
}
