import type { Language } from '../domain/language.ts';
import { localDay } from '../domain/local-day.ts';
import type { WeeklyHours } from '../domain/opening-hours.ts';
import type { Value } from '../domain/value.ts';
import {
  CURRENCIES,
  type Currency,
  wordDate,
  wordDateTime,
  wordDay,
  wordDigits,
  wordHours,
  wordMoney,
  wordNumber,
  wordOrdinal,
  wordPhone,
  wordTime,
  wordWhen,
} from '../domain/wording/wording.ts';
import { Fault } from './fault.ts';
import { isWeeklyHours } from './weekly-hours-value.ts';

/** What a filter may look at besides its value. */
export interface FilterContext {
  readonly language: Language;
  /** IANA zone in which instants are spoken. */
  readonly zone: string;
  /** UTC ms: what "tomorrow" is reckoned from. */
  readonly now: number;
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
}

const LOCALE = { tr: 'tr-TR', en: 'en-GB' } as const satisfies Record<Language, string>;

/** Everything that may stand after `|` in a template. */
export const FILTERS: readonly Filter[] = [
  {
    name: 'number',
    doc: 'A number in words.',
    example: '{{count|number}}',
    argument: 'none',
    apply: (value, _, { language }) => wordNumber(numberOf(value, 'number'), language),
  },
  {
    name: 'ordinal',
    doc: 'First, second, third …',
    example: '{{place|ordinal}}',
    argument: 'none',
    apply: (value, _, { language }) => wordOrdinal(numberOf(value, 'ordinal'), language),
  },
  {
    name: 'digits',
    doc: 'Digit by digit, for codes.',
    example: '{{plate|digits}}',
    argument: 'none',
    apply: (value, _, { language }) => wordDigits(textOf(value, 'digits'), language),
  },
  {
    name: 'phone',
    doc: 'A phone number in groups, digit by digit.',
    example: '{{dealer.phone|phone}}',
    argument: 'none',
    apply: (value, _, { language }) => wordPhone(textOf(value, 'phone'), language),
  },
  {
    name: 'money',
    doc: 'An amount with its currency.',
    example: '{{balance|money:TRY}}',
    argument: 'required',
    arguments: CURRENCIES,
    apply: (value, currency, { language }) => wordMoney(numberOf(value, 'money'), currency as Currency, language),
  },
  {
    name: 'date',
    doc: 'A date: 2026-10-29.',
    example: '{{delivery|date}}',
    argument: 'none',
    apply: (value, _, { language }) => wordDate(textOf(value, 'date'), language),
  },
  {
    name: 'time',
    doc: 'A time of day: 14:30.',
    example: '{{slot|time}}',
    argument: 'none',
    apply: (value, _, { language }) => wordTime(textOf(value, 'time'), language),
  },
  {
    name: 'datetime',
    doc: 'An instant (UTC milliseconds) as date and time in the zone of the brand.',
    example: '{{openness.opensAt|datetime}}',
    argument: 'none',
    apply: (value, _, { language, zone }) => wordDateTime(numberOf(value, 'datetime'), zone, language),
  },
  {
    name: 'when',
    doc: 'An instant (UTC milliseconds) as people say it at the moment: tomorrow at half past two.',
    example: '{{slot.startsAt|when}}',
    argument: 'none',
    apply: (value, _, { language, zone, now }) => wordWhen(numberOf(value, 'when'), now, zone, language),
  },
  {
    name: 'day',
    doc: 'A date as people say it at the moment: tomorrow, Tuesday the first of December.',
    example: '{{answer.day|day}}',
    argument: 'none',
    apply: (value, _, { language, zone, now }) => wordDay(textOf(value, 'day'), localDay(zone, now), language),
  },
  {
    name: 'hours',
    doc: 'Weekly opening hours.',
    example: '{{dealer.hours|hours}}',
    argument: 'none',
    apply: (value, _, { language }) => wordHours(hoursOf(value), language),
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
