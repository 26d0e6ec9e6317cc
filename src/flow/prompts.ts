import { type Language, languageChain } from '../domain/language.ts';
import type { Value } from '../domain/value.ts';
import type { PromptItem } from './commands.ts';
import type { Expression } from './expression.ts';
import { Fault } from './fault.ts';
import { filterContext, type Machine, scopeOf } from './machine.ts';
import type { Scope } from './scope.ts';
import type { Template } from './template.ts';

/** One item of a prompt, compiled. */
export interface PromptPart {
  /** The key in the catalogue; null for inline text. */
  readonly key: string | null;
  /** A text, or null where only a recording exists. */
  readonly text: Readonly<Partial<Record<Language, Template | null>>>;
  readonly bargeIn: boolean;
  readonly when: Expression | null;
  readonly with: readonly (readonly [string, Expression])[];
}

/** A part with what is worked out about it once. */
interface ReadyPart extends PromptPart {
  readonly names: readonly string[];
  /** Names the caller's own number. */
  readonly ani: boolean;
  /** Names the dialled number, which is the person's where we call. */
  readonly did: boolean;
}

/** What is heard, and what the journal is told of it. */
export interface Rendered {
  readonly items: readonly PromptItem[];
  readonly keys: readonly (string | null)[];
  readonly text: string;
}

/** A list of prompts, ready to be rendered in the language of the moment. */
export interface Prompts {
  readonly names: readonly string[];
  /** Throws a Fault. `over` are names readable besides the variables. */
  render(m: Machine, over?: Readonly<Record<string, Value>>): Rendered;
}

const SILENT: Rendered = { items: [], keys: [], text: '' };
export const NO_PROMPTS: Prompts = { names: [], render: () => SILENT };

/** Joins parts into a list; lists of fixed text are made once per language. */
export function promptList(parts: readonly PromptPart[]): Prompts {
  if (parts.length === 0) return NO_PROMPTS;
  const ready = parts.map((part): ReadyPart => {
    const names = namesOf(part);
    return { ...part, names, ani: names.includes('call.ani'), did: names.includes('call.did') };
  });
  const names = [...new Set(ready.flatMap((part) => part.names))];
  if (parts.some((part) => !isFixed(part))) return { names, render: (m, over) => renderList(ready, m, over) };
  const made = new Map<string, Rendered>();
  return {
    names,
    render(m) {
      // The chain differs between flows only; a list belongs to one flow.
      let rendered = made.get(m.language);
      if (rendered === undefined) made.set(m.language, (rendered = renderList(ready, m)));
      return rendered;
    },
  };
}

/** Several lists as one. */
export function joinPrompts(...lists: readonly Prompts[]): Prompts {
  return {
    names: [...new Set(lists.flatMap(({ names }) => names))],
    render: (m, over) => joinRendered(lists.map((list) => list.render(m, over))),
  };
}

export function joinRendered(lists: readonly Rendered[]): Rendered {
  let joined = SILENT;
  for (const list of lists) if (list.items.length > 0) joined = joined.items.length === 0 ? list : joinTwo(joined, list);
  return joined;
}

function joinTwo(one: Rendered, other: Rendered): Rendered {
  return {
    items: one.items.concat(other.items),
    keys: one.keys.concat(other.keys),
    text: one.text === '' ? other.text : other.text === '' ? one.text : `${one.text} ${other.text}`,
  };
}

function isFixed(part: PromptPart): boolean {
  return part.when === null && Object.values(part.text).every((template) => template === null || template.fixed !== null);
}

function namesOf(part: PromptPart): string[] {
  const given = new Set(part.with.map(([name]) => name));
  const inText = Object.values(part.text).flatMap((template) => template?.names ?? []);
  return [
    ...inText.filter((name) => !given.has(name)),
    ...part.with.flatMap(([, expression]) => expression.names),
    ...(part.when?.names ?? []),
  ];
}

function renderList(parts: readonly ReadyPart[], m: Machine, over?: Readonly<Record<string, Value>>): Rendered {
  const items: PromptItem[] = [];
  const keys: (string | null)[] = [];
  const texts: string[] = [];
  const scope = over === undefined ? scopeOf(m) : scopeOf(m).with(over);
  for (const part of parts) {
    if (part.when !== null && !part.when.test(scope)) continue;
    const inner =
      part.with.length === 0
        ? scope
        : scope.with(Object.fromEntries(part.with.map(([name, expression]) => [name, expression.evaluate(scope)])));
    const item = renderPart(part, m, inner);
    items.push(item);
    keys.push(part.key);
    const spoken = part.text[item.language];
    texts.push(isPersonal(part, m) ? (spoken?.source ?? '') : item.text);
  }
  return { items, keys, text: texts.join(' ') };
}

function renderPart(part: PromptPart, m: Machine, scope: Scope): PromptItem {
  const { maxTextLength } = m.world.limits;
  let language: Language | null = null;
  let text = '';
  let fixed = true;
  const fallback: { language: Language; text: string }[] = [];
  for (const candidate of languageChain(m.language, m.flow?.languages)) {
    const template = part.text[candidate];
    if (template === undefined) continue;
    if (language === null) {
      language = candidate;
      text = template === null ? '' : template.render(scope, filterContext(m, candidate), maxTextLength);
      fixed = template === null || template.fixed !== null;
    } else if (template !== null) {
      const words = rendered(template, m, scope, candidate);
      if (words !== null) fallback.push({ language: candidate, text: words });
    }
  }
  if (language === null) throw new Fault('missing-value', `the prompt ${part.key ?? 'of this node'} has no text in any language`);
  return { kind: 'speech', key: fixed ? part.key : null, language, text, bargeIn: part.bargeIn, fallback };
}

/** The words in a language that is only fallen back to: where they cannot be had, there is one fallback less. */
function rendered(template: Template, m: Machine, scope: Scope, language: Language): string | null {
  try {
    return template.render(scope, filterContext(m, language), m.world.limits.maxTextLength);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function isPersonal(part: ReadyPart, m: Machine): boolean {
  if (part.ani || (part.did && m.trigger.kind === 'outbound')) return true;
  const personal = m.flow?.personal;
  return personal !== undefined && personal.size > 0 && part.names.some((name) => personal.has(name));
}
