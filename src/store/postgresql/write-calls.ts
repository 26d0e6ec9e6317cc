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

/**
 * All rows of a batch in one statement, thus one round trip and one transaction of its own. Rows travel as one JSON array
 * per table, so that the text of the statement is always the same and is parsed once per connection.
 */
export const WRITE_CALLS = {
  name: 'santral-write-calls',
  text: `with
    c as (${insert(CALLS, '$1', 'until-ended')}),
    l as (${insert(LEGS, '$2', 'replace')}),
    s as (${insert(SESSIONS, '$3', 'replace')}),
    m as (${insert(MESSAGES, '$6', 'keep')}),
    r as (${insert(RECORDINGS, '$7', 'keep')}),
    h as (${insert(CONSENT_HISTORY, '$8', 'keep')}),
    k as (${insert(CONSENTS, '$9', 'later')}),
    b as (${insert(CALLBACK_REQUESTS, '$10', 'keep')}),
    i as (${insert(MISSED_CALLS, '$11', 'keep')}),
    d as (delete from sessions where call_id = any($5::text[]))
    ${insert(JOURNAL, '$4', 'keep')}`,
};

export function writeCallsParameters(rows: CallRows): unknown[] {
  const { calls, legs, sessions, journal, ended, messages, recordings, consentLines, consents, callbackRequests, missedCalls } = rows;
  const before = [calls, legs, sessions, journal];
  const after = [messages, recordings, consentLines, consents, callbackRequests, missedCalls];
  return [...before.map((table) => JSON.stringify(table)), ended, ...after.map((table) => JSON.stringify(table))];
}

function insert<Row>(table: HotTable<Row>, parameter: string, rule: ConflictRule): string {
  const columns = Object.entries<string>(table.columns);
  const names = columns.map(([name]) => name).join(', ');
  const types = columns.map(([name, type]) => `${name} ${type}`).join(', ');
  return `insert into ${table.name} (${names}) select ${names} from json_to_recordset(${parameter}::json) as r (${types}) ${onConflict(table, rule)}`;
}
