import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingId } from '../../src/domain/ids.ts';
import { recordingFilesIn } from '../../src/files/recording-files.ts';
import { sealAudioWith } from '../../src/files/sealed-audio.ts';
import { signatureOf } from '../../src/speech/tones.ts';
import { readWav } from '../../src/speech/wav.ts';
import { channelsOf, type Lines, openLines, text, until } from '../kit/lines.ts';
import { decodeTones } from '../kit/tones.ts';

/** A call's secrets, its recordings and its ends, on the real Asterisk. */

const SECRET = '4829160375';
const OUTSIDE = '02125550021';

const ASK = 'Please enter your secret. [2s]';
const THANKS = 'Thank you for that. [3s]';
const SPEAK = 'Please speak after the tone. [2s]';
const TAKEN = 'Your message was taken. [2s]';
const EMPTY = 'You have said nothing. [2s]';
const MESSAGE = 'This is my message for you. [3s]';
const LONG = 'A very long prompt. [30s]';
const LISTEN = 'Please choose. [2s]';

const record = (fields: string): string => `
  speak:
    type: record
    prompt: ${text(SPEAK)}
    into: message
    max: 20s
    ${fields}
    next: taken
    exits: { empty: empty, error: failed }
  taken: { type: hangup, prompt: ${text(TAKEN)} }
  empty: { type: hangup, prompt: ${text(EMPTY)} }
  failed: { type: hangup, prompt: ${text('The recording failed. [2s]')} }`;

let server: Server;
let asked: (body: string) => void = () => undefined;

/** Tells what it was sent and never answers. */
async function openSilentServer(): Promise<string> {
  server = createServer((request) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => asked(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/never`;
}

const whenAsked = (): Promise<string> =>
  new Promise((resolve) => {
    asked = resolve;
  });

const FLOWS = (url: string) => ({
  secret: `
  ask: { type: collect, prompt: ${text(ASK)}, into: pin, digits: 10, secret: true, noMatch: ${text(ASK)}, next: tell }
  tell: { type: http, method: POST, url: "${url}", body: { pin: "{{pin}}" }, timeout: 3s, next: thanks, exits: { timeout: thanks } }
  thanks: { type: hangup, prompt: ${text(THANKS)} }`,
  'record-hash': record('terminator: "#"\n    silence: 10s'),
  'record-any': record('terminator: any\n    silence: 10s'),
  'record-silence': record('silence: 2s'),
  'in-prompt': `
  say: { type: say, prompt: ${text(LONG)}, next: bye }
  bye: { type: hangup }`,
  'in-collect': `
  ask: { type: collect, prompt: ${text(LISTEN)}, into: code, digits: 4, firstDigit: 30s, interDigit: 30s, next: bye }
  bye: { type: hangup }`,
  'in-request': `
  ask: { type: http, url: "${url}", timeout: 30s, next: bye }
  bye: { type: hangup }`,
  'in-transfer': `
  call: { type: transfer, to: { number: "${OUTSIDE}" }, ring: 60s, next: bye }
  bye: { type: hangup }`,
  'in-talk': `
  call: { type: transfer, to: { number: "${OUTSIDE}" }, ring: 60s, next: bye }
  bye: { type: hangup }`,
  'in-record': record('silence: 20s'),
});

// Most of a call is waiting.
vi.setConfig({ maxConcurrency: 12 });

let lines: Lines;
beforeAll(async () => {
  // The finest log there is: a secret must not be in it either.
  lines = await openLines(FLOWS(await openSilentServer()), { trunk: 'house', env: { SANTRAL_LOG_LEVEL: 'trace' } });
});
afterAll(async () => {
  await lines?.close();
  server?.closeAllConnections();
  server?.close();
});

describe('behaviour 24: digits of a secret field', () => {
  it('reach the system they are for, and are nowhere else: not in the database, not in a log, during the call and after it', async () => {
    const one = await lines.dial('secret');
    await one.hears(ASK);
    const sent = whenAsked();
    await one.press(SECRET, 60, 80);
    expect(JSON.parse(await sent)).toEqual({ pin: SECRET });
    // What is no secret is found in this way.
    expect(placesOf('node-entered')).toEqual(expect.arrayContaining([expect.stringContaining('santral.db')]));
    expect(placesOf(SECRET)).toEqual([]);
    await one.hears(THANKS);
    expect(placesOf(SECRET)).toEqual([]);
    await one.ended();
    await lines.ended('secret');
    expect(placesOf(SECRET)).toEqual([]);
    expect(await lines.facts('secret', 'digits')).toEqual([{ node: 'ask', digits: null, length: 10, end: 'matched' }]);
  });

  it('are not told when they are wrong either', async () => {
    const wrong = `${SECRET.slice(0, 9)}#`;
    const one = await lines.dial('secret');
    await one.hearsOut(ASK);
    await one.press(wrong, 60, 80);
    await one.hears(ASK);
    await one.hangUp();
    await lines.ended('secret');
    expect(placesOf(wrong.slice(0, 9))).toEqual([]);
  });
});

/** Where in the data directory and the engine's own words these digits are. */
function placesOf(digits: string): string[] {
  const { data } = lines.asterisk.config.places;
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => {
    try {
      const file = path.join(data, name);
      return statSync(file).isFile() && readFileSync(file).includes(digits);
    } catch {
      // It was moved or removed meanwhile.
      return false;
    }
  });
  const told = lines.engine().log.filter((line) => JSON.stringify(line).includes(digits));
  return [...files, ...told.map((line) => `log: ${String(line['msg'])}`)];
}

describe.concurrent('recordings', () => {
  it('hold what the caller said, and end with the terminator', async () => {
    const one = await lines.dial('record-hash');
    await one.hearsOut(SPEAK);
    await beep(one);
    await one.say(MESSAGE);
    await one.press('#');
    await one.hears(TAKEN);
    await one.ended();
    await lines.ended('record-hash');
    const [recording] = await lines.facts('record-hash', 'recording');
    const { seconds, signatures } = await heardIn(String(recording?.['name']));
    expect(signatures).toEqual([signatureOf('en', MESSAGE)]);
    expect(seconds).toBeGreaterThan(2.8);
    expect(seconds).toBeLessThan(8);
    expect(Math.abs(Number(recording?.['durationMs']) - seconds * 1000)).toBeLessThan(700);
  });

  it('end with any key where the flow says so', async () => {
    const one = await lines.dial('record-any');
    await one.hearsOut(SPEAK);
    await beep(one);
    await one.say(MESSAGE);
    await one.press('5');
    await one.hears(TAKEN, 'en', 5000);
    await one.ended();
  });

  it('end with silence, which is no part of them', async () => {
    const one = await lines.dial('record-silence');
    await one.hearsOut(SPEAK);
    await beep(one);
    await one.say(MESSAGE);
    await one.hears(TAKEN);
    await one.ended();
    await lines.ended('record-silence');
    const [recording] = await lines.facts('record-silence', 'recording');
    const { seconds, signatures } = await heardIn(String(recording?.['name']));
    expect(signatures).toEqual([signatureOf('en', MESSAGE)]);
    expect(seconds).toBeGreaterThan(2.8);
    expect(seconds).toBeLessThan(5);
  });
});

it.each([
  ['sends silence', false],
  ['sends nothing while nobody speaks', true],
])('a recording in which nothing was said takes the exit empty; the phone %s', async (_, mute) => {
  const one = await lines.dial('record-silence', { mute });
  await one.hearsOut(SPEAK);
  await beep(one);
  await one.hears(EMPTY);
  await one.ended();
  await lines.ended('record-silence');
  expect(await lines.facts('record-silence', 'recording')).toEqual([]);
});

type OneCaller = Awaited<ReturnType<Lines['dial']>>;

async function beep(one: OneCaller): Promise<void> {
  await one.phone.ear.hears(({ signature }) => signature === 'beep', 0, 15_000);
}

/** Open as Asterisk wrote it, or sealed by now. */
async function heardIn(name: string) {
  const { config, secrets } = lines.asterisk;
  const files = recordingFilesIn(config.places.recordings, sealAudioWith(secrets.sessionKey));
  const pieces: Uint8Array[] = [];
  for await (const piece of files.read(name as RecordingId, 0, ((await files.size(name as RecordingId)) ?? 0) - 1)) pieces.push(piece);
  const { samples } = readWav(Buffer.concat(pieces));
  return {
    seconds: samples.length / 8000,
    signatures: decodeTones(Int16Array.from(samples, (sample) => sample * 32_767)).map(({ signature }) => signature),
  };
}

interface Midway {
  readonly when: string;
  readonly line: string;
  /** Until the call is there. `sent`: what the silent server was asked. */
  until(one: OneCaller, sent: Promise<string>): Promise<unknown>;
}

const MIDWAY: readonly Midway[] = [
  { when: 'in mid-prompt', line: 'in-prompt', until: (one) => one.hears(LONG) },
  { when: 'in mid-collect', line: 'in-collect', until: (one) => one.hearsOut(LISTEN).then(() => one.press('12')) },
  { when: 'in mid-request', line: 'in-request', until: (_, sent) => sent },
  {
    when: 'while somebody is being rung',
    line: 'in-transfer',
    until() {
      lines.house.expect(OUTSIDE, { kind: 'ignore' });
      return lines.house.visitor(OUTSIDE);
    },
  },
  {
    when: 'in mid-talk',
    line: 'in-talk',
    async until() {
      lines.house.expect(OUTSIDE, { kind: 'answer', afterMs: 0 });
      await lines.house.visitor(OUTSIDE);
      await lines.onRecord('in-talk', ({ journal }) => journal.some(({ kind }) => kind === 'leg-answered'), 'talking');
    },
  },
  { when: 'in mid-recording', line: 'in-record', until: (one) => beep(one).then(() => one.say(MESSAGE)) },
  { when: 'during the beep before a recording', line: 'in-record', until: (one) => beep(one) },
];

describe('behaviour 34: the caller hangs up', () => {
  it.each(MIDWAY.map((one) => [one.when, one] as const))('%s: one end, nothing left, no complaint', async (_, { line, until: ready }) => {
    await lines.quiet();
    const from = lines.engine().log.length;
    const sent = whenAsked();
    const one = await lines.dial(line);
    await one.phone.answered();
    await ready(one, sent);
    await one.hangUp();
    const left = Date.now();
    await until(async () => (await channelsOf(lines)) === 0, 1500, 'no channel is left');
    const { journal, termination, endedAt } = await lines.ended(line);
    expect(termination).toEqual({ kind: 'caller-hung-up' });
    expect(journal.filter(({ kind }) => kind === 'call-ended')).toHaveLength(1);
    expect(journal.at(-1)?.kind).toBe('call-ended');
    expect(Math.abs((endedAt ?? 0) - left)).toBeLessThan(1000);
    expect((await lines.asterisk.rx('bridge show all')).split('\n').filter((row) => /^\S+\s+\d/.test(row))).toEqual([]);
    expect(complaintsSince(from)).toEqual([]);
  });

  it('in mid-recording: what was said is kept, and told in the journal', async () => {
    const one = await lines.dial('in-record');
    await beep(one);
    await one.say(MESSAGE);
    await one.hangUp();
    await lines.ended('in-record');
    const [recording] = await lines.facts('in-record', 'recording');
    expect((await heardIn(String(recording?.['name']))).signatures).toEqual([signatureOf('en', MESSAGE)]);
  });
});

function complaintsSince(from: number) {
  return lines
    .engine()
    .log.slice(from)
    .filter(({ level, msg }) => Number(level) >= 40 || /unhandled|Error:/i.test(String(msg)));
}
