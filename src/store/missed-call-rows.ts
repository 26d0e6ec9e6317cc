import type { MissedCall } from '../domain/missed-call.ts';
import type { MissedCallRow } from './directory-schema.ts';
import type { SessionSeal } from './session-seal.ts';

export function toMissedCallRow({ id, brand, callId, target, number, language, at }: MissedCall, seal: SessionSeal): MissedCallRow {
  const sealed = number === null ? null : seal.seal(number);
  const token = number === null ? null : seal.token('recipient', number);
  return { id, brand, call_id: callId, kind: target.kind, ref_id: target.id, number: sealed, number_token: token, language, at };
}

/** A number that was wiped, or whose seal cannot be opened any more, is none. */
export function fromMissedCallRow(row: MissedCallRow, seal: SessionSeal): MissedCall {
  return {
    id: row.id as MissedCall['id'],
    brand: row.brand as MissedCall['brand'],
    callId: row.call_id as MissedCall['callId'],
    target: { kind: row.kind as MissedCall['target']['kind'], id: row.ref_id },
    number: row.number === null ? null : ((seal.open(row.number) ?? null) as MissedCall['number']),
    language: row.language as MissedCall['language'],
    at: row.at,
  };
}
