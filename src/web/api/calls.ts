import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry, JournalKind } from '../../domain/journal.ts';
import type { Value } from '../../domain/value.ts';
import { BASE, hasCode, request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface CallInfo {
  readonly id: string;
  readonly direction: string;
  readonly state: string;
  /** Masked. */
  readonly number: string;
  readonly did: string;
  readonly flow: string;
  /** UTC ms. */
  readonly startedAt: number;
  readonly durationMs: number | null;
}

export interface RecordingInfo {
  readonly state: string;
  /** UTC ms of the first moment of the audio. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly pauses: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** One digit per stretch, 0 to 9: the caller's half, then the house's. */
  readonly peaks: string;
  readonly keepUntil: number;
}

/** Lines of a journal that are asked for at once. */
const LINES = 1000;

export async function listCalls(before: string | null): Promise<{ readonly items: readonly CallInfo[]; readonly next: string | null }> {
  const page = shape(await request('GET', `/calls${before === null ? '' : `?before=${before}`}`), 'calls');
  return { items: page.list('items').map(callFrom), next: page.optionalText('next') };
}

export async function askCall(id: string): Promise<CallInfo> {
  return callFrom(shape(await request('GET', `/calls/${encodeURIComponent(id)}`), 'answer').child('call'));
}

/** The whole journal. */
export async function askJournal(id: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let after = 0; ; ) {
    const page = shape(await request('GET', `/calls/${encodeURIComponent(id)}/events?after=${after}&limit=${LINES}`), 'journal');
    entries.push(...page.list('items').map(entryFrom));
    if (!page.has('next')) return entries;
    after = page.number('next');
  }
}

/** Null: the call was not recorded. */
export async function askRecording(id: string): Promise<RecordingInfo | null> {
  try {
    const row = shape(await request('GET', `/calls/${encodeURIComponent(id)}/recording`), 'recording');
    return {
      state: row.text('state'),
      startedAt: row.number('startedAt'),
      durationMs: row.number('durationMs'),
      pauses: row.list('pauses').map((pause) => ({ fromMs: pause.number('fromMs'), toMs: pause.number('toMs') })),
      peaks: row.text('peaks'),
      keepUntil: row.number('keepUntil'),
    };
  } catch (error) {
    if (hasCode(error, 'request.not-found')) return null;
    throw error;
  }
}

export function audioUrl(id: string): string {
  return `${BASE}/calls/${encodeURIComponent(id)}/recording/audio`;
}

function callFrom(row: Shape): CallInfo {
  const startedAt = row.number('startedAt');
  return {
    id: row.text('id'),
    direction: row.text('direction'),
    state: row.text('state'),
    number: row.text(row.text('direction') === 'inbound' ? 'ani' : 'did'),
    did: row.text('did'),
    flow: row.text('flow'),
    startedAt,
    durationMs: row.has('endedAt') ? row.number('endedAt') - startedAt : null,
  };
}

function entryFrom(row: Shape): JournalEntry {
  return {
    callId: row.text('callId') as CallId,
    seq: row.number('seq'),
    at: row.number('at'),
    kind: row.text('kind') as JournalKind,
    data: row.child('data').raw as { readonly [key: string]: Value },
  };
}
