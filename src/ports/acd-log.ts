import type { AcdEvent, AcdFact } from '../domain/acd-event.ts';
import type { AgentStateKind } from '../domain/agent.ts';
import type { BrandId } from '../domain/brand.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';

/** Where a reader of the log is. */
export interface AcdPlace {
  readonly at: number;
  readonly id: AcdEventId;
}

export interface AcdSpan {
  readonly brand: BrandId;
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
  /** Only what comes after it. */
  readonly after?: AcdPlace;
  readonly kinds?: readonly AcdFact['kind'][];
  readonly agent?: UserId;
  readonly limit: number;
}

/** The floor's facts, for those who count them. Read only, a page at a time, whatever their number. */
export interface AcdLog {
  /** By time; what happened in one millisecond by id. */
  page(span: AcdSpan): Promise<readonly AcdEvent[]>;
  /** What agents did at that moment (UTC ms); who did nothing yet is not named. */
  statesAt(brand: BrandId, at: number): Promise<ReadonlyMap<UserId, AgentStateKind>>;
  /** All facts of these calls, by time. */
  ofCalls(calls: readonly CallId[]): Promise<readonly AcdEvent[]>;
}
