import { isDay, isTime, localMoment } from '../../domain/day.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import type { Expression } from '../expression.ts';
import { Fault } from '../fault.ts';
import { type Machine, scopeOf } from '../machine.ts';
import { expressionText, ladder, prompt, variableName, wholeNumber } from '../parts.ts';
import { collecting, compileConfirm, confirmField, type Taken } from './collecting.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';
import { compileLadder, LADDER_EXITS, terminatorOf } from './ladder.ts';

/** Four keys, or three where the hour has one digit and cannot be the beginning of another one: 930 is half past nine. */
const MASKS = [
  ...['0', '1'].flatMap((ten) => minutes(`${ten}X`)),
  ...['0', '1', '2', '3'].flatMap((hour) => minutes(`2${hour}`)),
  ...['3', '4', '5', '6', '7', '8', '9'].flatMap(minutes),
];

function minutes(hour: string): string[] {
  return ['0', '1', '2', '3', '4', '5'].map((ten) => `${hour}${ten}X`);
}

export const time = defineNode({
  type: 'time',
  summary: 'Asks for a time of day.',
  doc: 'Typed on the 24-hour clock as `1430`, or `930` for half past nine; `into` gets `14:30`, which the filter `time` says. A time outside `min` and `max`, or before now on the `day` that is given, is a wrong input, and `reason` tells the `noMatch` prompts why: `unclear` (no such time), `early` or `late`.',
  example: `ask-time:
  type: time
  prompt: appointment.ask-time
  into: slot
  min: "'09:00'"
  max: "'17:30'"
  day: day
  noMatch: [appointment.bad-time]
  confirm: { prompt: { text: { tr: "{{slot|time}}. Doğruysa biri tuşlayın.", en: "At {{slot|time}}. If that is right, press one." } } }
  next: book`,
  fields: {
    prompt,
    into: variableName.describe('Variable for the time.'),
    min: expressionText.optional().describe('The first time that counts: an expression that gives one, such as "\'09:00\'".'),
    max: expressionText.optional().describe('The last one.'),
    day: expressionText.optional().describe('An expression that gives a date: when it is today, times that are past do not count.'),
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
    const weighed = (name: 'min' | 'max' | 'day') => (source[name] === undefined ? null : kit.expression([name], source[name], 'weighed'));
    const asked: Asked = { min: weighed('min'), max: weighed('max'), day: weighed('day') };
    const terminator = terminatorOf(inherit('collect', kit.defaults, source).terminator);
    const listens = {
      match: { kind: 'masks', masks: MASKS },
      terminator,
      terminatorSwallowMs: TERMINATOR_SWALLOW_MS,
      secret: false,
    } as const;
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
  readonly min: Expression | null;
  readonly max: Expression | null;
  readonly day: Expression | null;
}

function take(m: Machine, digits: string, asked: Asked): Taken {
  const typed = digits.padStart(4, '0');
  const value = `${typed.slice(0, 2)}:${typed.slice(2)}`;
  if (!isTime(value)) return { refused: { reason: 'unclear' } };
  const min = textOf(m, asked.min, isTime, 'time of day');
  const max = textOf(m, asked.max, isTime, 'time of day');
  const day = textOf(m, asked.day, isDay, 'date');
  const now = localMoment(m.world.zone, m.world.now);
  const past = day !== null && (day < now.day || (day === now.day && value <= now.time));
  if (past || (min !== null && value < min)) return { refused: { reason: 'early' } };
  if (max !== null && value > max) return { refused: { reason: 'late' } };
  return { value };
}

function textOf(m: Machine, expression: Expression | null, fits: (text: string) => boolean, what: string): string | null {
  if (expression === null) return null;
  const value = expression.evaluate(scopeOf(m));
  if (typeof value === 'string' && fits(value)) return value;
  throw new Fault('bad-limit', `${expression.source}: gives no ${what}`);
}
