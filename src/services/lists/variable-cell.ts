import { isTime } from '../../domain/day.ts';
import { fold } from '../../domain/fold.ts';
import type { VariableType } from '../../ports/list-store.ts';
import { isoDay } from '../importer/day-cell.ts';

/** How a table writes decimals: `comma` 1.234,50 as Turkish spreadsheets do, `point` 1,234.50. */
export type DecimalSign = 'comma' | 'point';

export const LONGEST_VARIABLE = 500;
const MOST_DIGITS = 15;
const CURRENCY = /(?:₺|\$|€|\b(?:tl|try|usd|eur|lira|euro)\b)\.?/giu;
/** How most amounts are written: no thousands apart, the lira behind it. Everything else is taken to pieces below. */
const PLAIN_AMOUNT = {
  comma: /^(-?\d{1,12})(?:,(\d{1,2}))?(?: TL| ?₺)?$/,
  point: /^(-?\d{1,12})(?:\.(\d{1,2}))?(?: TL| ?₺)?$/,
} as const;
const MONEY_HEADING =
  /\b(?:tutar|tutari|borc|borcu|bakiye|bakiyesi|fiyat|fiyati|ucret|ucreti|taksit|amount|balance|price|debt|total|fee)\b/;
const CODE_HEADING = /\b(?:no|kod|kodu|id|numara|numarasi|tckn|vkn|plaka|code|number|posta|zip|postcode)\b/;

/** What is wrong with a cell of a type, for whoever mends the file. */
export const VARIABLE_REASONS: Readonly<Record<VariableType, string>> = {
  text: `is longer than ${LONGEST_VARIABLE} characters`,
  number: 'is no number such as 12 or 12,5',
  date: 'is no day such as 2026-11-30 or 30.11.2026',
  time: 'is no time such as 14:30',
  money: 'is no amount such as 1.234,50 TL; two digits stand behind the decimal sign at most',
};

/** A cell as flows read it: money in the currency's unit (12.5), days and times as ISO text. An empty cell is null, as text ''. Undefined when it is none of that type. */
export function readVariable(type: VariableType, cell: string, sign: DecimalSign): string | number | null | undefined {
  if (type === 'text') return cell.length > LONGEST_VARIABLE ? undefined : cell;
  if (cell === '') return null;
  switch (type) {
    case 'number':
      return readDecimal(cell, sign);
    case 'money':
      return readMoney(cell, sign);
    case 'time':
      return readTime(cell);
    case 'date':
      return readDate(cell);
  }
}

/** The type that all these cells have, by what they look like and what the column is called; text when in doubt. */
export function guessType(heading: string, cells: readonly string[], sign: DecimalSign): VariableType {
  const filled = cells.filter((cell) => cell !== '');
  const all = (type: VariableType): boolean => filled.every((cell) => readVariable(type, cell, sign) !== undefined);
  if (filled.length === 0) return 'text';
  if (all('date')) return 'date';
  if (all('time')) return 'time';
  const name = fold(heading.replace(/[_.:*-]+/g, ' '));
  if (all('money') && (MONEY_HEADING.test(name) || filled.every((cell) => cell.search(CURRENCY) >= 0))) return 'money';
  // What begins with a zero, or is called a code, is read digit by digit.
  const counted = filled.every((cell) => !/^[+-]?0\d/.test(cell));
  return counted && !CODE_HEADING.test(name) && all('number') ? 'number' : 'text';
}

function readDecimal(cell: string, sign: DecimalSign): number | undefined {
  const plain = cell.replace(/[\s\u00a0\u202f']/g, '').replace(/^\+/, '');
  if (!/^-?[\d.,]*\d[\d.,]*$/.test(plain) || plain.replace(/\D/g, '').length > MOST_DIGITS) return undefined;
  const text = withPoint(plain, sign);
  return text === undefined ? undefined : Number(text);
}

/** The same number with a point and nothing between thousands; undefined when the signs stand where no number has them. */
function withPoint(text: string, sign: DecimalSign): string | undefined {
  const [own, other] = sign === 'comma' ? [',', '.'] : ['.', ','];
  const [whole = '', part, ...more] = text.split(own);
  if (more.length > 0) return ungrouped(text, own);
  if (part === undefined) {
    if (!whole.includes(other)) return whole;
    // 1234.5 in a Turkish table: three digits would be thousands, anything else cannot be.
    const grouped = ungrouped(whole, other);
    const [front = '', back = '', ...rest] = whole.split(other);
    return grouped ?? (rest.length === 0 && front !== '' && back.length !== 3 && back !== '' ? `${front}.${back}` : undefined);
  }
  if (part.includes(other)) {
    // 1,234.50 in a Turkish table: the sign that stands last is the decimal one.
    const [front, last] = [text.slice(0, text.lastIndexOf(other)), text.slice(text.lastIndexOf(other) + 1)];
    const grouped = ungrouped(front, own);
    return grouped === undefined || last === '' ? undefined : `${grouped}.${last}`;
  }
  const grouped = whole.includes(other) ? ungrouped(whole, other) : whole;
  return grouped === undefined || grouped === '' || part === '' ? undefined : `${grouped}.${part}`;
}

/** Digits in groups of three without what stands between them; undefined when they are not in such groups. */
function ungrouped(text: string, between: string): string | undefined {
  const groups = text.split(between);
  const [first = '', ...others] = groups;
  return /^-?\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group)) ? groups.join('') : undefined;
}

function readMoney(cell: string, sign: DecimalSign): number | undefined {
  const plain = PLAIN_AMOUNT[sign].exec(cell);
  if (plain !== null) return Number(`${plain[1]}.${plain[2] ?? 0}`);
  const amount = readDecimal(cell.replace(CURRENCY, ''), sign);
  if (amount === undefined) return undefined;
  const cents = Number(`${amount}e2`);
  return Number.isInteger(cents) ? amount : undefined;
}

function readTime(cell: string): string | undefined {
  const found = /^(\d{1,2})[:.](\d{2})(?::\d{2})?$/.exec(cell);
  const time = found === null ? '' : `${(found[1] ?? '').padStart(2, '0')}:${found[2]}`;
  return isTime(time) ? time : undefined;
}

/** A midnight behind it is what spreadsheets write who know of no day alone. */
function readDate(cell: string): string | undefined {
  return isoDay(cell) ?? isoDay(cell.replace(/[\sT]0{1,2}:00(?::00)?$/, ''));
}
