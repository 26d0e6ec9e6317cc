import { readFile } from 'node:fs/promises';
import { SantralError } from '../domain/errors.ts';
import type { SpeechItem } from '../flow/commands.ts';
import { writeWhole } from './clip-store.ts';
import type { CachedSpeech } from './speech.ts';
import { OWN_HEADER_BYTES, ownWavDuration, PHONE_RATE, writeWav } from './wav.ts';

const PAUSE = Buffer.alloc((400 * PHONE_RATE * 2) / 1000);

/**
 * Writes the items, one after the other with a pause, as one WAV at a fixed place (`targetPath` ends in .wav): for
 * announcements that Asterisk plays by itself, when the engine is not there. Rejects with `speech.failed` when an item
 * cannot be spoken, and leaves a file that is there already as it is.
 */
export async function renderAnnouncement(
  speech: Pick<CachedSpeech, 'prerender' | 'say' | 'fileOf'>,
  items: readonly SpeechItem[],
  targetPath: string,
): Promise<{ readonly durationMs: number }> {
  const parts: Buffer[] = [];
  // Nobody waits at the phone for these: let them take their time, then they are known.
  await speech.prerender(items);
  for (const item of items) {
    const spoken = await speech.say(item);
    if (spoken.kind === 'nothing') continue;
    if (spoken.kind === 'beep')
      throw new SantralError('speech.failed', `the announcement ${item.key ?? ''} cannot be spoken: ${spoken.reason}`);
    if (parts.length > 0) parts.push(PAUSE);
    parts.push((await readFile(speech.fileOf(spoken.clip))).subarray(OWN_HEADER_BYTES));
  }
  if (parts.length === 0) throw new SantralError('speech.failed', `there is nothing to say in the announcement ${targetPath}`);
  const wav = writeWav(samplesIn(Buffer.concat(parts)));
  await writeWhole(targetPath, wav);
  return { durationMs: ownWavDuration(wav, wav.length) ?? 0 };
}

function samplesIn(pcm: Buffer): Int16Array {
  return Int16Array.from({ length: pcm.length / 2 }, (_, i) => pcm.readInt16LE(i * 2));
}
