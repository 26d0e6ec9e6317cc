import type { Language } from '../../domain/language.ts';
import { BASE, request } from './client.ts';
import { type Shape, shape } from './shape.ts';
import { type Progress, upload } from './upload.ts';

export interface ListInfo {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly contacts: number;
  readonly variables: readonly string[];
  readonly createdAt: number;
}

/** A file that was sent and waits to be confirmed. */
export interface ListFile {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly columns: readonly { readonly header: string; readonly column: string | null }[];
  readonly sample: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly sameAs: readonly string[];
}

export interface LoadInfo {
  readonly id: string;
  readonly list: string | null;
  readonly state: 'loading' | 'live' | 'superseded' | 'failed';
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  readonly duplicates: number;
  readonly bad: number;
  /** 0 to 1; null: nobody knows. */
  readonly share: number | null;
  readonly problem: string | null;
  /** The first of those that were not taken. */
  readonly rejected: readonly { readonly row: number; readonly column: string | null; readonly value: string; readonly reason: string }[];
}

/** A heading's other meaning: `phone`, `phone2`, a variable as `name:type`, or null for nothing. */
export type Columns = Readonly<Record<string, string | null>>;

export interface Confirmation {
  readonly list: string;
  readonly append: boolean;
  readonly columns: Columns;
  readonly numbers: 'several' | 'one';
}

export async function listLists(): Promise<readonly ListInfo[]> {
  return shape(await request('GET', '/lists'), 'lists')
    .list('items')
    .map((row) => ({
      ...{ id: row.text('id'), name: row.text('name'), state: row.text('state'), contacts: row.number('contacts') },
      variables: row.list('variables').map((variable) => variable.text('name')),
      createdAt: row.number('createdAt'),
    }));
}

export async function sendListFile(file: File, onProgress: Progress): Promise<ListFile> {
  const name = encodeURIComponent(file.name.slice(0, 200));
  return fileFrom(shape(await upload(`/list-files?name=${name}`, file, onProgress, { method: 'POST', type: 'text/csv' }), 'file'));
}

export async function waitingListFiles(): Promise<readonly ListFile[]> {
  return shape(await request('GET', '/list-files?limit=1'), 'files')
    .list('waiting')
    .map(fileFrom);
}

export async function previewListFile(id: string, columns: Columns): Promise<ListFile> {
  return fileFrom(shape(await request('POST', `/list-files/${id}/preview`, { columns }), 'file'));
}

export async function confirmListFile(id: string, how: Confirmation): Promise<void> {
  await request('POST', `/list-files/${id}/confirm`, how);
}

export async function discardListFile(id: string): Promise<void> {
  await request('DELETE', `/list-files/${id}`);
}

export async function askLoad(id: string): Promise<LoadInfo> {
  const load = shape(await request('GET', `/list-files/${id}`), 'load');
  const counts = load.child('counts');
  const state = load.text('state');
  return {
    ...{ id: load.text('id'), list: load.optionalText('list'), problem: load.optionalText('problem') },
    state: state === 'live' || state === 'failed' || state === 'superseded' ? state : 'loading',
    ...{ rows: counts.number('rows'), added: counts.number('added'), unchanged: counts.number('unchanged') },
    ...{ duplicates: counts.number('duplicates'), bad: counts.number('bad') },
    share: load.has('share') ? load.number('share') : null,
    rejected: load.list('rejected').map((row) => ({
      ...{ row: row.number('row'), column: row.optionalText('column'), value: row.text('value'), reason: row.text('reason') },
    })),
  };
}

/** Where the browser gets every row that was not taken. */
export function rejectedFile(id: string, language: Language): string {
  return `${BASE}/list-files/${id}/rejected.csv?language=${language}`;
}

function fileFrom(row: Shape): ListFile {
  const preview = row.child('preview');
  return {
    ...{ id: row.text('id'), name: row.text('name'), format: preview.text('format') },
    ...{ encoding: preview.optionalText('encoding'), separator: preview.optionalText('separator') },
    columns: preview.list('mapping').map((one) => ({ header: one.text('header'), column: one.optionalText('column') })),
    sample: preview.list('sample').map((one) => ({ row: one.number('row'), cells: one.texts('cells') })),
    sameAs: row.list('sameAs').map((one) => one.text('name')),
  };
}
