import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallStore } from '../../ports/stores.ts';

/** How often an engine says that it lives. */
export const BEAT_MS = 10_000;
/** Who has not said so for this long is gone. A restart takes seconds, and the engine's calls go on then. */
export const GONE_MS = 60_000;

export interface BeatDeps {
  readonly store: Pick<CallStore, 'alive'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Closes what belongs to engines that have not been heard of since then. */
  closeCallsOfGone(deadBefore: number): Promise<void>;
}

/** Says on the database that this engine lives, and sees to the calls of those that are gone. */
export function startBeat({ store, clock, log, closeCallsOfGone }: BeatDeps): { stop(): Promise<void> } {
  let since: number | null = null;
  let stopping = false;
  let cancel: () => void = () => undefined;
  let beating: Promise<void> = beat();

  async function beat(): Promise<void> {
    try {
      const now = clock.now();
      await store.alive(now);
      since ??= now;
      // While the database could not be reached nobody could say anything: others have as long as we had.
      if (now - since >= GONE_MS) await closeCallsOfGone(now - GONE_MS);
    } catch (err) {
      since = null;
      log.warn({ err }, 'this engine could not say that it lives; it says so again in a moment');
    }
    if (stopping) return;
    cancel = clock.setTimer(BEAT_MS, () => {
      beating = beat();
    });
  }

  return {
    async stop() {
      stopping = true;
      cancel();
      await beating;
    },
  };
}
