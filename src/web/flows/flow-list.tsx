import { Alert, Anchor, Badge, Button, Container, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { errorText } from '../api/error-text.ts';
import { type FlowState, listFlows } from '../api/workshop.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { NewFlow } from './new-flow.tsx';
import { FLOWS } from './queries.ts';
import { wordsIn } from './words.ts';

/** Every flow: what callers hear now, and what is being worked on. */
export function FlowList() {
  const { t } = useTranslation();
  const flows = useQuery({ queryKey: FLOWS, queryFn: listFlows });
  const [adding, setAdding] = useState(false);
  useTitle(t('pages.flows'));
  return (
    <Container size="xl" px={{ base: 'sm', sm: 'lg' }} py="md">
      <Group justify="space-between" mb="md">
        <Title order={1}>{t('pages.flows')}</Title>
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setAdding(true)}>
          {t('flows.list.new')}
        </Button>
      </Group>
      {flows.error === null ? null : <Alert color="red">{errorText(t, flows.error)}</Alert>}
      {flows.data === undefined ? flows.error === null && <Waiting /> : <FlowTable flows={flows.data} />}
      <NewFlow opened={adding} taken={flows.data?.map(({ flow }) => flow) ?? []} onClose={() => setAdding(false)} />
    </Container>
  );
}

function FlowTable({ flows }: { readonly flows: readonly FlowState[] }) {
  const { t } = useTranslation();
  if (flows.length === 0) return <Text>{t('flows.list.none')}</Text>;
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table verticalSpacing="sm" aria-label={t('pages.flows')} bg="var(--santral-surface)" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('flows.list.flow')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('flows.list.published')}</Table.Th>
            <Table.Th>{t('flows.list.draft')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flows.map((flow) => (
            <FlowRow key={flow.flow} state={flow} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function FlowRow({ state: { flow, title, current, draft } }: { readonly state: FlowState }) {
  const { t } = useTranslation();
  const published = current === null ? t('flows.list.unpublished') : t('flows.revision', { revision: current.revision });
  return (
    <Table.Tr data-flow={flow}>
      <Table.Td>
        <Anchor component={Link} to={`/flows/${flow}`} fw={600}>
          {wordsIn(title, flow)}
        </Anchor>
        <Text size="sm" c="dimmed">
          {flow}
        </Text>
        <Text size="sm" hiddenFrom="sm">
          {published}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{published}</Text>
        {current === null ? null : (
          <Text size="sm" c="dimmed">
            {t('flows.byAt', { by: byText(t, current.createdBy), at: whenText(current.createdAt) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{draft === null ? <Text size="sm">{t('flows.list.noDraft')}</Text> : <DraftCell draft={draft} />}</Table.Td>
    </Table.Tr>
  );
}

function DraftCell({ draft }: { readonly draft: NonNullable<FlowState['draft']> }) {
  const { t } = useTranslation();
  const { errors, warnings, author, updatedAt } = draft;
  return (
    <Stack gap={2} align="flex-start">
      <Badge variant="light" radius="sm" color={errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green'} tt="none">
        {errors > 0
          ? t('flows.errors', { count: errors })
          : warnings > 0
            ? t('flows.warnings', { count: warnings })
            : t('flows.noProblems')}
      </Badge>
      <Text size="sm" c="dimmed">
        {t('flows.byAt', { by: author, at: whenText(updatedAt) })}
      </Text>
    </Stack>
  );
}

/** Who published: a user, or what the files said at a start. */
function byText(t: TFunction, by: string): string {
  return by === 'files' ? t('flows.byFiles') : by;
}
