import type { BrandId } from '../../domain/brand.ts';
import type { Release } from '../../flow/release.ts';
import type { ScenarioReport } from '../../flow/scenario/report.ts';
import type { ScenarioRun, ScenarioWorld } from '../../flow/scenario/run.ts';
import { planSuite, reportOf, runPlanned } from '../../flow/scenario/suite.ts';
import type { FlowLimits } from '../../flow/world.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TextFile } from '../../ports/definitions.ts';
import type { ScenarioSource } from '../../ports/scenario-source.ts';
import { createGate } from '../gate.ts';
import { scenarioNameOf } from './standing-scenarios.ts';

/** All scenarios of a release together may take so long; the rest is left out, and what is left out is not green. */
const MOST_MS = 20_000;
/** So long without a break: calls go on beside it. */
const SLICE_MS = 20;

/** Runs share one processor with calls: they follow each other, and so many may wait. */
const RUNS_AT_ONCE = 1;
const MOST_WAITING = 2;

/** What is about to be published. */
export interface ScenarioCandidate {
  /** Checked and without errors. */
  readonly release: Release;
  /** The flows whose coverage is told, and whether they have scenarios; all when absent. Every scenario of the release is run in any case: flows call each other. */
  readonly flows?: readonly string[];
  /** Scenario files that take the place of, or stand beside, those on disk: `{ path: 'main-menu.test.yaml', text }`. */
  readonly scenarios?: readonly TextFile[];
  /** Only the scenarios of this flow are run, as somebody who writes them wants to know how these go. */
  readonly only?: string;
  /** Ends the run between two scenarios; the rest is left out. */
  readonly signal?: AbortSignal;
}

/** Publishing asks here: a release whose scenarios go otherwise is not published. */
export interface ScenarioGate {
  /** Never rejects because of what a scenario file says: `ok` and `problems` tell. Rejects with `request.too-many` while others run and wait. */
  run(candidate: ScenarioCandidate): Promise<ScenarioReport>;
}

export interface ScenarioGateDeps {
  readonly scenarios: ScenarioSource;
  readonly clock: Clock;
  readonly zone: string;
  readonly brand: BrandId;
  /** The settings calls run with. */
  readonly limits: FlowLimits;
  readonly typeAheadKeys: number;
}

export function createScenarioGate({ scenarios, clock, ...settings }: ScenarioGateDeps): ScenarioGate {
  const inTurn = createGate(RUNS_AT_ONCE, MOST_WAITING, 'Scenarios of other flows are being run. Try again in a minute.');
  const pause = (): Promise<void> => new Promise((resolve) => void clock.setTimer(0, resolve));
  async function runAll({ release, flows, scenarios: given = [], only, signal }: ScenarioCandidate): Promise<ScenarioReport> {
    const world: ScenarioWorld = { ...settings, release };
    const files = withGiven(await scenarios.read(), given);
    const asked = only === undefined ? files : files.filter(({ path }) => scenarioNameOf(path).startsWith(`${only}.`));
    const suite = planSuite(asked, world);
    const runs: ScenarioRun[] = [];
    const begun = clock.now();
    let sliceBegun = begun;
    for (const planned of suite.planned) {
      const now = clock.now();
      if (now - begun >= MOST_MS || signal?.aborted === true) break;
      if (now - sliceBegun >= SLICE_MS) {
        await pause();
        sliceBegun = clock.now();
      }
      runs.push(runPlanned(planned, world));
    }
    return reportOf(suite, runs, world, flows ?? null);
  }

  return {
    run: (candidate) => inTurn(() => runAll(candidate)),
  };
}

/** A given file stands for the one of the same name. */
function withGiven(files: readonly TextFile[], given: readonly TextFile[]): readonly TextFile[] {
  const replaced = new Set(given.map(({ path }) => scenarioNameOf(path)));
  return [...files.filter(({ path }) => !replaced.has(scenarioNameOf(path))), ...given];
}
