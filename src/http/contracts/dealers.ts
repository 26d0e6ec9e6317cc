import { z } from 'zod';
import { contract, doc, EVERYBODY, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { pageSize, wholeNumber } from './common.ts';
import { TABLE_TYPES } from './imports.ts';

const code = doc(z.string().min(1).max(40), 'The dealer’s code, unique within the brand.', 'IST-001');
const dealerParams = z.object({ code });
const text = z.string().max(1000);

/** What each field must look like is said by the same rules that read a file of dealers. */
const dealerBody = z.strictObject({
  name: doc(text, 'Name, as it is read out.', 'Yıldız Otomotiv'),
  province: doc(z.int(), 'Turkish plate code; taken from the postcode when nothing is said.', 34).optional(),
  district: doc(text, 'District.', 'Kadıköy'),
  address: doc(text, 'Address, as it is read out.', 'Bağdat Caddesi No 12'),
  postcode: doc(text, 'Five digits that begin with the plate code.', '34710'),
  phone: doc(text, 'Phone number in any usual form; kept as E.164.', '0212 555 00 10'),
  hours: doc(text, 'Opening hours, in Turkish or English; holidays come from the calendar.', 'mon-fri 09:00-18:00; sat 10:00-14:00'),
  latitude: doc(z.number().nullable(), 'WGS 84 degrees.', 40.98).default(null),
  longitude: doc(z.number().nullable(), 'WGS 84 degrees.', 29.03).default(null),
});

const dealerView = named(
  'Dealer',
  z.object({
    code,
    name: z.string(),
    province: z.int(),
    district: z.string(),
    address: z.string(),
    postcode: z.string(),
    phone: doc(z.string(), 'E.164.', '+902125550010'),
    hours: doc(z.string(), 'Opening hours.', 'mon-fri 09:00-18:00; sat 10:00-14:00'),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  }),
  'A place customers are sent to.',
);

const importReport = named(
  'DealerImport',
  z.object({
    rows: doc(z.int(), 'Rows of data in the file.', 40),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    dryRun: z.boolean(),
    encoding: doc(z.string().nullable(), 'How the file’s letters were written; null for a workbook.', 'windows-1254'),
    separator: doc(z.string().nullable(), 'What stands between its cells; null where no separator does.', ';'),
    ignoredColumns: doc(z.array(z.string()), 'Headings that mean nothing to the import.', []),
    bad: doc(
      z.array(
        z.object({
          row: doc(z.int(), 'Row of the spreadsheet; the headings are row 1.', 7),
          column: doc(z.string().nullable(), 'Heading of the column; null when the whole row is meant.', 'postcode'),
          value: doc(z.string(), 'What stands there.', '3471'),
          reason: doc(z.string(), 'Why it cannot be taken.', 'must be five digits'),
        }),
      ),
      'Rows that were left out; the others were taken.',
    ),
  }),
  'What became of a file of dealers.',
);

export const listDealers = contract({
  id: 'dealers.list',
  method: 'GET',
  path: '/api/v1/dealers',
  tag: 'dealers',
  summary: 'Dealers by code, by pages',
  access: EVERYBODY,
  query: z.strictObject({
    province: wholeNumber(1, 81, 'Only dealers of this plate code.', 34).optional(),
    after: doc(code, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 100),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(dealerView), next: doc(z.string().nullable(), 'Pass it as `after`; null on the last page.', null) }),
  },
  errors: [],
});

export const getDealer = contract({
  id: 'dealers.get',
  method: 'GET',
  path: '/api/v1/dealers/:code',
  tag: 'dealers',
  summary: 'One dealer',
  access: EVERYBODY,
  params: dealerParams,
  reply: { status: 200, description: 'The dealer.', schema: dealerView },
  errors: ['request.not-found'],
});

export const putDealer = contract({
  id: 'dealers.put',
  method: 'PUT',
  path: '/api/v1/dealers/:code',
  tag: 'dealers',
  summary: 'Add or replace a dealer',
  access: OFFICE,
  params: dealerParams,
  body: dealerBody,
  reply: { status: 200, description: 'The dealer as it is now.', schema: dealerView },
  errors: [],
});

export const removeDealer = contract({
  id: 'dealers.remove',
  method: 'DELETE',
  path: '/api/v1/dealers/:code',
  tag: 'dealers',
  summary: 'Remove a dealer',
  access: OFFICE,
  params: dealerParams,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const importDealers = contract({
  id: 'dealers.import',
  method: 'POST',
  path: '/api/v1/dealers/import',
  tag: 'dealers',
  summary: 'Add or replace dealers from a file',
  description:
    'The file as it is: CSV with comma or semicolon, UTF-8 or windows-1254; a workbook (XLSX); a JSON list. Good rows are taken in one go, bad ones are reported.',
  access: OFFICE,
  query: z.strictObject({ dryRun: doc(z.stringbool(), 'true: report only, store nothing.', 'true').optional() }),
  body: doc(z.instanceof(Buffer), 'The bytes of the file.'),
  consumes: TABLE_TYPES,
  bodyLimit: 10_000_000,
  reply: { status: 200, description: 'The report.', schema: importReport },
  errors: [],
});
