import type { BrandId } from '../domain/brand.ts';
import type { CallId } from '../domain/ids.ts';

/** An order for a call that must be carried out once, however often it is given. */
export interface KeyedOrder {
  readonly brand: BrandId;
  /** Chosen by whoever gives the order. */
  readonly key: string;
  /** All that the order says, as text: the same key with another order is somebody's mistake. Only a token of it is kept. */
  readonly order: string;
  /** The call that would be placed. */
  readonly callId: CallId;
  /** UTC ms. */
  readonly at: number;
}

/** ours: nobody had the key; place the call · placed: this call was · placing: it is being placed at this moment · other: another order has the key. */
export type KeyClaim =
  | { readonly kind: 'ours' }
  | { readonly kind: 'placed'; readonly callId: CallId }
  | { readonly kind: 'placing' }
  | { readonly kind: 'other' };

/** Which call an order of a key became; forgotten after a day. */
export interface CallKeyStore {
  claim(order: KeyedOrder): Promise<KeyClaim>;
  /** The call was not placed after all: the key is free again. */
  release(order: Pick<KeyedOrder, 'brand' | 'key' | 'callId'>): Promise<void>;
}
