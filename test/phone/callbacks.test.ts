import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';

/** Who abandons is called back, on a real Asterisk, with real SIP phones on both sides; seen from the phones' side. */

const SPOKEN = 'Hello, you called me? [2s]';
const ANSWERED = 'Yes, you called us first. [2s]';
const GOODBYE = 'Thank you for calling. Goodbye.';
const TALK_MS = 3000;
const TAKEN = 'We will call you. [1s]';

const queue = (name: string) => `  ${name}:
    label: { tr: Destek, en: Support }
    offer: 10s
    wrapUp: { mode: none }
    comfort: { every: none }
    whisper: none
    empty: { atJoin: wait, whenLastLeaves: wait }
    serviceLevel: { shortAbandon: 1s }
`;
const QUEUES = `queues:\n${queue('one')}${queue('many')}${queue('asked')}    callbackGroup: desk\ncallbacks:\n  one: { minTalk: 1s }\n  many: { minTalk: 1s }\n  desk: { minTalk: 1s }\n`;
const flow = (name: string): string => `
  wait: { type: queue, queue: ${name}, next: bye, exits: { failed: bye } }
  bye: { type: hangup }`;
const RETURN_CALL = { text: readFileSync('flows/return-call.yaml', 'utf8') };
/** Who asks for it is called by the agents of the group they named. */
const ASKS = `
  ask: { type: callback-request, group: desk, reason: test, done: ${text(TAKEN)}, next: bye }
  bye: { type: hangup }`;

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly number: string;
  readonly count: number;
  readonly attempts: number;
  readonly group: string;
  readonly onTheLine: boolean;
  readonly since: number;
}

let lines: Lines;
let office: AgentOffice;
beforeAll(async () => {
  lines = await openLines(
    { one: flow('one'), many: flow('many'), asks: ASKS, 'return-call': RETURN_CALL },
    { trunk: 'house', queues: QUEUES },
  );
  office = await openOffice(lines);
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});

async function callbacks(group: string): Promise<readonly Shown[]> {
  const answer = await office.admin(`/api/v1/callbacks?group=${group}&limit=500`);
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${body}`);
  return (JSON.parse(body) as { items: Shown[] }).items;
}

/** The API takes so many questions a minute: it is not asked too often. */
async function become(group: string, fits: (shown: readonly Shown[]) => boolean, withinMs: number, what: string): Promise<void> {
  const end = Date.now() + withinMs;
  while (!fits(await callbacks(group))) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}: ${JSON.stringify(await callbacks(group))}`);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

async function calledAt(number: string): Promise<number> {
  return lines.house.visitors.filter((one) => one.number === number).length;
}

/** How often this caller has come to a queue, in whatever form the number was dialled. */
function timesInQueue(ani: string): number {
  const db = new Database(lines.asterisk.config.places.database, { readonly: true, fileMustExist: true });
  try {
    const query = `select count(*) as times from acd_events join calls on calls.id = acd_events.call_id
      where acd_events.kind = 'entered' and calls.direction = 'inbound' and calls.ani like ?`;
    return db.prepare<[string], { times: number }>(query).get(`%${ani.slice(-10)}`)?.times ?? 0;
  } finally {
    db.close();
  }
}

/** Dials, waits so that it counts, and hangs up. */
async function abandons(line: string, ani: string): Promise<void> {
  const before = timesInQueue(ani);
  const caller = await lines.dial(line, { ani });
  await caller.phone.answered();
  await until(() => timesInQueue(ani) > before, 15_000, 'they wait in the queue');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await caller.hangUp();
  await caller.ended();
}

describe('somebody who hung up', () => {
  it('is called by an agent who is free: they hear each other, and nobody is rung twice', async () => {
    lines.house.expect('7101', { kind: 'answer', afterMs: 500 });
    lines.house.expect('+905550000017', { kind: 'answer', afterMs: 500 });
    await abandons('one', '05550000017');
    await become('one', ({ length }) => length === 1, 5000, 'somebody is to be called back');
    expect(await callbacks('one')).toMatchObject([{ state: 'open', number: '+90 5** *** ** 17', count: 1 }]);
    const agent = await office.agent('ayse', { number: '7101', queues: ['one'] });
    await agent.do('login');
    const phone = await agent.visitor();
    const customer = await lines.house.visitor('+905550000017');
    await until(async () => (await agent.state()).kind === 'talking', 8000, 'they talk');
    await Promise.all([customer.say(SPOKEN), phone.hears(SPOKEN)]);
    await Promise.all([phone.say(ANSWERED), customer.hears(ANSWERED)]);
    expect(await callbacks('one')).toMatchObject([{ state: 'closed', reason: 'served-outbound' }]);
    await phone.hangUp();
    await customer.hears(GOODBYE);
    await customer.gone();
    expect((await agent.state()).kind).toBe('available');
    await agent.do('logout');
    expect(await calledAt('+905550000017')).toBe(1);
  });
});

describe('somebody who asks a flow for it', () => {
  it('is called once they have hung up, by an agent of the group they named', async () => {
    const number = '+905550000018';
    lines.house.expect('7102', { kind: 'answer', afterMs: 300 });
    lines.house.expect(number, { kind: 'answer', afterMs: 300 });
    const agent = await office.agent('deniz', { number: '7102', queues: ['asked'] });
    await agent.do('login');
    const caller = await lines.dial('asks', { ani: '05550000018' });
    await caller.phone.answered();
    await lines.onRecord('asks', ({ journal }) => journal.some(({ kind }) => kind === 'node-entered'), 'asked');
    await caller.press('1');
    await caller.hears(TAKEN);
    // Not in the same call.
    expect(await calledAt(number)).toBe(0);
    await caller.ended();
    const phone = await agent.visitor();
    const customer = await lines.house.visitor(number);
    await until(async () => (await agent.state()).kind === 'talking', 8000, 'they talk');
    await Promise.all([customer.say(SPOKEN), phone.hears(SPOKEN)]);
    expect(await callbacks('desk')).toMatchObject([{ state: 'closed', reason: 'served-outbound' }]);
    await phone.hangUp();
    await customer.gone();
    await agent.do('logout');
    expect(await calledAt(number)).toBe(1);
  });
});

describe('forty people who hung up', () => {
  const number = (n: number) => `+9055500001${String(n).padStart(2, '0')}`;
  const people = Array.from({ length: 40 }, (_, n) => n);
  /** They call again and are served before anybody calls them. */
  const persistent = people.filter((n) => n % 10 === 3);
  /** They abandon a second time. */
  const twice = people.filter((n) => n % 10 === 5);
  /** They never hung up: they wait on the line while the others are called back. */
  const newcomers = Array.from({ length: 8 }, (_, n) => `055500002${String(n).padStart(2, '0')}`);
  const AGENTS = 3;
  const formatOf = (n: number): string =>
    [number(n), number(n).replace('+90', '0'), number(n).slice(1), number(n).replace('+', '00')][n % 4] as string;

  it('get one conversation each, in their share of the agents, but those who got through by themselves; nobody else is called', async () => {
    const before = lines.house.rung.length;
    for (const n of people) lines.house.expect(number(n), { kind: 'answer', afterMs: 300 });
    for (let at = 0; at < people.length; at += 8) await Promise.all(people.slice(at, at + 8).map((n) => abandons('many', formatOf(n))));
    await Promise.all(twice.map((n) => abandons('many', formatOf(n + 1).replace(number(n + 1).slice(-3), number(n).slice(-3)))));
    await become('many', ({ length }) => length === 40, 20_000, 'all are to be called back');
    const found = await callbacks('many');
    expect(found.filter(({ count }) => count === 2)).toHaveLength(twice.length);
    expect(found.every(({ state }) => state === 'open')).toBe(true);

    // They call again, and wait: the older place makes them the first to be served.
    const again = await Promise.all(persistent.map((n) => lines.dial('many', { ani: formatOf(n) })));
    for (const caller of again) await caller.phone.answered();
    await become('many', (shown) => shown.filter(({ onTheLine }) => onTheLine).length === persistent.length, 10_000, 'they wait');
    const live = [...again, ...(await Promise.all(newcomers.map((ani) => lines.dial('many', { ani }))))];
    for (const caller of live) await caller.phone.answered();
    await until(async () => ((await office.floor())['waits'] as unknown[]).length >= live.length, 15_000, 'they wait on the line');
    const ends = live.map((caller) => caller.ended());
    for (let n = 1; n <= AGENTS; n += 1) {
      lines.house.expect(`72${n}0`, { kind: 'answer', afterMs: 300, talkMs: TALK_MS });
      const agent = await office.agent(`agent-${n}`, { number: `72${n}0`, queues: ['many'] });
      await agent.do('login');
    }
    await become('many', (shown) => shown.every(({ state }) => state === 'closed'), 200_000, 'nobody is left');
    const closed = await callbacks('many');
    expect(closed.filter(({ reason }) => reason === 'served-inbound')).toHaveLength(persistent.length);
    expect(closed.filter(({ reason }) => reason === 'served-outbound')).toHaveLength(40 - persistent.length);
    const agents = Array.from({ length: AGENTS }, (_, n) => `72${n + 1}0`);
    // Everybody whom the house rang since, whoever that was.
    const rung = lines.house.rung.slice(before).flatMap((one) => (agents.includes(one.number) ? [] : [one.number]));
    const expected = people.filter((n) => !persistent.includes(n)).map(number);
    expect([...rung].sort()).toEqual([...expected].sort());
    // As the telephones have it: until the last of those on the line was talked with, half of the agents called somebody back.
    // Each agent may be one call ahead or behind of the others.
    const talkedAt = (await Promise.all(ends)).map(({ at }) => at - TALK_MS);
    const calledMeanwhile = lines.house.rung.filter(({ number: to, at }) => expected.includes(to) && at < Math.max(...talkedAt)).length;
    expect(calledMeanwhile).toBeGreaterThanOrEqual(live.length - AGENTS - 1);
    expect(calledMeanwhile).toBeLessThanOrEqual(live.length + AGENTS);
    // Oldest first: those who are called at the same time may overtake each other, and each agent may be one call ahead of one who is
    // slow to answer.
    const order = closed.filter(({ reason }) => reason === 'served-outbound').sort((a, b) => a.since - b.since);
    const late = order.map(({ number: shown }, place) => Math.abs(rung.findIndex((one) => one.endsWith(shown.slice(-2))) - place));
    expect(Math.max(...late)).toBeLessThanOrEqual(2 * (AGENTS - 1));
  }, 400_000);
});
