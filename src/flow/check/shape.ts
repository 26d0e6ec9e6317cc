import type { z } from 'zod';
import { isLanguage } from '../../domain/language.ts';
import type { Problem, ProblemCode } from '../problems.ts';
import { isMap } from './maps.ts';
import { keysAt } from './schema-keys.ts';
import type { FlowSource, Path } from './source.ts';
import { didYouMean } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/**
 * The value at `path` when it fits the schema, with a problem for each thing that does not. What can be left out is left
 * out, so that the rest is still looked at; undefined when nothing useful remains.
 */
export function fit<S extends z.ZodType>(
  source: FlowSource,
  schema: S,
  value: unknown,
  path: Path,
  problems: Problem[],
): z.infer<S> | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fitting = { source, schema, value, path, problems };
  const { empty, others } = emptied(value, parsed.error.issues);
  for (const { at, strays } of empty) {
    const named = strays.map((key) => `"${key}"`).join(', ');
    const what = `${nameOf(at)} is empty, and below it ${named} ${strays.length === 1 ? 'means' : 'mean'} nothing here`;
    report(fitting, at, 'wrong-type', what, `Indent ${named} deeper than ${nameOf(at)}, so that it holds them.`);
  }
  for (const issue of others) tell(fitting, issue, []);
  const rest = schema.safeParse(withoutFaults(value, parsed.error.issues));
  return rest.success ? rest.data : undefined;
}

/** A key that holds nothing, beside keys that mean nothing: they were meant to stand below it. */
function emptied(value: unknown, issues: readonly Issue[]) {
  const empty: { at: Path; strays: readonly string[] }[] = [];
  const explained = new Set<Issue>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const owner = issue.path as Path;
    const hollow = issues.find(
      (one) => one.path.length === owner.length + 1 && startsWith(one.path as Path, owner) && valueAt(value, one.path as Path) === null,
    );
    if (hollow === undefined) continue;
    empty.push({ at: hollow.path as Path, strays: issue.keys });
    explained.add(issue).add(hollow);
  }
  return { empty, others: issues.filter((issue) => !explained.has(issue)) };
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, i) => path[i] === step);
}

/** A copy without the keys that mean nothing and without the fields that are wrong. */
function withoutFaults(value: unknown, issues: readonly Issue[]): unknown {
  const copy = structuredClone(value);
  for (const issue of issues) {
    const at = issue.path as Path;
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : at.slice(0, 1);
    const owner = issue.code === 'unrecognized_keys' ? valueAt(copy, at) : copy;
    if (typeof owner === 'object' && owner !== null) for (const key of keys) delete (owner as Record<string, unknown>)[key];
  }
  return copy;
}

interface Fitting {
  readonly source: FlowSource;
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly path: Path;
  readonly problems: Problem[];
}

function tell(fitting: Fitting, issue: Issue, above: Path): void {
  const at = [...above, ...(issue.path as Path)];
  const given = valueAt(fitting.value, at);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) unknownKey(fitting, at, key);
    return;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    if (isBareText(fitting.schema, at, given)) {
      const remedy = 'Write text: around them: { text: { tr: …, en: … } }.';
      report(fitting, at, 'missing-key', `${nameOf(at)} holds its words without "text"`, remedy);
      return;
    }
    const branch = likelyBranch(issue.errors);
    if (branch !== undefined) {
      for (const inner of branch) tell(fitting, inner, at);
      return;
    }
  }
  if (issue.code === 'invalid_key') {
    const key = String(at.at(-1) ?? '');
    report(
      fitting,
      at,
      'bad-name',
      `"${key}" cannot be a name here`,
      'Begin with a letter; then letters, digits, and _ for variables or - for nodes.',
    );
    return;
  }
  if (given === undefined) {
    report(fitting, at, 'missing-key', `${nameOf(at)} is missing`, 'Add it; flows/README.md shows an example of each node.');
    return;
  }
  const [code, message, remedy] = sentence(issue, at, given);
  report(fitting, at, code, message, remedy);
}

/** `{ tr: …, en: … }` where a prompt is wanted: the words are there, and "text" around them is not. */
function isBareText(schema: z.ZodType, at: Path, given: unknown): boolean {
  const known = keysAt(schema, at);
  const keys = isMap(given) ? Object.keys(given) : [];
  return keys.length > 0 && known.includes('text') && keys.every((key) => isLanguage(key) && !known.includes(key));
}

const REMEDIES: Partial<Record<ProblemCode, string>> = {
  'bad-duration': 'Write a number with its unit: 300ms, 5s, 30m.',
  'bad-name': 'Names of nodes and flows: small letters, digits and dashes. Variables: letters, digits and _, a letter first.',
  'wrong-type': 'Write the value as the examples in flows/README.md do.',
  'bad-value': 'flows/README.md lists what is allowed.',
  'unknown-prompt': 'Keys look like dealer.ask-plate; for a text on the spot write { text: { tr: …, en: … } }.',
  'unknown-message': 'Keys of messages look like booking.made; they stand in flows/messages/.',
  'bad-expression': 'Write an expression such as index + 1.',
};

function sentence(issue: Issue, at: Path, given: unknown): [ProblemCode, string, string] {
  if (!issue.message.startsWith('@')) {
    const wrongKind = issue.code === 'invalid_type' || issue.code === 'invalid_union';
    const code = wrongKind ? 'wrong-type' : 'bad-value';
    const what = issue.code === 'invalid_type' ? `must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(given)}` : issue.message;
    return [code, `${nameOf(at)} ${what}`, REMEDIES[code] ?? ''];
  }
  const code = issue.message.slice(1) as ProblemCode;
  if (code === 'wrong-type' && typeof given === 'number')
    return ['unquoted-digits', `${nameOf(at)} must be text, and ${given} without quotes is a number`, `Write "${given}".`];
  if (code === 'wrong-type' && typeof given === 'boolean') return [code, `${nameOf(at)} must be text`, `Write "${given}", with quotes.`];
  if (code === 'wrong-type' && given === null)
    return [code, `${nameOf(at)} must be text, not empty`, 'Write the text. A # begins a comment: text with # needs quotes.'];
  const said = typeof given === 'string' || typeof given === 'number' ? `"${given}"` : kindOf(given);
  const messages: Partial<Record<ProblemCode, string>> = {
    'wrong-type': `must be text, not ${kindOf(given)}`,
    'bad-duration': `must be a time with its unit, not ${said}`,
    'bad-name': `cannot be the name ${said}`,
    'bad-expression': 'must be an expression',
    'unknown-prompt': `must be a key of the catalogue, not ${said}`,
    'unknown-message': `must be the key of a message, not ${said}`,
  };
  return [code, `${nameOf(at)} ${messages[code] ?? `is wrong: ${said}`}`, REMEDIES[code] ?? ''];
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? typeof value;
}

function unknownKey(fitting: Fitting, at: Path, key: string): void {
  const known = keysAt(fitting.schema, at);
  const list = known.length === 0 ? 'Remove it.' : `Known here: ${known.join(', ')}.`;
  const exits = at.at(-1) === 'exits';
  const message = exits ? `there is no exit "${key}" here` : `"${key}" means nothing here`;
  const above = at.length > 0 && keysAt(fitting.schema, at.slice(0, -1)).includes(key);
  const remedy = above ? `"${key}" belongs beside ${nameOf(at)}: this line is indented too deep.` : didYouMean(key, known, list);
  report(fitting, [...at, key], exits ? 'unknown-exit' : 'unknown-key', message, remedy);
}

/** Of several shapes that were tried, the one that was meant: the only one whose fault lies deeper than its kind. */
function likelyBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = errors.filter((issues) => issues.every((issue) => issue.path.length > 0 || isOfRightKind(issue)));
  return meant.length === 0 ? undefined : meant.reduce((best, issues) => (issues.length < best.length ? issues : best));
}

function isOfRightKind(issue: Issue): boolean {
  return issue.code !== 'invalid_type' && issue.code !== 'invalid_value' && issue.code !== 'invalid_union';
}

function report({ source, path, problems }: Fitting, at: Path, code: ProblemCode, message: string, remedy: string): void {
  problems.push(source.problem([...path, ...at], code, message, remedy));
}

function nameOf(at: Path): string {
  const name = at.findLast((step) => typeof step === 'string');
  return name === undefined ? 'the value' : `"${name}"`;
}

function valueAt(value: unknown, at: Path): unknown {
  return at.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
}
