import type { WaitEnd } from '../../domain/queue.ts';
import type { QueuedEnd } from '../../flow/commands.ts';

/** A wait that the flow hears of; the others never come to it. */
export function endOf(how: WaitEnd): QueuedEnd {
  return how === 'answered' || how === 'abandoned' || how === 'moved' ? 'failed' : how;
}
