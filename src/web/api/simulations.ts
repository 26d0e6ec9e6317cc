import { isLanguage, type Language } from '../../domain/language.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** What a simulated call waits for. */
export type SimulationWait =
  | { readonly kind: 'keys'; readonly secret: boolean; readonly options: readonly string[] }
  | { readonly kind: 'recording' }
  | { readonly kind: 'look-up'; readonly name: string }
  | { readonly kind: 'dialling'; readonly to: string }
  | { readonly kind: 'queueing'; readonly queue: string }
  | { readonly kind: 'ended'; readonly by: 'flow' | 'caller' }
  | { readonly kind: 'endless' };

/** One line of what happened. `at`: its place in the simulation, under which its sound is had. */
export type SimulationLine = { readonly at: number } & (
  | { readonly kind: 'heard' | 'cut'; readonly language: Language; readonly text: string; readonly key: string | null }
  | { readonly kind: 'did'; readonly what: string; readonly keys: string | null; readonly outcome: string | null }
  | { readonly kind: 'entered'; readonly flow: string; readonly node: string; readonly type: string }
  | { readonly kind: 'exit'; readonly exit: string; readonly to: string | null }
  | { readonly kind: 'no-input'; readonly count: number }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'result' | 'asked' | 'effect'; readonly name: string; readonly outcome: string }
  | { readonly kind: 'fault'; readonly node: string; readonly message: string; readonly tr: string | null }
);

export interface Simulation {
  readonly id: string;
  readonly waiting: SimulationWait;
  /** Where the call stands, the outermost flow first. */
  readonly stack: readonly { readonly flow: string; readonly node: string }[];
  readonly variables: { readonly [name: string]: unknown };
  /** New lines of this answer. */
  readonly lines: readonly SimulationLine[];
}

export type SimulationInput =
  | { readonly kind: 'press'; readonly keys: string; readonly more: boolean }
  | { readonly kind: 'silence' | 'hang-up' | 'ask' }
  | { readonly kind: 'record'; readonly outcome: 'spoken' | 'nothing' | 'failed' }
  | { readonly kind: 'dialled'; readonly outcome: string }
  | { readonly kind: 'queued'; readonly how: string }
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'fail'; readonly reason: 'timeout' };

/** `text`: play this text instead of what is published. */
export async function beginSimulation(flow: string, language: Language, text: string | null): Promise<Simulation> {
  const source = text === null ? { kind: 'published' } : { kind: 'text', flows: [{ flow, source: text }] };
  const lookUps = text === null ? 'live' : 'by-hand';
  return simulationFrom(await request('POST', '/simulations', { flow, language, source, lookUps }));
}

export async function sendInput(id: string, input: SimulationInput): Promise<Simulation> {
  return simulationFrom(await request('POST', `/simulations/${id}/inputs`, input));
}

export async function endSimulation(id: string): Promise<void> {
  await request('DELETE', `/simulations/${id}`);
}

/** Where the sound of a line is. */
export function soundOf(id: string, line: number): string {
  return `/api/v1/simulations/${id}/audio/${line}`;
}

function simulationFrom(value: unknown): Simulation {
  const row = shape(value, 'simulation');
  const first = row.number('first');
  return {
    id: row.text('id'),
    waiting: waitFrom(row.child('waiting')),
    stack: row.list('stack').map((frame) => ({ flow: frame.text('flow'), node: frame.text('node') })),
    variables: row.child('variables').raw as Simulation['variables'],
    lines: row.list('told').flatMap((line, index) => lineFrom(line, first + index) ?? []),
  };
}

function waitFrom(row: Shape): SimulationWait {
  const kind = row.text('kind');
  switch (kind) {
    case 'keys': {
      const { options } = row.raw as { readonly options?: unknown };
      return { kind, secret: row.flag('secret'), options: Array.isArray(options) ? options.map(String) : [] };
    }
    case 'look-up':
      return { kind, name: row.text('name') };
    case 'dialling':
      return { kind, to: row.text('to') };
    case 'queueing':
      return { kind, queue: row.text('queue') };
    case 'ended':
      return { kind, by: row.text('by') === 'caller' ? 'caller' : 'flow' };
    case 'recording':
      return { kind };
    default:
      return { kind: 'endless' };
  }
}

/** null: a line that this page has nothing to say of. */
function lineFrom(row: Shape, at: number): SimulationLine | null {
  const kind = row.text('kind');
  switch (kind) {
    case 'heard':
    case 'cut':
      return { at, kind, language: languageIn(row), text: row.text('text'), key: row.optionalText('key') };
    case 'did':
      return { at, kind, what: row.text('what'), keys: row.optionalText('keys'), outcome: row.optionalText('outcome') };
    case 'entered':
      return { at, kind, flow: row.text('flow'), node: row.text('node'), type: row.text('type') };
    case 'exit':
      return { at, kind, exit: row.text('exit'), to: row.optionalText('to') };
    case 'no-input':
      return { at, kind, count: row.number('count') };
    case 'language':
      return { at, kind, language: languageIn(row) };
    case 'result':
      return { at, kind, name: row.text('name'), outcome: row.text('outcome') };
    case 'asked':
      return { at, kind, name: row.text('name'), outcome: JSON.stringify(row.child('with').raw) };
    case 'effect':
      return { at, kind, name: row.text('name'), outcome: JSON.stringify(row.child('data').raw) };
    case 'fault':
      return { at, kind, node: row.text('node'), message: row.text('message'), tr: row.optionalText('tr') };
    default:
      return null;
  }
}

function languageIn(row: Shape): Language {
  const language = row.text('language');
  return isLanguage(language) ? language : 'tr';
}
