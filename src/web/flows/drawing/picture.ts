import type { Language } from '../../../domain/language.ts';
import type { FlowProblem } from '../../api/flow-problems.ts';
import type { CountedStep, Outline, Words } from '../../api/workshop.ts';

/**
 * A box of the drawing. node: one of the flow · return, end: where ways leave the flow · over: the end of the after-call section ·
 * missing: a name nothing stands behind.
 */
export interface Box {
  readonly id: string;
  readonly kind: 'node' | 'return' | 'end' | 'over' | 'missing';
  readonly type: string;
  readonly line: number | null;
  readonly calls: string | null;
  readonly starts: boolean;
  /** It stands in the after-call section: nobody is there any more. */
  readonly afterCall: boolean;
  /** How often callers came here in the last day; null when nothing is counted. */
  readonly entered: number | null;
  readonly hungUp: number;
  readonly problems: readonly FlowProblem[];
}

/** A way between two boxes: all exits of the one that lead to the other. */
export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** What its author or the language calls each exit; empty for the usual way on. */
  readonly exits: readonly string[];
  readonly count: number | null;
  /** It stands in the text; else it was taken without being written at the node (the flow’s `exits`, a built-in end). */
  readonly written: boolean;
}

export interface Picture {
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

/** Where the flow that called this one goes on. */
const RETURN = 'return';
/** The built-in end: no node can have this name. */
const END = '$end';
/** Where the after-call section ends; written `return`, too. */
const OVER = '$over';

/**
 * What is drawn: the outline with counts and problems. `steps` is null where nothing is counted (a flow that is not published).
 * `nameOf` puts the language's own exits into words.
 */
export function pictureOf(
  outline: Outline,
  problems: readonly FlowProblem[],
  steps: readonly CountedStep[] | null,
  language: Language,
  nameOf: (exit: string) => string = (exit) => exit,
): Picture {
  const after = afterCallOf(outline);
  const ways = waysOf(outline, steps, after, (exit, label) => exitName(nameOf(exit), label, language));
  const known = new Set(outline.nodes.map(({ id }) => id));
  const others = [...new Set(ways.map(({ to }) => to))].filter((id) => !known.has(id));
  const count = (kind: CountedStep['kind'], node: string): number =>
    (steps ?? []).reduce((sum, step) => (step.kind === kind && step.node === node ? sum + step.count : sum), 0);
  const boxes = outline.nodes.map(({ id, type, line, calls }): Box => {
    const at = { id, kind: 'node', type, line, calls, starts: id === outline.start, afterCall: after.has(id) } as const;
    return {
      ...at,
      entered: steps === null ? null : count('entered', id),
      hungUp: count('hang-up', id),
      problems: problems.filter(({ node }) => node === id),
    };
  });
  return { boxes: [...boxes, ...others.map(leaving)], ways };
}

function leaving(id: string): Box {
  const kind = id === RETURN ? 'return' : id === END ? 'end' : id === OVER ? 'over' : 'missing';
  return { id, kind, type: '', line: null, calls: null, starts: false, afterCall: id === OVER, entered: null, hungUp: 0, problems: [] };
}

/** The nodes of the after-call section: those its first one leads to, and that the call itself does not come through. */
function afterCallOf({ start, afterCall, nodes }: Outline): ReadonlySet<string> {
  const exits = new Map(nodes.map(({ id, exits }) => [id, exits.map(({ to }) => to)]));
  const reached = (first: string | null): Set<string> => {
    const found = new Set(first === null ? [] : [first]);
    for (const id of found) for (const to of exits.get(id) ?? []) if (exits.has(to)) found.add(to);
    return found;
  };
  const call = reached(start);
  return new Set([...reached(afterCall)].filter((id) => !call.has(id)));
}

function waysOf(
  outline: Outline,
  steps: readonly CountedStep[] | null,
  after: ReadonlySet<string>,
  nameOf: (exit: string, label: Words) => string,
): Way[] {
  const ways = new Map<string, Way>();
  // The section has an end of its own: nothing of it leads back into a call.
  const endOf = (from: string, to: string): string => (after.has(from) && (to === RETURN || to === END) ? OVER : to);
  const put = (from: string, to: string, exit: string | null, written: boolean): void => {
    const id = `${from} ${to}`;
    const known = ways.get(id) ?? { id, from, to, exits: [], count: steps === null ? null : 0, written };
    const exits = exit === null || known.exits.includes(exit) ? known.exits : [...known.exits, exit];
    ways.set(id, { ...known, exits });
  };
  for (const { id, exits } of outline.nodes)
    for (const { exit, to, label } of exits) put(id, endOf(id, to), exit === 'next' ? null : nameOf(exit, label), true);
  const nodes = new Set(outline.nodes.map(({ id }) => id));
  for (const { kind, node, to, exit, count } of steps ?? []) {
    // Counts of a node that has gone, or that now leads elsewhere, belong to an older text.
    if (kind !== 'exit' || !nodes.has(node)) continue;
    const target = endOf(node, to ?? END);
    const id = `${node} ${target}`;
    if (!ways.has(id)) {
      if (exit !== 'error' && exit !== 'exhausted') continue;
      put(node, target, nameOf(exit, {}), false);
    }
    const way = ways.get(id);
    if (way !== undefined) ways.set(id, { ...way, count: (way.count ?? 0) + count });
  }
  return [...ways.values()];
}

function exitName(exit: string, label: Words, language: Language): string {
  const said = label[language] ?? label.tr ?? label.en;
  return said === undefined ? exit : `${exit} · ${said}`;
}
