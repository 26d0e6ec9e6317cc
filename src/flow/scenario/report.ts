import type { Language } from '../../domain/language.ts';
import type { Problem } from '../../domain/problem.ts';

/** Where and how a scenario went otherwise. Lines and columns count from 1. */
export interface ScenarioFailure {
  readonly line: number;
  readonly column: number;
  /** The step as it is written, such as `hears: main.menu`. */
  readonly step: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** One line of what happened, as people read it. `who` says whose doing it is. */
export interface TranscriptLine {
  readonly who: 'caller' | 'flow' | 'system';
  readonly text: string;
}

/** One scenario, run in one language. */
export interface ScenarioResult {
  readonly flow: string;
  readonly name: string;
  readonly language: Language;
  readonly file: string;
  readonly line: number;
  /** null: it went as written. */
  readonly failure: ScenarioFailure | null;
  /** The last lines of what happened; empty when it went as written. */
  readonly transcript: readonly TranscriptLine[];
}

/** How much of a flow the scenarios walked through. An exit is named `node.exit`. */
export interface FlowCoverage {
  readonly flow: string;
  readonly nodes: number;
  readonly exits: number;
  readonly untakenNodes: readonly string[];
  readonly untakenExits: readonly string[];
}

/** What running the scenarios of a release said. */
export interface ScenarioReport {
  /** No scenario went otherwise, none was left out, and no file has an error. */
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly results: readonly ScenarioResult[];
  readonly coverage: readonly FlowCoverage[];
  /** Flows of which no scenario tells. */
  readonly untold: readonly string[];
  /** Flows whose scenarios are there and cannot be run, as `problems` tells. */
  readonly unread: readonly { readonly flow: string; readonly file: string; readonly problems: number }[];
  /** Scenarios that were not run because the time for all of them was used up. */
  readonly leftOut: number;
}
