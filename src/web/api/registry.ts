import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** How things stand with the national registry of consents. Times in UTC ms. */
export interface RegistryInfo {
  readonly isLinked: boolean;
  readonly isStale: boolean;
  readonly staleHours: number;
  readonly pulledAt: number | null;
  /** Why the last reading failed; null: it did not. */
  readonly error: string | null;
  readonly gapFrom: number | null;
  readonly waiting: number;
  readonly alarms: number;
  readonly firstDueAt: number | null;
  readonly accepted: number;
  readonly skipped: number;
  readonly dead: number;
  /** Consents and changes that could not be read there. */
  readonly unread: number;
}

export interface SendInfo {
  readonly id: string;
  /** Masked. */
  readonly recipient: string | null;
  readonly type: string | null;
  readonly status: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly dueAt: number;
  readonly isAlarm: boolean;
}

export async function askRegistry(): Promise<RegistryInfo> {
  return infoFrom(shape(await request('GET', '/consent-registry'), 'registry'));
}

export async function readRegistry(): Promise<RegistryInfo> {
  return infoFrom(shape(await request('POST', '/consent-registry/pull'), 'registry'));
}

/** The newest dead letters. */
export async function listDeadSends(): Promise<readonly SendInfo[]> {
  const page = shape(await request('GET', '/consent-registry/sends?dead=true'), 'sends');
  return page.list('items').map(sendFrom);
}

export async function replaySend(id: string): Promise<void> {
  await request('POST', `/consent-registry/sends/${id}/replay`);
}

function infoFrom(row: Shape): RegistryInfo {
  const pulls = row.list('pulls');
  const gaps = pulls.flatMap((pull) => timeOf(pull, 'gapFrom') ?? []);
  return {
    isLinked: row.flag('isLinked'),
    isStale: row.flag('isStale'),
    staleHours: row.number('staleHours'),
    pulledAt: timeOf(row, 'pulledAt'),
    error: pulls.map((pull) => pull.optionalText('error')).find((error) => error !== null) ?? null,
    gapFrom: gaps.length === 0 ? null : Math.min(...gaps),
    waiting: row.number('waiting'),
    alarms: row.number('alarms'),
    firstDueAt: timeOf(row, 'firstDueAt'),
    accepted: row.number('accepted'),
    skipped: row.number('skipped'),
    dead: row.number('dead'),
    unread: row.number('unread'),
  };
}

function sendFrom(row: Shape): SendInfo {
  return {
    id: row.text('id'),
    recipient: row.optionalText('recipient'),
    type: row.optionalText('type'),
    status: row.optionalText('status'),
    state: row.text('state'),
    reason: row.optionalText('reason'),
    dueAt: row.number('dueAt'),
    isAlarm: row.flag('isAlarm'),
  };
}

function timeOf(row: Shape, name: string): number | null {
  return row.has(name) ? row.number(name) : null;
}
