import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import type { Refusal } from '../kit/phone-house.ts';
import { ringTones } from '../kit/ring-tone.ts';

/** Transfers over a real SIP trunk to phones that answer, refuse and ring, and the longest a call may last. */

const CALLING = 'One moment, you are being connected. [2s]';
const ALTERNATIVES = 'Press one to leave. [3s]';
const BYE = 'Goodbye now. [2s]';
const SPOKEN = 'Hello, can you hear me? [2s]';
const ANSWERED = 'Yes, I can hear you. [2s]';
const TALKED = 'Your talk is over. [2s]';
const WORDS = {
  busy: 'The other side is busy. [2s]',
  noAnswer: 'Nobody answers. [2s]',
  rejected: 'The other side refused. [2s]',
  invalidNumber: 'There is no such number. [2s]',
  congestion: 'No line is free. [2s]',
  failed: 'It did not work. [2s]',
} as const;
type Exit = keyof typeof WORDS;
/** Before the ring-back is heard: the way to the far end and back, on a busy machine. */
const MOST_SILENCE_MS = 2000;
const TOO_LONG = 'Your call has reached its time limit. Thank you for calling.';

/** How the far end takes the call, where the flow goes and what is known of the leg. */
const OUTCOMES: readonly { readonly how: Refusal; readonly exit: Exit; readonly outcome: string; readonly sipCode: number }[] = [
  { how: 'busy', exit: 'busy', outcome: 'busy', sipCode: 486 },
  { how: 'no_answer', exit: 'noAnswer', outcome: 'no-answer', sipCode: 480 },
  { how: 'rejected', exit: 'rejected', outcome: 'rejected', sipCode: 403 },
  { how: 'unallocated', exit: 'invalidNumber', outcome: 'invalid-number', sipCode: 404 },
  { how: 'congestion', exit: 'congestion', outcome: 'congestion', sipCode: 503 },
];

const numberOf = (index: number): string => `021255500${30 + index}`;
const FAILS = numberOf(9);
const lineOf = (how: string): string => `to-${how.replace('_', '-')}`;

function transfer(number: string): string {
  const exits = Object.keys(WORDS).map((exit) => `${exit}: ${exit.toLowerCase()}`);
  const said = Object.entries(WORDS).map(
    ([exit, words]) => `  ${exit.toLowerCase()}: { type: say, prompt: ${text(words)}, next: alternatives }\n`,
  );
  return `
  calling: { type: say, prompt: ${text(CALLING)}, next: connect }
  connect: { type: transfer, to: { number: "${number}" }, ring: 5s, next: talked, exits: { ${exits.join(', ')} } }
  talked: { type: say, prompt: ${text(TALKED)}, next: alternatives }
${said.join('')}
  alternatives: { type: menu, prompt: ${text(ALTERNATIVES)}, options: { 1: bye } }
  bye: { type: hangup, prompt: ${text(BYE)} }`;
}

const FLOWS = {
  ...Object.fromEntries(OUTCOMES.map(({ how }, index) => [lineOf(how), transfer(numberOf(index))])),
  'to-ringing': transfer(numberOf(5)),
  'to-talk': transfer(numberOf(6)),
  'to-ring-back': transfer(numberOf(7)),
  'to-race': transfer(numberOf(8)),
  'to-nobody': transfer('12'),
  'to-apology': transfer(FAILS),
  endless: `
  ask: { type: menu, prompt: ${text('A menu without end. [600s]')}, options: { 1: bye } }
  bye: { type: hangup }`,
};

// Most of a call is waiting.
vi.setConfig({ maxConcurrency: 12 });

let lines: Lines;
let endless: Caller;
beforeAll(async () => {
  lines = await openLines(FLOWS, { trunk: 'house', env: { SANTRAL_MAX_CALL_MINUTES: '1' } });
  endless = await lines.dial('endless');
});
afterAll(() => lines?.close());

/** The caller hears an apology and alternatives, and chooses. */
async function goesOn(one: Caller, words: string): Promise<void> {
  await one.hears(words);
  await one.hears(ALTERNATIVES);
  await one.press('1');
  await one.hears(BYE);
  expect((await one.ended()).cause).toBe(16);
}

describe.concurrent('transfers', () => {
  it.each(OUTCOMES.map((one, index) => [one.how, one, numberOf(index)] as const))(
    'behaviour 38: the far end says %s: its branch is taken, and its SIP code is known',
    async (how, { exit, outcome, sipCode }, number) => {
      lines.house.expect(number, { kind: 'refuse', reason: how });
      const one = await lines.dial(lineOf(how));
      await one.hearsOut(CALLING);
      await one.hears(WORDS[exit]);
      await one.hangUp();
      await lines.ended(lineOf(how));
      expect(await lines.facts(lineOf(how), 'leg-ended')).toMatchObject([{ outcome, sipCode }]);
    },
  );

  it('behaviour 39: the far end fails: the caller stays, hears the apology and what else there is, and chooses', async () => {
    lines.house.expect(FAILS, { kind: 'refuse', reason: 'rejected' });
    const one = await lines.dial('to-apology');
    await one.hearsOut(CALLING);
    await goesOn(one, WORDS.rejected);
    expect((await lines.ended('to-apology')).termination).toMatchObject({ kind: 'flow-hung-up' });
    expect(one.heard([CALLING, WORDS.rejected, ALTERNATIVES, BYE]).filter((words) => words === WORDS.rejected)).toHaveLength(1);
  });

  it('behaviour 38: nobody answers within the ring time', async () => {
    lines.house.expect(numberOf(5), { kind: 'ignore' });
    const one = await lines.dial('to-ringing');
    const rings = await lines.house.visitor(numberOf(5));
    await goesOn(one, WORDS.noAnswer);
    await rings.gone();
    expect((await lines.ended('to-ringing')).termination).toMatchObject({ kind: 'flow-hung-up' });
    expect(await lines.facts('to-ringing', 'leg-ended')).toMatchObject([{ outcome: 'no-answer' }]);
  });

  it('behaviour 38: a number that cannot be one is told without dialling', async () => {
    const one = await lines.dial('to-nobody');
    await goesOn(one, WORDS.invalidNumber);
    await lines.ended('to-nobody');
    expect(await lines.facts('to-nobody', 'leg-dialled')).toEqual([]);
  });

  it('behaviour 39: both hear each other; when the far end hangs up, the caller stays and the flow goes on', async () => {
    lines.house.expect(numberOf(6), { kind: 'answer', afterMs: 500 });
    const one = await lines.dial('to-talk');
    const other = await lines.house.visitor(numberOf(6));
    await lines.onRecord('to-talk', ({ journal }) => journal.some(({ kind }) => kind === 'leg-answered'), 'talking');
    await Promise.all([one.say(SPOKEN), other.hears(SPOKEN)]);
    await Promise.all([other.say(ANSWERED), one.hears(ANSWERED)]);
    await other.hangUp();
    await goesOn(one, TALKED);
    await lines.ended('to-talk');
    expect(await lines.facts('to-talk', 'leg-ended')).toMatchObject([{ outcome: 'answered' }]);
  });

  it('behaviour 40: the caller hears ring-back while it rings, and none once somebody answered', async () => {
    lines.house.expect(numberOf(7), { kind: 'ignore' });
    const one = await lines.dial('to-ring-back');
    const other = await lines.house.visitor(numberOf(7));
    const { ear } = one.phone;
    await until(() => ringMs(ear.samples()) > 1000, 8000, 'a second of ring-back');
    // From the last word to the first tone: who hears nothing thinks that the call is gone.
    const announced = one.phone.ear.heard().findLast(({ signature }) => signature === signatureOf('en', CALLING));
    const [ringBack] = ringTones(ear.samples());
    expect((ringBack?.fromMs ?? Number.POSITIVE_INFINITY) - (announced?.toMs ?? 0)).toBeLessThan(MOST_SILENCE_MS);
    await other.answer();
    await other.say(ANSWERED);
    const answer = await one.hears(ANSWERED);
    expect(ringTones(ear.samples()).filter(({ toMs }) => toMs > answer.fromMs)).toEqual([]);
    await other.hangUp();
    await goesOn(one, TALKED);
  });
});

const ringMs = (samples: Int16Array): number => ringTones(samples).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

describe('behaviour 41: the far end answers as the caller hangs up', () => {
  it.each([
    ['at the same time', (one: Caller, answer: () => Promise<void>) => Promise.all([answer(), one.hangUp()])],
    ['the answer first', (one: Caller, answer: () => Promise<void>) => answer().then(() => one.hangUp())],
    ['the hang-up first', (one: Caller, answer: () => Promise<void>) => one.hangUp().then(answer)],
  ])('%s: the far end is let go, hears nothing, and the call counts as left by the caller', async (_, race) => {
    lines.house.expect(numberOf(8), { kind: 'ignore' });
    const one = await lines.dial('to-race');
    const other = await lines.house.visitor(numberOf(8));
    await race(one, () => other.answer().catch(() => undefined));
    await other.gone();
    const { journal, termination } = await lines.ended('to-race');
    expect(termination).toEqual({ kind: 'caller-hung-up' });
    expect(journal.filter(({ kind }) => kind === 'leg-ended')).toHaveLength(1);
    expect(other.ear.heard()).toEqual([]);
    expect(ringTones(other.ear.samples())).toEqual([]);
  });
});

it('behaviour 43: a call that lasts too long is ended politely', async () => {
  await endless.hears(TOO_LONG, 'en', 90_000);
  expect((await endless.ended()).cause).toBe(16);
  const { termination, startedAt, endedAt } = await lines.ended('endless');
  expect(termination).toEqual({ kind: 'failed', code: 'call.too-long' });
  expect((endedAt ?? 0) - startedAt).toBeGreaterThanOrEqual(60_000);
  expect((endedAt ?? 0) - startedAt).toBeLessThan(75_000);
  expect(endless.heard([TOO_LONG]).at(-1)).toBe(TOO_LONG);
  await lines.quiet();
});
