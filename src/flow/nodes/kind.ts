import { z } from 'zod';
import type { DirectoryRef } from '../../domain/directory.ts';
import type { MessageChannel, MessageClass } from '../../domain/message.ts';
import type { Calendar } from '../../domain/opening-hours.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionSignature } from '../action-signature.ts';
import type { BuiltInPrompt } from '../built-in-prompts.ts';
import type { Behaviour } from '../compiled.ts';
import { type Defaults, describedFields } from '../defaults.ts';
import type { Expression } from '../expression.ts';
import type { Machine } from '../machine.ts';
import { type PromptSource, target } from '../parts.ts';
import type { ProblemCode } from '../problems.ts';
import type { Prompts } from '../prompts.ts';
import type { Template } from '../template.ts';

/** A way out of a node. */
export interface ExitSpec {
  readonly name: string;
  readonly doc: string;
  /** The exit that is taken when this one is not wired; absent: it must be wired. `error` and `exhausted` end in the engine. */
  readonly otherwise?: 'next' | 'error' | 'exhausted' | 'failed' | 'closed' | 'empty' | 'end' | 'status' | 'engine';
}

/** A variable that a node writes. `text`: it is text for certain. */
export interface Write {
  readonly path: Path;
  readonly name: string;
  readonly text: boolean;
  readonly secret?: boolean;
  readonly personal?: boolean;
}

export type Path = readonly (string | number)[];

/** What becomes of what is read. Secrets may only be sent to a system or weighed in a condition. */
export type Use = 'heard' | 'kept' | 'sent' | 'weighed' | 'address' | 'dialled' | 'handed on' | 'written';

/** What a node type may ask of the checker while its nodes are made ready. Problems are collected, nothing is thrown. */
export interface Kit {
  readonly node: string;
  readonly defaults: Defaults;
  /** Pause after the answer where the flow names none (ms). */
  readonly settleMs: number;
  expression(path: Path, source: string, use: Use): Expression;
  template(path: Path, source: string, use: Use): Template;
  /** Any value whose texts are templates. */
  value(path: Path, source: Value, use: Use): ValueTemplate;
  prompts(path: Path, source: PromptSource | undefined, bargeIn: boolean): Prompts;
  /** Prompts of the flow's `defaults:`; `path` begins at the top of the file. */
  defaultPrompts(path: Path, source: PromptSource, bargeIn: boolean): Prompts;
  /** A prompt that no author asked for: silence when the catalogue has no fixed text for it. */
  enginePrompt(key: string): Prompts;
  /** A node's own words where the flow gives none: the catalogue's text, else the engine's. */
  nodePrompt(prompt: BuiltInPrompt, bargeIn: boolean): Prompts;
  /** The same tools for texts and expressions that may read these names as well. */
  within(names: readonly string[]): Kit;
  /** `name` gets a value made of these names. */
  copies(name: string, from: readonly string[]): void;
  /** Wires an exit of this one node. */
  wire(exit: string, to: string, path: Path): void;
  label(exit: string, label: Readonly<Record<string, string | undefined>>): void;
  problem(code: ProblemCode, path: Path, message: string, remedy: string): void;
  action(path: Path, name: string): ActionSignature | undefined;
  calendar(path: Path, id: string): Calendar | undefined;
  /** Checks a message: that it is there, goes this way, and is given what it reads. Gives its class. */
  message(path: Path, key: string, channel: MessageChannel, given: readonly string[]): MessageClass;
  /** Tells when flows/queues.yaml has no queue of that name. */
  queue(path: Path, name: string): void;
  /** Tells when no queue of flows/queues.yaml has that name or that callback group: nobody would ever call back. */
  callbackGroup(path: Path, name: string): void;
  /** Tells when flows/directory.yaml has no such department. Dealers and people may come from elsewhere. */
  directory(path: Path, ref: DirectoryRef): void;
  /** Tells when flows/connectors.yaml has no connector of that name. */
  connector(path: Path, name: string): void;
  /** Checks the call of another flow: that it is there, takes these parameters, and gives these results. */
  subflow(id: string, params: ValueMap, results: readonly string[]): void;
}

export interface ValueTemplate {
  render(m: Machine): Value;
}

/** Everything about one type of node; one file each. */
export interface NodeKind {
  readonly type: string;
  readonly summary: string;
  readonly doc: string;
  /** YAML of one node, as it stands under `nodes:`. */
  readonly example: string;
  readonly schema: z.ZodObject;
  readonly exits: readonly ExitSpec[];
  /** The caller does something here: no endless loop can go through it unnoticed. */
  readonly asksCaller: boolean;
  /** Needs an answered call to be of use. */
  readonly needsAnswer: boolean;
  /** Speaks, listens or connects: of no use when the caller is gone. */
  readonly needsCaller: boolean;
  readonly passing: boolean;
  readonly ends: boolean;
  writes(source: NodeSource): readonly Write[];
  compile(source: NodeSource, kit: Kit): Behaviour;
}

/** A node as it stands in the file, its shape checked. */
export interface NodeSource {
  readonly type: string;
  readonly next?: string | undefined;
  readonly exits?: Readonly<Record<string, string | undefined>> | undefined;
}

export const ERROR_EXIT: ExitSpec = {
  name: 'error',
  doc: 'A mistake in the flow or a system that failed.',
  otherwise: 'engine',
};
export const NEXT_EXIT: ExitSpec = { name: 'next', doc: 'The usual way on (written as `next:`).' };

interface Definition<F extends z.ZodRawShape> {
  readonly type: string;
  readonly summary: string;
  readonly doc: string;
  readonly example: string;
  readonly fields: F;
  readonly exits: readonly ExitSpec[];
  readonly asksCaller?: boolean;
  readonly needsAnswer?: boolean;
  /** false: may stand in an after-call section. */
  readonly needsCaller?: boolean;
  readonly passing?: boolean;
  readonly ends?: boolean;
  writes?(source: z.infer<z.ZodObject<F>>): readonly Write[];
  compile(source: z.infer<z.ZodObject<F>> & Pick<NodeSource, 'exits'>, kit: Kit): Behaviour;
}

/** Makes a node type. The registry keeps types of all shapes; `type` picks the schema, so each gets its own sources only. */
export function defineNode<F extends z.ZodRawShape>(definition: Definition<F>): NodeKind {
  const { type, exits, fields } = definition;
  const named = exits.filter(({ name }) => name !== 'next');
  const schema = z.strictObject({
    type: z.literal(type),
    ...describedFields(type, fields),
    ...(exits.some(({ name }) => name === 'next') ? { next: target.optional().describe(NEXT_EXIT.doc) } : {}),
    ...(named.length === 0 ? {} : { exits: exitShape(named).optional().describe('Ways out besides `next`.') }),
  });
  return {
    type,
    summary: definition.summary,
    doc: definition.doc,
    example: definition.example,
    schema: schema as unknown as z.ZodObject,
    exits,
    asksCaller: definition.asksCaller ?? false,
    needsAnswer: definition.needsAnswer ?? definition.asksCaller ?? false,
    needsCaller: definition.needsCaller ?? true,
    passing: definition.passing ?? false,
    ends: definition.ends ?? false,
    writes: (source) => definition.writes?.(source as unknown as z.infer<z.ZodObject<F>>) ?? [],
    compile: (source, kit) => definition.compile(source as unknown as z.infer<z.ZodObject<F>>, kit),
  };
}

function exitShape(exits: readonly ExitSpec[]) {
  return z.strictObject(Object.fromEntries(exits.map(({ name, doc }) => [name, target.optional().describe(doc)])));
}

/** The fields of a map as compiled values. */
export function mapValues<T, U>(
  map: Readonly<Record<string, T>> | undefined,
  make: (value: T, key: string) => U,
): readonly (readonly [string, U])[] {
  return Object.entries(map ?? {}).map(([key, value]) => [key, make(value, key)] as const);
}

/** Renders compiled fields into a map. */
export function renderMap(fields: readonly (readonly [string, ValueTemplate])[], m: Machine): ValueMap {
  return Object.fromEntries(fields.map(([name, template]) => [name, template.render(m)]));
}
