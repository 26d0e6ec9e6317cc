import type { Problem } from '../problems.ts';
import { isMap } from './maps.ts';
import type { FlowSource } from './source.ts';

/** A node that stands within another one, because its line is indented too deep. */
export interface Swallowed {
  readonly name: string;
  /** What belongs to it, as far as it can be told. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/**
 * What one line too deep makes of the next node: a key of the node before it, with its fields inside, or beside it where
 * they were not moved along. Gives the node before without them, too. `twice`: keys that stand in the node a second time.
 */
export function swallowedIn(
  raw: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  twice: boolean,
): { readonly rest: Readonly<Record<string, unknown>>; readonly swallowed: readonly Swallowed[] } {
  const entries = Object.entries(raw);
  const nodes = entries.filter(([name, value]) => !known.has(name) && isMap(value) && typeof value['type'] === 'string');
  if (nodes.length > 0)
    return {
      rest: Object.fromEntries(entries.filter((entry) => !nodes.includes(entry))),
      swallowed: nodes.map(([name, value]) => ({ name, raw: isMap(value) ? value : {} })),
    };
  const empty = twice ? entries.findIndex(([name, value]) => value === null && !known.has(name)) : -1;
  if (empty < 0) return { rest: raw, swallowed: [] };
  const [name] = entries[empty] as [string, unknown];
  return {
    rest: Object.fromEntries(entries.slice(0, empty)),
    swallowed: [{ name, raw: Object.fromEntries(entries.slice(empty + 1)) }],
  };
}

/** A line `#: node`, meant for the key #: everything from a # on is a comment. */
const HASH_KEY = /^[ \t]*#[ \t]*:[ \t]*([a-z][a-z0-9-]*)[ \t]*$/gm;

interface Commented {
  readonly nodes: ReadonlyMap<string, unknown>;
  readonly source: FlowSource;
  readonly problems: Problem[];
}

/** Tells of options on # that are comments; gives the nodes that they were to lead to. */
export function commentedOptions(text: string, draft: Commented): ReadonlySet<string> {
  const meant = new Set<string>();
  for (const found of text.matchAll(HASH_KEY)) {
    const [line, to = ''] = found;
    if (!draft.nodes.has(to)) continue;
    meant.add(to);
    const at = found.index + line.indexOf('#');
    draft.problems.push(
      draft.source.problemAt(at, 'bad-option', 'this line is a comment: it begins with #', `Write "#": ${to} with quotes.`),
    );
  }
  return meant;
}
