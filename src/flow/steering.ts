import { isValueMap, type Value, type ValueMap } from '../domain/value.ts';
import { type Behaviour, type CompiledFlow, type CompiledNode, NEXT, type Outcome, RETURN, UNWIRED } from './compiled.ts';
import { ENGINE_FLOW, engineFlow } from './engine-flow.ts';
import { Fault } from './fault.ts';
import { fault, firstVars, type Machine, NO_COUNTERS } from './machine.ts';

/** How far the error branch may go after the loop guard has struck, before the built-in end is taken. */
export const GUARD_GRACE = 20;

const HANG_UP: Outcome = { kind: 'hangup', cause: 'normal' };
const ERROR: Outcome = { kind: 'exit', exit: 'error' };

/** Goes on from node to node until something has to be waited for, or the call is to end. */
export function steer(m: Machine, outcome: Outcome): Outcome & { kind: 'wait' | 'hangup' } {
  let next = outcome;
  for (;;) {
    switch (next.kind) {
      case 'wait':
      case 'hangup':
        return next;
      case 'exit':
        next = leave(m, next.exit);
        break;
      case 'call':
        next = callFlow(m, next.flow, next.params);
        break;
      case 'return':
        next = comeBack(m);
        break;
    }
  }
}

/** Runs one function of the current node; a fault takes the node's error exit. */
export function guarded(m: Machine, run: (behaviour: Behaviour, m: Machine) => Outcome): Outcome {
  try {
    if (m.node === null) throw new Fault('unknown-node', `${m.top.flow}: there is no node ${m.top.node}`);
    return run(m.node.behaviour, m);
  } catch (error) {
    fault(m, error);
    return ERROR;
  }
}

/** Goes to a node of the current level. */
export function goTo(m: Machine, name: string): Outcome {
  m.transitions += 1;
  const { maxTransitions } = m.world.limits;
  if (m.transitions > maxTransitions && m.top.flow !== ENGINE_FLOW) {
    if (m.transitions > maxTransitions + GUARD_GRACE) return builtInEnd(m, UNWIRED.error);
    if (m.transitions === maxTransitions + 1) {
      fault(m, new Fault('too-many-transitions', `more than ${maxTransitions} nodes without input of the caller`));
      return ERROR;
    }
  }
  const kept = isLanguageSwitch(m.top.local, name);
  const node = m.flow?.nodes.get(name) ?? null;
  if (kept) m.top.local = null;
  else settleCounters(m, node);
  m.top.node = name;
  m.node = node;
  if (node !== null) m.events.push({ kind: 'node-entered', flow: m.top.flow, node: name, type: node.type });
  return guarded(m, kept ? reenter : enter);
}

const enter = (behaviour: Behaviour, m: Machine): Outcome => behaviour.enter(m);
const reenter = (behaviour: Behaviour, m: Machine): Outcome => (behaviour.reenter ?? behaviour.enter)(m);

/**
 * Counters belong to one stay at a node. They outlive it only on the way through passing nodes (language, set, branch),
 * and count on when a language switch leads back to where they were made (behaviour 21).
 */
function settleCounters(m: Machine, next: CompiledNode | null): void {
  if (next?.passing === true) {
    if (m.node?.passing !== true) m.top.local = m.node === null ? null : { from: m.node.id };
    return;
  }
  m.top.counters = NO_COUNTERS;
  m.top.local = null;
}

function isLanguageSwitch(local: Value, target: string): boolean {
  return isValueMap(local) && local['switched'] === true && local['from'] === target;
}

/** Takes an exit of the current node. */
function leave(m: Machine, exit: string): Outcome {
  const wired = m.node?.exits.get(exit) ?? UNWIRED.error;
  // A node that cannot even say that there is trouble is not asked to again.
  const to = exit === 'error' && wired === m.top.node ? UNWIRED.error : wired;
  const unwired = to === UNWIRED.error || to === UNWIRED.exhausted;
  m.events.push({ kind: 'exit', flow: m.top.flow, node: m.top.node, exit, to: unwired ? null : to });
  if (unwired) return unwiredExit(m, to);
  return to === RETURN ? { kind: 'return' } : goTo(m, to);
}

/** An exit that nobody wired is the caller's business: the exit of the same name at the sub-flow node. */
function unwiredExit(m: Machine, end: (typeof UNWIRED)[keyof typeof UNWIRED]): Outcome {
  // Behind the built-in ends there is nothing but the end itself.
  if (m.top.flow === ENGINE_FLOW) return HANG_UP;
  if (m.below.length === 0) return builtInEnd(m, end);
  popLevel(m);
  return { kind: 'exit', exit: end === UNWIRED.error ? 'error' : 'exhausted' };
}

function builtInEnd(m: Machine, end: string): Outcome {
  m.below = [];
  m.top = { flow: ENGINE_FLOW, node: end, counters: NO_COUNTERS, local: null, vars: {} };
  m.flow = engineFlow(m.world.release);
  m.node = null;
  m.scope = null;
  return goTo(m, end);
}

/** Enters a flow one level deeper. */
export function callFlow(m: Machine, id: string, params: ValueMap): Outcome {
  const flow = m.world.release.flows.get(id);
  const { maxSubflowDepth } = m.world.limits;
  if (flow === undefined || m.below.length >= maxSubflowDepth) {
    const deep = flow !== undefined;
    fault(
      m,
      deep ? new Fault('too-deep', `flows are more than ${maxSubflowDepth} deep`) : new Fault('unknown-flow', `there is no flow ${id}`),
    );
    return ERROR;
  }
  m.below = [...m.below, m.top];
  openLevel(m, flow, params);
  return goTo(m, flow.start);
}

/** Begins a level on top of what lies below. */
export function openLevel(m: Machine, flow: CompiledFlow, params: ValueMap): void {
  m.top = { flow: flow.id, node: '', counters: NO_COUNTERS, local: null, vars: firstVars(flow, params) };
  m.flow = flow;
  m.node = null;
  m.scope = null;
}

function popLevel(m: Machine): void {
  const frame = m.below.at(-1);
  if (frame === undefined) return;
  m.below = m.below.slice(0, -1);
  m.top = { ...frame };
  m.flow = m.world.release.flows.get(frame.flow) ?? null;
  m.node = m.flow?.nodes.get(frame.node) ?? null;
  m.scope = null;
}

/** Gives the results of a finished level to the one below; the end of the lowest level is the end of the call. */
function comeBack(m: Machine): Outcome {
  if (m.below.length === 0) return HANG_UP;
  const { vars } = m.top;
  const results = Object.fromEntries((m.flow?.results ?? []).map((name) => [name, vars[name] ?? null]));
  popLevel(m);
  return guarded(m, (behaviour) => behaviour.returned?.(m, results) ?? NEXT);
}
