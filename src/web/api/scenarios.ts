import { isLanguage, type Language } from '../../domain/language.ts';
import { request } from './client.ts';
import { type FlowProblem, oneOf, problemFrom } from './flow-problems.ts';
import { type Shape, shape } from './shape.ts';

/** The scenarios of a flow that are in force. */
export interface FlowScenarios {
  /** null: there is none. */
  readonly source: string | null;
  /** Further files on disk: they are run, too, and are changed there. */
  readonly others: readonly { readonly file: string; readonly source: string }[];
}

export const NO_SCENARIOS: FlowScenarios = { source: null, others: [] };

export interface ScenarioFailure {
  readonly line: number;
  /** As it is written. */
  readonly step: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** The same in Turkish; null for what is told in English only. */
  readonly tr: FailureWords | null;
}

export interface FailureWords {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** One scenario in one language. */
export interface ScenarioRun {
  readonly name: string;
  readonly language: Language;
  readonly file: string;
  readonly line: number;
  /** null: it went as written. */
  readonly failure: ScenarioFailure | null;
  readonly transcript: readonly { readonly who: 'caller' | 'flow' | 'system'; readonly text: string }[];
}

export interface Coverage {
  readonly flow: string;
  readonly nodes: number;
  readonly exits: number;
  readonly untakenNodes: readonly string[];
  /** `node.exit` */
  readonly untakenExits: readonly string[];
}

export interface ScenarioReport {
  readonly ok: boolean;
  readonly problems: readonly FlowProblem[];
  readonly runs: readonly ScenarioRun[];
  readonly coverage: readonly Coverage[];
  /** No scenario tells of the flow. */
  readonly untold: boolean;
  readonly leftOut: number;
}

export async function loadScenarios(flow: string): Promise<FlowScenarios> {
  const answer = shape(await request('GET', `/flows/${encodeURIComponent(flow)}/scenarios`), 'scenarios');
  const others = answer.list('others').map((row) => ({ file: row.text('file'), source: row.text('source') }));
  return { source: answer.optionalText('source'), others };
}

/** What the check says of the scenarios, beside this text of the flow. */
export async function inspectScenarios(flow: string, source: string, scenarios: string): Promise<readonly FlowProblem[]> {
  const answer = shape(await request('POST', '/scenarios/inspect', { flow, source, scenarios }), 'inspection');
  return answer.list('problems').map(problemFrom);
}

export async function runScenarios(flow: string, source: string, scenarios: string): Promise<ScenarioReport> {
  return reportFrom(shape(await request('POST', '/scenarios/run', { flow, source, scenarios }), 'report'));
}

/** The file with what was played in a simulation as one more scenario. `same`: run, it goes as the call went. */
export async function recordSimulation(id: string, name: string, into: string): Promise<{ readonly text: string; readonly same: boolean }> {
  const answer = shape(await request('POST', `/simulations/${id}/scenario`, { name, into }), 'scenario');
  return { text: answer.text('text'), same: answer.flag('same') };
}

export function reportFrom(row: Shape): ScenarioReport {
  return {
    ok: row.flag('ok'),
    problems: row.list('problems').map(problemFrom),
    runs: row.list('results').map(runFrom),
    coverage: row.list('coverage').map((one) => ({
      flow: one.text('flow'),
      nodes: one.number('nodes'),
      exits: one.number('exits'),
      untakenNodes: one.texts('untakenNodes'),
      untakenExits: one.texts('untakenExits'),
    })),
    untold: row.texts('untold').length > 0,
    leftOut: row.number('leftOut'),
  };
}

function runFrom(row: Shape): ScenarioRun {
  const language = row.text('language');
  return {
    name: row.text('name'),
    language: isLanguage(language) ? language : 'tr',
    file: row.text('file'),
    line: row.number('line'),
    failure: row.has('failure') ? failureFrom(row.child('failure')) : null,
    transcript: row
      .list('transcript')
      .map((line) => ({ who: oneOf(line.text('who'), ['system', 'caller', 'flow']), text: line.text('text') })),
  };
}

function failureWords(row: Shape): FailureWords {
  return { message: row.text('message'), expected: row.text('expected'), actual: row.text('actual') };
}

function failureFrom(row: Shape): ScenarioFailure {
  const texts = { step: row.text('step'), ...failureWords(row), tr: row.has('tr') ? failureWords(row.child('tr')) : null };
  return { line: row.number('line'), ...texts };
}
