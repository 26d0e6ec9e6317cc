import type { Value } from '../../domain/value.ts';
import type { Play } from '../playing/play.ts';
import { effectValue, type Observed, sayWait } from './call.ts';
import type { Difference } from './hearing.ts';
import { holds, isAddress } from './look-ups.ts';
import type { Expectation } from './scenario.ts';
import { oneLine } from './words.ts';

/** What is otherwise than an `expect` step says; null when all is so. The first difference is told. */
export function compare(expectation: Expectation, observed: Observed, play: Play, flow: string): Difference | null {
  const { node, language, variables, messages, effects, cause } = expectation;
  return (
    (node === undefined ? null : standsAt(node, play, flow)) ??
    cameThrough(expectation, observed, flow) ??
    tookExits(expectation, observed, flow) ??
    (variables === undefined ? null : hasVariables(variables, observed)) ??
    (language === undefined || language === play.session.language
      ? null
      : difference('the call is in another language', language, play.session.language)) ??
    (messages === undefined ? null : hasMessages(messages, observed)) ??
    (effects === undefined ? null : hasEffects(effects, observed)) ??
    wasAsked(expectation, observed) ??
    (cause === undefined ? null : endedBy(cause, play))
  );
}

function difference(message: string, expected: string, actual: string): Difference {
  return { message, expected, actual };
}

/** `menu` is a node of the scenario's own flow; `dealer-lookup/menu` says which. */
export function qualified(node: string, flow: string): string {
  return node.includes('/') ? node : `${flow}/${node}`;
}

function standsAt(node: string, { session, wait }: Play, flow: string): Difference | null {
  const top = session.stack.at(-1);
  const stands = top === undefined ? sayWait(wait) : `${top.flow}/${top.node}`;
  return stands === qualified(node, flow) ? null : difference('the call stands elsewhere', qualified(node, flow), stands);
}

function cameThrough({ visited = [], notVisited = [] }: Expectation, { nodes }: Observed, flow: string): Difference | null {
  const missed = visited.find((node) => !nodes.has(qualified(node, flow)));
  if (missed !== undefined) return difference(`the call did not come through ${missed}`, missed, [...nodes].join(', '));
  const met = notVisited.find((node) => nodes.has(qualified(node, flow)));
  return met === undefined ? null : difference(`the call came through ${met}`, `not ${met}`, [...nodes].join(', '));
}

function tookExits({ exits = {} }: Expectation, observed: Observed, flow: string): Difference | null {
  for (const [node, wanted] of Object.entries(exits)) {
    const taken = observed.exits.get(qualified(node, flow)) ?? new Set();
    const missed = wanted.find((exit) => !taken.has(exit));
    if (missed !== undefined)
      return difference(`${node} was not left by ${missed}`, missed, taken.size === 0 ? 'it was not left' : [...taken].join(', '));
  }
  return null;
}

function hasVariables(variables: Readonly<Record<string, Value>>, { vars }: Observed): Difference | null {
  const wrong = Object.entries(variables).find(([name, value]) => !holds(value, vars[name]));
  if (wrong === undefined) return null;
  const [name, value] = wrong;
  return difference(`${name} has another value`, oneLine(value), oneLine(vars[name]));
}

function hasMessages(wanted: readonly Value[], { effects }: Observed): Difference | null {
  const caused = effects.filter(({ kind }) => kind === 'message').map(effectValue);
  return holds(wanted, caused) ? null : difference('other messages were caused', oneLine(wanted), oneLine(caused));
}

function hasEffects(wanted: readonly Value[], { effects }: Observed): Difference | null {
  const caused = effects.map(effectValue);
  return holds(wanted, caused) ? null : difference('something else was caused', oneLine(wanted), oneLine(caused));
}

function wasAsked({ asked = {} }: Expectation, observed: Observed): Difference | null {
  for (const [name, wanted] of Object.entries(asked)) {
    const found = [...observed.asked].findLast(([one]) => one === name || (isAddress(name) && one.endsWith(` ${name}`)));
    if (found === undefined) return difference(`${name} was not asked`, name, [...observed.asked.keys()].join(', ') || 'nothing was asked');
    if (!holds(wanted, found[1])) return difference(`${name} was asked with something else`, oneLine(wanted), oneLine(found[1]));
  }
  return null;
}

function endedBy(cause: string, { wait }: Play): Difference | null {
  if (wait.kind === 'ended' && wait.by === 'flow' && wait.cause === cause) return null;
  return difference('the call did not end so', cause, wait.kind === 'ended' && wait.by === 'flow' ? wait.cause : sayWait(wait));
}
