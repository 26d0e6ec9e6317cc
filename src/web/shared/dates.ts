import { currentLanguage } from '../i18n.ts';

/** All moments are UTC ms; `zone` is an IANA name, the browser's own where none is given. */

const written = (options: Intl.DateTimeFormatOptions, at: number): string => new Intl.DateTimeFormat(currentLanguage(), options).format(at);

/** The zone of whoever reads, until the engine has said which one it counts days in. */
export function usualZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `2026-11-26`, the day that it is there. */
export function dayIn(at: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
}

/** A day. */
export function dayText(at: number, zone = usualZone()): string {
  return written({ timeZone: zone, dateStyle: 'medium' }, at);
}

/** Day and time. */
export function whenText(at: number, zone = usualZone()): string {
  return written({ timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }, at);
}

/** Day and time of something to come: with the day of the week, without the year. */
export function momentText(at: number, zone = usualZone()): string {
  return written({ timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }, at);
}

/** Time of day. */
export function timeText(at: number, zone = usualZone()): string {
  return written({ timeZone: zone, timeStyle: 'short' }, at);
}
