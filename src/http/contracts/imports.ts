import { Readable } from 'node:stream';
import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { MATCH_KINDS } from '../../ports/matching.ts';
import { contract, doc, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { at, idOf, maybeAt, pageSize } from './common.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What the file is, is found out by looking into it; JSON tables come as text/json, as application/json is the API's own. */
export const TABLE_TYPES = ['text/csv', WORKBOOK_TYPE, 'text/json'] as const;

const id = idOf('import', 'The import.');
const params = z.object({ id });
const kind = doc(
  z.enum(MATCH_KINDS),
  'customers: whom callers are matched with · segments: whose number belongs to which segment.',
  'customers',
);
export const tableName = doc(z.string().max(200), 'The file’s name, for people; numbers in it are masked.', 'musteriler.csv');
const name = tableName;
export const mapping = doc(
  z.record(z.string().max(200), z.string().max(40).nullable()),
  'What headings mean, where it is not what they seem to: a column, or null for nothing.',
  { Kontakt: 'phone', Not: null },
);

/** How a table is understood, before anything is taken from it. */
export const tablePreview = z.object({
  format: doc(z.enum(['csv', 'xlsx', 'json']), 'What kind of file it is.', 'csv'),
  encoding: doc(z.string().nullable(), 'How its letters are written; null for a workbook.', 'windows-1254'),
  separator: doc(z.string().nullable(), 'What stands between cells; null where nothing does.', ';'),
  mapping: doc(
    z.array(z.object({ header: z.string(), column: z.string().nullable() })),
    'Each heading, numbers masked, and what it is taken for.',
    [{ header: 'Telefon', column: 'phone' }],
  ),
  sample: doc(z.array(z.object({ row: z.int(), cells: z.array(z.string()) })), 'The first twenty rows, numbers masked.', [
    { row: 2, cells: ['+90 5** *** ** 17'] },
  ]),
});

/** A row that was not taken. */
export const rejectedLine = z.object({
  row: doc(z.int(), 'Row of the spreadsheet; the headings are row 1.', 12),
  column: doc(z.string().nullable(), 'The column; null when the whole row is meant.', 'phone'),
  value: doc(z.string(), 'What stands there, numbers masked.', '9,05E+11'),
  reason: doc(z.string(), 'Why it was not taken.', 'is too short; write it with its area code'),
});

const stagedView = named(
  'StagedFile',
  z.object({
    id,
    kind,
    name,
    bytes: doc(z.int(), 'Size of the file.', 52_133),
    expiresAt: at('When it is forgotten unless it is confirmed.'),
    preview: tablePreview,
  }),
  'A file that was sent. It lies sealed with a key that is in memory only, and nothing of it counts before it is confirmed.',
);

const importView = named(
  'Import',
  z.object({
    id,
    kind,
    name,
    state: doc(
      z.enum(['loading', 'live', 'superseded', 'failed']),
      'loading: under way · live: counts · superseded: a later file took its place · failed: nothing of it counts.',
      'live',
    ),
    startedAt: at('When it was begun.'),
    startedBy: doc(z.string(), 'By whom.', 'ayse'),
    finishedAt: maybeAt('When it was done.'),
    counts: doc(
      z.object({ rows: z.int(), added: z.int(), changed: z.int(), unchanged: z.int(), duplicates: z.int(), bad: z.int() }),
      'The others add up to `rows`.',
      { rows: 13, added: 10, changed: 0, unchanged: 0, duplicates: 0, bad: 3 },
    ),
    problem: doc(z.string().nullable(), 'Why it failed.', null),
  }),
  'A file that was loaded: all of it counts, or none.',
);

export const uploadImport = contract({
  id: 'imports.upload',
  method: 'POST',
  path: '/api/v1/imports',
  tag: 'matching',
  summary: 'Send a file and see what would be read of it',
  description: 'CSV (any usual encoding and separator), XLSX or a JSON list. Look at the preview, then confirm.',
  access: OFFICE,
  query: z.strictObject({ kind, name }),
  body: doc(z.instanceof(Readable), 'The file as it is.'),
  bodyStream: true,
  consumes: TABLE_TYPES,
  ratePerMinute: 20,
  reply: { status: 201, description: 'The file, and how it is understood.', schema: stagedView },
  errors: [],
});

export const listImports = contract({
  id: 'imports.list',
  method: 'GET',
  path: '/api/v1/imports',
  tag: 'matching',
  summary: 'Files that wait to be confirmed, and files that were loaded, newest first',
  access: OFFICE,
  query: z.strictObject({ limit: pageSize(200, 50) }),
  reply: { status: 200, description: 'Both lists.', schema: z.object({ waiting: z.array(stagedView), items: z.array(importView) }) },
  errors: [],
});

export const getImport = contract({
  id: 'imports.get',
  method: 'GET',
  path: '/api/v1/imports/:id',
  tag: 'matching',
  summary: 'What became of a file, and the rows that were not taken',
  access: OFFICE,
  params,
  reply: {
    status: 200,
    description: 'The import; of its bad and repeated rows the first thousand.',
    schema: importView.extend({
      rejected: z.array(rejectedLine),
    }),
  },
  errors: ['request.not-found'],
});

export const rejectedRows = contract({
  id: 'imports.rejected',
  method: 'GET',
  path: '/api/v1/imports/:id/rejected.csv',
  tag: 'matching',
  summary: 'The rows that were not taken, as a file for a spreadsheet',
  access: OFFICE,
  params,
  query: z.strictObject({ language: doc(z.enum(LANGUAGES), 'In whose words the reasons stand.', 'tr').default('en') }),
  reply: {
    status: 200,
    description: 'CSV with a byte order mark and semicolons.',
    schema: z.string(),
    contentType: 'text/csv; charset=utf-8',
  },
  errors: ['request.not-found'],
});

export const previewImport = contract({
  id: 'imports.preview',
  method: 'POST',
  path: '/api/v1/imports/:id/preview',
  tag: 'matching',
  summary: 'Look at a waiting file with other meanings of its headings',
  access: OFFICE,
  params,
  body: z.strictObject({ mapping }),
  reply: { status: 200, description: 'The file, and how it is understood then.', schema: stagedView },
  errors: ['request.not-found'],
});

export const confirmImport = contract({
  id: 'imports.confirm',
  method: 'POST',
  path: '/api/v1/imports/:id/confirm',
  tag: 'matching',
  summary: 'Load a waiting file',
  description:
    'It is loaded behind this answer; `GET /api/v1/imports/:id` tells when it counts. While another file of the brand is loaded, this one goes on waiting.',
  access: OFFICE,
  params,
  body: z.strictObject({
    mapping: mapping.optional(),
    replace: doc(
      z.boolean(),
      'true: the file is the whole list; who is not in it is forgotten, and so is whoever’s row is bad. A file of which no row is taken fails, and changes nothing.',
      false,
    ).default(false),
    numbers: doc(z.enum(['several', 'one']), 'several: a cell may hold several numbers, divided by /.', 'several').default('several'),
  }),
  reply: { status: 202, description: 'It is being loaded.', schema: z.object({ id }) },
  errors: ['request.not-found', 'request.conflict'],
});

export const discardImport = contract({
  id: 'imports.discard',
  method: 'DELETE',
  path: '/api/v1/imports/:id',
  tag: 'matching',
  summary: 'Forget a waiting file',
  access: OFFICE,
  params,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});
