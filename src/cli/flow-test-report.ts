import type { Release } from '../flow/release.ts';
import { percentOf } from '../flow/scenario/coverage.ts';
import type { FlowCoverage, ScenarioFailure, ScenarioReport, ScenarioResult, TranscriptLine } from '../flow/scenario/report.ts';
import { hintLines } from './coverage-hints.ts';

const MOST_NAMED = 20;
const WHO: { readonly [W in TranscriptLine['who']]: string } = { caller: 'caller ', flow: 'flow   ', system: '       ' };

/** Every scenario under its file, what went otherwise with where and how. */
export function resultLines(results: readonly ScenarioResult[]): string[] {
  return results.flatMap((result, at) => {
    const head = results[at - 1]?.file === result.file ? [] : [`${result.file}\n`];
    const { failure } = result;
    const name = `${result.name} (${result.language})`;
    return failure === null ? [...head, `  ✓ ${name}\n`] : [...head, `  ✗ ${name}\n`, ...failureLines(result, failure)];
  });
}

function failureLines({ file, transcript }: ScenarioResult, { line, column, step, message, expected, actual }: ScenarioFailure): string[] {
  return [
    `      ${file}:${line}:${column} ${step}\n`,
    `      ${message}\n`,
    `        expected  ${expected}\n`,
    `        actual    ${actual}\n`,
    ...transcript.map(({ who, text }) => `      | ${WHO[who]}${text}\n`),
  ];
}

/** What no scenario came through, by flow, and how one would. */
export function coverageLines(coverage: readonly FlowCoverage[], release: Release): string[] {
  return coverage.flatMap((one) => {
    const { flow, nodes, exits, untakenNodes, untakenExits } = one;
    const nodesTaken = `${nodes - untakenNodes.length} of ${nodes} nodes`;
    const exitsTaken = `${exits - untakenExits.length} of ${exits} exits`;
    return [
      `${flow}: ${nodesTaken}, ${exitsTaken} (${percentOf(one)} %)\n`,
      ...never('nodes', untakenNodes),
      ...never('exits', untakenExits),
      ...hintLines(one, release),
    ];
  });
}

/** Flows of which nobody tells, and what to do about it. */
export function untoldLines(untold: readonly string[]): string[] {
  return untold.map((flow) => `${flow} has no scenarios: write ${flow}.test.yaml (santral flow run ${flow} --record begins one)\n`);
}

/** Flows whose scenarios are there and cannot be run. */
export function unreadLines(unread: ScenarioReport['unread']): string[] {
  return unread.map(({ flow, file, problems }) => {
    const many = problems === 1 ? 'a problem' : `${problems} problems`;
    return `${flow} has scenarios that cannot be run: ${file} has ${many}, told above\n`;
  });
}

function never(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return [`  ${what} never taken: ${names.slice(0, MOST_NAMED).join(', ')}${more}\n`];
}

/** `40 runs: 39 as written, 1 otherwise; 2 problems (35 ms)`. */
export function summaryLine({ results, problems, leftOut }: ScenarioReport, ms: number): string {
  const otherwise = results.filter(({ failure }) => failure !== null).length;
  const extra = [
    ...(problems.length === 0 ? [] : [`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in files`]),
    ...(leftOut === 0 ? [] : [`${leftOut} left out`]),
  ];
  const runs = `${results.length} ${results.length === 1 ? 'run' : 'runs'}`;
  return `${[`${runs}: ${results.length - otherwise} as written, ${otherwise} otherwise`, ...extra].join('; ')} (${Math.round(ms)} ms)\n`;
}
