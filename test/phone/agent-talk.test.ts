import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import type { Caller } from '../kit/engine.ts';
import { type Receiver, startReceiver } from '../kit/http-receiver.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import { loudness, loudnessOf } from '../kit/loudness.ts';
import type { Visitor } from '../kit/phone-house.ts';

/** What an agent does with a caller, on a real Asterisk with real telephones: hold, keys, passing on, conference. */

const TALKED = 'Your talk is over. [2s]';
const SORRY = 'Nobody is free. [2s]';
const FROM_CALLER = 'Caller speaking now. [2s]';
const FROM_AGENT = 'Agent speaking now. [2s]';
const FROM_TARGET = 'Target speaking now. [2s]';
const OUTSIDE = '+902125550071';

const QUEUES = ['support', 'sales']
  .map(
    (name) => `  ${name}:
    label: { tr: ${name}, en: ${name} }
    offer: 6s
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    welcome: none
    recordingNotice: none
    whisper: none
`,
  )
  .join('');

let lines: Lines;
/** What flows tell when their call is over. */
let systems: Receiver;
let office: AgentOffice;
let ayse: TestAgent;
let deniz: TestAgent;
beforeAll(async () => {
  const wait = `
  wait: { type: queue, queue: support, next: talked, exits: { failed: sorry } }
  talked: { type: say, prompt: ${text(TALKED)}, next: bye }
  sorry: { type: say, prompt: ${text(SORRY)}, next: bye }
  bye: { type: hangup }`;
  systems = await startReceiver({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' });
  const tell = `
  tell:
    type: http
    method: POST
    url: "${systems.url}/ended"
    body: { how: "{{call.ended}}", last: "{{call.lastNode}}" }
    next: return
    exits: { error: return }`;
  const told = { head: 'afterCall: { start: tell }', nodes: `${wait}${tell}` };
  lines = await openLines({ wait, told }, { trunk: 'house', queues: `queues:\n${QUEUES}`, env: { SANTRAL_TRANSFER_RING_SECONDS: '5' } });
  office = await openOffice(lines);
  lines.house.expect('7001', { kind: 'answer', afterMs: 200 });
  ayse = await office.agent('ayse', { number: '7001', queues: ['support'] });
  deniz = await office.agent('deniz', { number: '7002', queues: ['sales'] });
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
  await systems?.close();
});
const callers: Caller[] = [];
afterEach(async () => {
  // Who is still there after a test that failed must not meet the next one.
  for (const caller of callers.splice(0)) await caller.hangUp().catch(() => undefined);
  for (const agent of [ayse, deniz]) await agent.do('logout');
  await lines.quiet();
});

interface Talking {
  readonly caller: Caller;
  readonly agent: Visitor;
}

const isIn = (agent: TestAgent, kind: string): Promise<void> =>
  until(async () => (await agent.state()).kind === kind, 10_000, `the agent is ${kind}`);

/** A caller with an agent, who hear each other. */
async function talking(flow = 'wait'): Promise<Talking> {
  await ayse.do('login');
  const caller = await lines.dial(flow);
  callers.push(caller);
  const agent = await ayse.visitor();
  await isIn(ayse, 'talking');
  await Promise.all([agent.say(FROM_AGENT), caller.hears(FROM_AGENT)]);
  return { caller, agent };
}

const card = async (agent: TestAgent) =>
  (await agent.snapshot()).call as { phase: string; conference: boolean; transfer: { state: string } | null; parties: unknown[] };

/** Both ways, one after the other. */
async function hearEachOther(caller: Caller, other: Visitor, words: string): Promise<void> {
  await Promise.all([caller.say(FROM_CALLER), other.hears(FROM_CALLER)]);
  await Promise.all([other.say(words), caller.hears(words)]);
}

describe('in a talk', () => {
  it('hold: the caller hears music and the agent nothing; resume: they hear each other again', async () => {
    const { caller, agent } = await talking();
    await ayse.do('call/hold');
    expect((await ayse.state()).kind).toBe('held');
    expect((await card(ayse)).phase).toBe('held');
    const before = agent.ear.heard().length;
    const samples = agent.ear.samples().length;
    const [music] = await Promise.all([loudness(caller.phone.ear, 2500), caller.say(FROM_CALLER)]);
    expect(music).toBeGreaterThan(25);
    expect(agent.ear.heard().length).toBe(before);
    expect(loudnessOf(agent.ear.samples().subarray(samples))).toBeLessThan(20);
    await expect(ayse.do('call/hold')).rejects.toThrow('agent.not-now');
    await ayse.do('call/resume');
    expect((await ayse.state()).kind).toBe('talking');
    await hearEachOther(caller, agent, FROM_AGENT);
    await caller.hangUp();
    await lines.ended('wait');
    const journal = (await lines.onRecord('wait', () => true, 'there')).journal.map(({ kind }) => kind);
    expect(journal.filter((kind) => kind.startsWith('agent-'))).toEqual([
      'agent-offered',
      'agent-connected',
      'agent-held',
      'agent-resumed',
      'agent-released',
    ]);
    expect((await ayse.state()).kind).toBe('available');
  });

  it('mute: the caller hears nothing of the agent, who hears the caller', async () => {
    const { caller, agent } = await talking();
    await ayse.do('call/mute', { on: true });
    const before = caller.phone.ear.heard().length;
    await Promise.all([caller.say(FROM_CALLER), agent.hears(FROM_CALLER)]);
    await agent.say(FROM_AGENT);
    expect(caller.phone.ear.heard().length).toBe(before);
    await ayse.do('call/mute', { on: false });
    await hearEachOther(caller, agent, FROM_AGENT);
    await ayse.do('call/hangup');
    await caller.hears(TALKED);
    await caller.ended();
  });
});

describe('passing on', () => {
  it('blind to an outside number: music while it rings, then the two talk, and the flow goes on after it', async () => {
    lines.house.expect(OUTSIDE, { kind: 'answer', afterMs: 1500 });
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'blind', to: { kind: 'number', id: OUTSIDE } });
    expect((await card(ayse)).transfer?.state).toBe('ringing');
    expect(await loudness(caller.phone.ear, 800)).toBeGreaterThan(25);
    const target = await lines.house.visitor(OUTSIDE);
    await agent.gone();
    expect((await ayse.state()).kind).toBe('available');
    await hearEachOther(caller, target, FROM_TARGET);
    await target.hangUp();
    await caller.hears(TALKED);
    await caller.ended();
  });

  it.each(['blind', 'attended'] as const)(
    'behaviour 42: %s: what the flow does after the call is done once, when the caller has left',
    async (how) => {
      lines.house.expect(OUTSIDE, { kind: 'answer', afterMs: 300 });
      const before = systems.received.length;
      const { caller, agent } = await talking('told');
      await ayse.do('call/transfer', { how, to: { kind: 'number', id: OUTSIDE } });
      const target = await lines.house.visitor(OUTSIDE);
      if (how === 'attended') {
        await until(async () => (await card(ayse)).transfer?.state === 'talking', 8000, 'the target answered');
        await ayse.do('call/transfer/complete');
      }
      await agent.gone();
      await hearEachOther(caller, target, FROM_TARGET);
      expect(systems.received).toHaveLength(before);
      await caller.hangUp();
      await target.gone();
      await systems.count(before + 1);
      expect((await lines.ended('told')).termination).toEqual({ kind: 'caller-hung-up' });
      await lines.quiet();
      expect(systems.received.slice(before).map(({ body }) => JSON.parse(body))).toEqual([{ how: 'caller-hung-up', last: 'told/wait' }]);
    },
  );

  it.each([
    ['busy', { kind: 'refuse', reason: 'busy' }],
    ['rejected', { kind: 'refuse', reason: 'rejected' }],
    ['no-answer', { kind: 'ignore' }],
  ] as const)('blind, and the target is %s: the caller is with the agent again', async (outcome, manners) => {
    lines.house.expect(OUTSIDE, manners);
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'blind', to: { kind: 'number', id: OUTSIDE } });
    await until(async () => (await card(ayse)).transfer?.state === 'failed', 12_000, 'the agent is told');
    expect(await lines.facts('wait', 'agent-transfer')).toMatchObject([{ state: 'begun' }, { state: outcome }]);
    await hearEachOther(caller, agent, FROM_AGENT);
    await caller.hangUp();
    await lines.ended('wait');
  });

  it('blind to an agent, and taken back while it rings; then it is answered', async () => {
    lines.house.expect('7002', { kind: 'ignore' });
    await deniz.do('login');
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'blind', to: { kind: 'agent', id: deniz.id } });
    const rings = await deniz.visitor();
    await isIn(deniz, 'ringing');
    await ayse.do('call/take-back');
    await rings.gone();
    await isIn(deniz, 'available');
    await hearEachOther(caller, agent, FROM_AGENT);
    lines.house.expect('7002', { kind: 'answer', afterMs: 200 });
    await ayse.do('call/transfer', { how: 'blind', to: { kind: 'agent', id: deniz.id } });
    const other = await deniz.visitor();
    await isIn(deniz, 'talking');
    await agent.gone();
    expect((await ayse.state()).kind).toBe('available');
    await hearEachOther(caller, other, FROM_TARGET);
    await deniz.do('call/hold');
    await deniz.do('call/resume');
    await caller.hangUp();
    await isIn(deniz, 'available');
  });

  it('blind to a queue: the agent is free at once, and whoever serves that queue gets the caller', async () => {
    lines.house.expect('7002', { kind: 'answer', afterMs: 200 });
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'blind', to: { kind: 'queue', id: 'sales' } });
    await agent.gone();
    expect((await ayse.state()).kind).toBe('available');
    expect(await loudness(caller.phone.ear, 800)).toBeGreaterThan(25);
    await deniz.do('login');
    const other = await deniz.visitor();
    await isIn(deniz, 'talking');
    await hearEachOther(caller, other, FROM_TARGET);
    await other.hangUp();
    await caller.hears(TALKED);
    await caller.ended();
    expect(await lines.facts('wait', 'queue-entered')).toEqual([{ queue: 'support' }, { queue: 'sales' }]);
  });

  it('attended: agent and target talk alone, then all three, then caller and target', async () => {
    lines.house.expect('7002', { kind: 'answer', afterMs: 200 });
    await deniz.do('login');
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'attended', to: { kind: 'agent', id: deniz.id } });
    const target = await deniz.visitor();
    await until(async () => (await card(ayse)).transfer?.state === 'talking', 8000, 'the target answered');
    const heard = caller.phone.ear.heard().length;
    await Promise.all([target.say(FROM_TARGET), agent.hears(FROM_TARGET)]);
    await Promise.all([agent.say(FROM_AGENT), target.hears(FROM_AGENT)]);
    expect(
      caller.phone.ear
        .heard()
        .slice(heard)
        .map(({ signature }) => signature),
    ).not.toContain(signatureOf('en', FROM_TARGET));
    await ayse.do('call/conference');
    expect((await card(ayse)).conference).toBe(true);
    await Promise.all([caller.say(FROM_CALLER), agent.hears(FROM_CALLER), target.hears(FROM_CALLER)]);
    await Promise.all([target.say(FROM_TARGET), agent.hears(FROM_TARGET), caller.hears(FROM_TARGET)]);
    await ayse.do('call/transfer/complete');
    await agent.gone();
    await hearEachOther(caller, target, FROM_TARGET);
    await caller.hangUp();
    await isIn(deniz, 'available');
  });

  it('attended, and called off: the caller is with the agent again', async () => {
    lines.house.expect(OUTSIDE, { kind: 'answer', afterMs: 200 });
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'attended', to: { kind: 'number', id: OUTSIDE } });
    const target = await lines.house.visitor(OUTSIDE);
    await until(async () => (await card(ayse)).transfer?.state === 'talking', 8000, 'the target answered');
    await ayse.do('call/transfer/cancel');
    await target.gone();
    await hearEachOther(caller, agent, FROM_AGENT);
    await caller.hangUp();
    await lines.ended('wait');
  });

  it('the agent leaves while the target rings, and nobody answers: the caller is first in the queue again', async () => {
    lines.house.expect(OUTSIDE, { kind: 'ignore' });
    const { caller, agent } = await talking();
    await ayse.do('call/transfer', { how: 'blind', to: { kind: 'number', id: OUTSIDE } });
    await lines.house.visitor(OUTSIDE);
    await agent.hangUp();
    await isIn(ayse, 'available');
    const again = await ayse.visitor();
    await isIn(ayse, 'talking');
    await hearEachOther(caller, again, FROM_AGENT);
    await caller.hangUp();
    await lines.ended('wait');
  });
});

describe('the engine is killed', () => {
  it('in a hold, a word with the target, and a conference: who talked still talks, and states agree', async () => {
    lines.house.expect('7002', { kind: 'answer', afterMs: 200 });
    await deniz.do('login');
    const { caller, agent } = await talking();
    await ayse.do('call/hold');
    expect(await loudness(caller.phone.ear, 800)).toBeGreaterThan(25);
    await startedAnew();
    expect((await ayse.state()).kind).toBe('held');
    await ayse.do('call/resume');
    await hearEachOther(caller, agent, FROM_AGENT);
    await ayse.do('call/transfer', { how: 'attended', to: { kind: 'agent', id: deniz.id } });
    const target = await deniz.visitor();
    await until(async () => (await card(ayse)).transfer?.state === 'talking', 8000, 'the target answered');
    await startedAnew();
    expect([(await ayse.state()).kind, (await deniz.state()).kind]).toEqual(['held', 'talking']);
    await Promise.all([target.say(FROM_TARGET), agent.hears(FROM_TARGET)]);
    await ayse.do('call/conference');
    await Promise.all([caller.say(FROM_CALLER), agent.hears(FROM_CALLER), target.hears(FROM_CALLER)]);
    await startedAnew();
    expect((await card(ayse)).conference).toBe(true);
    await Promise.all([caller.say(FROM_CALLER), agent.hears(FROM_CALLER), target.hears(FROM_CALLER)]);
    await ayse.do('call/transfer/complete');
    await agent.gone();
    await hearEachOther(caller, target, FROM_TARGET);
    await caller.hangUp();
    await isIn(deniz, 'available');
  });
});

/** The engine dies and comes back, and has found the talk again. */
async function startedAnew(): Promise<void> {
  await lines.engine().kill();
  await lines.startEngine();
  await until(async () => (await card(ayse)).parties.length > 0, 10_000, 'the talk is found again');
}

describe('passed on to a queue after a word with whoever answers there', () => {
  it('its agent is rung, speaks with the first one while the caller hears music, then has the caller', async () => {
    lines.house.expect('7002', { kind: 'answer', afterMs: 500 });
    const { caller, agent } = await talking();
    await deniz.do('login');
    await ayse.do('call/transfer', { how: 'attended', to: { kind: 'queue', id: 'sales' } });
    const target = await deniz.visitor();
    await isIn(deniz, 'talking');
    await Promise.all([agent.say(FROM_AGENT), target.hears(FROM_AGENT)]);
    await Promise.all([target.say(FROM_TARGET), agent.hears(FROM_TARGET)]);
    await ayse.do('call/transfer/complete');
    await agent.gone();
    await hearEachOther(caller, target, FROM_TARGET);
    expect(caller.heard([FROM_AGENT, FROM_TARGET]).filter((words) => words === FROM_TARGET)).toHaveLength(1);
    await target.hangUp();
    await caller.hears(TALKED);
    await caller.ended();
  });

  it('nobody has answered yet, and the agent leaves: the caller waits in that queue, and is served there', async () => {
    lines.house.expect('7002', { kind: 'answer', afterMs: 500 });
    const { caller, agent } = await talking();
    await deniz.do('login');
    await deniz.do('pause', { reason: 'break' });
    await ayse.do('call/transfer', { how: 'attended', to: { kind: 'queue', id: 'sales' } });
    await ayse.do('call/transfer/complete');
    await agent.gone();
    await deniz.do('available');
    const target = await deniz.visitor();
    await isIn(deniz, 'talking');
    await hearEachOther(caller, target, FROM_TARGET);
    await caller.hangUp();
    await lines.ended('wait');
  });
});
