import { isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { expectation } from './shape-words.ts';

/** A file as it was read. `path` is for messages. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A YAML file's value, and the way from any place of the value back to its line. */
export interface YamlSource {
  readonly path: string;
  readonly value: unknown;
  /** Faults of the YAML itself; the value is then not to be used. */
  readonly problems: readonly Problem[];
  /** A problem at a key path; the nearest thing above it when the path leads nowhere. */
  problem(at: readonly PropertyKey[], code: string, message: string, remedy: string): Problem;
  /** The keys of a map and their text as written; a key that YAML took for a number is `quoted: false`. */
  keys(at: readonly PropertyKey[]): readonly { readonly written: string; readonly quoted: boolean }[];
}

/** More aliases than a hand-written file has; a guard against files that blow up when read. */
const MOST_ALIASES = 100;

/** Reads YAML 1.2; `room` begins the codes of its problems (`calendar.yaml`). Never throws. */
export function readYaml(file: SourceText, room: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const make = (offset: number, code: string, message: string, remedy: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { severity: 'error', code, message, remedy, file: file.path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = document.errors.map((error) => ({ offset: error.pos[0], message: error.message }));
  let value: unknown;
  try {
    if (faults.length === 0) value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    faults.push({ offset: 0, message: error instanceof Error ? error.message : String(error) });
  }
  const root = document.contents;
  return {
    path: file.path,
    value,
    problems: faults.map(({ offset, message }) => make(offset, `${room}.yaml`, message, 'Mend the YAML; indent with spaces.')),
    problem: (at, code, message, remedy) => make(offsetOf(root, at), code, message, remedy),
    keys: (at) => keysOf(nodeAt(root, at)),
  };
}

/** The value when it fits the schema; else undefined and a problem for each thing that does not. */
export function fitShape<T>(source: YamlSource, schema: z.ZodType<T>, room: string, problems: Problem[]): T | undefined {
  problems.push(...source.problems);
  return source.problems.length > 0 ? undefined : fitPart(source, [], source.value, schema, room, problems);
}

/** The same for the value at one place of the file. */
export function fitPart<T>(
  source: YamlSource,
  at: readonly PropertyKey[],
  value: unknown,
  schema: z.ZodType<T>,
  room: string,
  problems: Problem[],
): T | undefined {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const told = new Set<string>();
  for (const issue of parsed.error.issues) {
    const path = [...at, ...issue.path];
    // A list where text is wanted is too short a text as well: the first thing said of a place is the one that helps.
    if (told.has(path.join('.'))) continue;
    told.add(path.join('.'));
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) problems.push(unknownKey(source, [...path, key], room));
    else {
      const { wrong, remedy } = expectation(issue);
      problems.push(source.problem(path, `${room}.shape`, `${placeName(path)} ${wrong}.`, remedy));
    }
  }
  return undefined;
}

function unknownKey(source: YamlSource, path: readonly PropertyKey[], room: string): Problem {
  return source.problem(path, `${room}.unknown-key`, `${placeName(path)} is not a known key.`, 'Remove it, or check its spelling.');
}

function placeName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'The file' : `"${path.join('.')}"`;
}

function keysOf(node: Node | null): { written: string; quoted: boolean }[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key }) =>
    isScalar(key) ? [{ written: key.source ?? String(key.value), quoted: typeof key.value === 'string' }] : [],
  );
}

function offsetOf(root: Node | null, at: readonly PropertyKey[]): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of at) {
    const [next, place] = child(node, step);
    if (place === undefined) break;
    offset = place;
    node = next;
  }
  return offset;
}

function nodeAt(root: Node | null, at: readonly PropertyKey[]): Node | null {
  return at.reduce<Node | null>((node, step) => child(node, step)[0], root);
}

/** The node below, and where it is written: a map's entry begins at its key. */
function child(node: Node | null, step: PropertyKey): [Node | null, number | undefined] {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && (String(key.value) === String(step) || key.source === String(step)));
    const value = isPair(pair) && isNode(pair.value) ? pair.value : null;
    return [value, isScalar(pair?.key) ? pair.key.range?.[0] : undefined];
  }
  const items: readonly unknown[] = node !== null && 'items' in node && Array.isArray(node.items) ? node.items : [];
  const item = items[Number(step)];
  return isNode(item) ? [item, item.range?.[0]] : [null, undefined];
}
