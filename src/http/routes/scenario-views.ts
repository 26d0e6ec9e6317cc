import type { ScenarioFailure, ScenarioReport } from '../../flow/scenario/report.ts';
import { turkishFailure } from '../../flow/turkish/run-words.ts';
import { viewProblem } from './flows.ts';

/** A report as the API tells it. */
export function viewReport({ ok, problems, results, coverage, untold, leftOut }: ScenarioReport) {
  return {
    ok,
    problems: problems.map(viewProblem),
    results: results.map((one) => ({
      ...one,
      failure: one.failure === null ? null : viewFailure(one.failure),
      transcript: [...one.transcript],
    })),
    coverage: coverage.map((one) => ({ ...one, untakenNodes: [...one.untakenNodes], untakenExits: [...one.untakenExits] })),
    untold: [...untold],
    leftOut,
  };
}

function viewFailure(failure: ScenarioFailure) {
  const tr = turkishFailure(failure);
  return { ...failure, tr: tr === null ? null : { ...tr } };
}
