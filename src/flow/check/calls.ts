import type { FlowDraft, NodeDraft } from './draft.ts';

interface Walk {
  readonly flows: ReadonlyMap<string, FlowDraft>;
  readonly maxDepth: number;
  readonly told: Set<string>;
}

/** Refuses circles of flows and chains that are deeper than the engine goes. */
export function checkCalls(flows: ReadonlyMap<string, FlowDraft>, maxDepth: number): void {
  const told = new Set<string>();
  for (const [id, draft] of flows) walk({ flows, maxDepth, told }, draft, [id]);
}

function walk(all: Walk, draft: FlowDraft, way: readonly string[]): void {
  const { flows, maxDepth, told } = all;
  for (const { flow, path } of draft.calls) {
    const callee = flows.get(flow);
    if (callee === undefined) continue;
    const circle = way.includes(flow) ? [...way.slice(way.indexOf(flow)), flow] : null;
    const deep = way.length > maxDepth;
    if (circle === null && !deep) {
      walk(all, callee, [...way, flow]);
      continue;
    }
    const mark = `${draft.id} ${path.join('.')}`;
    if (told.has(mark)) continue;
    told.add(mark);
    draft.problem(
      path,
      'subflow-recursion',
      circle === null ? `flows call each other more than ${maxDepth} deep` : `${circle.join(' → ')} calls itself`,
      circle === null
        ? 'Make the chain shorter, or raise SANTRAL_MAX_SUBFLOW_DEPTH.'
        : 'Come back with return instead of calling the flow again.',
    );
  }
}

/** Whether a node asks the caller something; a sub-flow does when any of its nodes does. */
export function asksCaller(flows: ReadonlyMap<string, FlowDraft>): (node: NodeDraft) => boolean {
  const known = new Map<string, boolean>();
  const flowAsks = (id: string): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, false);
    const draft = flows.get(id);
    const asks =
      draft !== undefined &&
      ([...draft.nodes.values()].some(({ kind }) => kind?.asksCaller === true) || draft.calls.some(({ flow }) => flowAsks(flow)));
    known.set(id, asks);
    return asks;
  };
  return (node) => {
    if (node.kind?.asksCaller === true) return true;
    const flow = node.kind?.type === 'subflow' && node.source !== null && 'flow' in node.source ? node.source.flow : undefined;
    return typeof flow === 'string' && flowAsks(flow);
  };
}
