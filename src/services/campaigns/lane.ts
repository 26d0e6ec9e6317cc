import { NEW_PACE, type Pace, paced, placeAt } from '../../dialer/rate.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** How many calls of one campaign, and of all, may be made in a second. */
export interface LaneSpeeds {
  readonly campaign: number;
  readonly all: number;
}

/** Asking is begun this much before a call's place at most: what was asked must not be long ago when the call is made. */
const MOST_LEAD_MS = 250;
/** How much of the longest asking of late counts still after each further one. */
const KEPT_SHARE = 0.95;

interface Entry {
  readonly campaign: CampaignId;
  readonly speeds: () => LaneSpeeds;
  readonly ask: (at: number) => Promise<boolean>;
  readonly leave: (may: boolean) => void;
  readonly fail: (error: unknown) => void;
  stage: 'waits' | 'is-asked-about' | 'may';
}

/**
 * The last step before a call is made: no second ever sees more of them than it may. Several are asked about at the same time,
 * as asking may take longer than lies between two calls; they are made one by one, each at its place.
 */
export class Lane {
  readonly #clock: Clock;
  #entries: Entry[] = [];
  #all: Pace = NEW_PACE;
  readonly #of = new Map<CampaignId, Pace>();
  /** How long asking took at most of late (ms): so much before its place a call is asked about. */
  #asksFor = 0;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls that have not been made yet. */
  get waiting(): number {
    return this.#entries.length;
  }

  /**
   * Asks, a moment before this call's turn comes, whether it may be made (`at`, UTC ms: its place); if so it must be made at once
   * when this resolves. Rejects as `ask` does.
   */
  turn(campaign: CampaignId, speeds: () => LaneSpeeds, ask: (at: number) => Promise<boolean>): Promise<boolean> {
    return new Promise((leave, fail) => {
      this.#entries.push({ campaign, speeds, ask, leave, fail, stage: 'waits' });
      this.#go();
    });
  }

  #go(): void {
    this.#cancel();
    this.#makeDue();
    const next = this.#askDue();
    if (next < Number.POSITIVE_INFINITY) this.#cancel = this.#clock.setTimer(Math.max(1, next - this.#clock.now()), () => this.#go());
  }

  #makeDue(): void {
    for (const entry of [...this.#entries]) {
      const now = this.#clock.now();
      if (entry.stage !== 'may' || this.#placeOf(entry, now, 0, 0) > now) continue;
      const { campaign, all } = speedsOf(entry);
      this.#all = paced(this.#all, all, now);
      this.#of.set(entry.campaign, paced(this.#paceOf(entry), campaign, now));
      this.#remove(entry);
      entry.leave(true);
    }
  }

  /** Begins to ask about those whose place is near; when there is something to do again. */
  #askDue(): number {
    const now = this.#clock.now();
    const lead = Math.min(this.#asksFor, MOST_LEAD_MS);
    const ahead = new Map<CampaignId, number>();
    let aheadOfAll = 0;
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries) {
      const own = ahead.get(entry.campaign) ?? 0;
      const at = this.#placeOf(entry, now, own, aheadOfAll);
      if (entry.stage === 'waits' && at - lead <= now) this.#ask(entry, at);
      if (entry.stage === 'waits') next = Math.min(next, at - lead);
      // Its place as if it were the next one: another may be asked about for longer.
      if (entry.stage === 'may') next = Math.min(next, this.#placeOf(entry, now, 0, 0));
      ahead.set(entry.campaign, own + 1);
      aheadOfAll += 1;
    }
    return next;
  }

  #ask(entry: Entry, at: number): void {
    entry.stage = 'is-asked-about';
    const began = this.#clock.now();
    entry.ask(at).then(
      (may) => {
        this.#asksFor = Math.max(this.#clock.now() - began, this.#asksFor * KEPT_SHARE);
        if (may) entry.stage = 'may';
        else {
          this.#remove(entry);
          entry.leave(false);
        }
        this.#go();
      },
      (error: unknown) => {
        this.#remove(entry);
        entry.fail(error);
        this.#go();
      },
    );
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((one) => one !== entry);
  }

  #paceOf({ campaign }: Entry): Pace {
    return this.#of.get(campaign) ?? NEW_PACE;
  }

  #placeOf(entry: Entry, now: number, ahead: number, aheadOfAll: number): number {
    const { campaign, all } = speedsOf(entry);
    return Math.max(placeAt(this.#paceOf(entry), campaign, now, ahead), placeAt(this.#all, all, now, aheadOfAll));
  }
}

/** A rate that was set to nothing meanwhile holds nobody who is on the way already for ever. */
function speedsOf({ speeds }: Entry): LaneSpeeds {
  const { campaign, all } = speeds();
  return { campaign: Math.max(1, campaign), all: Math.max(1, all) };
}
