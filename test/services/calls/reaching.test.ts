import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Servis, en: Service }
languages: [en]
start: reach
afterCall: { start: missed }
variables: { how: {} }
nodes:
  reach:
    type: transfer
    to: { department: service }
    maxTalk: 10m
    into: how
    next: after
    exits: { busy: busy, noAnswer: nobody, invalidNumber: unknown, closed: closed, failed: broken }
  after: { type: hangup, prompt: { text: { en: "back from {{how.by|default:'a talk'}}" } } }
  busy: { type: hangup, prompt: { text: { en: busy } } }
  nobody: { type: hangup, prompt: { text: { en: nobody there } } }
  unknown: { type: hangup, prompt: { text: { en: not known } } }
  closed: { type: hangup, prompt: { text: { en: closed now } } }
  broken: { type: hangup, prompt: { text: { en: broken } } }
  missed: { type: missed-call, for: { department: service }, callback: service, next: return }
`;

const DIRECTORY = `people:
  ayse: { name: Ayşe, try: [{ number: "+905321234567", ring: 20s }] }
departments:
  service:
    label: { tr: Servis, en: Service }
    calendar: office
    webhook: crm
    try: [{ extension: "201", ring: 15s }, { person: ayse }, [{ extension: "202" }, { extension: "203" }]]
`;
const CATALOGUE = 'directory.whisper: { en: "for {{target}}, {{ending}}" }\ndirectory.accept-call: { en: press one }\n';

function opened(flow = FLOW) {
  const bench = openBench({ flows: { main: flow }, catalogue: CATALOGUE, directory: DIRECTORY });
  const legs = () => bench.line.originated;
  return {
    ...bench,
    legs,
    leg: (at: number) => legs()[at]?.channelId ?? '',
    async dial() {
      bench.line.dial('c1');
      await bench.clock.pass(1000);
    },
    rung: () => legs().map(({ endpoint }) => endpoint),
    bridges: () => [...bench.line.bridges.values()].map((members) => [...members].sort()),
  };
}

/** Words last a second for each ten characters. */
const WHISPER_MS = 1700;

describe('somebody of the directory', () => {
  it('is rung; who answers hears for whom, and both talk; then the flow goes on', async () => {
    const bench = opened();
    await bench.dial();
    expect(bench.line.sent).toEqual(['answer', 'ring on', 'originate PJSIP/201']);
    expect(bench.legs()[0]).toMatchObject({ callerId: '+905550000001', ringMs: 15_000 });
    bench.line.answerLeg(bench.leg(0));
    await bench.clock.pass(WHISPER_MS - 200);
    expect(bench.line.sent).not.toContain('add-to-bridge');
    await bench.clock.pass(200);
    expect(bench.heard()).toEqual(['for Service, 0001']);
    expect(bench.bridges()).toEqual([['c1', bench.leg(0)]]);
    expect(bench.line.sent).toContain('ring off');
    await bench.clock.pass(60_000);
    bench.line.hangUp(bench.leg(0));
    await bench.clock.pass(10_000);
    expect(bench.heard().at(-1)).toBe('back from Service');
    expect(bench.line.bridges.size).toBe(0);
    expect(bench.clock.pending).toBe(0);
    expect(bench.memory.caused.missedCalls).toEqual([]);
  });

  it('one after the other, each for its time, then several at once; nobody answers: one missed call and one return call', async () => {
    const bench = opened();
    await bench.dial();
    expect(bench.rung()).toEqual(['PJSIP/201']);
    await bench.clock.pass(18_000);
    expect(bench.rung()).toEqual(['PJSIP/201', 'PJSIP/+905321234567@trunk']);
    expect(bench.line.isUp(bench.leg(0))).toBe(false);
    bench.line.hangUp(bench.leg(1), 17, 486);
    await bench.clock.pass(0);
    expect(bench.rung().slice(2)).toEqual(['PJSIP/202', 'PJSIP/203']);
    await bench.clock.pass(60_000);
    expect(bench.heard()).toEqual(['nobody there']);
    expect(bench.memory.caused.missedCalls).toMatchObject([
      { target: { kind: 'department', id: 'service' }, number: '+905550000001', callId: bench.call()?.id },
    ]);
    const { messages } = bench.memory.caused;
    expect(messages).toMatchObject([{ channel: 'webhook', to: 'crm', template: 'call.missed', dedupeKey: `missed ${bench.call()?.id}` }]);
    expect(messages[0]?.data).toMatchObject({ kind: 'department', id: 'service', caller: '+90 5** *** ** 01' });
    expect(bench.memory.caused.callbackRequests).toMatchObject([{ group: 'service', number: '+905550000001' }]);
    expect(bench.journal('leg-dialled')).toMatchObject([
      { to: 'Service', round: 1 },
      { to: 'Ayşe', round: 2 },
      { to: 'Service', round: 3 },
      { to: 'Service', round: 3 },
    ]);
    expect(bench.clock.pending).toBe(0);
  });

  it('C24: a mailbox that answers presses nothing and is no answer; a mobile on which 1 is pressed is', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.hangUp(bench.leg(0), 17, 486);
    await bench.clock.pass(0);
    bench.line.answerLeg(bench.leg(1));
    await bench.clock.pass(19_000);
    bench.line.press(bench.leg(1), '5');
    expect(bench.bridges()).toEqual([]);
    await bench.clock.pass(2000);
    expect(bench.line.isUp(bench.leg(1))).toBe(false);
    expect(bench.rung()).toHaveLength(4);
    await bench.clock.pass(40_000);
    expect(bench.heard().at(-1)).toBe('nobody there');
    expect(bench.memory.caused.missedCalls).toHaveLength(1);
    const outcomes = (await bench.memory.store.legs(bench.call()?.id as never))
      .filter(({ role }) => role === 'target')
      .map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['busy', 'no-answer', 'no-answer', 'no-answer']);
  });

  it('who presses 1 has the call', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.hangUp(bench.leg(0), 17, 486);
    await bench.clock.pass(0);
    bench.line.answerLeg(bench.leg(1));
    await bench.clock.pass(1500);
    expect(bench.heard()).toEqual(['press one']);
    bench.line.press(bench.leg(1), '1');
    await bench.clock.pass(WHISPER_MS);
    expect(bench.bridges()).toEqual([['c1', bench.leg(1)]]);
    expect(bench.journal('reached')).toMatchObject([{ by: 'Ayşe' }]);
    const legs = await bench.memory.store.legs(bench.call()?.id as never);
    // The numbers of people are not for everybody who sees a call.
    expect(legs.map(({ endpoint }) => endpoint)).toContain('outside');
    expect(JSON.stringify(legs)).not.toContain('5321234567');
  });

  it('at once: the first who takes it has it, the other stops ringing', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.hangUp(bench.leg(0), 21, 603);
    await bench.clock.pass(0);
    bench.line.hangUp(bench.leg(1), 21, 603);
    await bench.clock.pass(0);
    bench.line.answerLeg(bench.leg(3));
    await bench.clock.pass(WHISPER_MS);
    expect(bench.bridges()).toEqual([['c1', bench.leg(3)]]);
    expect(bench.line.isUp(bench.leg(2))).toBe(false);
  });

  it('all are busy: that is busy; hours are over: closed, and nobody is rung', async () => {
    const busy = opened();
    await busy.dial();
    for (const at of [0, 1, 2, 3]) {
      busy.line.hangUp(busy.leg(at), 17, 486);
      await busy.clock.pass(0);
    }
    await busy.clock.pass(5000);
    expect(busy.heard()).toEqual(['busy']);
    const closed = opened();
    closed.closed.add('office');
    await closed.dial();
    await closed.clock.pass(5000);
    expect(closed.heard()).toEqual(['closed now']);
    expect(closed.rung()).toEqual([]);
    const unknown = opened(FLOW.replaceAll('{ department: service }', '{ person: nobody }'));
    await unknown.dial();
    await unknown.clock.pass(5000);
    expect(unknown.heard()).toEqual(['not known']);
  });

  it('music instead of ringing, in a place of the caller’s own that goes when they talk', async () => {
    const bench = opened(FLOW.replace('maxTalk: 10m', 'maxTalk: 10m\n    hears: music\n    whisper: []'));
    await bench.dial();
    expect(bench.line.sent.slice(1)).toEqual(['create-bridge holding', 'add-to-bridge', 'originate PJSIP/201']);
    bench.line.answerLeg(bench.leg(0));
    await bench.clock.pass(0);
    expect(bench.bridges()).toEqual([['c1', bench.leg(0)]]);
    expect(bench.line.sent).not.toContain('ring on');
    expect(bench.heard()).toEqual([]);
  });

  it('the talk is limited', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.answerLeg(bench.leg(0));
    await bench.clock.pass(600_000 + 5000);
    expect(bench.heard().at(-1)).toBe('back from Service');
  });

  it('Asterisk refuses to dial one: the next is tried', async () => {
    const bench = opened();
    bench.line.failures.set('originate', new SantralError('telephony.refused', 'Allocation failed'));
    await bench.dial();
    bench.line.failures.clear();
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual(['broken']);
    expect(bench.clock.pending).toBe(0);
  });
});

describe('the caller leaves', () => {
  it('while it rings: everybody stops ringing, and the call is missed once', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.line.isUp(bench.leg(0))).toBe(false);
    expect(bench.memory.caused.missedCalls).toHaveLength(1);
    expect(bench.clock.pending).toBe(0);
  });

  it('in the talk: both legs and the bridge end, and nothing was missed', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.answerLeg(bench.leg(0));
    await bench.clock.pass(5000);
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.line.isUp(bench.leg(0))).toBe(false);
    expect(bench.line.bridges.size).toBe(0);
    expect(bench.memory.caused.missedCalls).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  it('while a mailbox is being asked: missed', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.hangUp(bench.leg(0), 17, 486);
    await bench.clock.pass(0);
    bench.line.answerLeg(bench.leg(1));
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.memory.caused.missedCalls).toHaveLength(1);
  });
});

describe('the engine is started anew', () => {
  it('in the talk: it goes on, and the flow after it', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.answerLeg(bench.leg(0));
    await bench.clock.pass(5000);
    await bench.crash();
    await bench.clock.pass(5000);
    expect(bench.bridges()).toEqual([['c1', bench.leg(0)]]);
    bench.line.hangUp(bench.leg(0));
    await bench.clock.pass(10_000);
    expect(bench.heard().at(-1)).toBe('back from a talk');
    expect(bench.memory.caused.missedCalls).toEqual([]);
  });

  it('while it rings: what rang is ended, and everybody is tried again from the first on', async () => {
    const bench = opened();
    await bench.dial();
    await bench.clock.pass(18_000);
    await bench.crash();
    await bench.clock.pass(1000);
    expect(bench.rung()).toEqual(['PJSIP/201', 'PJSIP/+905321234567@trunk', 'PJSIP/201']);
    expect(bench.line.isUp(bench.leg(1))).toBe(false);
    bench.line.answerLeg(bench.leg(2));
    await bench.clock.pass(WHISPER_MS);
    expect(bench.bridges()).toEqual([['c1', bench.leg(2)]]);
  });

  it('the caller left in the talk while it was away: nothing was missed', async () => {
    const bench = opened();
    await bench.dial();
    bench.line.answerLeg(bench.leg(0));
    await bench.clock.pass(5000);
    bench.line.vanish('c1');
    bench.line.vanish(bench.leg(0));
    await bench.crash();
    await bench.clock.pass(10_000);
    expect(bench.call()?.state).toBe('ended');
    expect(bench.memory.caused.missedCalls).toEqual([]);
  });
});
