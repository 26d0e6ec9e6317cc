import type { Clock } from '../ports/clock.ts';

/** Failures and waits in vain in a row, without a success in between, after which a language's voice counts as down. */
const FAILURES = 3;
/** How long a voice that is down is left alone; then one text tries it. */
const PAUSE_MS = 10_000;
/** How long a text that failed is not tried again. */
const RETRY_AFTER_MS = 30_000;
const MAX_REMEMBERED = 5000;

/** Remembers what failed, so that a broken voice costs the first callers a moment and the others nothing. */
export interface Breaker {
  /** Why this text should not be tried now, or undefined when it should. `about`: the text itself, or the language's whole voice. */
  refuses(language: string, id: string): { readonly about: 'text' | 'voice'; readonly reason: string } | undefined;
  succeeded(language: string): void;
  failed(language: string, id: string, reason: string): void;
  /** A caller waited in vain; the text may still come. */
  late(language: string): void;
  forget(): void;
}

export function createBreaker(clock: Pick<Clock, 'now'>): Breaker {
  const texts = new Map<string, { readonly until: number; readonly reason: string }>();
  const voices = new Map<string, { failures: number; until: number; reason: string }>();
  const count = (language: string, reason: string) => {
    voices.set(language, { failures: (voices.get(language)?.failures ?? 0) + 1, until: clock.now() + PAUSE_MS, reason });
  };
  return {
    refuses(language, id) {
      const now = clock.now();
      const text = texts.get(id);
      if (text !== undefined && text.until > now) return { about: 'text', reason: text.reason };
      const voice = voices.get(language);
      if (voice === undefined || voice.failures < FAILURES) return undefined;
      if (voice.until > now) return { about: 'voice', reason: `the voice for "${language}" is down: ${voice.reason}` };
      // This one tries; the others wait for what becomes of it.
      voice.until = now + PAUSE_MS;
      return undefined;
    },
    succeeded(language) {
      voices.delete(language);
    },
    failed(language, id, reason) {
      if (texts.size >= MAX_REMEMBERED) texts.clear();
      texts.set(id, { until: clock.now() + RETRY_AFTER_MS, reason });
      count(language, reason);
    },
    late: (language) => count(language, 'it is too slow'),
    forget() {
      texts.clear();
      voices.clear();
    },
  };
}
