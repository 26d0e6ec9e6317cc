import type { Key } from '../../domain/keys.ts';
import { exitBy, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import { assign, type Machine } from '../machine.ts';
import { ladder, oneKey, prompt, variableName, wholeNumber } from '../parts.ts';
import { defineNode, ERROR_EXIT, type Kit } from './kind.ts';
import { ask, askAgain, askOver, compileLadder, LADDER_EXITS, type Ladder, repeatRung, terminatorOf } from './ladder.ts';
import { checkOptions, optionMap, wireOptions } from './options.ts';
import { pressed } from './pressed.ts';

export const menu = defineNode({
  type: 'menu',
  summary: 'Lets the caller choose with keys.',
  doc: 'Each option is what is pressed and where it leads. An option that begins another one (1 and 12) is taken after the inter-digit time, or at once with the terminator (1#). Counters begin anew each time the menu is entered, but not after a language switch that leads back to it.',
  example: `ask-how:
  type: menu
  prompt: dealer.ask-how
  options:
    1: ask-plate
    2: { to: ask-postcode, label: { tr: Posta koduyla, en: By postcode } }
    "*": main
  repeat: 9
  noInput: [[general.no-input, dealer.ask-how], [general.no-input, dealer.ask-how-help]]
  noMatch: [[general.no-match, dealer.ask-how-help]]
  attempts: 3
  exits: { exhausted: goodbye }`,
  fields: {
    prompt,
    options: optionMap.describe('What is pressed, and where it leads.'),
    repeat: oneKey.optional().describe('This key repeats the last prompt and uses up no try.'),
    noInput: ladder.optional(),
    noMatch: ladder.optional(),
    ...INHERITED.menu,
    attemptsNoInput: wholeNumber(1, 20).optional().describe('A cap of its own for silence.'),
    attemptsNoMatch: wholeNumber(1, 20).optional().describe('A cap of its own for wrong keys.'),
    into: variableName.optional().describe('Variable for the option that was chosen.'),
  },
  exits: [...LADDER_EXITS, ERROR_EXIT],
  asksCaller: true,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: true }]),
  compile(source, kit) {
    const repeat = source.repeat === undefined ? null : String(source.repeat);
    const options = wireOptions(kit, source.options);
    if (options.length === 0)
      kit.problem('bad-option', ['options'], 'the menu has no options', 'Write what is pressed and where it leads: 1: node.');
    checkOptions(kit, options, repeat);
    const listened = [...options, ...(repeat === null ? [] : [repeat])];
    const ends = terminatorOf(inherit('menu', kit.defaults, source).terminator);
    checkTerminator(kit, listened, ends);
    const spec = { terminator: ends, terminatorSwallowMs: ends === null ? 0 : TERMINATOR_SWALLOW_MS, secret: false };
    const made = compileLadder(source, kit, 'menu', { match: { kind: 'options', options: listened }, ...spec });
    const choosing: Choosing = { ladder: made, exits: new Map(options.map((keys) => [keys, exitBy(keys)])), repeat, into: source.into };
    return {
      enter: (m) => ask(m, made),
      reenter: (m) => askOver(m, made),
      again: (m) => askOver(m, made),
      resume: (m, input) => choose(m, input, choosing),
    };
  },
});

function checkTerminator(kit: Kit, listened: readonly string[], ends: Key | null): void {
  const clash = ends === null ? undefined : listened.find((keys) => keys.includes(ends));
  if (clash !== undefined)
    kit.problem(
      'ambiguous-option',
      ['terminator'],
      `the terminator ${ends} is also ${clash === ends ? 'an option' : `a key of the option ${clash}`}`,
      'Use another terminator, or terminator: none.',
    );
}

interface Choosing {
  readonly ladder: Ladder;
  readonly exits: ReadonlyMap<string, Outcome>;
  readonly repeat: string | null;
  readonly into: string | undefined;
}

function choose(m: Machine, input: StepInput, { ladder, exits, repeat, into }: Choosing): Outcome {
  const digits = pressed(m, input, (keys) => exits.has(keys) || keys === repeat);
  if (typeof digits !== 'string') return askAgain(m, ladder, digits.failure);
  const exit = exits.get(digits);
  if (exit === undefined) return repeatRung(m, ladder);
  if (into !== undefined) assign(m, into, digits);
  return exit;
}
