import { type Consent, EARLIEST_CONSENT, supersedes } from './consent.ts';
import { addDays, dayBegin, instantOf, localDay, weekdayOf } from './local-day.ts';
import type { Holiday } from './opening-hours.ts';

/** Who wrote down what came from the national registry of consents (İYS). */
export const REGISTRY = 'iys';

/**
 * queued: is to be told · sent: the registry has it and has not judged it yet · accepted · skipped: it need not, or must not,
 * be told · rejected: the registry refused it · overdue: too late to be told. The last two are dead letters.
 */
export const SEND_STATES = ['queued', 'sent', 'accepted', 'skipped', 'rejected', 'overdue'] as const;
export type SendState = (typeof SEND_STATES)[number];
export const DEAD_STATES = ['rejected', 'overdue'] as const satisfies readonly SendState[];

/** Whose changes are asked for: the citizens', and those that brands sent, by whatever system. */
export const CHANGE_SIDES = ['IYS', 'HS'] as const;
export type ChangeSide = (typeof CHANGE_SIDES)[number];

/** How long changes that nobody could understand are counted: as long as the registry keeps them, whom they were about can be seen there. */
export const LOST_FOR_MS = 7 * 86_400_000;

/** Why a consent is not told to the registry. */
export const SKIP_REASONS = ['from-registry', 'older', 'same-status', 'first-refusal', 'date-outside', 'wrong-2015'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What the registry is known to hold of brand, recipient, recipient type and type. */
export type Held = Pick<Consent, 'status' | 'consentDate'>;

export type PreCheck = { readonly kind: 'send' } | { readonly kind: 'skip'; readonly reason: SkipReason };

/**
 * The registry's own rules, asked here so that nothing is sent that it would refuse. `held`: null when it has no record,
 * undefined when nobody can tell.
 * A refusal of somebody who never agreed counts with us all the same: the registry just takes no such record.
 */
export function preCheck(
  consent: Pick<Consent, 'status' | 'source' | 'consentDate'>,
  held: Held | null | undefined,
  now: number,
): PreCheck {
  const { status, source } = consent;
  const consentDate = wholeSecond(consent.consentDate);
  if (source.startsWith('IYS_')) return skip('from-registry');
  if (consentDate < EARLIEST_CONSENT || consentDate > now) return skip('date-outside');
  if (source === 'HS_2015' && consentDate !== EARLIEST_CONSENT) return skip('wrong-2015');
  if (held === undefined) return { kind: 'send' };
  if (held === null) return status === 'RET' ? skip('first-refusal') : { kind: 'send' };
  if (held.status === status) return skip('same-status');
  return consentDate > wholeSecond(held.consentDate) ? { kind: 'send' } : skip('older');
}

function skip(reason: SkipReason): PreCheck {
  return { kind: 'skip', reason };
}

/** The registry's clock has seconds. */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

/** Whether what was heard of the registry takes the place of what it was known to hold: the order in which it is heard does not matter. */
export function isNewer(heard: Held, held: Held | null): boolean {
  return held === null || supersedes(heard, held);
}

export interface WorkingDays {
  readonly zone: string;
  readonly holidays: readonly Holiday[];
}

/** No holiday is so long; a table of holidays that never ends is a mistake. */
const MOST_DAYS = 400;

/**
 * The end of the n-th working day after the day of `at` (UTC ms). Saturdays, Sundays and whole holidays are none; a day whose
 * afternoon is a holiday is one, and ends when that begins: better early than late.
 */
export function workingDaysAfter(at: number, count: number, { zone, holidays }: WorkingDays): number {
  let day = localDay(zone, at);
  let left = count;
  for (let passed = 0; left > 0 && passed < MOST_DAYS; passed += 1) {
    day = addDays(day, 1);
    if (weekdayOf(day) < 5 && freeFrom(day, holidays) !== 0) left -= 1;
  }
  const from = freeFrom(day, holidays);
  return (from === null ? undefined : instantOf(zone, day, from)) ?? dayBegin(zone, addDays(day, 1));
}

/** The minute at which a day's holiday begins; null: it has none. */
function freeFrom(day: string, holidays: readonly Holiday[]): number | null {
  const own = holidays.filter(({ date }) => date === day).map(({ from }) => from);
  return own.length === 0 ? null : Math.min(...own);
}
