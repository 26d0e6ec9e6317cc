import { parsePlate } from '../../domain/appointments/plate.ts';
import type { BrandId } from '../../domain/brand.ts';
import { fold } from '../../domain/fold.ts';
import { type CustomerRecord, usual } from '../../domain/matching/customer-record.ts';
import type { MatchForm } from '../../domain/matching/match-mode.ts';
import type { NumberRules } from '../../domain/phone-number.ts';
import type { StagedCustomer } from '../../ports/matching.ts';
import { readDay } from '../importer/day-cell.ts';
import type { ColumnAliases, TableRow } from '../importer/headers.ts';
import { numbersOfRow } from '../importer/number-cell.ts';
import { fixedColumns, type ReadRow, type RowReader } from '../importer/prepare.ts';
import type { NumberTokens } from './number-tokens.ts';

export type CustomerColumn =
  | 'phone'
  | 'phone2'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'customerNo'
  | 'city'
  | 'segment'
  | 'birthYear'
  | 'postcode'
  | 'plate'
  | 'idLast4'
  | 'dealer'
  | 'lastContact'
  | 'appointment';

export const CUSTOMER_COLUMNS: ColumnAliases<CustomerColumn> = {
  phone: [
    'phone',
    'telefon',
    'gsm',
    'cep',
    'cep tel',
    'cep telefonu',
    'cep no',
    'tel',
    'numara',
    'msisdn',
    'telefon no',
    'telefon numarasi',
    'phone number',
    'mobile',
    'telefon 1',
    'tel 1',
    'gsm 1',
    'cep 1',
    'phone 1',
  ],
  phone2: [
    'phone2',
    'phone 2',
    'telefon2',
    'telefon 2',
    'tel 2',
    'gsm 2',
    'cep 2',
    'ikinci telefon',
    'diger telefon',
    'ev telefonu',
    'is telefonu',
  ],
  name: [
    'name',
    'ad soyad',
    'adi soyadi',
    'isim',
    'isim soyisim',
    'musteri',
    'musteri adi',
    'unvan',
    'full name',
    'customer',
    'customer name',
  ],
  firstName: ['first name', 'ad', 'adi', 'given name'],
  lastName: ['last name', 'soyad', 'soyadi', 'soyisim', 'surname', 'family name'],
  customerNo: [
    'customer no',
    'musteri no',
    'musteri numarasi',
    'musteri kodu',
    'customer number',
    'customer id',
    'customerno',
    'cari kodu',
    'uye no',
    'id',
  ],
  city: ['city', 'il', 'sehir', 'province', 'town'],
  segment: ['segment', 'grup', 'sinif', 'musteri tipi', 'customer type'],
  birthYear: ['birth year', 'dogum yili', 'dogum tarihi', 'birth date', 'date of birth', 'birthyear', 'birthday'],
  postcode: ['postcode', 'posta kodu', 'postakodu', 'pk', 'post code', 'postal code', 'zip', 'zip code'],
  plate: ['plate', 'plaka', 'arac plakasi', 'plaka no', 'number plate'],
  idLast4: ['id last 4', 'tckn son 4', 'tc son 4', 'kimlik son 4', 'tc kimlik son 4', 'idlast4', 'id last four'],
  dealer: ['dealer', 'bayi', 'bayi kodu', 'bayi no', 'dealer code'],
  lastContact: ['last contact', 'son iletisim', 'son gorusme', 'son arama', 'son islem tarihi', 'son temas', 'lastcontact'],
  appointment: ['appointment', 'randevu', 'acik randevu', 'randevu tarihi', 'open appointment'],
};

export interface CustomerParams {
  readonly brand: BrandId;
  readonly form: MatchForm;
  readonly rules: NumberRules;
  /** one: a cell with two numbers is a fault. */
  readonly numbers: 'several' | 'one';
  readonly zone: string;
}

const LONGEST_TEXT = 200;
const LONGEST_CODE = 40;
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2100;

/** Reads customers: of their numbers only the keys of the form leave this function. */
export function customerReader(tokens: NumberTokens, params: CustomerParams): RowReader<StagedCustomer> {
  return fixedColumns<CustomerColumn, StagedCustomer>({
    columns: CUSTOMER_COLUMNS,
    needed: ['phone'],
    read: (row) => readCustomer(row, tokens, params),
  });
}

type Fault = { readonly kind: 'bad'; readonly column: CustomerColumn; readonly value: string; readonly reason: string };

function readCustomer(row: TableRow<CustomerColumn>, tokens: NumberTokens, params: CustomerParams): ReadRow<StagedCustomer> {
  const numbers = numbersOfRow(row.cells, params.rules, params.numbers);
  if ('kind' in numbers) return numbers;
  const record = readRecord(row, params.zone);
  if ('kind' in record) return record;
  const keys: string[] = [];
  for (const number of numbers) {
    const key = tokens.key(params.brand, params.form, number);
    if (key !== undefined && !keys.includes(key)) keys.push(key);
  }
  const no = record.customerNo === '' ? null : customerNoText(record.customerNo);
  const customer = tokens.identity(params.brand, no ?? `number ${numbers[0] ?? ''} ${fold(record.name)}`);
  const digest = tokens.identity(params.brand, `row ${JSON.stringify([record, params.form, keys])}`);
  return { kind: 'ok', identity: customer, record: () => ({ customer, record, form: params.form, keys, digest }) };
}

/** What a customer's number at the brand is made a token from: the same however it is typed. */
export function customerNoText(customerNo: string): string {
  return `no ${usual('customer-no', customerNo)}`;
}

function readRecord(row: TableRow<CustomerColumn>, zone: string): CustomerRecord | Fault {
  const cell = (column: CustomerColumn): string => row.cells[column] ?? '';
  const fault = (column: CustomerColumn, reason: string): Fault => ({ kind: 'bad', column, value: cell(column), reason });
  const long = (['name', 'firstName', 'lastName', 'city', 'segment'] as const).find((column) => cell(column).length > LONGEST_TEXT);
  if (long !== undefined) return fault(long, `is longer than ${LONGEST_TEXT} characters`);
  const code = (['customerNo', 'dealer', 'plate', 'postcode'] as const).find((column) => cell(column).length > LONGEST_CODE);
  if (code !== undefined) return fault(code, `is longer than ${LONGEST_CODE} characters`);
  const birthYear = yearIn(cell('birthYear'));
  if (birthYear === undefined) return fault('birthYear', 'is neither a year such as 1984 nor a day such as 31.12.1984');
  if (!/^(?:\d{4})?$/.test(cell('idLast4'))) return fault('idLast4', 'must be the last four digits');
  const lastContactAt = maybeDay(cell('lastContact'), zone);
  if (lastContactAt === undefined) return fault('lastContact', 'is not a day such as 2026-11-30 or 30.11.2026');
  const appointmentAt = maybeDay(cell('appointment'), zone);
  if (appointmentAt === undefined) return fault('appointment', 'is not a day such as 2026-11-30 or 30.11.2026');
  return {
    name: cell('name') || `${cell('firstName')} ${cell('lastName')}`.trim(),
    city: cell('city'),
    customerNo: cell('customerNo'),
    birthYear,
    postcode: cell('postcode'),
    plate: parsePlate(cell('plate')) ?? cell('plate'),
    idLast4: cell('idLast4'),
    segment: cell('segment'),
    dealer: cell('dealer'),
    lastContactAt,
    appointmentAt,
  };
}

function yearIn(cell: string): string | undefined {
  if (cell === '') return '';
  const year = /^(\d{4})$/.exec(cell)?.[1] ?? (/(?:^|\D)(\d{4})(?:\D|$)/.exec(cell)?.[1] || undefined);
  return year !== undefined && Number(year) >= EARLIEST_YEAR && Number(year) <= LATEST_YEAR ? year : undefined;
}

function maybeDay(cell: string, zone: string): number | null | undefined {
  return cell === '' ? null : readDay(cell, zone);
}
