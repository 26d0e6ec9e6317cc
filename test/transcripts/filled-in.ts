import type { Language } from '../../src/domain/language.ts';
import { wordDigits, wordWhen } from '../../src/domain/wording/wording.ts';

/** What a transcript cannot know before. */
export interface AppointmentOnRecord {
  readonly code: string;
  readonly startsAt: number;
  /** What "tomorrow" is reckoned from. */
  readonly now: number;
}

const PLACE = /\{(code|when) ([1-9])\}/g;

/** A text of a transcript with `{code 1}` and `{when 1}` filled in: as they are said in a language, or as they are keyed (null). */
export async function filledIn(
  text: string,
  language: Language | null,
  appointment: (n: number) => Promise<AppointmentOnRecord>,
): Promise<string> {
  let filled = text;
  for (const [place, what, n] of text.matchAll(PLACE)) {
    const { code, startsAt, now } = await appointment(Number(n));
    const words =
      what === 'when'
        ? wordWhen(startsAt, now, 'Europe/Istanbul', language ?? 'tr')
        : language === null
          ? code
          : wordDigits(code, language);
    filled = filled.replace(place, words);
  }
  return filled;
}
