import { useTranslation } from 'react-i18next';
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

/**
 * What kind of fault it is, in the language shown; null where the checker's own words, which are English, say it already, and for
 * kinds that have no words here.
 */
export function useKindOfFault(): (problem: Pick<FlowProblem, 'code'>) => string | null {
  const { t } = useTranslation();
  return ({ code }) => {
    if (currentLanguage() === 'en') return null;
    const kind = code.replace(/^flow\./, '');
    const text: string = t(`flows.text.codes.${kind as 'yaml'}`, { defaultValue: '' });
    return text === '' ? null : text;
  };
}
