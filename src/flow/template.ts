import { isValueMap, type Value } from '../domain/value.ts';
import { Fault } from './fault.ts';
import type { FilterContext } from './filters.ts';
import type { Scope } from './scope.ts';
import { type Placeholder, parseTemplate, type TemplatePart, type TemplatePath, type TemplateProblem } from './template-parser.ts';

/** What a template reads names from. */
export type Names = Pick<Scope, 'get'>;

/** A text with `{{…}}`, ready to be rendered. */
export interface Template {
  readonly source: string;
  /** The text itself when it holds no placeholder. */
  readonly fixed: string | null;
  /** The names it reads: variables, `call.did`, `params.province`. */
  readonly names: readonly string[];
  /** Throws a Fault. `escape` is put around every placeholder's text (for addresses). */
  render(scope: Names, context: FilterContext, maxLength: number, escape?: (text: string) => string): string;
  /** A text that is one bare `{{path}}` gives the value as it is, else the rendered text. */
  value(scope: Names, context: FilterContext, maxLength: number): Value;
}

export interface CompiledTemplate {
  readonly template: Template;
  /** All that is wrong with it. */
  readonly problems: readonly TemplateProblem[];
}

/** `compileTemplate` that makes each text once. */
export function templatesOnce(): (text: string) => CompiledTemplate {
  const made = new Map<string, CompiledTemplate>();
  return (text) => {
    let compiled = made.get(text);
    if (compiled === undefined) made.set(text, (compiled = compileTemplate(text)));
    return compiled;
  };
}

/** Makes a template. */
export function compileTemplate(text: string): CompiledTemplate {
  const { parts, problems } = parseTemplate(text);
  return { template: templateOf(text, parts), problems };
}

function templateOf(source: string, parts: readonly TemplatePart[]): Template {
  const placeholders = parts.filter((part) => typeof part !== 'string');
  const [first] = parts;
  const bare = parts.length === 1 && typeof first === 'object' && first.filters.length === 0 ? first.path : null;
  const fixed = placeholders.length === 0 ? parts.join('') : null;
  const render: Template['render'] = (scope, context, maxLength, escape) => {
    if (fixed !== null) return fixed;
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') text += part;
      else text += escape === undefined ? say(part, scope, context) : escape(say(part, scope, context));
      if (text.length > maxLength) throw new Fault('text-too-long', `${clip(source)}: longer than ${maxLength} characters`);
    }
    return text;
  };
  return {
    source,
    fixed,
    names: [...new Set(placeholders.flatMap((placeholder) => namesOf(placeholder.path)))],
    render,
    value: (scope, context, maxLength) =>
      bare === null ? render(scope, context, maxLength) : (lookUp(bare, scope) ?? missing(bare.source)),
  };
}

/** The names that a path reads. */
function namesOf(path: TemplatePath): string[] {
  const [first] = path.steps;
  const own = (path.root === 'call' || path.root === 'params') && first?.kind === 'field' ? `${path.root}.${first.name}` : path.root;
  return [own, ...path.steps.flatMap((step) => (step.kind === 'path' ? namesOf(step.path) : []))];
}

function say(placeholder: Placeholder, scope: Names, context: FilterContext): string {
  let value: Value = lookUp(placeholder.path, scope) ?? null;
  for (const { filter, argument } of placeholder.filters) {
    if (value === null && filter.missing !== true) return missing(placeholder.source);
    value = (context.written === true ? (filter.write ?? filter.apply) : filter.apply)(value, argument, context);
  }
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return missing(placeholder.source);
      throw new Fault('not-text', `{{${placeholder.source}}} is a list or a map; name a field of it`);
  }
}

/** Own properties only: nothing of JavaScript itself can be reached. */
function lookUp(path: TemplatePath, scope: Names): Value | undefined {
  let value: Value | undefined = scope.get(path.root);
  for (const step of path.steps) {
    if (value === undefined || value === null) return undefined;
    const key: Value | undefined = step.kind === 'field' ? step.name : step.kind === 'index' ? step.index : lookUp(step.path, scope);
    value = entry(value, key);
  }
  return value;
}

function entry(value: Value, key: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return typeof key === 'number' ? (value[key] as Value | undefined) : undefined;
  if (!isValueMap(value) || (typeof key !== 'string' && typeof key !== 'number')) return undefined;
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function missing(source: string): never {
  throw new Fault('missing-value', `{{${source}}} has no value`);
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
