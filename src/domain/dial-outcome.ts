/** What became of one dialled leg. Expected outcomes are data; each is an exit of the transfer node. */
export const DIAL_OUTCOMES = ['answered', 'busy', 'no-answer', 'rejected', 'invalid-number', 'congestion', 'cancelled', 'failed'] as const;
export type DialOutcome = (typeof DIAL_OUTCOMES)[number];

/** What became of a transfer. closed: nobody was rung, the hours of whom it was for are over. */
export const TRANSFER_OUTCOMES = [...DIAL_OUTCOMES, 'closed'] as const;
export type TransferOutcome = (typeof TRANSFER_OUTCOMES)[number];

/** Outcome of a SIP final response (RFC 3261 section 21); undefined when the code says nothing by itself. */
export function outcomeOfSip(code: number): DialOutcome | undefined {
  if (code >= 200 && code < 300) return 'answered';
  switch (code) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 480:
      return 'no-answer';
    case 401:
    case 403:
    case 407:
    case 603:
    case 607:
    case 608:
      return 'rejected';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'invalid-number';
    case 500:
    case 502:
    case 503:
    case 504:
      return 'congestion';
    case 487:
      return 'cancelled';
    default:
      return code >= 400 ? 'failed' : undefined;
  }
}

/** Outcome of a Q.850 cause (ITU-T Q.850 table 1) for a leg that was never answered. */
export function outcomeOfCause(cause: number): DialOutcome {
  switch (cause) {
    case 17:
      return 'busy';
    case 18:
    case 19:
    case 20:
      return 'no-answer';
    case 21:
      return 'rejected';
    case 1:
    case 3:
    case 22:
    case 28:
      return 'invalid-number';
    case 34:
    case 38:
    case 41:
    case 42:
    case 44:
      return 'congestion';
    case 16:
    case 26:
      return 'cancelled';
    default:
      return 'failed';
  }
}
