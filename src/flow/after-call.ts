import type { TerminationKind } from '../domain/termination.ts';
import type { CompiledFlow, Outcome, StepInput } from './compiled.ts';
import { AFTER_CALL_LIMITS } from './engine-defaults.ts';
import { ENGINE_FLOW } from './engine-flow.ts';
import { Fault } from './fault.ts';
import { fault, type Machine } from './machine.ts';
import type { CallEnd, Frame, Session } from './session.ts';
import type { World } from './world.ts';

/** Whether some open level of the session has an after-call section. */
export function hasSection(stack: readonly Frame[], { release }: World): boolean {
  return stack.some(({ flow }) => (release.flows.get(flow)?.afterCall ?? null) !== null);
}

/** The same of a session opened for a turn. */
export function leadsOn(m: Machine): boolean {
  return m.flow?.afterCall != null || hasSection(m.below, m.world);
}

/** How the call ended, at the moment it is told. A request that goes on is waited for before the section begins. */
export function endOf(session: Session, how: TerminationKind, now: number): CallEnd {
  const own = session.stack.findLast(({ flow }) => flow !== ENGINE_FLOW);
  const { waiting } = session;
  const awaited = waiting?.kind === 'http' && waiting.onHangup === 'finish';
  return { how, node: own === undefined ? '' : `${own.flow}/${own.node}`, late: awaited ? 'awaited' : 'none', since: now };
}

/** Notes what became of the request that the caller did not wait for. */
export function lateResult(end: CallEnd, input: StepInput): CallEnd {
  const outcome = input.kind === 'result' ? input.outcome : null;
  return { ...end, late: outcome === null ? 'failed' : outcome.kind === 'ok' ? 'ok' : outcome.reason };
}

/** True while the sections keep within their limits; a fault tells when they do not. */
export function withinTime(m: Machine, end: CallEnd): boolean {
  if (m.world.now - end.since <= AFTER_CALL_LIMITS.maxMs) return true;
  fault(m, new Fault('after-call-too-long', `the after-call section took more than ${AFTER_CALL_LIMITS.maxMs / 1000} s`));
  return false;
}

/** True while nodes may still be entered. */
export function withinSteps(m: Machine): boolean {
  const { maxTransitions } = AFTER_CALL_LIMITS;
  if (m.transitions <= maxTransitions) return true;
  fault(m, new Fault('too-many-transitions', `more than ${maxTransitions} nodes after the call`));
  return false;
}

/** A section that would speak to somebody is over: nobody is there. The checker lets no such node through. */
export function needsCaller(m: Machine, outcome: Outcome & { kind: 'wait' }): boolean {
  const { kind } = outcome.command;
  if (kind === 'http' || kind === 'action') return false;
  fault(m, new Fault('internal', `${m.top.flow}/${m.top.node}: ${kind} after the call`));
  return true;
}

/** The section of the level on top, if its flow has one. */
export function sectionOf(flow: CompiledFlow | null): string | null {
  return flow?.afterCall ?? null;
}
