import { fold } from '../../domain/fold.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Prompt } from '../api/prompts.ts';

export const FILTERS = ['all', 'missing', 'unrecorded', 'unused'] as const;
export type Filter = (typeof FILTERS)[number];

/** The prompts that one filter lets through and that have every word of the search in their key, their text or their flows. */
export function choosePrompts(prompts: readonly Prompt[], filter: Filter, search: string): readonly Prompt[] {
  const words = fold(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  return prompts.filter((prompt) => passes(prompt, filter) && words.every((word) => haystack(prompt).includes(word)));
}

function passes({ missing, versions, usedBy, usedByEngine }: Prompt, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'missing':
      return missing.length > 0;
    case 'unrecorded':
      // Where a recording would be heard at all.
      return LANGUAGES.some((language) => versions[language].recording === null && !versions[language].speaksValues);
    case 'unused':
      return usedBy.length === 0 && !usedByEngine;
  }
}

function haystack({ key, versions, usedBy }: Prompt): string {
  return fold([key, versions.tr.text, versions.en.text, ...usedBy.map(({ flow }) => flow)].join(' '));
}
