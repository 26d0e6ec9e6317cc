import type { BrandId } from '../domain/brand.ts';
import type { Call, Leg } from '../domain/call.ts';
import type { CallId, LegId, SessionId, UserId } from '../domain/ids.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { CallChange } from '../ports/stores.ts';
import { type CausedRows, causedRows } from './caused-rows.ts';
import type { CallRow, JournalRow, LegRow, SessionRow } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** A batch of call changes as rows; every key at most once, the last change of a row wins. */
export interface CallRows extends CausedRows {
  readonly calls: readonly CallRow[];
  readonly legs: readonly LegRow[];
  readonly sessions: readonly SessionRow[];
  readonly journal: readonly JournalRow[];
  /** Calls that are over with all their flow does: their sessions are dropped. */
  readonly ended: readonly string[];
}

/** Rows of the changes, in the order they were made; `asterisk`: whose calls they are. */
export function callRows(changes: readonly CallChange[], seal: SessionSeal, asterisk: string | null): CallRows {
  const calls = new Map<string, CallRow>();
  const legs = new Map<string, LegRow>();
  const sessions = new Map<string, SessionRow>();
  const journal: JournalRow[] = [];
  const ended = new Set<string>();
  for (const { call, callIsStored = false, legs: changedLegs, session, entries } of changes) {
    if (!callIsStored) calls.set(call.id, toCallRow(call, asterisk));
    for (const leg of changedLegs) legs.set(leg.id, toLegRow(leg));
    if (call.state === 'ended' && session?.status !== 'after-call') {
      ended.add(call.id);
      sessions.delete(call.id);
    } else if (session !== null) {
      sessions.set(call.id, {
        call_id: call.id,
        session_id: session.trigger.sessionId,
        step: session.step,
        state: seal.seal(JSON.stringify(session)),
      });
    }
    for (const entry of entries) journal.push(toJournalRow(entry));
  }
  return {
    calls: [...calls.values()],
    legs: [...legs.values()],
    sessions: [...sessions.values()],
    journal,
    ended: [...ended],
    ...causedRows(changes, seal),
  };
}

/** Text from the network may hold NUL, which PostgreSQL refuses: a call must not be lost for that. */
function clean(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function toCallRow(call: Call, asterisk: string | null): CallRow {
  return {
    id: call.id,
    brand: call.brand,
    direction: call.direction,
    state: call.state,
    did: clean(call.did),
    ani: clean(call.ani),
    flow: call.flow,
    release_id: call.release,
    language: call.language,
    session_id: call.sessionId,
    channel_id: clean(call.channelId),
    started_at: call.startedAt,
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    termination: call.termination === null ? null : JSON.stringify(call.termination),
    asterisk,
  };
}

export function fromCallRow(row: CallRow): Call {
  return {
    id: row.id as CallId,
    brand: row.brand as BrandId,
    direction: row.direction as Call['direction'],
    state: row.state as Call['state'],
    did: row.did,
    ani: row.ani,
    flow: row.flow,
    release: row.release_id,
    language: row.language as Call['language'],
    sessionId: row.session_id as SessionId,
    channelId: row.channel_id,
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    termination: row.termination === null ? null : (JSON.parse(row.termination) as Call['termination']),
  };
}

function toLegRow(leg: Leg): LegRow {
  return {
    id: leg.id,
    call_id: leg.callId,
    role: leg.role,
    channel_id: clean(leg.channelId),
    endpoint: clean(leg.endpoint),
    agent: leg.agent ?? null,
    started_at: leg.startedAt,
    answered_at: leg.answeredAt,
    ended_at: leg.endedAt,
    outcome: leg.outcome,
    hangup_cause: leg.hangupCause,
    sip_code: leg.sipCode,
  };
}

export function fromLegRow(row: LegRow): Leg {
  return {
    id: row.id as LegId,
    callId: row.call_id as CallId,
    role: row.role as Leg['role'],
    channelId: row.channel_id,
    endpoint: row.endpoint,
    ...(row.agent === null ? {} : { agent: row.agent as UserId }),
    startedAt: row.started_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    outcome: row.outcome as Leg['outcome'],
    hangupCause: row.hangup_cause,
    sipCode: row.sip_code,
  };
}

function toJournalRow(entry: JournalEntry): JournalRow {
  return { call_id: entry.callId, seq: entry.seq, at: entry.at, kind: entry.kind, data: JSON.stringify(entry.data) };
}

export function fromJournalRow(row: JournalRow): JournalEntry {
  return {
    callId: row.call_id as CallId,
    seq: row.seq,
    at: row.at,
    kind: row.kind as JournalEntry['kind'],
    data: JSON.parse(row.data) as JournalEntry['data'],
  };
}
