import { type Language, languageChain } from '../domain/language.ts';
import type { ValueMap } from '../domain/value.ts';
import type { SpeechItem } from './commands.ts';
import { Fault } from './fault.ts';
import type { Release } from './release.ts';
import { Scope } from './scope.ts';
import { compileTemplate } from './template.ts';

/** Longer than anything that is said of a queue. */
const MOST_CHARACTERS = 2000;

export interface PromptContext {
  readonly language: Language;
  readonly zone: string;
  /** UTC ms. */
  readonly now: number;
}

/**
 * A catalogue prompt that the engine says itself, with values of its own, to its end; `words` stand where the catalogue
 * has no such key. null when nothing can be said: no text, or one that reads what it is not given.
 */
export function renderCataloguePrompt(
  { catalogue }: Pick<Release, 'catalogue'>,
  key: string,
  values: ValueMap,
  { language, zone, now }: PromptContext,
  words: Readonly<Partial<Record<Language, string>>> = {},
): SpeechItem | null {
  const texts = catalogue.get(key)?.text ?? words;
  const said = languageChain(language).flatMap((one) => {
    const text = texts[one];
    const rendered = text === undefined ? null : renderText(text, values, { language: one, zone, now });
    return rendered === null ? [] : [{ ...rendered, language: one }];
  });
  const [first, ...fallback] = said;
  if (first === undefined) return null;
  const item = { language: first.language, text: first.text, bargeIn: false, fallback: fallback.map(({ fixed: _fixed, ...one }) => one) };
  return { kind: 'speech', key: first.fixed ? key : null, ...item };
}

function renderText(text: string, values: ValueMap, context: PromptContext): { readonly text: string; readonly fixed: boolean } | null {
  const { template } = compileTemplate(text);
  try {
    return { text: template.render(Scope.of(values), context, MOST_CHARACTERS), fixed: template.fixed !== null };
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
