import type { Problem } from '../../domain/problem.ts';
import { ACTIONS } from '../actions.ts';
import { didYouMean } from '../check/suggest.ts';
import type { CompiledFlow } from '../compiled.ts';
import { FAULT_CODES } from '../fault.ts';
import type { Release } from '../release.ts';
import { qualified } from './expectations.ts';
import { isAddress } from './look-ups.ts';
import { type ScenarioProblemCode, scenarioProblem } from './problems.ts';
import type { Place, PlacedStep, Scenario, ScenarioFile } from './scenario.ts';

const MOST_NAMED = 12;

/** Names in a scenario file that the release does not have: a scenario that waits for what cannot be would only say "not heard". */
export function checkNames(file: ScenarioFile, release: Release): readonly Problem[] {
  const problems: Problem[] = [];
  const flow = release.flows.get(file.flow);
  const tell: Tell = (place, code, message, written, known) =>
    void problems.push(scenarioProblem(place, code, message, didYouMean(written, known, listOf(known))));
  if (flow === undefined) {
    tell(file.place, 'unknown-flow', `there is no flow ${file.flow} without errors`, file.flow, [...release.flows.keys()]);
    return problems;
  }
  for (const scenario of file.scenarios) {
    checkSetting(scenario, flow, tell);
    for (const step of scenario.steps) checkStep(step, flow, release, tell);
  }
  return problems;
}

type Tell = (place: Place, code: ScenarioProblemCode, message: string, written: string, known: readonly string[]) => void;

function listOf(known: readonly string[]): string {
  if (known.length === 0) return 'There is none.';
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  return `Known: ${known.slice(0, MOST_NAMED).join(', ')}${more}.`;
}

function checkSetting({ params, lookUps, faults, place }: Scenario, flow: CompiledFlow, tell: Tell): void {
  const parameters = Object.keys(flow.parameters);
  for (const name of Object.keys(params))
    if (!parameters.includes(name)) tell(place, 'unknown-parameter', `${flow.id} has no parameter ${name}`, name, parameters);
  const actions = ACTIONS.map(({ name }) => name);
  for (const { name, place: at } of lookUps) {
    if (!isAddress(name) && !actions.includes(name)) tell(at, 'unknown-look-up', `there is no action ${name}`, name, actions);
  }
  const codes = Object.keys(FAULT_CODES);
  for (const code of faults) if (!codes.includes(code)) tell(place, 'bad-value', `there is no fault ${code}`, code, codes);
}

function checkStep({ step, place }: PlacedStep, flow: CompiledFlow, release: Release, tell: Tell): void {
  if (step.kind === 'hears') {
    for (const { key } of step.prompts) {
      if (typeof key === 'string' && !release.catalogue.has(key))
        tell(place, 'unknown-prompt', `the catalogue has no prompt "${key}"`, key, [...release.catalogue.keys()]);
    }
  }
  if (step.kind !== 'expect') return;
  const { node, visited = [], notVisited = [], exits = {}, variables = {} } = step.expectation;
  const nodes = [...visited, ...notVisited, ...Object.keys(exits), ...(node === undefined ? [] : [node])];
  for (const name of nodes) checkNode(name, place, flow, release, tell);
  for (const [name, taken] of Object.entries(exits)) checkExits(name, taken, place, flow, release, tell);
  for (const name of Object.keys(variables)) checkVariable(name, place, release, tell);
}

function checkNode(name: string, place: Place, flow: CompiledFlow, release: Release, tell: Tell): void {
  const [flowId = '', node = ''] = qualified(name, flow.id).split('/');
  const owner = release.flows.get(flowId);
  if (owner === undefined) tell(place, 'unknown-flow', `there is no flow ${flowId} without errors`, flowId, [...release.flows.keys()]);
  else if (!owner.nodes.has(node)) tell(place, 'unknown-node', `${flowId} has no node "${node}"`, node, [...owner.nodes.keys()]);
}

function checkExits(name: string, taken: readonly string[], place: Place, flow: CompiledFlow, release: Release, tell: Tell): void {
  const [flowId = '', node = ''] = qualified(name, flow.id).split('/');
  const exits = release.flows.get(flowId)?.nodes.get(node)?.exits;
  if (exits === undefined) return;
  for (const exit of taken) if (!exits.has(exit)) tell(place, 'unknown-exit', `${name} has no exit "${exit}"`, exit, [...exits.keys()]);
}

/** The call may stand in any flow: a name that none of them knows is a slip. */
function checkVariable(name: string, place: Place, release: Release, tell: Tell): void {
  const known = new Set(['params', ...[...release.flows.values()].flatMap(({ variables }) => Object.keys(variables))]);
  if (!known.has(name)) tell(place, 'unknown-variable', `no flow has a variable ${name}`, name, [...known]);
}
