import type { Call } from '../../domain/call.ts';
import type { Value } from '../../domain/value.ts';

/** Who else wants to know of calls as they come and go. Nothing of it may throw, and nobody waits for it. */
export interface CallWatch {
  /** A call came under way here: it arrived, was placed, or was found again. `params` are those of the dialled number. */
  arrived(call: Call, params: Readonly<Record<string, Value>>): void;
  /** It is over, and a flow had taken down in it that somebody wants to be called back; both are stored. Absent: nobody cares. */
  asked?(call: Call): void;
  /** It is over; the call has its termination. */
  ended(call: Call): void;
  /** Another engine goes on with it. */
  dropped(call: Call): void;
}
