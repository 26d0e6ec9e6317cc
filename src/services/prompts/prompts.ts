import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { CatalogueEntry } from '../../flow/release.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingRemark, RecordingShelf, RecordingStudio } from '../../ports/prompt-recordings.ts';
import { createGate } from '../gate.ts';
import { listPrompts, type PromptBook, type PromptListing, speaksValues } from './prompt-list.ts';

/** Recordings converted at once, and how many more wait: calls need the processor, too. */
const AT_ONCE = 1;
const WAITING = 10;

export interface PromptDeps {
  readonly brand: BrandId;
  /** The prompts in force. */
  readonly book: () => PromptBook;
  readonly shelf: RecordingShelf;
  readonly studio: RecordingStudio;
  /** A text as the voice says it: WAV. Rejects with `speech.failed`. */
  readonly speak: (text: string, language: Language) => Promise<Buffer>;
  readonly audit: AuditStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
}

export interface PutRecording {
  readonly durationMs: number;
  readonly remarks: readonly RecordingRemark[];
}

/** Prompts as managers see, hear and record them. */
export interface Prompts {
  list(): Promise<PromptListing>;
  /** The recording, or the voice where there is none. Rejects with `request.not-found`, `speech.failed`. */
  hear(key: string, language: Language): Promise<{ readonly wav: Buffer; readonly source: 'recording' | 'voice' }>;
  /** Rejects with `audio.*` for what is no recording, `request.conflict` where none would be heard. */
  record(key: string, language: Language, bytes: Buffer, by: string, signal: AbortSignal): Promise<PutRecording>;
  /** Rejects with `request.not-found`, or `request.conflict` where the prompt would have no words left. */
  unrecord(key: string, language: Language, by: string): Promise<void>;
}

export function createPrompts(deps: PromptDeps): Prompts {
  const { brand, book, shelf, studio, audit, clock, ids } = deps;
  const gate = createGate(AT_ONCE, WAITING, 'Too many recordings are being made ready. Try again in a minute.');

  function entryOf(key: string): CatalogueEntry {
    const entry = book().catalogue.get(key);
    if (entry === undefined) throw new SantralError('request.not-found', `The catalogue has no prompt "${key}".`);
    return entry;
  }

  function note(what: AuditEntry['what'], subject: string, actor: string, details: AuditEntry['details']): Promise<void> {
    return audit.add({ id: ids.next('audit'), brand, at: clock.now(), actor, via: 'api', what, subject, details });
  }

  return {
    list: async () => listPrompts(book(), await shelf.list(), await audit.latest(brand, 'recording-put')),
    async hear(key, language) {
      const text = entryOf(key).text[language] ?? null;
      const recorded = speaksValues(text) ? undefined : await shelf.read(language, key);
      if (recorded !== undefined) return { wav: recorded, source: 'recording' };
      if (text === null) throw new SantralError('request.not-found', `"${key}" has neither text nor recording in ${language}.`);
      return { wav: await deps.speak(withoutValues(text), language), source: 'voice' };
    },
    async record(key, language, bytes, by, signal) {
      if (speaksValues(entryOf(key).text[language] ?? null))
        throw new SantralError(
          'request.conflict',
          `"${key}" speaks values of the call, so that the voice says it every time: a recording would never be heard.`,
        );
      const { wav, durationMs, remarks } = await gate(() => studio.prepare(bytes, signal));
      // Noted first: nothing is heard of which nobody knows where it came from.
      await note('recording-put', `${language}/${key}`, by, { durationMs: Math.round(durationMs), remarks: [...remarks] });
      await shelf.put(language, key, wav);
      return { durationMs: Math.round(durationMs), remarks };
    },
    async unrecord(key, language, by) {
      const { text } = entryOf(key);
      const found = (await shelf.list()).find((one) => one.key === key && one.language === language);
      if (found?.origin !== 'uploaded')
        throw new SantralError(
          'request.not-found',
          `No recording was uploaded for "${key}" in ${language}. Those in the directory of the catalogue are removed there.`,
        );
      if (text[language] === undefined && book().uses.some((use) => use.key === key))
        throw new SantralError(
          'request.conflict',
          `"${key}" has no text in ${language}: without its recording callers would hear nothing. Write the text in ${entryOf(key).file} first.`,
        );
      await note('recording-removed', `${language}/${key}`, by, {});
      await shelf.remove(language, key);
    },
  };
}

/** What stands for a value is a short pause to the ear. */
function withoutValues(text: string): string {
  return text.replaceAll(/\{\{[^}]*\}\}/g, '…');
}
