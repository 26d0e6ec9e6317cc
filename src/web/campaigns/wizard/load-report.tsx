import { Alert, Button, Group, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { rejectionIn } from '../../../domain/rejection-words.ts';
import { type LoadInfo, rejectedFile } from '../../api/lists.ts';
import { currentLanguage } from '../../i18n.ts';
import { Icon } from '../../icons.tsx';
import classes from '../campaigns.module.css';
import { countText } from '../words.ts';

const COUNTS = ['rows', 'added', 'unchanged', 'duplicates', 'bad'] as const;

interface LoadReportProps {
  readonly load: LoadInfo;
  readonly onDone: (list: string | null) => void;
}

/** How far a file is, and then what became of its rows: every row is in one of the counts. */
export function LoadReport({ load, onDone }: LoadReportProps) {
  const { t } = useTranslation();
  const isOver = load.state !== 'loading';
  return (
    <section className={classes['card']} aria-labelledby="load-title">
      <Stack gap="sm">
        <Title order={2} id="load-title">
          {t(`campaigns.wizard.loads.${load.state}`)}
        </Title>
        {isOver ? null : <Progress value={(load.share ?? 0) * 100} animated aria-label={t('campaigns.wizard.loads.loading')} />}
        {load.problem === null ? null : (
          <Alert color="red" icon={<Icon name="warning" />}>
            <Text size="sm" lang="en">
              {load.problem}
            </Text>
          </Alert>
        )}
        <dl className={classes['figures']}>
          {COUNTS.map((name) => (
            <div key={name} data-count={name}>
              <dt>{t(`campaigns.wizard.counts.${name}`)}</dt>
              <dd>{countText(load[name])}</dd>
            </div>
          ))}
        </dl>
        {isOver && load.rejected.length > 0 ? <Rejected load={load} /> : null}
        {isOver ? (
          <Group>
            <Button onClick={() => onDone(load.state === 'failed' ? null : load.list)}>{t('campaigns.wizard.goOn')}</Button>
            {load.rejected.length === 0 ? null : (
              <Button component="a" download variant="default" href={rejectedFile(load.id, currentLanguage())}>
                {t('campaigns.wizard.rejectedFile')}
              </Button>
            )}
          </Group>
        ) : null}
      </Stack>
    </section>
  );
}

function Rejected({ load: { rejected } }: { readonly load: LoadInfo }) {
  const { t } = useTranslation();
  const label = t('campaigns.wizard.rejected');
  return (
    <>
      <Text fw={600}>{label}</Text>
      <Table.ScrollContainer minWidth={480} maxHeight={320} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}>
        <Table aria-label={label} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('campaigns.wizard.row')}</Table.Th>
              <Table.Th>{t('campaigns.wizard.column')}</Table.Th>
              <Table.Th>{t('campaigns.wizard.value')}</Table.Th>
              <Table.Th>{t('campaigns.wizard.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rejected.map(({ row, column, value, reason }) => (
              <Table.Tr key={`${row} ${column}`} data-rejected={row}>
                <Table.Td>{row}</Table.Td>
                <Table.Td>{column ?? ''}</Table.Td>
                <Table.Td>{value}</Table.Td>
                <Table.Td>{rejectionIn(currentLanguage(), reason)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
