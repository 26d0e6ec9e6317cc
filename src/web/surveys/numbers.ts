import type { Language } from '../../domain/language.ts';
import type { SurveyFigures } from '../api/surveys.ts';

/** What is shown where there is no figure. */
export const NOTHING = '–';

/** A figure for people, one decimal at most; null is a dash, never 0. */
export function shown(value: number | null, language: Language, sign: 'signed' | 'plain' = 'plain'): string {
  if (value === null) return NOTHING;
  const signDisplay = sign === 'signed' ? 'exceptZero' : 'auto';
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay }).format(value);
}

/** `% 40` in Turkish, `40%` in English. */
export function percent(value: number | null, language: Language): string {
  if (value === null) return NOTHING;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100);
}

/** The one figure of a question that a trend or a table shows; null where there is none. */
export function mainFigure(figures: SurveyFigures): number | null {
  switch (figures.kind) {
    case 'nps':
      return figures.score;
    case 'scale':
      return figures.share;
    case 'choice':
      return null;
  }
}

/** Between which values that figure lies. */
export function spanOf(figures: SurveyFigures): { readonly low: number; readonly high: number } {
  return figures.kind === 'nps' ? { low: -100, high: 100 } : { low: 0, high: 100 };
}
