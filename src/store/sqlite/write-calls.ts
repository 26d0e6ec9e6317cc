import type { Database } from 'better-sqlite3';
import type { CallRows } from '../call-rows.ts';
import {
  CALLBACK_REQUESTS,
  CALLS,
  CONSENT_HISTORY,
  CONSENTS,
  type ConflictRule,
  type HotTable,
  JOURNAL,
  LEGS,
  MESSAGES,
  MISSED_CALLS,
  onConflict,
  RECORDINGS,
  SESSIONS,
} from '../columns.ts';
import type { CallRow, JournalRow, LegRow, MessageRow, SessionRow } from '../schema.ts';

/** Writes the rows in one synchronous transaction with statements prepared once per connection. */
export type CallWriter = (rows: CallRows) => void;

export function prepareCallWriter(db: Database): CallWriter {
  const call = insert<CallRow>(db, CALLS, 'until-ended');
  const leg = insert<LegRow>(db, LEGS, 'replace');
  const session = insert<SessionRow>(db, SESSIONS, 'replace');
  const line = insert<JournalRow>(db, JOURNAL, 'keep');
  const message = insert<MessageRow>(db, MESSAGES, 'keep');
  const others = [
    writer(db, RECORDINGS, 'keep', ({ recordings }) => recordings),
    writer(db, CONSENT_HISTORY, 'keep', ({ consentLines }) => consentLines),
    writer(db, CONSENTS, 'later', ({ consents }) => consents),
    writer(db, CALLBACK_REQUESTS, 'keep', ({ callbackRequests }) => callbackRequests),
    writer(db, MISSED_CALLS, 'keep', ({ missedCalls }) => missedCalls),
  ];
  const dropSession = db.prepare<[string]>('delete from sessions where call_id = ?');
  const transaction = db.transaction((rows: CallRows) => {
    for (const row of rows.calls) call(row);
    for (const row of rows.legs) leg(row);
    for (const row of rows.sessions) session(row);
    for (const row of rows.journal) line(row);
    for (const row of rows.messages) message(row);
    for (const write of others) write(rows);
    for (const id of rows.ended) dropSession.run(id);
  });
  return (rows) => {
    transaction.immediate(rows);
  };
}

/** Writes one table's rows of a batch. */
function writer<Row>(db: Database, table: HotTable<Row>, rule: ConflictRule, rowsOf: (rows: CallRows) => readonly Row[]): CallWriter {
  const write = insert<Row>(db, table, rule);
  return (rows) => {
    for (const row of rowsOf(rows)) write(row);
  };
}

/** Values are bound by their place: looking for each by its name costs more than writing it. */
function insert<Row>(db: Database, table: HotTable<Row>, rule: ConflictRule): (row: Row) => void {
  const columns = Object.keys(table.columns) as (keyof Row & string)[];
  const places = columns.map(() => '?').join(', ');
  const statement = db.prepare<[readonly unknown[]]>(
    `insert into ${table.name} (${columns.join(', ')}) values (${places}) ${onConflict(table, rule)}`,
  );
  return (row) => {
    statement.run(columns.map((column) => row[column]));
  };
}
