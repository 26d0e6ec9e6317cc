import type { BrandId } from './brand.ts';
import type { Key } from './keys.ts';
import type { Label } from './label.ts';

/** Levels an agent may have in a skill, 1 (a little) to 9 (expert); a wait asks for a level at least. */
export type SkillLevels = Readonly<Record<string, number>>;

/** When a caller has waited `afterMs`, agents with these lower levels will do. Skills that are not named stay as asked for. */
export interface Widening {
  readonly afterMs: number;
  readonly skills: SkillLevels;
}

/** What happens where no agent of a queue is logged in. leave: the flow goes on by `noAgents` · wait: callers wait all the same. */
export type EmptyRule = 'leave' | 'wait';

/**
 * How agents end a talk. none: free at once · optional: up to `ms`, may end it sooner · forced: `ms`, sooner only with a
 * disposition · unlimited: until they say so · on-request: free at once unless they asked for it during the talk.
 */
export const WRAP_UP_MODES = ['none', 'optional', 'forced', 'unlimited', 'on-request'] as const;
export type WrapUpMode = (typeof WRAP_UP_MODES)[number];

export interface WrapUpRule {
  readonly mode: WrapUpMode;
  readonly ms: number;
  /** One extension of the same talk's wrap-up; 0: none. */
  readonly extensionMs: number;
}

/** What is said to callers while they wait. */
export interface Comfort {
  /** Pause between announcements; 0: none are made. */
  readonly everyMs: number;
  /** Catalogue keys, one after the other, the first again after the last. */
  readonly prompts: readonly string[];
  /** By key of the telephone: said besides to callers whom their flow lets leave the queue by it. */
  readonly keys: Readonly<Partial<Record<Key, string>>>;
  readonly position: boolean;
  readonly estimatedWait: boolean;
}

export interface Overflow {
  /** Waited this long; null: never. */
  readonly afterMs: number | null;
  /** So many callers wait at most: who would be one more does not join; null: no limit. */
  readonly length: number | null;
  /** The estimated wait at join is longer than this; null: no limit. */
  readonly estimatedWaitMs: number | null;
}

/** A queue as `flows/queues.yaml` defines it. All times in ms. */
export interface Queue {
  readonly id: string;
  readonly brand: BrandId;
  readonly label: Label;
  /** What every caller of the queue needs; a flow may ask for more. */
  readonly skills: SkillLevels;
  readonly widening: readonly Widening[];
  /** The agent who last talked with this caller within `withinMs` is waited for `waitMs`; null: nobody in particular. */
  readonly sticky: { readonly withinMs: number; readonly waitMs: number } | null;
  /** Names of classes and by how much each makes a caller seem to have waited longer. `standard` is always there, with 0. */
  readonly classes: Readonly<Record<string, number>>;
  /** From here on class no longer matters: nobody starves. */
  readonly hardMaxWaitMs: number;
  /** How long an agent's telephone rings before the offer is over and the agent is paused. */
  readonly offerMs: number;
  readonly wrapUp: WrapUpRule;
  /** The tree of dispositions (`flows/dispositions.yaml`) its talks are closed with; null: none. */
  readonly dispositions: string | null;
  readonly dispositionRequired: boolean;
  readonly overflow: Overflow;
  /** Nobody is logged in when somebody joins … */
  readonly emptyAtJoin: EmptyRule;
  /** … and when the last agent leaves while callers wait. */
  readonly whenLastLeaves: EmptyRule;
  /** A calendar of `flows/calendars/`; null: always open. */
  readonly calendar: string | null;
  /** At closing time those who wait are served, or leave by `closed`. */
  readonly atClosing: 'serve' | 'leave';
  readonly comfort: Comfort;
  /** Catalogue keys; null: nothing is said. Whisper is for the agent before the caller is there, with `queue` as variable. */
  readonly whisper: string | null;
  readonly welcome: string | null;
  readonly recordingNotice: string | null;
  /** true: recorded from the join (or the notice) to the call's end · false: nothing of the wait and the talk is · null: as the call is anyway. */
  readonly record: boolean | null;
  /** How long recordings of its talks are kept, in days; null: as the settings say. */
  readonly recordingDays: number | null;
  /** Shown to the agent who is rung, to whom a call is passed on, and to whom agents call in its name; null: the number the caller dialled, in calls of ours the engine's own. */
  readonly callerId: string | null;
  /** Answered within this … */
  readonly serviceLevelMs: number;
  /** … and who hung up sooner than this has not been waiting. */
  readonly shortAbandonMs: number;
  /** Queues that share promises to call back share this word; the queue's own name where nothing is said. */
  readonly callbackGroup: string;
  /** Of the agents who become free while callers are on the line, so many percent at most go to callbacks, 0 to 100. */
  readonly callbackShare: number;
}

/** How a caller's wait ended. One of them per wait; the first verdict stands. */
export const WAIT_ENDS = [
  /** Talked with an agent. */
  'answered',
  /** Hung up while waiting. */
  'abandoned',
  /** Pressed a key that leaves the queue. */
  'key',
  /** Waited `overflow.afterMs`. */
  'overflow',
  /** Too many waited at join. */
  'full',
  /** The estimated wait at join was too long. */
  'too-long',
  /** Nobody is logged in. */
  'no-agents',
  /** Closed at join, or closing time came. */
  'closed',
  /** A supervisor moved the caller to another queue. */
  'moved',
  /** The engine or Asterisk failed it. */
  'failed',
] as const;
export type WaitEnd = (typeof WAIT_ENDS)[number];

/** Whom a flow may ask for a callback: every queue, and every group that queues call back for. */
export function callbackGroupsOf(queues: ReadonlyMap<string, Pick<Queue, 'callbackGroup'>>): ReadonlySet<string> {
  return new Set([...queues].flatMap(([id, { callbackGroup }]) => [id, callbackGroup]));
}
