import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Caller, type KnownText } from '../kit/engine.ts';
import { type Lines, openLines, text } from '../kit/lines.ts';

/** Which prompt is heard when nothing, or something wrong, is pressed; judged by what the caller's ear received. */

const ASK = 'Press one please. [1.5s]';
const QUIET_ONE = 'We did not hear you. [1.5s]';
const QUIET_TWO = 'Still not a key. [1.5s]';
const WRONG_ONE = 'That is not valid. [1.5s]';
const WRONG_TWO = 'The full menu: one. [1.5s]';
const WRONG_THREE = 'You have to press the key one. [1.5s]';
const GIVEN_UP = 'You have used up all tries. [1.5s]';
const SECOND = 'The second menu. [1.5s]';
const BYE = 'Goodbye now. [1.5s]';
const ASK_TR = 'Biri tuşlayın. [1.5s]';
const QUIET_TWO_TR = 'Hâlâ duyamadık. [1.5s]';
const BOTH_ASK = `{ text: { en: "${ASK}", tr: "${ASK_TR}" } }`;
const BOTH_QUIET = `[{ text: { en: "${QUIET_ONE}", tr: "${QUIET_ONE}" } }, { text: { en: "${QUIET_TWO}", tr: "${QUIET_TWO_TR}" } }]`;

const LADDERS = `noInput: [${text(QUIET_ONE)}, ${text(QUIET_TWO)}], noMatch: [${text(WRONG_ONE)}, ${text(WRONG_TWO)}, ${text(WRONG_THREE)}]`;
const KNOWN: readonly KnownText[] = [
  ...[ASK, QUIET_ONE, QUIET_TWO, WRONG_ONE, WRONG_TWO, WRONG_THREE, GIVEN_UP, SECOND, BYE],
  ...[ASK_TR, QUIET_TWO_TR, GIVEN_UP].map((words) => ['tr', words] as const),
];

const menu = (attempts: number, more = ''): string => `
  ask: { type: menu, prompt: ${text(ASK)}, firstDigit: 1s, attempts: ${attempts}, ${LADDERS}, options: { 1: bye${more} }, exits: { exhausted: given-up } }
  given-up: { type: hangup, prompt: ${text(GIVEN_UP)} }
  bye: { type: hangup, prompt: ${text(BYE)} }`;

const FLOWS = {
  counters: menu(5),
  ladder: menu(6),
  three: `
  ask: { type: menu, prompt: ${text(ASK)}, firstDigit: 1s, noInput: ${text(ASK)}, noMatch: ${text(ASK)}, options: { 1: bye }, exits: { exhausted: given-up } }
  given-up: { type: hangup, prompt: ${text(GIVEN_UP)} }
  bye: { type: hangup, prompt: ${text(BYE)} }`,
  back: `${menu(3, ', 2: second')}
  second: { type: menu, prompt: ${text(SECOND)}, firstDigit: 20s, options: { "*": ask } }`,
  language: {
    head: 'languages: [en, tr]',
    nodes: `
  ask: { type: menu, prompt: ${BOTH_ASK}, firstDigit: 1s, attempts: 3, noInput: ${BOTH_QUIET}, options: { 1: bye, 9: turkish }, exits: { exhausted: given-up } }
  turkish: { type: language, to: tr, next: ask }
  given-up: { type: hangup, prompt: { text: { en: "${GIVEN_UP}", tr: "${GIVEN_UP}" } } }
  bye: { type: hangup, prompt: { text: { en: "${BYE}", tr: "${BYE}" } } }`,
  },
};

// Most of a call is waiting.
vi.setConfig({ maxConcurrency: 12 });

let lines: Lines;
beforeAll(async () => {
  lines = await openLines(FLOWS);
});
afterAll(() => lines?.close());

/** Everything from the first prompt to the end of the call. */
async function heardToTheEnd(one: Caller): Promise<readonly string[]> {
  expect((await one.ended()).cause).toBe(16);
  return one.heard(KNOWN);
}

describe.concurrent('tries', () => {
  it('behaviour 18: silence and wrong keys have prompts and counters of their own, and a cap together', async () => {
    const one = await lines.dial('counters');
    await one.hearsOut(ASK);
    await one.hearsOut(QUIET_ONE);
    await one.press('7');
    await one.hearsOut(WRONG_ONE);
    // Silence again: its own second prompt, though it is the third try that failed.
    await one.hearsOut(QUIET_TWO);
    await one.press('7');
    await one.hearsOut(WRONG_TWO);
    await one.hears(GIVEN_UP);
    expect(await heardToTheEnd(one)).toEqual([ASK, QUIET_ONE, WRONG_ONE, QUIET_TWO, WRONG_TWO, GIVEN_UP]);
  });

  it('behaviour 19: each wrong key has the next prompt, and the last one repeats', async () => {
    const one = await lines.dial('ladder');
    await one.hearsOut(ASK);
    for (const words of [WRONG_ONE, WRONG_TWO, WRONG_THREE, WRONG_THREE]) {
      await one.press('7');
      await one.hearsOut(words);
    }
    await one.press('1');
    await one.hears(BYE);
    expect(await heardToTheEnd(one)).toEqual([ASK, WRONG_ONE, WRONG_TWO, WRONG_THREE, WRONG_THREE, BYE]);
  });

  it('behaviour 20: without another word three tries: the menu is heard three times, then the way out', async () => {
    const silent = await lines.dial('three');
    const wrong = await lines.dial('three');
    const pressing = (async () => {
      for (let count = 0; count < 3; count += 1) {
        await wrong.hearsOut(ASK);
        await wrong.press('7');
      }
      return heardToTheEnd(wrong);
    })();
    const expected = [ASK, ASK, ASK, GIVEN_UP];
    expect(await Promise.all([heardToTheEnd(silent), pressing])).toEqual([expected, expected]);
  });

  it('behaviour 21: who comes back to a menu begins with its first prompt and all tries', async () => {
    const one = await lines.dial('back');
    await one.hearsOut(ASK);
    await one.hearsOut(QUIET_ONE);
    await one.press('2');
    await one.hearsOut(SECOND);
    await one.press('*');
    await one.hears(ASK);
    const [, ...anew] = (await heardToTheEnd(one)).slice(2);
    expect(anew).toEqual([ASK, QUIET_ONE, QUIET_TWO, GIVEN_UP]);
  });

  it('behaviour 21: a switch of the language keeps the tries: after one of three, two are left', async () => {
    const one = await lines.dial('language');
    await one.hearsOut(ASK);
    await one.hearsOut(QUIET_ONE);
    await one.press('9');
    await one.hears(ASK_TR, 'tr');
    await one.hears(QUIET_TWO_TR, 'tr');
    expect(await heardToTheEnd(one)).toEqual([ASK, QUIET_ONE, ASK_TR, QUIET_TWO_TR, GIVEN_UP]);
  });
});
