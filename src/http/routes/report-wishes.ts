import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import { type Days, type Interval, MOST_DAYS, type Span, spanOf } from '../../services/reports/period.ts';
import type { CountWish, TalksWish } from '../../services/reports/reports.ts';

interface CountQuery extends Days {
  readonly interval: Interval;
}

interface TalksQuery extends Days {
  readonly queue?: string | undefined;
  readonly agent?: UserId | undefined;
}

/** What a report counts; throws `request.invalid` where the days are none, or too many. `only`: one queue or agent. */
export function countWish({ interval, ...days }: CountQuery, only: string | undefined, zone: string): CountWish {
  return { span: spanIn(days, interval, zone), interval, ...(only === undefined ? {} : { only }) };
}

export function talksWish({ queue, agent, ...days }: TalksQuery, zone: string): TalksWish {
  const which = { ...(queue === undefined ? {} : { queue }), ...(agent === undefined ? {} : { agent }) };
  return { span: spanIn(days, 'day', zone), ...which };
}

function spanIn(days: Days, interval: Interval, zone: string): Span {
  return spanOf(days, interval, zone) ?? badDays(interval);
}

function badDays(interval: Interval): never {
  const message = `must not be before \`from\`, and at most ${MOST_DAYS[interval]} days are shown by ${interval}; choose a longer interval or a shorter span`;
  throw new SantralError('request.invalid', `query.to ${message}.`, { details: { errors: [{ path: 'query.to', code: 'days', message }] } });
}
