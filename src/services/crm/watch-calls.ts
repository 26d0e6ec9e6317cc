import type { Call } from '../../domain/call.ts';
import type { CallWatch } from '../calls/call-watch.ts';
import type { Matching } from '../matching/matching.ts';
import type { CallEvents, ToldCall, ToldEnd } from './call-events.ts';

/** Whoever calls is looked up at once, beside the greeting; other systems hear that the call came and went. */
export function watchCalls(matching: Pick<Matching, 'arrived' | 'ended'>, events: Pick<CallEvents, 'arrived' | 'ended'>): CallWatch {
  return {
    arrived(call, params) {
      const { id, brand, ani } = call;
      const dealer = typeof params['dealer'] === 'string' ? params['dealer'] : null;
      if (call.direction === 'inbound') matching.arrived({ id, brand, ani, dealer });
      void events.arrived(toldCall(call));
    },
    ended(call) {
      matching.ended(call.id);
      void events.ended(toldCall(call), endOf(call));
    },
    dropped: (call) => matching.ended(call.id),
  };
}

/** The customer's number is the presented one of a call that came in, the dialled one of a call of ours. */
export function toldCall({ id, brand, direction, ani, did }: Call): ToldCall {
  return direction === 'inbound' ? { id, brand, direction, number: ani, did } : { id, brand, direction, number: did, did: ani };
}

function endOf({ termination, answeredAt }: Call): ToldEnd {
  if (termination?.kind === 'not-reached') return termination.outcome === 'busy' ? 'busy' : 'not-answered';
  if (termination?.kind === 'failed' || termination?.kind === 'refused' || termination?.kind === 'asterisk-lost') return 'failed';
  return answeredAt === null ? 'cancelled' : 'ended';
}
