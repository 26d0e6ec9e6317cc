import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PromptItem } from '../../src/flow/commands.ts';
import type { Spoken } from '../../src/ports/speech.ts';
import { hearItem } from '../../src/speech/hear.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'santral-hear-'));
  await writeFile(path.join(dir, 'clip.wav'), 'RIFF');
});
afterAll(() => rm(dir, { recursive: true }));

const ITEM: PromptItem = { kind: 'speech', key: null, language: 'tr', text: 'Merhaba.', bargeIn: true, fallback: [] };
const clip = { path: '/seen/clip', durationMs: 20 };
const speaking = (spoken: Spoken) => ({ say: async () => spoken, fileOf: () => path.join(dir, 'clip.wav') });

test('gives the bytes of what a caller would hear', async () => {
  expect(String(await hearItem(speaking({ kind: 'clip', clip, source: 'cache', fallback: false }), ITEM))).toBe('RIFF');
});

test('gives nothing where there is nothing to hear', async () => {
  expect(await hearItem(speaking({ kind: 'nothing' }), ITEM)).toBeNull();
});

test('says why when it cannot be spoken', async () => {
  await expect(hearItem(speaking({ kind: 'beep', clip, reason: 'tr: the voice is away' }), ITEM)).rejects.toMatchObject({
    code: 'speech.failed',
    message: expect.stringContaining('tr: the voice is away'),
  });
});
