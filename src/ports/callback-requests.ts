import type { BrandId } from '../domain/brand.ts';
import type { CallbackRequest, RequestState } from '../domain/callback-request.ts';
import type { CallbackRequestId } from '../domain/ids.ts';

export interface CallbackFilter {
  readonly brand: BrandId;
  readonly state?: RequestState;
  readonly group?: string;
  /** Older than this one, for paging: newest first. */
  readonly before?: CallbackRequestId;
  readonly limit: number;
}

/** Promised return calls. Rows come with the turn of the call that made them (`CallChange.callbackRequests`). */
export interface CallbackRequestStore {
  get(id: CallbackRequestId): Promise<CallbackRequest | undefined>;
  list(filter: CallbackFilter): Promise<readonly CallbackRequest[]>;
  /** Closes an open one. False when it is not open, or not there. */
  close(id: CallbackRequestId, state: Exclude<RequestState, 'open'>, by: string, at: number): Promise<boolean>;
}
