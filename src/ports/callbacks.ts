import type { BrandId } from '../domain/brand.ts';
import type { Callback, CallbackContact, CallbackFinding, CallbackOutcome, CallbackState, NotFound } from '../domain/callback.ts';
import type { CallbackRequest } from '../domain/callback-request.ts';
import type { CallbackId, CallId, UserId } from '../domain/ids.ts';
import type { E164 } from '../domain/phone-number.ts';

/** Why a callback changed: kept with it. */
export interface CallbackNote {
  readonly event: string;
  /** A user's name, an agent's id, or `engine`. */
  readonly by: string;
  readonly note?: string;
}

export interface CallbackLine extends Required<CallbackNote> {
  readonly at: number;
  readonly state: CallbackState;
}

export interface CallbackAttempt {
  readonly callId: CallId;
  readonly no: number;
  readonly agent: UserId | null;
  readonly at: number;
  readonly endedAt: number | null;
  /** null: under way. */
  readonly outcome: CallbackOutcome | null;
}

/** How a number stands with us. */
export interface NumberStanding {
  readonly doNotContact: boolean;
  /** Calls of ours since a given time, and the first of them. */
  readonly calls: number;
  readonly oldestCallAt: number | null;
}

export interface CallbackFilter {
  readonly brand: BrandId;
  readonly state?: CallbackState;
  readonly group?: string;
  /** Older than this one, for paging: newest first. */
  readonly before?: CallbackId;
  readonly limit: number;
}

/** What a period brought, to make figures of. */
export interface CallbackPeriod {
  /** Entries that began in it: what is counted, never whom they are about. */
  readonly entries: readonly Pick<Callback, 'state' | 'reason' | 'firstAt' | 'closedAt'>[];
  readonly attempts: readonly {
    readonly entry: CallbackId;
    readonly callId: CallId;
    readonly outcome: CallbackOutcome | null;
    /** Whether its entry is closed by now. */
    readonly isDone: boolean;
  }[];
  /** Why people who hung up are not called, each so often. */
  readonly nobody: readonly { readonly why: NotFound; readonly count: number }[];
}

/** What a wiping takes. `closedBefore`: UTC ms up to which closed entries of a group are wiped. */
export interface CallbackWipe {
  readonly brand: BrandId;
  readonly closedBefore: (group: string) => number;
  readonly limit: number;
}

export interface CallbackStore {
  /** Adds who was found, or merges it into the open entry of the same number; told again, it changes nothing. null: nobody to call. */
  found(finding: CallbackFinding): Promise<Callback | null>;
  /** Closes the promises that a talk keeps; gives those that it closed. */
  served(contact: CallbackContact): Promise<readonly Callback[]>;
  /** Takes wishes that flows took down over into entries. */
  takeRequests(brand: BrandId, findingOf: (request: CallbackRequest) => CallbackFinding): Promise<number>;
  get(id: CallbackId): Promise<Callback | undefined>;
  /** All that are not closed. */
  open(brand: BrandId): Promise<readonly Callback[]>;
  /** The number's that are not closed. */
  openOf(brand: BrandId, number: E164): Promise<readonly Callback[]>;
  /** The number's that a talk in this call closed. */
  closedIn(brand: BrandId, number: E164, callId: CallId): Promise<readonly Callback[]>;
  list(filter: CallbackFilter): Promise<readonly Callback[]>;
  /**
   * Stores a change where the version before it still stands; false: somebody else changed it meanwhile, or it would be open
   * again beside a younger one, and nothing is stored.
   */
  move(callback: Callback, note: CallbackNote, outcome?: CallbackOutcome): Promise<boolean>;
  /**
   * The same for `dialing`, with the attempt: only where the number may be called, asked in the same transaction. `cap`:
   * calls to the number since `since` at most. `busy`: the number is being called for another callback or by a campaign, or
   * talks with us.
   */
  dial(
    callback: Callback,
    note: CallbackNote,
    limit: { readonly cap: number; readonly since: number },
  ): Promise<'dials' | 'changed' | 'do-not-contact' | 'cap' | 'busy'>;
  standing(brand: BrandId, number: E164, since: number): Promise<NumberStanding>;
  attempts(id: CallbackId): Promise<readonly CallbackAttempt[]>;
  history(id: CallbackId): Promise<readonly CallbackLine[]>;
  period(brand: BrandId, from: number, to: number): Promise<CallbackPeriod>;
  /**
   * Wipes numbers of closed entries and of all their calls; gives how many entries. Whoever is on the line is wiped once the call is
   * over. Rejects with `store.busy` where the database's file could not be rid of them yet: to be called again.
   */
  wipe(wipe: CallbackWipe): Promise<number>;
}
