import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallStore, OtherEngine } from '../../ports/stores.ts';

/** How often an engine says that it lives, and looks whether the others said so. */
export const BEAT_MS = 10_000;
/** Who has not said so for this long is gone. A restart takes seconds, and the engine's calls go on then. */
export const GONE_MS = 60_000;
const GONE_LOOKS = GONE_MS / BEAT_MS;

export interface BeatDeps {
  readonly store: Pick<CallStore, 'alive' | 'others'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Closes what belongs to engines that are gone, and what could not be closed before; asked with every beat. */
  closeCallsOfGone(gone: readonly OtherEngine[]): Promise<void>;
}

/**
 * Says on the database that this engine lives, and sees to the calls of those that are gone. No two machines' clocks are compared:
 * gone is whose last word is the same as it was so many looks ago, by a timer of our own.
 */
export function startBeat({ store, clock, log, closeCallsOfGone }: BeatDeps): { stop(): Promise<void> } {
  const seen = new Map<string, { readonly beat: number | null; readonly looks: number }>();
  let stopping = false;
  let cancel: () => void = () => undefined;
  let beating: Promise<void> = beat();

  async function beat(): Promise<void> {
    const gone = await look();
    try {
      if (gone !== null) await closeCallsOfGone(gone);
    } catch (err) {
      log.warn({ err }, 'calls of an engine that is gone could not be closed; it is tried again in a moment');
    }
    if (stopping) return;
    cancel = clock.setTimer(BEAT_MS, () => {
      beating = beat();
    });
  }

  /** null: the database could not be reached. */
  async function look(): Promise<readonly OtherEngine[] | null> {
    try {
      await store.alive(clock.now());
      const others = await store.others();
      const before = new Map(seen);
      seen.clear();
      for (const { asterisk, beat } of others) {
        const last = before.get(asterisk);
        seen.set(asterisk, { beat, looks: last?.beat === beat ? last.looks + 1 : 0 });
      }
      return others.filter(({ asterisk }) => (seen.get(asterisk)?.looks ?? 0) >= GONE_LOOKS);
    } catch (err) {
      // Nobody could say anything meanwhile: others have as long as we have.
      seen.clear();
      log.warn({ err }, 'this engine could not say that it lives; it says so again in a moment');
      return null;
    }
  }

  return {
    async stop() {
      stopping = true;
      cancel();
      await beating;
    },
  };
}
