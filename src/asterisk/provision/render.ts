import { SantralError } from '../../domain/errors.ts';

/**
 * Fills the templates of `asterisk-config/`. The syntax cannot collide with the dialplan's `${…}` and `$[…]`:
 * `{{name}}` is a value; a line `{{#name}}` … a line `{{/name}}` is kept when the value is true or not empty,
 * and repeated for each member of a list (`{{name}}` is then the member, `{{name.field}}` its field).
 */
export type TemplateValue = string | number | boolean | readonly string[] | readonly { readonly [field: string]: string }[];
export type TemplateValues = { readonly [name: string]: TemplateValue };

const SECTION = /^\{\{([#/])([a-zA-Z]+)\}\}$/;
const VALUE = /\{\{([a-zA-Z]+)(?:\.([a-zA-Z]+))?\}\}/g;

/** File name to text, for every template. A name that is not among the values is an error, with file and line. */
export function renderTemplates(values: TemplateValues, templates: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, string>();
  for (const [file, text] of templates) {
    const lines = text.split('\n').map((content, index) => ({ content, where: `${file}:${index + 1}` }));
    files.set(file, renderLines(lines, new Map(Object.entries(values))).join('\n'));
  }
  return files;
}

interface Line {
  readonly content: string;
  readonly where: string;
}

type Scope = ReadonlyMap<string, TemplateValue | { readonly [field: string]: string }>;

function renderLines(lines: readonly Line[], scope: Scope): string[] {
  const rendered: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    const section = SECTION.exec(line.content);
    if (section === null) {
      rendered.push(line.content.replace(VALUE, (_whole, name: string, field?: string) => valueOf(scope, name, field, line.where)));
      continue;
    }
    const name = section[2] as string;
    const end = lines.findIndex((other, at) => at > index && other.content === `{{/${name}}}`);
    if (section[1] === '/' || end < 0) throw fault(line.where, `{{${section[1]}${name}}} has no counterpart`);
    const body = lines.slice(index + 1, end);
    for (const inner of repetitions(scope, name, line.where)) rendered.push(...renderLines(body, inner));
    index = end;
  }
  return rendered;
}

function repetitions(scope: Scope, name: string, where: string): Scope[] {
  const value = scope.get(name);
  if (value === undefined) throw fault(where, `there is no value "${name}"`);
  if (Array.isArray(value))
    return value.map((member: string | { readonly [field: string]: string }) => new Map([...scope, [name, member]]));
  return value === false || value === '' ? [] : [scope];
}

function valueOf(scope: Scope, name: string, field: string | undefined, where: string): string {
  const value = scope.get(name);
  const found = field === undefined ? value : (value as { readonly [field: string]: string } | undefined)?.[field];
  if (typeof found !== 'string' && typeof found !== 'number') {
    throw fault(where, `there is no value "${field === undefined ? name : `${name}.${field}`}"`);
  }
  return escapeValue(String(found), where);
}

/** A semicolon would begin a comment; a line break would begin another setting. */
function escapeValue(text: string, where: string): string {
  if (/[\r\n]/.test(text))
    throw new SantralError(
      'config.invalid',
      `${where}: a value with a line break cannot be written. Remove it from the setting that the value comes from`,
    );
  return text.replace(/;/g, '\\;');
}

function fault(where: string, what: string): SantralError {
  return new SantralError('internal', `asterisk-config/${where}: ${what}`);
}
