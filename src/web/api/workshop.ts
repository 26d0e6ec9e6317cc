import { hasCode, request } from './client.ts';
import { type FlowProblem, oneOf, problemFrom } from './flow-problems.ts';
import { textsOf } from './flow-words.ts';
import { type FlowScenarios, loadScenarios, NO_SCENARIOS, reportFrom, type ScenarioReport } from './scenarios.ts';
import { type Shape, shape } from './shape.ts';

/** A text per language, as far as it is there. */
export type Words = { readonly tr?: string; readonly en?: string };

export interface Revision {
  readonly revision: number;
  /** UTC ms. */
  readonly createdAt: number;
  readonly createdBy: string;
}

export interface DraftState {
  readonly version: number;
  readonly basedOn: number | null;
  readonly author: string;
  readonly updatedAt: number;
}

export interface FlowState {
  readonly flow: string;
  readonly title: Words;
  readonly current: Revision | null;
  readonly draft: (DraftState & { readonly errors: number; readonly warnings: number }) | null;
}

export type DraftText = DraftState & {
  readonly source: string;
  /** The scenarios that are published with it; null: those in force stay. */
  readonly scenarios: string | null;
};

export interface PublishedFlow {
  readonly current: Revision & { readonly source: string };
  /** Newest first. */
  readonly revisions: readonly Revision[];
}

export interface OutlinedNode {
  readonly id: string;
  readonly type: string;
  readonly line: number;
  readonly calls: string | null;
  readonly exits: readonly { readonly exit: string; readonly to: string; readonly label: Words }[];
}

export interface Outline {
  readonly title: Words;
  readonly start: string | null;
  /** The first node of the after-call section; null when there is none. */
  readonly afterCall: string | null;
  readonly nodes: readonly OutlinedNode[];
}

export interface Inspection {
  readonly ok: boolean;
  readonly problems: readonly FlowProblem[];
  readonly outline: Outline | null;
}

export interface Readiness {
  readonly ready: boolean;
  readonly version: number;
  readonly overtakenBy: number | null;
  readonly problems: readonly FlowProblem[];
  /** null: not run, because the check found errors. */
  readonly scenarios: ScenarioReport | null;
}

/** How often callers came to a node, left it by an exit, or hung up in it. */
export interface CountedStep {
  readonly kind: 'entered' | 'exit' | 'hang-up';
  readonly node: string;
  readonly to: string | null;
  readonly exit: string | null;
  readonly count: number;
}

const draftPath = (flow: string): string => `/flows/${encodeURIComponent(flow)}/draft`;

export async function listFlows(): Promise<readonly FlowState[]> {
  return shape(await request('GET', '/workshop'), 'flows')
    .list('items')
    .map((row) => ({
      flow: row.text('flow'),
      title: textsOf(row.child('title').raw),
      current: row.has('current') ? revisionFrom(row.child('current')) : null,
      draft: row.has('draft') ? draftWithFaults(row.child('draft')) : null,
    }));
}

/** null when nobody works on the flow. */
export async function loadDraft(flow: string): Promise<DraftText | null> {
  try {
    return draftText(await request('GET', draftPath(flow)));
  } catch (error) {
    if (hasCode(error, 'request.not-found')) return null;
    throw error;
  }
}

/** What there is of a flow: its draft, what is published, both, or neither; and its scenarios in force. */
export interface OpenedFlow {
  readonly draft: DraftText | null;
  readonly published: PublishedFlow | null;
  readonly scenarios: FlowScenarios;
}

export async function openFlow(flow: string): Promise<OpenedFlow> {
  const state = (await listFlows()).find((one) => one.flow === flow);
  const draft = state?.draft == null ? null : loadDraft(flow);
  const published = state?.current == null ? null : loadPublished(flow);
  const scenarios = state === undefined ? NO_SCENARIOS : loadScenarios(flow);
  return { draft: await draft, published: await published, scenarios: await scenarios };
}

async function loadPublished(flow: string): Promise<PublishedFlow> {
  const answer = shape(await request('GET', `/flows/${encodeURIComponent(flow)}`), 'flow');
  const current = answer.child('current');
  return { current: { ...revisionFrom(current), source: current.text('source') }, revisions: answer.list('revisions').map(revisionFrom) };
}

export async function loadRevisionText(flow: string, revision: number): Promise<string> {
  return shape(await request('GET', `/flows/${encodeURIComponent(flow)}/revisions/${revision}`), 'revision').text('source');
}

export async function saveDraft(
  flow: string,
  draft: { readonly source: string; readonly scenarios: string | null; readonly basedOn: number | null; readonly seen: number | null },
): Promise<DraftText> {
  return draftText(await request('PUT', draftPath(flow), draft));
}

export async function discardDraft(flow: string, version: number): Promise<void> {
  await request('DELETE', `${draftPath(flow)}?version=${version}`);
}

export async function inspect(flow: string, source: string): Promise<Inspection> {
  const answer = shape(await request('POST', '/flows/inspect', { flow, source }), 'inspection');
  return {
    ok: answer.flag('ok'),
    problems: answer.list('problems').map(problemFrom),
    outline: answer.has('outline') ? outlineFrom(answer.child('outline')) : null,
  };
}

export async function loadReadiness(flow: string): Promise<Readiness> {
  const answer = shape(await request('GET', `${draftPath(flow)}/readiness`), 'readiness');
  return {
    ready: answer.flag('ready'),
    version: answer.number('version'),
    overtakenBy: answer.has('overtakenBy') ? answer.number('overtakenBy') : null,
    problems: answer.list('problems').map(problemFrom),
    scenarios: answer.has('scenarios') ? reportFrom(answer.child('scenarios')) : null,
  };
}

export async function publishDraft(flow: string, version: number): Promise<void> {
  await request('POST', `${draftPath(flow)}/publish`, { version });
}

export async function rollBack(flow: string, revision: number, current: number): Promise<void> {
  await request('POST', `/flows/${encodeURIComponent(flow)}/rollback`, { revision, current });
}

export async function loadFigures(flow: string): Promise<readonly CountedStep[]> {
  return shape(await request('GET', `/flows/${encodeURIComponent(flow)}/figures`), 'figures')
    .list('items')
    .map((row) => ({
      kind: oneOf(row.text('kind'), ['entered', 'exit', 'hang-up']),
      node: row.text('node'),
      to: row.optionalText('to'),
      exit: row.optionalText('exit'),
      count: row.number('count'),
    }));
}

function revisionFrom(row: Shape): Revision {
  return { revision: row.number('revision'), createdAt: row.number('createdAt'), createdBy: row.text('createdBy') };
}

function draftState(row: Shape): DraftState {
  return {
    version: row.number('version'),
    basedOn: row.has('basedOn') ? row.number('basedOn') : null,
    author: row.text('author'),
    updatedAt: row.number('updatedAt'),
  };
}

function draftWithFaults(row: Shape): NonNullable<FlowState['draft']> {
  return { ...draftState(row), errors: row.number('errors'), warnings: row.number('warnings') };
}

function draftText(value: unknown): DraftText {
  const row = shape(value, 'draft');
  return { ...draftState(row), source: row.text('source'), scenarios: row.optionalText('scenarios') };
}

function outlineFrom(row: Shape): Outline {
  return {
    title: textsOf(row.child('title').raw),
    start: row.optionalText('start'),
    afterCall: row.optionalText('afterCall'),
    nodes: row.list('nodes').map((node) => ({
      id: node.text('id'),
      type: node.text('type'),
      line: node.number('line'),
      calls: node.optionalText('calls'),
      exits: node.list('exits').map((exit) => ({
        exit: exit.text('exit'),
        to: exit.text('to'),
        label: exit.has('label') ? textsOf(exit.child('label').raw) : {},
      })),
    })),
  };
}
