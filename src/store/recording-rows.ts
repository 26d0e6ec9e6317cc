import type { Recording } from '../domain/recording.ts';
import type { RecordingRow } from './schema.ts';

export function toRecordingRow(recording: Recording): RecordingRow {
  const { id, brand, kind, flow, node, language } = recording;
  return {
    ...{ id, brand, kind, flow, node, language },
    call_id: recording.callId,
    duration_ms: recording.durationMs,
    created_at: recording.createdAt,
    keep_until: recording.keepUntil,
    heard_at: recording.heardAt,
    heard_by: recording.heardBy,
  };
}

export function fromRecordingRow(row: RecordingRow): Recording {
  return {
    id: row.id as Recording['id'],
    brand: row.brand as Recording['brand'],
    callId: row.call_id as Recording['callId'],
    kind: row.kind as Recording['kind'],
    flow: row.flow,
    node: row.node,
    language: row.language as Recording['language'],
    durationMs: row.duration_ms,
    createdAt: row.created_at,
    keepUntil: row.keep_until,
    heardAt: row.heard_at,
    heardBy: row.heard_by,
  };
}
