import { JOURNAL_KINDS, type JournalEntry } from '../../domain/journal.ts';
import type { Value } from '../../domain/value.ts';

type QueueFact = 'queue-entered' | 'queue-resumed' | 'queue-moved' | 'queue-left';

type NoteFact =
  | 'call-answered'
  | 'machine-answered'
  | 'call-resumed'
  | 'recording'
  | 'record-begun'
  | 'record-paused'
  | 'record-resumed'
  | 'key-dropped';

/** One thing that happened while the call stood at a node. */
export type Happening =
  | { readonly kind: 'prompt'; readonly seq: number; readonly text: string; readonly language: string; readonly keys: readonly string[] }
  | { readonly kind: 'keys'; readonly seq: number; readonly keys: readonly { readonly seq: number; readonly key: string }[] }
  /** `digits` is null for a secret field. */
  | { readonly kind: 'digits'; readonly seq: number; readonly digits: string | null; readonly length: number; readonly end: string }
  | { readonly kind: 'no-input'; readonly seq: number; readonly count: number }
  | { readonly kind: 'result'; readonly seq: number; readonly name: string; readonly outcome: string }
  | { readonly kind: 'exit'; readonly seq: number; readonly exit: string; readonly to: string | null }
  | { readonly kind: 'language'; readonly seq: number; readonly language: string }
  | { readonly kind: 'leg'; readonly seq: number; readonly what: 'dialled' | 'answered' | 'reached' | 'ended'; readonly detail: string }
  | { readonly kind: 'queue'; readonly seq: number; readonly what: QueueFact; readonly queue: string; readonly how?: string }
  | {
      readonly kind: 'agent';
      readonly seq: number;
      readonly what:
        | 'agent-offered'
        | 'agent-connected'
        | 'agent-away'
        | 'agent-back'
        | 'agent-released'
        | 'agent-held'
        | 'agent-resumed'
        | 'agent-transfer';
    }
  | { readonly kind: 'trouble'; readonly seq: number; readonly code: string; readonly message: string }
  | { readonly kind: 'note'; readonly seq: number; readonly what: NoteFact };

/** A stay at one node, or (first) what came before any node. */
export interface Step {
  readonly seq: number;
  /** UTC ms. */
  readonly at: number;
  readonly node: { readonly flow: string; readonly node: string; readonly type: string } | null;
  readonly happenings: readonly Happening[];
}

/** Groups the journal by stays at nodes. The call's own end is not among them; see `terminationOf`. */
export function toSteps(entries: readonly JournalEntry[]): readonly Step[] {
  const steps: { seq: number; at: number; node: Step['node']; happenings: Happening[] }[] = [];
  for (const entry of entries) {
    if (!JOURNAL_KINDS.includes(entry.kind)) continue;
    const read = reader(entry.data);
    if (entry.kind === 'node-entered') {
      const node = { flow: read.text('flow'), node: read.text('node'), type: read.text('type') };
      steps.push({ seq: entry.seq, at: entry.at, node, happenings: [] });
      continue;
    }
    const happening = toHappening(entry);
    if (happening === null) continue;
    if (steps.length === 0) steps.push({ seq: entry.seq, at: entry.at, node: null, happenings: [] });
    const { happenings } = steps.at(-1) as (typeof steps)[number];
    const before = happenings.at(-1);
    if (happening.kind === 'keys' && before?.kind === 'keys') {
      happenings[happenings.length - 1] = { ...before, keys: [...before.keys, ...happening.keys] };
    } else happenings.push(happening);
  }
  return steps;
}

function toHappening({ kind, seq, data }: JournalEntry): Happening | null {
  const read = reader(data);
  switch (kind) {
    case 'prompt':
      return { kind, seq, text: read.text('text'), language: read.text('language'), keys: read.texts('keys') };
    case 'key':
      return { kind: 'keys', seq, keys: [{ seq, key: read.optional('key') ?? '•' }] };
    case 'digits':
      return { kind, seq, digits: read.optional('digits'), length: read.number('length'), end: read.text('end') };
    case 'no-input':
      return { kind, seq, count: read.number('count') };
    case 'result':
      return { kind, seq, name: read.text('name'), outcome: read.text('outcome') };
    case 'exit':
      return { kind, seq, exit: read.text('exit'), to: read.optional('to') };
    case 'language':
      return { kind, seq, language: read.text('language') };
    case 'queue-entered':
    case 'queue-resumed':
    case 'queue-moved':
      return { kind: 'queue', seq, what: kind, queue: read.text('queue') };
    case 'queue-left':
      return { kind: 'queue', seq, what: kind, queue: read.text('queue'), how: read.text('how') };
    case 'agent-offered':
    case 'agent-connected':
    case 'agent-away':
    case 'agent-back':
    case 'agent-released':
    case 'agent-held':
    case 'agent-resumed':
    case 'agent-transfer':
      return { kind: 'agent', seq, what: kind };
    case 'leg-dialled':
      return { kind: 'leg', seq, what: 'dialled', detail: read.optional('to') ?? read.text('target') };
    case 'leg-answered':
      return { kind: 'leg', seq, what: 'answered', detail: '' };
    case 'reached':
      return { kind: 'leg', seq, what: 'reached', detail: read.text('by') };
    case 'leg-ended':
      return { kind: 'leg', seq, what: 'ended', detail: read.text('outcome') };
    case 'fault':
    case 'incident':
      return { kind: 'trouble', seq, code: read.text('code'), message: read.optional('message') ?? read.text('reason') };
    case 'call-answered':
    case 'machine-answered':
    case 'call-resumed':
    case 'recording':
    case 'record-begun':
    case 'record-paused':
    case 'record-resumed':
    case 'key-dropped':
      return { kind: 'note', seq, what: kind };
    case 'node-entered':
    case 'call-arrived':
    case 'call-placed':
    case 'call-ended':
      return null;
  }
}

/** Where the call came in. `at`: UTC ms. */
export function arrivalOf(entries: readonly JournalEntry[]): { readonly did: string; readonly flow: string; readonly at: number } | null {
  const arrival = entries.find(({ kind }) => kind === 'call-arrived');
  if (arrival === undefined) return null;
  const read = reader(arrival.data);
  return { did: read.text('did'), flow: read.text('flow'), at: arrival.at };
}

/** How the call ended (a TerminationKind); null while it goes on. */
export function terminationOf(
  entries: readonly JournalEntry[],
): { readonly seq: number; readonly at: number; readonly kind: string } | null {
  const end = entries.findLast(({ kind }) => kind === 'call-ended');
  if (end === undefined) return null;
  const { termination, kind } = end.data;
  const nested = typeof termination === 'object' && termination !== null && 'kind' in termination ? termination['kind'] : termination;
  const found = nested ?? kind;
  return { seq: end.seq, at: end.at, kind: typeof found === 'string' ? found : '' };
}

/** The last prompt and the node the call stands at, for the strip above the keys. */
export function latest(steps: readonly Step[]): { readonly node: string | null; readonly prompt: string | null } {
  let prompt: string | null = null;
  for (const step of steps) for (const happening of step.happenings) if (happening.kind === 'prompt') prompt = happening.text;
  return { node: steps.at(-1)?.node?.node ?? null, prompt };
}

function reader(data: { readonly [key: string]: Value }) {
  const optional = (name: string): string | null => {
    const value = data[name];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
  };
  return {
    optional,
    text: (name: string): string => optional(name) ?? '',
    number: (name: string): number => (typeof data[name] === 'number' ? data[name] : 0),
    texts(name: string): readonly string[] {
      const value = data[name];
      return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
    },
  };
}
