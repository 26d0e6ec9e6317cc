import { endOf, hasSection, lateResult, leadsOn, withinTime } from './after-call.ts';
import type { Command, Effect, FlowEvent, Input, RecordOutcome } from './commands.ts';
import { type CommandDraft, exitBy, NEXT, type Outcome, type StepInput } from './compiled.ts';
import { flowOf } from './engine-flow.ts';
import { Fault } from './fault.ts';
import { closeMachine, fault, type Machine, NO_COUNTERS, openMachine } from './machine.ts';
import { checkGiven } from './parameters.ts';
import type { Frame, Session, Trigger } from './session.ts';
import { firstSection, goTo, guarded, type Onward, OVER, openLevel, type Rest, steer } from './steering.ts';
import type { World } from './world.ts';

/**
 * One turn of a session: what became of it, what is to be done, and what is to be told. `command` is what the session
 * waits for; null when it has ended. Only a `hangup` ends the session and is still to be carried out; where the flow has
 * an after-call section the session waits for `hung-up` then, and goes on.
 */
export interface Turn {
  readonly session: Session;
  readonly command: Command | null;
  readonly events: readonly FlowEvent[];
  readonly effects: readonly Effect[];
}

const NO_EVENTS: readonly FlowEvent[] = [];
const NO_EFFECTS: readonly Effect[] = [];
const ERROR: Outcome = exitBy('error');

/** The inputs that answer each command. */
const ANSWERS: { readonly [K in Command['kind']]: readonly Input['kind'][] } = {
  answer: ['answered'],
  play: ['finished'],
  collect: ['digits', 'silence'],
  record: ['recorded'],
  http: ['result'],
  action: ['result'],
  dial: ['dialled'],
  queue: ['queued'],
  hangup: [],
};

/** Begins a session. Never throws: a flow that is not there ends in the built-in announcement, with a fault event. */
export function start(flowId: string, trigger: Trigger, world: World): Turn {
  const flow = flowOf(world.release, flowId);
  const session = newSession(flowId, trigger, world.release.id);
  const m = openMachine(session, world, { flow: flowId, node: '', counters: NO_COUNTERS, local: null, vars: {} }, flow);
  if (flow === null) {
    fault(m, new Fault('unknown-flow', `there is no flow ${flowId}`));
    return finish(m, steer(m, ERROR));
  }
  openLevel(m, flow, trigger.params);
  if (flow.limit !== undefined) m.until = world.now + flow.limit.ms;
  try {
    checkGiven(flowId, flow.takes, trigger.params);
  } catch (error) {
    fault(m, error);
    return finish(m, steer(m, ERROR));
  }
  if (m.answered || flow.answer.policy === 'byFlow') return finish(m, steer(m, goTo(m, flow.start)));
  return finish(m, { kind: 'wait', command: { kind: 'answer', settleMs: flow.answer.settleMs } });
}

/** Goes on with a session. Never throws and never changes the session it was given; what does not belong to its wait changes nothing. */
export function resume(session: Session, input: Input, world: World): Turn {
  const frame = session.stack.at(-1);
  if (session.status === 'ended' || session.waiting === null || frame === undefined)
    return { session, command: null, events: NO_EVENTS, effects: NO_EFFECTS };
  switch (input.kind) {
    case 'hung-up':
      return hungUp(session, frame, input, world);
    case 'restarted': {
      const m = open(session, frame, world);
      if (m.end !== null) m.end = { ...m.end, since: world.now };
      return finish(m, steer(m, restart(m, session.waiting)));
    }
    default: {
      if (input.step !== session.step) return { session, command: session.waiting, events: NO_EVENTS, effects: NO_EFFECTS };
      const m = open(session, frame, world);
      if (m.end !== null && !withinTime(m, m.end)) return finish(m, OVER);
      return finish(m, steer(m, take(m, session.waiting, input)));
    }
  }
}

/** The call is over: what its flows do then begins, once the request that they let finish is answered. */
function hungUp(session: Session, frame: Frame, { how, recorded, talked }: Input & { kind: 'hung-up' }, world: World): Turn {
  if (session.status === 'after-call') return { session, command: session.waiting, events: NO_EVENTS, effects: NO_EFFECTS };
  const m = open(session, frame, world);
  if (talked === true) m.talked = true;
  leave(m, recorded ?? null);
  if (!hasSection(session.stack, world)) return { session: ended(session), command: null, events: m.events, effects: m.effects };
  const end = endOf(session, how ?? (session.waiting?.kind === 'hangup' ? 'flow-hung-up' : 'caller-hung-up'), world.now);
  if (end.late === 'awaited') {
    const awaiting: Session = { ...session, status: 'after-call', end, ...(m.talked ? { talked: true } : {}) };
    return { session: awaiting, command: session.waiting, events: m.events, effects: m.effects };
  }
  m.end = end;
  m.scope = null;
  return finish(m, steer(m, firstSection(m)));
}

/** The caller hung up where they stood: the node may still cause something. */
function leave(m: Machine, recorded: RecordOutcome | null): void {
  try {
    m.node?.behaviour.left?.(m, recorded);
  } catch (error) {
    fault(m, error);
  }
}

/** A session before its first turn: stored while a call of ours rings, so that its flow begins with the same things after a restart. */
export function newSession(flow: string, trigger: Trigger, release: number): Session {
  return {
    v: 1,
    trigger,
    release,
    step: 0,
    status: 'active',
    answered: trigger.kind === 'outbound',
    language: trigger.language,
    stack: [{ flow, node: '', counters: NO_COUNTERS, local: null, vars: {} }],
    waiting: null,
    transitions: 0,
    lastPrompt: [],
  };
}

function open(session: Session, frame: Frame, world: World): Machine {
  return openMachine(session, world, frame, flowOf(world.release, frame.flow));
}

/** Hands an input to the node that waits for it. */
function take(m: Machine, waiting: Command, input: StepInput): Onward {
  if (m.end?.late === 'awaited') return takeLate(m, waiting, input);
  if (!ANSWERS[waiting.kind].includes(input.kind)) {
    fault(m, new Fault('unexpected-input', `${input.kind} came where ${waiting.kind} was waited for`));
    return ERROR;
  }
  if (isCallerInput(input)) m.transitions = 0;
  if (isTalk(input)) {
    m.talked = true;
    m.scope = null;
  }
  if (input.kind === 'answered') {
    m.answered = true;
    if (m.top.node === '') return goTo(m, m.flow?.start ?? '');
  }
  return guarded(m, (behaviour) => behaviour.resume?.(m, input) ?? NEXT);
}

/** The node keeps the late answer as ever; where it would lead is a way for somebody who is there. */
function takeLate(m: Machine, waiting: Command, input: StepInput): Onward {
  if (m.end === null) return OVER;
  if (ANSWERS[waiting.kind].includes(input.kind)) guarded(m, (behaviour) => behaviour.resume?.(m, input) ?? NEXT);
  m.end = lateResult(m.end, input);
  m.scope = null;
  return firstSection(m);
}

/** Whether a person did something: the loop guard counts from here. */
function isCallerInput(input: StepInput): boolean {
  switch (input.kind) {
    case 'digits':
      return true;
    case 'recorded':
      return input.outcome.kind === 'ok';
    case 'dialled':
      return input.outcome === 'answered';
    case 'queued':
      return input.how === 'served' || input.how === 'key';
    default:
      return false;
  }
}

/** Whether somebody of the house has talked with the caller. */
function isTalk(input: StepInput): boolean {
  return (input.kind === 'dialled' && input.outcome === 'answered') || (input.kind === 'queued' && input.how === 'served');
}

/**
 * After a restart nobody knows how far the waiting command had got: it is asked for again; a dialled leg counts as failed.
 * Somebody of the directory is tried again from the first telephone on.
 */
function restart(m: Machine, waiting: Command): Onward {
  if (waiting.kind === 'dial' && (waiting.target.kind === 'extension' || waiting.target.kind === 'number'))
    return take(m, waiting, { kind: 'dialled', step: m.step - 1, outcome: 'failed', sipCode: null, talkMs: 0 });
  if (waiting.kind === 'hangup') return { kind: 'hangup', cause: waiting.cause };
  const { step, ...command } = waiting;
  const since = waiting.kind === 'http' || waiting.kind === 'action' ? { since: waiting.since ?? step } : {};
  const same: Outcome = { kind: 'wait', command: { ...command, ...since } as CommandDraft };
  if (m.top.node === '') return same;
  return guarded(m, (behaviour) => behaviour.again?.(m) ?? same);
}

function finish(m: Machine, outcome: Rest): Turn {
  if (outcome.kind === 'over') return { session: closeMachine(m, null), command: null, events: m.events, effects: m.effects };
  if (outcome.kind === 'hangup') {
    const hangup: Command = { kind: 'hangup', step: m.step, cause: outcome.cause };
    return { session: closeMachine(m, leadsOn(m) ? hangup : null), command: hangup, events: m.events, effects: m.effects };
  }
  // A draft is made for one wait and belongs to nobody else, so it becomes the command itself.
  const command = outcome.command as CommandDraft & { step: number };
  command.step = m.step;
  return { session: closeMachine(m, command), command, events: m.events, effects: m.effects };
}

function ended(session: Session): Session {
  return { ...session, step: session.step + 1, status: 'ended', stack: [], waiting: null, lastPrompt: [] };
}
