import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { readWav } from '../../src/speech/wav.ts';
import { type Ask, asAdmin } from '../kit/api.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import { decodeTones } from '../kit/tones.ts';

/** What callers record, on the real Asterisk: they hear it again, and the house hears it over the API. */

const SPEAK = 'Please speak after the tone. [2s]';
const KEYS = 'Your recording is done. [3s]';
const TAKEN = 'Your message was taken. [2s]';
const MESSAGE = 'This is my message for you. [4s]';
const OTHER = 'No, what I meant is this. [3s]';

const reviewed = `
  rec: { type: record, prompt: ${text(SPEAK)}, max: 20s, silence: 10s, terminator: "#", into: note, review: { prompt: ${text(KEYS)} }, next: done }
  done: { type: hangup, prompt: ${text(TAKEN)} }`;

let lines: Lines;
let ask: Ask;
beforeAll(async () => {
  lines = await openLines({
    listened: reviewed,
    again: reviewed,
    mail: `
  take: { type: voicemail, prompt: ${text(SPEAK)}, max: 20s, silence: 10s, next: done }
  done: { type: hangup, prompt: ${text(TAKEN)} }`,
  });
  ask = await asAdmin(lines.engine());
});
afterAll(() => lines?.close());

type OneCaller = Awaited<ReturnType<Lines['dial']>>;

/** A person draws breath after the beep: only then the recording has begun. */
const BREATH_MS = 400;
async function speak(one: OneCaller, words: string): Promise<void> {
  const { index } = await one.phone.ear.hears((tones) => tones.signature === 'beep', heardBeeps(one), 10_000);
  await one.phone.ear.over(index, 10_000);
  await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
  await one.say(words);
}

/** Where to listen for the next beep. */
function heardBeeps(one: OneCaller): number {
  return one.phone.ear.heard().findLastIndex(({ signature }) => signature === signatureOf('en', SPEAK)) + 1;
}

/** Open as Asterisk writes them, or sealed. */
const audioFiles = () =>
  readdirSync(lines.asterisk.config.places.recordings)
    .filter((name) => /\.(wav|sealed)$/.test(name))
    .map((name) => name.replace(/\.\w+$/, ''));
const SEALED_WITHIN_MS = 90_000;

interface OnRecord {
  readonly id: string;
  readonly seconds: number;
  readonly kind: string;
}

/** The flow's one recording, as the API tells it and sounds. */
async function recordingOf(flow: string) {
  await lines.ended(flow);
  const { items } = (await (await ask(`/api/v1/recordings?flow=${flow}`)).json()) as { items: OnRecord[] };
  expect(items).toHaveLength(1);
  const [one] = items as [OnRecord];
  const answer = await ask(`/api/v1/recordings/${one.id}/audio`);
  expect(answer.status).toBe(200);
  const wav = readWav(Buffer.from(await answer.arrayBuffer()));
  return { ...one, signatures: signaturesOf(wav.samples) };
}

function signaturesOf(samples: Float64Array | Float32Array): (string | null)[] {
  return decodeTones(Int16Array.from(samples, (sample) => sample * 32_768)).map(({ signature }) => signature);
}

describe('a recording', () => {
  it('is heard again by the caller, cut by a key, and kept', async () => {
    const one = await lines.dial('listened');
    await one.hearsOut(SPEAK);
    await speak(one, MESSAGE);
    await one.press('#');
    await one.hears(KEYS);
    await one.press('1');
    // Their own voice, whole.
    await one.hearsOut(MESSAGE);
    await one.hears(KEYS);
    await one.press('1');
    await one.hears(MESSAGE);
    await one.press('2');
    await one.hears(TAKEN);
    await one.ended();
    expect(one.heard([SPEAK, KEYS, TAKEN, MESSAGE]).filter((words) => words !== 'beep')).toEqual([
      SPEAK,
      `${KEYS}…`,
      MESSAGE,
      `${KEYS}…`,
      `${MESSAGE}…`,
      TAKEN,
    ]);
    const kept = await recordingOf('listened');
    expect(kept).toMatchObject({ kind: 'message', signatures: [signatureOf('en', MESSAGE)] });
    expect(kept.seconds).toBeGreaterThan(3.8);
    const part = await ask(`/api/v1/recordings/${kept.id}/audio`, { headers: { range: 'bytes=0-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'RIFF']);
  });

  it('that is made again leaves only the second one', async () => {
    const before = audioFiles();
    const one = await lines.dial('again');
    for (const [words, key] of [
      [MESSAGE, '3'],
      [OTHER, '2'],
    ] as const) {
      await one.hearsOut(SPEAK);
      await speak(one, words);
      await one.press('#');
      await one.hears(KEYS);
      await one.press(key);
    }
    await one.hears(TAKEN);
    await one.ended();
    const { id, signatures } = await recordingOf('again');
    expect(signatures).toEqual([signatureOf('en', OTHER)]);
    await until(() => audioFiles().length === before.length + 1, 5000, 'the first recording is gone');
    expect(audioFiles()).toContain(id);
    expect((await ask(`/api/v1/recordings/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(audioFiles()).toEqual(before);
  });
});

it('a voicemail is kept although the caller just hangs up, and soon nobody hears it without the key', async () => {
  const one = await lines.dial('mail');
  await one.hearsOut(SPEAK);
  await speak(one, MESSAGE);
  await one.hangUp();
  const kept = await recordingOf('mail');
  expect(kept).toMatchObject({ kind: 'voicemail', signatures: [signatureOf('en', MESSAGE)] });
  const files = () => readdirSync(lines.asterisk.config.places.recordings).filter((name) => name.startsWith(kept.id));
  await until(() => files().join() === `${kept.id}.sealed`, SEALED_WITHIN_MS, 'it is sealed');
  expect(await recordingOf('mail')).toMatchObject({ signatures: [signatureOf('en', MESSAGE)] });
});
