import { zoneOffset } from './zone-time.ts';

/** The day (YYYY-MM-DD) on the zone's calendar at an instant (UTC ms). */
export function localDay(zone: string, utcMs: number): string {
  return new Date(utcMs + zoneOffset(zone, utcMs)).toISOString().slice(0, 10);
}
