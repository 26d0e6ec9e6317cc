import type { Call } from '../../domain/call.ts';
import type { RecordingId } from '../../domain/ids.ts';
import type { Effect } from '../../flow/commands.ts';
import type { CallChange } from '../../ports/stores.ts';
import type { CallDeps } from './deps.ts';

/** What turns caused and is not stored yet. */
export interface Caused extends Required<Pick<CallChange, 'messages' | 'recordings' | 'consents' | 'callbackRequests'>> {
  /** Recordings whose audio goes once the turns are stored. */
  readonly discarded: readonly RecordingId[];
}

export const NOTHING_CAUSED: Caused = { messages: [], recordings: [], consents: [], callbackRequests: [], discarded: [] };

/** Who writes down what a caller said to a flow. */
const BY_FLOW = 'flow';

/** The effects of one turn with all that the call knows of them. The turn's step makes each the same one if it is told again. */
export function causedBy(effects: readonly Effect[], step: number, call: Call, { clock, ids, settings }: CallDeps): Caused {
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
    }
  });
  return all.reduce<Caused>((sum, one) => together(sum, { ...NOTHING_CAUSED, ...one }), NOTHING_CAUSED);
}

export function together(first: Caused, then: Caused): Caused {
  if (then === NOTHING_CAUSED) return first;
  if (first === NOTHING_CAUSED) return then;
  return {
    messages: [...first.messages, ...then.messages],
    recordings: [...first.recordings, ...then.recordings],
    consents: [...first.consents, ...then.consents],
    callbackRequests: [...first.callbackRequests, ...then.callbackRequests],
    discarded: [...first.discarded, ...then.discarded],
  };
}
