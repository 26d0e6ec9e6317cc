import path from 'node:path';
import { LANGUAGES } from './domain/language.ts';
import type { Release } from './flow/release.ts';
import type { Log } from './ports/log.ts';
import { renderAnnouncement } from './speech/announcement.ts';
import type { CachedSpeech } from './speech/speech.ts';
import { warmCatalogue } from './speech/warm.ts';

/** Announcements that Asterisk plays by itself, and the files its dialplan knows them by. */
const ANNOUNCEMENTS: readonly { readonly key: string; readonly file: string }[] = [
  { key: 'engine.unavailable', file: 'unavailable' },
  { key: 'engine.demo-dealer', file: 'demo-dealer' },
];

export interface WarmOptions {
  readonly speech: CachedSpeech;
  readonly release: Release | null;
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Renders everything that can be known before a call: Asterisk's own announcements, then the catalogue. Never rejects. */
export async function warmSpeech({ speech, release, dir, signal, log }: WarmOptions): Promise<void> {
  if (release === null) return;
  for (const { key, file } of ANNOUNCEMENTS) {
    for (const language of LANGUAGES) {
      const text = release.catalogue.get(key)?.text[language];
      if (text === undefined || signal.aborted) continue;
      const item = { kind: 'speech', key, language, text, bargeIn: false, fallback: [] } as const;
      await renderAnnouncement(speech, [item], path.join(dir, 'fixed', `${file}-${language}.wav`)).catch((error: unknown) =>
        log.error({ prompt: key, language, err: error }, 'an announcement of Asterisk’s own could not be rendered'),
      );
    }
  }
  const report = await warmCatalogue(speech, release.catalogue.values(), { signal });
  log.info({ ...report }, 'prompts are ready');
}
