import type { BrandId } from './brand.ts';
import type { CallbackRequestId, CallId } from './ids.ts';
import type { Language } from './language.ts';
import type { E164 } from './phone-number.ts';

/** open: somebody is still to call back · done: they were called · dropped: nobody needs to any more. */
export const REQUEST_STATES = ['open', 'done', 'dropped'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * flow: a caller asked a flow for it · field: a dealer's staff and mobile both missed the call · call: the caller hung up in a
 * flow, before any queue.
 */
export type RequestOrigin = 'flow' | 'field' | 'call';

/** A caller's wish to be called back, as the flow knows it. */
export interface CallbackDraft {
  readonly origin: RequestOrigin;
  /** Where their place counts from, UTC ms: of a wait that they gave up for it; null: from the wish on. */
  readonly since: number | null;
  /** Who is to call back: a name such as `sales`. */
  readonly group: string;
  readonly number: E164;
  readonly language: Language;
  /** In a few words, without personal data; may be empty. */
  readonly reason: string;
}

/** A promised return call. Of one number at most one is open per brand and group. */
export interface CallbackRequest extends CallbackDraft {
  readonly id: CallbackRequestId;
  readonly brand: BrandId;
  readonly callId: CallId;
  readonly requestedAt: number;
  readonly state: RequestState;
  readonly closedAt: number | null;
  /** The user who closed it. */
  readonly closedBy: string | null;
}
