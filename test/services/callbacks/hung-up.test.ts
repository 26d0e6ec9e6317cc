import { describe, expect, it, test } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import { parseQueues } from '../../../src/domain/queue-file.ts';
import { createFinding } from '../../../src/services/callbacks/finding.ts';
import { FLOOR_BRAND } from '../../kit/floor.ts';
import { openBench } from '../calls/bench.ts';

const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    calendar: office
    serviceLevel: { shortAbandon: 5s }
callbacks:
  support: { flows: [main], skipWhenClosed: true }
`;
const MAIN = `flow: main
start: choose
languages: [en]
nodes:
  choose: { type: menu, prompt: { text: { en: one or two } }, options: { 1: ask }, attempts: 9 }
  ask: { type: callback-request, group: support, next: wait, exits: { declined: wait } }
  wait: { type: menu, prompt: { text: { en: wait } }, options: { 1: bye }, attempts: 9 }
  bye: { type: hangup }
`;

function finding(isOpen = true) {
  const { queues, callbacks, problems } = parseQueues({ path: 'flows/queues.yaml', text: QUEUES }, FLOOR_BRAND);
  expect(problems).toEqual([]);
  return createFinding({
    ...{ queues: () => queues, rules: () => callbacks, own: () => new Set(['+902125550001']) },
    openness: () => ({ open: isOpen, until: null }),
    floor: (() => undefined) as never,
    clock: { now: () => 0, setTimer: () => () => undefined },
    settings: { brand: FLOOR_BRAND } as never,
  });
}

const call = (changes: Partial<Call> = {}): Call =>
  ({
    ...{ direction: 'inbound', flow: 'main', ani: '05550000017', language: 'tr', startedAt: 1000, endedAt: 9000 },
    termination: { kind: 'caller-hung-up' },
    ...changes,
  }) as Call;

describe('who hangs up in a flow before any queue', () => {
  it('is called back where their group says so, with the place from the call’s begin', () => {
    expect(finding().hungUp(call())).toEqual({
      ...{ origin: 'call', group: 'support', number: '+905550000017', language: 'tr', reason: '', since: 1000 },
    });
  });

  test.each([
    ['in another flow', { flow: 'survey' }],
    ['after 3 s', { endedAt: 4000 }],
    ['with the number withheld', { ani: '' }],
    ['and is of the house', { ani: '02125550001' }],
    ['and whom we called', { direction: 'outbound' }],
    ['when the flow had come to its end', { termination: { kind: 'flow-hung-up' } }],
  ] as const)('is not, who hangs up %s', (_, changes) => {
    expect(finding().hungUp(call(changes as Partial<Call>))).toBeNull();
  });

  it('is left alone while the queue is closed, where the group says so', () => {
    expect(finding(false).hungUp(call())).toBeNull();
  });
});

describe('a call', () => {
  const open = () => {
    const asked: string[] = [];
    const told: string[] = [];
    const bench = openBench({
      flows: { main: MAIN },
      hungUp: ({ termination }) => finding().hungUp(call({ termination })),
      watch: {
        arrived: () => undefined,
        dropped: () => undefined,
        asked: ({ id }) => void asked.push(id),
        ended: () => void told.push(...asked),
      },
    });
    return { ...bench, asked, told };
  };

  it('that its caller left is on record together with the wish', async () => {
    const on = open();
    on.line.dial('chan-1');
    await on.clock.pass(9000);
    expect(on.memory.caused.callbackRequests).toEqual([]);
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    expect(on.memory.caused.callbackRequests).toMatchObject([{ origin: 'call', callId: on.call()?.id }]);
    expect(on.asked).toEqual([on.call()?.id]);
  });

  it('tells of a wish once it is over and stored, and not while the caller is on the line', async () => {
    const on = open();
    on.line.dial('chan-1', '1000', '+905550000017');
    await on.clock.pass(9000);
    on.line.press('chan-1', '1');
    await on.clock.pass(9000);
    on.line.press('chan-1', '1');
    await on.clock.pass(9000);
    expect(on.memory.caused.callbackRequests).toMatchObject([{ origin: 'flow', number: '+905550000017' }]);
    expect(on.asked).toEqual([]);
    const letGo = on.memory.hold();
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    expect(on.asked).toEqual([]);
    letGo();
    await on.clock.pass(0);
    expect(on.asked).toHaveLength(1);
  });

  it('stores a hurried change without the patience that the one before it has', async () => {
    const on = open();
    on.line.dial('chan-1');
    await on.clock.pass(9000);
    const letGo = on.memory.hold();
    // A key alone led to it, and only a prompt follows.
    on.line.press('chan-1', '1');
    await on.clock.pass(100);
    const before = on.memory.hurried();
    // A wish: nothing is said of it before it is stored.
    on.line.press('chan-1', '1');
    await on.clock.pass(100);
    expect(on.memory.hurried()).toBe(before + 1);
    letGo();
    await on.clock.pass(0);
    expect(on.memory.caused.callbackRequests).toMatchObject([{ origin: 'flow' }]);
  });
});
