import { Badge, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interval, Report } from '../api/reports.ts';
import { currentLanguage } from '../i18n.ts';
import { dayText, timeText, whenText } from '../shared/dates.ts';
import { Chart } from './chart.tsx';
import { figureText } from './figures.ts';
import classes from './reports.module.css';

/** Rows beyond are in the exports. */
const MOST_SHOWN = 300;

interface ReportViewProps {
  readonly report: Report;
  readonly interval: Interval;
}

/** The figures of the whole span with their formulas, one of them as a chart, and all of them as a table. */
export function ReportView({ report, interval }: ReportViewProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const [chosen, setChosen] = useState('');
  const column = report.columns.find(({ id }) => id === chosen) ?? report.columns[0];
  return (
    <Stack gap="md">
      <Totals report={report} />
      {report.rows.length === 0 || column === undefined ? (
        <Text>{t('reports.nothing')}</Text>
      ) : (
        <>
          <section className={classes['card']} aria-labelledby="chart-title">
            <Group justify="space-between" align="flex-end" mb="sm">
              <Title order={2} id="chart-title">
                {t('reports.chart')}
              </Title>
              <Select
                label={t('reports.figure')}
                allowDeselect={false}
                data={report.columns.map(({ id, label }) => ({ value: id, label: label[language] }))}
                value={column.id}
                onChange={(value) => setChosen(value ?? '')}
              />
            </Group>
            <Chart report={report} column={column} />
          </section>
          <Rows report={report} interval={interval} />
        </>
      )}
    </Stack>
  );
}

function Totals({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const all = report.totals.find(({ key }) => key === null)?.figures;
  return (
    <section className={classes['card']} aria-labelledby="totals-title">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="totals-title">
          {t('reports.totals')}
        </Title>
        {report.gapMs > 0 ? (
          <Badge color="amber" variant="light" tt="none" size="lg" role="status">
            {t('reports.gap', { minutes: Math.round(report.gapMs / 60_000) })}
          </Badge>
        ) : null}
      </Group>
      <dl className={classes['figures']}>
        {report.columns.map(({ id, label, kind, formula }) => (
          <div key={id} data-figure={id}>
            <dt>{label[language]}</dt>
            <dd>
              {figureText(kind, all?.get(id))}
              {formula === null ? null : <small>{formula[language]}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t('reports.letters')}</summary>
        <dl className={classes['legend']}>
          {report.legend.map(([letter, meaning]) => (
            <div key={letter} style={{ display: 'contents' }}>
              <dt>{letter}</dt>
              <dd>{meaning[language]}</dd>
            </div>
          ))}
        </dl>
        <Text size="sm" mt="xs">
          {t('reports.countedWhere')}
        </Text>
      </details>
    </section>
  );
}

function Rows({ report, interval }: ReportViewProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const { rows, columns, names, zone } = report;
  return (
    <section className={classes['card']} aria-labelledby="rows-title">
      <Title order={2} id="rows-title" mb="xs">
        {t('reports.table')}
      </Title>
      <Table.ScrollContainer
        minWidth={900}
        maxHeight={560}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('reports.table') } }}
      >
        <Table className={classes['table'] ?? ''} stickyHeader highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('reports.time')}</Table.Th>
              <Table.Th>{t('reports.name')}</Table.Th>
              {columns.map(({ id, label }) => (
                <Table.Th key={id} className={classes['number'] ?? ''}>
                  {label[language]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, MOST_SHOWN).map(({ from, to, key, figures, gapMs }) => (
              <Table.Tr key={`${from} ${key}`} data-row={key}>
                <Table.Td>
                  {interval === 'day' ? dayText(from, zone) : `${whenText(from, zone)} – ${timeText(to, zone)}`}
                  {gapMs > 0 ? ` · ${t('reports.gap', { minutes: Math.round(gapMs / 60_000) })}` : ''}
                </Table.Td>
                <Table.Td>{names.get(key)?.[language] ?? key}</Table.Td>
                {columns.map(({ id, kind }) => (
                  <Table.Td key={id} className={classes['number'] ?? ''}>
                    {figureText(kind, figures.get(id))}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.length > MOST_SHOWN ? <Text size="sm">{t('reports.moreRows', { count: rows.length - MOST_SHOWN })}</Text> : null}
    </section>
  );
}
