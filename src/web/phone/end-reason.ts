import type { EndReason } from './states.ts';

/** JsSIP's cause, in our words. `originator` tells who said goodbye. */
export function reasonOf({ cause, originator }: { readonly cause: string; readonly originator: string }): EndReason {
  switch (cause) {
    case 'Terminated':
      return originator === 'remote' ? 'they-hung-up' : 'you-hung-up';
    case 'Canceled':
      return originator === 'remote' ? 'failed' : 'you-hung-up';
    case 'Busy':
      return 'busy';
    case 'No Answer':
    case 'Expires':
      return 'no-answer';
    case 'Rejected':
    case 'Authentication Error':
      return 'rejected';
    case 'Not Found':
    case 'Address Incomplete':
      return 'not-found';
    case 'Unavailable':
      return 'unavailable';
    case 'WebRTC Error':
    case 'Incompatible SDP':
    case 'Bad Media Description':
    case 'Missing SDP':
    case 'RTP Timeout':
      return 'media';
    case 'Connection Error':
    case 'Request Timeout':
    case 'Dialog Error':
      return 'connection';
    default:
      return 'failed';
  }
}

/** The same for a call that came in: refused by us, or given up by them, before it was answered. */
export function endOfIncoming(event: { readonly cause: string; readonly originator: string }): EndReason {
  if (event.cause === 'Canceled' || event.cause === 'Rejected' || event.cause === 'Busy') {
    return event.originator === 'local' ? 'you-hung-up' : 'they-hung-up';
  }
  return reasonOf(event);
}

/** The final SIP status of a call that was refused. */
export function sipCodeOf(message: unknown): number | null {
  const code = typeof message === 'object' && message !== null ? (message as { status_code?: unknown }).status_code : undefined;
  return typeof code === 'number' && code >= 300 ? code : null;
}
