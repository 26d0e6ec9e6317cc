import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Release } from '../src/flow/release.ts';
import { createSpeech } from '../src/speech/speech.ts';
import { tonesVoice } from '../src/speech/tones.ts';
import { warmSpeech } from '../src/warm-speech.ts';
import { silentLog } from './kit/asterisk.ts';
import { virtualClock } from './kit/virtual-clock.ts';

const KEYS = ['engine.unavailable', 'engine.demo-dealer'];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-warm-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('every file that the dialplan plays is rendered before it can be needed', async () => {
  const dialplan = readFileSync(new URL('../asterisk-config/extensions.conf', import.meta.url), 'utf8');
  const played = [...dialplan.matchAll(/\{\{speechDir\}\}\/fixed\/([a-z-]+)/g)].map(([, name]) => name as string);
  expect(played).toEqual(['unavailable-tr', 'unavailable-en', 'demo-dealer-tr', 'demo-dealer-en']);
  const entry = (key: string) => ({ key, text: { tr: `${key} Türkçe`, en: `${key} in English` }, file: 'sounds/engine.yaml', line: 1 });
  const release: Release = { id: 1, flows: new Map(), catalogue: new Map(KEYS.map((key) => [key, entry(key)])), calendars: new Map() };
  const options = { dir, recordingsDir: dir, voice: tonesVoice, clock: virtualClock(), log: silentLog, workers: 1, budgetMs: 3000 };
  const speech = await createSpeech(options);
  await warmSpeech({ speech, release, dir, signal: new AbortController().signal, log: silentLog });
  speech.close();
  expect(played.filter((name) => !existsSync(path.join(dir, 'fixed', `${name}.wav`)))).toEqual([]);
});
