import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { channelsOf, type Lines, openLines, text } from '../kit/lines.ts';
import { loudness } from '../kit/loudness.ts';

/** Callers wait for agents on a real Asterisk, with real SIP phones: each queue has its own agents, so that none is in another's way. */

const WELCOME = 'Please wait for an agent. [2s]';
const WHISPER = 'A call from support. [1s]';
const ACCEPT = 'To take the call, press one. [1s]';
const SPOKEN = 'Hello, can you help me? [2s]';
const ANSWERED = 'Yes, I can help you. [2s]';
const TALKED = 'Your talk is over. [2s]';
const LEFT = 'You have left the queue. [2s]';
const NOBODY = 'Nobody is there any more. [2s]';

const queue = (name: string, more = '') => `  ${name}:
    label: { tr: Destek, en: Support }
    offer: 5s
    wrapUp: { mode: none }
    comfort: { every: none }
    welcome: test.welcome
    recordingNotice: none
    whisper: test.whisper
    empty: { atJoin: wait, whenLastLeaves: ${more === '' ? 'wait' : more} }
`;
const NAMES = ['talking', 'ignored', 'outside', 'leaving', 'keyed', 'emptied', 'killed'] as const;
const QUEUES = `queues:\n${NAMES.map((name) => queue(name, name === 'emptied' ? 'leave' : '')).join('')}`;
const CATALOGUE = `test.welcome: { en: "${WELCOME}" }\ntest.whisper: { en: "${WHISPER}" }\nqueue.accept-call: { en: "${ACCEPT}" }\n`;

const flow = (name: string): string => `
  wait: { type: queue, queue: ${name}, keys: { 1: left }, next: talked, exits: { failed: sorry, noAgents: nobody } }
  talked: { type: say, prompt: ${text(TALKED)}, next: bye }
  left: { type: say, prompt: ${text(LEFT)}, next: bye }
  nobody: { type: say, prompt: ${text(NOBODY)}, next: bye }
  sorry: { type: hangup, cause: busy }
  bye: { type: hangup }`;

let lines: Lines;
let office: AgentOffice;
beforeAll(async () => {
  const flows = Object.fromEntries(NAMES.map((name) => [name, flow(name)]));
  lines = await openLines(flows, { trunk: 'house', queues: QUEUES, catalogue: CATALOGUE });
  office = await openOffice(lines);
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});

type Agent = Awaited<ReturnType<AgentOffice['agent']>>;

async function kindOf(agent: Agent): Promise<string> {
  const { kind, reason } = await agent.state();
  return reason === undefined ? kind : `${kind} ${reason}`;
}

/** The API takes so many questions a minute: agents are not asked too often. */
async function becomes(agent: Agent, kind: string, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  for (let now = await kindOf(agent); now !== kind; now = await kindOf(agent)) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${kind}; the agent is ${now}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Who waits in the queue `killed`, as supervisors see it. */
async function waits(): Promise<readonly { readonly id: string; readonly since: number }[]> {
  const all = (await office.floor())['waits'] as { id: string; since: number; queue: string }[];
  return all.filter(({ queue: name }) => name === 'killed').map(({ id, since }) => ({ id, since }));
}

async function thereWait(count: number): Promise<void> {
  const end = Date.now() + 15_000;
  for (let now = (await waits()).length; now !== count; now = (await waits()).length) {
    if (Date.now() > end) throw new Error(`${now} callers wait, and not ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe('a caller and an agent', () => {
  it('the caller waits with music, the desk phone rings, they hear each other, and the flow goes on', async () => {
    lines.house.expect('7001', { kind: 'answer', afterMs: 500 });
    const agent = await office.agent('ayse', { number: '7001', queues: ['talking'] });
    const caller = await lines.dial('talking');
    await caller.hearsOut(WELCOME);
    await agent.do('login');
    const phone = await agent.visitor();
    await phone.hears(WHISPER);
    await becomes(agent, 'talking', 5000);
    await Promise.all([caller.say(SPOKEN), phone.hears(SPOKEN)]);
    await Promise.all([phone.say(ANSWERED), caller.hears(ANSWERED)]);
    await phone.hangUp();
    await caller.hears(TALKED);
    await caller.ended();
    expect(await kindOf(agent)).toBe('available');
    expect(await lines.facts('talking', 'agent-connected')).toMatchObject([{ agent: agent.id, queue: 'talking' }]);
    await agent.do('logout');
  });
});

describe('while it rings', () => {
  it('nobody answers: that agent is paused, the next one is rung, the caller keeps the place', async () => {
    lines.house.expect('7002', { kind: 'ignore' });
    lines.house.expect('7003', { kind: 'answer', afterMs: 300 });
    const first = await office.agent('bora', { number: '7002', queues: ['ignored'] });
    const second = await office.agent('cem', { number: '7003', queues: ['ignored'] });
    await first.do('login');
    const caller = await lines.dial('ignored');
    await first.visitor();
    await second.do('login');
    await becomes(first, 'paused no-answer', 15_000);
    await (await second.visitor()).hears(WHISPER);
    await becomes(second, 'talking', 5000);
    await caller.hangUp();
    const { journal } = await lines.ended('ignored');
    expect(journal.filter(({ kind }) => kind === 'queue-entered')).toHaveLength(1);
  });

  it('an outside number takes the call with 1; a mailbox that answers without it is no answer', async () => {
    lines.house.expect('+905550000021', { kind: 'answer', afterMs: 300 });
    lines.house.expect('+905550000022', { kind: 'answer', afterMs: 300 });
    const mailbox = await office.agent('deniz', { number: '+905550000021', queues: ['outside'], outside: true });
    const person = await office.agent('ela', { number: '+905550000022', queues: ['outside'], outside: true });
    await mailbox.do('login');
    const caller = await lines.dial('outside');
    await (await mailbox.visitor()).hears(ACCEPT);
    await person.do('login');
    await becomes(mailbox, 'paused no-answer', 30_000);
    const phone = await person.visitor();
    await phone.hears(ACCEPT);
    await phone.press('1');
    await phone.hears(WHISPER);
    await becomes(person, 'talking', 5000);
    await Promise.all([phone.say(ANSWERED), caller.hears(ANSWERED)]);
    await caller.hangUp();
    await phone.gone();
    expect(await kindOf(person)).toBe('available');
  });

  it('the caller leaves: the telephone stops within a second, and the agent is free', async () => {
    lines.house.expect('7004', { kind: 'ignore' });
    const agent = await office.agent('fuat', { number: '7004', queues: ['leaving'] });
    await agent.do('login');
    const caller = await lines.dial('leaving');
    const phone = await agent.visitor();
    await becomes(agent, 'ringing', 5000);
    const left = Date.now();
    await caller.hangUp();
    await phone.gone();
    expect(Date.now() - left).toBeLessThan(1000);
    await becomes(agent, 'available', 2000);
  });
});

describe('the wait', () => {
  it('a key leaves it in the middle of the music', async () => {
    const caller = await lines.dial('keyed');
    await caller.hearsOut(WELCOME);
    await caller.press('1');
    await caller.hears(LEFT);
    await caller.ended();
    expect(await lines.facts('keyed', 'queue-left')).toMatchObject([{ how: 'key' }]);
  });

  it('ends within two seconds when the last agent logs out', async () => {
    lines.house.expect('7005', { kind: 'ignore' });
    const agent = await office.agent('gul', { number: '7005', queues: ['emptied'] });
    await agent.do('login');
    await agent.do('pause', { reason: 'break' });
    const caller = await lines.dial('emptied');
    await caller.hearsOut(WELCOME);
    const at = Date.now();
    await agent.do('logout');
    await caller.hears(NOBODY);
    expect(Date.now() - at).toBeLessThan(2000);
    await caller.ended();
  });
});

// The last: it takes the engine away.
it('behaviour 46: the engine is killed while five callers wait and two talk: nobody loses the place, neither music nor talk is cut', async () => {
  lines.house.expect('7006', { kind: 'answer', afterMs: 200 });
  lines.house.expect('7007', { kind: 'answer', afterMs: 200 });
  const agents = [
    await office.agent('hale', { number: '7006', queues: ['killed'] }),
    await office.agent('ida', { number: '7007', queues: ['killed'] }),
  ];
  const [first, second] = [await lines.dial('killed'), await lines.dial('killed')];
  const phones = [];
  for (const agent of agents) {
    await agent.do('login');
    phones.push(await agent.visitor());
    await becomes(agent, 'talking', 8000);
  }
  const waiting = [];
  for (let count = 0; count < 5; count += 1) waiting.push(await lines.dial('killed'));
  await thereWait(5);
  const before = await waits();
  const channels = await channelsOf(lines);
  await lines.engine().kill();
  // The talk does not need the engine: whoever talks with whom, the other side hears it.
  const heard = Promise.race([first.hears(ANSWERED), second.hears(ANSWERED)]);
  await Promise.all([phones[0]?.say(ANSWERED), heard]);
  // Nor does the music.
  for (const { phone } of waiting) expect(await loudness(phone.ear, 500)).toBeGreaterThan(25);
  const engine = await lines.startEngine();
  // Who has not come back by now has left.
  await engine.logged(({ msg }) => msg === 'the floor goes on');
  expect(await waits()).toEqual(before);
  expect(await channelsOf(lines)).toBe(channels);
  for (const agent of agents) expect(await kindOf(agent)).toBe('talking');
  await phones[0]?.hangUp();
  await Promise.race([first.hears(TALKED), second.hears(TALKED)]);
  await thereWait(4);
  for (const caller of [first, second, ...waiting]) await caller.hangUp().catch(() => undefined);
});
