import { parseDuration } from '../../domain/duration.ts';
import type { RecordingId } from '../../domain/ids.ts';
import type { Key } from '../../domain/keys.ts';
import type { RecordingKind } from '../../domain/recording.ts';
import { isValueMap } from '../../domain/value.ts';
import type { RecordOutcome } from '../commands.ts';
import type { Behaviour, Outcome, StepInput } from '../compiled.ts';
import { inherit } from '../defaults.ts';
import { cause } from '../effects.ts';
import { Fault } from '../fault.ts';
import { counter, type Machine } from '../machine.ts';
import { heard } from '../play.ts';
import type { Prompts } from '../prompts.ts';
import type { Kit } from './kind.ts';
import type { Review, Take } from './review.ts';

/** How the making of a recording ended. A kept one is stored with the turn. */
export type TakeEnd =
  | { readonly kind: 'kept'; readonly take: Take }
  /** discarded: by the caller, in the review. */
  | { readonly kind: 'empty' | 'discarded' | 'failed' };

export interface Taking {
  readonly prompts: Prompts;
  readonly kind: RecordingKind;
  readonly review: Review | null;
  /** The way out. When the caller has hung up it is asked for its effects only. */
  settle(m: Machine, end: TakeEnd): Outcome;
}

/** The limits of a recording, as a node, the flow and the engine say. */
export function recordingLimits(source: Readonly<Record<string, unknown>>, kit: Kit) {
  const { max, silence, beep, terminator } = inherit('record', kit.defaults, source);
  return {
    maxMs: parseDuration(max) ?? 0,
    silenceMs: parseDuration(silence) ?? 0,
    beep,
    terminator: terminator === 'none' ? null : (String(terminator) as Key | 'any'),
  };
}

/**
 * Records what the caller says, with a review where there is one. A hang-up keeps what was said up to then, reviewed or
 * not: a message is not lost because its caller put down the receiver.
 */
export function takeRecording(limits: ReturnType<typeof recordingLimits>, taking: Taking): Behaviour {
  const record = (m: Machine): Outcome => {
    m.top.local = null;
    const rendered = taking.prompts.render(m);
    heard(m, rendered);
    return { kind: 'wait', command: { kind: 'record', items: rendered.items, ...limits } };
  };
  return {
    enter: record,
    again(m) {
      const take = takeOf(m);
      return take === null || taking.review === null ? record(m) : taking.review.offer(m, take, false);
    },
    resume(m, input) {
      const take = takeOf(m);
      return take === null ? recorded(m, input, taking) : reviewed(m, input, taking, take, record);
    },
    left(m, spoken) {
      const take = spoken?.kind === 'ok' ? takenOf(spoken) : takeOf(m);
      if (take !== null) keep(m, taking, take);
    },
  };
}

function recorded(m: Machine, input: StepInput, taking: Taking): Outcome {
  if (input.kind !== 'recorded') throw new Fault('unexpected-input', `${input.kind} came for a recording`);
  const { outcome } = input;
  m.events.push({ kind: 'result', node: m.top.node, name: 'record', outcome: outcome.kind });
  if (outcome.kind !== 'ok') return taking.settle(m, { kind: outcome.kind });
  const take = takenOf(outcome);
  if (taking.review === null) return keep(m, taking, take);
  m.top.local = { take: take.id, durationMs: take.durationMs };
  m.top.counters = { ...m.top.counters, tries: 0 };
  return taking.review.offer(m, take, false);
}

function reviewed(m: Machine, input: StepInput, taking: Taking, take: Take, record: (m: Machine) => Outcome): Outcome {
  const review = taking.review as Review;
  const choice = input.kind === 'digits' ? review.choiceOf(input.digits) : null;
  if (input.kind === 'digits')
    m.events.push({ kind: 'digits', node: m.top.node, digits: input.digits, length: input.digits.length, end: input.end });
  else m.events.push({ kind: 'no-input', node: m.top.node, count: counter(m, 'tries') });
  switch (choice) {
    case 'listen':
      return review.offer(m, take, true);
    case 'keep':
      return keep(m, taking, take);
    case 'again':
      m.effects.push({ kind: 'discard', recording: take.id });
      return record(m);
    case 'discard':
      m.effects.push({ kind: 'discard', recording: take.id });
      m.events.push({ kind: 'result', node: m.top.node, name: 'record', outcome: 'discarded' });
      return taking.settle(m, { kind: 'discarded' });
    case null:
      return counter(m, 'tries') >= review.attempts ? keep(m, taking, take) : review.offer(m, take, false);
  }
}

function keep(m: Machine, taking: Taking, take: Take): Outcome {
  const { flow, node } = m.top;
  cause(m, { kind: 'recording', draft: { ...take, kind: taking.kind, flow, node, language: m.language } });
  return taking.settle(m, { kind: 'kept', take });
}

function takenOf({ name, durationMs }: RecordOutcome & { kind: 'ok' }): Take {
  return { id: name as RecordingId, durationMs };
}

/** What was recorded and is being reviewed; null while it is recorded. */
function takeOf(m: Machine): Take | null {
  const { local } = m.top;
  if (!isValueMap(local)) return null;
  const { take, durationMs } = local;
  return typeof take === 'string' && typeof durationMs === 'number' ? { id: take as RecordingId, durationMs } : null;
}
