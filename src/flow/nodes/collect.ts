import { z } from 'zod';
import { isKey } from '../../domain/keys.ts';
import type { CollectSpec } from '../commands.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { ENGINE_DEFAULTS, TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import type { Expression } from '../expression.ts';
import { Fault } from '../fault.ts';
import { fault, type Machine, scopeOf } from '../machine.ts';
import { expressionText, ladder, prompt, variableName, wholeNumber } from '../parts.ts';
import { collecting, compileConfirm, confirmField, MAX_TOLD_DIGITS } from './collecting.ts';
import { defineNode, ERROR_EXIT, type Kit, NEXT_EXIT } from './kind.ts';
import { compileLadder, LADDER_EXITS, terminatorOf } from './ladder.ts';

const MOST_MASKS = 20;
const mask = z.string({ error: '@wrong-type' }).regex(/^[0-9*#A-DXZN]{1,32}$/, {
  error: 'must be 1 to 32 signs: keys of the telephone, X for 0-9, Z for 1-9, N for 2-9',
});

export const collect = defineNode({
  type: 'collect',
  summary: 'Asks for digits.',
  doc: 'What was typed is text (leading zeros stay): use int(plate) to reckon with it. It is put into the variable only when it passes `check` and, where there is one, the read-back. Numbers of more than 6 digits and secrets never appear in the journal.',
  example: `ask-plate:
  type: collect
  prompt: dealer.ask-plate
  into: plate
  digits: { min: 1, max: 2 }
  terminator: "#"
  check: "int(plate) >= 1 && int(plate) <= 81"
  empty: dealer.empty
  noMatch: [[dealer.bad-plate, dealer.ask-plate]]
  confirm: { prompt: dealer.confirm-plate, yes: 1, no: 2 }
  next: find`,
  fields: {
    prompt,
    into: variableName.describe('Variable for what was typed.'),
    digits: z
      .union([wholeNumber(1, 32), z.strictObject({ min: wholeNumber(1, 32), max: wholeNumber(1, 32) })], {
        error: 'must be a number of digits, or { min: …, max: … }',
      })
      .optional()
      .describe('How many digits: 5, or { min: 1, max: 2 }. This or `pattern` is needed.'),
    pattern: z
      .union([mask, z.array(mask).min(1, { error: 'must hold at least one pattern' }).max(MOST_MASKS)], {
        error: 'must be a pattern such as "5XXXXXXXXX", or a list of those',
      })
      .optional()
      .describe(
        'In place of `digits`: what the number looks like, such as "5XXXXXXXXX"; X is 0-9, Z is 1-9, N is 2-9, every other sign itself. The first key that cannot fit is a wrong one; the last key ends the input. A list holds several.',
      ),
    keys: z
      .string({ error: '@wrong-type' })
      .regex(/^[0-9*#A-D]{1,16}$/, { error: 'must be keys of the telephone, such as "0123456789*"' })
      .optional()
      .describe('The keys that count.'),
    check: expressionText.optional().describe('Must be true for what was typed to count.'),
    empty: prompt.optional().describe('Heard when the terminator is pressed before any digit. Absent: the node’s own prompt.'),
    secret: z.boolean({ error: '@wrong-type' }).optional().describe('true: what is typed never leaves its variable except to systems.'),
    confirm: confirmField,
    noInput: ladder.optional(),
    noMatch: ladder.optional(),
    ...INHERITED.collect,
    attemptsNoInput: wholeNumber(1, 20).optional().describe('A cap of its own for silence.'),
    attemptsNoMatch: wholeNumber(1, 20).optional().describe('A cap of its own for wrong input.'),
  },
  exits: [NEXT_EXIT, ...LADDER_EXITS, ERROR_EXIT],
  asksCaller: true,
  writes: (source) => [
    {
      path: ['into'],
      name: source.into,
      text: true,
      secret: source.secret === true,
      personal: longest(source) > MAX_TOLD_DIGITS,
    },
  ],
  compile(source, kit) {
    const match = matchOf(source, kit);
    const keys = match.kind === 'masks' ? match.masks.join('') : match.keys.join('');
    const ends = terminatorOf(inherit('collect', kit.defaults, source).terminator);
    const taken = ends !== null && keys.includes(ends);
    // The engine's own terminator gives way; one that was written down is somebody's mistake.
    if (taken && (source.terminator ?? kit.defaults.collect?.terminator) !== undefined) terminatorTaken(kit, ends);
    const secret = source.secret === true;
    const rest = {
      terminator: taken ? null : ends,
      terminatorSwallowMs: TERMINATOR_SWALLOW_MS,
      secret,
    };
    const check = source.check === undefined ? null : kit.expression(['check'], source.check, 'weighed');
    return collecting({
      ladder: compileLadder(source, kit, 'collect', { match, ...rest }, { empty: source.empty }),
      into: source.into,
      secret,
      take: (m, digits) => (check === null || passes(m, check, source.into, digits) ? { value: digits } : { refused: {} }),
      confirm: compileConfirm(source.confirm, kit, secret),
    });
  },
});

interface Counting {
  readonly digits?: number | { readonly min: number; readonly max: number } | undefined;
  readonly pattern?: string | readonly string[] | undefined;
  readonly keys?: string | undefined;
}

function masksOf({ pattern }: Counting): readonly string[] {
  return pattern === undefined ? [] : [pattern].flat();
}

function longest(source: Counting): number {
  const { digits } = source;
  const most = typeof digits === 'object' ? digits.max : (digits ?? 0);
  return Math.max(most, ...masksOf(source).map((one) => one.length));
}

function matchOf(source: Counting, kit: Kit): Exclude<CollectSpec['match'], { kind: 'options' }> {
  const { digits, pattern } = source;
  if (pattern !== undefined) {
    for (const name of ['digits', 'keys'] as const)
      if (source[name] !== undefined)
        kit.problem('bad-value', [name], `"${name}" stands beside "pattern", which says it all`, `Remove one of the two.`);
    return { kind: 'masks', masks: masksOf(source) };
  }
  if (digits === undefined)
    kit.problem('missing-key', [], '"digits" is missing', 'Write digits: 5, digits: { min: 1, max: 2 }, or pattern: "5XXXXXXXXX".');
  const { min, max } = typeof digits === 'object' ? digits : { min: digits ?? 1, max: digits ?? 1 };
  if (min > max) kit.problem('bad-value', ['digits'], `min ${min} is above max ${max}`, 'Give min the smaller number.');
  return { kind: 'digits', min, max, keys: [...(source.keys ?? ENGINE_DEFAULTS.collect.keys)].filter(isKey) };
}

function terminatorTaken(kit: Kit, ends: string): void {
  kit.problem(
    'ambiguous-option',
    ['terminator'],
    `the terminator ${ends} is also one of the keys`,
    'Take it out of `keys` or `pattern`, or use another terminator.',
  );
}

/** A check that cannot be worked out on what was typed (`int("1*")`) is the caller's slip: told as a fault, taken as no match. */
function passes(m: Machine, check: Expression, into: string, digits: string): boolean {
  try {
    return check.test(scopeOf(m).with({ [into]: digits }));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault(m, error);
    return false;
  }
}
