import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Voice } from '../../src/ports/speech.ts';
import { measure } from '../../src/speech/level.ts';
import { createEspeakVoice } from '../../src/speech/voices/espeak.ts';
import { createHttpVoice } from '../../src/speech/voices/http.ts';
import { createVoice, VOICES } from '../../src/speech/voices.ts';
import { ownWavDuration, readWav } from '../../src/speech/wav.ts';
import { sine, wavOf } from './sounds.ts';

const never = new AbortController().signal;
const isPhoneWav = (wav: Buffer) => expect(ownWavDuration(wav, wav.length)).toBeGreaterThan(0);

describe('espeak-ng', () => {
  let voice: Voice;
  beforeAll(async () => {
    voice = await createEspeakVoice();
  });

  it.each([
    ['tr', 'Hoş geldiniz. Size en yakın bayiyi bulmak için bire basın.', 3, 7],
    ['en', 'Welcome. To find the dealer nearest to you, press one.', 2, 6],
    ['tr', 'beş', 0.2, 0.8],
    ['en', 'five', 0.2, 0.8],
    ['tr', 'sıfır, iki bir iki, beş beş beş, sıfır sıfır, sıfır bir', 3, 8],
  ])('speaks %s: %s', async (language, text, atLeast, atMost) => {
    const wav = await voice.render(text, language, never);
    isPhoneWav(wav);
    const { samples } = readWav(wav);
    expect(samples.length / 8000).toBeGreaterThan(atLeast);
    expect(samples.length / 8000).toBeLessThan(atMost);
    const level = measure(samples);
    expect(level.rmsDb).toBeGreaterThan(-21.5);
    expect(level.rmsDb).toBeLessThan(-18.5);
    expect(level.peakDb).toBeLessThan(-0.9);
    expect(level.clippedSamples).toBe(0);
    expect(level.leadingSilenceMs).toBeLessThanOrEqual(25);
    expect(level.trailingSilenceMs).toBeLessThanOrEqual(45);
  });

  it('says the same text in the same way, and another one in another', async () => {
    const [one, same, other] = await Promise.all(['bayi', 'bayi', 'bahçe'].map((text) => voice.render(text, 'tr', never)));
    expect(one?.equals(same ?? Buffer.alloc(0))).toBe(true);
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
  });

  it('reads Turkish letters as Turkish, and its own mark-up as text', async () => {
    const [composed, stripped] = await Promise.all(['şişçi', 'sisci'].map((text) => voice.render(text, 'tr', never)));
    expect(composed?.equals(stripped ?? Buffer.alloc(0))).toBe(false);
    const marked = await voice.render('[[a]]', 'en', never);
    const phoneme = await voice.render('[ [a] ]', 'en', never);
    expect(marked.equals(phoneme)).toBe(true);
  });

  it.each(['--help', '-q', '$(touch /tmp/never)', '<speak>'])('takes %s as words, not as an option', async (text) => {
    isPhoneWav(await voice.render(text, 'en', never));
  });

  it.each([
    ['a language it was given no voice for', 'de', 'Hallo', /no voice set for the language "de"/],
    ['what makes no sound', 'tr', '…', /gave no sound/],
  ])('refuses %s', async (_name, language, text, message) => {
    await expect(voice.render(text, language, never)).rejects.toMatchObject({
      code: 'speech.failed',
      message: expect.stringMatching(message),
    });
  });

  it('names its version and settings, for the cache', () => {
    expect(voice.id).toMatch(/^espeak-ng\/\d+\.\d+.*\/s160\/p45\/g1\/tr,tr;en,en-us$/);
  });

  describe('that does not work', () => {
    let dir = '';
    const program = async (script: string) => {
      const file = path.join(dir, `espeak-${Math.random()}`);
      await writeFile(file, `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${script}\n`);
      await chmod(file, 0o755);
      return createEspeakVoice({ program: file });
    };
    beforeAll(async () => {
      dir = await mkdtemp(path.join(tmpdir(), 'santral-voices-'));
    });
    afterAll(() => rm(dir, { recursive: true }));

    it('because it is missing: says what to install', async () => {
      const missing = await createEspeakVoice({ program: path.join(dir, 'none') });
      await expect(missing.render('a', 'tr', never)).rejects.toMatchObject({
        code: 'speech.failed',
        message: expect.stringContaining('apt-get install espeak-ng'),
      });
    });

    it.each([
      ['fails', 'echo "no voice tr" >&2; exit 3', /ended with 3: no voice tr/],
      ['dies', 'kill -9 $$', /ended with SIGKILL/],
      ['writes nonsense', 'echo nonsense', /no WAV file/],
      ['writes nothing', 'exit 0', /no WAV file/],
      ['writes without end', 'exec cat /dev/zero', /more than 27000000 bytes/],
    ])('because it %s', async (_name, script, message) => {
      await expect((await program(script)).render('a', 'tr', never)).rejects.toMatchObject({
        code: 'speech.failed',
        message: expect.stringMatching(message),
      });
    });

    it('because it hangs: is killed when nobody waits any longer', async () => {
      const stop = new AbortController();
      const pidFile = path.join(dir, 'pid');
      const pidOf = async () => Number(await readFile(pidFile, 'utf8').catch(() => ''));
      const rendering = (await program(`echo $$ > ${pidFile}; exec sleep 1000`)).render('a', 'tr', stop.signal);
      await expect.poll(pidOf).toBeGreaterThan(0);
      stop.abort();
      await expect(rendering).rejects.toMatchObject({ code: 'speech.failed', message: expect.stringContaining('was stopped') });
      const pid = await pidOf();
      await expect.poll(() => isAlive(pid)).toBe(false);
    });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const answer =
  (status: number, body: Buffer | string = '') =>
  (response: ServerResponse) =>
    void response.writeHead(status).end(body);

describe('a voice behind HTTP', () => {
  const good = wavOf([sine(500, 0.02, 24_000, 1)], { rate: 24_000, bits: 16, coding: 1 });
  const seen: { method?: string | undefined; auth?: string | undefined; body: string }[] = [];
  let answers: ((response: ServerResponse) => void)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ method: request.method, auth: request.headers.authorization, body: Buffer.concat(chunks).toString() });
      answers.shift()?.(response);
    });
  });
  const voiceHere = (more: object = {}) =>
    createHttpVoice({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/say`, ...more });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  afterEach(() => {
    seen.length = 0;
    answers = [];
  });

  it('is sent text and language with the token, and its WAV comes as a telephone clip at the prompt level', async () => {
    answers = [answer(200, good)];
    const wav = await voiceHere({ token: 'abc' }).render('Merhaba "dünya"', 'tr', never);
    isPhoneWav(wav);
    expect(measure(readWav(wav).samples).rmsDb).toBeCloseTo(-20, 0);
    expect(seen).toEqual([{ method: 'POST', auth: 'Bearer abc', body: '{"text":"Merhaba \\"dünya\\"","language":"tr"}' }]);
  });

  it.each([
    ['500', answer(500)],
    ['429', answer(429)],
    ['a broken connection', (response: ServerResponse) => void response.destroy()],
    [
      'a body that breaks off',
      (response: ServerResponse) => void response.writeHead(200, { 'content-length': 1000 }).write('RIFF', () => response.destroy()),
    ],
  ])('after %s is asked once more', async (_name, first) => {
    answers = [first, answer(200, good)];
    isPhoneWav(await voiceHere().render('a', 'tr', never));
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['500 twice', [answer(500), answer(500)], 2, /answered 500/],
    ['401, which asking again would not change', [answer(401)], 1, /answered 401/],
    ['garbage', [answer(200, '<html>')], 1, /no WAV file/],
    ['silence', [answer(200, wavOf([new Float32Array(100)], { rate: 8000, bits: 16, coding: 1 }))], 1, /silence/],
    ['too much', [answer(200, Buffer.alloc(60_000))], 1, /more than 50000 bytes/],
  ])('fails on %s', async (_name, given, asked, message) => {
    answers = given;
    const rendering = voiceHere({ maxBytes: 50_000 }).render('a', 'tr', never);
    await expect(rendering).rejects.toMatchObject({ code: 'speech.failed', message: expect.stringMatching(message) });
    expect(seen).toHaveLength(asked);
  });

  it('that does not answer in time is asked once more, then given up', async () => {
    const rendering = voiceHere({ timeoutMs: 50 }).render('a', 'tr', never);
    await expect(rendering).rejects.toMatchObject({ code: 'speech.failed', message: 'the HTTP voice did not answer within 50 ms' });
    expect(seen).toHaveLength(2);
  });

  it('is left at once when nobody waits any longer, and not asked again', async () => {
    const stop = new AbortController();
    answers = [() => stop.abort()];
    await expect(voiceHere().render('a', 'tr', stop.signal)).rejects.toMatchObject({
      code: 'speech.failed',
      message: expect.stringContaining('was stopped'),
    });
    expect(seen).toHaveLength(1);
  });

  it('that is not there fails with the cause', async () => {
    const gone = createHttpVoice({ url: 'http://127.0.0.1:1/' });
    await expect(gone.render('a', 'tr', never)).rejects.toMatchObject({
      code: 'speech.failed',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('the registry of voices', () => {
  it.each(Object.keys(VOICES) as (keyof typeof VOICES)[])('makes %s, with an id for the cache and no secret in it', async (name) => {
    const voice = await createVoice(name, { voiceUrl: 'http://127.0.0.1:21001/say?voice=2', voiceToken: 'geheim' });
    expect(voice.id).not.toBe('');
    expect(voice.id).not.toContain('geheim');
  });

  it('refuses the HTTP voice without an address', async () => {
    await expect(async () => createVoice('http', { voiceUrl: undefined, voiceToken: undefined })).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });
});
