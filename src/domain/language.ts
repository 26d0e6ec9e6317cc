/** A language Santral speaks and writes. Flows, prompts and screens exist in each of them. */
export const LANGUAGES = ['tr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The languages to try for a prompt, best first: the wanted one, then the declared chain, then the rest. */
export function languageChain(wanted: Language, declared: readonly Language[] = []): Language[] {
  const chain = [wanted];
  for (const language of declared) if (!chain.includes(language)) chain.push(language);
  for (const language of LANGUAGES) if (!chain.includes(language)) chain.push(language);
  return chain;
}
