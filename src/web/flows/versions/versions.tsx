import { Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../api/error-text.ts';
import { loadRevisionText, type Revision, rollBack } from '../../api/workshop.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { whenText } from '../../shared/dates.ts';
import { useLogin } from '../../shell/use-login.ts';
import { revisionKey } from '../queries.ts';
import type { Work } from '../use-work.ts';
import { DiffView } from './diff-view.tsx';
import classes from './versions.module.css';

/** Roles that may go back; the engine asks again. */
const PUBLISHERS = ['admin', 'supervisor'];
/** Stands for the text in the editor, beside the numbers of revisions. */
const OURS = 'ours';

/** Who published what and when, what differs, and the way back. */
export function Versions({ work, onRolledBack }: { readonly work: Work; readonly onRolledBack: () => Promise<void> }) {
  const { t } = useTranslation();
  const revisions = work.published?.revisions ?? [];
  const current = work.published?.current.revision ?? 0;
  const [back, setBack] = useState<number | null>(null);
  if (revisions.length === 0) return <Text size="sm">{t('flows.versions.none')}</Text>;
  return (
    <Stack className={classes['versions'] ?? ''}>
      <Comparison work={work} revisions={revisions} current={current} />
      <RevisionTable revisions={revisions} current={current} onBack={setBack} />
      <Confirm
        opened={back !== null}
        title={t('flows.versions.back')}
        text={t('flows.versions.backText', { revision: back ?? 0, next: (revisions[0]?.revision ?? 0) + 1 })}
        action={t('flows.versions.back')}
        onClose={() => setBack(null)}
        onConfirm={async () => {
          await rollBack(work.flow, back ?? 0, current);
          await onRolledBack();
        }}
      />
    </Stack>
  );
}

interface TableProps {
  readonly revisions: readonly Revision[];
  readonly current: number;
  readonly onBack: (revision: number) => void;
}

function RevisionTable({ revisions, current, onBack }: TableProps) {
  const { t } = useTranslation();
  const login = useLogin();
  const mayGoBack = login.data?.kind === 'in' && PUBLISHERS.includes(login.data.me.role);
  return (
    <Table withTableBorder bg="var(--santral-surface)" aria-label={t('flows.panel.versions')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('flows.versions.revision')}</Table.Th>
          <Table.Th>{t('flows.versions.who')}</Table.Th>
          <Table.Th>{t('flows.versions.action')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {revisions.map(({ revision, createdAt, createdBy }) => (
          <Table.Tr key={revision} data-revision={revision}>
            <Table.Td>{revision}</Table.Td>
            <Table.Td>
              {createdBy === 'files' ? t('flows.byFiles') : createdBy}
              <Text size="sm" c="dimmed">
                {whenText(createdAt)}
              </Text>
            </Table.Td>
            <Table.Td>
              {revision === current ? (
                <Text size="sm" fw={600}>
                  {t('flows.versions.inForce')}
                </Text>
              ) : (
                <Button
                  size="xs"
                  variant="default"
                  disabled={!mayGoBack}
                  onClick={() => onBack(revision)}
                  aria-label={t('flows.versions.backTo', { revision })}
                >
                  {t('flows.versions.back')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface ComparisonProps {
  readonly work: Work;
  readonly revisions: readonly Revision[];
  readonly current: number;
}

function Comparison({ work, revisions, current }: ComparisonProps) {
  const { t } = useTranslation();
  const previous = revisions.find(({ revision }) => revision < current)?.revision ?? current;
  const edited = work.draft !== null || work.unsaved;
  const [before, setBefore] = useState(String(edited ? current : previous));
  const [after, setAfter] = useState(edited ? OURS : String(current));
  const [one, other] = [useText(work, before), useText(work, after)];
  const options = [
    { value: OURS, label: t('flows.versions.ours') },
    ...revisions.map(({ revision }) => ({ value: String(revision), label: t('flows.revision', { revision }) })),
  ];
  const error = one.error ?? other.error;
  return (
    <section>
      <Group grow mb="xs">
        <NativeSelect
          label={t('flows.versions.from')}
          data={options}
          value={before}
          onChange={(event) => setBefore(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('flows.versions.to')}
          data={options}
          value={after}
          onChange={(event) => setAfter(event.currentTarget.value)}
        />
      </Group>
      {error === null ? null : <Text role="alert">{errorText(t, error)}</Text>}
      {one.text === undefined || other.text === undefined ? null : <DiffView before={one.text} after={other.text} />}
    </section>
  );
}

function useText({ flow, text, published }: Work, which: string): { readonly text: string | undefined; readonly error: unknown } {
  const current = published?.current;
  const known = which === OURS ? text : Number(which) === current?.revision ? current.source : undefined;
  const revision = Number(which);
  const query = useQuery({
    queryKey: revisionKey(flow, revision),
    queryFn: () => loadRevisionText(flow, revision),
    enabled: known === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { text: known ?? query.data, error: query.error };
}
