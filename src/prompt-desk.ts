import { readFile } from 'node:fs/promises';
import type { Config } from './config/config.ts';
import { SantralError } from './domain/errors.ts';
import type { IdSource } from './domain/ids.ts';
import type { Language } from './domain/language.ts';
import type { Clock } from './ports/clock.ts';
import type { Stores } from './ports/stores.ts';
import type { Releases } from './services/flows/releases.ts';
import { createPrompts, type Prompts } from './services/prompts/prompts.ts';
import type { CachedSpeech } from './speech/speech.ts';
import { createDecoder } from './speech/uploads/decoder.ts';
import { createShelf } from './speech/uploads/shelf.ts';
import { createStudio } from './speech/uploads/studio.ts';

export interface DeskParts {
  readonly config: Pick<Config, 'brand' | 'soundsDir' | 'places'>;
  readonly speech: CachedSpeech;
  readonly stores: Pick<Stores, 'audit'>;
  readonly releases: Pick<Releases, 'prompts'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
}

/** Puts together what listening to prompts and recording them takes. */
export function openPromptDesk({ config, speech, stores, releases, clock, ids }: DeskParts): Prompts {
  const shelf = createShelf({ uploadsDir: config.places.sounds, recordingsDir: config.soundsDir, changed: () => speech.reload() });
  return createPrompts({
    brand: config.brand,
    book: () => releases.prompts(),
    shelf,
    studio: createStudio(createDecoder()),
    speak: (text, language) => spokenBytes(speech, text, language),
    audit: stores.audit,
    clock,
    ids,
  });
}

async function spokenBytes(speech: CachedSpeech, text: string, language: Language): Promise<Buffer> {
  const spoken = await speech.say({ kind: 'speech', key: null, language, text, bargeIn: false, fallback: [] });
  if (spoken.kind === 'clip') return readFile(speech.fileOf(spoken.clip));
  const reason = spoken.kind === 'beep' ? spoken.reason : 'there is nothing to say in its text';
  throw new SantralError('speech.failed', `The voice could not say it: ${reason}.`);
}
