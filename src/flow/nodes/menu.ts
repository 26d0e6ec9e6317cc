import { z } from 'zod';
import type { Key } from '../../domain/keys.ts';
import type { CollectEnd } from '../commands.ts';
import { exitBy, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { TERMINATOR_SWALLOW_MS } from '../engine-defaults.ts';
import { assign, type Machine } from '../machine.ts';
import { KEYS_PATTERN, ladder, oneKey, perLanguage, prompt, target, variableName, wholeNumber } from '../parts.ts';
import { defineNode, ERROR_EXIT, type Kit } from './kind.ts';
import { ask, askAgain, askOver, compileLadder, LADDER_EXITS, type Ladder, repeatRung, terminatorOf } from './ladder.ts';

const option = z.union([target, z.strictObject({ to: target, label: perLanguage.optional() })], {
  error: 'must be a node, or { to: node, label: { tr: …, en: … } }',
});

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
  noInput: [general.no-input, dealer.ask-how]
  noMatch: [general.no-match, dealer.ask-how-help]
  attempts: 3
  exits: { exhausted: goodbye }`,
  fields: {
    prompt,
    options: z
      .record(z.string(), option, { error: 'must be a map: what is pressed, and the node it leads to' })
      .describe('What is pressed, and where it leads.'),
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
    const options = Object.entries(source.options).map(([keys, to]) => wireOption(kit, keys, to));
    checkOptions(kit, options, repeat);
    const listened = [...options, ...(repeat === null ? [] : [repeat])];
    const ends = terminatorOf(inherit('menu', kit.defaults, source).terminator);
    checkTerminator(kit, listened, ends);
    const spec = { terminator: ends, terminatorSwallowMs: ends === null ? 0 : TERMINATOR_SWALLOW_MS, secret: false };
    const made = compileLadder(source, kit, 'menu', { kind: 'options', options: listened }, spec, undefined);
    const choosing: Choosing = { ladder: made, exits: new Map(options.map((keys) => [keys, exitBy(keys)])), repeat, into: source.into };
    return {
      enter: (m) => ask(m, made),
      reenter: (m) => askOver(m, made),
      again: (m) => askOver(m, made),
      resume: (m, input) => choose(m, input, choosing),
    };
  },
});

function wireOption(kit: Kit, keys: string, to: z.infer<typeof option>): string {
  const path = ['options', keys];
  kit.wire(keys, typeof to === 'string' ? to : to.to, typeof to === 'string' ? path : [...path, 'to']);
  if (typeof to !== 'string' && to.label !== undefined) kit.label(keys, to.label);
  return keys;
}

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

function checkOptions(kit: Kit, options: readonly string[], repeat: string | null): void {
  if (options.length === 0)
    kit.problem('bad-option', ['options'], 'the menu has no options', 'Write what is pressed and where it leads: 1: node.');
  for (const keys of options.filter((one) => !KEYS_PATTERN.test(one)))
    kit.problem(
      'bad-option',
      ['options', keys],
      `"${keys}" cannot be pressed on a telephone`,
      'Options are 1 to 10 keys: 0 to 9, "*", "#", A to D.',
    );
  if (repeat !== null && options.includes(repeat))
    kit.problem(
      'ambiguous-option',
      ['repeat'],
      `${repeat} repeats the prompt and is an option, too`,
      'Use another key for one of the two.',
    );
  const all = repeat === null ? options : [repeat, ...options];
  for (const longer of options) {
    const shorter = all.find((one) => one !== longer && longer.startsWith(one));
    if (shorter !== undefined)
      kit.problem(
        'option-prefix',
        ['options', longer],
        `${longer} begins with ${shorter}, so ${shorter} is taken only after the inter-digit time`,
        'Use options of one length, and nobody has to wait.',
      );
  }
}

interface Choosing {
  readonly ladder: Ladder;
  readonly exits: ReadonlyMap<string, Outcome>;
  readonly repeat: string | null;
  readonly into: string | undefined;
}

function choose(m: Machine, input: StepInput, { ladder, exits, repeat, into }: Choosing): Outcome {
  if (input.kind !== 'digits') return askAgain(m, ladder, 'noInput');
  const { digits } = input;
  const exit = exits.get(digits);
  const matched = input.end === 'matched' && (exit !== undefined || digits === repeat);
  const end: CollectEnd = matched || input.end !== 'matched' ? input.end : 'no-match';
  m.events.push({ kind: 'digits', node: m.top.node, digits, length: digits.length, end });
  if (!matched) return askAgain(m, ladder, end === 'empty' ? 'empty' : 'noMatch');
  if (exit === undefined) return repeatRung(m, ladder);
  if (into !== undefined) assign(m, into, digits);
  return exit;
}
