import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from '../../src/domain/ids.ts';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';
import { callsOf } from './report-calls.ts';

/** A Monday, 12:00 in Istanbul. */
const NOON = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;
const DAY = 'from=2026-03-02&to=2026-03-02';

let house: House;
let ask: Ask;
let agent: UserId;

beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('supervisor'));
  agent = (await house.addUser('deniz', 'agent')).id;
  await house.deps.agents.put({
    ...{ userId: agent, displayName: 'Deniz Yılmaz', language: 'tr', place: { kind: 'web' }, skills: {}, queues: ['support'] },
  } as never);
  const events = [
    ...[...callsOf(house, agent, 7, NOON, 'answered', 10_000), ...callsOf(house, agent, 3, NOON + 15 * MINUTE, 'answered', 40_000)],
    ...[
      ...callsOf(house, agent, 1, NOON + 30 * MINUTE, 'abandoned', 3000),
      ...callsOf(house, agent, 4, NOON + 31 * MINUTE, 'abandoned', 60_000),
    ],
  ];
  await house.stores.floor.write({ events, agents: [], waits: [], endedWaits: [], lastTalks: [] });
});
afterAll(() => house.close());

const get = async (path: string, status = 200) => {
  const answer = await ask(`/api/v1/reports/${path}`);
  expect(answer.statusCode).toBe(status);
  return answer;
};

describe('the report of queues', () => {
  it('has rows by interval, sums of the whole span, and the formula of each share', async () => {
    const report = (await get(`queues?${DAY}&interval=quarter`)).json();
    expect(
      report.rows.map(({ from, figures }: { from: number; figures: Record<string, number> }) => [from - NOON, figures['offered']]),
    ).toEqual([
      [0, 7],
      [15 * MINUTE, 3],
      [30 * MINUTE, 5],
    ]);
    expect(report.zone).toBe('Europe/Istanbul');
    expect(report.names[0]).toMatchObject({ key: 'support' });
    const [all, support] = report.totals;
    expect(all).toEqual({ ...support, key: null });
    expect(all.figures).toMatchObject({
      offered: 15,
      answered: 10,
      abandoned: 5,
      'short-abandoned': 1,
      handled: 10,
      aht: 120_500,
      asa: 19_000,
    });
    expect(all.figures['service-level']).toBeCloseTo(7 / 14, 9);
    const level = report.columns.find(({ id }: { id: string }) => id === 'service-level');
    expect(level.formula.tr).toBe('A_T / (A + Ab − Ab_s)');
    expect(report.legend['Ab_s'].tr).toBe('Kısa terk');
  });

  it('shows the service level under another formula', async () => {
    const report = (await get(`queues?${DAY}&level=sl-1`)).json();
    expect(report.totals[0].figures['service-level']).toBeCloseTo(7 / 10, 9);
    expect(report.levels.map(({ id }: { id: string }) => id)).toContain('sl-1');
  });

  it('is empty, not zero, where nothing was', async () => {
    const report = (await get('queues?from=2026-03-03&to=2026-03-03')).json();
    expect(report.rows).toEqual([]);
    expect(report.totals).toMatchObject([{ key: null, figures: { offered: 0, 'service-level': null, asa: null } }]);
  });

  it.each([
    ['from=2026-03-03&to=2026-03-02', /must not be before/],
    ['from=2026-01-01&to=2026-03-02&interval=quarter', /at most 31 days/],
    ['from=2026-02-30&to=2026-03-02', /from/],
  ])('refuses %s and says what to do', async (query, told) => {
    const problem = (await get(`queues?${query}`, 400)).json();
    expect(problem.code).toBe('request.invalid');
    expect(problem.detail).toMatch(told);
  });

  it('comes as CSV, in Turkish with its comma, and as a workbook', async () => {
    const answer = await get(`queues.csv?${DAY}&lang=tr`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="santral-queues-2026-03-02-2026-03-02.csv"');
    const [header = '', row = ''] = answer.body.split('\r\n');
    expect(header.startsWith('\uFEFFBaşlangıç;Bitiş;Ad;Gelen (O);')).toBe(true);
    const cells = new Map(header.split(';').map((name, at) => [name, row.split(';')[at]]));
    expect(cells.get('Hizmet düzeyi (%)')).toBe('50');
    expect(cells.get('Ortalama işlem süresi (s)')).toBe('120,5');
    expect(cells.get('Terk oranı (%)')).toBe('28,57');
    const book = await ask(`/api/v1/reports/queues.xlsx?${DAY}`);
    expect(book.headers['content-type']).toContain('spreadsheetml');
    expect(book.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });
});

describe('agents, talks and dispositions', () => {
  it('an agent’s report has the name that colleagues read', async () => {
    const report = (await get(`agents?${DAY}&agent=${agent}`)).json();
    expect(report.names).toEqual([{ key: agent, label: { tr: 'Deniz Yılmaz', en: 'Deniz Yılmaz' } }]);
    expect(report.totals[0].figures).toMatchObject({ handled: 10, aht: 120_500, 'transfer-rate': 0 });
  });

  it('talks come page by page', async () => {
    const first = (await get(`talks?${DAY}&limit=6`)).json();
    const second = (await get(`talks?${DAY}&limit=6&after=${first.next}`)).json();
    expect([first.items.length, second.items.length, second.next]).toEqual([6, 4, null]);
    expect(first.items[0]).toMatchObject({ agentName: 'Deniz Yılmaz', waitedMs: 10_000, talkMs: 80_500, disposition: '=sale' });
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(10);
  });

  it('dispositions are counted with their share, and what looks like a formula leaves as a text', async () => {
    const { items } = (await get(`dispositions?${DAY}`)).json();
    expect(items.map(({ disposition, talks, share }: Record<string, unknown>) => [disposition, talks, share])).toEqual([
      ['not_set', 8, 0.8],
      ['=sale', 2, 0.2],
    ]);
    expect((await get(`dispositions.csv?${DAY}&lang=en`)).body).toContain(";'=sale;2;20;120.5");
    expect((await get(`talks.csv?${DAY}&lang=en`)).body.split('\r\n')[1]).toMatch(/^2026-03-02 12:00;Deniz Yılmaz;/);
    for (const [lang, word] of [
      ['tr', 'Müşteri kapattı'],
      ['en', 'The customer hung up'],
    ])
      expect((await get(`talks.csv?${DAY}&lang=${lang}`)).body).toContain(`;${word};`);
  });
});

describe('the staffing calculator', () => {
  const staffed = async (query: string) => (await get(`erlang?${query}`)).json();
  const row = (answer: { rows: { agents: number }[] }, agents: number) =>
    answer.rows.find((one) => one.agents === agents) as never as Record<string, Record<string, number>>;

  it.each([
    [12, 0.4494, 0.6402, 40.44, 0.833],
    [13, 0.2853, 0.7956, 17.12, 0.769],
    [14, 0.1741, 0.8884, 7.84, 0.714],
  ])('100 calls of 180 s in half an hour with %i agents, by Erlang C', async (agents, wait, level, asa, busy) => {
    const answer = await staffed('calls=100&handle=180');
    expect(answer).toMatchObject({ erlang: 10, needed: 14 });
    const { c } = row(answer, agents);
    expect(c?.['waitProbability']).toBeCloseTo(wait, 4);
    expect(c?.['serviceLevel']).toBeCloseTo(level, 4);
    expect((c?.['averageWaitMs'] ?? 0) / 1000).toBeCloseTo(asa, 2);
    expect(c?.['occupancy']).toBeCloseTo(busy, 3);
  });

  it.each([
    [10, 0.4969, 0.1375, 16.5],
    [12, 0.2798, 0.0616, 7.4],
    [14, 0.127, 0.0228, 2.7],
  ])('with %i agents and a patience of 120 s, by Erlang A', async (agents, wait, abandoned, asa) => {
    const { a } = row(await staffed('calls=100&handle=180&patience=120'), agents);
    expect(a?.['waitProbability']).toBeCloseTo(wait, 3);
    expect(a?.['abandoned']).toBeCloseTo(abandoned, 4);
    expect((a?.['averageWaitMs'] ?? 0) / 1000).toBeCloseTo(asa, 1);
  });

  it('says "unstable" and no number where there are no more agents than work', async () => {
    const answer = await staffed('calls=100&handle=180&agents=9');
    expect(answer.rows[0]).toEqual({ agents: 9, c: { kind: 'unstable' }, a: null });
    expect(row(answer, 10)['c']).toEqual({ kind: 'unstable' });
    expect(await staffed('calls=100000&handle=7200&minutes=1')).toMatchObject({ needed: null });
  });

  it.each(['calls=-1&handle=180', 'calls=100&handle=0', 'calls=100&handle=180&level=1.2', 'calls=100&handle=180&level=80'])(
    'refuses %s',
    async (query) => {
      expect((await get(`erlang?${query}`, 400)).json().code).toBe('request.invalid');
    },
  );
});
