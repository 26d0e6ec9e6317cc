import type { Call } from '../../domain/call.ts';
import type { WaitEnd } from '../../domain/queue.ts';
import type { Command, QueuedEnd } from '../../flow/commands.ts';
import type { JoinAnswer, JoinRequest, Place } from '../floor/seat.ts';
import { customerOf } from './numbers-of.ts';

type QueueCommand = Command & { kind: 'queue' };

/** What a call asks for in a queue; in another one than the flow named, without what the flow asks for besides. */
export function joinRequestOf(call: Call, command: QueueCommand, queue: string): Omit<JoinRequest, 'since'> {
  const skills = queue === command.queue ? command.skills : {};
  return { callId: call.id, queue, class: command.class, skills, direction: call.direction, caller: customerOf(call) };
}

/** A wait that the flow hears of; the others never come to it. */
export function endOf(how: WaitEnd): QueuedEnd {
  return how === 'answered' || how === 'abandoned' || how === 'moved' ? 'failed' : how;
}

/** Where the call waits; null: it was refused. */
export function placeIn(answer: JoinAnswer): Place | null {
  return answer.kind === 'joined' ? answer.place : null;
}
