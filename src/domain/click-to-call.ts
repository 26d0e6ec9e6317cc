import type { UserId } from './ids.ts';

/** A wish to call a number from the screen. `requestId` is the page's own: the same wish sent again has the same one. */
export interface DialWish {
  readonly requestId: string;
  readonly agent: UserId;
  /** E.164. */
  readonly number: string;
  readonly now: number;
}

/** A wish that led to a call already. */
export interface DialDone {
  readonly requestId: string;
  readonly agent: UserId;
  readonly number: string;
  readonly at: number;
}

export type DialVerdict =
  | { readonly kind: 'place' }
  /** It is the same wish: what the first one led to is the answer. */
  | { readonly kind: 'same'; readonly done: DialDone }
  /** `reason` is shown to the agent. */
  | { readonly kind: 'blocked'; readonly reason: string };

/** A second click within this time is the same wish, whatever its id. */
export const SAME_WISH_MS = 5000;
/** A request that is sent again after a lost answer is known for so long. */
export const REMEMBERED_MS = 600_000;

/** Whether a number is called. `doNotContact` is why the person is never contacted; null: they may be. */
export function judgeDial(wish: DialWish, done: readonly DialDone[], doNotContact: string | null): DialVerdict {
  const same = done.find(
    (one) =>
      one.agent === wish.agent &&
      ((one.requestId === wish.requestId && wish.now - one.at < REMEMBERED_MS) ||
        (one.number === wish.number && wish.now - one.at < SAME_WISH_MS)),
  );
  if (same !== undefined) return { kind: 'same', done: same };
  return doNotContact === null ? { kind: 'place' } : { kind: 'blocked', reason: doNotContact };
}
