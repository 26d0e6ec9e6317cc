import type { DirectoryKind } from '../../domain/directory.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface DirectoryInfo {
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly label: { readonly tr: string; readonly en: string };
  readonly state: 'open' | 'closed' | 'away';
  readonly calendar: string | null;
  readonly email: string | null;
  /** Put in here, and changed here. */
  readonly kept: boolean;
  /** One after the other; all of one together. */
  readonly rounds: readonly (readonly AttemptInfo[])[];
}

export interface AttemptInfo {
  readonly kind: 'line' | 'person' | 'own';
  /** Masked for all but administrators. */
  readonly telephone: string | null;
  readonly person: string | null;
  readonly ringSeconds: number | null;
  readonly byKey: boolean;
}

export interface AbsenceInfo {
  readonly id: string;
  readonly of: Ref;
  /** UTC ms. */
  readonly from: number;
  readonly until: number;
  readonly instead: Ref | null;
  readonly createdBy: string;
}

export interface Ref {
  readonly kind: DirectoryKind;
  readonly id: string;
}

export interface NewPerson {
  readonly name: string;
  readonly email: string | null;
  /** Absent: as they are. */
  readonly telephones?: readonly ({ readonly extension: string } | { readonly number: string })[];
}

export async function directoryEntries(): Promise<readonly DirectoryInfo[]> {
  return shape(await request('GET', '/directory'), 'directory')
    .list('items')
    .map(entryFrom);
}

export async function absences(): Promise<readonly AbsenceInfo[]> {
  return shape(await request('GET', '/directory/absences'), 'absences')
    .list('items')
    .map((row) => ({
      id: row.text('id'),
      of: refFrom(row.child('of')),
      from: row.number('from'),
      until: row.number('until'),
      instead: row.has('instead') ? refFrom(row.child('instead')) : null,
      createdBy: row.text('createdBy'),
    }));
}

export async function addAbsence(of: Ref, until: number, instead: Ref | null): Promise<void> {
  await request('POST', '/directory/absences', { of, until, instead });
}

export async function removeAbsence(id: string): Promise<void> {
  await request('DELETE', `/directory/absences/${id}`);
}

export async function putPerson(id: string, person: NewPerson): Promise<void> {
  await request('PUT', `/directory/people/${encodeURIComponent(id)}`, person);
}

export async function removePerson(id: string): Promise<void> {
  await request('DELETE', `/directory/people/${encodeURIComponent(id)}`);
}

const KINDS = ['department', 'dealer', 'person'] as const;

function kindFrom(row: Shape): DirectoryKind {
  return KINDS.find((one) => one === row.text('kind')) ?? 'person';
}

function refFrom(row: Shape): Ref {
  return { kind: kindFrom(row), id: row.text('id') };
}

function entryFrom(row: Shape): DirectoryInfo {
  const label = row.child('label');
  const rounds = (row.raw as { readonly rounds: readonly unknown[] }).rounds;
  return {
    ...refFrom(row),
    label: { tr: label.text('tr'), en: label.text('en') },
    state: (['closed', 'away'] as const).find((one) => one === row.text('state')) ?? 'open',
    calendar: row.optionalText('calendar'),
    email: row.optionalText('email'),
    kept: row.flag('kept'),
    rounds: rounds.map((round, at) => shape({ round }, `rounds[${at}]`).list('round').map(attemptFrom)),
  };
}

function attemptFrom(row: Shape): AttemptInfo {
  return {
    kind: (['person', 'own'] as const).find((one) => one === row.text('kind')) ?? 'line',
    telephone: row.optionalText('telephone'),
    person: row.optionalText('person'),
    ringSeconds: row.has('ringSeconds') ? row.number('ringSeconds') : null,
    byKey: row.optionalText('accept') === 'key',
  };
}
