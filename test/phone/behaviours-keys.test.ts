import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text } from '../kit/lines.ts';
import type { HeardTones } from '../kit/tones.ts';

/** Keys of the telephone, judged by what the caller's ear received. */

const KEY_MS = 100;
/** From the end of one thing to the begin of the next, when nothing is waited for: the way to the ear and back, on a busy machine. */
const AT_ONCE_MS = 400;
/** How much a timer of the engine may seem longer at the ear than it is. */
const LATE_MS = 500;

/** How long the server of the request thinks. */
const SLOW_MS = 1500;

const ONE = 'You have chosen one [2s]';
const TWO = 'You have chosen two [2s]';
const THREE = 'You have chosen three [2s]';
const AGAIN = 'That is not one of them [2s]';
const NOTHING = 'Nothing was pressed [2s]';
const ENDS = `
  one: { type: hangup, prompt: ${text(ONE)} }
  two: { type: hangup, prompt: ${text(TWO)} }
`;
const LISTEN = 'Please choose now. [8s]';
const LEGAL = 'This call may be recorded. [4s]';
const SHORT = 'Choose [1.5s]';
const LEVEL_TWO = 'The second level. [4s]';
const LEVEL_THREE = 'The third level. [4s]';
const FIRST = 'The first of three files. [4s]';
const SECOND = 'The second of three files. [4s]';
const THIRD = 'The third of three files. [4s]';
const EMPTY = 'Nothing came before the hash [2s]';
const MENU = 'Now choose from this menu. [3s]';
const HASH = 'The hash was chosen [2s]';

const collect = (fields: string): string => `
  ask:
    type: collect
    prompt: ${text(SHORT)}
    into: code
    noMatch: ${text(AGAIN)}
    noInput: ${text(NOTHING)}
    next: read
    ${fields}
  read: { type: hangup, prompt: ${text('The code is {{code}} [2s]')} }
`;
const read = (code: string): string => `The code is ${code} [2s]`;

let server: Server;
let asked: () => void = () => undefined;
const whenAsked = new Promise<void>((resolve) => {
  asked = resolve;
});

async function openSlowServer(): Promise<string> {
  server = createServer((_request, response) => {
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'), SLOW_MS);
    asked();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slow`;
}

const FLOWS = (slow: string) => ({
  'one-key': `
  ask: { type: menu, prompt: ${text(LISTEN)}, options: { 1: one, 2: two } }${ENDS}`,
  'three-files': `
  ask: { type: menu, prompt: [${text(FIRST)}, ${text(SECOND)}, ${text(THIRD)}], options: { 1: one, 2: two } }${ENDS}`,
  'notice-keep': `
  ask: { type: menu, prompt: ${text(LEGAL)}, bargeIn: none, typeAhead: keep, firstDigit: 20s, options: { 1: one, 2: two } }${ENDS}`,
  'notice-flush': `
  ask: { type: menu, prompt: ${text(LEGAL)}, bargeIn: none, typeAhead: flush, firstDigit: 2s, noInput: ${text(NOTHING)}, options: { 1: one, 2: two } }${ENDS}`,
  partly: `
  ask:
    type: menu
    prompt: [{ text: { en: "${LEGAL}" }, bargeIn: false }, ${text(LISTEN)}]
    options: { 1: one, 2: two }${ENDS}`,
  levels: `
  ask: { type: menu, prompt: ${text(LISTEN)}, options: { 1: second } }
  second: { type: menu, prompt: ${text(LEVEL_TWO)}, options: { 3: third } }
  third: { type: menu, prompt: ${text(LEVEL_THREE)}, options: { 1: one, 2: two } }${ENDS}`,
  ahead: `
  notice: { type: say, prompt: ${text(LEGAL)}, bargeIn: none, next: ask }
  ask: { type: menu, prompt: ${text(LISTEN)}, options: { 1: second } }
  second: { type: menu, prompt: ${text(LEVEL_TWO)}, options: { 3: third } }
  third: { type: menu, prompt: ${text(LEVEL_THREE)}, options: { 1: one, 2: two } }${ENDS}`,
  request: `
  ask: { type: menu, prompt: ${text(LISTEN)}, options: { 1: fetch, 2: one } }
  fetch: { type: http, url: "${slow}", timeout: 30s, fillerAfter: 30s, next: then }
  then: { type: menu, prompt: ${text(MENU)}, options: { 1: one, 2: two } }${ENDS}`,
  cascade: `
  notice: { type: say, prompt: ${text(LEGAL)}, bargeIn: none, next: ask }
  ask: { type: menu, prompt: ${text(LISTEN)}, noMatch: ${text(MENU)}, options: { 1: one, 2: two } }${ENDS}`,
  'many-keys': `
  notice: { type: say, prompt: ${text('A long notice. [8s]')}, bargeIn: none, next: ask }
  ask: { type: collect, prompt: ${text(LISTEN)}, into: code, digits: 32, next: read }
  read: { type: hangup, prompt: ${text('The code is {{code}} [2s]')} }`,
  'first-digit': `
  ask: { type: menu, prompt: ${text(LEGAL)}, firstDigit: 2s, noInput: ${text(NOTHING)}, options: { 1: one, 2: two } }${ENDS}`,
  'key-in-prompt': collect(`digits: 4\n    firstDigit: 15s\n    interDigit: 2s`).replace(SHORT, LISTEN),
  incomplete: collect(`digits: 4\n    firstDigit: 5s\n    interDigit: 2s`),
  exact: collect(`digits: 4\n    interDigit: 10s`),
  variable: collect(`digits: { min: 3, max: 10 }\n    interDigit: 10s`),
  'hash-first': collect(`digits: { min: 3, max: 10 }\n    empty: ${text(EMPTY)}`),
  'hash-after': `
  ask: { type: collect, prompt: ${text(SHORT)}, into: code, digits: 4, next: menu }
  menu: { type: menu, prompt: ${text(MENU)}, options: { 1: one, "#": two } }
  one: { type: hangup, prompt: ${text(`${ONE} after {{code}}`)} }
  two: { type: hangup, prompt: ${text(HASH)} }`,
  prefixes: `
  ask: { type: menu, prompt: ${text(SHORT)}, firstDigit: 20s, interDigit: 2s, options: { 1: one, 12: two, 3: three } }${ENDS}
  three: { type: hangup, prompt: ${text(THREE)} }`,
  signs: `
  ask: { type: menu, prompt: ${text(LISTEN)}, options: { "*": one, "B": two } }${ENDS}`,
  tones: collect(`digits: { min: 1, max: 12 }\n    firstDigit: 20s\n    interDigit: 20s`),
  confirm: collect(`digits: 4\n    confirm: { prompt: ${text('You typed {{code}}. Is that right? [4s]')} }`),
  repeat: `
  ask: { type: menu, prompt: ${text(SHORT)}, repeat: 9, attempts: 2, firstDigit: 2s, noInput: ${text(NOTHING)}, options: { 1: one }, exits: { exhausted: two } }${ENDS}`,
});

// Most of a call is waiting.
vi.setConfig({ maxConcurrency: 12 });

let lines: Lines;
beforeAll(async () => {
  lines = await openLines(FLOWS(await openSlowServer()));
});
afterAll(async () => {
  await lines?.close();
  server?.close();
});

/** A caller who hears the first text. */
async function caller(flow: string, first: string): Promise<Caller> {
  const one = await lines.dial(flow);
  await one.hears(first);
  return one;
}

/** Wall clock (ms) at which something began to be heard. */
const beginOf = (one: Caller, { fromMs }: HeardTones): number => one.phone.ear.arrivedAt(fromMs);

/** The last stretch that was heard before `next`. */
function before(one: Caller, next: HeardTones): HeardTones {
  const heard = one.phone.ear.heard();
  return heard[heard.findIndex(({ fromMs }) => fromMs === next.fromMs) - 1] as HeardTones;
}

describe.concurrent('keys', () => {
  it('behaviour 2: a key in the first of three files: the other two are never heard', async () => {
    const one = await caller('three-files', FIRST);
    await one.press('1');
    await one.hears(ONE);
    await one.ended();
    expect(one.heard([FIRST, SECOND, THIRD, ONE])).toEqual([`${FIRST}…`, ONE]);
  });

  it('behaviour 3: a notice without barge-in is heard out; a kept key then counts without waiting', async () => {
    const one = await caller('notice-keep', LEGAL);
    await one.press('2');
    const taken = await one.hears(TWO);
    expect(before(one, taken).complete).toBe(true);
    expect(taken.fromMs - before(one, taken).toMs).toBeLessThan(AT_ONCE_MS);
    await one.ended();
    expect(one.heard([LEGAL, TWO])).toEqual([LEGAL, TWO]);
  });

  it('behaviour 3: with flush the key is thrown away', async () => {
    const one = await caller('notice-flush', LEGAL);
    await one.press('2');
    await one.hearsOut(NOTHING);
    await one.press('1');
    await one.hears(ONE);
    await one.ended();
    expect(one.heard([LEGAL, NOTHING, ONE])).toEqual([LEGAL, NOTHING, ONE]);
  });

  it('behaviour 4: a key in the mandatory part cuts the second part before its first sample', async () => {
    const one = await caller('partly', LEGAL);
    await one.press('2');
    await one.hears(TWO);
    await one.ended();
    expect(one.heard([LEGAL, LISTEN, TWO])).toEqual([LEGAL, TWO]);
  });

  it('behaviour 5: keys typed ahead of three menus go through them; not a sample of their prompts is heard', async () => {
    const one = await caller('ahead', LEGAL);
    await one.press('132', 150);
    await one.hears(TWO);
    await one.ended();
    expect(one.heard([LEGAL, TWO])).toEqual([LEGAL, TWO]);
  });

  it('behaviour 5: three keys within 600 ms go through three menus; of the prompts between them nothing can be told', async () => {
    const one = await caller('levels', LISTEN);
    await one.press('132', 150);
    await one.hears(TWO);
    await one.ended();
    const known = [LISTEN, LEVEL_TWO, LEVEL_THREE, TWO];
    // What was begun between two keys falls silent at the next one.
    expect(one.heard(known).filter((words) => words !== '?')).toEqual([`${LISTEN}…`, TWO]);
    for (const { signature, fromMs, toMs } of one.phone.ear.heard()) if (signature === null) expect(toMs - fromMs).toBeLessThan(400);
  });

  it('behaviour 6: a key pressed during a request goes to the next menu', async () => {
    const one = await caller('request', LISTEN);
    await one.press('1');
    await whenAsked;
    await one.press('2');
    await one.hears(TWO);
    await one.ended();
    expect(one.heard([LISTEN, MENU, TWO])).toEqual([`${LISTEN}…`, TWO]);
  });

  it('behaviour 7: what was typed ahead after a wrong key is thrown away, and the re-prompt is heard out', async () => {
    const one = await caller('cascade', LEGAL);
    await one.press('911', 50, 80);
    await one.hearsOut(MENU);
    await one.press('2');
    await one.hears(TWO);
    await one.ended();
    expect(one.heard([LEGAL, LISTEN, MENU, TWO])).toEqual([LEGAL, MENU, TWO]);
  });

  it('behaviour 8: more than 32 keys ahead: the rest is dropped and counted, the call goes on', async () => {
    const one = await caller('many-keys', 'A long notice. [8s]');
    const keys = '1234567890'.repeat(4);
    await one.press(keys, 60, 80);
    await one.hears(read(keys.slice(0, 32)));
    await one.ended();
    expect(one.heard([LISTEN])).not.toContain(LISTEN);
    expect(await lines.facts('many-keys', 'key-dropped')).toHaveLength(8);
  });

  it('behaviour 9: the wait for the first key begins at the end of the prompt', async () => {
    const one = await caller('first-digit', LEGAL);
    const silence = await one.hears(NOTHING);
    const waited = silence.fromMs - before(one, silence).toMs;
    expect(before(one, silence).complete).toBe(true);
    expect(waited).toBeGreaterThanOrEqual(2000);
    expect(waited).toBeLessThan(2000 + LATE_MS);
    await one.hangUp();
  });

  it('behaviour 10: a key during the prompt starts the wait between keys', async () => {
    const one = await caller('key-in-prompt', LISTEN);
    const pressed = Date.now();
    await one.press('1');
    const wrong = await one.hears(AGAIN);
    expect(before(one, wrong).complete).toBe(false);
    const waited = beginOf(one, wrong) - (pressed + KEY_MS);
    expect(waited).toBeGreaterThanOrEqual(1950);
    expect(waited).toBeLessThan(2000 + LATE_MS);
    await one.hangUp();
  });

  it('behaviour 11: one of four digits and then silence is wrong after the wait between keys, and is not silence', async () => {
    const one = await lines.dial('incomplete');
    await one.hearsOut(SHORT);
    const pressed = Date.now();
    await one.press('1');
    const wrong = await one.hears(AGAIN);
    const waited = beginOf(one, wrong) - (pressed + KEY_MS);
    expect(waited).toBeGreaterThanOrEqual(1950);
    expect(waited).toBeLessThan(2000 + LATE_MS);
    await one.hangUp();
    await lines.ended('incomplete');
    expect(await lines.facts('incomplete', 'digits')).toMatchObject([{ digits: '1', end: 'incomplete' }]);
    expect(await lines.facts('incomplete', 'no-input')).toEqual([]);
  });

  it('behaviour 12: the fourth digit of four completes at once', async () => {
    const one = await caller('exact', SHORT);
    const pressed = Date.now();
    await one.press('1234', 60, 80);
    const done = await one.hears(read('1234'));
    expect(beginOf(one, done) - (pressed + 4 * 80 + 3 * 60)).toBeLessThan(AT_ONCE_MS);
    await one.ended();
  });

  it('behaviour 13: the hash ends a number of variable length and is no part of it', async () => {
    const one = await caller('variable', SHORT);
    const pressed = Date.now();
    await one.press('12345#', 60, 80);
    const done = await one.hears(read('12345'));
    expect(beginOf(one, done) - (pressed + 6 * 80 + 5 * 60)).toBeLessThan(AT_ONCE_MS);
    await one.ended();
  });

  it('behaviour 14: the hash before any digit has a prompt of its own', async () => {
    const one = await caller('hash-first', SHORT);
    await one.press('#');
    await one.hears(EMPTY);
    await one.press('777#');
    await one.hears(read('777'));
    await one.ended();
    expect(one.heard([AGAIN, NOTHING])).not.toContain(AGAIN);
  });

  it('behaviour 15: the hash right after the full length does not leak into the next menu', async () => {
    const one = await caller('hash-after', SHORT);
    await one.press('1234#', 200, 80);
    await one.hearsOut(MENU);
    await one.press('1');
    await one.hears(`${ONE} after 1234`);
    await one.ended();
    expect(one.heard([SHORT, MENU, HASH, `${ONE} after 1234`])).toEqual([`${SHORT}…`, MENU, `${ONE} after 1234`]);
  });

  it('behaviour 16: of the options 1 and 12, 1 is taken after the wait between keys', async () => {
    const one = await caller('prefixes', SHORT);
    const pressed = Date.now();
    await one.press('1');
    const waited = beginOf(one, await one.hears(ONE)) - (pressed + KEY_MS);
    expect(waited).toBeGreaterThanOrEqual(1950);
    expect(waited).toBeLessThan(2000 + LATE_MS);
    await one.ended();
  });

  it('behaviour 16: 12 and an option without conflict are taken at once', async () => {
    const twelve = await caller('prefixes', SHORT);
    let pressed = Date.now();
    await twelve.press('12');
    expect(beginOf(twelve, await twelve.hears(TWO)) - (pressed + 3 * KEY_MS)).toBeLessThan(AT_ONCE_MS);
    const three = await caller('prefixes', SHORT);
    pressed = Date.now();
    await three.press('3');
    expect(beginOf(three, await three.hears(THREE)) - (pressed + KEY_MS)).toBeLessThan(AT_ONCE_MS);
    await Promise.all([twelve.ended(), three.ended()]);
  });

  it('behaviour 17: the star is an option, A is passed over and B, which is listed, is taken', async () => {
    const star = await caller('signs', LISTEN);
    await star.press('*');
    await star.hears(ONE);
    const letters = await caller('signs', LISTEN);
    await letters.press('AB', 300);
    await letters.hears(TWO);
    await Promise.all([star.ended(), letters.ended()]);
    expect(letters.heard([LISTEN, TWO])).toEqual([`${LISTEN}…`, TWO]);
  });

  it('behaviour 22: a tone of 1.5 s is one digit', async () => {
    const one = await lines.dial('tones');
    await one.hearsOut(SHORT);
    await one.press('1', 100, 1500);
    await one.press('#');
    await one.hearsOut(read('1'));
    await one.ended();
    expect(one.heard([SHORT, read('1')])).toEqual([SHORT, read('1')]);
  });

  it('behaviour 22: a tone of 1.5 s that outlasts the prompt is one digit, and so is the key after it', async () => {
    const one = await caller('tones', SHORT);
    await one.press('1', 100, 1500);
    await one.press('#');
    await one.hearsOut(read('1'));
    await one.ended();
    // Asterisk tells of that hash twice; the second would have cut this.
    expect(one.heard([read('1')]).at(-1)).toBe(read('1'));
  });

  it('behaviour 22: two tones of 60 ms, 60 ms apart, are two digits', async () => {
    const one = await caller('tones', SHORT);
    await one.press('11', 60, 60);
    await one.press('#');
    await one.hears(read('11'));
    await one.ended();
  });

  it('behaviour 23: ten digits 140 ms apart arrive in order, none lost or merged', async () => {
    const one = await caller('tones', SHORT);
    await one.press('9876543210', 60, 80);
    await one.press('#');
    await one.hears(read('9876543210'));
    await one.ended();
  });

  it('behaviour 25: the read-back is cut by yes; no asks again', async () => {
    const one = await caller('confirm', SHORT);
    await one.press('1234');
    await one.hears('You typed 1234. Is that right? [4s]');
    await one.press('2');
    await one.hears(SHORT);
    await one.press('5678');
    await one.hears('You typed 5678. Is that right? [4s]');
    await one.press('1');
    await one.hears(read('5678'));
    await one.ended();
    const readBacks = ['You typed 1234. Is that right? [4s]', 'You typed 5678. Is that right? [4s]'];
    expect(one.heard(readBacks).filter((words) => words.endsWith('…'))).toEqual(readBacks.map((words) => `${words}…`));
  });

  it('behaviour 31: the repeat key replays the last prompt without using up a try', async () => {
    const one = await lines.dial('repeat');
    for (let time = 0; time < 3; time += 1) {
      await one.hearsOut(SHORT);
      await one.press('9');
    }
    await one.hearsOut(SHORT);
    await one.hears(NOTHING);
    await one.hears(TWO);
    await one.ended();
    expect(one.heard([SHORT, NOTHING, TWO])).toEqual([SHORT, SHORT, SHORT, SHORT, NOTHING, TWO]);
  });
});

it('behaviour 1: a key on a one-key option silences the prompt within 200 ms and is taken', async () => {
  const latencies: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    const one = await caller('one-key', LISTEN);
    // The earliest moment at which the key can have been released.
    const released = Date.now() + KEY_MS;
    await one.press('2');
    const taken = await one.hears(TWO);
    latencies.push(one.phone.ear.arrivedAt(before(one, taken).toMs - 1) - released);
    await one.ended();
    expect(one.heard([LISTEN, TWO])).toEqual([`${LISTEN}…`, TWO]);
  }
  expect(latencies.filter((ms) => ms > 200)).toEqual([]);
});
