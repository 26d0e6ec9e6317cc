import type { Release } from '../../flow/release.ts';
import type { ScenarioReport } from '../../flow/scenario/report.ts';
import type { TextFile } from '../../ports/definitions.ts';

/** What is about to be published. */
export interface ScenarioCandidate {
  /** Checked and without errors. */
  readonly release: Release;
  /** The flows whose coverage is told; all when absent. Every scenario of the release is run in any case: flows call each other. */
  readonly flows?: readonly string[];
  /** Scenario files that take the place of, or stand beside, those on disk: `{ path: 'main-menu.test.yaml', text }`. */
  readonly scenarios?: readonly TextFile[];
}

/** Publishing asks here: a release whose scenarios go otherwise is not published. */
export interface ScenarioGate {
  /** The scenario files of a flow, those on disk. */
  scenariosOf(flow: string): Promise<readonly TextFile[]>;
  /** Never rejects because of what a scenario file says: `ok` and `problems` tell. */
  run(candidate: ScenarioCandidate): Promise<ScenarioReport>;
}
