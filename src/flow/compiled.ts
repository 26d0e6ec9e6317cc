import type { Language } from '../domain/language.ts';
import type { ValueMap } from '../domain/value.ts';
import type { Command, Input, RecordOutcome } from './commands.ts';
import type { Machine } from './machine.ts';
import type { Parameter, ValueType } from './parameters.ts';

/** A flow made ready to run: names resolved, templates and expressions compiled. Made by the checker, never changed. */
export interface CompiledFlow {
  readonly id: string;
  readonly title: Readonly<Partial<Record<Language, string>>>;
  /** The languages the flow is offered in; also the order in which a missing translation is replaced. */
  readonly languages: readonly Language[];
  readonly start: string;
  /** The first node of the after-call section; null when there is none. */
  readonly afterCall: string | null;
  /** Whether calls of this flow are recorded; absent: as the number and the settings say. */
  readonly record?: boolean;
  /** How long a call that begins in this flow may last, and where it goes then; null: to the built-in end. Absent: as long as the engine allows. */
  readonly limit?: { readonly ms: number; readonly to: string | null };
  readonly answer: { readonly policy: 'onStart' | 'byFlow'; readonly settleMs: number };
  /** Name and default. */
  readonly parameters: ValueMap;
  /** What is said of the parameters besides. */
  readonly takes: Readonly<Record<string, Parameter>>;
  readonly results: readonly string[];
  /** The results' types. */
  readonly gives: Readonly<Record<string, ValueType>>;
  /** Every variable with its first value; null for those that nodes write without a declaration. */
  readonly variables: ValueMap;
  /** What holds personal data (the caller's number, long numbers typed, parameters that say so): kept out of events. */
  readonly personal: ReadonlySet<string>;
  /** Variables that hold secrets: shown to nobody. */
  readonly secrets: ReadonlySet<string>;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  /** What nodes do, for pictures and for the browser. */
  readonly outline: readonly NodeOutline[];
}

/** A node as a picture shows it. */
export interface NodeOutline {
  readonly id: string;
  readonly type: string;
  readonly exits: readonly {
    readonly exit: string;
    readonly to: string;
    readonly label: Readonly<Partial<Record<Language, string>>> | null;
  }[];
}

/**
 * Where exits lead: a node's name, `return`, or one of the two built-in ends, taken when neither the node nor the flow
 * wires the exit: inside a sub-flow the caller's exit of that name, else an announcement and the end of the call.
 */
export const RETURN = 'return';
export const UNWIRED = { error: '$error', exhausted: '$exhausted' } as const;
/** The built-in end of a call that lasts longer than its flow allows, where the flow wires none. */
export const TOO_LONG = '$too-long';

export interface CompiledNode {
  readonly id: string;
  readonly type: string;
  readonly exits: ReadonlyMap<string, string>;
  /** Counters of the node before are kept while such a node runs (behaviour 21). */
  /** Takes no time and asks nothing of the caller: counters of the node before outlive it (behaviour 21). */
  readonly passing: boolean;
  readonly behaviour: Behaviour;
}

/** What a node does at run time. The functions may throw a Fault. */
export interface Behaviour {
  /** The flow that the node runs; absent: none. */
  readonly calls?: string;
  enter(m: Machine): Outcome;
  /** The awaited input came. */
  resume?(m: Machine, input: StepInput): Outcome;
  /** After a restart of the engine: asks for the waiting command again. Absent: the same command with a new step. */
  again?(m: Machine): Outcome;
  /** The node was come back to with its counters kept. Absent: `enter`. */
  reenter?(m: Machine): Outcome;
  /** The caller hung up at this node: what it still causes. `recorded`: what they were saying when they did. */
  left?(m: Machine, recorded: RecordOutcome | null): void;
  /** A sub-flow gave its results back. */
  returned?(m: Machine, results: ValueMap): Outcome;
}

export type StepInput = Exclude<Input, { kind: 'hung-up' | 'restarted' }>;

/** A command without its step, which the interpreter adds. */
export type CommandDraft = { [K in Command['kind']]: Omit<Extract<Command, { kind: K }>, 'step'> }[Command['kind']];

/** What a node wants next. */
export type Outcome =
  | { readonly kind: 'wait'; readonly command: CommandDraft }
  | { readonly kind: 'exit'; readonly exit: string }
  | { readonly kind: 'call'; readonly flow: string; readonly params: ValueMap }
  | { readonly kind: 'return' }
  | { readonly kind: 'hangup'; readonly cause: 'normal' | 'busy' | 'congestion' };

export const NEXT: Outcome = { kind: 'exit', exit: 'next' };

export function exitBy(exit: string): Outcome {
  return exit === 'next' ? NEXT : { kind: 'exit', exit };
}
