import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isConnected } from '../kit/engine.ts';
import { callsOnRecord } from '../kit/journal.ts';
import { type Lines, openLines, text } from '../kit/lines.ts';

/** More callers than there is room for, and an Asterisk that is lost with its calls. */

const ASK = 'Press one or two. [20s]';
const ONE = 'You have chosen one. [2s]';
const TWO = 'You have chosen two. [2s]';
const USER_BUSY = 17;
const NORMAL_CLEARING = 16;
const KEY_MS = 100;

let lines: Lines;
beforeAll(async () => {
  lines = await openLines(
    {
      main: `
  ask: { type: menu, prompt: ${text(ASK)}, firstDigit: 60s, options: { 1: one, 2: two } }
  one: { type: hangup, prompt: ${text(ONE)} }
  two: { type: hangup, prompt: ${text(TWO)} }`,
    },
    { env: { SANTRAL_MAX_CALLS: '2' } },
  );
});
afterAll(() => lines?.close());

async function caller() {
  const one = await lines.dial('main');
  await one.hears(ASK);
  return one;
}

describe('behaviour 50: two calls are allowed, and a third one comes', () => {
  it('is told busy, the other two go on as quickly as before, and there is room again when they are over', async () => {
    const first = await caller();
    const second = await caller();
    const third = await lines.dial('main');
    expect((await third.ended()).cause).toBe(USER_BUSY);
    expect(third.phone.ear.heard()).toEqual([]);

    const released = Date.now() + KEY_MS;
    await first.press('1');
    const taken = await first.hears(ONE);
    expect(first.phone.ear.arrivedAt(taken.fromMs) - released).toBeLessThan(300);
    await second.press('2');
    await second.hears(TWO);
    expect((await first.ended()).cause).toBe(NORMAL_CLEARING);
    expect((await second.ended()).cause).toBe(NORMAL_CLEARING);

    await lines.quiet();
    const fourth = await caller();
    await fourth.hangUp();
    await lines.ended('main');
    expect(callsOnRecord(lines.asterisk.config.places.database, '2001')).toHaveLength(3);
  });
});

describe('behaviour 47: Asterisk dies with two calls up and comes back', () => {
  it('both are closed as lost, the engine finds it again, and a new call works', async () => {
    await lines.quiet();
    const lost = [await caller(), await caller()];
    const before = lines.engine().log.length;
    await lines.asterisk.restart('kill');
    await lines.engine().logged(isConnected, before);
    const next = await caller();
    await next.press('2');
    await next.hears(TWO);
    expect((await next.ended()).cause).toBe(NORMAL_CLEARING);
    await lines.ended('main');

    const calls = callsOnRecord(lines.asterisk.config.places.database, '2001').slice(-3);
    expect(calls.map(({ state, termination }) => [state, termination?.kind])).toEqual([
      ['ended', 'asterisk-lost'],
      ['ended', 'asterisk-lost'],
      ['ended', 'flow-hung-up'],
    ]);
    for (const { journal } of calls) expect(journal.filter(({ kind }) => kind === 'call-ended')).toHaveLength(1);
    expect(
      lines
        .engine()
        .log.slice(before)
        .filter(({ level }) => Number(level) >= 50),
    ).toEqual([]);
    await Promise.all(lost.map((one) => one.hangUp()));
  });
});
