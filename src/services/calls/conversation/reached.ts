import type { UserId } from '../../../domain/ids.ts';

/** How a target is reached, as the house knows it. Lines are tried one after the other. */
export type Reach =
  | { readonly kind: 'agent'; readonly agent: UserId; readonly label: string }
  | { readonly kind: 'queue'; readonly queue: string; readonly label: string }
  | { readonly kind: 'lines'; readonly endpoints: readonly string[]; readonly label: string };
export type RingReach = Exclude<Reach, { kind: 'queue' }>;
