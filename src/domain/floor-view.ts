import type { AgentOnFloor, AgentPlace, AgentState } from './agent.ts';
import type { AgentDay } from './desk-view.ts';
import type { AcdEventId, CallId, UserId } from './ids.ts';
import type { Label } from './label.ts';
import type { SkillLevels } from './queue.ts';

/** A service level that says how it was counted. */
export interface ServiceLevelView {
  /** 0 to 1; null where there is nothing to divide by. */
  readonly value: number | null;
  readonly formula: string;
  readonly withinMs: number;
  readonly shortMs: number;
  readonly answeredWithin: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
}

/** What a queue did since the beginning of the day, in the brand's time zone. */
export interface QueueDay {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly flowOuts: Readonly<Record<string, number>>;
  readonly averageAnswerMs: number | null;
  readonly averageHandleMs: number | null;
  readonly longestWaitMs: number;
  readonly abandonRate: number | null;
  readonly serviceLevel: ServiceLevelView;
}

export interface FloorQueue {
  readonly id: string;
  readonly label: Label;
  readonly open: boolean;
  readonly waiting: number;
  /** UTC ms; null: nobody waits. */
  readonly waitingSince: number | null;
  readonly agents: {
    readonly loggedIn: number;
    readonly available: number;
    readonly busy: number;
    readonly paused: number;
    readonly unreachable: number;
  };
  readonly today: QueueDay;
}

export interface FloorWait {
  readonly id: AcdEventId;
  readonly callId: CallId;
  readonly queue: string;
  readonly class: string;
  readonly since: number;
  readonly position: number;
  /** Masked; empty when withheld. */
  readonly number: string;
  readonly skills: SkillLevels;
  readonly offeredTo: UserId | null;
}

/** listen: hears both sides · whisper: and is heard by the agent · barge: and is heard by all. */
export const EAR_WAYS = ['listen', 'whisper', 'barge'] as const;
export type EarHow = (typeof EAR_WAYS)[number];

/** A supervisor at an agent's talk. */
export interface EarView {
  readonly user: UserId;
  readonly name: string;
  readonly how: EarHow;
  /** Their telephone is not answered yet. */
  readonly ringing: boolean;
}

export interface FloorAgent {
  readonly id: UserId;
  readonly name: string;
  readonly displayName: string;
  readonly place: AgentPlace;
  readonly state: AgentState;
  readonly since: number;
  readonly next: AgentOnFloor['next'];
  readonly skills: SkillLevels;
  readonly queues: string[];
  readonly number: string | null;
  /** Supervisors at the agent's talk. */
  readonly ears: EarView[];
  readonly today: AgentDay;
}

/** The whole floor at one moment, for supervisors. Waits stand in the order in which they are served. */
export interface FloorView {
  readonly at: number;
  readonly queues: FloorQueue[];
  readonly waits: FloorWait[];
  readonly agents: FloorAgent[];
  readonly knownSkills: string[];
}
