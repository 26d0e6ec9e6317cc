import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SantralError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Voice } from '../ports/speech.ts';
import { measure, toPcm16 } from './level.ts';
import { toPhoneRate } from './resample.ts';
import { ownWavDuration, readWav, writeWav } from './wav.ts';

/** Raise when clips of the same voice and text must be made anew. */
const FORMAT = 'santral-clip/1';
/** Quieter than this at its loudest, a sound is taken for silence; dB below full scale. */
const INAUDIBLE_DB = -55;
/** A recording with more samples at full scale than this is told about. */
const MANY_CLIPPED = 50;
const QUIET_DB = -35;

/** Names a text's clip: voice, language and words. */
export function clipId(voice: string, language: string, text: string): string {
  return createHash('sha256').update([FORMAT, voice, language, text].join('\0')).digest('hex');
}

export interface RenderLimits {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** The engine ends. */
  readonly signal: AbortSignal;
}

/** Asks the voice, for so long at most, and makes sure that what it gave can be heard. Rejects with `speech.failed`. */
export async function renderText(
  voice: Voice,
  words: { readonly text: string; readonly language: string },
  limits: RenderLimits,
): Promise<Buffer> {
  if (limits.signal.aborted) throw new SantralError('speech.failed', 'the engine is ending');
  const stop = new AbortController();
  const abort = () => stop.abort();
  const cancel = limits.clock.setTimer(limits.timeoutMs, abort);
  limits.signal.addEventListener('abort', abort, { once: true });
  try {
    // A voice that does not heed the signal must not hold a worker for ever.
    return await audible(
      await Promise.race([voice.render(words.text, words.language, stop.signal), aborted(stop.signal, limits.timeoutMs)]),
    );
  } finally {
    cancel();
    limits.signal.removeEventListener('abort', abort);
  }
}

function aborted(signal: AbortSignal, timeoutMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(new SantralError('speech.failed', `the voice did not answer within ${timeoutMs} ms, or was stopped`));
    signal.addEventListener('abort', fail, { once: true });
  });
}

async function audible(wav: Buffer): Promise<Buffer> {
  const samples = await toPhoneRate(readWav(wav));
  if (measure(samples).peakDb < INAUDIBLE_DB) throw new SantralError('speech.failed', 'the voice gave silence');
  return ownWavDuration(wav, wav.length) === undefined ? writeWav(toPcm16(samples)) : wav;
}

/** A recording's bytes and the id of its clip. */
export async function readRecording(file: string): Promise<{ readonly id: string; readonly bytes: Buffer }> {
  const bytes = await readFile(file);
  return { id: createHash('sha256').update(`${FORMAT}/recording\0`).update(bytes).digest('hex'), bytes };
}

/** A recording of any PCM format for the telephone, its level left as it was made. `complaints`: what a listener would find bad. */
export async function convertRecording(bytes: Buffer): Promise<{ readonly wav: Buffer; readonly complaints: readonly string[] }> {
  const samples = await toPhoneRate(readWav(bytes));
  const level = measure(samples);
  if (level.peakDb < INAUDIBLE_DB) throw new SantralError('speech.failed', 'the recording is silent');
  const complaints = [
    ...(level.clippedSamples > MANY_CLIPPED ? [`clipped: ${level.clippedSamples} samples at full scale; record it with less gain`] : []),
    ...(level.rmsDb < QUIET_DB ? [`quiet: ${level.rmsDb.toFixed(0)} dBFS where prompts have about -20`] : []),
  ];
  return { wav: writeWav(toPcm16(samples)), complaints };
}
