import type { Migration } from '../ddl.ts';

/** Labels of numbers per language: `label` is the Turkish one; null in `label_en` means the same text. */
export const numberLabels: Migration = {
  version: 7,
  name: 'number-labels',
  statements: ({ text }) => [`alter table numbers add column label_en ${text}`],
};
