import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Column, Report, ReportRow } from '../api/reports.ts';
import { currentLanguage } from '../i18n.ts';
import { whenText } from '../shared/dates.ts';
import { figureText } from './figures.ts';
import classes from './reports.module.css';

/** Before the place is measured. */
const FIRST_WIDTH = 720;
const HEIGHT = 240;
const LEFT = 64;
const PAD = 12;
/** More lines than this nobody can tell apart. */
const MOST_LINES = 6;

interface ChartProps {
  readonly report: Report;
  readonly column: Column;
}

interface Line {
  readonly key: string;
  readonly name: string;
  readonly rows: readonly ReportRow[];
}

/** One figure over time, a line for each queue or agent; where the engine was away the ground is hatched. The table has the numbers. */
export function Chart({ report, column }: ChartProps) {
  const { t } = useTranslation();
  const { ref, width: measured } = useElementSize<HTMLElement>();
  const wide = measured > 0 ? measured : FIRST_WIDTH;
  const lines = linesOf(report, column);
  const begin = Math.min(...report.rows.map(({ from }) => from));
  const end = Math.max(...report.rows.map(({ to }) => to));
  const values = lines.flatMap(({ rows }) => rows.flatMap(({ figures }) => figures.get(column.id) ?? []));
  if (values.length === 0) return <Text c="dimmed">{t('reports.noFigure')}</Text>;
  const high = column.kind === 'share' ? 1 : Math.max(1, ...values);
  const x = (at: number): number => LEFT + ((at - begin) / Math.max(1, end - begin)) * (wide - LEFT - PAD);
  const y = (value: number): number => PAD + (1 - value / high) * (HEIGHT - 2 * PAD);
  const middle = ({ from, to }: ReportRow): number => x((from + to) / 2);
  // Every row of an interval knows of the gap; it is drawn once.
  const gaps = [...new Map(report.rows.filter(({ gapMs }) => gapMs > 0).map((row) => [row.from, row])).values()];
  const title = column.label[currentLanguage()];
  return (
    <figure ref={ref} className={classes['chart']}>
      <svg height={HEIGHT} viewBox={`0 0 ${wide} ${HEIGHT}`} role="img" aria-label={t('reports.chartOf', { figure: title })}>
        {gaps.map(({ from, to }) => (
          <rect key={from} x={x(from)} width={Math.max(2, x(to) - x(from))} y={PAD} height={HEIGHT - 2 * PAD} className={classes['away']}>
            <title>{t('reports.away', { when: whenText(from, report.zone) })}</title>
          </rect>
        ))}
        {[0, high / 2, high].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={wide - PAD} y1={y(value)} y2={y(value)} className={classes['grid']} />
            <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {figureText(column.kind, column.kind === 'count' ? Math.round(value) : value)}
            </text>
          </g>
        ))}
        {lines.map(({ key, name, rows }, index) => (
          <g key={key} data-line={index + 1} className={classes['line']}>
            {runsOf(rows, column).map((run) => (
              <polyline key={run[0]?.from} points={run.map((row) => `${middle(row)},${y(row.figures.get(column.id) ?? 0)}`).join(' ')} />
            ))}
            {rows.flatMap((row) => {
              const value = row.figures.get(column.id) ?? null;
              return value === null ? (
                []
              ) : (
                <circle key={row.from} cx={middle(row)} cy={y(value)} r={3.5}>
                  <title>{`${name}, ${whenText(row.from, report.zone)}: ${figureText(column.kind, value)}`}</title>
                </circle>
              );
            })}
          </g>
        ))}
      </svg>
      <div className={classes['axis']}>
        <span>{whenText(begin, report.zone)}</span>
        <span>{whenText(end, report.zone)}</span>
      </div>
      <ul className={classes['keys']}>
        {lines.map(({ key, name }, index) => (
          <li key={key}>
            <svg width="34" height="10" aria-hidden="true" data-line={index + 1} className={classes['line']}>
              <polyline points="0,5 34,5" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Those with the most of it first. */
function linesOf({ rows, names, totals }: Report, column: Column): readonly Line[] {
  const sum = (key: string): number => totals.find((one) => one.key === key)?.figures.get(column.id) ?? 0;
  const isThere = (key: string): boolean => rows.some((row) => row.key === key && (row.figures.get(column.id) ?? null) !== null);
  return [...names]
    .filter(([key]) => isThere(key))
    .toSorted(([a], [b]) => sum(b) - sum(a))
    .slice(0, MOST_LINES)
    .map(([key, label]) => ({ key, name: label[currentLanguage()], rows: rows.filter((row) => row.key === key) }));
}

/** What follows without a break: an interval without the figure, or without a row, ends a run. */
function runsOf(rows: readonly ReportRow[], { id }: Column): readonly (readonly ReportRow[])[] {
  const runs: ReportRow[][] = [];
  let last: ReportRow | undefined;
  for (const row of rows) {
    if ((row.figures.get(id) ?? null) === null) {
      last = undefined;
      continue;
    }
    if (last?.to === row.from) runs.at(-1)?.push(row);
    else runs.push([row]);
    last = row;
  }
  return runs;
}
