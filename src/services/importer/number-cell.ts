import { maskNumbersIn } from '../../domain/mask-number.ts';
import { type BadNumber, type E164, type NumberRules, parsePhoneNumber } from '../../domain/phone-number.ts';

export type ReadNumbers =
  | { readonly kind: 'ok'; readonly numbers: readonly E164[] }
  | { readonly kind: 'bad'; readonly value: string; readonly code: BadNumber; readonly reason: string };

/** What is wrong with a number, for whoever mends the file. */
export const NUMBER_REASONS: Readonly<Record<BadNumber, string>> = {
  empty: 'is empty',
  letters: 'holds letters; write the number only',
  'precision-lost': 'precision_lost: digits are lost (scientific notation); format the column as text in the spreadsheet',
  'several-numbers': 'holds several numbers; give one, or divide them by /',
  'too-short': 'is too short; write it with its area code',
  'too-long': 'is too long',
  'no-such-range': 'has the length of a number, but no range begins so',
  policy: 'policy: is a paid, service or short number, which nobody is recognised by',
};

/** Signs that stand between two numbers of one cell, and never within one. A slash may stand within: 0532/1234567. */
const BETWEEN = /[,;|\n]|\s-\s|\s+(?:ve|veya|and|or)\s+/i;

/** The numbers of a cell, each once: `0532 123 45 67 / 0533 123 45 67` are two. One bad number makes the cell bad. */
export function readNumbers(cell: string, rules: NumberRules): ReadNumbers {
  const whole = parsePhoneNumber(cell, rules);
  const parts = whole.kind === 'bad' && whole.reason === 'several-numbers' ? partsOf(cell) : [cell];
  const numbers: E164[] = [];
  for (const part of parts) {
    const parsed = parsePhoneNumber(part, rules);
    if (parsed.kind === 'ok') {
      if (!numbers.includes(parsed.e164)) numbers.push(parsed.e164);
      continue;
    }
    const code = parsed.kind === 'short' ? 'policy' : parsed.reason;
    return { kind: 'bad', value: maskNumbersIn(part), code, reason: NUMBER_REASONS[code] };
  }
  return numbers.length === 0 ? { kind: 'bad', value: '', code: 'empty', reason: NUMBER_REASONS.empty } : { kind: 'ok', numbers };
}

/** A row's numbers, each once, the main one first; `one`: a cell with several is a fault. */
export function numbersOfRow(
  cells: { readonly phone?: string; readonly phone2?: string },
  rules: NumberRules,
  many: 'several' | 'one',
): readonly E164[] | { readonly kind: 'bad'; readonly column: 'phone' | 'phone2'; readonly value: string; readonly reason: string } {
  const found: E164[] = [];
  for (const column of ['phone', 'phone2'] as const) {
    const cell = cells[column] ?? '';
    if (cell === '' && (column === 'phone2' || (cells.phone2 ?? '') !== '')) continue;
    const read = readNumbers(cell, rules);
    if (read.kind === 'bad') return { kind: 'bad', column, value: read.value, reason: read.reason };
    if (read.numbers.length > 1 && many === 'one') return { kind: 'bad', column, value: cell, reason: 'holds several numbers; give one' };
    for (const number of read.numbers) if (!found.includes(number)) found.push(number);
  }
  return found;
}

function partsOf(cell: string): readonly string[] {
  const parts = cell.split(BETWEEN).flatMap((part) => {
    const divided = part.split('/');
    return divided.length > 1 && divided.every((one) => one.replace(/\D/g, '').length >= 7) ? divided : [part];
  });
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
