import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type Scalar, visit } from 'yaml';
import { type Problem, type ProblemCode, problemAt } from '../problems.ts';
import type { Slip } from './yaml-brackets.ts';
import { likelySlip, STRAIGHT } from './yaml-slips.ts';

/** A file as it was read. `path` is for messages. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type Path = readonly (string | number)[];

/** A YAML file's value, and the way from any place of the value back to its line. */
export interface FlowSource {
  readonly file: string;
  /** undefined when the file cannot be read at all. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem at a key path, or at the nearest thing above it. `offset` counts characters into the text that stands there. */
  problem(path: Path, code: ProblemCode, message: string, remedy: string, offset?: number): Problem;
  /** A problem at an offset of the text. */
  problemAt(offset: number, code: ProblemCode, message: string, remedy: string): Problem;
  /** Of `problems`, keys that stand in this one map a second time. */
  repeatsAt(path: Path): readonly Problem[];
  /** The line of a key path, or of the nearest thing above it. */
  lineOf(path: Path): number;
}

const MAX_FILE_CHARACTERS = 1_000_000;
const MAX_VALUES = 50_000;
const MAX_DEPTH = 40;
const MAX_YAML_ERRORS = 3;
/** Plain digits that YAML reads as a number and that lose something by it. */
const LOSSY_NUMBER = /^(?:[-+]?0\d+|\+\d+)$/;

interface Place {
  /** The key itself. */
  readonly name: string;
  /** Where the key stands, or the value in a list. */
  readonly at: number;
  /** Where the value's own text begins; null when it is no one-line text. */
  textAt: number | null;
  /** Of maps and lists; null while nothing was found inside. */
  inside: Map<string, Place> | null;
  /** Keys that stand here twice. */
  repeats?: Problem[];
}

interface Reading {
  readonly text: string;
  readonly anchors: ReadonlyMap<string, Node>;
  readonly report: (at: number, code: ProblemCode, message: string, remedy: string) => Problem;
  values: number;
}

/** Reads YAML 1.2. Keys keep the text they were written with; aliases are followed within bounds. Never throws. */
export function readSource(file: SourceFile): FlowSource {
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const placed: FlowSource['problemAt'] = (at, code, message, remedy) => {
    const { line, col } = lines.linePos(at);
    return problemAt({ file: file.path, line: Math.max(line, 1), column: Math.max(col, 1) }, code, message, remedy);
  };
  const report: Reading['report'] = (at, code, message, remedy) => {
    const problem = placed(at, code, message, remedy);
    problems.push(problem);
    return problem;
  };
  const root: Place = { name: '', at: 0, textAt: null, inside: null };
  const value = file.text.length > MAX_FILE_CHARACTERS ? tooLong(report) : readDocument(file.text, lines, report, root);
  return {
    file: file.path,
    value,
    problems,
    problem(path, code, message, remedy, offset) {
      const place = placeOf(root, path);
      const at = offset !== undefined && place.exact && place.place.textAt !== null ? place.place.textAt + offset : place.place.at;
      const made = placed(at, code, message, remedy);
      const node = nodeAt(path);
      return node === null ? made : { ...made, node };
    },
    problemAt: placed,
    repeatsAt(path) {
      const { place, exact } = placeOf(root, path);
      return exact ? (place.repeats ?? []) : [];
    },
    lineOf: (path) => Math.max(lines.linePos(placeOf(root, path).place.at).line, 1),
  };
}

function tooLong(report: Reading['report']): undefined {
  report(0, 'too-large', `the file has more than ${MAX_FILE_CHARACTERS} characters`, 'Split it into sub-flows.');
}

function readDocument(text: string, lines: LineCounter, report: Reading['report'], root: Place): unknown {
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const list = Array.isArray(documents) ? documents : [];
  const [document] = list;
  const errors = list.flatMap((one) => one.errors);
  for (const { error, slip } of firstErrors(errors, text, lines))
    report(
      slip?.place === undefined ? error.pos[0] : offsetOf(lines, slip.place),
      'yaml',
      firstLine(error.message),
      slip?.remedy ?? 'Mend the YAML; indent with spaces.',
    );
  if (document === undefined) return null;
  const second = list[1];
  if (second !== undefined)
    report(second.range[0], 'yaml', 'the file holds more than one document', 'One flow per file: remove the line ---');
  if (list.some(({ errors }) => errors.length > 0)) return undefined;
  const anchors = new Map<string, Node>();
  if (text.includes('&'))
    visit(document, {
      Node(_, node) {
        if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
      },
    });
  const reading: Reading = { text, anchors, report, values: 0 };
  const value = readNode(document.contents, reading, root, 0);
  if (reading.values <= MAX_VALUES) return value;
  report(0, 'too-large', `the file holds more than ${MAX_VALUES} values`, 'Split it into sub-flows.');
  return undefined;
}

interface Slipped<E> {
  readonly error: E;
  readonly slip: Slip | null;
}

/**
 * One mistake in YAML makes many errors after it: the first of a line, and of the first lines only. Where the first slip
 * explains itself, others are told that have a slip of their own, and nothing after a wrong indentation or bracket.
 */
function firstErrors<E extends { readonly pos: readonly [number, number]; readonly message: string }>(
  errors: readonly E[],
  text: string,
  lines: LineCounter,
): Slipped<E>[] {
  const byLine = new Map<number, E>();
  for (const error of errors) {
    const { line } = lines.linePos(error.pos[0]);
    if (!byLine.has(line)) byLine.set(line, error);
  }
  const told = [...byLine]
    .slice(0, MAX_YAML_ERRORS)
    .map(([line, error]) => ({ error, slip: likelySlip(text, line, firstLine(error.message)) }));
  const [first, ...rest] = told;
  if (first === undefined || first.slip === null) return told;
  return first.slip.kind === 'line' ? [first, ...rest.filter(({ slip }) => slip?.kind === 'line')] : [first];
}

function readNode(node: Node | null, reading: Reading, place: Place, depth: number): unknown {
  reading.values += 1;
  if (node === null || reading.values > MAX_VALUES) return null;
  if (depth > MAX_DEPTH) {
    reading.values = MAX_VALUES + 1;
    return null;
  }
  if (isAlias(node)) {
    const named = reading.anchors.get(node.source);
    if (named !== undefined) return readNode(named, reading, place, depth + 1);
    const written = `*${node.source}`;
    reading.report(
      startOf(node) ?? place.at,
      'yaml',
      `${written} refers to &${node.source}, which is not there`,
      `Text that begins with * needs quotes: "${written}".`,
    );
    return written;
  }
  if (isMap(node)) return placeholder(node, reading) ?? readMap(node, reading, place, depth);
  if (isSeq(node)) {
    return node.items.map((item, i) => {
      const inner: Place = { name: String(i), at: startOf(item as Node | null) ?? place.at, textAt: null, inside: null };
      put(place, String(i), inner);
      return readNode(item as Node | null, reading, inner, depth + 1);
    });
  }
  return isScalar(node) ? readScalar(node, reading, place) : null;
}

/** `{{name}}` without quotes, which YAML takes for a map in a map. */
function placeholder(node: Node, { text, report }: Reading): string | null {
  const [start, end] = node.range ?? [0, 0];
  const written = text.slice(start, end);
  if (!/^\{\{[^{}]*\}\}$/.test(written)) return null;
  report(start, 'yaml', `${written} stands without quotes`, `Text that begins with {{ needs quotes: "${written}"`);
  return written;
}

/** A text in curly quotes: they are no quotes, so it ends with the first comma in braces. */
const CURLY = /^[“”„‟‘][^“”„‟‘’]*[“”’]?$/;

function readMap(node: Node & { items: readonly unknown[] }, reading: Reading, place: Place, depth: number): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  let inCurly = false;
  for (const pair of node.items as readonly { key: unknown; value: Node | null }[]) {
    if (inCurly && pair.value === null) continue;
    inCurly = isScalar(pair.value) && pair.value.type === 'PLAIN' && /^[“”„‟‘][^“”„‟‘’]*$/.test(pair.value.source ?? '');
    const at = startOf(pair.key as Node | null) ?? place.at;
    const key = keyText(pair.key);
    if (key === undefined || key === '__proto__') {
      reading.report(at, key === undefined ? 'wrong-type' : 'bad-name', 'this cannot be a key', 'Keys are plain text or digits.');
      continue;
    }
    if (place.inside?.has(key) === true) {
      place.repeats = [...(place.repeats ?? []), duplicate(reading, at, key, place.name)];
      continue;
    }
    const inner: Place = { name: key, at, textAt: null, inside: null };
    put(place, key, inner);
    value[key] = readNode(pair.value, reading, inner, depth + 1);
  }
  return value;
}

function put(place: Place, key: string, inner: Place): void {
  place.inside ??= new Map();
  place.inside.set(key, inner);
}

function duplicate(reading: Reading, at: number, key: string, of: string): Problem {
  if (of === 'options') return reading.report(at, 'ambiguous-option', `the option ${key} stands twice`, 'Remove one of the two.');
  return reading.report(at, 'duplicate-key', `the key "${key}" stands twice`, 'Remove one of the two; YAML would keep the last only.');
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  if (key.type === 'PLAIN' && key.source !== undefined) return key.source;
  return typeof key.value === 'string' ? key.value : undefined;
}

function readScalar(node: Scalar, reading: Reading, place: Place): unknown {
  const start = node.range?.[0] ?? 0;
  const { source, value } = node;
  if (node.type === 'PLAIN' && source !== undefined && CURLY.test(source)) {
    reading.report(start, 'yaml', `${source} stands in curly quotes, which are part of the text`, STRAIGHT);
    return `"${source.replaceAll(/[“”„‟‘’]/g, '')}"`;
  }
  if (typeof value === 'string') place.textAt = oneLine(node) ? start + (node.type === 'PLAIN' ? 0 : 1) : null;
  if (typeof value === 'number' || typeof value === 'bigint') {
    const text = source ?? String(value);
    if (LOSSY_NUMBER.test(text) || !Number.isFinite(Number(value)) || Math.abs(Number(value)) > Number.MAX_SAFE_INTEGER) {
      reading.report(
        start,
        'unquoted-digits',
        `${text} stands without quotes: it would be read as a number and change`,
        `Write "${text}".`,
      );
      return text;
    }
    return Number(value);
  }
  return value;
}

function oneLine(node: Scalar): boolean {
  const [start, end] = node.range ?? [0, 0];
  const quotes = node.type === 'PLAIN' ? 0 : 2;
  return end - start === String(node.value).length + quotes && node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL';
}

function startOf(node: Node | null): number | undefined {
  return node?.range?.[0];
}

function placeOf(root: Place, path: Path): { readonly place: Place; readonly exact: boolean } {
  let place = root;
  for (const step of path) {
    const inner = place.inside?.get(String(step));
    if (inner === undefined) return { place, exact: false };
    place = inner;
  }
  return { place, exact: true };
}

/** The node that a key path leads into. */
function nodeAt([section, name]: Path): string | null {
  return section === 'nodes' && typeof name === 'string' ? name : null;
}

function offsetOf(lines: LineCounter, { line, column }: NonNullable<Slip['place']>): number {
  return (lines.lineStarts[line - 1] ?? 0) + column - 1;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
