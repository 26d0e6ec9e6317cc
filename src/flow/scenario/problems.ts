import type { Problem } from '../../domain/problem.ts';
import type { Place } from './scenario.ts';

/** Everything that can be wrong with a scenario file. The code in a report is `scenario.` and the name here. */
export const SCENARIO_PROBLEMS = {
  yaml: 'The file is not valid YAML.',
  'duplicate-key': 'The same key stands twice in one map.',
  'too-large': 'The file is larger or deeper than a scenario file may be, or holds more scenarios or steps.',
  'unknown-key': 'A key that means nothing at this place.',
  'missing-key': 'A key that must be there is not.',
  'wrong-type': 'Text where a list is needed, a number where text is needed, and the like.',
  'bad-value': 'The right kind of value, but not one that is allowed.',
  'bad-name': 'A name with characters that are not allowed.',
  'bad-duration': 'A time without its unit, or with one that is not known.',
  'bad-time': 'A date and time that cannot be read.',
  'unquoted-digits': 'Digits without quotes where leading zeros would be lost.',
  'flow-name': 'The file is not named after its flow.',
  'duplicate-name': 'Two scenarios of one file have the same name.',
  'unknown-step': 'There is no step of that name.',
  'unknown-flow': 'There is no flow of that name, or it has errors.',
  'unknown-prompt': 'The catalogue has no prompt of that key.',
  'unknown-node': 'The release has no node of that name.',
  'unknown-exit': 'The node has no exit of that name.',
  'unknown-variable': 'The flow has no variable of that name.',
  'unknown-parameter': 'The flow has no parameter of that name.',
  'unknown-look-up': 'An answer is given for an action that does not exist.',
} as const;

export type ScenarioProblemCode = keyof typeof SCENARIO_PROBLEMS;

/** A problem at a place of a scenario file. */
export function scenarioProblem(place: Place, code: ScenarioProblemCode, message: string, remedy: string): Problem {
  return { severity: 'error', code: `scenario.${code}`, message, remedy, file: place.file, line: place.line, column: place.column };
}

const SECTION = 'See "Scenario tests" in flows/README.md.';

/** Remedies of the flow checker that speak of nodes, in the words of scenarios. */
const REMEDIES: Readonly<Partial<Record<ScenarioProblemCode, string>>> = {
  'missing-key': `Add it. ${SECTION}`,
  'wrong-type': `Write it as the examples do. ${SECTION}`,
  'bad-value': SECTION,
  'bad-name': SECTION,
  'too-large': 'Split it into several files: <flow>.<part>.test.yaml.',
};

/** What the flow checker's reader says of a file, told of a scenario file. */
export function ofScenario(problem: Problem): Problem {
  const name = problem.code.replace(/^flow\./, '');
  const code: ScenarioProblemCode = Object.hasOwn(SCENARIO_PROBLEMS, name) ? (name as ScenarioProblemCode) : 'bad-value';
  return { ...problem, code: `scenario.${code}`, remedy: REMEDIES[code] ?? problem.remedy };
}
