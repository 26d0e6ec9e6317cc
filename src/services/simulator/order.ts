import type { TokenId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { Deed } from '../../flow/playing/play.ts';
import type { FlowSource } from '../flows/releases.ts';

/** What a simulation is begun with. */
export interface SimulationOrder {
  readonly flow: string;
  readonly language: Language;
  readonly caller: string;
  readonly dialled: string;
  readonly params: ValueMap;
  /** UTC ms at which its clock stands; null: the real clock. */
  readonly at: number | null;
  /** What chance says, 0 to 1; null: it is drawn, once for the whole call. */
  readonly random: number | null;
  /** published: what callers hear · draft: with the flow's draft · text: with these texts in place of the published ones. */
  readonly source:
    | { readonly kind: 'published' }
    | { readonly kind: 'draft' }
    | { readonly kind: 'text'; readonly flows: readonly FlowSource[] };
  /** live: look-ups are answered by the real systems; by-hand: whoever watches answers them, or asks for the real answer. */
  readonly lookUps: 'live' | 'by-hand';
}

export type SimulationInput =
  | Deed
  /** The clock goes on. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** Let the real systems answer. */
  | { readonly kind: 'ask' };

/** Whose simulation it is. Administrators may let texts of their own ask real systems. */
export interface SimulationOwner {
  readonly login: TokenId;
  readonly admin: boolean;
}
