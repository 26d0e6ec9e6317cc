import type { Release } from './release.ts';

/** The limits of the engine that the interpreter keeps. Each is a named setting. */
export interface FlowLimits {
  /** Node transitions without caller input before the error exit is taken (behaviour 43). */
  readonly maxTransitions: number;
  readonly maxSubflowDepth: number;
  /** Characters of one rendered prompt or value. */
  readonly maxTextLength: number;
  /** Bytes of the session's JSON. */
  readonly maxSessionBytes: number;
}

/** Everything the interpreter may look at besides the session: given in, never fetched. */
export interface World {
  /** UTC ms. */
  readonly now: number;
  /** The brand's zone, IANA. */
  readonly zone: string;
  readonly release: Release;
  readonly limits: FlowLimits;
  /** 0 to 1, drawn anew for every call of start and resume. */
  readonly random: number;
}
