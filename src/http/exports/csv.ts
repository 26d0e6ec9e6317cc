import { zoneOffset } from '../../domain/zone-time.ts';
import type { Cell, Sheet } from './sheet.ts';

/** Excel takes a file for UTF-8 by it. */
export const BOM = '﻿';
const SEPARATOR = ';';
const LINE = '\r\n';
/** Lines that leave together. */
const BATCH = 200;

/** A table as CSV for spreadsheets: BOM, semicolons, the language's decimal sign. Durations are seconds, shares percent. */
export async function* csvOf({ header, rows, zone, language }: Sheet): AsyncGenerator<string> {
  const decimal = language === 'tr' ? ',' : '.';
  let batch = [BOM + csvLine(header)];
  for await (const row of rows) {
    batch.push(lineOf(row.map((cell) => shown(cell, zone, decimal))));
    if (batch.length < BATCH) continue;
    yield batch.join('');
    batch = [];
  }
  yield batch.join('');
}

/** A line of texts alone. */
export function csvLine(texts: readonly string[]): string {
  return lineOf(texts.map(harmless));
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(quoted).join(SEPARATOR)}${LINE}`;
}

function shown(cell: Cell, zone: string, decimal: string): string {
  if (cell.kind === 'text') return harmless(cell.value);
  if (cell.value === null) return '';
  switch (cell.kind) {
    case 'count':
      return String(cell.value);
    case 'duration':
      return numberText(cell.value / 1000, 1, decimal);
    case 'share':
      return numberText(cell.value * 100, 2, decimal);
    case 'time':
      return localText(cell.value, zone);
  }
}

/** At most so many decimals, without zeros at the end. */
function numberText(value: number, decimals: number, decimal: string): string {
  return String(Number(value.toFixed(decimals))).replace('.', decimal);
}

/** `2026-03-02 09:15` by the zone's clock. */
export function localText(utcMs: number, zone: string): string {
  return new Date(utcMs + zoneOffset(zone, utcMs)).toISOString().slice(0, 16).replace('T', ' ');
}

/** A text that a spreadsheet would take for a formula is made a text. */
function harmless(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function quoted(value: string): string {
  return /[";\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
