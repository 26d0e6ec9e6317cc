import type { Language } from '../language.ts';
import type { Interval, WeeklyHours } from '../opening-hours.ts';
import { DAYS } from './date.ts';
import { clockWords } from './time.ts';
import { turkishFrom, turkishTo } from './turkish.ts';
import { unknown } from './unknown.ts';

const MINUTES_PER_DAY = 1440;
/** Runs of days shorter than this are listed, longer ones said as a range. */
const RANGE_DAYS = 3;

interface Group {
  readonly days: number[];
  readonly intervals: readonly Interval[];
}

/**
 * A week's opening hours as one sentence without its full stop: "hafta içi dokuzdan on sekize kadar, cumartesi ondan
 * on dörde kadar açık, pazar kapalı". Equal days are told together; closed days come last.
 */
export function wordHours(weekly: WeeklyHours, lang: Language): string {
  const known = said[lang].get(weekly);
  if (known !== undefined) return known;
  const words = hoursInWords(weekly, lang);
  if (typeof weekly === 'object' && weekly !== null) said[lang].set(weekly, words);
  return words;
}

/** The same week is read to many callers; values are never changed in place. */
const said: Readonly<Record<Language, WeakMap<WeeklyHours, string>>> = { tr: new WeakMap(), en: new WeakMap() };

function hoursInWords(weekly: WeeklyHours, lang: Language): string {
  const week = Array.isArray(weekly) && weekly.length === 7 ? weekly.map(tidy) : [undefined];
  const days = week.filter((day) => day !== undefined);
  if (days.length < week.length) return unknown('hours', lang);
  const groups = groupDays(days);
  const open = groups.filter((group) => group.intervals.length > 0);
  const closed = groups.find((group) => group.intervals.length === 0);
  return lang === 'tr' ? turkishHours(open, closed) : englishHours(open, closed);
}

/** In order, touching and overlapping intervals joined; undefined when one of them is no interval. */
function tidy(day: readonly Interval[]): Interval[] | undefined {
  if (!Array.isArray(day)) return undefined;
  if (!day.every((interval) => isMinute(interval?.from) && isMinute(interval.to) && interval.from < interval.to)) return undefined;
  const joined: Interval[] = [];
  for (const next of [...day].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && next.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else joined.push(next);
  }
  return joined;
}

const isMinute = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MINUTES_PER_DAY;

function groupDays(days: readonly (readonly Interval[])[]): Group[] {
  const groups = new Map<string, Group>();
  days.forEach((intervals, day) => {
    const key = intervals.map(({ from, to }) => `${from}-${to}`).join();
    const group = groups.get(key) ?? { days: [], intervals };
    group.days.push(day);
    groups.set(key, group);
  });
  return [...groups.values()];
}

function turkishHours(open: readonly Group[], closed: Group | undefined): string {
  const said = open.map((group) => `${dayNames(group.days, 'tr')} ${intervalWords(group.intervals, 'tr')}`).join(', ');
  const shut = closed === undefined ? '' : `${dayNames(closed.days, 'tr')} kapalı`;
  return [said === '' ? '' : `${said} açık`, shut].filter((part) => part !== '').join(', ');
}

function englishHours(open: readonly Group[], closed: Group | undefined): string {
  const said = open.map((group) => `${dayNames(group.days, 'en')} ${intervalWords(group.intervals, 'en')}`).join(', ');
  const shut = closed === undefined ? '' : `closed ${dayNames(closed.days, 'en')}`;
  return [said === '' ? '' : `open ${said}`, shut].filter((part) => part !== '').join(', ');
}

function intervalWords(intervals: readonly Interval[], lang: Language): string {
  const [only] = intervals;
  if (only?.from === 0 && only.to === MINUTES_PER_DAY) return lang === 'tr' ? 'yirmi dört saat' : 'twenty-four hours';
  const words = intervals.map(({ from, to }) =>
    lang === 'tr'
      ? `${turkishClock(from, turkishFrom)} ${turkishClock(to, turkishTo)} kadar`
      : `from ${clockWords(from, lang)} to ${clockWords(to, lang)}`,
  );
  return list(words, lang);
}

/** "gece yarısı" is a possessive compound and takes its suffix with an n: gece yarısından, gece yarısına. */
function turkishClock(minutes: number, suffix: (words: string) => string): string {
  const words = clockWords(minutes, 'tr');
  return suffix(minutes % MINUTES_PER_DAY === 0 ? `${words}n` : words);
}

function dayNames(days: readonly number[], lang: Language): string {
  if (days.length === 7) return lang === 'tr' ? 'her gün' : 'every day';
  // Turkish writes days with a capital in dates only.
  const names = DAYS[lang].map((name) => (lang === 'tr' ? name.toLocaleLowerCase('tr') : name));
  const labels = runs(days).flatMap((run) => {
    const [first = 0] = run;
    const last = run.at(-1) ?? first;
    if (first === 0 && last === 4) return [lang === 'tr' ? 'hafta içi' : 'on weekdays'];
    if (first === 5 && last === 6) return [lang === 'tr' ? 'hafta sonu' : 'at weekends'];
    if (run.length < RANGE_DAYS) return run.map((day) => (lang === 'tr' ? '' : 'on ') + names[day]);
    return [lang === 'tr' ? `${names[first]} ile ${names[last]} arası` : `${names[first]} to ${names[last]}`];
  });
  return list(labels, lang);
}

/** Neighbouring days together: [0, 1, 2, 5] → [[0, 1, 2], [5]]. */
function runs(days: readonly number[]): number[][] {
  const found: number[][] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else found.push([day]);
  }
  return found;
}

function list(items: readonly string[], lang: Language): string {
  const last = items.at(-1) ?? '';
  const joint = lang === 'tr' ? ' ve ' : ' and ';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')}${joint}${last}`;
}
