import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../src/domain/ids.ts';
import type { Asked } from '../../../src/services/floor/seat.ts';
import { profileOf } from '../../kit/floor.ts';
import { openBench } from './bench.ts';

const FLOW = `flow: main
start: wait
languages: [en]
nodes:
  wait: { type: queue, queue: support, next: talked, exits: { failed: talked } }
  talked: { type: say, prompt: { text: { en: talked } }, next: bye }
  bye: { type: hangup }
`;
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    wrapUp: { mode: optional, time: 20s }
    empty: { atJoin: wait, whenLastLeaves: wait }
    recordingNotice: none
    whisper: none
    comfort: { every: none }
  sales:
    label: { tr: Satış, en: Sales }
    offer: 15s
    wrapUp: { mode: optional, time: 40s }
    empty: { atJoin: leave, whenLastLeaves: leave }
    recordingNotice: none
    whisper: none
    comfort: { every: none }
`;
const [AYSE, BORA, CAN] = ['ayse', 'bora', 'can'] as [UserId, UserId, UserId];
const CALLER = 'chan-1';
const SALES = { kind: 'queue', id: 'sales' } as const;

/** A caller talks with Ayşe of the support; `sellers` work in the sales. */
async function talking(sellers: readonly UserId[] = [BORA]) {
  const agents = [profileOf(AYSE), ...sellers.map((id) => profileOf(id, { queues: ['sales'] }))];
  const bench = openBench({ flows: { main: FLOW }, queues: QUEUES, agents });
  const { line, clock } = bench;
  for (const id of [AYSE, ...sellers]) bench.floor().act(id, { kind: 'login' });
  line.dial(CALLER);
  await clock.pass(3000);
  const leg = (at: number): string => line.originated[at]?.channelId ?? '';
  line.answerLeg(leg(0));
  await clock.pass(1000);
  const control = (of = AYSE) => bench.floor().talks().of(of)?.control ?? null;
  const asking = async (wish: Promise<Asked> | undefined): Promise<Asked | undefined> => {
    await clock.pass(0);
    return wish;
  };
  return {
    ...bench,
    leg,
    control,
    transfer: (how: 'blind' | 'attended' = 'attended', to: { kind: 'queue' | 'agent'; id: string } = SALES) =>
      asking(control()?.transfer(how, to)),
    complete: () => asking(control()?.complete()),
    cancel: () => asking(control()?.cancel()),
    state: (id: UserId) => bench.floor().agent(id)?.state,
    rung: () => line.originated.slice(1).map(({ endpoint }) => endpoint),
    withCaller: () => [...line.bridges.values()].filter((all) => all.has(CALLER)).flatMap((all) => [...all].filter((id) => id !== CALLER)),
    together: () => [...line.bridges.values()].map((all) => [...all].sort()).filter((all) => all.length > 1),
    ofSales: () => bench.acdEvents.filter((event) => 'queue' in event && event.queue === 'sales').map(({ kind }) => kind),
    shown: () => control()?.view().transfer,
  };
}

describe('an agent passes a caller on to a queue, and speaks with whoever answers first', () => {
  it('its next agent is rung; they speak while the caller hears music; then the caller is theirs, and the queue’s rule ends it', async () => {
    const on = await talking();
    expect(await on.transfer()).toEqual({ kind: 'done' });
    expect(on.rung()).toEqual(['PJSIP/bora']);
    expect(on.withCaller()).toEqual([]);
    expect(on.shown()).toMatchObject({ to: { kind: 'queue', id: 'sales', label: 'sales' }, state: 'ringing', how: 'attended' });
    on.line.answerLeg(on.leg(1));
    await on.clock.pass(1000);
    expect(on.shown()?.state).toBe('talking');
    expect(on.together()).toEqual([[on.leg(0), on.leg(1)].sort()]);
    expect(on.state(BORA)).toMatchObject({ kind: 'talking', queue: 'sales' });
    expect(await on.complete()).toEqual({ kind: 'done' });
    await on.clock.pass(1000);
    expect(on.withCaller()).toEqual([on.leg(1)]);
    expect(on.line.isUp(on.leg(0))).toBe(false);
    expect(on.acdEvents).toContainEqual(expect.objectContaining({ kind: 'transferred', agent: AYSE, how: 'attended', to: 'queue' }));
    on.line.hangUp(on.leg(1));
    await on.clock.pass(100);
    expect(on.state(BORA)?.kind).toBe('wrap-up');
    await on.clock.pass(30_000);
    expect(on.state(BORA)?.kind).toBe('wrap-up');
    await on.clock.pass(10_000);
    expect(on.state(BORA)?.kind).toBe('available');
    expect(on.heard()).toEqual(['talked']);
    // Nobody waited there but the agent: it is no caller of the queue, and the talk is one of its talks.
    expect(on.ofSales()).toEqual(['offered', 'offer-ended', 'connected', 'released', 'wrapped-up']);
    expect(on.floor().waits()).toEqual([]);
  });

  it('who does not answer is left alone, and the next one is rung', async () => {
    const on = await talking([BORA, CAN]);
    await on.transfer();
    on.line.hangUp(on.leg(1), 19, 480);
    await on.clock.pass(1000);
    expect(on.rung()).toEqual(['PJSIP/bora', 'PJSIP/can']);
    expect(on.state(BORA)?.kind).toBe('paused');
    expect(on.shown()?.state).toBe('ringing');
    on.line.answerLeg(on.leg(2));
    await on.clock.pass(1000);
    await on.complete();
    await on.clock.pass(1000);
    expect(on.withCaller()).toEqual([on.leg(2)]);
  });

  it('nobody works there: it is refused, and the caller stays with the agent', async () => {
    const on = await talking([]);
    expect(await on.transfer()).toEqual({ kind: 'refused', reason: 'target-not-free' });
    expect(on.withCaller()).toEqual([on.leg(0)]);
    expect(on.journal('agent-held')).toEqual([]);
    expect(on.floor().waits()).toEqual([]);
  });

  it('the last one leaves meanwhile: the agent has the caller again', async () => {
    const on = await talking();
    on.floor().act(BORA, { kind: 'pause', reason: 'meal' });
    expect(await on.transfer()).toEqual({ kind: 'done' });
    expect(on.rung()).toEqual([]);
    on.floor().act(BORA, { kind: 'logout' });
    await on.clock.pass(1000);
    expect(on.shown()?.state).toBe('failed');
    expect(on.withCaller()).toEqual([on.leg(0)]);
    expect(on.floor().waits()).toEqual([]);
  });

  it('called off while somebody rings: they stop ringing and are free', async () => {
    const on = await talking();
    await on.transfer();
    expect(await on.cancel()).toEqual({ kind: 'done' });
    await on.clock.pass(1000);
    expect(on.line.isUp(on.leg(1))).toBe(false);
    expect(on.state(BORA)?.kind).toBe('available');
    expect(on.withCaller()).toEqual([on.leg(0)]);
    expect(on.acdEvents.filter(({ kind }) => kind === 'left')).toHaveLength(1);
  });

  it.each(['completes', 'hangs up'])(
    'the agent %s before somebody answers: the caller waits there, with the time waited before',
    async (deed) => {
      const on = await talking();
      on.floor().act(BORA, { kind: 'pause', reason: 'meal' });
      const since = on.acdEvents.find(({ kind }) => kind === 'entered')?.at;
      await on.transfer();
      if (deed === 'completes') expect(await on.complete()).toEqual({ kind: 'done' });
      else on.control()?.hangUp();
      await on.clock.pass(1000);
      expect(on.line.isUp(on.leg(0))).toBe(false);
      expect(on.acdEvents.findLast(({ kind }) => kind === 'entered')).toMatchObject({ queue: 'sales', since });
      on.floor().act(BORA, { kind: 'available' });
      await on.clock.pass(500);
      on.line.answerLeg(on.leg(1));
      await on.clock.pass(1000);
      expect(on.withCaller()).toEqual([on.leg(1)]);
      expect(on.state(AYSE)?.kind).toBe('wrap-up');
    },
  );

  it('the caller leaves while the two talk, or while it rings: nobody stays, and nobody is called back for it', async () => {
    for (const answered of [true, false]) {
      const on = await talking();
      await on.transfer();
      if (answered) on.line.answerLeg(on.leg(1));
      await on.clock.pass(1000);
      on.line.hangUp(CALLER);
      await on.clock.pass(5000);
      expect([on.leg(0), on.leg(1)].map((leg) => on.line.isUp(leg))).toEqual([false, false]);
      expect(on.line.bridges.size).toBe(0);
      expect(on.floor().waits()).toEqual([]);
      expect(on.acdEvents.some((event) => event.kind === 'left' && event.how === 'abandoned')).toBe(false);
    }
  });

  it('the line to Asterisk is lost meanwhile: nothing waits, and the agent has the caller', async () => {
    const on = await talking();
    await on.transfer();
    on.line.drop();
    await on.clock.pass(1000);
    expect(on.floor().waits()).toEqual([]);
    await on.line.comeBack();
    await on.clock.pass(1000);
    expect(on.withCaller()).toEqual([on.leg(0)]);
  });

  it('a process that dies while it rings leaves no wait behind', async () => {
    const on = await talking();
    await on.transfer();
    await on.floor().saved();
    await on.crash();
    await on.clock.pass(1000);
    expect(on.floor().waits()).toEqual([]);
    expect(on.acdEvents.filter(({ kind }) => kind === 'entered')).toHaveLength(1);
  });
});

describe('a colleague who takes a caller over', () => {
  it.each([
    ['attended', true],
    ['blind', true],
    ['blind', false],
  ] as const)('%s closes the talk by the rule of the queue they came from (the agent stays: %s)', async (how, stays) => {
    const on = await talking();
    await on.transfer(how, { kind: 'agent', id: BORA });
    if (!stays) on.control()?.hangUp();
    on.line.answerLeg(on.leg(1));
    await on.clock.pass(1000);
    if (how === 'attended') await on.complete();
    await on.clock.pass(1000);
    expect(on.withCaller()).toEqual([on.leg(1)]);
    on.line.hangUp(on.leg(1));
    await on.clock.pass(19_000);
    expect(on.state(BORA)?.kind).toBe('wrap-up');
    await on.clock.pass(1000);
    expect(on.state(BORA)?.kind).toBe('available');
    expect(on.acdEvents).toContainEqual(expect.objectContaining({ kind: 'connected', agent: BORA, queue: null }));
    expect(on.acdEvents).toContainEqual(expect.objectContaining({ kind: 'wrapped-up', agent: BORA, queue: 'support', wrapMs: 20_000 }));
  });

  it('does so after a restart as well', async () => {
    const on = await talking();
    await on.transfer('blind', { kind: 'agent', id: BORA });
    on.line.answerLeg(on.leg(1));
    await on.clock.pass(2000);
    await on.floor().saved();
    await on.crash();
    await on.clock.pass(1000);
    on.line.hangUp(on.leg(1));
    await on.clock.pass(1000);
    expect(on.state(BORA)?.kind).toBe('wrap-up');
  });

  it('who was asked only is free at once', async () => {
    const on = await talking();
    await on.transfer('attended', { kind: 'agent', id: BORA });
    on.line.answerLeg(on.leg(1));
    await on.clock.pass(1000);
    await on.cancel();
    await on.clock.pass(1000);
    expect(on.state(BORA)?.kind).toBe('available');
  });
});
