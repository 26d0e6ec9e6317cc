import { currentLanguage } from '../i18n.ts';

/** Where the office is until the engine has said which zone it counts days in. */
export function usualZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `2026-11-26`, the day that it is there. */
export function dayIn(at: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
}

/** Day and time as people read it, in the zone of the dealers. */
export function dayAndTime(at: number, zone: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

export function timeOfDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { timeZone: zone, timeStyle: 'short' }).format(at);
}
