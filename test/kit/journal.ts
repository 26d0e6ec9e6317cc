import Database from 'better-sqlite3';
import type { JournalKind } from '../../src/domain/journal.ts';
import type { Termination } from '../../src/domain/termination.ts';
import type { Value } from '../../src/domain/value.ts';

export interface Fact {
  readonly kind: JournalKind;
  readonly at: number;
  readonly data: { readonly [key: string]: Value };
}

/** One call as the database has it. */
export interface CallOnRecord {
  readonly id: string;
  readonly did: string;
  readonly state: string;
  readonly termination: Termination | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly journal: readonly Fact[];
}

const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 10_000;

interface Row {
  readonly id: string;
  readonly did: string;
  readonly state: string;
  readonly termination: string | null;
  readonly started_at: number;
  readonly answered_at: number | null;
  readonly ended_at: number | null;
}

/** Calls by the number they came to, oldest first, read from the engine's own SQLite file while it works. */
export function callsOnRecord(file: string, did: string): CallOnRecord[] {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const facts = db.prepare<[string], { kind: string; at: number; data: string }>(
      'select kind, at, data from journal where call_id = ? order by seq',
    );
    return db
      .prepare<[string], Row>('select * from calls where did = ? order by started_at, id')
      .all(did)
      .map((row) => ({
        id: row.id,
        did: row.did,
        state: row.state,
        termination: row.termination === null ? null : (JSON.parse(row.termination) as Termination),
        startedAt: row.started_at,
        answeredAt: row.answered_at,
        endedAt: row.ended_at,
        journal: facts.all(row.id).map(({ kind, at, data }) => ({ kind: kind as JournalKind, at, data: JSON.parse(data) as Fact['data'] })),
      }));
  } finally {
    db.close();
  }
}

/** Resolves with the newest call to a number as soon as it fits. Another process writes there: it has to be looked at again and again. */
export async function callWhere(file: string, did: string, fits: (call: CallOnRecord) => boolean, what: string): Promise<CallOnRecord> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const call = callsOnRecord(file, did).at(-1);
    if (call !== undefined && fits(call)) return call;
    if (Date.now() > until) throw new Error(`The call to ${did} is not ${what}: ${JSON.stringify(call)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** The n-th appointment (from 1) that was made in the newest call to a number, as soon as there is one. */
export async function appointmentOf(file: string, did: string, n: number): Promise<{ code: string; startsAt: number; now: number }> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const query = `select code, starts_at from appointments where call_id =
        (select id from calls where did = ? order by started_at desc, id desc limit 1) order by id limit 1 offset ?`;
      const row = db.prepare<[string, number], { code: string; starts_at: number }>(query).get(did, n - 1);
      if (row !== undefined) return { code: row.code, startsAt: row.starts_at, now: Date.now() };
    } finally {
      db.close();
    }
    if (Date.now() > until) throw new Error(`The call to ${did} has made no appointment number ${n}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
