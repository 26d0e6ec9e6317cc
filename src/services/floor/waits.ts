import type { Announcement } from '../../acd/estimate.ts';
import type { Waiting } from '../../acd/floor-state.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Call } from '../../domain/call.ts';
import type { WaitingCallback } from '../../domain/callback.ts';
import type { AcdEventId, CallId, OfferId, UserId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { Queue } from '../../domain/queue.ts';
import type { StoredWait } from '../../ports/floor-store.ts';
import type { Seat } from './seat.ts';

/** An agent is being asked to take the caller. */
export interface OpenOffer {
  readonly id: OfferId;
  readonly agent: UserId;
  readonly at: number;
  /** claiming: the reservation is being stored, and nothing rings yet. */
  state: 'claiming' | 'made';
}

/** A caller who waits, with everything the floor keeps of it. */
export interface Wait {
  readonly callId: CallId;
  readonly waitId: AcdEventId;
  readonly queue: string;
  /** Earlier than it was at first, where something was promised to the caller before. */
  since: number;
  readonly enteredAt: number;
  readonly class: string;
  readonly skills: Waiting['skills'];
  /** Place in the queue at join. */
  readonly joinedAt: number;
  /** A promised return call waits here, and nobody is on the line; null: a caller. */
  readonly callback: WaitingCallback | null;
  /** An agent asks on behalf of a caller who is on hold: no caller's wait, so no facts of one, and gone with the process. */
  readonly consult: boolean;
  /** What was promised to the caller before they called by themselves. */
  promised?: WaitingCallback;
  /** What the caller is spoken to in; null: not known here. */
  readonly language: Language | null;
  /** Who called whom. */
  readonly direction: Call['direction'];
  lastAgent: UserId | null;
  passedBy: readonly UserId[];
  told: Announcement | null;
  offer: OpenOffer | null;
  /** null: kept from a former process, and the call has not come back yet. */
  seat: Seat | null;
  /** As presented; never stored but as a token. Empty: withheld, or not known. */
  caller: string;
  /** The caller is being told something that may not be cut. */
  callBusy: boolean;
  /** Who talked with the caller last is being looked up. */
  looking: boolean;
}

/** A caller's own, which is on record and counted. */
export function isCallers({ callback, consult }: Pick<Wait, 'callback' | 'consult'>): boolean {
  return callback === null && !consult;
}

/** The wait as decisions see it. */
export function waitingOf(wait: Wait): Waiting {
  const { callId, waitId, queue, since, enteredAt, skills, lastAgent, passedBy, offer } = wait;
  const busy = wait.callBusy || wait.looking || wait.seat === null;
  const offeredTo = offer?.agent ?? null;
  const callback = wait.callback !== null;
  return { callId, waitId, queue, since, enteredAt, callback, class: wait.class, skills, lastAgent, offeredTo, passedBy, busy };
}

export function storedWait(wait: Wait, brand: BrandId): StoredWait {
  const { callId, waitId, queue, since, enteredAt, skills, lastAgent, passedBy, joinedAt, told } = wait;
  return { callId, waitId, brand, queue, since, enteredAt, class: wait.class, skills, lastAgent, passedBy, joinedAt, told };
}

export function revivedWait({ brand: _brand, caller = '', direction = 'inbound', ...stored }: StoredWait): Wait {
  return {
    ...stored,
    offer: null,
    seat: null,
    caller,
    direction,
    callBusy: false,
    looking: false,
    callback: null,
    consult: false,
    language: null,
  };
}

/** A class that the queue does not know is the standard one. */
export function knownClass(queue: Queue | undefined, wanted: string | null): string {
  return wanted !== null && queue !== undefined && Object.hasOwn(queue.classes, wanted) ? wanted : 'standard';
}
