import { type AgentCounts, type QueueCounts, sumAgentCounts, sumQueueCounts } from '../../acd/counts.ts';
import { agentsNeeded, erlangA, erlangC, MOST_AGENTS, offeredLoad } from '../../acd/erlang.ts';
import { LEGEND, SERVICE_LEVELS } from '../../acd/figures.ts';
import { SantralError } from '../../domain/errors.ts';
import type { AcdEventId } from '../../domain/ids.ts';
import type { Label } from '../../domain/label.ts';
import { agentColumns, type Column, queueColumns, serviceLevelOf } from '../../services/reports/columns.ts';
import type { Names } from '../../services/reports/reports.ts';
import { type CountRow, isBlank } from '../../services/reports/rows.ts';
import type { TalkRow } from '../../services/reports/talks.ts';
import { agentReport, dispositionReport, erlangReport, MOST_ROWS, queueReport, talkReport } from '../contracts/reports.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { countWish, talksWish } from './report-wishes.ts';

export function reportRoutes({ deps: { reports, config } }: RouteContext): readonly Route[] {
  const { zone } = config;
  return [
    route(queueReport, async ({ query: { level, ...query } }) => {
      const rows = await gathered(reports.queues(countWish(query, query.queue, zone)));
      const { queue } = await reports.names();
      return reportOf({ rows, columns: queueColumns(serviceLevelOf(level)), sum: sumQueueCounts, nameOf: queue, zone });
    }),
    route(agentReport, async ({ query }) => {
      const rows = await gathered(reports.agents(countWish(query, query.agent, zone)));
      const { agent } = await reports.names();
      const nameOf = (key: string): Label => ({ tr: agent(key), en: agent(key) });
      return reportOf({ rows, columns: agentColumns(), sum: sumAgentCounts, nameOf, zone });
    }),
    route(talkReport, async ({ query: { after, limit, ...query } }) => {
      const wish = talksWish(query, zone);
      const rows = await firstOf(reports.talks(after === undefined ? wish : { ...wish, after: placeOf(after) }), limit + 1);
      const names = await reports.names();
      const last = rows[limit - 1];
      const next = rows.length > limit && last !== undefined ? `${last.at}.${last.id}` : null;
      return { items: rows.slice(0, limit).map((row) => talkLine(row, names)), next };
    }),
    route(dispositionReport, async ({ query }) => {
      const rows = await reports.dispositions(talksWish(query, zone));
      const names = await reports.names();
      const all = rows.reduce((sum, { talks }) => sum + talks, 0);
      const items = rows.map(({ queue, disposition, talks, handleMs }) => ({
        ...{ queue, queueLabel: names.queue(queue), disposition, label: names.disposition(queue, disposition), talks },
        ...{ share: all === 0 ? null : talks / all, averageHandleMs: talks === 0 ? null : handleMs / talks },
      }));
      return { items };
    }),
    route(erlangReport, async ({ query }) => staffing(query)),
  ];
}

function talkLine({ ended, ...talk }: TalkRow, names: Names) {
  return {
    ...talk,
    agentName: names.agent(talk.agent),
    how: ended?.how ?? null,
    talkMs: ended?.talkMs ?? null,
    holdMs: ended?.holdMs ?? null,
    dispositionLabel: talk.disposition === null ? null : names.disposition(talk.ruledBy, talk.disposition),
  };
}

function placeOf(after: string): { readonly at: number; readonly id: AcdEventId } {
  const [at = '0', id = ''] = after.split('.');
  return { at: Number(at), id: id as AcdEventId };
}

async function firstOf<T>(all: AsyncIterable<T>, count: number): Promise<readonly T[]> {
  const first: T[] = [];
  for await (const one of all) {
    first.push(one);
    if (first.length >= count) break;
  }
  return first;
}

async function gathered<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const rows = await firstOf(all, MOST_ROWS + 1);
  if (rows.length <= MOST_ROWS) return rows;
  const message = `asks for more than ${MOST_ROWS} rows; choose a longer interval, a shorter span or one of them, or take the CSV`;
  throw new SantralError('request.invalid', `query.interval ${message}.`, {
    details: { errors: [{ path: 'query.interval', code: 'rows', message }] },
  });
}

interface Parts<C extends QueueCounts | AgentCounts> {
  readonly rows: readonly CountRow<C>[];
  readonly columns: readonly Column<C>[];
  readonly sum: (all: readonly C[]) => C;
  readonly nameOf: (key: string) => Label;
  readonly zone: string;
}

function reportOf<C extends QueueCounts | AgentCounts>({ rows, columns, sum, nameOf, zone }: Parts<C>) {
  const figures = (counts: C): Record<string, number | null> => Object.fromEntries(columns.map(({ id, of }) => [id, of(counts)]));
  const nothing = Object.fromEntries(columns.map(({ id }) => [id, null]));
  const keys = [...new Set(rows.map(({ key }) => key))].toSorted();
  const countsOf = (of: string | null): readonly C[] => rows.filter(({ key }) => of === null || key === of).map(({ counts }) => counts);
  const byTime = new Map(rows.map(({ from, gapMs }) => [from, gapMs]));
  return {
    zone,
    columns: columns.map(({ id, label, kind, formula }) => ({ id, label, kind, formula })),
    legend: { ...LEGEND },
    levels: SERVICE_LEVELS.map(({ id, formula }) => ({ id, formula })),
    names: keys.map((key) => ({ key, label: nameOf(key) })),
    rows: rows.map(({ counts, ...row }) => ({ ...row, figures: isBlank(row) ? nothing : figures(counts) })),
    totals: [null, ...keys].map((key) => ({ key, figures: figures(sum(countsOf(key))) })),
    gaps: [...byTime.values()].reduce((all, ms) => all + ms, 0),
  };
}

interface Staffing {
  readonly calls: number;
  readonly minutes: number;
  readonly handle: number;
  readonly within: number;
  readonly level: number;
  readonly busy: number;
  readonly patience?: number | undefined;
  readonly agents?: number | undefined;
}

/** More and fewer agents than are needed are shown, too. */
const AROUND = 4;

function staffing({ calls, minutes, handle, within, level, busy, patience, agents }: Staffing) {
  const load = { calls, intervalMs: minutes * 60_000, handleMs: handle * 1000 };
  const erlang = offeredLoad(load);
  const needed = agentsNeeded(load, { serviceLevel: level, withinMs: within * 1000, mostBusy: busy });
  const middle = needed ?? Math.min(MOST_AGENTS, Math.ceil(erlang) + AROUND);
  const around = Array.from({ length: 2 * AROUND + 1 }, (_, n) => middle - AROUND + n).filter((n) => n > 0 && n <= MOST_AGENTS);
  const shown = [...new Set(agents === undefined ? around : [...around, agents])].toSorted((a, b) => a - b);
  const rows = shown.map((n) => ({
    agents: n,
    c: erlangC(load, n, within * 1000),
    a: patience === undefined ? null : erlangA(load, n, patience * 1000),
  }));
  return { erlang, needed, rows };
}
