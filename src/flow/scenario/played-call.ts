import type { Deed, Played, Wait } from '../playing/play.ts';
import type { Trigger } from '../session.ts';
import type { World } from '../world.ts';

/** One step of a call that was played: at which wait what was done (null: the call began), and what came of it. */
export interface PlayedStep {
  /** How far the clock was moved on before it by hand. */
  readonly waitedMs?: number;
  readonly at: Wait | null;
  readonly deed: Deed | null;
  readonly played: Played;
}

/** A call that was played, from its beginning. */
export interface PlayedCall {
  readonly flow: string;
  readonly trigger: Trigger;
  /** What it was played with at its beginning. */
  readonly world: Pick<World, 'now' | 'random'>;
  readonly steps: readonly PlayedStep[];
}
