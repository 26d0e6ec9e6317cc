import type { Language } from '../domain/language.ts';
import { localDay } from '../domain/local-day.ts';
import type { WeeklyHours } from '../domain/opening-hours.ts';
import { displayNumber } from '../domain/phone-number.ts';
import type { Value } from '../domain/value.ts';
import { printWeeklyHours } from '../domain/weekly-hours.ts';
import {
  CURRENCIES,
  type Currency,
  wordDate,
  wordDateTime,
  wordDay,
  wordDigits,
  wordHours,
  wordKey,
  wordMoney,
  wordNumber,
  wordOrdinal,
  wordPhone,
  wordTime,
  wordWhen,
} from '../domain/wording/wording.ts';
import { writeDate, writeDateTime, writeMoney, writeNumber, writeOrdinal, writeTime } from '../domain/wording/written.ts';
import { zoneOffset } from '../domain/zone-time.ts';
import { Fault } from './fault.ts';
import { isWeeklyHours } from './weekly-hours-value.ts';

/** What a filter may look at besides its value. */
export interface FilterContext {
  readonly language: Language;
  /** IANA zone in which instants are spoken. */
  readonly zone: string;
  /** UTC ms: what "tomorrow" is reckoned from. Absent in messages, which are read at another time. */
  readonly now?: number;
  /** True in messages: dates as they are written, not as they are spoken. */
  readonly written?: boolean;
}

export interface Filter {
  readonly name: string;
  readonly doc: string;
  readonly example: string;
  readonly argument: 'none' | 'required';
  /** The arguments that are allowed; absent when any text is. */
  readonly arguments?: readonly string[];
  /** Gets the value as it is; `null` stands for a value that is not there and reaches only filters with `missing`. */
  readonly missing?: boolean;
  apply(value: Value, argument: string, context: FilterContext): Value;
  /** The same in a message, where it is written otherwise than spoken. */
  readonly write?: (value: Value, argument: string, context: FilterContext) => Value;
}

/** The farthest a Date of JavaScript reaches (ms), less a day for the zone. */
const MAX_INSTANT = 8.64e15 - 86_400_000;
const LOCALE = { tr: 'tr-TR', en: 'en-GB' } as const satisfies Record<Language, string>;

/** Everything that may stand after `|` in a template. */
export const FILTERS: readonly Filter[] = [
  {
    name: 'number',
    doc: 'A number in words.',
    example: '{{count|number}}',
    argument: 'none',
    apply: (value, _, { language }) => wordNumber(numberOf(value, 'number'), language),
    write: (value, _, { language }) => writeNumber(numberOf(value, 'number'), language),
  },
  {
    name: 'ordinal',
    doc: 'First, second, third …',
    example: '{{place|ordinal}}',
    argument: 'none',
    apply: (value, _, { language }) => wordOrdinal(numberOf(value, 'ordinal'), language),
    write: (value, _, { language }) => writeOrdinal(numberOf(value, 'ordinal'), language),
  },
  {
    name: 'digits',
    doc: 'Digit by digit, for codes.',
    example: '{{plate|digits}}',
    argument: 'none',
    apply: (value, _, { language }) => wordDigits(textOf(value, 'digits'), language),
    write: (value) => textOf(value, 'digits'),
  },
  {
    name: 'key',
    doc: 'A key of the telephone, as one says to press it: “biri” tuşlayın, press “one”.',
    example: '{{yes|key}}',
    argument: 'none',
    apply: (value, _, { language }) => wordKey(textOf(value, 'key'), language),
  },
  {
    name: 'phone',
    doc: 'A phone number in groups, digit by digit.',
    example: '{{dealer.phone|phone}}',
    argument: 'none',
    apply: (value, _, { language }) => wordPhone(textOf(value, 'phone'), language),
    write: (value) => displayNumber(textOf(value, 'phone')),
  },
  {
    name: 'money',
    doc: 'An amount with its currency.',
    example: '{{balance|money:TRY}}',
    argument: 'required',
    arguments: CURRENCIES,
    apply: (value, currency, { language }) => wordMoney(numberOf(value, 'money'), currency as Currency, language),
    write: (value, currency, { language }) => writeMoney(numberOf(value, 'money'), currency, language),
  },
  {
    name: 'date',
    doc: 'A date: 2026-10-29.',
    example: '{{delivery|date}}',
    argument: 'none',
    apply: (value, _, { language }) => wordDate(textOf(value, 'date'), language),
    write: (value, _, { language }) => writeDate(textOf(value, 'date'), language) ?? bad('date', 'a date such as 2026-10-29'),
  },
  {
    name: 'time',
    doc: 'A time of day: 14:30.',
    example: '{{slot|time}}',
    argument: 'none',
    apply: (value, _, { language }) => wordTime(textOf(value, 'time'), language),
    write: (value) => writeTime(textOf(value, 'time')) ?? bad('time', 'a time such as 14:30'),
  },
  {
    name: 'datetime',
    doc: 'An instant (UTC milliseconds) as date and time in the zone of the brand.',
    example: '{{openness.opensAt|datetime}}',
    argument: 'none',
    apply: (value, _, { language, zone }) => wordDateTime(numberOf(value, 'datetime'), zone, language),
    write: (value, _, { language, zone }) => writeInstant(numberOf(value, 'datetime'), zone, language),
  },
  {
    name: 'when',
    doc: 'An instant (UTC milliseconds) as people say it at the moment: tomorrow at half past two.',
    example: '{{slot.startsAt|when}}',
    argument: 'none',
    apply: (value, _, { language, zone, now = Number.NaN }) => wordWhen(numberOf(value, 'when'), now, zone, language),
    write: (value, _, { language, zone }) => writeInstant(numberOf(value, 'when'), zone, language),
  },
  {
    name: 'day',
    doc: 'A date as people say it at the moment: tomorrow, Tuesday the first of December.',
    example: '{{answer.day|day}}',
    argument: 'none',
    apply: (value, _, { language, zone, now }) => wordDay(textOf(value, 'day'), now === undefined ? '' : localDay(zone, now), language),
    write: (value, _, { language }) => writeDate(textOf(value, 'day'), language) ?? bad('day', 'a date such as 2026-10-29'),
  },
  {
    name: 'hours',
    doc: 'Weekly opening hours.',
    example: '{{dealer.hours|hours}}',
    argument: 'none',
    apply: (value, _, { language }) => wordHours(hoursOf(value), language),
    write: (value, _, { language }) => printWeeklyHours(hoursOf(value), language),
  },
  {
    name: 'upper',
    doc: 'In capitals.',
    example: '{{code|upper}}',
    argument: 'none',
    apply: (value, _, { language }) => textOf(value, 'upper').toLocaleUpperCase(LOCALE[language]),
  },
  {
    name: 'lower',
    doc: 'In small letters.',
    example: '{{name|lower}}',
    argument: 'none',
    apply: (value, _, { language }) => textOf(value, 'lower').toLocaleLowerCase(LOCALE[language]),
  },
  {
    name: 'default',
    doc: 'Words to use when the value is not there or empty.',
    example: "{{dealer.address|default:'-'}}",
    argument: 'required',
    missing: true,
    apply: (value, argument) => (value === null || value === '' ? argument : value),
  },
];

export function filterNamed(name: string): Filter | undefined {
  return FILTERS.find((filter) => filter.name === name);
}

function numberOf(value: Value, filter: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new Fault('bad-filter', `the filter ${filter} needs a number`);
}

function textOf(value: Value, filter: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new Fault('bad-filter', `the filter ${filter} needs text`);
}

function hoursOf(value: Value): WeeklyHours {
  if (isWeeklyHours(value)) return value;
  throw new Fault('bad-filter', 'the filter hours needs weekly hours');
}

function writeInstant(utcMs: number, zone: string, language: Language): string {
  const text = Math.abs(utcMs) <= MAX_INSTANT ? writeDateTime(utcMs, zoneOffset(zone, utcMs), language) : undefined;
  return text ?? bad('datetime', 'an instant in UTC milliseconds');
}

function bad(filter: string, need: string): never {
  throw new Fault('bad-filter', `the filter ${filter} needs ${need}`);
}
