import { RETURN } from '../compiled.ts';
import type { FlowDraft, NodeDraft } from './draft.ts';
import { textsIn } from './maps.ts';
import { checkSection } from './section.ts';
import type { Wiring } from './wiring.ts';

/** Nodes of a circle that are named in a message. */
const MOST_SHOWN = 10;

type Wired = Wiring['exits'];

/** What the ways between nodes tell: nodes that cannot be reached, circles without the caller, flows without an end. */
export function checkGraph(draft: FlowDraft, { exits: wired, section }: Wiring, asks: (node: NodeDraft) => boolean): void {
  checkLoops(draft, asks);
  const start = draft.header?.start;
  if (start === undefined || !draft.nodes.has(start)) return;
  const { tooLong } = draft.header?.exits ?? {};
  const begins = [start, ...draft.meant, ...(tooLong === undefined ? [] : [tooLong])].filter((name) => draft.nodes.has(name));
  const reached = reach(begins, (name) => targetsOf(draft, wired, name));
  for (const name of draft.nodes.keys()) {
    if (!reached.has(name) && !section.has(name))
      draft.problem(['nodes', name], 'unreachable-node', `no way leads to ${name}`, 'Lead an exit here, or remove the node.');
  }
  checkSection(draft, section, reached);
  checkEnd(draft, wired, reached);
  checkAnswer(draft, wired, start);
}

/** All targets; of a node with a wrong shape everything that looks like one, too. */
function targetsOf(draft: FlowDraft, wired: Wired, name: string): string[] {
  const node = draft.nodes.get(name);
  if (node === undefined) return [];
  const { error, exhausted } = draft.header?.exits ?? {};
  const guessed = node.broken ? [...textsIn(node.raw), error ?? '', exhausted ?? ''] : [];
  return [...(wired.get(name)?.values() ?? []), ...guessed].filter((to) => draft.nodes.has(to));
}

function reach(from: readonly string[], targets: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(from);
  // A set grows while it is walked: new names are visited too.
  for (const name of reached) for (const to of targets(name)) reached.add(to);
  return reached;
}

/** Circles over written exits whose nodes never ask the caller. */
function checkLoops(draft: FlowDraft, asks: (node: NodeDraft) => boolean): void {
  const quiet = new Map<string, readonly string[]>();
  for (const [name, node] of draft.nodes)
    if (node.kind !== null && !asks(node))
      quiet.set(
        name,
        node.wires.map(({ to }) => to),
      );
  const circling = peel(quiet);
  const targets = (name: string) => (quiet.get(name) ?? []).filter((to) => circling.has(to));
  const done = new Set<string>();
  for (const name of circling) {
    if (done.has(name)) continue;
    const circle = circleFrom(name, targets);
    if (circle === null) continue;
    for (const one of circle) done.add(one);
    draft.problem(
      ['nodes', name],
      'loop-without-input',
      `${shown(circle)} goes round without asking the caller`,
      'Put a menu or a collect into the circle, or lead one exit out of it.',
    );
  }
}

function shown(circle: readonly string[]): string {
  const names = circle.length <= MOST_SHOWN ? circle : [...circle.slice(0, MOST_SHOWN - 2), '…', circle.at(-1)];
  return [...names, circle[0]].join(' → ');
}

/** Takes away, again and again, nodes from which nothing leads on: what stays leads into a circle. */
function peel(edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const left = new Map<string, number>();
  const into = new Map<string, string[]>();
  for (const [name, targets] of edges) {
    const inside = [...new Set(targets)].filter((to) => edges.has(to));
    left.set(name, inside.length);
    for (const to of inside) {
      const before = into.get(to);
      if (before === undefined) into.set(to, [name]);
      else before.push(name);
    }
  }
  const ends = [...left].filter(([, count]) => count === 0).map(([name]) => name);
  for (const name of ends) {
    left.delete(name);
    for (const from of into.get(name) ?? []) {
      const count = (left.get(from) ?? 0) - 1;
      left.set(from, count);
      if (count === 0) ends.push(from);
    }
  }
  return new Set(left.keys());
}

/** The shortest way from a node back to itself, or null. */
function circleFrom(name: string, targets: (name: string) => readonly string[]): string[] | null {
  const from = new Map<string, string>();
  const queue = [name];
  for (const at of queue) {
    for (const to of targets(at)) {
      if (to === name) return wayTo(name, at, from);
      if (from.has(to)) continue;
      from.set(to, at);
      queue.push(to);
    }
  }
  return null;
}

function wayTo(start: string, end: string, from: ReadonlyMap<string, string>): string[] {
  const way = [end];
  while (way[0] !== start) way.unshift(from.get(way[0] as string) as string);
  return way;
}

function checkEnd(draft: FlowDraft, wired: Wired, reached: ReadonlySet<string>): void {
  const ends = [...reached].some((name) => {
    const kind = draft.nodes.get(name)?.kind;
    if (kind === null || kind?.ends === true || draft.nodes.get(name)?.broken === true) return true;
    return [...(wired.get(name)?.values() ?? [])].includes(RETURN);
  });
  if (!ends) draft.problem(['flow'], 'no-end', 'no hangup and no return can be reached', 'Lead some exit to a hangup node, or to return.');
}

/** With `policy: byFlow`: nodes that need the caller's keys or voice, on a way without an answer node. */
function checkAnswer(draft: FlowDraft, wired: Wired, start: string): void {
  if (draft.header?.answer?.policy !== 'byFlow') return;
  const unanswered = reach([start], (name) => (draft.nodes.get(name)?.kind?.type === 'answer' ? [] : targetsOf(draft, wired, name)));
  for (const name of unanswered) {
    if (draft.nodes.get(name)?.kind?.needsAnswer === true)
      draft.problem(
        ['nodes', name],
        'input-before-answer',
        `${name} can be reached before the call is answered; many networks carry no keys and no voice then`,
        'Put an answer node before it.',
      );
  }
}
