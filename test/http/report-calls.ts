import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { AcdEventId, CallId, UserId } from '../../src/domain/ids.ts';
import type { House } from './house.ts';

const MINUTE = 60_000;

/** The facts of `count` calls to support, one a minute: answered after `waitedMs`, or given up. */
export function callsOf(
  house: House,
  agent: UserId,
  count: number,
  from: number,
  how: 'answered' | 'abandoned',
  waitedMs: number,
): readonly AcdEvent[] {
  return Array.from({ length: count }).flatMap((_, n): AcdEvent[] => {
    const at = from + n * MINUTE;
    const brand = house.deps.config.brand;
    const id = (): AcdEventId => house.ids.next('acdEvent');
    const callId: CallId = house.ids.next('call');
    const waitId = id();
    const entered: AcdEvent = { id: waitId, brand, at, kind: 'entered', queue: 'support', callId, class: 'standard', since: at };
    const left: AcdEvent = {
      id: id(),
      brand,
      at: at + waitedMs,
      kind: 'left',
      queue: 'support',
      callId,
      waitId,
      how,
      waitedMs,
      joinedAt: 1,
    };
    if (how === 'abandoned') return [entered, left];
    const talkId = id();
    const talk = { brand, queue: 'support', callId, agent };
    const over = at + waitedMs + 90_500;
    return [
      ...[entered, left],
      { ...talk, id: talkId, at: at + waitedMs, kind: 'connected', waitId, direction: 'inbound' },
      { ...talk, id: id(), at: over, kind: 'released', talkId, how: 'caller-hung-up', talkMs: 80_500, holdMs: 10_000 },
      { ...talk, id: id(), at: over + 30_000, kind: 'wrapped-up', talkId, wrapMs: 30_000, disposition: n === 0 ? '=sale' : 'not_set' },
    ];
  });
}
