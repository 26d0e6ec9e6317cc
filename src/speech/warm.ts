import { LANGUAGES } from '../domain/language.ts';
import type { CatalogueEntry } from '../flow/release.ts';
import type { PrerenderOptions, PrerenderReport } from './prerender.ts';
import type { CachedSpeech } from './speech.ts';

/** Makes the clips of all catalogue prompts without variables, in every language they have. Ends early when the signal fires. */
export async function warmCatalogue(
  speech: Pick<CachedSpeech, 'prerender'>,
  catalogue: Iterable<CatalogueEntry>,
  options: PrerenderOptions = {},
): Promise<PrerenderReport> {
  const items = Array.from(catalogue).flatMap(({ key, text }) =>
    LANGUAGES.flatMap((language) => {
      const words = text[language];
      return words === undefined || words.includes('{{') ? [] : [{ key, language, text: words }];
    }),
  );
  return speech.prerender(items, options);
}
