import type { Language } from '../../domain/language.ts';
import type { Problem } from '../../domain/problem.ts';
import { flowIdOf } from '../check/draft.ts';
import type { SourceFile } from '../check/source.ts';
import { sortProblems } from '../problems.ts';
import { coverageOf } from './coverage.ts';
import { checkNames } from './names.ts';
import { readScenarios } from './read.ts';
import type { ScenarioReport } from './report.ts';
import { runScenario, type ScenarioRun, type ScenarioWorld } from './run.ts';
import type { Scenario } from './scenario.ts';

/** One scenario in one language, ready to be run. */
export interface PlannedRun {
  readonly flow: string;
  readonly scenario: Scenario;
  readonly language: Language;
}

export interface Suite {
  readonly planned: readonly PlannedRun[];
  readonly problems: readonly Problem[];
  readonly unread: ScenarioReport['unread'];
}

/** Reads scenario files and gives what is to be run: nothing of a file that names what is not there. */
export function planSuite(files: readonly SourceFile[], { release }: Pick<ScenarioWorld, 'release'>): Suite {
  const problems: Problem[] = [];
  const unread: ScenarioReport['unread'][number][] = [];
  const planned = files.flatMap((source) => {
    const read = readScenarios(source);
    const named = read.file === null ? [] : checkNames(read.file, release);
    problems.push(...read.problems, ...named);
    const { file } = read;
    if (file === null || named.length > 0 || (file.scenarios.length === 0 && read.problems.length > 0)) {
      const flow = file?.flow ?? flowIdOf(source.path).replace(/\..*$/, '');
      unread.push({ flow, file: source.path, problems: read.problems.length + named.length });
      return [];
    }
    const all = release.flows.get(file.flow)?.languages ?? [];
    return file.scenarios.flatMap((scenario) =>
      (scenario.languages ?? all).map((language): PlannedRun => ({ flow: file.flow, scenario, language })),
    );
  });
  return { planned, problems: sortProblems(problems), unread };
}

export function runPlanned({ flow, scenario, language }: PlannedRun, world: ScenarioWorld): ScenarioRun {
  return runScenario(flow, scenario, language, world);
}

/** Puts the report together. `flows`: whose coverage is told, and what has no scenarios; all when null. */
export function reportOf(
  suite: Suite,
  runs: readonly ScenarioRun[],
  world: ScenarioWorld,
  flows: readonly string[] | null,
): ScenarioReport {
  const results = runs.map(({ result }) => result);
  const leftOut = suite.planned.length - runs.length;
  const asked = flows ?? [...world.release.flows.keys()].sort();
  const coverage = coverageOf(
    world.release,
    asked,
    runs.map(({ observed }) => observed),
  );
  const unread = suite.unread.filter(({ flow }) => asked.includes(flow));
  const told = new Set([...suite.planned, ...unread].map(({ flow }) => flow));
  const untold = asked.filter((flow) => !told.has(flow));
  const ok = leftOut === 0 && results.every(({ failure }) => failure === null) && suite.problems.length === 0;
  return { ok, problems: suite.problems, results, coverage, untold, unread, leftOut };
}

/** Reads and runs scenario files, all at once. */
export function runSuite(files: readonly SourceFile[], world: ScenarioWorld, flows: readonly string[] | null = null): ScenarioReport {
  const suite = planSuite(files, world);
  return reportOf(
    suite,
    suite.planned.map((one) => runPlanned(one, world)),
    world,
    flows,
  );
}
