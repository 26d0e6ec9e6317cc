import { clearAt, type Made, noted } from '../../dialer/rate.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** How many calls of one campaign, and of all, may be made in a second. */
export interface LaneSpeeds {
  readonly campaign: number;
  readonly all: number;
}

/** Asking is begun this much earlier at most: what was asked must not be long ago when the call is made. */
const MOST_LEAD_MS = 250;
/** Of how long asking takes, so much of the newest time counts. */
const NEWEST_SHARE = 0.25;

/** The last step before a call is made, one after the other: no second ever sees more of them than it may. */
export class Lane {
  readonly #clock: Clock;
  /** How long asking takes at the moment (ms). */
  #asksFor = 0;
  #all: Made = [];
  readonly #of = new Map<CampaignId, Made>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks, when it is this call's turn, whether it may be made; if so it must be made at once. Rejects as `ask` does. */
  turn(campaign: CampaignId, speeds: () => LaneSpeeds, ask: () => Promise<boolean>): Promise<boolean> {
    const turn = this.#last.then(async () => {
      // A call's place is when it is made. Were it asked about only then, each would be late by the asking, and so would all after it.
      await this.#wait(campaign, speeds, Math.min(this.#asksFor, MOST_LEAD_MS));
      const began = this.#clock.now();
      const may = await ask();
      this.#asksFor += (this.#clock.now() - began - this.#asksFor) * NEWEST_SHARE;
      if (!may) return false;
      await this.#wait(campaign, speeds, 0);
      this.#note(campaign);
      return true;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** From the moment it is made, not from when it was asked for. */
  #note(campaign: CampaignId): void {
    const now = this.#clock.now();
    this.#all = noted(this.#all, now);
    this.#of.set(campaign, noted(this.#of.get(campaign) ?? [], now));
  }

  /** Until `leadMs` before the next place. */
  async #wait(campaign: CampaignId, speeds: () => LaneSpeeds, leadMs: number): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      const own = this.#of.get(campaign) ?? [];
      const { campaign: perSecond, all } = speeds();
      // A rate that was set to nothing meanwhile holds nobody who is on the way already for ever.
      const at = Math.max(clearAt(own, Math.max(1, perSecond), now), clearAt(this.#all, Math.max(1, all), now)) - leadMs;
      if (at <= now) return;
      await new Promise<void>((resolve) => this.#clock.setTimer(at - now, resolve));
    }
  }
}
