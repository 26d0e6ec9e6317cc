import { CALLBACK_STATES, type CallbackKind, type CallbackState, CLOSE_REASONS, type CloseReason } from '../../domain/callback.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface CallbackInfo {
  readonly id: string;
  readonly group: string;
  readonly kind: CallbackKind;
  /** A web form asked for it. */
  readonly byForm: boolean;
  readonly state: CallbackState;
  /** Masked. */
  readonly number: string;
  readonly wiped: boolean;
  readonly about: string;
  /** UTC ms. */
  readonly firstAt: number;
  readonly count: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly onTheLine: boolean;
  readonly reason: CloseReason | null;
  readonly closedBy: string | null;
}

export interface CallbackFigures {
  readonly reached: number;
  readonly selfCured: number;
  readonly open: number;
  readonly successRate: number | null;
  readonly medianToContactMs: number | null;
  readonly attemptsPerSuccess: number | null;
}

/** Everybody who waits for a callback, who is next in front. */
export async function openCallbacks(): Promise<readonly CallbackInfo[]> {
  return shape(await request('GET', '/callbacks/open'), 'callbacks')
    .list('items')
    .map(callbackFrom);
}

/** The newest that are done with. */
export async function closedCallbacks(): Promise<readonly CallbackInfo[]> {
  return shape(await request('GET', '/callbacks?state=closed&limit=100'), 'callbacks')
    .list('items')
    .map(callbackFrom);
}

export async function callbackFigures(from: number, to: number): Promise<CallbackFigures> {
  const figures = shape(await request('GET', `/callbacks/figures?from=${from}&to=${to}`), 'figures');
  const maybe = (name: string): number | null => (figures.has(name) ? figures.number(name) : null);
  return {
    reached: figures.number('reached'),
    selfCured: figures.number('selfCured'),
    open: figures.number('open'),
    successRate: maybe('successRate'),
    medianToContactMs: maybe('medianToContactMs'),
    attemptsPerSuccess: maybe('attemptsPerSuccess'),
  };
}

/** What was done about one, and what was agreed to where a web form asked for it. */
export interface CallbackStory {
  readonly history: readonly { readonly at: number; readonly event: string; readonly by: string }[];
  readonly forms: readonly FormEvidence[];
}

export interface FormEvidence {
  readonly id: string;
  readonly form: string;
  readonly at: number;
  /** Of the page it was sent from; `own`: ours. */
  readonly origin: string;
  readonly consentVersion: string;
  /** In these words, in the language they were read in. */
  readonly consentText: string;
}

export async function callbackStory(id: string): Promise<CallbackStory> {
  const story = shape(await request('GET', `/callbacks/${id}`), 'callback');
  return {
    history: story.list('history').map((line) => ({ at: line.number('at'), event: line.text('event'), by: line.text('by') })),
    forms: story.list('forms').map((one) => ({
      id: one.text('id'),
      form: one.text('form'),
      at: one.number('at'),
      origin: one.text('origin'),
      consentVersion: one.text('consentVersion'),
      consentText: one.text('consentText'),
    })),
  };
}

export async function closeCallback(id: string): Promise<void> {
  await request('POST', `/callbacks/${id}/close`);
}

export async function takeCallback(id: string): Promise<void> {
  await request('POST', `/callbacks/${id}/take`);
}

export async function moveCallback(id: string, to: { readonly before: string } | { readonly after: string }): Promise<void> {
  await request('POST', `/callbacks/${id}/move`, to);
}

function callbackFrom(row: Shape): CallbackInfo {
  return {
    id: row.text('id'),
    group: row.text('group'),
    kind: row.text('kind') === 'requested' ? 'requested' : 'abandoned',
    byForm: row.text('origin') === 'form',
    state: CALLBACK_STATES.find((one) => one === row.text('state')) ?? 'open',
    number: row.text('number'),
    wiped: row.flag('wiped'),
    about: row.text('about'),
    firstAt: row.number('firstAt'),
    count: row.number('count'),
    attempts: row.number('attempts'),
    dueAt: row.number('dueAt'),
    onTheLine: row.flag('onTheLine'),
    reason: CLOSE_REASONS.find((one) => one === row.optionalText('reason')) ?? null,
    closedBy: row.optionalText('closedBy'),
  };
}
