import type { CallRecording, RecordedPart, RecordingPause } from '../domain/call-recording.ts';
import type { CallRecordingStore } from '../ports/call-recordings.ts';
import { insertAudit } from './audit.ts';
import type { Database } from './database.ts';
import type { CallRecordingRow } from './schema.ts';

/** Rows of one statement: keeps the number of bound parameters below both engines' limits. */
const CHUNK = 500;

/** What is known of recorded calls; their audio lies in files. */
export function createCallRecordingStore(database: Database): CallRecordingStore {
  return {
    put: (recording) =>
      database.run(async (db) => {
        const { id, ...changed } = toRow(recording);
        const insert = db.insertInto('call_recordings').values({ id, ...changed });
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(changed)).execute();
      }),

    get: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('call_recordings').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromRow(row);
      }),

    ofCall: (callId) =>
      database.run(async (db) => {
        const row = await db.selectFrom('call_recordings').selectAll().where('call_id', '=', callId).executeTakeFirst();
        return row && fromRow(row);
      }),

    unfinished: ({ endedBefore, after, limit }) =>
      database.run(async (db) => {
        let query = db
          .selectFrom('call_recordings')
          .innerJoin('calls', 'calls.id', 'call_recordings.call_id')
          .selectAll('call_recordings')
          .where('call_recordings.state', '=', 'open')
          .where('calls.state', '=', 'ended')
          .where('calls.ended_at', '<=', endedBefore);
        if (after !== null) query = query.where('call_recordings.id', '>', after);
        return (await query.orderBy('call_recordings.id').limit(limit).execute()).map(fromRow);
      }),

    finish: (id, { state, startedAt, durationMs, peaks }) =>
      database.run(async (db) => {
        const changed = { state, peaks, started_at: startedAt, duration_ms: durationMs };
        const update = db.updateTable('call_recordings').set(changed).where('id', '=', id).where('state', '=', 'open');
        return (await update.executeTakeFirst()).numUpdatedRows > 0n;
      }),

    expired: (now, limit) =>
      database.run(async (db) => {
        const query = db.selectFrom('call_recordings').selectAll().where('keep_until', '<=', now).where('state', '!=', 'open');
        return (await query.orderBy('keep_until').limit(limit).execute()).map(fromRow);
      }),

    remove: (id, entry) =>
      database.write('recordings', async (db) => {
        const result = await db.deleteFrom('call_recordings').where('id', '=', id).executeTakeFirst();
        if (result.numDeletedRows === 0n) return false;
        await insertAudit(db, entry);
        return true;
      }),

    known: (ids) =>
      database.run(async (db) => {
        const known = new Set<CallRecording['id']>();
        for (let at = 0; at < ids.length; at += CHUNK) {
          const query = db.selectFrom('call_recordings').select('id');
          for (const { id } of await query.where('id', 'in', ids.slice(at, at + CHUNK)).execute()) known.add(id as CallRecording['id']);
        }
        return known;
      }),
  };
}

function toRow(recording: CallRecording): CallRecordingRow {
  const { id, brand, queue, state, peaks } = recording;
  return {
    ...{ id, brand, queue, state, peaks },
    call_id: recording.callId,
    started_at: recording.startedAt,
    ended_at: recording.endedAt,
    parts: JSON.stringify(recording.parts),
    paused_by: JSON.stringify(recording.pausedBy),
    paused_until: recording.pausedUntil,
    duration_ms: recording.durationMs,
    keep_until: recording.keepUntil,
  };
}

function fromRow(row: CallRecordingRow): CallRecording {
  return {
    id: row.id as CallRecording['id'],
    brand: row.brand as CallRecording['brand'],
    callId: row.call_id as CallRecording['callId'],
    queue: row.queue,
    state: row.state as CallRecording['state'],
    startedAt: row.started_at,
    endedAt: row.ended_at,
    parts: JSON.parse(row.parts) as RecordedPart[],
    pausedBy: JSON.parse(row.paused_by) as RecordingPause[],
    pausedUntil: row.paused_until,
    durationMs: row.duration_ms,
    peaks: row.peaks,
    keepUntil: row.keep_until,
  };
}
