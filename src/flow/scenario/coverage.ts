import type { Release } from '../release.ts';
import type { Observed } from './call.ts';
import type { FlowCoverage } from './report.ts';

type Walked = Pick<Observed, 'nodes' | 'exits'>;

/**
 * How much of these flows was walked through. What counts is what the author drew: every node, and every exit that is
 * written at a node (not those that are caught by the flow or the engine).
 */
export function coverageOf(release: Release, flows: readonly string[], walks: readonly Walked[]): FlowCoverage[] {
  const nodes = new Set(walks.flatMap((walk) => [...walk.nodes]));
  const exits = new Set(walks.flatMap((walk) => [...walk.exits].flatMap(([node, taken]) => [...taken].map((exit) => `${node}.${exit}`))));
  return flows.flatMap((id) => {
    const outline = release.flows.get(id)?.outline;
    if (outline === undefined) return [];
    const drawn = outline.flatMap((node) => node.exits.map(({ exit }) => `${node.id}.${exit}`));
    return [
      {
        flow: id,
        nodes: outline.length,
        exits: drawn.length,
        untakenNodes: outline.map((node) => node.id).filter((node) => !nodes.has(`${id}/${node}`)),
        untakenExits: drawn.filter((exit) => !exits.has(`${id}/${exit}`)),
      },
    ];
  });
}

/** Nodes and exits that were walked through, in percent of all; whole numbers, never 100 while one is missing. */
export function percentOf({ nodes, exits, untakenNodes, untakenExits }: FlowCoverage): number {
  const all = nodes + exits;
  return all === 0 ? 100 : Math.floor(((all - untakenNodes.length - untakenExits.length) * 100) / all);
}
