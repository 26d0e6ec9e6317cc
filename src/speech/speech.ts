import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { SantralError } from '../domain/errors.ts';
import type { SpeechItem } from '../flow/commands.ts';
import type { Clock } from '../ports/clock.ts';
import type { Clip, Speech, Spoken } from '../ports/speech.ts';
import { type FixedSound, writeFixedSounds } from './fixed-sounds.ts';
import { type ClipLibrary, createClipLibrary } from './library.ts';
import type { SpeechOptions } from './options.ts';
import { type PrerenderOptions, type PrerenderReport, prerenderAll } from './prerender.ts';
import type { Outcome, Want } from './want.ts';

export interface CachedSpeech extends Speech {
  fixed(name: FixedSound): Clip;
  /** Makes clips before anybody asks for them, behind what callers need. Failures are counted, never thrown. */
  prerender(items: readonly Want[], options?: PrerenderOptions): Promise<PrerenderReport>;
  /** The file (with extension) of a clip, as the engine sees it. */
  fileOf(clip: Clip): string;
  /** After recordings were added, changed or removed, or the voice was mended. */
  reload(): Promise<void>;
  /** Housekeeping of the disk cache; runs by itself every ten minutes. */
  sweep(): Promise<{ readonly files: number; readonly bytes: number; readonly removed: number }>;
  /** Stops timers and renderings. */
  close(): void;
}

/** Share of the time left that the wanted language gets while another one could still stand in. */
const SHARE = 0.7;
const SWEEP_EVERY_MS = 600_000;

/** Text to audio, kept on disk and in memory. Rejects with `speech.failed` when the directory cannot be written. */
export async function createSpeech(options: SpeechOptions): Promise<CachedSpeech> {
  const { dir, seenAs = dir, clock, log, workers } = options;
  const fixed = await prepare(dir, seenAs);
  const library = createClipLibrary({ ...options, seenAs });
  await library.reload();
  const sweep = async () => {
    const { files, bytes, removed } = await library.sweep();
    return { files, bytes, removed: removed.length };
  };
  const stopSweeping = every(clock, SWEEP_EVERY_MS, () =>
    sweep().catch((error: unknown) => log.warn({ reason: String(error) }, 'housekeeping of the speech cache failed')),
  );
  return {
    beep: () => fixed.beep,
    fixed: (name) => fixed[name],
    say: async (item) => library.recall(item) ?? find(item, library, fixed.beep, options),
    prerender: (items, limits = {}) => prerenderAll(items, workers, library, limits),
    fileOf: (clip) => `${path.join(dir, path.posix.relative(seenAs, clip.path))}.wav`,
    reload: () => library.reload(),
    sweep,
    close() {
      stopSweeping();
      library.close();
    },
  };
}

/** The wanted language, then the others while there is time, then the beep. Renderings that come too late go on for the next caller. */
async function find(item: SpeechItem, library: ClipLibrary, beep: Clip, { clock, budgetMs }: SpeechOptions): Promise<Spoken> {
  const wants: Want[] = [item, ...item.fallback.map((other) => ({ ...other, key: item.key }))];
  const deadline = clock.now() + budgetMs;
  const reasons: string[] = [];
  for (const [index, want] of wants.entries()) {
    const left = (deadline - clock.now()) * (index < wants.length - 1 ? SHARE : 1);
    const outcome = library.recall(want) ?? (await within(want, left, library, clock));
    if (outcome.kind === 'nothing' && index === 0) return outcome;
    if (outcome.kind === 'clip') return index === 0 ? outcome : { ...outcome, fallback: true };
    reasons.push(`${want.language}: ${outcome.kind === 'failed' ? outcome.reason : 'its text is empty'}`);
  }
  const reason = reasons.join('; ');
  const name = `${item.language} ${item.key ?? item.text}`;
  library.warnOnce(name, { key: item.key, language: item.language, reason }, 'a prompt could not be spoken; the beep is played instead');
  return { kind: 'beep', clip: beep, reason };
}

/** The outcome if it comes in time; the work itself goes on. */
function within(want: Want, ms: number, library: ClipLibrary, clock: Clock): Promise<Outcome> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(Math.max(0, ms), () => {
      library.late(want);
      resolve({ kind: 'failed', reason: 'it was not ready in time' });
    });
    // It never rejects.
    void library.obtain(want, 'live').then(resolve).finally(cancel);
  });
}

async function prepare(dir: string, seenAs: string): Promise<Readonly<Record<FixedSound, Clip>>> {
  try {
    await mkdir(dir, { recursive: true });
    return await writeFixedSounds(dir, seenAs);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SantralError(
      'speech.failed',
      `The speech directory ${dir} cannot be written (${why}): make it writable, or set SANTRAL_DATA.`,
      {
        cause: error,
      },
    );
  }
}

/** Runs the work again and again, `ms` after it ended; the answer stops it. */
function every(clock: Clock, ms: number, work: () => Promise<unknown>): () => void {
  let isStopped = false;
  let cancel: (() => void) | undefined;
  const later = () => {
    if (!isStopped) cancel = clock.setTimer(ms, () => void work().then(later));
  };
  later();
  return () => {
    isStopped = true;
    cancel?.();
  };
}
