import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import { fold } from '../../domain/fold.ts';
import { type BadNumber, parsePhoneNumber } from '../../domain/phone-number.ts';
import { parsePostcode, provinceOfPostcode } from '../../domain/postcode.ts';
import { PROVINCES, provinceOf } from '../../domain/provinces.ts';
import { parseWeeklyHours } from '../../domain/weekly-hours.ts';
import type { ColumnAliases, TableRow } from '../importer/headers.ts';

export type DealerColumn =
  | 'code'
  | 'name'
  | 'province'
  | 'district'
  | 'address'
  | 'postcode'
  | 'phone'
  | 'hours'
  | 'latitude'
  | 'longitude';

export const DEALER_COLUMNS: ColumnAliases<DealerColumn> = {
  code: ['code', 'kod', 'bayi kodu', 'bayi no', 'dealer code', 'dealer'],
  name: ['name', 'ad', 'adi', 'isim', 'unvan', 'bayi', 'bayi adi', 'bayi unvani', 'dealer name', 'title'],
  province: ['province', 'il', 'plaka', 'il kodu', 'plaka kodu', 'sehir', 'city', 'plate', 'plate code'],
  district: ['district', 'ilce', 'semt', 'ilce semt', 'town'],
  address: ['address', 'adres', 'acik adres', 'street'],
  postcode: ['postcode', 'posta kodu', 'postakodu', 'pk', 'post code', 'postal code', 'zip', 'zip code'],
  phone: ['phone', 'telefon', 'tel', 'telefon no', 'telefon numarasi', 'numara', 'phone number', 'gsm', 'cep', 'cep tel', 'msisdn'],
  hours: ['hours', 'calisma saatleri', 'saatler', 'mesai', 'mesai saatleri', 'opening hours', 'acik'],
  latitude: ['latitude', 'enlem', 'lat'],
  longitude: ['longitude', 'boylam', 'lon', 'lng', 'long'],
};
/** Columns a table of dealers cannot do without. The province may come from the postcode. */
export const NEEDED_COLUMNS: readonly DealerColumn[] = ['code', 'name', 'district', 'address', 'postcode', 'phone', 'hours'];

/** What is wrong with one cell; `column` is null when it is the row as a whole. */
export interface CellFault {
  readonly column: DealerColumn | null;
  readonly value: string;
  readonly reason: string;
}

export type ReadDealer =
  | { readonly kind: 'ok'; readonly dealer: Dealer }
  | { readonly kind: 'bad'; readonly faults: readonly [CellFault, ...CellFault[]] };

const LONGEST_TEXT = 200;
/** Turkey with a margin: outside it, latitude and longitude are most likely swapped. */
const TURKEY = { latitude: [35, 43], longitude: [25, 46] } as const;
const PHONE_REASONS: Readonly<Record<BadNumber, string>> = {
  empty: 'is empty',
  letters: 'holds letters; write the number only',
  'precision-lost': 'has lost digits (scientific notation); format the column as text in the spreadsheet',
  'several-numbers': 'holds several numbers; give one',
  'too-short': 'is too short; write it with its area code',
  'too-long': 'is too long',
  'no-such-range': 'has the length of a number, but no range begins so',
  policy: 'is a paid or short number, which callers are not connected to',
};

/** Reads one row; every fault of it is told. */
export function readDealer(row: TableRow<DealerColumn>, brand: BrandId): ReadDealer {
  const faults: CellFault[] = [];
  const cell = (column: DealerColumn) => row.cells[column] ?? '';
  const fault = (column: DealerColumn | null, reason: string) =>
    void faults.push({ column, value: column === null ? '' : cell(column), reason });
  const text = (column: DealerColumn, pattern: RegExp, reason: string) => {
    if (cell(column) === '') fault(column, 'is empty');
    else if (!pattern.test(cell(column))) fault(column, reason);
    return cell(column);
  };
  const plain = (column: DealerColumn) =>
    text(column, new RegExp(`^[^\\p{C}]{1,${LONGEST_TEXT}}$`, 'u'), `is longer than ${LONGEST_TEXT} characters`);

  if (row.surplus > 0) fault(null, 'has more cells than the header; is there a separator within a text that is not quoted?');
  const read = {
    brand,
    code: text('code', /^[\p{L}\d][\p{L}\d._/-]{0,39}$/u, 'must be 1 to 40 letters, digits, dots and dashes'),
    name: plain('name'),
    ...readPlace(cell, fault),
    district: plain('district'),
    address: plain('address'),
    phone: readPhone(cell('phone'), (reason) => fault('phone', reason)),
    hours: readHours(cell('hours'), (reason) => fault('hours', reason)),
    ...readCoordinates(cell, fault),
  };
  const [first, ...more] = faults;
  if (first !== undefined) return { kind: 'bad', faults: [first, ...more] };
  const { province, postcode, hours } = read;
  if (province === undefined || postcode === undefined || hours === undefined) throw new TypeError('a cell was refused without a fault');
  return { kind: 'ok', dealer: { ...read, province, postcode, hours } };
}

type Cells = (column: DealerColumn) => string;
type Fault = (column: DealerColumn, reason: string) => void;

/** Province and postcode, which must agree: a postcode's first two digits are the plate code. */
function readPlace(cell: Cells, fault: Fault): { province: number | undefined; postcode: string | undefined } {
  const postcode = parsePostcode(cell('postcode'));
  if (postcode === undefined) {
    fault('postcode', cell('postcode') === '' ? 'is empty' : 'is not a postcode: five digits that begin with a plate code, 01 to 81');
  }
  const written = cell('province');
  const own = postcode === undefined ? undefined : provinceOfPostcode(postcode);
  const province = written === '' ? own : provinceNamed(written);
  if (written !== '' && province === undefined) fault('province', 'is neither a plate code (1 to 81) nor the name of a province');
  if (province !== undefined && own !== undefined && province !== own) {
    fault('postcode', `belongs to ${own.name} (${own.code}), not to ${province.name} (${province.code})`);
  }
  return { province: province?.code, postcode };
}

function provinceNamed(text: string) {
  if (/^\d{1,2}(?:[.,]0+)?$/.test(text)) return provinceOf(Number.parseInt(text, 10));
  const folded = fold(text);
  return PROVINCES.find((province) => fold(province.name) === folded);
}

function readPhone(text: string, fault: (reason: string) => void): string {
  const parsed = parsePhoneNumber(text, { region: 'TR', allow: ['service-444', 'nationwide', 'toll-free'] });
  if (parsed.kind === 'ok') return parsed.e164;
  fault(PHONE_REASONS[parsed.kind === 'bad' ? parsed.reason : 'policy']);
  return '';
}

function readHours(text: string, fault: (reason: string) => void): Dealer['hours'] | undefined {
  const parsed = parseWeeklyHours(text);
  if (parsed.kind === 'ok') return parsed.hours;
  fault(parsed.problems.join('; '));
  return undefined;
}

function readCoordinates(cell: Cells, fault: Fault): { latitude: number | null; longitude: number | null } {
  const one = (column: 'latitude' | 'longitude'): number | null => {
    const text = cell(column).replace(',', '.');
    if (text === '') return null;
    const [least, most] = TURKEY[column];
    const value = /^-?\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) fault(column, 'is not a number of degrees such as 41.0082');
    else if (value < least || value > most) fault(column, `is outside Turkey (${least} to ${most}); are latitude and longitude swapped?`);
    return value;
  };
  const latitude = one('latitude');
  const longitude = one('longitude');
  if ((latitude === null) !== (longitude === null)) fault(latitude === null ? 'latitude' : 'longitude', 'is empty, and its partner is not');
  return { latitude, longitude };
}
