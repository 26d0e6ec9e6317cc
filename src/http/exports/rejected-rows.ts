import type { Language } from '../../domain/language.ts';
import { REJECTION_HEADINGS, rejectionIn } from '../../domain/rejection-words.ts';
import type { RejectedLine } from '../../ports/matching.ts';
import { BOM, csvLine } from './csv.ts';

/** Rows that were not taken, for a spreadsheet: as many as are kept, a page of them. */
export function printRejected(lines: readonly RejectedLine[], language: Language): string {
  const rows = lines.map(({ row, column, value, reason }) => csvLine([String(row), column ?? '', value, rejectionIn(language, reason)]));
  return BOM + [csvLine([...REJECTION_HEADINGS[language]]), ...rows].join('');
}
