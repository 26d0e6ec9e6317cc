import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Days, dispositionFile, loadDispositions } from '../api/reports.ts';
import { currentLanguage } from '../i18n.ts';
import { Fault } from '../shared/fault.tsx';
import { Waiting } from '../shell/waiting.tsx';
import { Exports } from './exports.tsx';
import { figureText } from './figures.ts';
import classes from './reports.module.css';

/** How talks were closed, the most frequent first. */
export function Dispositions({ days }: { readonly days: Days }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const found = useQuery({ queryKey: ['report-dispositions', days], queryFn: () => loadDispositions(days), staleTime: 0 });
  const rows = found.data ?? [];
  return (
    <section className={classes['card']} aria-label={t('reports.dispositions')}>
      <Exports csv={dispositionFile(days, 'csv', language)} xlsx={dispositionFile(days, 'xlsx', language)} />
      <Fault error={found.error} />
      {found.isPending ? <Waiting /> : null}
      {found.data !== undefined && rows.length === 0 ? <Text mt="sm">{t('reports.nothing')}</Text> : null}
      {rows.length === 0 ? null : (
        <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('reports.dispositions') } }}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('reports.queue')}</Table.Th>
                <Table.Th>{t('reports.disposition')}</Table.Th>
                <Table.Th className={classes['number'] ?? ''}>{t('reports.talks')}</Table.Th>
                <Table.Th className={classes['number'] ?? ''}>{t('reports.share')}</Table.Th>
                <Table.Th className={classes['number'] ?? ''}>{t('reports.averageHandle')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ key, queue, label, talks, share, averageHandleMs }) => (
                <Table.Tr key={key}>
                  <Table.Td>{queue[language]}</Table.Td>
                  <Table.Td>{label[language]}</Table.Td>
                  <Table.Td className={classes['number'] ?? ''}>{figureText('count', talks)}</Table.Td>
                  <Table.Td className={classes['number'] ?? ''}>{figureText('share', share)}</Table.Td>
                  <Table.Td className={classes['number'] ?? ''}>{figureText('duration', averageHandleMs)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}
