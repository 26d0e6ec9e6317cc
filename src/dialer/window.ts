import type { Calendar, Holiday, Openness } from '../domain/opening-hours.ts';
import { openness } from '../domain/openness.ts';
import { parseWeeklyHours } from '../domain/weekly-hours.ts';
import { isZone } from '../domain/zone-time.ts';

/** When a campaign may call. */
export interface WindowPlan {
  /** `mon-fri 09:00-20:00; sat 10:00-18:00`; hours past midnight go on in the next day. */
  readonly hours: string;
  readonly zone: string;
  /** Half-days among them close from their minute on. */
  readonly holidays: readonly Holiday[];
}

export type CallingWindow =
  | { readonly kind: 'ok'; readonly calendar: Calendar }
  | { readonly kind: 'bad'; readonly problems: readonly WindowProblem[] };

export type WindowProblem =
  | { readonly code: 'zone-unknown'; readonly zone: string }
  | { readonly code: 'hours-unreadable'; readonly text: string };

/** The plan as a calendar, or everything that is wrong with it. */
export function callingWindow({ hours, zone, holidays }: WindowPlan): CallingWindow {
  const parsed = parseWeeklyHours(hours);
  const problems: WindowProblem[] = isZone(zone) ? [] : [{ code: 'zone-unknown', zone }];
  if (parsed.kind === 'bad') return { kind: 'bad', problems: [...problems, ...parsed.problems.map(unreadable)] };
  if (problems.length > 0) return { kind: 'bad', problems };
  return { kind: 'ok', calendar: { id: 'calling-window', zone, weekly: parsed.hours, holidays } };
}

/** The first instant from `at` on at which may be called; null when there is none within a year. */
export function nextOpening(calendar: Calendar, at: number): number | null {
  const now: Openness = openness(calendar, at);
  return now.kind === 'open' ? at : now.opensAt;
}

function unreadable(text: string): WindowProblem {
  return { code: 'hours-unreadable', text };
}
