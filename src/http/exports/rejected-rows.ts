import type { RejectedLine } from '../../ports/matching.ts';
import { BOM, csvLine } from './csv.ts';

/** Rows that were not taken, for a spreadsheet: as many as are kept, a page of them. */
export function printRejected(lines: readonly RejectedLine[]): string {
  const rows = lines.map(({ row, column, value, reason }) => csvLine([String(row), column ?? '', value, reason]));
  return BOM + [csvLine(['row', 'column', 'value', 'reason']), ...rows].join('');
}
