import { callingMsLeft, endOfCalling } from '../../dialer/estimate.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { Language } from '../../domain/language.ts';
import type { Release } from '../../flow/release.ts';
import type { AttemptSums, ChoiceCount, ContactCount } from '../../ports/campaign-store.ts';
import type { CheckDeps } from './check.ts';
import type { DialDeps } from './deps.ts';
import type { Dialler } from './dialler-shape.ts';
import { calendarOf } from './plans.ts';

export interface Figures {
  readonly campaign: Campaign;
  /** Everybody in the campaign: the counts sum to it. */
  readonly contacts: number;
  readonly counts: readonly ContactCount[];
  readonly sums: AttemptSums;
  /** Being called or talked with at this moment, by this engine. */
  readonly calls: number;
  /** Calls that were made within the last minute. */
  readonly lately: number;
  /** What they chose with keys, by flow and node. */
  readonly choices: readonly LabelledChoice[];
  /** About when nobody waits any more, as fast as it may call; null: it is not running, nobody waits, or not within a year. */
  readonly finishAt: number | null;
}

export interface LabelledChoice extends ChoiceCount {
  /** What the flow calls it; null: nothing. */
  readonly label: Readonly<Partial<Record<Language, string>>> | null;
}

export interface FigureDeps extends DialDeps {
  readonly releases: CheckDeps['releases'];
  readonly dialler: Pick<Dialler, 'state'>;
}

const MINUTE_MS = 60_000;

/** Counted from the rows themselves, at this instant. */
export async function figuresOf(deps: FigureDeps, campaign: Campaign): Promise<Figures> {
  const { store, clock, dialler, releases, settings } = deps;
  const { brand } = settings;
  const { id } = campaign;
  const now = clock.now();
  const [counts, sums, chosen, lately] = await Promise.all([
    store.counts(brand, id),
    store.sums(brand, id),
    store.choices(brand, id),
    store.madeSince(brand, id, now - MINUTE_MS),
  ]);
  const contacts = counts.reduce((sum, { count }) => sum + count, 0);
  const calls = dialler.state().of.get(id)?.calls ?? 0;
  const finishAt = campaign.state === 'running' ? finishOf(deps, campaign, counts, sums, now) : null;
  const release = campaign.release === null ? releases.newest() : ((await releases.get(campaign.release)) ?? null);
  const choices = chosen.map((one) => ({ ...one, label: labelOf(release, one) }));
  return { campaign, contacts, counts, sums, calls, lately, choices, finishAt };
}

function finishOf(deps: FigureDeps, campaign: Campaign, counts: readonly ContactCount[], sums: AttemptSums, now: number): number | null {
  const calendar = calendarOf(deps, campaign);
  const sum = (...states: readonly ContactCount['state'][]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  const waiting = sum('pending', 'waiting-retry');
  if (calendar === undefined || waiting === 0) return null;
  const { callsPerSecond, channels, startAt } = campaign;
  const { attempts, lineMs } = sums;
  const left = callingMsLeft({ waiting, over: sum('done', 'suppressed'), attempts, lineMs, callsPerSecond, channels });
  const lastDue = Math.max(0, ...counts.filter(({ state }) => state === 'waiting-retry').map(({ lastAt }) => lastAt));
  const end = endOfCalling(calendar, Math.max(now, startAt ?? 0), left);
  return end === null ? null : Math.max(end, lastDue);
}

/** What the node that was chosen at calls its exit. */
function labelOf(release: Release | null, { flow, node, keys }: ChoiceCount): LabelledChoice['label'] {
  const outline = release?.flows.get(flow)?.outline.find(({ id }) => id === node);
  return outline?.exits.find(({ exit }) => exit === keys)?.label ?? null;
}
