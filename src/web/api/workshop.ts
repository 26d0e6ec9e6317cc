import { hasCode, request } from './client.ts';
import { textsOf } from './flow-words.ts';
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

export type DraftText = DraftState & { readonly source: string };

export interface PublishedFlow {
  readonly current: Revision & { readonly source: string };
  /** Newest first. */
  readonly revisions: readonly Revision[];
}

export interface FlowProblem {
  /** What kind of fault: `flow.unknown-target`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly node: string | null;
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

export interface FailedScenario {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly version: number;
  readonly overtakenBy: number | null;
  readonly problems: readonly FlowProblem[];
  /** null: not run, because the check found errors. */
  readonly scenarios: {
    readonly ok: boolean;
    readonly count: number;
    readonly failed: readonly FailedScenario[];
    /** No scenario tells of this flow. */
    readonly untold: boolean;
    readonly leftOut: number;
  } | null;
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

/** What there is of a flow: its draft, what is published, both, or neither. */
export async function openFlow(flow: string): Promise<{ readonly draft: DraftText | null; readonly published: PublishedFlow | null }> {
  const state = (await listFlows()).find((one) => one.flow === flow);
  const draft = state?.draft == null ? null : loadDraft(flow);
  const published = state?.current == null ? null : loadPublished(flow);
  return { draft: await draft, published: await published };
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
  draft: { readonly source: string; readonly basedOn: number | null; readonly seen: number | null },
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
    scenarios: answer.has('scenarios') ? scenariosFrom(answer.child('scenarios')) : null,
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
  return { ...draftState(row), source: row.text('source') };
}

function problemFrom(row: Shape): FlowProblem {
  return {
    code: row.text('code'),
    severity: oneOf(row.text('severity'), ['error', 'warning', 'info']),
    message: row.text('message'),
    remedy: row.text('remedy'),
    file: row.text('file'),
    line: row.number('line'),
    column: row.number('column'),
    node: row.optionalText('node'),
  };
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

function scenariosFrom(row: Shape): NonNullable<Readiness['scenarios']> {
  const results = row.list('results');
  const failed = results
    .filter((result) => result.has('failure'))
    .map((result) => ({
      name: result.text('name'),
      file: result.text('file'),
      line: result.child('failure').number('line'),
      message: result.child('failure').text('message'),
    }));
  const faulty = row
    .list('problems')
    .map(problemFrom)
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, message }) => ({ name: file, file, line, message }));
  return {
    ok: row.flag('ok'),
    count: results.length,
    failed: [...faulty, ...failed],
    untold: row.texts('untold').length > 0,
    leftOut: row.number('leftOut'),
  };
}

function oneOf<const T extends string>(value: string, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === value) ?? known[0];
}
