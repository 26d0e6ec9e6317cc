import { isCounted, nextOf } from '../../dialer/retry.ts';
import type { Attempt, AttemptOutcome } from '../../domain/attempt.ts';
import type { Campaign } from '../../domain/campaign.ts';
import { hasCode } from '../../domain/errors.ts';
import type { AttemptEnd, Settlement } from '../../ports/campaign-store.ts';
import { endOfCall } from './call-facts.ts';
import type { DialDeps } from './deps.ts';
import { outcomeMessages } from './outcome-messages.ts';
import { calendarOf, gateOf } from './plans.ts';

/** placed: their telephone is about to ring, and the call's end will tell · not-placed: nobody was dialled · stuck: this campaign's calls cannot be placed at the moment. */
export type Placed = 'placed' | 'not-placed' | 'stuck';

export interface Attempts {
  /** Calls somebody whose lease was just taken; `turn` asks, when it is this call's turn, whether it may still be made. */
  place(attempt: Attempt, campaign: Campaign, turn: (ask: (at: number) => Promise<boolean>) => Promise<boolean>): Promise<Placed>;
  /** Writes down the end of the attempt of a call that has one. Undefined: it has none yet, or was settled before. */
  settle(attempt: Pick<Attempt, 'id' | 'callId' | 'campaign'>): Promise<Settlement | undefined>;
}

export function createAttempts(deps: DialDeps): Attempts {
  const { store, lists, calls, settings, log } = deps;
  const { brand } = settings;

  const place: Attempts['place'] = async (attempt, campaign, turn) => {
    const row = await lists.contact(brand, attempt.contact);
    if (row === undefined) {
      // Their list was removed: they are nobody's to call any more.
      await store.withdraw(brand, attempt.id, 'cancelled');
      return 'not-placed';
    }
    let went = false;
    const confirm = async (): Promise<boolean> => {
      // Of the moment when they are called, not of when it is asked.
      went = await turn(async (now) => (await store.confirm({ brand, attempt: attempt.id, now, gate: gateOf(deps) })) === 'go');
      return went;
    };
    try {
      const { flow, language, messageClass, ringMs, machines, params } = campaign;
      const order = {
        flow,
        language,
        messageClass,
        ringMs,
        machines,
        // Surveys are told by campaign; a list that has such a column of its own means it.
        params: { campaign: campaign.id, ...params, ...row.variables },
        callerId: attempt.callerId,
        key: null,
      };
      const release = campaign.release === null ? {} : { release: campaign.release };
      await calls.place({ ...order, ...release, brand, number: row.number, callId: attempt.callId, confirm });
      return went ? 'placed' : 'not-placed';
    } catch (err) {
      if (went) return 'placed';
      const isBad = hasCode(err, 'request.invalid');
      await store.withdraw(brand, attempt.id, isBad ? 'invalid-number' : undefined);
      if (isBad) return 'not-placed';
      log.warn({ campaign: campaign.id, attempt: attempt.id, err }, 'a contact could not be called; the campaign waits a moment');
      return 'stuck';
    }
  };

  async function settle({ id, callId, campaign }: Pick<Attempt, 'id' | 'callId' | 'campaign'>): Promise<Settlement | undefined> {
    const plan = await store.get(brand, campaign);
    const end = plan && (await endOfCall(deps.callStore, callId, plan));
    return end && settleWith(id, end);
  }

  function settleWith(id: Attempt['id'], end: AttemptEnd): Promise<Settlement | undefined> {
    return store.settle(
      brand,
      id,
      end,
      (campaign, _contact, former) => {
        const outcomes = former.flatMap(({ outcome }) => outcome ?? []);
        return { next: nextFor(deps, campaign, end, outcomes), counted: isCounted(end.outcome, campaign.retries) };
      },
      (settlement) => outcomeMessages(deps, settlement),
    );
  }

  return { place, settle };
}

function nextFor(deps: DialDeps, campaign: Campaign, end: AttemptEnd, former: readonly AttemptOutcome[]) {
  const { outcome, messageLeft } = end;
  const { retries: table, maxAttempts, endAt } = campaign;
  const calendar = calendarOf(deps, campaign);
  // A window that cannot be read any more: nothing is tried again, and the outcome stands.
  const never = { id: 'never', zone: 'UTC', weekly: [[], [], [], [], [], [], []], holidays: [] } as const;
  return nextOf({ outcome, messageLeft, now: deps.clock.now(), table, former, maxAttempts, endAt, calendar: calendar ?? never });
}
