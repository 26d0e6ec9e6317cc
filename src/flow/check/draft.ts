import { type FlowHeader, flowHeader } from '../flow-schema.ts';
import type { NodeKind, NodeSource, Path, Use, Write } from '../nodes/kind.ts';
import { NODE_KINDS, nodeKind } from '../nodes/registry.ts';
import { NAME_PATTERN } from '../parts.ts';
import type { Problem, ProblemCode } from '../problems.ts';
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
  problem(path: Path, code: ProblemCode, message: string, remedy: string, offset?: number): void;
}

/** Names that a node cannot have. */
const RESERVED_NODES = new Set(['return']);

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
  const draft = { id, source, reads: [], copies: [], calls: [], prompts: [], problems, problem };
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
  const { nodes: rawNodes, ...head } = source.value;
  const header = fit(source, flowHeader, head, [], problems) ?? null;
  const named = header?.flow ?? id;
  if (named !== id) problem(['flow'], 'flow-name', `the file is named ${id}, the flow ${named}`, `Write flow: ${id}, or rename the file.`);
  return { ...draft, header, nodes: draftNodes(source, rawNodes, problems, problem) };
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
  return new Map(Object.entries(raw).map(([name, node]) => [name, draftNode(source, name, node, problems, problem)]));
}

function draftNode(source: FlowSource, name: string, raw: unknown, problems: Problem[], problem: FlowDraft['problem']): NodeDraft {
  const path = ['nodes', name];
  if (RESERVED_NODES.has(name) || !NAME_PATTERN.test(name))
    problem(
      path,
      'bad-name',
      `"${name}" cannot be the name of a node`,
      'Use small letters, digits and dashes; `return` has a meaning of its own.',
    );
  const kind = kindOf(raw, path, problem);
  const before = problems.length;
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

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All texts within a value: of a node whose shape is wrong, those that name nodes may be its targets. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
