import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { isKey } from '../../domain/keys.ts';
import { PIN_VERDICTS, type PinVerdict } from '../../domain/pin-verdict.ts';
import { type Value } from '../../domain/value.ts';
import type { ActionSignature } from '../action-signature.ts';
import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { ENGINE_DEFAULTS, TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import { assign, checkSize, type Machine } from '../machine.ts';
import { anyValue, ladder, prompt, variableName, wholeNumber } from '../parts.ts';
import { checkActionParams } from './action.ts';
import { tell } from './collecting.ts';
import { defineNode, ERROR_EXIT, type Kit, mapValues, NEXT_EXIT, renderMap, type ValueTemplate } from './kind.ts';
import { ask, askAgain, askOver, compileLadder, LADDER_EXITS, type Ladder, terminatorOf } from './ladder.ts';

/** The parameter by which an action is handed what was typed. */
const PIN = 'pin';

export const pin = defineNode({
  type: 'pin',
  summary: 'Asks for a PIN and has it verified.',
  doc: 'What is typed goes to the action as its parameter `pin` and nowhere else: not into a variable, the journal or a log. The action answers with its verdict in one of the words right, wrong, locked and unset, or with what it found: nothing, false, empty text or an empty list mean a wrong PIN, everything else a right one, which `into` keeps. After as many wrong ones as `attempts` allows the exit `locked` is taken, and at once where the verdict is locked or unset. An action that fails takes `error`.',
  example: `ask-pin:
  type: pin
  prompt: service.ask-pin
  digits: 4
  verify: pins.check
  with: { name: emergency }
  noMatch: [service.wrong-pin]
  next: switch-on
  exits: { locked: locked-out }`,
  fields: {
    prompt,
    digits: z
      .union([wholeNumber(1, 32), z.strictObject({ min: wholeNumber(1, 32), max: wholeNumber(1, 32) })], {
        error: 'must be a number of digits, or { min: …, max: … }',
      })
      .describe('How many digits: 4, or { min: 4, max: 8 }.'),
    verify: z.string({ error: '@wrong-type' }).describe('The action that verifies: one with a parameter `pin`.'),
    with: z.record(variableName, anyValue).optional().describe('Its other parameters; texts may hold {{…}}.'),
    into: variableName.optional().describe('Variable for the verdict.'),
    timeout: INHERITED.action.timeout,
    empty: prompt.optional().describe('Heard when the terminator is pressed before any digit.'),
    noInput: ladder.optional(),
    noMatch: ladder.optional(),
    ...INHERITED.collect,
    attemptsNoInput: wholeNumber(1, 20).optional().describe('A cap of its own for silence.'),
    attemptsNoMatch: wholeNumber(1, 20).optional().describe('A cap of its own for wrong PINs.'),
  },
  exits: [
    NEXT_EXIT,
    { name: 'locked', doc: 'The PIN was wrong as often as allowed, or none is judged.' },
    ...LADDER_EXITS.filter(({ name }) => name !== 'noMatch'),
    ERROR_EXIT,
  ],
  asksCaller: true,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: false }]),
  compile(source, kit) {
    const signature = kit.action(['verify'], source.verify);
    if (signature !== undefined) checkVerifier(kit, signature, Object.keys(source.with ?? {}));
    const { min, max } = typeof source.digits === 'object' ? source.digits : { min: source.digits, max: source.digits };
    if (min > max) kit.problem('bad-value', ['digits'], `min ${min} is above max ${max}`, 'Give min the smaller number.');
    const listens = {
      match: { kind: 'digits', min, max, keys: [...ENGINE_DEFAULTS.collect.keys].filter(isKey) },
      terminator: terminatorOf(inherit('collect', kit.defaults, source).terminator),
      terminatorSwallowMs: TERMINATOR_SWALLOW_MS,
      secret: true,
    } as const;
    const made: Verifying = {
      ladder: compileLadder(source, kit, 'collect', listens, { empty: source.empty }),
      action: source.verify,
      params: mapValues(source.with, (value, name) => kit.value(['with', name], value, 'sent')),
      timeoutMs: parseDuration(inherit('action', kit.defaults, source).timeout) ?? 0,
      into: source.into,
    };
    return {
      enter: (m) => ask(m, made.ladder),
      reenter: (m) => askOver(m, made.ladder),
      resume: (m, input) => (input.kind === 'result' ? weighed(m, input.outcome, made) : typed(m, input, made)),
    };
  },
});

interface Verifying {
  readonly ladder: Ladder;
  readonly action: string;
  readonly params: readonly (readonly [string, ValueTemplate])[];
  readonly timeoutMs: number;
  readonly into: string | undefined;
}

function checkVerifier(kit: Kit, signature: ActionSignature, given: readonly string[]): void {
  if (signature.params[PIN] === undefined)
    kit.problem(
      'action-param',
      ['verify'],
      `${signature.name} takes no "${PIN}", so it cannot verify one`,
      'Use an action with a parameter pin, such as pins.check.',
    );
  if (given.includes(PIN)) kit.problem('action-param', ['with', PIN], 'the PIN is what is typed; it cannot be given', 'Remove it.');
  checkActionParams(kit, signature, [...given, PIN]);
}

function typed(m: Machine, input: StepInput, made: Verifying): Outcome {
  if (input.kind !== 'digits') return askAgain(m, made.ladder, 'noInput');
  tell(m, input.digits, input.end, true);
  if (input.end === 'empty') return askAgain(m, made.ladder, 'empty');
  if (input.end !== 'matched') return wrong(m, made);
  const params = { ...renderMap(made.params, m), [PIN]: input.digits };
  checkSize(m, params, made.action);
  return { kind: 'wait', command: { kind: 'action', action: made.action, params, timeoutMs: made.timeoutMs } };
}

function weighed(m: Machine, outcome: (StepInput & { kind: 'result' })['outcome'], made: Verifying): Outcome {
  const verdict = outcome.kind === 'ok' ? verdictOf(outcome.value) : null;
  m.events.push({
    kind: 'result',
    node: m.top.node,
    name: made.action,
    outcome: outcome.kind === 'error' ? outcome.reason : verdict === 'right' ? 'ok' : (verdict ?? 'wrong'),
  });
  if (outcome.kind === 'error') return exitBy('error');
  if (verdict === 'locked' || verdict === 'unset') return exitBy('locked');
  if (verdict !== 'right') return wrong(m, made);
  if (made.into !== undefined) assign(m, made.into, outcome.value);
  return NEXT;
}

function verdictOf(value: Value): PinVerdict {
  const said = PIN_VERDICTS.find((one) => one === value);
  if (said !== undefined) return said;
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0) ? 'wrong' : 'right';
}

function wrong(m: Machine, { ladder: asked }: Verifying): Outcome {
  const next = askAgain(m, asked, 'noMatch');
  return next.kind === 'exit' ? exitBy('locked') : next;
}
