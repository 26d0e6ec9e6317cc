import type { RejectedLine } from '../../ports/matching.ts';

/** Rows that were not taken, for a spreadsheet: byte order mark and semicolons, as Turkish Excel wants it. */
export function printRejected(lines: readonly RejectedLine[]): string {
  const rows = lines.map(({ row, column, value, reason }) => [String(row), column ?? '', value, reason].map(cellOf).join(';'));
  return `\uFEFF${['row;column;value;reason', ...rows].join('\r\n')}\r\n`;
}

/** Always quoted; what a spreadsheet would take for a formula gets an apostrophe. */
function cellOf(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
