import { type FlowHeader, flowHeader } from '../flow-schema.ts';
import type { NodeKind, NodeSource, Path, Use, Write } from '../nodes/kind.ts';
import { NODE_KINDS, nodeKind } from '../nodes/registry.ts';
import { NAME_PATTERN } from '../parts.ts';
import type { Problem, ProblemCode } from '../problems.ts';
import { isMap } from './maps.ts';
import { commentedOptions, type Swallowed, swallowedIn } from './misplaced.ts';
import { fit } from './shape.ts';
import { type FlowSource, readSource, type SourceFile } from './source.ts';
import { didYouMean } from './suggest.ts';

/** A wired exit. `path` is within the node; */
export interface Wire {
  readonly exit: string;
  readonly to: string;
  readonly path: Path;
}

/** A node on its way to being compiled. `kind` and `source` are null when its shape is wrong. */
export interface NodeDraft {
  readonly name: string;
  readonly raw: unknown;
  readonly kind: NodeKind | null;
  readonly source: NodeSource | null;
  /** Something of it was wrong, and is left out of `source`. */
  readonly broken: boolean;
  readonly writes: readonly Write[];
  readonly wires: Wire[];
  readonly labels: Map<string, Readonly<Record<string, string | undefined>>>;
}

export interface Read {
  readonly name: string;
  readonly use: Use;
  readonly path: Path;
}

/** A flow file on its way to being compiled. Everything found on the way is collected here. */
export interface FlowDraft {
  readonly id: string;
  readonly source: FlowSource;
  readonly header: FlowHeader | null;
  readonly nodes: ReadonlyMap<string, NodeDraft>;
  readonly reads: Read[];
  readonly copies: { readonly name: string; readonly from: readonly string[] }[];
  readonly calls: { readonly node: string; readonly flow: string; readonly path: Path }[];
  /** Prompts of the catalogue that nodes name, whether it has them or not. */
  readonly prompts: { readonly node: string; readonly key: string }[];
  readonly problems: Problem[];
  /** Nodes to which something leads that could not be read. */
  readonly meant: ReadonlySet<string>;
  /** What was found and is not told, because another problem may be all there is to it. The flow cannot run with it. */
  readonly heldBack: ProblemCode[];
  problem(path: Path, code: ProblemCode, message: string, remedy: string, offset?: number): void;
}

/** Names that a node cannot have. */
const RESERVED_NODES = new Set(['return']);

const NOBODY: ReadonlySet<string> = new Set();
const HEAD_KEYS = new Set(Object.keys(flowHeader.shape));

/** `flows/main-menu.yaml` holds the flow `main-menu`. */
export function flowIdOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).replace(/\.ya?ml$/, '');
}

/** Reads a file and fits every part to its schema; what does not fit is a problem, and the rest goes on. */
export function draftFlow(file: SourceFile): FlowDraft {
  const source = readSource(file);
  const problems: Problem[] = [...source.problems];
  const problem: FlowDraft['problem'] = (...args) => void problems.push(source.problem(...args));
  const id = flowIdOf(file.path);
  const draft = { id, source, reads: [], copies: [], calls: [], prompts: [], problems, meant: NOBODY, heldBack: [], problem };
  if (source.value === undefined) return { ...draft, header: null, nodes: new Map() };
  if (!isMap(source.value)) {
    problem(
      [],
      'wrong-type',
      source.value === null ? 'the file is empty' : 'the file does not hold a flow',
      'Begin with: flow: name-of-the-file',
    );
    return { ...draft, header: null, nodes: new Map() };
  }
  const { nodes: rawNodes, ...rawHead } = source.value;
  const { head, strays } = rawNodes === null ? strayNodes(rawHead) : { head: rawHead, strays: {} };
  const header = fit(source, flowHeader, head, [], problems) ?? null;
  const named = header?.flow ?? id;
  if (named !== id) problem(['flow'], 'flow-name', `the file is named ${id}, the flow ${named}`, `Write flow: ${id}, or rename the file.`);
  const strayed = Object.keys(strays);
  if (strayed.length > 0) {
    const remedy = `Indent ${strayed.join(', ')} and all below deeper than nodes:.`;
    problem(['nodes'], 'wrong-type', '"nodes" is empty, and the nodes below it are not indented', remedy);
    return { ...draft, header, nodes: new Map() };
  }
  const nodes = draftNodes(source, rawNodes, problems, problem);
  return { ...draft, header, nodes, meant: commentedOptions(file.text, { nodes, source, problems }) };
}

/** Nodes that stand beside `nodes:` instead of below it. */
function strayNodes(head: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(head);
  const stray = ([name, value]: readonly [string, unknown]) => !HEAD_KEYS.has(name) && isMap(value) && 'type' in value;
  return { head: Object.fromEntries(entries.filter((entry) => !stray(entry))), strays: Object.fromEntries(entries.filter(stray)) };
}

function draftNodes(source: FlowSource, raw: unknown, problems: Problem[], problem: FlowDraft['problem']): Map<string, NodeDraft> {
  if (!isMap(raw) || Object.keys(raw).length === 0) {
    problem(
      ['nodes'],
      raw === undefined ? 'missing-key' : 'wrong-type',
      '"nodes" must be a map of at least one node',
      'Write nodes: and the nodes below it, indented.',
    );
    return new Map();
  }
  const lost: Swallowed[] = [];
  const nodes = new Map(Object.entries(raw).map(([name, node]) => [name, draftNode(source, name, node, problems, problem, lost)]));
  for (const { name, raw: fields } of lost)
    if (!nodes.has(name)) nodes.set(name, { ...UNREAD, name, raw: fields, wires: [], labels: new Map() });
  return nodes;
}

/** Letters of Turkish, and what is written for them in names. */
const PLAIN: Readonly<Record<string, string>> = { ç: 'c', ğ: 'g', ı: 'i', ö: 'o', ş: 's', ü: 'u', â: 'a', î: 'i', û: 'u' };

function nameRemedy(name: string): string {
  const plain = name
    .toLocaleLowerCase('tr')
    .replace(/[çğıöşüâîû]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[\s_]+/g, '-');
  if (plain === name || RESERVED_NODES.has(plain) || !NAME_PATTERN.test(plain))
    return 'Use small letters, digits and dashes; `return` has a meaning of its own.';
  return `Write ${plain}: letters from a to z, digits and dashes.`;
}

const UNREAD = { kind: null, source: null, broken: true, writes: [] } as const;

function draftNode(
  source: FlowSource,
  name: string,
  written: unknown,
  problems: Problem[],
  problem: FlowDraft['problem'],
  lost: Swallowed[],
): NodeDraft {
  const path = ['nodes', name] as const;
  if (RESERVED_NODES.has(name) || !NAME_PATTERN.test(name))
    problem(path, 'bad-name', `"${name}" cannot be the name of a node`, nameRemedy(name));
  const kind = kindOf(written, path, problem);
  const before = problems.length;
  const raw = kind === null || !isMap(written) ? written : withoutSwallowed(source, path, kind, written, problems, lost);
  const fitted = kind === null ? undefined : fit(source, kind.schema, raw, path, problems);
  const node = fitted === undefined ? null : (fitted as unknown as NodeSource);
  return {
    name,
    raw,
    kind: node === null ? null : kind,
    source: node,
    broken: problems.length > before || node === null,
    writes: node === null ? [] : (kind?.writes(node) ?? []),
    wires: [],
    labels: new Map(),
  };
}

/** The node without another one that its indentation has put into it, which is told once. */
function withoutSwallowed(
  source: FlowSource,
  path: readonly [string, string],
  kind: NodeKind,
  written: Readonly<Record<string, unknown>>,
  problems: Problem[],
  lost: Swallowed[],
): unknown {
  const repeats = source.repeatsAt(path);
  const { rest, swallowed } = swallowedIn(written, new Set(Object.keys(kind.schema.shape)), repeats.length > 0);
  if (swallowed.length === 0) return written;
  for (const repeat of repeats) problems.splice(problems.indexOf(repeat), 1);
  for (const { name } of swallowed)
    problems.push(
      source.problem(
        [...path, name],
        'unknown-key',
        `"${name}" stands within the node ${path[1]} and means nothing there`,
        `This line is indented deeper than its neighbours: if ${name} is a node, indent it like ${path[1]}, and its fields like the other nodes’.`,
      ),
    );
  lost.push(...swallowed);
  return rest;
}

function kindOf(raw: unknown, path: Path, problem: FlowDraft['problem']): NodeKind | null {
  const types = NODE_KINDS.map(({ type }) => type);
  if (!isMap(raw)) {
    problem(path, 'wrong-type', 'a node must be a map that begins with its type', `Write type: and one of ${types.join(', ')}.`);
    return null;
  }
  const { type } = raw;
  const kind = typeof type === 'string' ? nodeKind(type) : undefined;
  if (kind !== undefined) return kind;
  const known = `Types: ${types.join(', ')}.`;
  if (type === undefined) problem(path, 'missing-key', '"type" is missing', known);
  else
    problem([...path, 'type'], 'unknown-node-type', `there is no node of type "${String(type)}"`, didYouMean(String(type), types, known));
  return null;
}
