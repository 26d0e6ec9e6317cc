import { offsetChange, zoneOffset } from './zone-time.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** The day (YYYY-MM-DD) on the zone's calendar at an instant (UTC ms). */
export function localDay(zone: string, utcMs: number): string {
  return new Date(utcMs + zoneOffset(zone, utcMs)).toISOString().slice(0, 10);
}

/** Minutes since midnight on the zone's clock. */
export function localMinutes(zone: string, utcMs: number): number {
  const local = utcMs + zoneOffset(zone, utcMs);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
}

/**
 * When the zone's clock shows that minute of that day (UTC ms): the first of the two in a repeated hour (autumn), undefined
 * in a skipped one (spring). Minute 1440 is the next day's midnight.
 */
export function instantOf(zone: string, day: string, minutes: number): number | undefined {
  const local = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
  const candidates = [local - zoneOffset(zone, local - DAY), local - zoneOffset(zone, local + DAY)];
  const shown = candidates.filter((utcMs) => utcMs + zoneOffset(zone, utcMs) === local);
  return shown.length === 0 ? undefined : Math.min(...shown);
}

/** When a day begins by the zone's clock (UTC ms). A day whose midnight is skipped begins when the clock is put forward. */
export function dayBegin(zone: string, day: string): number {
  const noon = instantOf(zone, day, 720) ?? Date.parse(`${day}T12:00:00Z`);
  return instantOf(zone, day, 0) ?? offsetChange(zone, noon - DAY / 2 - 60 * MINUTE, noon);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when the other one is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY;
}

/** 0 is Monday, as in WeeklyHours. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}
