import type { Database, Statement } from 'better-sqlite3';
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
  onConflict,
  RECORDINGS,
  SESSIONS,
} from '../columns.ts';
import type { CallRow, JournalRow, LegRow, MessageRow, SessionRow } from '../schema.ts';

/** Writes the rows in one synchronous transaction with statements prepared once per connection. */
export type CallWriter = (rows: CallRows) => void;

export function prepareCallWriter(db: Database): CallWriter {
  const call = insert<CallRow>(db, CALLS, 'replace');
  const leg = insert<LegRow>(db, LEGS, 'replace');
  const session = insert<SessionRow>(db, SESSIONS, 'replace');
  const line = insert<JournalRow>(db, JOURNAL, 'keep');
  const message = insert<MessageRow>(db, MESSAGES, 'keep');
  const others = [
    writer(db, RECORDINGS, 'keep', ({ recordings }) => recordings),
    writer(db, CONSENT_HISTORY, 'keep', ({ consentLines }) => consentLines),
    writer(db, CONSENTS, 'later', ({ consents }) => consents),
    writer(db, CALLBACK_REQUESTS, 'keep', ({ callbackRequests }) => callbackRequests),
  ];
  const dropSession = db.prepare<[string]>('delete from sessions where call_id = ?');
  const transaction = db.transaction((rows: CallRows) => {
    for (const row of rows.calls) call.run(row);
    for (const row of rows.legs) leg.run(row);
    for (const row of rows.sessions) session.run(row);
    for (const row of rows.journal) line.run(row);
    for (const row of rows.messages) message.run(row);
    for (const write of others) write(rows);
    for (const id of rows.ended) dropSession.run(id);
  });
  return (rows) => {
    transaction.immediate(rows);
  };
}

/** Writes one table's rows of a batch. */
function writer<Row>(db: Database, table: HotTable<Row>, rule: ConflictRule, rowsOf: (rows: CallRows) => readonly Row[]): CallWriter {
  const statement = insert<Row>(db, table, rule);
  return (rows) => {
    for (const row of rowsOf(rows)) statement.run(row);
  };
}

function insert<Row>(db: Database, table: HotTable<Row>, rule: ConflictRule): Statement<[Row]> {
  const columns = Object.keys(table.columns);
  const values = columns.map((column) => `@${column}`).join(', ');
  return db.prepare<[Row]>(`insert into ${table.name} (${columns.join(', ')}) values (${values}) ${onConflict(table, rule)}`);
}
