/** What a cell's element says. */
export interface CellTag {
  /** `s` shared text, `str` text of a formula, `inlineStr`, `b`, `e`, `d`, `n`. */
  readonly type: string;
  /** Index of its style. */
  readonly style: number;
}

const DAY_MS = 86_400_000;
/** Excel's day 0 is 30 December 1899: it believes that 1900 was a leap year, which is right from 1 March 1900 on. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Excel keeps fifteen digits of a number: what is longer has lost some. */
const EXACT_DIGITS = 15;
const LAST_DAY = 2_958_465;

export interface CellContext {
  readonly shared: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  readonly date1904: boolean;
}

/** A cell as text: numbers without exponent or trailing zeros, days as 2026-11-26. What has lost digits keeps its exponent, so that it is refused. */
export function cellText({ type, style }: CellTag, value: string, { shared, dateStyles, date1904 }: CellContext): string {
  switch (type) {
    case 's':
      return shared[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'd':
      return value.slice(0, 10);
    case 'n':
      return dateStyles.has(style) ? dayText(value, date1904) : numberText(value);
    default:
      return value;
  }
}

function dayText(value: string, date1904: boolean): string {
  const days = Number(value);
  if (value === '' || !Number.isFinite(days) || days < 0 || days > LAST_DAY) return value;
  return new Date((date1904 ? EPOCH_1904 : EPOCH_1900) + Math.floor(days) * DAY_MS).toISOString().slice(0, 10);
}

function numberText(value: string): string {
  if (/^-?\d+$/.test(value) && value.replace('-', '').length <= EXACT_DIGITS) return value;
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (Math.abs(number) >= 10 ** EXACT_DIGITS) return number.toExponential().toUpperCase();
  // Files hold 41.008199999999996 for what was typed as 41.0082.
  return String(Number(number.toPrecision(EXACT_DIGITS)));
}

/** `BC12` stands in the 55th column: 54. Undefined when the text names no cell. */
export function columnIndex(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
