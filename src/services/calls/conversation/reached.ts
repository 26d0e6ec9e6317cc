import type { UserId } from '../../../domain/ids.ts';

import type { HuntRounds } from '../hunt-lines.ts';

/** How a target is reached, as the house knows it. closed: nobody is there at this hour. */
export type Reach =
  | { readonly kind: 'agent'; readonly agent: UserId; readonly label: string }
  | { readonly kind: 'queue'; readonly queue: string; readonly label: string }
  | { readonly kind: 'lines'; readonly rounds: HuntRounds; readonly label: string }
  | { readonly kind: 'closed'; readonly label: string };
export type RingReach = Exclude<Reach, { kind: 'closed' }>;
