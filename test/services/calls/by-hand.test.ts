import { describe, expect, it } from 'vitest';
import type { AgentPlace } from '../../../src/domain/agent.ts';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { CallId, UserId } from '../../../src/domain/ids.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import { profileOf } from '../../kit/floor.ts';
import { openBench } from './bench.ts';

const FLOW = 'flow: main\nstart: bye\nnodes:\n  bye: { type: hangup }\n';
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    wrapUp: { mode: optional, time: 30s }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
`;
const AYSE = 'ayse' as UserId;
const NUMBER = '+905550000017' as E164;
const OURS = '+902125550010';

async function openDesk(place: AgentPlace = { kind: 'sip', extension: AYSE }) {
  const bench = openBench({ flows: { main: FLOW }, queues: QUEUES, agents: [profileOf(AYSE, { place })] });
  const { clock, line } = bench;
  bench.floor().act(AYSE, { kind: 'login' });
  await clock.pass(0);
  const failed: string[] = [];
  const order = { brand: DEFAULT_BRAND, agent: AYSE, number: NUMBER, language: 'en', queue: 'support', callerId: OURS } as const;
  return {
    ...bench,
    failed,
    dial: (queue: string | null = 'support', lock = async () => async () => undefined as void): Promise<CallId> =>
      bench.calls().placeByHand({ ...order, queue, lock, failed: (outcome) => void failed.push(outcome) }),
    legs: () => line.originated,
    endpoints: () => line.originated.map(({ endpoint }) => endpoint),
    state: () => bench.floor().agent(AYSE)?.state,
    control: () => bench.floor().talks().of(AYSE)?.control,
    async pickUp(leg: number): Promise<void> {
      line.answerLeg(line.originated[leg]?.channelId ?? '');
      await clock.pass(100);
    },
    kinds: () => bench.acdEvents.flatMap((event) => (event.kind === 'agent-state' ? [] : [event.kind])),
  };
}

/** The agent has called and talks with the customer. */
async function talking() {
  const on = await openDesk();
  const id = await on.dial();
  await on.clock.pass(0);
  await on.pickUp(0);
  await on.pickUp(1);
  expect(on.state()).toMatchObject({ kind: 'talking', callId: id, queue: 'support' });
  return { ...on, id };
}

describe('a call made by hand', () => {
  it('rings the agent first, then the customer, whose ringing the agent hears; both talk, and the wrap-up follows', async () => {
    const on = await openDesk();
    const id = await on.dial();
    await on.clock.pass(0);
    expect(on.endpoints()).toEqual(['PJSIP/ayse']);
    expect(on.state()).toMatchObject({ kind: 'reserved', callId: id });
    await on.pickUp(0);
    const [agent, customer] = on.legs();
    expect(on.endpoints()).toEqual(['PJSIP/ayse', `PJSIP/${NUMBER}@trunk`]);
    expect(agent).toMatchObject({ originator: null });
    expect(customer).toMatchObject({ callerId: OURS, originator: agent?.channelId, channelId: on.call()?.channelId });
    expect(on.line.sent).toContain('ring on');
    await on.pickUp(1);
    expect([...on.line.bridges.values()].map((members) => [...members].toSorted())).toEqual([
      [agent?.channelId, customer?.channelId].toSorted(),
    ]);
    expect(on.acdEvents.find(({ kind }) => kind === 'connected')).toMatchObject({
      direction: 'outbound',
      queue: 'support',
      waitId: null,
      agent: AYSE,
    });
    await on.clock.pass(60_000);
    on.line.hangUp(agent?.channelId ?? '');
    await on.clock.pass(2000);
    expect(on.line.isUp(customer?.channelId ?? '')).toBe(false);
    expect(on.state()?.kind).toBe('wrap-up');
    await on.clock.pass(30_000);
    expect(on.state()?.kind).toBe('available');
    expect(on.kinds()).toEqual(['connected', 'released', 'wrapped-up']);
    expect(on.call()).toMatchObject({
      id,
      direction: 'outbound',
      did: NUMBER,
      ani: OURS,
      state: 'ended',
      termination: { kind: 'flow-hung-up' },
    });
    expect(on.facts().filter((kind) => kind === 'call-placed' || kind === 'call-ended')).toEqual(['call-placed', 'call-ended']);
    expect(on.line.bridges.size).toBe(0);
  });

  it('may be made in a pause, which goes on afterwards; and not while a call is on the line', async () => {
    const on = await openDesk();
    on.floor().act(AYSE, { kind: 'pause', reason: 'back-office' });
    await on.dial(null);
    await on.clock.pass(0);
    await expect(on.dial()).rejects.toMatchObject({ code: 'agent.not-now' });
    await on.pickUp(0);
    await on.pickUp(1);
    on.line.hangUp(on.legs()[1]?.channelId ?? '');
    await on.clock.pass(2000);
    // No queue, no wrap-up.
    expect(on.state()).toEqual({ kind: 'paused', reason: 'back-office' });
    expect(on.legs()).toHaveLength(2);
  });

  it.each([
    [17, 486, 'busy'],
    [19, 480, 'no-answer'],
    [1, 404, 'invalid-number'],
  ])('the customer is not reached (%i, SIP %i): the agent is told, and free at once', async (cause, sipCode, outcome) => {
    const on = await openDesk();
    await on.dial();
    await on.clock.pass(0);
    await on.pickUp(0);
    on.line.hangUp(on.legs()[1]?.channelId ?? '', cause, sipCode);
    await on.clock.pass(2000);
    expect(on.failed).toEqual([outcome]);
    expect(on.state()?.kind).toBe('available');
    expect(on.line.isUp(on.legs()[0]?.channelId ?? '')).toBe(false);
    expect(on.call()).toMatchObject({ termination: { kind: 'not-reached', outcome } });
    expect(on.kinds()).toEqual([]);
  });

  it('nobody answers within the ring time, counted from the customer’s first ring', async () => {
    const on = await openDesk();
    await on.dial();
    await on.clock.pass(20_000);
    await on.pickUp(0);
    await on.clock.pass(30_000);
    expect(on.line.isUp(on.legs()[1]?.channelId ?? '')).toBe(true);
    await on.clock.pass(6000);
    expect(on.failed).toEqual(['no-answer']);
    expect(on.line.isUp(on.legs()[1]?.channelId ?? '')).toBe(false);
  });

  it('the agent does not pick up, or changes their mind: nobody is called, and no offer counts as missed', async () => {
    const on = await openDesk();
    await on.dial();
    await on.clock.pass(30_000);
    expect(on.endpoints()).toEqual(['PJSIP/ayse']);
    expect(on.state()?.kind).toBe('available');
    await on.dial();
    await on.clock.pass(0);
    await on.pickUp(1);
    expect(on.floor().refuse(AYSE)).toBe(true);
    await on.clock.pass(100);
    for (const { channelId } of on.legs()) expect(on.line.isUp(channelId)).toBe(false);
    expect(on.state()?.kind).toBe('available');
    expect(on.failed).toEqual([]);
    expect(on.call()).toMatchObject({ termination: { kind: 'not-reached', outcome: 'cancelled' } });
  });

  it('an outside telephone presses 1 first: a mailbox calls nobody', async () => {
    const on = await openDesk({ kind: 'outside', number: '+905550000012' });
    await on.dial();
    await on.clock.pass(0);
    await on.pickUp(0);
    await on.clock.pass(25_000);
    expect(on.legs()).toHaveLength(1);
    await on.dial();
    await on.clock.pass(0);
    await on.pickUp(1);
    on.line.press(on.legs()[1]?.channelId ?? '', '1');
    await on.clock.pass(100);
    expect(on.endpoints().at(-1)).toBe(`PJSIP/${NUMBER}@trunk`);
  });

  it('whom nobody may call is not called, and the agent is free again', async () => {
    const on = await openDesk();
    on.standing.value = { consents: [], doNotContact: { brand: DEFAULT_BRAND, recipient: NUMBER, reason: 'asked', since: 0, by: 'x' } };
    await expect(on.dial()).rejects.toMatchObject({ code: 'call.not-allowed' });
    await on.clock.pass(0);
    expect(on.legs()).toHaveLength(0);
    expect(on.state()?.kind).toBe('available');
  });
});

describe('the talk of a call made by hand', () => {
  it('is one like any other: hold, transfer, and the customer hangs up', async () => {
    const on = await talking();
    expect(await on.control()?.hold(true)).toEqual({ kind: 'done' });
    expect(on.state()?.kind).toBe('held');
    expect(await on.control()?.hold(false)).toEqual({ kind: 'done' });
    expect(on.control()?.view().parties[0]).toMatchObject({ role: 'customer', label: '+90 5** *** ** 17' });
    expect(await on.control()?.transfer('blind', { kind: 'number', id: '+902125550020' })).toEqual({ kind: 'done' });
    await on.clock.pass(0);
    // A colleague sees our number, never the customer's.
    expect(on.legs()[2]).toMatchObject({ callerId: OURS });
    await on.pickUp(2);
    expect(on.state()?.kind).toBe('wrap-up');
    on.line.hangUp(on.legs()[1]?.channelId ?? '');
    await on.clock.pass(2000);
    expect(on.line.bridges.size).toBe(0);
    expect(on.call()?.termination).toEqual({ kind: 'caller-hung-up' });
  });

  it('outlives the engine', async () => {
    const on = await talking();
    await on.floor().saved();
    await on.clock.pass(30_000);
    await on.crash();
    await on.floor().settle();
    expect(on.state()).toMatchObject({ kind: 'talking', callId: on.id });
    expect(on.control()).toBeTruthy();
    on.line.hangUp(on.legs()[0]?.channelId ?? '');
    await on.clock.pass(2000);
    expect(on.line.isUp(on.legs()[1]?.channelId ?? '')).toBe(false);
    expect(on.state()?.kind).toBe('wrap-up');
  });

  it('the agent is lost: the customer waits in the queue the agent called for', async () => {
    const on = await openDesk({ kind: 'web' });
    await on.dial();
    await on.clock.pass(0);
    await on.pickUp(0);
    await on.pickUp(1);
    on.line.unreachable.add(AYSE);
    on.line.hangUp(on.legs()[0]?.channelId ?? '');
    await on.clock.pass(21_000);
    expect(on.kinds()).toContain('entered');
    expect(on.floor().waits()).toMatchObject([{ queue: 'support', caller: NUMBER }]);
  });
});

describe('before both talk', () => {
  it.each(['the agent’s telephone rings', 'the customer’s rings'])('the engine is killed while %s: everybody is let go', async (when) => {
    const on = await openDesk();
    await on.dial();
    await on.clock.pass(0);
    if (when !== 'the agent’s telephone rings') await on.pickUp(0);
    await on.floor().saved();
    await on.crash();
    await on.clock.pass(2000);
    await on.floor().settle();
    for (const { channelId } of on.legs()) expect(on.line.isUp(channelId)).toBe(false);
    expect(on.call()).toMatchObject({ state: 'ended', termination: { kind: 'not-reached', outcome: 'unknown' } });
    expect(on.state()?.kind).toBe('available');
  });

  it('the line drops: everybody is let go once there is one again', async () => {
    const on = await openDesk();
    await on.dial();
    await on.clock.pass(0);
    await on.pickUp(0);
    on.line.drop();
    await on.clock.pass(5000);
    await on.line.comeBack();
    await on.clock.pass(2000);
    for (const { channelId } of on.legs()) expect(on.line.isUp(channelId)).toBe(false);
    expect(on.state()?.kind).toBe('available');
    expect(on.clock.pending).toBe(0);
  });

  it('somebody ends the call: both telephones are let go', async () => {
    const on = await openDesk();
    const id = await on.dial();
    await on.clock.pass(0);
    await on.pickUp(0);
    await on.calls().hangup(id, 'ada');
    await on.clock.pass(3000);
    for (const { channelId } of on.legs()) expect(on.line.isUp(channelId)).toBe(false);
    expect(on.state()?.kind).toBe('available');
    expect(on.call()?.termination).toEqual({ kind: 'ended-by-user', by: 'ada' });
  });
});
