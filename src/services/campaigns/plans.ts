import { type CampaignFacts, type CampaignVerdict, campaignGate, contactGate } from '../../dialer/gate.ts';
import { callingWindow } from '../../dialer/window.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { Calendar } from '../../domain/opening-hours.ts';
import type { Gate } from '../../ports/campaign-store.ts';
import type { DialDeps } from './deps.ts';

type WindowDeps = Pick<DialDeps, 'releases'>;

/** The campaign's calling window with the holidays of the release in force; undefined when its hours or zone cannot be read. */
export function calendarOf(
  { releases }: WindowDeps,
  { hours, zone, holidays }: Pick<Campaign, 'hours' | 'zone' | 'holidays'>,
): Calendar | undefined {
  const days = holidays === null ? [] : releases.newest()?.calendars.get(holidays)?.holidays;
  if (days === undefined) return undefined;
  const window = callingWindow({ hours, zone, holidays: days });
  return window.kind === 'ok' ? window.calendar : undefined;
}

/** Whether the campaign may call now. One whose window cannot be read calls nobody. */
export function judgeCampaign(deps: DialDeps, facts: CampaignFacts): CampaignVerdict {
  const calendar = calendarOf(deps, facts.campaign);
  if (calendar === undefined) return { kind: 'shut', reason: 'hours', wakeAt: null };
  return campaignGate(facts, { now: deps.clock.now(), calendar, consentsStale: deps.consentsStale() });
}

/** The gate, with the clock and the calendars of this moment. */
export function gateOf(deps: DialDeps): Gate {
  return {
    campaign: (facts) => judgeCampaign(deps, facts),
    contact: (facts) => contactGate(facts, deps.settings.cap, deps.clock.now()),
  };
}
