import type { Label } from './label.ts';
import type { SkillLevels } from './queue.ts';

/** The segment of everybody who is in no other. */
export const STANDARD = 'standard';

/** What belonging to a segment means for a caller: where they wait, with whom, and how they are greeted. */
export interface Segment {
  readonly name: string;
  readonly label: Label;
  /** Class in the queue; null: the queue's standard. */
  readonly class: string | null;
  /** Another queue than everybody's; null: the flow's. */
  readonly queue: string | null;
  /** What the agent must have besides. */
  readonly skills: SkillLevels;
  /** Catalogue key of a greeting of their own; null: everybody's. */
  readonly greeting: string | null;
}

/** Who else knows segments. `send`: what of the caller's number the other system is told. */
export interface ExternalSegments {
  readonly connector: string;
  readonly path: string;
  readonly timeoutMs: number;
  readonly send: 'number' | 'token';
}

export interface SegmentRules {
  readonly segments: ReadonlyMap<string, Segment>;
  /** null: the table alone decides. */
  readonly external: ExternalSegments | null;
}

export const NO_SEGMENTS: SegmentRules = { segments: new Map(), external: null };

export function standardSegment(): Segment {
  return { name: STANDARD, label: { tr: 'Standart', en: 'Standard' }, class: null, queue: null, skills: {}, greeting: null };
}
