import type { Language } from '../language.ts';
import { localDay, localMinutes } from '../local-day.ts';
import { isZone } from '../zone-time.ts';
import { wordDay } from './day.ts';
import { cardinal } from './number.ts';
import { clockWords } from './time.ts';
import { unknown } from './unknown.ts';

/** Years of four figures, with a margin for zones. */
const FIRST_MS = Date.UTC(1000, 0, 2);
const LAST_MS = Date.UTC(9999, 11, 30);

/**
 * An instant (UTC ms) as people say it at the instant `nowMs`, by the zone's clock: "yarın saat on dört otuz", "bir Aralık
 * Salı günü saat on dört otuz"; "tomorrow at half past two", "Tuesday the first of December at half past two".
 */
export function wordWhen(utcMs: number, nowMs: number, zone: string, lang: Language): string {
  if (!isSayable(utcMs) || !isSayable(nowMs) || !isZone(zone)) return unknown('time', lang);
  const day = wordDay(localDay(zone, utcMs), localDay(zone, nowMs), lang);
  const minutes = localMinutes(zone, utcMs);
  if (lang === 'tr') return minutes === 0 ? `${day} gece yarısı` : `${day} saat ${clockWords(minutes, lang)}`;
  return `${day} at ${englishClock(minutes)}`;
}

function isSayable(utcMs: number): boolean {
  return utcMs >= FIRST_MS && utcMs <= LAST_MS;
}

/**
 * "half past two", "quarter to nine in the morning", "ten oh five". The part of the day is said where the other half of the
 * day has the same time at which people are up (seven to ten), and at night.
 */
function englishClock(minutes: number): string {
  const hour = Math.floor(minutes / 60);
  const minute = minutes % 60;
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'noon';
  const words =
    minute === 0
      ? `${hourName(hour)} o'clock`
      : minute === 15
        ? `quarter past ${hourName(hour)}`
        : minute === 30
          ? `half past ${hourName(hour)}`
          : minute === 45
            ? `quarter to ${hourName(hour + 1)}`
            : `${hourName(hour)} ${minute < 10 ? 'oh ' : ''}${cardinal(minute, 'en')}`;
  const part = partOfDay(hour);
  return part === null ? words : `${words} ${part}`;
}

function hourName(hour: number): string {
  return cardinal(hour % 12 === 0 ? 12 : hour % 12, 'en');
}

function partOfDay(hour: number): string | null {
  if (hour < 5 || hour >= 22) return 'at night';
  if (hour < 10) return 'in the morning';
  return hour < 19 ? null : 'in the evening';
}
