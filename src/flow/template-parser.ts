import { FILTERS, type Filter, filterNamed } from './filters.ts';

/** One step of a path after its first name: a field, a fixed index, or an index read from another path. */
export type PathStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'path'; readonly path: TemplatePath };

export interface TemplatePath {
  readonly source: string;
  readonly root: string;
  readonly steps: readonly PathStep[];
}

export interface Placeholder {
  readonly source: string;
  readonly path: TemplatePath;
  readonly filters: readonly { readonly filter: Filter; readonly argument: string }[];
}

export type TemplatePart = string | Placeholder;

export interface TemplateProblem {
  readonly code: 'bad-template' | 'unknown-filter';
  readonly message: string;
  readonly remedy: string;
  readonly offset: number;
  /** What was written, and what could have been meant. */
  readonly name?: string;
  readonly known?: readonly string[];
}

const HOW = 'Write {{name}}, {{name.field}}, {{list[index].field}} or {{name|filter:argument}}.';
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const MAX_PATH_STEPS = 16;

/** Splits a text at its `{{…}}`. All problems are told; the parts are then not to be used. */
export function parseTemplate(text: string): { readonly parts: readonly TemplatePart[]; readonly problems: readonly TemplateProblem[] } {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    const close = closing(text, open + 2);
    if (close < 0) {
      problems.push({ code: 'bad-template', message: '{{ is not closed by }}', remedy: HOW, offset: open });
      return { parts, problems };
    }
    if (open > at) parts.push(text.slice(at, open));
    const placeholder = parsePlaceholder(text.slice(open + 2, close), open + 2);
    if ('code' in placeholder) problems.push(placeholder);
    else parts.push(placeholder);
    at = close + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts, problems };
}

/** The next `}}` that does not stand within quotes. */
function closing(text: string, from: number): number {
  let quote = '';
  for (let i = from; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '}' && text.charAt(i + 1) === '}') return i;
  }
  return text.indexOf('}}', from);
}

function parsePlaceholder(inner: string, offset: number): Placeholder | TemplateProblem {
  const [head = '', ...tail] = splitOutsideQuotes(inner, '|');
  const source = head.trim();
  const cursor = { rest: source };
  const path = parsePath(cursor);
  if (path === undefined || cursor.rest !== '')
    return { code: 'bad-template', message: `{{${inner}}} does not begin with a name`, remedy: HOW, offset };
  const filters: { filter: Filter; argument: string }[] = [];
  for (const piece of tail) {
    const parsed = parseFilter(piece, offset);
    if ('code' in parsed) return parsed;
    filters.push(parsed);
  }
  return { source: inner.trim(), path, filters };
}

function parseFilter(piece: string, offset: number): { filter: Filter; argument: string } | TemplateProblem {
  const [head = '', ...rest] = splitOutsideQuotes(piece, ':');
  const name = head.trim();
  const argument = unquote(rest.join(':').trim());
  const filter = filterNamed(name);
  if (filter === undefined) {
    const known = FILTERS.map((one) => one.name);
    return {
      code: 'unknown-filter',
      message: `there is no filter "${name}"`,
      remedy: `Filters: ${known.join(', ')}.`,
      offset,
      name,
      known,
    };
  }
  const allowed = filter.arguments ?? [];
  const wrong = filter.argument === 'none' ? argument !== '' : rest.length === 0 || (allowed.length > 0 && !allowed.includes(argument));
  if (!wrong) return { filter, argument };
  const message = `the filter ${name} ${filter.argument === 'none' ? 'takes no argument' : `needs an argument${allowed.length > 0 ? `: ${allowed.join(', ')}` : ''}`}`;
  return { code: 'bad-template', message, remedy: `Write it as in ${filter.example}.`, offset };
}

function parsePath(cursor: { rest: string }): TemplatePath | undefined {
  const before = cursor.rest;
  const root = NAME.exec(cursor.rest)?.[0];
  if (root === undefined) return undefined;
  cursor.rest = cursor.rest.slice(root.length);
  const steps: PathStep[] = [];
  for (;;) {
    const step = parseStep(cursor);
    if (step === null) break;
    if (step === undefined || steps.length >= MAX_PATH_STEPS) return undefined;
    steps.push(step);
  }
  return { source: before.slice(0, before.length - cursor.rest.length), root, steps };
}

/** null: the path ends here; undefined: it goes on in a way that is not understood. */
function parseStep(cursor: { rest: string }): PathStep | null | undefined {
  if (cursor.rest.startsWith('.')) {
    const name = NAME.exec(cursor.rest.slice(1))?.[0];
    if (name === undefined) return undefined;
    cursor.rest = cursor.rest.slice(1 + name.length);
    return { kind: 'field', name };
  }
  if (!cursor.rest.startsWith('[')) return null;
  cursor.rest = cursor.rest.slice(1);
  const digits = /^\d{1,6}/.exec(cursor.rest)?.[0];
  let step: PathStep;
  if (digits !== undefined) {
    cursor.rest = cursor.rest.slice(digits.length);
    step = { kind: 'index', index: Number(digits) };
  } else {
    const path = parsePath(cursor);
    if (path === undefined) return undefined;
    step = { kind: 'path', path };
  }
  if (!cursor.rest.startsWith(']')) return undefined;
  cursor.rest = cursor.rest.slice(1);
  return step;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const pieces = [''];
  let quote = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === separator) {
      pieces.push('');
      continue;
    }
    pieces[pieces.length - 1] += char;
  }
  return pieces;
}

function unquote(text: string): string {
  const quoted = /^(['"])(.*)\1$/s.exec(text);
  return quoted?.[2] ?? text;
}
