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
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    recordingNotice: none
    whisper: none
    comfort: { every: none }
`;
const DIRECTORY = `departments:
  service:
    label: { tr: Servis, en: Service }
    calendar: office
    try: [[{ extension: "201", ring: 15s }, { extension: "202", ring: 15s }], { number: "+905321234567", ring: 20s }]
`;
const AYSE = 'ayse' as UserId;
const CALLER = 'chan-1';
const SERVICE = { kind: 'department', id: 'service' } as const;

/** A caller talks with an agent, who may pass them on. */
async function talking() {
  const bench = openBench({ flows: { main: FLOW }, queues: QUEUES, directory: DIRECTORY, agents: [profileOf(AYSE)] });
  const { line, clock } = bench;
  bench.floor().act(AYSE, { kind: 'login' });
  line.dial(CALLER);
  await clock.pass(3000);
  const agents = line.originated[0]?.channelId ?? '';
  line.answerLeg(agents);
  await clock.pass(1000);
  const control = () => bench.floor().talks().of(AYSE)?.control ?? null;
  const asking = async (wish: Promise<Asked> | undefined): Promise<Asked | undefined> => {
    await clock.pass(0);
    return wish;
  };
  return {
    ...bench,
    agents,
    control,
    transfer: (how: 'blind' | 'attended', to: { readonly kind: 'department'; readonly id: string } = SERVICE) =>
      asking(control()?.transfer(how, to)),
    complete: () => asking(control()?.complete()),
    rung: () => line.originated.slice(1).map(({ endpoint }) => endpoint),
    leg: (at: number) => line.originated[at + 1]?.channelId ?? '',
    withCaller: () => [...line.bridges.values()].filter((all) => all.has(CALLER)).flatMap((all) => [...all].filter((id) => id !== CALLER)),
    refuse: async (at: number) => {
      line.hangUp(line.originated[at + 1]?.channelId ?? '', 17, 486);
      await clock.pass(0);
    },
    states: () => bench.journal('agent-transfer').map(({ state, to }) => `${String(state)} ${String(to)}`),
  };
}

describe('an agent passes a caller on to a department', () => {
  it('attended: its telephones are tried in their order; who takes the call speaks with the agent first, then has the caller', async () => {
    const on = await talking();
    expect(await on.transfer('attended')).toEqual({ kind: 'done' });
    expect(on.rung()).toEqual(['PJSIP/201', 'PJSIP/202']);
    expect(on.withCaller()).toEqual([]);
    expect(on.control()?.view().transfer).toMatchObject({ to: { kind: 'department', id: 'service', label: 'Service' }, state: 'ringing' });
    on.line.answerLeg(on.leg(1));
    await on.clock.pass(1000);
    expect(on.line.isUp(on.leg(0))).toBe(false);
    expect(on.withCaller()).toEqual([]);
    expect(await on.complete()).toEqual({ kind: 'done' });
    await on.clock.pass(1000);
    expect(on.withCaller()).toEqual([on.leg(1)]);
    expect(on.line.isUp(on.agents)).toBe(false);
    expect(on.acdEvents).toContainEqual(expect.objectContaining({ kind: 'transferred', how: 'attended', to: 'department' }));
    on.line.hangUp(on.leg(1));
    await on.clock.pass(3000);
    expect(on.heard()).toEqual(['talked']);
  });

  it('attended, and nobody answers, a mailbox least of all: the agent has the caller again', async () => {
    const on = await talking();
    await on.transfer('attended');
    await on.refuse(0);
    await on.refuse(1);
    expect(on.rung()).toEqual(['PJSIP/201', 'PJSIP/202', 'PJSIP/+905321234567@trunk']);
    on.line.answerLeg(on.leg(2));
    await on.clock.pass(5000);
    expect(on.withCaller()).toEqual([]);
    await on.clock.pass(25_000);
    expect(on.withCaller()).toEqual([on.agents]);
    expect(on.states()).toEqual(['begun department', 'no-answer department']);
    expect(await on.transfer('attended')).toEqual({ kind: 'done' });
  });

  it('blind: who takes it has the caller at once', async () => {
    const on = await talking();
    await on.transfer('blind');
    await on.refuse(0);
    await on.refuse(1);
    on.line.answerLeg(on.leg(2));
    await on.clock.pass(1000);
    on.line.press(on.leg(2), '1');
    await on.clock.pass(1000);
    expect(on.withCaller()).toEqual([on.leg(2)]);
    expect(on.line.isUp(on.agents)).toBe(false);
  });

  it('blind, the agent has left, and nobody answers: the caller is back in the queue with the time waited before', async () => {
    const on = await talking();
    const since = on.acdEvents.find(({ kind }) => kind === 'entered')?.at;
    await on.transfer('blind');
    on.control()?.hangUp();
    await on.clock.pass(0);
    await on.refuse(0);
    await on.refuse(1);
    await on.refuse(2);
    await on.clock.pass(100);
    expect(on.acdEvents.filter(({ kind }) => kind === 'entered')).toHaveLength(2);
    expect(on.acdEvents.findLast(({ kind }) => kind === 'entered')).toMatchObject({ queue: 'support', since });
    expect(on.heard()).toEqual([]);
  });

  it('taken back while it rings: everybody stops ringing', async () => {
    const on = await talking();
    await on.transfer('blind');
    void on.control()?.takeBack();
    await on.clock.pass(1000);
    expect([on.leg(0), on.leg(1)].map((leg) => on.line.isUp(leg))).toEqual([false, false]);
    expect(on.withCaller()).toEqual([on.agents]);
  });

  it('whose hours are over, or that is not there: the agent is told, and keeps the caller', async () => {
    const on = await talking();
    on.closed.add('office');
    expect(await on.transfer('attended')).toEqual({ kind: 'refused', reason: 'target-closed' });
    expect(await on.transfer('attended', { kind: 'department', id: 'nobody' })).toEqual({ kind: 'refused', reason: 'unknown-target' });
    expect(on.withCaller()).toEqual([on.agents]);
    expect(on.rung()).toEqual([]);
  });

  it('the caller leaves while it rings: everybody stops', async () => {
    const on = await talking();
    await on.transfer('attended');
    on.line.hangUp(CALLER);
    await on.clock.pass(5000);
    expect([on.leg(0), on.leg(1)].map((leg) => on.line.isUp(leg))).toEqual([false, false]);
    expect(on.line.bridges.size).toBe(0);
  });
});
