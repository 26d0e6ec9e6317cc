import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../src/domain/ids.ts';
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
    comfort: { every: none }
`;
const AYSE = 'ayse' as UserId;
const CALLER = 'chan-1';

/** A caller talks with an agent whose telephone is the page. */
async function talking(place: 'web' | 'sip' = 'web') {
  const profile = profileOf(AYSE, place === 'web' ? { place: { kind: 'web' } } : {});
  const bench = openBench({ flows: { main: FLOW }, queues: QUEUES, agents: [profile] });
  const { line, clock } = bench;
  bench.floor().act(AYSE, { kind: 'login' });
  line.dial(CALLER);
  await clock.pass(3000);
  const last = () => line.originated.at(-1)?.channelId ?? '';
  const answer = async (): Promise<void> => {
    line.answerLeg(last());
    await clock.pass(2000);
  };
  await answer();
  const with_ = (): string[] => [...line.bridges.values()].filter((members) => members.has(CALLER)).flatMap((members) => [...members]);
  expect(with_()).toEqual([CALLER, last()]);
  return {
    ...bench,
    ...{ answer, last, with_ },
    legs: () => line.originated.length,
    state: () => bench.floor().agent(AYSE)?.state.kind,
    ends: () =>
      bench.acdEvents.flatMap((event) => (event.kind === 'released' || event.kind === 'left' ? [`${event.kind} ${event.how}`] : [])),
    async reload(): Promise<void> {
      line.unreachable.add(AYSE);
      line.hangUp(last());
      await clock.pass(0);
    },
  };
}

describe('D12: an agent’s page that is opened anew in mid-call', () => {
  it('is rung once it is registered again, and the talk goes on; meanwhile the caller hears music', async () => {
    const on = await talking();
    await on.reload();
    expect(on.line.sent).toContain('create-bridge holding');
    expect(on.with_()).toEqual([CALLER]);
    expect(on.state()).toBe('talking');
    await on.clock.pass(4000);
    expect(on.legs()).toBe(1);
    on.line.unreachable.clear();
    await on.clock.pass(1000);
    expect(on.legs()).toBe(2);
    await on.answer();
    expect(on.with_().toSorted()).toEqual([CALLER, on.last()].toSorted());
    expect(on.ends()).toEqual(['left answered']);
    // A second time as well (its old telephone is rung in vain: nobody had noticed that it is gone), and then the agent leaves as agents do.
    await on.reload();
    on.line.unreachable.clear();
    await on.clock.pass(1000);
    expect(on.legs()).toBe(3);
    await on.clock.pass(4000);
    expect(on.legs()).toBe(4);
    await on.answer();
    expect(on.with_().toSorted()).toEqual([CALLER, on.last()].toSorted());
    on.floor().talks().of(AYSE)?.control?.hangUp();
    await on.clock.pass(2000);
    expect(on.ends()).toEqual(['left answered', 'released agent-hung-up']);
    expect(on.heard()).toEqual(['talked']);
  });

  it('that does not come back within 20 s: the caller goes to the head of the queue, with the time waited before', async () => {
    const on = await talking();
    const since = on.acdEvents.find(({ kind }) => kind === 'entered')?.at;
    await on.reload();
    await on.clock.pass(19_000);
    expect(on.ends()).toEqual(['left answered']);
    await on.clock.pass(2000);
    expect(on.ends()).toEqual(['left answered', 'released agent-lost']);
    expect(on.acdEvents.findLast(({ kind }) => kind === 'entered')).toMatchObject({ queue: 'support', since });
    expect(on.heard()).toEqual([]);
  });

  it('is not rung when the agent had hung up by the page, nor for a desk phone', async () => {
    const on = await talking();
    on.floor().talks().of(AYSE)?.control?.hangUp();
    await on.clock.pass(0);
    expect(on.ends()).toEqual(['left answered', 'released agent-hung-up']);
    const sip = await talking('sip');
    sip.line.hangUp(sip.last());
    await sip.clock.pass(0);
    expect(sip.ends()).toEqual(['left answered', 'released agent-hung-up']);
    expect(sip.legs()).toBe(1);
  });

  it('lets go when the caller leaves meanwhile, and when the agent refuses to come back', async () => {
    const on = await talking();
    await on.reload();
    on.line.hangUp(CALLER);
    await on.clock.pass(30_000);
    expect(on.ends()).toEqual(['left answered', 'released caller-hung-up']);
    expect(on.legs()).toBe(1);
    expect(on.line.bridges.size).toBe(0);

    const other = await talking();
    await other.reload();
    other.line.unreachable.clear();
    await other.clock.pass(1000);
    other.line.emit({ kind: 'state', channelId: other.last(), state: 'ringing', at: other.clock.now() });
    other.line.hangUp(other.last(), 21, 480);
    await other.clock.pass(2000);
    expect(other.ends()).toEqual(['left answered', 'released agent-hung-up']);
    expect(other.heard()).toEqual(['talked']);
  });
});
