import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ask, asAdmin } from '../kit/api.ts';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text } from '../kit/lines.ts';

/** On which flow a new call runs, and how many new calls are taken in a second. */

const ASK = 'Press one please. [20s]';
const OLD = 'These are the old words. [2s]';
const NEW = 'These are the new words. [2s]';
const USER_BUSY = 17;
const MOST_PER_SECOND = 2;
const AT_ONCE = 8;

const nodes = (words: string): string => `
  ask: { type: menu, prompt: ${text(ASK)}, firstDigit: 60s, options: { 1: told } }
  told: { type: hangup, prompt: ${text(words)} }`;

let lines: Lines;
let admin: Ask;
beforeAll(async () => {
  lines = await openLines({ main: nodes(OLD) }, { env: { SANTRAL_MAX_CPS: String(MOST_PER_SECOND) } });
  admin = await asAdmin(lines.engine());
});
afterAll(() => lines?.close());

async function caller(): Promise<Caller> {
  const one = await lines.dial('main');
  await one.hears(ASK);
  return one;
}

/** Whether the call was taken; who was refused was told busy and heard nothing. */
async function taken(one: Caller): Promise<boolean> {
  const asked = one.hears(ASK).then(
    () => true as const,
    () => false as const,
  );
  const first = await Promise.race([asked, one.ended()]);
  if (typeof first === 'boolean') return first;
  expect(first.cause).toBe(USER_BUSY);
  expect(one.phone.ear.heard()).toEqual([]);
  return false;
}

it('behaviour 50: of many calls in one second those above SANTRAL_MAX_CPS are told busy, the others go on, and then there is room again', async () => {
  const callers = await Promise.all(Array.from({ length: AT_ONCE }, () => lines.dial('main')));
  const went = await Promise.all(callers.map(taken));
  const accepted = callers.filter((_, index) => went[index]);
  // They come within one second, or on both sides of its end.
  expect(accepted.length).toBeGreaterThanOrEqual(MOST_PER_SECOND);
  expect(accepted.length).toBeLessThan(AT_ONCE);
  for (const one of accepted) {
    await one.press('1');
    await one.hears(OLD);
    await one.ended();
  }
  const next = await caller();
  await next.hangUp();
  await lines.quiet();
});

it('behaviour 45: a flow is published during a call: that call hears the old words to its end, a new one the new', async () => {
  const before = await caller();
  const source = `flow: main\nstart: ask\nlanguages: [en]\nnodes:${nodes(NEW)}\n`;
  const published = await admin('/api/v1/flows/main', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source }),
  });
  expect(published.status).toBe(200);
  const after = await caller();
  await Promise.all([before.press('1'), after.press('1')]);
  await Promise.all([before.hears(OLD), after.hears(NEW)]);
  await Promise.all([before.ended(), after.ended()]);
  expect([before.heard([ASK, OLD, NEW]).at(-1), after.heard([ASK, OLD, NEW]).at(-1)]).toEqual([OLD, NEW]);
});
