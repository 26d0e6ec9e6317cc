import type { Label } from '../../domain/label.ts';
import { BASE, request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export const INTERVALS = ['quarter', 'hour', 'day'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Days of the brand's calendar (`2026-03-02`), both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export type Subject = 'queues' | 'agents';

export interface ReportWish extends Days {
  readonly of: Subject;
  readonly interval: Interval;
  /** One queue or agent; null: all. */
  readonly only: string | null;
  /** Of the service level; null: the product's own. */
  readonly level: string | null;
}

export interface Column {
  readonly id: string;
  readonly label: Label;
  readonly kind: 'count' | 'duration' | 'share';
  readonly formula: Label | null;
}

export type Figures = ReadonlyMap<string, number | null>;

export interface ReportRow {
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  readonly key: string;
  readonly figures: Figures;
  readonly gapMs: number;
}

export interface Report {
  readonly zone: string;
  readonly columns: readonly Column[];
  readonly legend: readonly (readonly [letter: string, meaning: Label])[];
  readonly levels: readonly { readonly id: string; readonly formula: string }[];
  readonly names: ReadonlyMap<string, Label>;
  readonly rows: readonly ReportRow[];
  /** key null: all of them. */
  readonly totals: readonly { readonly key: string | null; readonly figures: Figures }[];
  readonly gapMs: number;
}

export async function loadReport(wish: ReportWish): Promise<Report> {
  const report = shape(await request('GET', `/reports/${wish.of}?${queryOf(wish)}`), 'report');
  const legend = report.child('legend');
  return {
    zone: report.text('zone'),
    columns: report.list('columns').map(columnFrom),
    legend: Object.keys(legend.raw as object).map((letter) => [letter, labelIn(legend, letter)] as const),
    levels: report.list('levels').map((row) => ({ id: row.text('id'), formula: row.text('formula') })),
    names: new Map(report.list('names').map((row) => [row.text('key'), labelIn(row, 'label')])),
    rows: report.list('rows').map((row) => ({
      ...{ from: row.number('from'), to: row.number('to'), key: row.text('key') },
      ...{ figures: figuresIn(row), gapMs: row.number('gapMs') },
    })),
    totals: report.list('totals').map((row) => ({ key: row.optionalText('key'), figures: figuresIn(row) })),
    gapMs: report.number('gaps'),
  };
}

/** Where the browser gets the same report as a file. */
export function reportFile(wish: ReportWish, kind: 'csv' | 'xlsx', language: string): string {
  return `${BASE}/reports/${wish.of}.${kind}?${queryOf(wish)}&lang=${language}`;
}

function queryOf({ of, from, to, interval, only, level }: ReportWish): URLSearchParams {
  const query = new URLSearchParams({ from, to, interval });
  if (only !== null) query.set(of === 'queues' ? 'queue' : 'agent', only);
  if (level !== null && of === 'queues') query.set('level', level);
  return query;
}

export interface Disposition {
  readonly queue: Label;
  readonly label: Label;
  readonly key: string;
  readonly talks: number;
  readonly share: number | null;
  readonly averageHandleMs: number | null;
}

export async function loadDispositions({ from, to }: Days): Promise<readonly Disposition[]> {
  const answer = shape(await request('GET', `/reports/dispositions?${new URLSearchParams({ from, to })}`), 'dispositions');
  return answer.list('items').map((row) => ({
    ...{ queue: labelIn(row, 'queueLabel'), label: labelIn(row, 'label'), talks: row.number('talks') },
    key: `${row.optionalText('queue') ?? ''} ${row.text('disposition')}`,
    share: optionalNumber(row, 'share'),
    averageHandleMs: optionalNumber(row, 'averageHandleMs'),
  }));
}

export function dispositionFile({ from, to }: Days, kind: 'csv' | 'xlsx', language: string): string {
  return `${BASE}/reports/dispositions.${kind}?${new URLSearchParams({ from, to, lang: language })}`;
}

export interface StaffingWish {
  readonly calls: number;
  readonly minutes: number;
  /** Seconds. */
  readonly handle: number;
  readonly within: number;
  /** 0 to 1. */
  readonly level: number;
  /** Seconds; null: callers wait as long as it takes. */
  readonly patience: number | null;
}

export interface StaffingRow {
  readonly agents: number;
  /** null: unstable. */
  readonly c: { readonly serviceLevel: number; readonly averageWaitMs: number; readonly occupancy: number } | null;
  readonly a: { readonly abandoned: number; readonly averageWaitMs: number; readonly occupancy: number } | null;
}

export interface Staffing {
  readonly erlang: number;
  readonly needed: number | null;
  readonly rows: readonly StaffingRow[];
}

export async function loadStaffing({ patience, ...wish }: StaffingWish): Promise<Staffing> {
  const query = new URLSearchParams(
    Object.entries({ ...wish, ...(patience === null ? {} : { patience }) }).map(([key, value]) => [key, String(value)]),
  );
  const answer = shape(await request('GET', `/reports/erlang?${query}`), 'staffing');
  return {
    erlang: answer.number('erlang'),
    needed: optionalNumber(answer, 'needed'),
    rows: answer.list('rows').map((row) => ({ agents: row.number('agents'), c: erlangC(row.child('c')), a: erlangA(row) })),
  };
}

function erlangC(c: Shape): StaffingRow['c'] {
  if (c.text('kind') === 'unstable') return null;
  return { serviceLevel: c.number('serviceLevel'), averageWaitMs: c.number('averageWaitMs'), occupancy: c.number('occupancy') };
}

function erlangA(row: Shape): StaffingRow['a'] {
  if (!row.has('a')) return null;
  const a = row.child('a');
  return { abandoned: a.number('abandoned'), averageWaitMs: a.number('averageWaitMs'), occupancy: a.number('occupancy') };
}

function columnFrom(row: Shape): Column {
  const kind = row.text('kind');
  return {
    ...{ id: row.text('id'), label: labelIn(row, 'label') },
    kind: kind === 'duration' || kind === 'share' ? kind : 'count',
    formula: row.has('formula') ? labelIn(row, 'formula') : null,
  };
}

function labelIn(row: Shape, name: string): Label {
  const label = row.child(name);
  return { tr: label.text('tr'), en: label.text('en') };
}

function figuresIn(row: Shape): Figures {
  const figures = row.child('figures');
  return new Map(Object.keys(figures.raw as object).map((id) => [id, optionalNumber(figures, id)]));
}

function optionalNumber(row: Shape, name: string): number | null {
  return row.has(name) ? row.number(name) : null;
}
