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
export interface ToldProblem {
  readonly language: Language;
  /** What kind of fault it is, in Turkish, where the rest is told in English only. */
  readonly kind: string | null;
  readonly message: string;
  readonly remedy: string;
}

/** A problem in the language shown, or in another one. */
export function useProblemWords(): (problem: Pick<FlowProblem, 'code' | 'message' | 'remedy' | 'tr'>, language?: Language) => ToldProblem {
  const { t } = useTranslation();
  return ({ code, message, remedy, tr }, language = currentLanguage()) => {
    if (language === 'en') return { language: 'en', kind: null, message, remedy };
    if (tr !== null) return { language: 'tr', kind: null, ...tr };
    const kind: string = t(`flows.text.codes.${code.replace(/^flow\./, '') as 'yaml'}`, { defaultValue: '' });
    return { language: 'en', kind: kind === '' ? null : kind, message, remedy };
  };
}
