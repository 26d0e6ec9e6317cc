import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Sorgu, en: Look-up }
start: ask
variables: { answer: "" }
nodes:
  ask:
    type: http
    method: GET
    url: "https://crm.example/customer"
    timeout: 8s
    retries: 1
    filler: { text: { tr: x, en: one moment } }
    fillerAfter: 1500ms
    into: answer
    next: menu
    exits: { timeout: slow, status: bad, invalid: garbled, tooLarge: big, unreachable: away }
  menu: { type: menu, prompt: { text: { tr: x, en: press a key } }, options: { 5: five } }
  five: { type: hangup, prompt: { text: { tr: x, en: five } } }
  slow: { type: hangup, prompt: { text: { tr: x, en: too slow } } }
  bad: { type: hangup, prompt: { text: { tr: x, en: bad status } } }
  garbled: { type: hangup, prompt: { text: { tr: x, en: garbled } } }
  big: { type: hangup, prompt: { text: { tr: x, en: too big } } }
  away: { type: hangup, prompt: { text: { tr: x, en: unreachable } } }
`;

/** A customer system that answers as it is told, after a while. */
function system(clock: () => { setTimer(ms: number, fire: () => void): () => void }, answers: readonly (readonly [number, HttpOutcome])[]) {
  const requests: HttpRequest[] = [];
  return {
    requests,
    request(request: HttpRequest): Promise<HttpOutcome> {
      const [ms, outcome] = answers[Math.min(requests.length, answers.length - 1)] as readonly [number, HttpOutcome];
      requests.push(request);
      return new Promise((resolve) => {
        clock().setTimer(Math.min(ms, request.timeoutMs), () =>
          resolve(ms > request.timeoutMs ? { kind: 'error', reason: 'timeout' } : outcome),
        );
        request.signal.addEventListener('abort', () => resolve({ kind: 'error', reason: 'unreachable' }));
      });
    },
  };
}

function calling(flow: string, ...answers: (readonly [number, HttpOutcome])[]) {
  const late: { clock?: ReturnType<typeof openBench>['clock'] } = {};
  const crm = system(() => late.clock as NonNullable<typeof late.clock>, answers);
  const bench = openBench({ flows: { main: flow }, http: crm });
  late.clock = bench.clock;
  bench.line.dial('c1');
  return { ...bench, crm };
}

const OK: HttpOutcome = { kind: 'ok', status: 200, value: { name: 'x' } };

describe('behaviour 36: a slow answer', () => {
  it('is bridged by the filler, again and again, and the prompt after it is not held up', async () => {
    const bench = calling(FLOW, [6000, OK]);
    await bench.clock.pass(300 + 6000);
    expect(bench.heard().slice(0, 2)).toEqual(['one moment', 'one moment']);
    await bench.clock.pass(2000);
    expect(bench.heard().at(-1)).toBe('press a key');
  });

  it('is given up after the node’s time', async () => {
    const bench = calling(FLOW, [60_000, OK]);
    await bench.clock.pass(300 + 8000 + 3000);
    expect(bench.heard().at(-1)).toBe('too slow');
  });

  it('is tried again with the same idempotency key', async () => {
    const bench = calling(FLOW, [100, { kind: 'error', reason: 'status', status: 503 }], [100, OK]);
    await bench.clock.pass(3000);
    expect(bench.heard()).toEqual(['press a key']);
    const keys = bench.crm.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});

describe('behaviour 37: each failure has its branch', () => {
  it.each<[HttpOutcome & { kind: 'error' }, string]>([
    [{ kind: 'error', reason: 'status', status: 404 }, 'bad status'],
    [{ kind: 'error', reason: 'invalid' }, 'garbled'],
    [{ kind: 'error', reason: 'too-large' }, 'too big'],
    [{ kind: 'error', reason: 'unreachable' }, 'unreachable'],
  ])('%o', async (outcome, heard) => {
    const bench = calling(FLOW, [100, outcome]);
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual([heard]);
  });
});

it('behaviour 6: keys pressed during the request go to the menu after it', async () => {
  const bench = calling(FLOW, [1000, OK]);
  await bench.clock.pass(600);
  bench.line.press('c1', '5');
  await bench.clock.pass(5000);
  expect(bench.heard()).toEqual(['five']);
});

describe('behaviour 35: the caller hangs up during the request', () => {
  it('it is aborted, and its late answer changes nothing', async () => {
    const bench = calling(FLOW, [5000, OK]);
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(20_000);
    expect(bench.crm.requests[0]?.signal.aborted).toBe(true);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'caller-hung-up' } });
    expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
  });

  it('it is left to finish where the flow says so', async () => {
    const bench = calling(FLOW.replace('timeout: 8s', 'timeout: 8s\n    onHangup: finish'), [5000, OK]);
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(2000);
    expect(bench.crm.requests[0]?.signal.aborted).toBe(false);
  });
});

describe('an action', () => {
  const ACTION = `
flow: main
title: { tr: Bayi, en: Dealer }
start: find
variables: { dealers: [] }
nodes:
  find: { type: action, do: dealers.by-province, with: { province: "34" }, into: dealers, timeout: 3s, next: found, exits: { none: none, error: broken } }
  found: { type: hangup, prompt: { text: { tr: x, en: "found {{dealers[0].name}}" } } }
  none: { type: hangup, prompt: { text: { tr: x, en: no dealer } } }
  broken: { type: hangup, prompt: { text: { tr: x, en: broken } } }
`;
  it.each([
    ['gives its value to the flow', async () => [{ name: 'Alfa' }], 'found Alfa'],
    ['that finds nothing takes its exit', async () => [], 'no dealer'],
    [
      'that fails takes the error exit',
      async () => {
        throw new Error('database away');
      },
      'broken',
    ],
    ['that never answers takes the error exit', () => new Promise<never>(() => undefined), 'broken'],
  ])('%s', async (_, handler, heard) => {
    const bench = openBench({ flows: { main: ACTION }, actions: { 'dealers.by-province': handler } });
    bench.line.dial('c1');
    await bench.clock.pass(20_000);
    expect(bench.heard()).toEqual([heard]);
    expect(bench.clock.pending).toBe(0);
  });
});
