import { readFile } from 'node:fs/promises';
import { SantralError } from '../domain/errors.ts';
import type { PromptItem } from '../flow/commands.ts';
import type { CachedSpeech } from './speech.ts';

/** A prompt as a caller hears it, as WAV bytes; null when there is nothing to hear. Rejects with `speech.failed`. */
export async function hearItem(speech: Pick<CachedSpeech, 'say' | 'fileOf'>, item: PromptItem): Promise<Buffer | null> {
  const spoken = await speech.say(item);
  switch (spoken.kind) {
    case 'nothing':
      return null;
    case 'beep':
      throw new SantralError('speech.failed', `This could not be spoken (${spoken.reason}): see the voice’s settings.`);
    case 'clip':
      return readFile(speech.fileOf(spoken.clip));
  }
}
