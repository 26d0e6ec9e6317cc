import { RETURN, UNWIRED } from '../compiled.ts';
import type { ExitSpec } from '../nodes/kind.ts';
import type { FlowDraft, NodeDraft } from './draft.ts';
import { sectionNodes } from './section.ts';
import { didYouMean } from './suggest.ts';

/** Names in one message; the rest are counted. */
const MOST_NAMED = 12;

export interface Wiring {
  /** For each node, where every exit leads. */
  readonly exits: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The nodes of the after-call section. */
  readonly section: ReadonlySet<string>;
}

/** Checks the targets of all written exits and finds where every exit of every node leads. */
export function wireFlow(draft: FlowDraft): Wiring {
  const defaulted = new Map<string, string[]>();
  const wired = new Map<string, ReadonlyMap<string, string>>();
  checkTarget(draft, draft.header?.start, ['start'], false);
  checkTarget(draft, draft.header?.afterCall?.start, ['afterCall', 'start'], false);
  for (const name of ['error', 'exhausted', 'tooLong'] as const) checkTarget(draft, draft.header?.exits?.[name], ['exits', name], true);
  if (draft.header?.exits?.tooLong !== undefined && draft.header.maxDuration === undefined)
    draft.problem(
      ['exits', 'tooLong'],
      'unknown-exit',
      'no call takes the exit "tooLong": the flow has no maxDuration',
      'Write maxDuration: 10m at the top, or remove the exit.',
    );
  for (const node of draft.nodes.values()) writtenWires(node);
  const section = sectionNodes(draft);
  for (const node of draft.nodes.values()) wired.set(node.name, wireNode(draft, node, section.has(node.name), defaulted));
  for (const [exit, nodes] of defaulted) {
    const named =
      nodes.length <= MOST_NAMED ? nodes.join(', ') : `${nodes.slice(0, MOST_NAMED).join(', ')} and ${nodes.length - MOST_NAMED} more`;
    const end = exit === 'exhausted' ? 'the goodbye' : 'the announcement of a technical problem';
    draft.problem(
      [draft.header?.exits === undefined ? 'flow' : 'exits'],
      'exit-defaulted',
      `"${exit}" is not wired at ${named}: ${end} is heard and the call ends`,
      `To go elsewhere write exits: { ${exit}: node } at the top of the flow or at a node.`,
    );
  }
  return { exits: wired, section };
}

function wireNode(draft: FlowDraft, node: NodeDraft, afterCall: boolean, defaulted: Map<string, string[]>): ReadonlyMap<string, string> {
  const exits = new Map<string, string>();
  if (node.kind === null || node.source === null) return exits;
  for (const { exit, to, path } of node.wires) {
    checkTarget(draft, to, ['nodes', node.name, ...path], true);
    exits.set(exit, to);
  }
  const { kind } = node;
  const find = (spec: ExitSpec): string | undefined => {
    // After the call an exit that the node does not wire ends the section.
    const own = exits.get(spec.name) ?? (afterCall ? undefined : flowWide(draft, spec.name));
    if (own !== undefined) return own;
    if (spec.otherwise === undefined) return undefined;
    if (spec.otherwise === 'engine') return UNWIRED[spec.name as keyof typeof UNWIRED];
    const instead = kind.exits.find(({ name }) => name === spec.otherwise);
    return instead === undefined ? undefined : find(instead);
  };
  const resolved = kind.exits.map((spec) => [spec, find(spec)] as const);
  for (const [spec, to] of resolved) {
    if (to !== undefined) exits.set(spec.name, to);
    // What falls to another exit is missing with that one only.
    else if (spec.otherwise === undefined) missingExit(draft, node, spec);
    if (!afterCall && spec.otherwise === 'engine' && to === UNWIRED[spec.name as keyof typeof UNWIRED])
      note(defaulted, spec.name, node.name);
  }
  return exits;
}

function note(defaulted: Map<string, string[]>, exit: string, node: string): void {
  const nodes = defaulted.get(exit);
  if (nodes === undefined) defaulted.set(exit, [node]);
  else nodes.push(node);
}

/** `next` and `exits` of the node itself. */
function writtenWires({ kind, source, wires }: NodeDraft): void {
  if (kind === null) return;
  if (source?.next !== undefined) wires.push({ exit: 'next', to: source.next, path: ['next'] });
  for (const [exit, to] of Object.entries(source?.exits ?? {})) if (to !== undefined) wires.push({ exit, to, path: ['exits', exit] });
}

function flowWide(draft: FlowDraft, exit: string): string | undefined {
  return exit === 'error' || exit === 'exhausted' ? draft.header?.exits?.[exit] : undefined;
}

function missingExit(draft: FlowDraft, node: NodeDraft, spec: ExitSpec): void {
  if (node.broken) {
    // What is wrong at the node may be this very exit.
    draft.heldBack.push('exit-not-wired');
    return;
  }
  const how = spec.name === 'next' ? 'next: node' : `exits: { ${spec.name}: node }`;
  draft.problem(
    ['nodes', node.name],
    'exit-not-wired',
    `${node.name} does not say where "${spec.name}" leads`,
    `Write ${how}. ${spec.doc}`,
  );
}

function checkTarget(draft: FlowDraft, to: string | undefined, path: readonly (string | number)[], mayReturn: boolean): void {
  if (to === undefined || (mayReturn && to === RETURN) || draft.nodes.has(to)) return;
  // That there are no nodes is told by itself.
  if (draft.nodes.size === 0) return;
  const names = [...draft.nodes.keys()];
  const list = names.length <= 12 ? `Nodes: ${names.join(', ')}, or return.` : 'Write such a node, or correct the name.';
  draft.problem(path, 'unknown-target', `there is no node "${to}"`, didYouMean(to, names, list));
}
