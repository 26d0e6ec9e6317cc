import type { UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** A page sends one each 5 s; an agent whose page was silent for so long is offered nothing. */
export const SILENT_MS = 15_000;

export interface Heartbeats {
  /** The page was heard. */
  beat(agent: UserId): void;
  /** A page should be heard within the time from now, unless one was heard already. */
  expect(agent: UserId): void;
  stop(): void;
}

/** Tells when an agent's page falls silent, once, and when it speaks again. */
export function createHeartbeats(clock: Clock, turned: (agent: UserId, alive: boolean) => void): Heartbeats {
  const timers = new Map<UserId, () => void>();
  const silent = new Set<UserId>();

  function wait(agent: UserId): void {
    timers.get(agent)?.();
    const cancel = clock.setTimer(SILENT_MS, () => {
      timers.delete(agent);
      silent.add(agent);
      turned(agent, false);
    });
    timers.set(agent, cancel);
  }

  return {
    beat(agent) {
      wait(agent);
      if (silent.delete(agent)) turned(agent, true);
    },
    expect(agent) {
      // One who is known to be silent and is at work again was heard of otherwise: the time runs anew.
      if (timers.has(agent)) return;
      silent.delete(agent);
      wait(agent);
    },
    stop() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
