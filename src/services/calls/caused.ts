import type { Call } from '../../domain/call.ts';
import type { IdSource, RecordingId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Message } from '../../domain/message.ts';
import type { MissedCall } from '../../domain/missed-call.ts';
import type { Effect } from '../../flow/commands.ts';
import type { CallChange } from '../../ports/stores.ts';
import type { CallDeps } from './deps.ts';

/** What turns caused and is not stored yet. */
export interface Caused extends Required<Pick<CallChange, 'messages' | 'recordings' | 'consents' | 'callbackRequests' | 'missedCalls'>> {
  /** Recordings whose audio goes once the turns are stored. */
  readonly discarded: readonly RecordingId[];
}

export const NOTHING_CAUSED: Caused = { messages: [], recordings: [], consents: [], callbackRequests: [], missedCalls: [], discarded: [] };

/** Who writes down what a caller said to a flow. */
const BY_FLOW = 'flow';

/** The effects of one turn with all that the call knows of them. The turn's step makes each the same one if it is told again. */
export function causedBy(effects: readonly Effect[], step: number, call: Call, { clock, ids, settings, directory }: CallDeps): Caused {
  const now = clock.now();
  const { id: callId, brand, sessionId } = call;
  const all = effects.map((effect, index): Partial<Caused> => {
    switch (effect.kind) {
      case 'message': {
        const keys = { dedupeKey: `${sessionId}-${step}-${index}`, orderKey: callId };
        return { messages: [{ ...effect.draft, ...keys, id: ids.next('message'), brand, callId, createdAt: now, notBefore: now }] };
      }
      case 'recording': {
        const times = { createdAt: now, keepUntil: now + settings.recordingKeepMs, heardAt: null, heardBy: null };
        return { recordings: [{ ...effect.draft, ...times, brand, callId }] };
      }
      case 'record-call':
        return {};
      case 'discard':
        return { discarded: [effect.recording] };
      case 'consent': {
        const said = { recipientType: 'BIREYSEL', source: 'HS_CAGRI_MERKEZI', consentDate: now, brand } as const;
        const consent = { ...effect.draft, ...said, evidence: `${callId}; ${effect.draft.evidence}` };
        return { consents: [{ consent, how: { id: ids.next('consent'), at: now, by: BY_FLOW } }] };
      }
      case 'callback': {
        const open = { state: 'open', requestedAt: now, closedAt: null, closedBy: null } as const;
        return { callbackRequests: [{ ...effect.draft, ...open, id: ids.next('callback'), brand, callId }] };
      }
      case 'missed': {
        const missed = { ...effect.draft, id: ids.next('missedCall'), brand, callId, at: now };
        return { missedCalls: [missed], messages: noticesOf(missed, directory.webhookOf(missed.target), ids) };
      }
    }
  });
  return all.reduce<Caused>((sum, one) => together(sum, { ...NOTHING_CAUSED, ...one }), NOTHING_CAUSED);
}

/** The webhook's name for calls that nobody answered. */
const MISSED_EVENT = 'call.missed';

/** A system that wants to know of it is told once per call; who called, masked. */
function noticesOf({ callId, brand, target, number, language, at }: MissedCall, webhook: string | null, ids: IdSource): readonly Message[] {
  if (webhook === null) return [];
  const data = { kind: target.kind, id: target.id, caller: number === null ? null : maskNumber(number), callId };
  const keys = { dedupeKey: `missed ${callId}`, orderKey: callId };
  const draft = { channel: 'webhook', to: webhook, template: MISSED_EVENT, language, messageClass: 'informational', data } as const;
  return [{ ...draft, ...keys, id: ids.next('message'), brand, callId, createdAt: at, notBefore: at }];
}

export function together(first: Caused, then: Caused): Caused {
  if (then === NOTHING_CAUSED) return first;
  if (first === NOTHING_CAUSED) return then;
  return {
    messages: [...first.messages, ...then.messages],
    recordings: [...first.recordings, ...then.recordings],
    consents: [...first.consents, ...then.consents],
    callbackRequests: [...first.callbackRequests, ...then.callbackRequests],
    missedCalls: [...first.missedCalls, ...then.missedCalls],
    discarded: [...first.discarded, ...then.discarded],
  };
}
