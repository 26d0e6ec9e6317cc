import type { ScenarioReport } from '../../flow/scenario/report.ts';
import { viewProblem } from './flows.ts';

/** A report as the API tells it. */
export function viewReport({ ok, problems, results, coverage, untold, leftOut }: ScenarioReport) {
  return {
    ok,
    problems: problems.map(viewProblem),
    results: results.map((one) => ({ ...one, transcript: [...one.transcript] })),
    coverage: coverage.map((one) => ({ ...one, untakenNodes: [...one.untakenNodes], untakenExits: [...one.untakenExits] })),
    untold: [...untold],
    leftOut,
  };
}
