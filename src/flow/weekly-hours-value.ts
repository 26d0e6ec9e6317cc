import type { WeeklyHours } from '../domain/opening-hours.ts';
import { isValueMap, type Value } from '../domain/value.ts';

/** Whether a variable's value has the shape of weekly hours: seven days of intervals in minutes. */
export function isWeeklyHours(value: Value): value is Value & WeeklyHours {
  return Array.isArray(value) && value.length === 7 && value.every((day: Value) => Array.isArray(day) && day.every(isInterval));
}

function isInterval(value: Value): boolean {
  if (!isValueMap(value)) return false;
  const { from, to } = value;
  return typeof from === 'number' && typeof to === 'number' && from >= 0 && from <= to && to <= 1440;
}
