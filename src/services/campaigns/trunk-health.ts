import { afterCall, BREAKER_LIMITS, type Breaker, CLOSED_BREAKER } from '../../dialer/breaker.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { CampaignId } from '../../domain/ids.ts';

/** Of a campaign's last answered calls. */
export interface Drops {
  readonly answered: number;
  readonly dropped: number;
}

const NO_DROPS: Drops = { answered: 0, dropped: 0 };
/** Drops are judged by this many answered calls; the older ones count less and less. */
const DROPS_OF = 100;

/** What the calls that have ended say of the trunk, and of progressive campaigns. */
export class TrunkHealth {
  breaker: Breaker = CLOSED_BREAKER;
  readonly #drops = new Map<CampaignId, Drops>();

  /** One more attempt has ended. True when the trunk is asked for less from now on. */
  ended({ campaign, outcome, answeredAt }: Attempt, callsPerSecond: number, now: number): boolean {
    const before = this.breaker;
    this.breaker = afterCall(before, outcome === 'congestion', callsPerSecond, now, BREAKER_LIMITS);
    if (answeredAt !== null) {
      const { answered, dropped } = this.drops(campaign);
      const kept = answered < DROPS_OF ? 1 : 0.5;
      this.#drops.set(campaign, { answered: answered * kept + 1, dropped: dropped * kept + (outcome === 'dropped' ? 1 : 0) });
    }
    return this.breaker.divisor > before.divisor || this.breaker.openUntil > before.openUntil;
  }

  drops(campaign: CampaignId): Drops {
    return this.#drops.get(campaign) ?? NO_DROPS;
  }
}
