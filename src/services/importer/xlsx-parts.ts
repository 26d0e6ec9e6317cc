import { SaxesParser } from 'saxes';
import { SantralError } from '../../domain/errors.ts';
import type { ImportLimits } from './limits.ts';
import type { Parts } from './xlsx-zip.ts';

export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Elements and texts of a part as they come; names without their prefix. Between pieces the generator yields, so that rows can be taken. */
export async function* xmlOf(parts: Parts, name: string, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw new SantralError('request.invalid', `The workbook's part ${name} is damaged: ${error.message}`);
  });
  // A workbook has no document type; entities of one's own are a way to fill memory.
  parser.on('doctype', () => {
    throw new SantralError('request.invalid', `The workbook's part ${name} declares a document type, which no spreadsheet does.`);
  });
  parser.on('opentag', (tag) => events.open?.(bare(tag.name), tag.attributes as Record<string, string>));
  parser.on('text', (text) => events.text?.(text));
  parser.on('cdata', (text) => events.text?.(text));
  parser.on('closetag', (tag) => events.close?.(bare(tag.name)));
  for await (const piece of parts.text(name)) {
    parser.write(piece);
    yield;
  }
  parser.close();
}

async function readAll(parts: Parts, name: string, events: XmlEvents): Promise<void> {
  const reading = xmlOf(parts, name, events);
  while ((await reading.next()).done !== true);
}

export interface Workbook {
  /** The part that holds the first sheet. */
  readonly sheet: string;
  /** Days count from 1904, as on old Macintoshes. */
  readonly date1904: boolean;
}

/** Which part is the first sheet: by the workbook and its relations, as sheets may be named and ordered anyhow. */
export async function readWorkbook(parts: Parts): Promise<Workbook> {
  let id: string | undefined;
  let date1904 = false;
  await readAll(parts, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name === 'sheet') id ??= Object.entries(attributes).find(([key]) => bare(key) === 'id' && key !== 'id')?.[1];
    },
  });
  let sheet: string | undefined;
  await readAll(parts, 'xl/_rels/workbook.xml.rels', {
    open(name, attributes) {
      if (name === 'Relationship' && attributes['Id'] === id) sheet = attributes['Target'];
    },
  });
  if (id === undefined || sheet === undefined) throw new SantralError('request.invalid', 'The workbook has no sheet.');
  return { sheet: sheet.startsWith('/') ? sheet.slice(1) : `xl/${sheet.replace(/^\.\//, '')}`, date1904 };
}

/** Texts that cells share; a workbook without any has no such part. */
export async function readSharedTexts(parts: Parts, limits: ImportLimits): Promise<readonly string[]> {
  const texts: string[] = [];
  if (!parts.has('xl/sharedStrings.xml')) return texts;
  let text = '';
  let characters = 0;
  const depth = { t: 0, phonetic: 0 };
  await readAll(parts, 'xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text = '';
      if (name === 't') depth.t += 1;
      if (name === 'rPh') depth.phonetic += 1;
    },
    text(piece) {
      if (depth.t > 0 && depth.phonetic === 0) text += piece;
    },
    close(name) {
      if (name === 't') depth.t -= 1;
      if (name === 'rPh') depth.phonetic -= 1;
      if (name !== 'si') return;
      characters += text.length;
      if (characters > limits.sharedCharacters)
        throw new SantralError('request.too-large', 'The workbook holds more text than can be read at once. Save it as CSV and send that.');
      texts.push(text);
    },
  });
  return texts;
}

/** Number formats that Excel has built in and that show days: those with a time only are not among them. */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** Which cell styles (`s`) show a number as a day. */
export async function readDateStyles(parts: Parts): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  if (!parts.has('xl/styles.xml')) return dates;
  const own = new Map<number, string>();
  let inCells = false;
  let index = 0;
  await readAll(parts, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') own.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const format = Number(attributes['numFmtId'] ?? 0);
      if (BUILT_IN_DATES.has(format) || showsDay(own.get(format))) dates.add(index);
      index += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

/** A format with a day or a year in it; texts in quotes, colours and conditions in brackets do not count. */
function showsDay(code: string | undefined): boolean {
  return code !== undefined && /[dy]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
