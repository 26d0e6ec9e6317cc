import { maskNumbersIn } from '../../domain/mask-number.ts';

const LONGEST_SHOWN = 80;
/** More digits in a row than a heading has (`TC Son 4`, `2026`); numbers, dates and codes have them. */
const DATA = /\d{5}|\d[\d\s().\-/]{6,}\d|@|^\s*\d+(?:[.,]\d+)?\s*$/;
const DIGIT_RUN = /\d{3}/;

/** A heading for the eyes of who sent the file: numbers masked, and cut where it is long. */
export function shownHeading(heading: string): string {
  const masked = maskNumbersIn(heading.trim());
  return masked.length > LONGEST_SHOWN ? `${masked.slice(0, LONGEST_SHOWN)}…` : masked;
}

/**
 * Which headings that mean nothing a message may quote; messages stand in logs and reports. Without a header the first row
 * is somebody's number and name: none of a row that looks like data is quoted, nor of one in which nothing was understood.
 */
export function quotableHeadings(header: readonly string[], unknown: readonly string[], understood: number): readonly string[] {
  if (understood === 0 || header.some((cell) => DATA.test(cell))) return [];
  return unknown.filter((cell) => !DIGIT_RUN.test(cell)).map(shownHeading);
}

/** ` Not understood: …` for the end of a message, or what to do when nothing may be quoted. */
export function notUnderstood(header: readonly string[], unknown: readonly string[], understood: number): string {
  if (unknown.length === 0) return '';
  const quoted = quotableHeadings(header, unknown, understood);
  if (quoted.length > 0) return ` Not understood: ${quoted.join(', ')}.`;
  return ' The first row must hold the names of the columns; it seems to hold none of them.';
}
