import { SantralError } from '../../domain/errors.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { ImportLimits } from './limits.ts';
import type { OpenTable, RawRow } from './table.ts';
import { type CellContext, type CellTag, cellText, columnIndex } from './xlsx-cells.ts';
import { readDateStyles, readSharedTexts, readWorkbook, type XmlEvents, xmlOf } from './xlsx-parts.ts';
import { openParts, type Parts } from './xlsx-zip.ts';

const BATCH = 250;

/** Opens the first sheet of a workbook. Merged cells have their value in the first of them only, as the file has it. */
export async function openWorkbook(source: ByteSource, limits: ImportLimits): Promise<OpenTable> {
  const parts = await openParts(source, limits);
  try {
    const { sheet, date1904 } = await readWorkbook(parts);
    const [shared, dateStyles] = [await readSharedTexts(parts, limits), await readDateStyles(parts)];
    const rows = rowsOf(parts, sheet, { shared, dateStyles, date1904 }, limits);
    const first = await rows.next();
    const ahead: RawRow[] = first.done === true ? [] : [...first.value];
    const header = ahead[0]?.number === 1 ? ahead.shift() : undefined;
    return {
      format: 'xlsx',
      encoding: null,
      separator: null,
      header: header === undefined ? [] : trimmedEnd(header.cells),
      batches: async function* () {
        if (ahead.length > 0) yield ahead;
        yield* rows;
        parts.close();
      },
      close: async () => parts.close(),
    };
  } catch (error) {
    parts.close();
    throw error;
  }
}

/** The sheet's rows in batches; their numbers are those of the sheet. */
async function* rowsOf(parts: Parts, sheet: string, context: CellContext, limits: ImportLimits): AsyncGenerator<readonly RawRow[]> {
  let rows: RawRow[] = [];
  const reading = xmlOf(
    parts,
    sheet,
    sheetEvents(context, limits, (row) => rows.push(row)),
  );
  for await (const _piece of reading) {
    while (rows.length >= BATCH) yield rows.splice(0, BATCH);
  }
  if (rows.length > 0) yield rows;
  rows = [];
}

function sheetEvents(context: CellContext, limits: ImportLimits, take: (row: RawRow) => void): XmlEvents {
  let number = 0;
  let cells: string[] = [];
  let tag: CellTag = { type: 'n', style: 0 };
  let place = 0;
  let value = '';
  let listening = false;
  return {
    open(name, attributes) {
      if (name === 'row') {
        number = Number(attributes['r'] ?? number + 1);
        cells = [];
        place = -1;
      } else if (name === 'c') {
        place = columnIndex(attributes['r'] ?? '') ?? place + 1;
        tag = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) };
        value = '';
      } else if (name === 'v' || name === 't') listening = true;
    },
    text(piece) {
      if (!listening) return;
      value += piece;
      if (value.length > limits.cell)
        throw new SantralError('request.too-large', `A cell of row ${number} is longer than ${limits.cell} characters.`);
    },
    close(name) {
      if (name === 'v' || name === 't') listening = false;
      else if (name === 'c') {
        if (place >= limits.columns * 2) return;
        while (cells.length < place) cells.push('');
        cells[place] = cellText(tag, value, context);
      } else if (name === 'row') take({ number, cells });
    },
  };
}

/** Formatted but empty cells right of the last heading are no columns. */
function trimmedEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, last + 1);
}
