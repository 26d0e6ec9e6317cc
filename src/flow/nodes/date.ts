import { z } from 'zod';
import { addDays, dayOf, isDay, localMoment, nearestDay } from '../../domain/day.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import type { Expression } from '../expression.ts';
import { Fault } from '../fault.ts';
import { type Machine, scopeOf } from '../machine.ts';
import { expressionText, ladder, oneKey, prompt, variableName, wholeNumber } from '../parts.ts';
import { collecting, compileConfirm, confirmField, type Taken } from './collecting.ts';
import { defineNode, ERROR_EXIT, type Kit, NEXT_EXIT } from './kind.ts';
import { compileLadder, LADDER_EXITS, terminatorOf } from './ladder.ts';

const FORMS = ['DDMM', 'DDMMYYYY', 'either'] as const;
const RANGES = ['future', 'past', 'any'] as const;
/** The first key of a day is 0 to 3, that of a month 0 or 1: other keys are wrong at once, and free for today and tomorrow. */
const DAY_MONTH = ['0', '1', '2', '3'].flatMap((day) => ['0', '1'].map((month) => `${day}X${month}X`));
const MASKS: Readonly<Record<(typeof FORMS)[number], readonly string[]>> = {
  DDMM: DAY_MONTH,
  DDMMYYYY: DAY_MONTH.map((mask) => `${mask}XXXX`),
  either: [...DAY_MONTH, ...DAY_MONTH.map((mask) => `${mask}XXXX`)],
};

export const date = defineNode({
  type: 'date',
  summary: 'Asks for a date.',
  doc: 'Typed as day and month (`0112`), with the year where `form` says so; `into` gets `2026-12-01`, which the filter `date` says. Without a year it is the next such day, or the last one with `range: past`. A date that does not count is a wrong input, and `reason` tells the `noMatch` prompts why: `unclear` (no such date), `early` or `late` (outside the range).',
  example: `ask-day:
  type: date
  prompt: appointment.ask-day
  into: day
  max: "60"
  today: 8
  tomorrow: 9
  noMatch:
    - - { key: appointment.too-late, when: "reason == 'late'" }
      - { key: appointment.bad-day, when: "reason != 'late'" }
  confirm: { prompt: { text: { tr: "{{day|date}}. Doğruysa biri tuşlayın.", en: "{{day|date}}. If that is right, press one." } } }
  next: ask-time`,
  fields: {
    prompt,
    into: variableName.describe('Variable for the date.'),
    form: z
      .enum(FORMS, { error: `must be one of ${FORMS.join(', ')}` })
      .optional()
      .describe('What is typed. `either`: the year may be left out; then # or a pause ends it. Default: `DDMM`.'),
    range: z
      .enum(RANGES, { error: `must be one of ${RANGES.join(', ')}` })
      .optional()
      .describe('future: today or later; past: today or before. Default: `future`.'),
    min: expressionText.optional().describe('The first date that counts: an expression that gives a date, or a number of days from today.'),
    max: expressionText.optional().describe('The last one.'),
    today: oneKey.optional().describe('A key for today: one that begins no day, such as 8 or "*".'),
    tomorrow: oneKey.optional().describe('A key for tomorrow.'),
    empty: prompt.optional().describe('Heard when the terminator is pressed before any digit.'),
    confirm: confirmField,
    noInput: ladder.optional(),
    noMatch: ladder.optional(),
    ...INHERITED.collect,
    attemptsNoInput: wholeNumber(1, 20).optional().describe('A cap of its own for silence.'),
    attemptsNoMatch: wholeNumber(1, 20).optional().describe('A cap of its own for wrong input.'),
  },
  exits: [NEXT_EXIT, ...LADDER_EXITS, ERROR_EXIT],
  asksCaller: true,
  writes: (source) => [{ path: ['into'], name: source.into, text: true }],
  compile(source, kit) {
    const limit = (name: 'min' | 'max') => (source[name] === undefined ? null : kit.expression([name], source[name], 'weighed'));
    const terminator = terminatorOf(inherit('collect', kit.defaults, source).terminator);
    const asked: Asked = {
      range: source.range ?? 'future',
      min: limit('min'),
      max: limit('max'),
      short: shortKeys(kit, source.today, source.tomorrow, terminator),
    };
    const masks = [...MASKS[source.form ?? 'DDMM'], ...asked.short.keys()];
    const listens = { match: { kind: 'masks', masks }, terminator, terminatorSwallowMs: TERMINATOR_SWALLOW_MS, secret: false } as const;
    const ladderOf = compileLadder(source, kit.within(['reason']), 'collect', listens, { empty: source.empty });
    return collecting({
      ladder: { ...ladderOf, over: { reason: '' } },
      into: source.into,
      secret: false,
      take: (m, digits) => take(m, digits, asked),
      unfit: { reason: 'unclear' },
      confirm: compileConfirm(source.confirm, kit, false),
    });
  },
});

interface Asked {
  readonly range: (typeof RANGES)[number];
  readonly min: Expression | null;
  readonly max: Expression | null;
  /** Keys that stand for a day, as days from today. */
  readonly short: ReadonlyMap<string, number>;
}

function shortKeys(
  kit: Kit,
  today: string | number | undefined,
  tomorrow: string | number | undefined,
  terminator: string | null,
): ReadonlyMap<string, number> {
  const short = new Map<string, number>();
  for (const [name, given, days] of [
    ['today', today, 0],
    ['tomorrow', tomorrow, 1],
  ] as const) {
    if (given === undefined) continue;
    const key = String(given);
    if ('0123'.includes(key) || key === terminator || short.has(key))
      kit.problem('ambiguous-option', [name], `${key} means something else here, too`, 'Use a key that begins no day: 4 to 9, or "*".');
    short.set(key, days);
  }
  return short;
}

function take(m: Machine, digits: string, asked: Asked): Taken {
  const today = localMoment(m.world.zone, m.world.now).day;
  const day = asked.short.has(digits) ? addDays(today, asked.short.get(digits) ?? 0) : typedDay(digits, today, asked.range);
  if (day === undefined) return { refused: { reason: 'unclear' } };
  const min = limitOf(m, asked.min, today);
  const max = limitOf(m, asked.max, today);
  if ((asked.range === 'future' && day < today) || (min !== null && day < min)) return { refused: { reason: 'early' } };
  if ((asked.range === 'past' && day > today) || (max !== null && day > max)) return { refused: { reason: 'late' } };
  return { value: day };
}

function typedDay(digits: string, today: string, range: Asked['range']): string | undefined {
  const day = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  if (digits.length === 8) return dayOf(Number(digits.slice(4)), month, day);
  const thisYear = range === 'any' ? dayOf(Number(today.slice(0, 4)), month, day) : undefined;
  return thisYear ?? nearestDay(month, day, today, range === 'past' ? 'back' : 'forward');
}

function limitOf(m: Machine, limit: Expression | null, today: string): string | null {
  if (limit === null) return null;
  const value = limit.evaluate(scopeOf(m));
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000) return addDays(today, value);
  if (typeof value === 'string' && isDay(value)) return value;
  throw new Fault('bad-limit', `${limit.source}: gives neither a date nor a number of days`);
}
