import type { FlowDraft, NodeDraft } from './draft.ts';

/** Flows of a circle that are named in a message. */
const MOST_SHOWN = 10;

type Flows = ReadonlyMap<string, FlowDraft>;

/** Refuses circles of flows and chains that are deeper than the engine goes. However flows call each other, each is looked at few times. */
export function checkCalls(flows: Flows, maxDepth: number): void {
  const inOrder = callersFirst(flows);
  const depths = new Map<string, number>();
  for (const id of inOrder) {
    const depth = depths.get(id) ?? 1;
    for (const { flow, path } of flows.get(id)?.calls ?? []) {
      if (depth > maxDepth)
        flows
          .get(id)
          ?.problem(
            path,
            'subflow-recursion',
            `flows call each other more than ${maxDepth} deep`,
            'Make the chain shorter, or raise SANTRAL_MAX_SUBFLOW_DEPTH.',
          );
      depths.set(flow, Math.max(depths.get(flow) ?? 1, depth + 1));
    }
  }
  const ordered = new Set(inOrder);
  for (const [id, draft] of flows) if (!ordered.has(id)) checkCircles(flows, draft);
}

/** Every flow after all that call it; those in circles, and those that only circles lead to, are left out. */
function callersFirst(flows: Flows): string[] {
  const callers = new Map<string, number>();
  for (const draft of flows.values())
    for (const { flow } of draft.calls) if (flows.has(flow)) callers.set(flow, (callers.get(flow) ?? 0) + 1);
  const order = [...flows.keys()].filter((id) => !callers.has(id));
  // A list grows while it is walked.
  for (const id of order) {
    for (const { flow } of flows.get(id)?.calls ?? []) {
      const left = (callers.get(flow) ?? 0) - 1;
      callers.set(flow, left);
      if (left === 0 && flows.has(flow)) order.push(flow);
    }
  }
  return order;
}

/** A call is part of a circle when the flow that is called leads back. */
function checkCircles(flows: Flows, draft: FlowDraft): void {
  for (const { flow, path } of draft.calls) {
    const way = wayBack(flows, flow, draft.id);
    if (way !== null)
      draft.problem(
        path,
        'subflow-recursion',
        `${shown([...way, flow])} calls itself`,
        'Come back with return instead of calling the flow again.',
      );
  }
}

/** The shortest way of calls from one flow to another, both ends named; null when there is none. */
function wayBack(flows: Flows, from: string, to: string): string[] | null {
  const before = new Map<string, string | null>([[from, null]]);
  for (const id of before.keys()) {
    if (id === to) return wayTo(id, before);
    for (const { flow } of flows.get(id)?.calls ?? []) if (!before.has(flow)) before.set(flow, id);
  }
  return null;
}

function wayTo(end: string, before: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let id: string | null = end; id !== null; id = before.get(id) ?? null) way.unshift(id);
  return way;
}

function shown(circle: readonly string[]): string {
  const names = circle.length <= MOST_SHOWN ? circle : [...circle.slice(0, MOST_SHOWN - 2), '…', circle.at(-1)];
  return names.join(' → ');
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
