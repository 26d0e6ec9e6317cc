import type { Outcome } from './compiled.ts';
import { ENGINE_FLOW } from './engine-flow.ts';
import type { Machine } from './machine.ts';

/**
 * Whether the call has lasted as long as its flow allows (behaviour 43), at the moment something would be said or listened
 * to. What is under way is never cut off: a prompt, a recording, a talk; look-ups and connections to people still go out.
 */
export function isTooLong(m: Machine, { command: { kind } }: Outcome & { kind: 'wait' }): boolean {
  if (m.until === null || m.end !== null || m.world.now < m.until || m.top.flow === ENGINE_FLOW) return false;
  return kind === 'play' || kind === 'collect' || kind === 'record';
}

/** What was about to be said is not heard any more, so it is not told either. */
export function takeBack(m: Machine): void {
  if (m.events.at(-1)?.kind === 'prompt') m.events.pop();
}
