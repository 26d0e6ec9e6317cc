import { callingMsLeft, endOfCalling } from '../../dialer/estimate.ts';
import { contactGate } from '../../dialer/gate.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { ContactOutcome, Suppression } from '../../domain/contact.ts';
import type { ListId } from '../../domain/ids.ts';
import type { NumberCallStore } from '../../ports/campaign-store.ts';
import type { ConsentStore } from '../../ports/consents.ts';
import type { ContactRow } from '../../ports/list-store.ts';
import type { DialDeps } from './deps.ts';
import { calendarOf, judgeCampaign } from './plans.ts';

/** What would become of the first rows, were the campaign started now. */
export interface DryRun {
  readonly looked: number;
  readonly callable: number;
  readonly waiting: number;
  readonly suppressed: Readonly<Partial<Record<ContactOutcome, number>>>;
  /** Contacts of all lists. */
  readonly contacts: number;
  /** If all of those who may be called are reached at the first try: the shortest it can take, in calling time. */
  readonly callingSeconds: number;
  readonly opensAt: number | null;
  /** About when all would be through, with the hours in which it may not call; null: not within a year. */
  readonly finishAt: number | null;
  /** The first of them, each with what would become of it. */
  readonly rows: readonly DryRow[];
}

export interface DryRow {
  readonly list: ListId;
  /** Place in the list. */
  readonly row: number;
  readonly number: string;
  /** call · wait: called often enough lately · a suppression: may not be called. */
  readonly verdict: 'call' | 'wait' | Suppression;
  /** When it may be called, where it waits. */
  readonly until: number | null;
}

export interface DryDeps extends DialDeps {
  readonly consents: Pick<ConsentStore, 'of'>;
  readonly numberCalls: Pick<NumberCallStore, 'since'>;
}

/** Rows that are shown one by one. */
const MOST_DRY_ROWS = 100;

/** Nobody is called. */
export async function dryRun(deps: DryDeps, campaign: Campaign, rows: number): Promise<DryRun> {
  const { lists, clock, settings } = deps;
  const { brand } = settings;
  const now = clock.now();
  const found = await Promise.all(campaign.lists.map(async (list) => lists.get(brand, list)));
  const contacts = found.reduce((sum, list) => sum + (list?.contacts ?? 0), 0);
  const suppressed: Partial<Record<ContactOutcome, number>> = {};
  let [looked, callable, waiting] = [0, 0, 0];
  const shown: DryRow[] = [];
  for (const list of campaign.lists) {
    if (looked >= rows) break;
    for (const row of await lists.rows(brand, list, 0, rows - looked)) {
      looked += 1;
      const verdict = await verdictOn(deps, campaign, row, now);
      if (verdict.kind === 'call') callable += 1;
      else if (verdict.kind === 'wait') waiting += 1;
      else suppressed[verdict.outcome] = (suppressed[verdict.outcome] ?? 0) + 1;
      if (shown.length >= MOST_DRY_ROWS) continue;
      const until = verdict.kind === 'wait' ? verdict.until : null;
      shown.push({
        list,
        row: row.rowNo,
        number: row.number,
        verdict: verdict.kind === 'suppress' ? verdict.outcome : verdict.kind,
        until,
      });
    }
  }
  const share = looked === 0 ? 0 : callable / looked;
  const verdict = judgeCampaign(deps, { campaign: { ...campaign, state: 'running' }, emergency: null });
  const { callsPerSecond, channels, startAt } = campaign;
  const pace = { waiting: contacts * share, over: 0, attempts: 0, lineMs: 0, callsPerSecond, channels };
  const callingMs = callingMsLeft(pace);
  const calendar = calendarOf(deps, campaign);
  const finishAt = calendar === undefined ? null : endOfCalling(calendar, Math.max(now, startAt ?? 0), callingMs);
  const opensAt = verdict.kind === 'open' ? now : verdict.wakeAt;
  return { looked, callable, waiting, suppressed, contacts, callingSeconds: Math.ceil(callingMs / 1000), opensAt, finishAt, rows: shown };
}

async function verdictOn({ consents: registry, numberCalls, settings }: DryDeps, campaign: Campaign, row: ContactRow, now: number) {
  const { consents, doNotContact } = await registry.of(settings.brand, row.number);
  const calledAt = await numberCalls.since(settings.brand, row.numberToken, now - settings.cap.withinMs);
  const standing = { consents, doNotContact: doNotContact !== null };
  return contactGate({ campaign, standing, leavings: [], calledAt, isBusy: false }, settings.cap, now);
}
