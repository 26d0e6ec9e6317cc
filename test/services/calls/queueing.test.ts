import { describe, expect, it } from 'vitest';
import type { AcdEvent } from '../../../src/domain/acd-event.ts';
import { SantralError } from '../../../src/domain/errors.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import { profileOf } from '../../kit/floor.ts';
import { type BenchOptions, openBench } from './bench.ts';

const FLOW = `flow: main
start: wait
languages: [en]
variables: { service: {} }
nodes:
  wait:
    type: queue
    queue: support
    keys: { 1: left }
    into: service
    next: talked
    exits: { noAgents: nobody, overflow: late, full: full, failed: failed }
  talked: { type: say, prompt: { text: { en: talked } }, next: bye }
  left: { type: say, prompt: { text: { en: left } }, next: bye }
  nobody: { type: say, prompt: { text: { en: nobody } }, next: bye }
  late: { type: say, prompt: { text: { en: late } }, next: bye }
  full: { type: say, prompt: { text: { en: full } }, next: bye }
  failed: { type: say, prompt: { text: { en: failed } }, next: bye }
  bye: { type: hangup }
`;

const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 15s
    wrapUp: { mode: optional, time: 30s }
    overflow: { after: 5m, length: 3 }
    empty: { atJoin: leave, whenLastLeaves: leave }
    welcome: test.welcome
    recordingNotice: none
    whisper: test.whisper
    comfort: { every: 20s, prompts: [test.comfort], position: true, estimatedWait: false }
`;
const CATALOGUE =
  'test.welcome: { en: welcome }\ntest.whisper: { en: whisper }\ntest.comfort: { en: comfort }\nqueue.position: { en: "place {{position}}" }\nqueue.position-next: { en: "place 1, next" }\nqueue.accept-call: { en: press one }\n';

const AYSE = 'ayse' as UserId;
const BORA = 'bora' as UserId;

async function openFloor(agents: readonly UserId[] = [AYSE], options: Partial<BenchOptions> = {}) {
  const profiles = agents.map((id) => profileOf(id));
  const bench = openBench({ flows: { main: FLOW }, catalogue: CATALOGUE, queues: QUEUES, agents: profiles, ...options });
  for (const id of agents) bench.floor().act(id, { kind: 'login' });
  await bench.clock.pass(0);
  const legs = () => bench.line.originated;
  return {
    ...bench,
    state: (id: UserId) => bench.floor().agent(id)?.state,
    legs,
    /** The caller dials, is answered, and hears the welcome to its end. */
    async caller(id = 'chan-1') {
      bench.line.dial(id);
      await bench.clock.pass(500);
      await bench.clock.pass(1000);
      await bench.clock.pass(0);
    },
    async answer(at = legs().length - 1) {
      bench.line.answerLeg(legs()[at]?.channelId ?? '');
      // The whisper.
      await bench.clock.pass(1000);
    },
    kinds: () => bench.acdEvents.map(tell),
  };
}

function tell(event: AcdEvent): string {
  switch (event.kind) {
    case 'left':
    case 'offer-ended':
    case 'released':
      return `${event.kind} ${event.how}`;
    case 'agent-state':
      return `${event.agent} ${event.to}${event.reason === null ? '' : ` ${event.reason}`}`;
    default:
      return event.kind;
  }
}

describe('a caller and an agent', () => {
  it('talk after welcome and whisper; the agent hangs up, the flow goes on, the wrap-up ends by the clock', async () => {
    const on = await openFloor();
    await on.caller();
    expect(on.heard()).toEqual(['welcome']);
    expect(on.legs()).toMatchObject([{ endpoint: 'PJSIP/ayse', ringMs: 15_000 }]);
    await on.answer();
    expect(on.heard()).toEqual(['welcome', 'whisper']);
    expect(on.state(AYSE)).toMatchObject({ kind: 'talking', queue: 'support' });
    expect([...on.line.bridges.values()].map((members) => members.size)).toEqual([2]);
    await on.clock.pass(60_000);
    on.line.hangUp(on.legs()[0]?.channelId ?? '');
    await on.clock.pass(700);
    expect(on.heard()).toContain('talked');
    expect(on.state(AYSE)?.kind).toBe('wrap-up');
    await on.clock.pass(30_000);
    expect(on.state(AYSE)?.kind).toBe('available');
    expect(on.kinds()).toEqual([
      'ayse available',
      'entered',
      'ayse reserved',
      'offered',
      'offer-ended answered',
      'connected',
      'left answered',
      'ayse talking',
      'released agent-hung-up',
      'ayse wrap-up',
      'wrapped-up',
      'ayse available',
    ]);
    expect(on.acdEvents.find(({ kind }) => kind === 'released')).toMatchObject({ talkMs: 60_300, holdMs: 0 });
  });

  it('the welcome is heard to its end before any telephone rings', async () => {
    const on = await openFloor();
    on.line.dial('chan-1');
    await on.clock.pass(700);
    expect(on.floor().waits()).toHaveLength(1);
    expect(on.legs()).toHaveLength(0);
    await on.clock.pass(1000);
    expect(on.heard()).toEqual(['welcome']);
    expect(on.legs()).toHaveLength(1);
  });

  it('the caller hangs up: the agent is let go, and the talk is over', async () => {
    const on = await openFloor();
    await on.caller();
    await on.answer();
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    expect(on.state(AYSE)?.kind).toBe('wrap-up');
    expect(on.line.isUp(on.legs()[0]?.channelId ?? '')).toBe(false);
    expect(on.kinds()).toContain('released caller-hung-up');
    expect(on.line.bridges.size).toBe(0);
  });
});

describe('while it rings', () => {
  it('nobody answers: the agent is paused, the caller keeps the place, the next one is rung (C8, C16)', async () => {
    const on = await openFloor([AYSE, BORA]);
    await on.caller();
    const first = on.legs()[0]?.endpoint;
    await on.clock.pass(18_000);
    expect(on.state(first === 'PJSIP/ayse' ? AYSE : BORA)).toEqual({ kind: 'paused', reason: 'no-answer' });
    expect(on.legs()).toHaveLength(2);
    expect(on.legs()[1]?.endpoint).not.toBe(first);
    await on.answer(1);
    expect(on.kinds().filter((kind) => kind.startsWith('left') || kind.startsWith('entered'))).toEqual(['entered', 'left answered']);
    expect(on.kinds().filter((kind) => kind.startsWith('offer-ended'))).toEqual(['offer-ended no-answer', 'offer-ended answered']);
  });

  it('the caller leaves: the telephone stops at once, the agent is free, the wait is abandoned', async () => {
    const on = await openFloor();
    await on.caller();
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    expect(on.line.isUp(on.legs()[0]?.channelId ?? '')).toBe(false);
    expect(on.state(AYSE)?.kind).toBe('available');
    expect(on.kinds().filter((kind) => /^left|^offer-ended/.test(kind))).toEqual(['offer-ended rescinded', 'left abandoned']);
    expect(on.waits.size).toBe(0);
  });

  it('a key leaves the queue before anybody is rung for a gone caller (C12)', async () => {
    const on = await openFloor();
    await on.caller();
    on.line.press('chan-1', '1');
    await on.clock.pass(500);
    expect(on.heard()).toContain('left');
    expect(on.line.isUp(on.legs()[0]?.channelId ?? '')).toBe(false);
    expect(on.state(AYSE)?.kind).toBe('available');
    expect(on.kinds()).toContain('left key');
    expect(on.legs()).toHaveLength(1);
  });

  it('an outside number accepts with 1; a mailbox, which does not, is no answer', async () => {
    const on = await openFloor([]);
    on.floor().admit(profileOf(AYSE, { place: { kind: 'outside', number: '+905550000012' } }));
    on.floor().admit(profileOf(BORA, { place: { kind: 'outside', number: '+905550000013' } }));
    on.floor().act(AYSE, { kind: 'login' });
    await on.caller();
    expect(on.legs()[0]?.endpoint).toBe('PJSIP/+905550000012@trunk');
    await on.answer(0);
    expect(on.state(AYSE)?.kind).toBe('reserved');
    on.floor().act(BORA, { kind: 'login' });
    await on.clock.pass(20_000);
    expect(on.state(AYSE)).toEqual({ kind: 'paused', reason: 'no-answer' });
    await on.answer(1);
    on.line.press(on.legs()[1]?.channelId ?? '', '1');
    await on.clock.pass(1000);
    expect(on.state(BORA)?.kind).toBe('talking');
    expect(on.heard()).toContain('press one');
  });

  it('a telephone that is not there pauses the agent, and the caller waits on', async () => {
    const on = await openFloor();
    on.line.failures.set('originate', new SantralError('telephony.refused', 'no such phone'));
    await on.caller();
    await on.clock.pass(0);
    expect(on.state(AYSE)).toEqual({ kind: 'paused', reason: 'no-answer' });
    expect(on.floor().waits()).toHaveLength(1);
  });
});

describe('the wait', () => {
  it('hears comfort words with a place that never gets worse (C22)', async () => {
    const on = await openFloor([AYSE]);
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.caller('chan-1');
    await on.caller('chan-2');
    await on.clock.pass(22_000);
    const places = () => on.heard().filter((text) => text.startsWith('place'));
    expect(places()).toEqual(['place 1, next', 'place 2']);
    on.line.hangUp('chan-1');
    await on.clock.pass(22_000);
    expect(places()).toEqual(['place 1, next', 'place 2', 'place 1, next']);
  });

  it('hears what keys are for, but only keys that its flow has', async () => {
    const queues = QUEUES.replace('prompts: [test.comfort]', 'prompts: [test.comfort], keys: { 1: test.one, 2: test.two }');
    const catalogue = `${CATALOGUE}test.one: { en: one leaves }\ntest.two: { en: two leaves }\n`;
    const on = await openFloor([AYSE], { queues, catalogue });
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.caller();
    await on.clock.pass(30_000);
    expect(on.heard()).toContain('one leaves');
    expect(on.heard()).not.toContain('two leaves');
  });

  it('is refused where nobody is logged in, and where too many wait; each is an exit', async () => {
    const empty = await openFloor([]);
    await empty.caller();
    expect(empty.heard()).toContain('nobody');
    expect(empty.kinds()).toEqual(['entered', 'left no-agents']);
    const on = await openFloor();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    for (const id of ['chan-1', 'chan-2', 'chan-3', 'chan-4']) await on.caller(id);
    expect(on.heard()).toContain('full');
    expect(on.floor().waits()).toHaveLength(3);
  });

  it('ends by overflow, and when the last agent logs out (C23)', async () => {
    const on = await openFloor();
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.caller('chan-1');
    await on.clock.pass(300_000);
    expect(on.heard()).toContain('late');
    await on.caller('chan-2');
    on.floor().act(AYSE, { kind: 'logout' });
    await on.clock.pass(1000);
    expect(on.heard()).toContain('nobody');
    expect(on.kinds().filter((kind) => kind.startsWith('left'))).toEqual(['left overflow', 'left no-agents']);
  });

  it('an agent who logs out while their telephone rings is let be, and the caller is offered to another one', async () => {
    const on = await openFloor([AYSE, BORA]);
    await on.caller();
    const first = on.legs()[0]?.endpoint === 'PJSIP/ayse' ? AYSE : BORA;
    on.floor().act(first, { kind: 'logout' });
    await on.clock.pass(0);
    expect(on.line.isUp(on.legs()[0]?.channelId ?? '')).toBe(false);
    expect(on.legs()).toHaveLength(2);
    await on.answer(1);
    expect(on.state(first === AYSE ? BORA : AYSE)?.kind).toBe('talking');
  });

  it('waits a while for the agent who talked with the caller last, and then for anybody', async () => {
    const sticky = QUEUES.replace('    offer: 15s', '    offer: 15s\n    sticky: { within: 1h, wait: 10s }').replace(
      'mode: optional, time: 30s',
      'mode: none',
    );
    const on = await openFloor([AYSE, BORA], { queues: sticky });
    await on.caller('chan-1');
    await on.answer();
    const last = on.legs()[0]?.endpoint;
    on.line.hangUp(on.legs()[0]?.channelId ?? '');
    await on.clock.pass(60_000);
    // The other one has been idle for longer.
    await on.caller('chan-2');
    expect(on.legs()[1]?.endpoint).toBe(last);
    await on.answer(1);
    await on.caller('chan-3');
    expect(on.legs()).toHaveLength(2);
    await on.clock.pass(10_000);
    expect(on.legs()[2]?.endpoint).not.toBe(last);
  });

  it('two callers are offered to two agents at once, one each', async () => {
    const on = await openFloor([AYSE, BORA]);
    await on.caller('chan-1');
    await on.caller('chan-2');
    expect(
      on
        .legs()
        .map(({ endpoint }) => endpoint)
        .toSorted(),
    ).toEqual(['PJSIP/ayse', 'PJSIP/bora']);
  });
});

describe('an outage', () => {
  it('the engine is killed: who waits keeps the place, who talks talks on, and the gap is on record', async () => {
    const on = await openFloor([AYSE]);
    await on.caller('chan-1');
    await on.answer();
    await on.caller('chan-2');
    const [before] = on.floor().waits();
    await on.floor().saved();
    await on.crash();
    await on.clock.pass(100);
    expect(on.state(AYSE)?.kind).toBe('talking');
    await on.floor().settle();
    expect(on.floor().waits()).toMatchObject([{ waitId: before?.waitId, since: before?.since }]);
    expect(on.state(AYSE)?.kind).toBe('talking');
    expect(on.kinds()).toContain('gap');
    on.line.hangUp(on.legs()[0]?.channelId ?? '');
    await on.clock.pass(700);
    expect(on.heard()).toContain('talked');
    expect(on.state(AYSE)?.kind).toBe('wrap-up');
    await on.clock.pass(30_000);
    await on.answer();
    expect(on.state(AYSE)?.kind).toBe('talking');
    expect(on.kinds().filter((kind) => kind === 'entered')).toHaveLength(2);
  });

  it('the socket drops: nobody is offered meanwhile, and everything goes on where it was', async () => {
    const on = await openFloor([AYSE]);
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.caller('chan-1');
    on.line.drop();
    on.floor().act(AYSE, { kind: 'available' });
    await on.clock.pass(5000);
    expect(on.legs()).toHaveLength(0);
    await on.line.comeBack();
    await on.clock.pass(100);
    expect(on.legs()).toHaveLength(1);
    await on.answer();
    expect(on.state(AYSE)?.kind).toBe('talking');
  });
});

describe('where a wait counts from', () => {
  const TELLING = FLOW.replace('en: talked', 'en: "talked after {{service.waitedSeconds}}"').replace(
    'en: late',
    'en: "late after {{service.waitedSeconds}}"',
  );
  const two = `${QUEUES}  sales: { label: { tr: Satış, en: Sales }, empty: { atJoin: wait, whenLastLeaves: wait }, overflow: { after: 2m } }\n`;
  const entered = (on: { acdEvents: readonly AcdEvent[] }) =>
    on.acdEvents.flatMap((event) => (event.kind === 'entered' ? [event.since] : []));

  it('is the same after a restart: for the flow, and for the queue that a caller goes back to', async () => {
    const on = await openFloor([AYSE], { flows: { main: TELLING } });
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.caller();
    await on.clock.pass(98_500);
    await on.floor().saved();
    await on.crash();
    on.floor().act(AYSE, { kind: 'available' });
    await on.clock.pass(100);
    await on.answer();
    on.line.hangUp(on.legs()[0]?.channelId ?? '');
    await on.clock.pass(3000);
    // The second of the welcome, the whisper and a little more.
    expect(on.heard().at(-1)).toMatch(/^talked after 10[01]$/);
  });

  it('is the same after a restart in mid-talk, when the agent passes the caller on to a queue', async () => {
    const on = await openFloor([AYSE], { queues: two });
    await on.caller();
    await on.answer();
    await on.floor().saved();
    await on.clock.pass(60_000);
    await on.crash();
    await on.floor().settle();
    const talk = on.floor().talks().of(AYSE);
    expect(talk).toMatchObject({ waitingSince: entered(on)[0], class: 'standard' });
    expect(await talk?.control?.transfer('blind', { kind: 'queue', id: 'sales' })).toEqual({ kind: 'done' });
    const [first, second] = entered(on);
    expect(second).toBe(first);
  });

  it('the journal names the queue that a moved caller left', async () => {
    const on = await openFloor([AYSE], { queues: two });
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.caller();
    const [wait] = on.floor().waits();
    expect(on.floor().move(wait?.waitId as never, 'sales')).toBe(true);
    await on.clock.pass(121_000);
    expect(on.journal('queue-left')).toEqual([{ queue: 'sales', how: 'overflow' }]);
  });
});

describe('people we called, who wait only so long', () => {
  const PATIENT = FLOW.replace('    into: service\n', '    into: service\n    patience: 2s\n');
  const open = (agents: readonly UserId[]) => openFloor(agents, { flows: { main: PATIENT } });

  it('hear no welcome, and leave after two seconds in which no agent was found', async () => {
    const one = await open([AYSE]);
    one.floor().act(AYSE, { kind: 'pause', reason: 'break' } as never);
    one.line.dial('chan-1');
    // It is answered after a pause.
    await one.clock.pass(500);
    await one.clock.pass(1400);
    expect(one.heard()).toEqual([]);
    await one.clock.pass(1000);
    expect(one.heard()).toEqual(['late']);
    expect(one.kinds()).toContain('left overflow');
  });

  it('wait for the agent who is being rung, and talk with who answers', async () => {
    const one = await open([AYSE]);
    one.line.dial('chan-1');
    await one.clock.pass(5000);
    expect(one.legs()).toHaveLength(1);
    expect(one.heard()).not.toContain('late');
    await one.answer();
    expect(one.state(AYSE)?.kind).toBe('talking');
    await one.clock.pass(10_000);
    expect(one.heard()).not.toContain('late');
  });

  it('leave when the agent who was rung does not answer', async () => {
    const one = await open([AYSE]);
    one.line.dial('chan-1');
    await one.clock.pass(14_000);
    expect(one.heard()).not.toContain('late');
    await one.clock.pass(6000);
    expect(one.heard()).toContain('late');
  });
});
