import { clearAt, type Made, noted } from '../../dialer/rate.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** How many calls of one campaign, and of all, may be made in a second. */
export interface LaneSpeeds {
  readonly campaign: number;
  readonly all: number;
}

/** The last step before a call is made, one after the other: no second ever sees more of them than it may. */
export class Lane {
  readonly #clock: Clock;
  #all: Made = [];
  readonly #of = new Map<CampaignId, Made>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks, when it is this call's turn, whether it may be made; if so it must be made at once. Rejects as `ask` does. */
  turn(campaign: CampaignId, speeds: () => LaneSpeeds, ask: () => Promise<boolean>): Promise<boolean> {
    const turn = this.#last.then(async () => {
      await this.#wait(campaign, speeds);
      const may = await ask();
      if (may) this.#note(campaign);
      return may;
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

  async #wait(campaign: CampaignId, speeds: () => LaneSpeeds): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      const own = this.#of.get(campaign) ?? [];
      const { campaign: perSecond, all } = speeds();
      // A rate that was set to nothing meanwhile holds nobody who is on the way already for ever.
      const at = Math.max(clearAt(own, Math.max(1, perSecond), now), clearAt(this.#all, Math.max(1, all), now));
      if (at <= now) return;
      await new Promise<void>((resolve) => this.#clock.setTimer(at - now, resolve));
    }
  }
}
