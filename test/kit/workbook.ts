import { crc32, deflateRawSync } from 'node:zlib';

/** A zip with these files, as office programs write one. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content as string);
    const packed = deflateRawSync(data);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), shared, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

export interface Fixture {
  /** Inside `<sheetData>`. */
  readonly rows: string;
  /** `<si>` elements. */
  readonly shared?: string;
  /** `<numFmts>` and `<cellXfs>`. */
  readonly styles?: string;
  readonly date1904?: boolean;
  /** Prefix of all elements of the sheet, as some programs write them. */
  readonly prefix?: string;
  /** The shared texts come after the sheet, as LibreOffice and streaming writers put them. */
  readonly sharedLast?: boolean;
  readonly target?: string;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A workbook of our own making, in the ways that Excel, LibreOffice and Google Sheets write them. */
export function workbookOf({ rows, shared, styles, date1904, prefix, sharedLast, target = 'worksheets/sheet1.xml' }: Fixture): Buffer {
  const p = prefix === undefined ? '' : `${prefix}:`;
  const ns = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  const sheetPath = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  const sheet = { [sheetPath]: `${XML}<${p}worksheet ${ns}="${MAIN}"><${p}sheetData>${rows}</${p}sheetData></${p}worksheet>` };
  const texts = shared === undefined ? {} : { 'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${shared}</sst>` };
  return zipOf({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${date1904 === true ? ' date1904="1"' : ''}/><sheets><sheet name="Müşteriler" sheetId="7" r:id="rId4"/><sheet name="B" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId2" Target="worksheets/other.xml"/><Relationship Id="rId4" Target="${target}"/></Relationships>`,
    ...(styles === undefined ? {} : { 'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>` }),
    ...(sharedLast === true ? { ...sheet, ...texts } : { ...texts, ...sheet }),
  });
}

/** A plain workbook whose cells are texts. */
export function plainWorkbook(table: readonly (readonly string[])[]): Buffer {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</t></is></c>`;
  return workbookOf({ rows: table.map((row) => `<row>${row.map(cell).join('')}</row>`).join('') });
}
