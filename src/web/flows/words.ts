import { useTranslation } from 'react-i18next';
import type { Language } from '../../domain/language.ts';
import type { FlowProblem } from '../api/flow-problems.ts';
import type { Words } from '../api/workshop.ts';
import { currentLanguage } from '../i18n.ts';

/** A type of node in the user's words; one that is not known by its name in the language. */
export function useTypeName(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => t(`feed.type.${type as 'say'}`, { defaultValue: type });
}

/** The text of the language shown, else the other one, else what stands in for it. */
export function wordsIn(words: Words, instead: string): string {
  return words[currentLanguage()] ?? words.tr ?? words.en ?? instead;
}

/** A problem as the page tells it. */
interface ToldProblem {
  readonly language: Language;
  readonly message: string;
  readonly remedy: string;
}

/** A problem in the language shown, or in another one; in English where it is told in English only. */
export function problemWords(
  { message, remedy, tr }: Pick<FlowProblem, 'message' | 'remedy' | 'tr'>,
  language = currentLanguage(),
): ToldProblem {
  return language === 'tr' && tr !== null ? { language, ...tr } : { language: 'en', message, remedy };
}
