import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { channelsOf, type Lines, openLines, text, until } from '../kit/lines.ts';
import { openVoiceServer, type VoiceServer } from '../kit/voice-server.ts';

/** Prompts, judged by what the caller's ear received. */

const SETTLE_MS = 400;

const MENU = 'Press one or two. [6s]';
const ONE = 'You have chosen one [2s]';
const TWO = 'You have chosen two [2s]';
const BYE = 'Goodbye now [2s]';
const MUTE = 'The voice cannot say this [2s]';
const MUTE_TURKISH = 'Ses bunu söyleyebilir [2s]';
const DUMB = 'No voice can say this [2s]';
const GONE = 'The file of this prompt is gone [2s]';
const NEXT = 'This is the next prompt [2s]';
const LONG = 'A speech of ten minutes. [600s]';
const EARLY = 'You hear this before the answer. [3s]';
const WELCOME = 'Welcome to the settled line [2s]';

const FLOWS = {
  'no-prompts': `
  silent: { type: say, prompt: [], next: bye }
  bye: { type: hangup, prompt: ${text(BYE)} }`,
  'other-language': {
    head: 'languages: [en, tr]',
    nodes: `
  say: { type: say, prompt: { text: { en: "${MUTE}", tr: "${MUTE_TURKISH}" } }, next: bye }
  bye: { type: hangup, prompt: ${text(BYE).replace('en:', `tr: "${BYE}", en:`)} }`,
  },
  beep: `
  say: { type: say, prompt: [${text(DUMB)}, ${text(NEXT)}], next: bye }
  bye: { type: hangup, prompt: ${text(BYE)} }`,
  'file-gone': `
  say: { type: say, prompt: [${text(GONE)}, ${text(NEXT)}], next: alone }
  alone: { type: say, prompt: ${text(GONE)}, next: bye }
  bye: { type: hangup, prompt: ${text(BYE)} }`,
  languages: {
    head: `languages: [en, tr]\nvariables: { price: 1200, day: "2026-10-29" }`,
    nodes: `
  say:
    type: say
    prompt: &told
      - { text: { en: "It costs {{price|number}} lira.", tr: "Ücreti {{price|number}} lira." } }
      - { text: { en: "Ready on {{day|date}}.", tr: "{{day|date}} günü hazır." } }
    next: ask
  ask: { type: menu, prompt: { text: { en: "${MENU}", tr: "${MENU}" } }, options: { 1: switch } }
  switch: { type: language, to: tr, next: again }
  again: { type: say, prompt: *told, next: bye }
  bye: { type: hangup, prompt: { text: { en: "${BYE}", tr: "${BYE}" } } }`,
  },
  number: {
    head: 'variables: { price: 1200 }',
    nodes: `
  say: { type: say, prompt: [${text('{{price|number}} [6s]')}, ${text(NEXT)}], next: ask }
  ask: { type: menu, prompt: ${text(MENU)}, options: { 1: one, 2: two } }
  one: { type: hangup, prompt: ${text(ONE)} }
  two: { type: hangup, prompt: ${text(TWO)} }`,
  },
  long: `
  say: { type: say, prompt: ${text(LONG)}, next: bye }
  bye: { type: hangup }`,
  early: {
    head: 'answer: { policy: byFlow }',
    nodes: `
  announce: { type: say, prompt: ${text(EARLY)}, next: pick-up }
  pick-up: { type: answer, next: bye }
  bye: { type: hangup, prompt: ${text(WELCOME)} }`,
  },
  settled: {
    head: `answer: { policy: onStart, settle: ${SETTLE_MS}ms }`,
    nodes: `
  bye: { type: hangup, prompt: ${text(WELCOME)} }`,
  },
};

let voice: VoiceServer;
// Most of a call is waiting.
vi.setConfig({ maxConcurrency: 12 });

let lines: Lines;
beforeAll(async () => {
  voice = await openVoiceServer();
  voice.refuse((words, language) => (words === MUTE && language === 'en') || words === DUMB);
  lines = await openLines(FLOWS, { env: { SANTRAL_VOICE: 'http', SANTRAL_VOICE_URL: voice.url } });
});
afterAll(async () => {
  await lines?.close();
  voice?.close();
});

describe.concurrent('prompts', () => {
  it('behaviour 26: a prompt that cannot be said in its language is said in the other one, and the incident is told', async () => {
    const one = await lines.dial('other-language');
    await one.hears(MUTE_TURKISH, 'tr');
    await one.hears(BYE);
    await one.ended();
    await lines.ended('other-language');
    expect(await lines.facts('other-language', 'incident')).toMatchObject([{ code: 'speech.failed' }]);
  });

  it('behaviour 26: a prompt that nobody can say is a beep, the next prompt is heard, and the incident is told', async () => {
    const one = await lines.dial('beep');
    await one.hears(NEXT);
    await one.hears(BYE);
    await one.ended();
    expect(one.phone.ear.heard().map(({ signature }) => signature)[0]).toBe('beep');
    expect(one.heard([NEXT, BYE]).slice(1)).toEqual([NEXT, BYE]);
    await lines.ended('beep');
    expect(await lines.facts('beep', 'incident')).toMatchObject([{ code: 'speech.failed' }]);
  });

  it('behaviour 27: an empty list of prompts takes no time', async () => {
    const one = await lines.dial('no-prompts');
    await one.hears(BYE);
    await one.ended();
    const { journal } = await lines.ended('no-prompts');
    const entered = journal.filter(({ kind }) => kind === 'node-entered');
    expect(entered.map(({ data }) => data['node'])).toEqual(['silent', 'bye']);
    expect((entered[1]?.at ?? 0) - (entered[0]?.at ?? 0)).toBeLessThan(50);
  });

  it('behaviour 28: after the switch prompts, numbers and dates are in the other language', async () => {
    const one = await lines.dial('languages');
    await one.hears('It costs one thousand two hundred lira.');
    await one.hears('Ready on Thursday the twenty-ninth of October twenty twenty-six.');
    await one.hears(MENU);
    await one.press('1');
    await one.hears('Ücreti bin iki yüz lira.', 'tr');
    await one.hears('yirmi dokuz Ekim iki bin yirmi altı Perşembe günü hazır.', 'tr');
    await one.hears(BYE, 'tr');
    await one.ended();
  });

  it('behaviour 29: a key during a spoken number cuts it and everything after it', async () => {
    const one = await lines.dial('number');
    await one.hears('one thousand two hundred [6s]');
    await one.press('2');
    await one.hears(TWO);
    await one.ended();
    const known = ['one thousand two hundred [6s]', NEXT, MENU, TWO];
    expect(one.heard(known)).toEqual([`${known[0]}…`, TWO]);
  });

  it('behaviour 32: an announcement is heard before the answer; the flow says when the call is answered', async () => {
    const one = await lines.dial('early');
    let answered = false;
    const whenAnswered = one.phone.answered().then(() => {
      answered = true;
    });
    await one.hears(EARLY);
    expect(answered).toBe(false);
    expect((await lines.onRecord('early', () => true, 'there')).answeredAt).toBeNull();
    await one.hearsOut(WELCOME);
    await whenAnswered;
    await one.ended();
    expect(one.heard([EARLY, WELCOME])).toEqual([EARLY, WELCOME]);
    const { startedAt, answeredAt } = await lines.ended('early');
    expect((answeredAt ?? 0) - startedAt).toBeGreaterThanOrEqual(3000);
  });

  it('behaviour 33: the first prompt is heard from its first sample on, after the pause that was set', async () => {
    const one = await lines.dial('settled');
    await one.phone.answered();
    const answeredAt = Date.now();
    const first = await one.hearsOut(WELCOME);
    expect(first).toMatchObject({ begun: true, complete: true });
    // The answer reaches the phone a little later than it was given.
    expect(one.phone.ear.arrivedAt(first.fromMs) - answeredAt).toBeGreaterThanOrEqual(SETTLE_MS - 150);
    await one.ended();
  });
});

it('behaviour 26: files that were deleted while the engine ran: the flow goes on, and what can be said again is said', async () => {
  const before = await lines.dial('file-gone');
  await before.hears(BYE);
  await before.ended();
  deleteClips(lines.asterisk.config.places.speech);
  const after = await lines.dial('file-gone');
  await after.hears(BYE);
  await after.ended();
  expect(after.heard([GONE, NEXT, BYE])).toEqual([GONE, NEXT, GONE, BYE]);
});

it('behaviour 26: files that were deleted, and no voice any more: a beep, then the next prompt, and the incident is told', async () => {
  deleteClips(lines.asterisk.config.places.speech);
  voice.refuse((words) => words === GONE);
  const one = await lines.dial('file-gone');
  await one.hears(NEXT);
  await one.hears(BYE);
  await one.ended();
  expect(one.phone.ear.heard().filter(({ signature }) => signature === 'beep')).toHaveLength(2);
  await lines.ended('file-gone');
  expect(await lines.facts('file-gone', 'incident')).toMatchObject([{ code: 'speech.failed' }, { code: 'speech.failed' }]);
});

it('behaviour 30: the caller leaves a prompt of ten minutes: everything of the call is freed within a second', async () => {
  await lines.quiet();
  const one = await lines.dial('long');
  await one.hears(LONG);
  await one.hangUp();
  const left = Date.now();
  await until(async () => (await channelsOf(lines)) === 0, 1000, 'the channel is gone');
  const { endedAt, termination } = await lines.ended('long');
  expect((endedAt ?? 0) - left).toBeLessThan(1000);
  expect(Date.now() - left).toBeLessThan(1000);
  expect(termination).toMatchObject({ kind: 'caller-hung-up' });
});

function deleteClips(dir: string): void {
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }))
    if (/^[0-9a-f]{2}\/[0-9a-f]{10,}\.wav$/.test(name)) rmSync(path.join(dir, name));
}
