import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import type { Visitor } from '../kit/phone-house.ts';
import { decodeTones } from '../kit/tones.ts';

/** Calls handed to somebody of the directory on a real Asterisk, with real telephones: staff, mobiles with mailboxes, departments. */

const ACCEPT = 'To take it, press one. [1s]';
const WHISPER = 'A call for the dealer. [1s]';
const TALKED = 'Your talk is over. [2s]';
const NOBODY = 'Nobody could be reached. [2s]';
const MAILBOX = 'Leave a message after the tone. [3s]';
const FROM_CALLER = 'Caller speaking now. [2s]';
const FROM_TARGET = 'Target speaking now. [2s]';
const GREETING = 'Welcome to the dealer. [2s]';
const GOODBYE = 'Thank you and goodbye. [1s]';
const FROM_AGENT = 'Agent speaking now. [2s]';
const DESK = '+902125550072';
const MOBILES = ['+905550000031', '+905550000032'] as const;
const CALLER_NUMBER = '+905550000017';

const DIRECTORY = `dealers:
  IST-01:
    label: { tr: Bayi, en: Dealer }
    language: en
    try:
      - { number: "${DESK}", ring: 5s }
      - { number: "${MOBILES[0]}", ring: 5s }
      - { number: "${MOBILES[1]}", ring: 5s }
departments:
  service: { label: { tr: Servis, en: Service }, language: en, try: [[{ number: "${DESK}", ring: 5s }, { number: "${MOBILES[0]}", ring: 5s }]] }
`;
const CATALOGUE = [
  `directory.accept-call: { tr: "${ACCEPT}", en: "${ACCEPT}" }`,
  `directory.whisper: { tr: "${WHISPER}", en: "${WHISPER}" }`,
  `queue.accept-passed: { tr: "${ACCEPT}", en: "${ACCEPT}" }\n`,
].join('\n');
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    recordingNotice: none
    whisper: none
callbacks:
  support: { minTalk: 0s }
`;

let lines: Lines;
let office: AgentOffice;
let agent: TestAgent;
beforeAll(async () => {
  const ends = `
  talked: { type: say, prompt: ${text(TALKED)}, next: bye }
  nobody: { type: say, prompt: ${text(NOBODY)}, next: bye }
  bye: { type: hangup }`;
  const field = {
    head: 'record: true\nafterCall: { start: missed }',
    nodes: `
  greet: { type: say, prompt: ${text(GREETING)}, next: ring }
  ring: { type: transfer, to: { dealer: IST-01 }, next: talked, exits: { failed: nobody } }${ends}
  missed: { type: missed-call, for: { dealer: IST-01 }, callback: support, next: return }`,
  };
  const wait = `
  wait: { type: queue, queue: support, next: talked, exits: { failed: nobody } }${ends}`;
  const returnCall = {
    head: 'parameters: { queue: "", since: 0, mode: "" }\n',
    nodes: `
  talk: { type: queue, queue: "{{params.queue}}", since: params.since, next: goodbye, exits: { failed: bye } }
  goodbye: { type: say, prompt: ${text(GOODBYE)}, next: bye }
  bye: { type: hangup }`,
  };
  lines = await openLines(
    { field, wait, 'return-call': returnCall },
    { trunk: 'house', queues: QUEUES, directory: DIRECTORY, catalogue: CATALOGUE },
  );
  office = await openOffice(lines);
  lines.house.expect('7001', { kind: 'answer', afterMs: 200 });
  agent = await office.agent('ayse', { number: '7001', queues: ['support'] });
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});
const callers: Caller[] = [];
afterEach(async () => {
  // Who is still there after a test that failed must not meet the next one.
  for (const caller of callers.splice(0)) await caller.hangUp().catch(() => undefined);
  await agent.do('logout');
  await lines.quiet();
});

async function dial(flow: 'field' | 'wait'): Promise<Caller> {
  const caller = await lines.dial(flow, { ani: CALLER_NUMBER });
  callers.push(caller);
  return caller;
}

interface Missed {
  readonly callId: string;
  readonly target: { readonly kind: string; readonly id: string };
  readonly number: string | null;
}

async function missed(): Promise<readonly Missed[]> {
  const answer = await office.admin('/api/v1/missed-calls');
  return ((await answer.json()) as { items: Missed[] }).items;
}

interface Wished {
  readonly group: string;
  readonly kind: string;
  /** Masked: its last two digits are shown. */
  readonly number: string;
}

async function callbacks(): Promise<readonly Wished[]> {
  const answer = await office.admin('/api/v1/callbacks/open');
  return ((await answer.json()) as { items: Wished[] }).items;
}

/** What is said on either side of the recording of the flow's last call, once it is put together: the caller left, the house right. */
async function recordingOf(line: string): Promise<{ readonly left: readonly string[]; readonly right: readonly string[] }> {
  const { id } = await lines.ended(line);
  const ask = (address: string) => office.admin(`/api/v1/calls/${id}/recording${address}`);
  const state = async () => ((await (await ask('')).json()) as { state: string }).state;
  await until(async () => (await state()) === 'kept', 10_000, 'the recording is put together');
  const whole = Buffer.from(await (await ask('/audio')).arrayBuffer());
  const names = new Map([GREETING, FROM_CALLER, FROM_TARGET, MAILBOX, TALKED, NOBODY].map((words) => [signatureOf('en', words), words]));
  const side = (offset: number): readonly string[] => {
    const samples = Int16Array.from({ length: (whole.length - 44) / 4 }, (_, index) => whole.readInt16LE(44 + index * 4 + offset));
    return decodeTones(samples).map(({ signature }) => names.get(signature ?? '') ?? '?');
  };
  return { left: side(0), right: side(2) };
}

async function hearEachOther(caller: Caller, other: Visitor, words: string): Promise<void> {
  await Promise.all([caller.say(FROM_CALLER), other.hears(FROM_CALLER)]);
  await Promise.all([other.say(words), caller.hears(words)]);
}

describe('a dealer’s staff, and their mobile telephones', () => {
  it('the desk is busy, a mailbox picks up and presses nothing, the next one presses 1: they hear each other', async () => {
    lines.house.expect(DESK, { kind: 'refuse', reason: 'busy' });
    lines.house.expect(MOBILES[0], { kind: 'answer', afterMs: 300 });
    lines.house.expect(MOBILES[1], { kind: 'answer', afterMs: 300 });
    const caller = await dial('field');
    const mailbox = await lines.house.visitor(MOBILES[0]);
    await mailbox.hears(ACCEPT);
    await mailbox.say(MAILBOX);
    await mailbox.gone();
    const mobile = await lines.house.visitor(MOBILES[1]);
    await mobile.hears(ACCEPT);
    await mobile.press('1');
    await mobile.hears(WHISPER);
    await hearEachOther(caller, mobile, FROM_TARGET);
    // The caller heard nothing of the mailbox.
    expect(caller.heard([MAILBOX, FROM_TARGET])).not.toContain(MAILBOX);
    await mobile.hangUp();
    await caller.hears(TALKED);
    await caller.ended();
    const { journal } = await lines.ended('field');
    const ends = journal.filter(({ kind }) => kind === 'leg-ended').map(({ data }) => data['outcome']);
    expect(ends).toEqual(['busy', 'no-answer', 'answered']);
    expect(journal.filter(({ kind }) => kind === 'leg-dialled')).toHaveLength(3);
    expect(await lines.facts('field', 'reached')).toMatchObject([{ by: 'Bayi' }]);
    expect(await missed()).toEqual([]);
    // The whole journey is one recording: greeting, caller, and whoever took the call; nothing of the mailbox.
    const { left, right } = await recordingOf('field');
    expect(left).toEqual([FROM_CALLER]);
    expect(right).toEqual([GREETING, FROM_TARGET, TALKED]);
  });

  it('C24: staff and mobiles all miss it, a mailbox among them: one missed call, one entry, and an agent calls back once', async () => {
    lines.house.expect(DESK, { kind: 'ignore' });
    lines.house.expect(MOBILES[0], { kind: 'answer', afterMs: 300 });
    lines.house.expect(MOBILES[1], { kind: 'refuse', reason: 'rejected' });
    const caller = await dial('field');
    const mailbox = await lines.house.visitor(MOBILES[0]);
    await mailbox.hears(ACCEPT);
    await mailbox.gone();
    await caller.hears(NOBODY);
    await caller.ended();
    const { id } = await lines.ended('field');
    await until(async () => (await missed()).length > 0, 5000, 'the call is noted as missed');
    expect(await missed()).toMatchObject([{ callId: id, target: { kind: 'dealer', id: 'IST-01' }, number: CALLER_NUMBER }]);
    await until(async () => (await callbacks()).length > 0, 20_000, 'the wish for a return call is taken over');
    expect(await callbacks()).toMatchObject([
      { group: 'support', kind: 'abandoned', origin: 'field', number: expect.stringContaining('*') as string },
    ]);
    expect((await callbacks())[0]?.number.slice(-2)).toBe(CALLER_NUMBER.slice(-2));
    lines.house.expect(CALLER_NUMBER, { kind: 'answer', afterMs: 500 });
    await agent.do('login');
    const desk = await agent.visitor();
    const customer = await lines.house.visitor(CALLER_NUMBER);
    await until(async () => (await agent.state()).kind === 'talking', 10_000, 'they talk');
    await Promise.all([customer.say(FROM_CALLER), desk.hears(FROM_CALLER)]);
    await Promise.all([desk.say(FROM_AGENT), customer.hears(FROM_AGENT)]);
    await desk.hangUp();
    await customer.hears(GOODBYE);
    await customer.gone();
    await until(async () => (await callbacks()).length === 0, 10_000, 'the entry is closed');
    const closed = (await (await office.admin('/api/v1/callbacks?group=support&limit=10')).json()) as { items: object[] };
    expect(closed.items).toMatchObject([{ state: 'closed', reason: 'served-outbound' }]);
    expect(lines.house.visitors.filter(({ number }) => number === CALLER_NUMBER)).toHaveLength(1);
  });
});

describe('an agent passes a caller on to a department', () => {
  it('attended: both telephones ring, one takes it, speaks with the agent, then has the caller', async () => {
    lines.house.expect(DESK, { kind: 'answer', afterMs: 800 });
    lines.house.expect(MOBILES[0], { kind: 'ignore' });
    await agent.do('login');
    const caller = await dial('wait');
    const desk = await agent.visitor();
    await until(async () => (await agent.state()).kind === 'talking', 10_000, 'the agent talks');
    await agent.do('call/transfer', { how: 'attended', to: { kind: 'department', id: 'service' } });
    const [target, other] = await Promise.all([lines.house.visitor(DESK), lines.house.visitor(MOBILES[0])]);
    await other.gone();
    await Promise.all([desk.say(FROM_AGENT), target.hears(FROM_AGENT)]);
    await agent.do('call/transfer/complete');
    await desk.gone();
    await hearEachOther(caller, target, FROM_TARGET);
    await target.hangUp();
    await caller.hears(TALKED);
    await caller.ended();
  });

  it('nobody answers there: the agent has the caller again', async () => {
    lines.house.expect(DESK, { kind: 'ignore' });
    lines.house.expect(MOBILES[0], { kind: 'refuse', reason: 'busy' });
    await agent.do('login');
    const caller = await dial('wait');
    const desk = await agent.visitor();
    await until(async () => (await agent.state()).kind === 'talking', 10_000, 'the agent talks');
    await agent.do('call/transfer', { how: 'blind', to: { kind: 'department', id: 'service' } });
    const transfer = async () => ((await agent.snapshot())['call'] as { transfer: { state: string } | null } | null)?.transfer?.state;
    await until(async () => (await transfer()) === 'failed', 12_000, 'the agent is told');
    await hearEachOther(caller, desk, FROM_AGENT);
    await caller.hangUp();
    await lines.ended('wait');
  });
});
