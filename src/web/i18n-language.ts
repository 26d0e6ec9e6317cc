import { isLanguage, type Language } from '../domain/language.ts';

/** The language chosen before, else the browser's first that we speak, else English. */
export function startLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}
