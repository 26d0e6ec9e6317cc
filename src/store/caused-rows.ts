import { supersedes } from '../domain/consent.ts';
import type { CallChange } from '../ports/stores.ts';
import { toCallbackRow } from './callback-rows.ts';
import type { CallbackRequestRow } from './callback-schema.ts';
import { toConsentRow } from './consent-rows.ts';
import type { MissedCallRow } from './directory-schema.ts';
import { toMessageRow } from './message-rows.ts';
import { toMissedCallRow } from './missed-call-rows.ts';
import { toRecordingRow } from './recording-rows.ts';
import type { ConsentHistoryRow, ConsentRow, MessageRow, RecordingRow } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** What turns caused besides the conversation; every key at most once. */
export interface CausedRows {
  readonly messages: readonly MessageRow[];
  readonly recordings: readonly RecordingRow[];
  readonly consentLines: readonly ConsentHistoryRow[];
  readonly consents: readonly ConsentRow[];
  readonly callbackRequests: readonly CallbackRequestRow[];
  readonly missedCalls: readonly MissedCallRow[];
}

type Caused = NonNullable<CallChange['consents']>[number];

export function causedRows(changes: readonly CallChange[], seal: SessionSeal): CausedRows {
  const messages = new Map<string, MessageRow>();
  const recordings = new Map<string, RecordingRow>();
  const consents = new Map<string, Caused>();
  const consentLines = new Map<string, ConsentHistoryRow>();
  const callbackRequests = new Map<string, CallbackRequestRow>();
  const missedCalls = new Map<string, MissedCallRow>();
  for (const change of changes) {
    for (const message of change.messages ?? []) messages.set(message.dedupeKey, toMessageRow(message, seal));
    for (const recording of change.recordings ?? []) recordings.set(recording.id, toRecordingRow(recording));
    for (const request of change.callbackRequests ?? []) callbackRequests.set(request.id, toCallbackRow(request, seal));
    for (const missed of change.missedCalls ?? [])
      if (!missedCalls.has(missed.callId)) missedCalls.set(missed.callId, toMissedCallRow(missed, seal));
    for (const caused of change.consents ?? []) {
      const { recipient: _sealed, ...line } = toConsentRow(caused.consent, seal, caused.how);
      consentLines.set(caused.how.id, { id: caused.how.id, kind: 'consent', ...line });
      keepLater(consents, caused);
    }
  }
  return {
    messages: [...messages.values()],
    recordings: [...recordings.values()],
    consentLines: [...consentLines.values()],
    consents: [...consents.values()].map(({ consent, how }) => toConsentRow(consent, seal, how)),
    callbackRequests: [...callbackRequests.values()],
    missedCalls: [...missedCalls.values()],
  };
}

/** One statement may not write the same consent twice: of two in one batch the one that stands in the end. */
function keepLater(consents: Map<string, Caused>, caused: Caused): void {
  const { brand, recipient, recipientType, type } = caused.consent;
  const key = JSON.stringify([brand, recipient, recipientType, type]);
  const before = consents.get(key);
  if (before === undefined || supersedes(caused.consent, before.consent)) consents.set(key, caused);
}
