import { isValueMap, type Value, type ValueMap } from '../domain/value.ts';
import { leadsOn, needsCaller, sectionOf, withinSteps } from './after-call.ts';
import { isTooLong, takeBack } from './call-limit.ts';
import { type Behaviour, type CompiledFlow, type CompiledNode, NEXT, type Outcome, RETURN, TOO_LONG, UNWIRED } from './compiled.ts';
import { ENGINE_FLOW, engineFlow } from './engine-flow.ts';
import { Fault } from './fault.ts';
import { fault, firstVars, type Machine, NO_COUNTERS } from './machine.ts';
import { checkGiven, checkResults } from './parameters.ts';

/** How far the error branch may go after the loop guard has struck, before the built-in end is taken. */
export const GUARD_GRACE = 20;

const HANG_UP: Outcome = { kind: 'hangup', cause: 'normal' };
const ERROR: Outcome = { kind: 'exit', exit: 'error' };

/** Nothing is left to do after the call. */
export const OVER = { kind: 'over' } as const;
/** Where a turn rests. */
export type Rest = Extract<Outcome, { kind: 'wait' | 'hangup' }> | typeof OVER;
/** What comes next in a turn. */
export type Onward = Outcome | typeof OVER;

/** Goes on from node to node until something has to be waited for, the call is to end, or nothing is left to do. */
export function steer(m: Machine, outcome: Onward): Rest {
  let next = outcome;
  for (;;) {
    switch (next.kind) {
      case 'over':
        return next;
      case 'wait':
        if (isTooLong(m, next)) next = overtime(m);
        else if (m.end === null || !needsCaller(m, next)) return next;
        else next = nextSection(m);
        break;
      case 'hangup':
        if (m.end === null) return next;
        next = nextSection(m);
        break;
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
export function goTo(m: Machine, name: string): Onward {
  m.transitions += 1;
  const refused = m.end === null ? guardLoop(m) : withinSteps(m) ? null : OVER;
  if (refused !== null) return refused;
  const kept = isLanguageSwitch(m.top.local, name);
  const node = m.flow?.nodes.get(name) ?? null;
  if (kept) m.top.local = null;
  else settleCounters(m, node);
  m.top.node = name;
  m.node = node;
  if (node !== null) m.events.push({ kind: 'node-entered', flow: m.top.flow, node: name, type: node.type });
  return guarded(m, kept ? reenter : enter);
}

/** The loop guard: first the error branch is tried, then the built-in end (behaviour 43). */
function guardLoop(m: Machine): Onward | null {
  const { maxTransitions } = m.world.limits;
  if (m.transitions <= maxTransitions || m.top.flow === ENGINE_FLOW) return null;
  if (m.transitions > maxTransitions + GUARD_GRACE) return builtInEnd(m, UNWIRED.error);
  if (m.transitions > maxTransitions + 1) return null;
  fault(m, new Fault('too-many-transitions', `more than ${maxTransitions} nodes without input of the caller`));
  return ERROR;
}

/** The call has lasted as long as its flow allows: once, it goes where that flow says, or to the built-in end. */
function overtime(m: Machine): Onward {
  takeBack(m);
  m.until = null;
  m.transitions = 0;
  const to = m.world.release.flows.get((m.below[0] ?? m.top).flow)?.limit?.to ?? null;
  m.events.push({ kind: 'exit', flow: m.top.flow, node: m.top.node, exit: 'tooLong', to });
  if (to === null) return builtInEnd(m, TOO_LONG);
  while (m.below.length > 0) popLevel(m);
  return to === RETURN ? HANG_UP : goTo(m, to);
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
function leave(m: Machine, exit: string): Onward {
  const wired = m.node?.exits.get(exit) ?? UNWIRED.error;
  // A node that cannot even say that there is trouble is not asked to again.
  const to = exit === 'error' && wired === m.top.node ? UNWIRED.error : wired;
  const unwired = to === UNWIRED.error || to === UNWIRED.exhausted;
  m.events.push({ kind: 'exit', flow: m.top.flow, node: m.top.node, exit, to: unwired ? null : to });
  if (unwired) return unwiredExit(m, to);
  return to === RETURN ? { kind: 'return' } : goTo(m, to);
}

/** An exit that nobody wired is the caller's business: the exit of the same name at the sub-flow node. */
function unwiredExit(m: Machine, end: (typeof UNWIRED)[keyof typeof UNWIRED]): Onward {
  if (m.end !== null) return nextSection(m);
  // Behind the built-in ends there is nothing but the end itself.
  if (m.top.flow === ENGINE_FLOW) return HANG_UP;
  if (m.below.length === 0) return builtInEnd(m, end);
  popLevel(m);
  return { kind: 'exit', exit: end === UNWIRED.error ? 'error' : 'exhausted' };
}

function builtInEnd(m: Machine, end: string): Onward {
  // Levels are kept for what they do after the call.
  m.below = leadsOn(m) ? [...m.below, m.top] : [];
  m.top = { flow: ENGINE_FLOW, node: end, counters: NO_COUNTERS, local: null, vars: {} };
  m.flow = engineFlow(m.world.release);
  m.node = null;
  m.scope = null;
  return goTo(m, end);
}

/** Enters a flow one level deeper. */
export function callFlow(m: Machine, id: string, params: ValueMap): Onward {
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
  try {
    checkGiven(id, flow.takes, params);
  } catch (error) {
    fault(m, error);
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
function comeBack(m: Machine): Onward {
  if (m.end !== null) return nextSection(m);
  if (m.below.length === 0) return HANG_UP;
  const { flow: id, vars } = m.top;
  const { results: names = [], gives = {} } = m.flow ?? {};
  const results = Object.fromEntries(names.map((name) => [name, vars[name] ?? null]));
  popLevel(m);
  return guarded(m, (behaviour) => {
    checkResults(id, gives, results);
    return behaviour.returned?.(m, results) ?? NEXT;
  });
}

/** Begins what is to be done after the call: each open level has its section, the innermost comes first. */
export function firstSection(m: Machine): Onward {
  m.transitions = 0;
  const section = sectionOf(m.flow);
  return section === null ? nextSection(m) : goTo(m, section);
}

/** The section of this level is through: the next one below follows. */
function nextSection(m: Machine): Onward {
  while (m.below.length > 0) {
    popLevel(m);
    const section = sectionOf(m.flow);
    if (section !== null) return goTo(m, section);
  }
  return OVER;
}
