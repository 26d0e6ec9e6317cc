import { Readable } from 'node:stream';
import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { VARIABLE_TYPES } from '../../ports/list-store.ts';
import { contract, doc, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { at, idOf, maybeAt, pageSize, wholeNumber } from './common.ts';
import { mapping, rejectedLine, TABLE_TYPES, tableName, tablePreview } from './imports.ts';

const id = idOf('list', 'The list.');
const load = idOf('import', 'A file on its way into a list.');
const params = z.object({ id });
const fileParams = z.object({ id: load });
const listName = doc(z.string().trim().min(1).max(120), 'The list’s name; no other list of the brand has it.', 'Kasım hatırlatma');
const variable = z.object({
  name: doc(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be small letters, digits and _'), 'As flows read it.', 'borc_tutari'),
  type: doc(
    z.enum(VARIABLE_TYPES),
    'money: in the currency’s unit, 12.5 · date: 2026-11-30 · time: 14:30. In files they are written as Turkish or English spreadsheets do.',
    'money',
  ),
});
const values = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const columns = doc(
  mapping.optional(),
  'What headings mean, where it is not what they seem to: `phone`, `phone2`, a variable as `name:type`, or null for nothing.',
  { Kontakt: 'phone', Tutar: 'borc:money', Not: null },
);

const listView = named(
  'ContactList',
  z.object({
    id,
    name: listName,
    state: doc(
      z.enum(['loading', 'ready', 'failed']),
      'loading: its first file is under way · ready · failed: its first file failed, and it holds nothing.',
      'ready',
    ),
    variables: doc(z.array(variable), 'What is known of each contact.', [{ name: 'borc_tutari', type: 'money' }]),
    contacts: doc(z.int(), 'How many it has.', 1250),
    createdAt: at('When it was made.'),
    createdBy: doc(z.string(), 'By whom.', 'ayse'),
  }),
  'People whom campaigns call. A number is in a list once.',
);

const fileView = named(
  'ListFile',
  z.object({
    id: load,
    name: tableName,
    bytes: doc(z.int(), 'Size of the file.', 52_133),
    expiresAt: at('When it is forgotten unless it is confirmed.'),
    preview: tablePreview,
    sameAs: doc(z.array(z.object({ id, name: z.string() })), 'Lists that this very file is part of already.', []),
  }),
  'A file that was sent for a list. It lies sealed with a key that is in memory only, and nothing of it counts before it is confirmed.',
);

const loadView = named(
  'ListLoad',
  z.object({
    id: load,
    list: doc(id.nullable(), 'The list.', 'lst_01jd9v8q4k0000000000000000'),
    name: tableName,
    state: doc(
      z.enum(['loading', 'live', 'superseded', 'failed']),
      'loading: under way · live: its contacts are in the list · failed: none is.',
      'live',
    ),
    startedAt: at('When it was begun.'),
    startedBy: doc(z.string(), 'By whom.', 'ayse'),
    finishedAt: maybeAt('When it was done.'),
    counts: doc(
      z.object({ rows: z.int(), added: z.int(), changed: z.int(), unchanged: z.int(), duplicates: z.int(), bad: z.int() }),
      'The others add up to `rows`; unchanged: the number is in the list already. While it is loaded: so far.',
      { rows: 13, added: 10, changed: 0, unchanged: 0, duplicates: 0, bad: 3 },
    ),
    share: doc(z.number().nullable(), 'How much of the file has been read, 0 to 1; null when it is not under way in this engine.', 0.4),
    problem: doc(z.string().nullable(), 'Why it failed.', null),
  }),
  'A file that was loaded into a list: all of it is there, or nothing.',
);

export const listLists = contract({
  id: 'lists.list',
  method: 'GET',
  path: '/api/v1/lists',
  tag: 'lists',
  summary: 'Lists by name',
  access: OFFICE,
  reply: { status: 200, description: 'The lists.', schema: z.object({ items: z.array(listView) }) },
  errors: [],
});

export const createList = contract({
  id: 'lists.create',
  method: 'POST',
  path: '/api/v1/lists',
  tag: 'lists',
  summary: 'Make an empty list that another system adds to',
  access: OFFICE,
  body: z.strictObject({ name: listName, variables: z.array(variable).max(100).default([]) }),
  reply: { status: 201, description: 'The list.', schema: listView },
  errors: ['request.conflict'],
});

export const getList = contract({
  id: 'lists.get',
  method: 'GET',
  path: '/api/v1/lists/:id',
  tag: 'lists',
  summary: 'A list and the files it is made of',
  access: OFFICE,
  params,
  reply: { status: 200, description: 'The list; its files, newest first.', schema: listView.extend({ loads: z.array(loadView) }) },
  errors: ['request.not-found'],
});

export const removeList = contract({
  id: 'lists.remove',
  method: 'DELETE',
  path: '/api/v1/lists/:id',
  tag: 'lists',
  summary: 'Remove a list with all its contacts',
  access: OFFICE,
  params,
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict'],
});

/** Contacts of one request: a list of thousands is a file. */
const MOST_SENT = 1000;

/** Contacts as other systems send them, and what is told of them. */
export const sentContacts = {
  body: z.strictObject({
    contacts: z
      .array(
        z.strictObject({
          number: doc(z.string().min(1).max(60), 'The number, as anybody writes it.', '0532 123 45 67'),
          variables: doc(values, 'By the names of the list’s variables.', { borc_tutari: 1250.5 }).default({}),
        }),
      )
      .min(1)
      .max(MOST_SENT),
  }),
  bodyLimit: 2_000_000,
  reply: {
    status: 200,
    description: 'What became of them; the three add up to what was sent.',
    schema: z.object({
      added: doc(z.array(idOf('contact', 'A contact.')), 'The new ones.', ['ctc_01jd9v8q4k0000000000000000']),
      known: doc(z.int(), 'Their number is in the list already.', 0),
      rejected: doc(z.array(rejectedLine), 'Those that were not taken; `row` is the place in what was sent, from 1.', []),
    }),
  },
} as const;

export const appendContacts = contract({
  id: 'lists.append',
  method: 'POST',
  path: '/api/v1/lists/:id/contacts',
  tag: 'lists',
  summary: 'Add contacts from another system, also while a campaign runs',
  description: 'Good ones are added in one go, bad ones are told. The same again adds nothing.',
  access: OFFICE,
  params,
  ...sentContacts,
  errors: ['request.not-found'],
});

export const listContacts = contract({
  id: 'lists.contacts',
  method: 'GET',
  path: '/api/v1/lists/:id/contacts',
  tag: 'lists',
  summary: 'Contacts of a list in their order, numbers masked',
  access: OFFICE,
  params,
  query: z.strictObject({
    after: wholeNumber(0, 1_000_000_000, 'The `row` of the last one that was seen.', 0).default(0),
    limit: pageSize(500, 50),
  }),
  reply: {
    status: 200,
    description: 'The contacts; `next` is null when there are no more.',
    schema: z.object({
      items: z.array(
        z.object({
          id: idOf('contact', 'The contact.'),
          row: doc(z.int(), 'Place in the list.', 1),
          number: doc(z.string(), 'The number, masked.', '+90 5** *** ** 67'),
          variables: doc(values, 'What is known of them.', { name: 'Ayşe Yılmaz' }),
        }),
      ),
      next: z.int().nullable(),
    }),
  },
  errors: ['request.not-found'],
});

export const uploadListFile = contract({
  id: 'list-files.upload',
  method: 'POST',
  path: '/api/v1/list-files',
  tag: 'lists',
  summary: 'Send a file of contacts and see what would be read of it',
  description: 'CSV (any usual encoding and separator), XLSX or a JSON list. Look at the preview, then confirm.',
  access: OFFICE,
  query: z.strictObject({ name: tableName }),
  body: doc(z.instanceof(Readable), 'The file as it is.'),
  bodyStream: true,
  consumes: TABLE_TYPES,
  ratePerMinute: 20,
  reply: { status: 201, description: 'The file, and how it is understood.', schema: fileView },
  errors: [],
});

export const waitingListFiles = contract({
  id: 'list-files.list',
  method: 'GET',
  path: '/api/v1/list-files',
  tag: 'lists',
  summary: 'Files that wait to be confirmed, and files that were loaded, newest first',
  access: OFFICE,
  query: z.strictObject({ limit: pageSize(200, 50) }),
  reply: { status: 200, description: 'Both lists.', schema: z.object({ waiting: z.array(fileView), items: z.array(loadView) }) },
  errors: [],
});

export const previewListFile = contract({
  id: 'list-files.preview',
  method: 'POST',
  path: '/api/v1/list-files/:id/preview',
  tag: 'lists',
  summary: 'Look at a waiting file with other meanings of its headings',
  access: OFFICE,
  params: fileParams,
  body: z.strictObject({ columns }),
  reply: { status: 200, description: 'The file, and how it is understood then.', schema: fileView },
  errors: ['request.not-found'],
});

export const confirmListFile = contract({
  id: 'list-files.confirm',
  method: 'POST',
  path: '/api/v1/list-files/:id/confirm',
  tag: 'lists',
  summary: 'Load a waiting file into a list',
  description:
    'It is loaded behind this answer; `GET /api/v1/list-files/:id` tells how far it is. The same file into the same list adds nothing. While another file of the brand is loaded, this one goes on waiting.',
  access: OFFICE,
  params: fileParams,
  body: z.strictObject({
    list: listName,
    append: doc(z.boolean(), 'true: the list may be there already, with other files.', false).default(false),
    columns,
    numbers: doc(
      z.enum(['several', 'one']),
      'several: a cell may hold several numbers, divided by /; the first is called.',
      'several',
    ).default('several'),
  }),
  reply: { status: 202, description: 'It is being loaded.', schema: z.object({ id: load, list: id }) },
  errors: ['request.not-found', 'request.conflict'],
});

export const getListFile = contract({
  id: 'list-files.get',
  method: 'GET',
  path: '/api/v1/list-files/:id',
  tag: 'lists',
  summary: 'How far a file is, or what became of it; of the rows that were not taken the first hundred',
  access: OFFICE,
  params: fileParams,
  reply: { status: 200, description: 'The load.', schema: loadView.extend({ rejected: z.array(rejectedLine) }) },
  errors: ['request.not-found'],
});

export const rejectedListRows = contract({
  id: 'list-files.rejected',
  method: 'GET',
  path: '/api/v1/list-files/:id/rejected.csv',
  tag: 'lists',
  summary: 'The rows that were not taken, as a file for a spreadsheet',
  description: 'A hundred thousand of them at most; the counts are always whole.',
  access: OFFICE,
  params: fileParams,
  query: z.strictObject({ language: doc(z.enum(LANGUAGES), 'In whose words the reasons stand.', 'tr').default('en') }),
  reply: {
    status: 200,
    description: 'CSV with a byte order mark and semicolons.',
    schema: z.string(),
    contentType: 'text/csv; charset=utf-8',
  },
  errors: ['request.not-found'],
});

export const discardListFile = contract({
  id: 'list-files.discard',
  method: 'DELETE',
  path: '/api/v1/list-files/:id',
  tag: 'lists',
  summary: 'Forget a waiting file',
  access: OFFICE,
  params: fileParams,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});
