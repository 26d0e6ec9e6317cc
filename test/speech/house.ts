import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SantralError } from '../../src/domain/errors.ts';
import type { Language } from '../../src/domain/language.ts';
import type { SpeechItem } from '../../src/flow/commands.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Voice } from '../../src/ports/speech.ts';
import type { SpeechOptions } from '../../src/speech/options.ts';
import { createSpeech } from '../../src/speech/speech.ts';
import { encodeTones } from '../../src/speech/tones.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { type VirtualClock, virtualClock } from '../kit/virtual-clock.ts';

export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

/** A log that remembers. */
export function listeningLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const line = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message });
  const log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error'), child: () => log, lines };
  return log;
}

type Answer = Buffer | Error | 'hang' | 'deaf';

/** A voice whose answers a test chooses. hang: until it is aborted. deaf: for ever. */
export function fakeVoice(
  answer: (text: string, language: string) => Answer | Promise<Answer> = (text, language) => writeWav(encodeTones(language, text)),
) {
  const asked: string[] = [];
  const voice: Voice & { readonly asked: string[]; running: number; most: number } = {
    id: 'fake/1',
    asked,
    running: 0,
    most: 0,
    async render(text, language, signal) {
      asked.push(`${language}: ${text}`);
      voice.running += 1;
      voice.most = Math.max(voice.most, voice.running);
      try {
        await nextTurn();
        const given = await answer(text, language);
        if (given === 'deaf') return await new Promise<Buffer>(() => undefined);
        if (given === 'hang') {
          return await new Promise<Buffer>((_resolve, reject) => {
            const stop = () => reject(new SantralError('speech.failed', 'stopped'));
            if (signal.aborted) stop();
            signal.addEventListener('abort', stop);
          });
        }
        if (given instanceof Error) throw given;
        return given;
      } finally {
        voice.running -= 1;
      }
    },
  };
  return voice;
}

export interface House {
  readonly dir: string;
  readonly sounds: string;
  readonly log: ReturnType<typeof listeningLog>;
  readonly clock: VirtualClock;
  speech(voice: Voice, options?: Partial<SpeechOptions>): ReturnType<typeof createSpeech>;
  record(language: Language, key: string, wav: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** A speech room in a directory of its own, on a clock that passes when told. */
export async function openHouse(): Promise<House> {
  const root = await mkdtemp(path.join(tmpdir(), 'santral-speech-'));
  const [dir, sounds] = [path.join(root, 'speech'), path.join(root, 'sounds')];
  const log = listeningLog();
  // The age of files counts from the machine's own clock.
  const clock = virtualClock(Date.now());
  const opened: { close(): void }[] = [];
  return {
    dir,
    sounds,
    log,
    clock,
    async speech(voice, options = {}) {
      const speech = await createSpeech({ dir, recordingsDir: sounds, voice, clock, log, workers: 2, budgetMs: 3000, ...options });
      opened.push(speech);
      return speech;
    },
    async record(language, key, wav) {
      const file = path.join(sounds, language, `${key}.wav`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, wav);
    },
    async close() {
      for (const one of opened) one.close();
      await rm(root, { recursive: true });
    },
  };
}

export function item(text: string, more: Partial<SpeechItem> = {}): SpeechItem {
  return { kind: 'speech', key: null, language: 'tr', text, bargeIn: true, fallback: [], ...more };
}

/** Waits, without a clock, until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurn();
}
