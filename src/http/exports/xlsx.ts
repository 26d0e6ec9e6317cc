import { zoneOffset } from '../../domain/zone-time.ts';
import type { Cell, Sheet } from './sheet.ts';
import { zipOf } from './zip.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets. */
const EPOCH = Date.UTC(1899, 11, 30);
/** As many rows as a sheet can have. */
const MOST_ROWS = 1_048_575;
const BATCH = 200;

/** Places in `cellXfs` of `STYLES`. */
const STYLE = { plain: 0, header: 1, time: 2, duration: 3, share: 4 } as const;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="166" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** A table as a workbook of one sheet, made while its rows come. Texts are texts, also where they look like formulas. */
export function xlsxOf(sheet: Sheet): AsyncGenerator<Buffer> {
  const office = `${RELATIONS}/officeDocument`;
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
  const types = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/styles.xml', 'styles')}</Types>`;
  const book = `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(sheetName(sheet.name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const inBook =
    relation('rId1', `${RELATIONS}/worksheet`, 'worksheets/sheet1.xml') + relation('rId2', `${RELATIONS}/styles`, 'styles.xml');
  return zipOf([
    { name: '[Content_Types].xml', content: [types] },
    { name: '_rels/.rels', content: [relations(relation('rId1', office, 'xl/workbook.xml'))] },
    { name: 'xl/workbook.xml', content: [book] },
    { name: 'xl/_rels/workbook.xml.rels', content: [relations(inBook)] },
    { name: 'xl/styles.xml', content: [STYLES] },
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(sheet) },
  ]);
}

function part(name: string, kind: string): string {
  return `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
}

function relations(inner: string): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
}

async function* sheetXml({ header, rows, zone }: Sheet): AsyncGenerator<string> {
  const first = header.map((title, column) => inline(title, STYLE.header, `${letters(column)}1`)).join('');
  const view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>';
  yield `${XML}<worksheet xmlns="${MAIN}">${view}<sheetData><row r="1">${first}</row>`;
  let batch = '';
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > MOST_ROWS) throw new RangeError(`a sheet has room for ${MOST_ROWS} rows; take CSV, or a shorter span`);
    const line = count + 1;
    batch += `<row r="${line}">${row.map((cell, column) => cellXml(cell, zone, `${letters(column)}${line}`)).join('')}</row>`;
    if (count % BATCH !== 0) continue;
    yield batch;
    batch = '';
  }
  yield `${batch}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, zone: string, place: string): string {
  if (cell.kind === 'text') return inline(cell.value, STYLE.plain, place);
  const { value } = cell;
  if (value === null) return '';
  switch (cell.kind) {
    case 'count':
      return number(value, STYLE.plain, place);
    case 'duration':
      return number(value / DAY_MS, STYLE.duration, place);
    case 'share':
      return number(value, STYLE.share, place);
    case 'time':
      return number((value + zoneOffset(zone, value) - EPOCH) / DAY_MS, STYLE.time, place);
  }
}

function number(value: number, style: number, place: string): string {
  return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
}

function inline(value: string, style: number, place: string): string {
  return `<c r="${place}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** A, B … Z, AA, AB … */
function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest === 0 ? '' : letters(rest - 1)}${String.fromCodePoint(65 + (column % 26))}`;
}

/** Letters that a sheet's name may not have; at most 31. */
function sheetName(name: string): string {
  return name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}

/** XML 1.0 has no control characters. */
function escaped(value: string): string {
  // oxlint-disable-next-line no-control-regex -- just these are left out
  const clean = value.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
