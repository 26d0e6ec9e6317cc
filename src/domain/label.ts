import { LANGUAGES, type Language } from './language.ts';

/** What people call a thing, in each language. */
export type Label = Readonly<Record<Language, string>>;

/** A label as it may be written: one text for all languages, or a text per language; a missing one takes another's. */
export type WrittenLabel = string | Readonly<Partial<Record<Language, string | undefined>>>;

/** A written label in every language. */
export function labelOf(written: WrittenLabel): Label {
  const per = typeof written === 'string' ? { tr: written, en: written } : written;
  const any = LANGUAGES.map((language) => per[language]).find((text) => text !== undefined) ?? '';
  return { tr: per.tr ?? any, en: per.en ?? any };
}
