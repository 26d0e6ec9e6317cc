import type { NodeOutline } from '../flow/compiled.ts';
import type { Release } from '../flow/release.ts';
import type { FlowCoverage } from '../flow/scenario/report.ts';

/** Exits that are explained; the rest is named above already, and comes into reach as these are taken. */
const MOST_HINTS = 5;

const KEYS = /^[0-9*#A-D]+$/;
const EACH_TRY = 'once for each of its attempts';

/** How scenarios come through what none of them has taken, nearest first: exits of nodes that a call has reached. */
export function hintLines({ flow, untakenNodes, untakenExits }: FlowCoverage, release: Release): string[] {
  const reached = (release.flows.get(flow)?.outline ?? []).filter(({ id }) => !untakenNodes.includes(id));
  const open = reached.flatMap((node) =>
    node.exits.filter(({ exit }) => untakenExits.includes(`${node.id}.${exit}`)).map(({ exit, to }) => ({ node, exit, to })),
  );
  return open.slice(0, MOST_HINTS).map(({ node, exit, to }) => `  to come from ${node.id} to ${to}: ${hint(node, exit)}\n`);
}

function hint({ id, type }: NodeOutline, exit: string): string {
  if (type === 'transfer' || type === 'queue') return `${type}: with the outcome that leads to "${exit}"`;
  if (type === 'http' || type === 'action') return lookUpHint(exit);
  if (type === 'subflow')
    return exit === 'next'
      ? 'a call that comes back from the flow that it calls'
      : `a call in which the flow that it calls ends with "${exit}"`;
  if (KEYS.test(exit)) return `presses: "${exit}"`;
  switch (exit) {
    case 'noInput':
      return `says nothing, ${EACH_TRY}`;
    case 'noMatch':
      return `presses: keys that do not fit, ${EACH_TRY}`;
    case 'exhausted':
      return `says nothing, or presses: keys that do not fit, ${EACH_TRY}`;
    case 'open':
    case 'closed':
    case 'holiday':
      return `a scenario whose at: is a time when its calendar says "${exit}"`;
    case 'empty':
      return type === 'record' || type === 'voicemail' ? 'records: empty' : 'a look-up that answers an empty list';
    case 'next':
      return 'go on there as a caller who answers does';
    case 'error':
      return 'variables: or a look-up with what the node cannot work with';
    default:
      return `a call for which "${exit}" holds at ${id}`;
  }
}

function lookUpHint(exit: string): string {
  switch (exit) {
    case 'next':
      return 'lookUps: with an answer';
    case 'timeout':
    case 'unreachable':
    case 'invalid':
      return `lookUps: with { error: ${exit} }`;
    case 'tooLarge':
      return 'lookUps: with { error: too-large }';
    case 'error':
      return 'lookUps: with { error: failed }';
    case 'notFound':
      return 'lookUps: with { status: 404 }';
    case 'status':
      return 'lookUps: with { status: 500 }';
    case 'none':
      return 'lookUps: with { answer: [] }, or what else means that nothing was found';
    default:
      return `lookUps: with an answer for which "${exit}" holds`;
  }
}
