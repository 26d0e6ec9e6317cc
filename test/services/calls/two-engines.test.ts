import { expect, it } from 'vitest';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
afterCall: { start: tell }
nodes:
  ask: { type: menu, prompt: { text: { tr: x, en: choose } }, options: { 1: more, 2: bye }, attempts: 20 }
  more: { type: menu, prompt: { text: { tr: x, en: more } }, options: { 2: bye }, attempts: 20 }
  bye: { type: hangup, prompt: { text: { tr: x, en: goodbye } } }
  tell: { type: http, url: "https://crm.example/ended", next: return }
`;

/** One engine loses the line with a caller in its menu, a second one on the same database goes on with the call. */
async function takenOver() {
  const requests: string[] = [];
  const bench = openBench({
    flows: { main: FLOW },
    http: {
      request: async ({ url }) => {
        requests.push(url);
        return { kind: 'ok', status: 200, value: null };
      },
    },
  });
  bench.line.dial('c1');
  await bench.clock.pass(1000);
  const first = bench.calls();
  first.onDown();
  await bench.crash();
  return { ...bench, first, requests };
}

it('behaviour 49: the engine that comes back to a call which another one ended lets it go: one end, one section', async () => {
  const bench = await takenOver();
  bench.line.press('c1', '2');
  await bench.clock.pass(10_000);
  expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' } });
  await bench.first.onUp();
  await bench.clock.pass(10_000);
  expect(bench.first.live()).toEqual([]);
  expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' } });
  expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
  expect(bench.requests).toHaveLength(1);
  expect(bench.clock.pending).toBe(0);
});

it('behaviour 49: it goes on where the other one left the caller, not where it stood itself', async () => {
  const bench = await takenOver();
  bench.line.press('c1', '1');
  await bench.clock.pass(1000);
  bench.calls().onDown();
  const heard = bench.heard().length;
  await bench.first.onUp();
  await bench.clock.pass(1000);
  expect(bench.first.live()).toMatchObject([{ node: 'main/more' }]);
  expect(bench.heard().slice(heard).join()).not.toContain('choose');
});
