import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { inherit } from '../defaults.ts';
import type { Expression } from '../expression.ts';
import { assign, counter, type Machine, scopeOf } from '../machine.ts';
import { expressionText, oneKey, prompt, variableName } from '../parts.ts';
import { joinRendered, type Prompts, type Rendered } from '../prompts.ts';
import { ASKING_FIELDS, listensFor } from './asking.ts';
import { defineNode, ERROR_EXIT, type Kit, NEXT_EXIT } from './kind.ts';
import { ask, askAgain, askOver, compileLadder, LADDER_EXITS, type Ladder, repeatRung } from './ladder.ts';
import { listOf } from './list-value.ts';
import { checkOptions, optionMap, wireOptions } from './options.ts';
import { type Page, pageOf } from './pages.ts';
import { pressed } from './pressed.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const MORE_KEY = 9;
/** What the words of one option may read besides the variables. */
const OPTION_NAMES = ['item', 'key', 'position'];

export const choose = defineNode({
  type: 'choose',
  summary: 'A menu made of a list.',
  doc: 'Each item of the list is an option: `option` says it, reading `item`, `key` (what to press) and `position` in the list. The keys are 1 to 9, without those that `options`, `repeat` and `more` use. A list that is longer goes in pages: `morePrompt` says which `key` leads to the next one, and after the last comes the first again. `rest` ends every page: it is the place for the other keys. After silence and wrong keys the options follow the re-prompt. `into` gets the item.',
  example: `which-car:
  type: choose
  from: cars
  when: item.active
  prompt: service.which-car
  option: { text: { tr: "{{item.plate}} için {{key|number}} tuşuna basın.", en: "For {{item.plate}} press {{key|number}}." } }
  morePrompt: { text: { tr: "Diğerleri için {{key|number}} tuşuna basın.", en: "For more press {{key|number}}." } }
  into: car
  rest: { text: { tr: "Danışman için sıfıra basın.", en: "For an agent press zero." } }
  options: { 0: agent }
  noInput: [general.no-input]
  noMatch: [general.no-match]
  next: service
  exits: { empty: ask-plate }`,
  fields: {
    from: expressionText.describe('An expression that gives the list.'),
    when: expressionText.optional().describe('Only items for which this is true are offered; reads `item`.'),
    prompt: prompt.describe('Heard before the options.'),
    option: prompt.describe('Heard for each option; reads `item`, `key` and `position`.'),
    into: variableName.describe('Variable for the item that was chosen.'),
    more: oneKey.optional().describe(`The key for the next page. Default: \`${MORE_KEY}\`. Used only when there are more items than keys.`),
    morePrompt: prompt.optional().describe('Heard after the options of a page when there are more; reads `key`.'),
    rest: prompt.optional().describe('Heard last, after the options of each page.'),
    options: optionMap.optional().describe('Other keys, and where they lead, as in a menu.'),
    repeat: oneKey.optional().describe('This key repeats the last prompt and uses up no try.'),
    ...ASKING_FIELDS,
  },
  exits: [NEXT_EXIT, { name: 'empty', doc: 'Nothing is left to choose from.' }, ...LADDER_EXITS, ERROR_EXIT],
  asksCaller: true,
  writes: (source) => [{ path: ['into'], name: source.into, text: false }],
  compile(source, kit) {
    const from = kit.expression(['from'], source.from, 'heard');
    for (const name of ['item', source.into]) kit.copies(name, from.names);
    const bargeIn = inherit('menu', kit.defaults, source).bargeIn === 'any';
    const options = wireOptions(kit, source.options);
    const repeat = source.repeat === undefined ? null : String(source.repeat);
    const more = String(source.more ?? MORE_KEY);
    checkKeys(kit, options, repeat, source.more === undefined ? null : more);
    const fixed = [...options, ...(repeat === null ? [] : [repeat])];
    const made: Choosing = {
      from,
      when: source.when === undefined ? null : kit.within(['item']).expression(['when'], source.when, 'weighed'),
      into: source.into,
      option: kit.within(OPTION_NAMES).prompts(['option'], source.option, bargeIn),
      morePrompt: kit.within(['key']).prompts(['morePrompt'], source.morePrompt, bargeIn),
      rest: kit.prompts(['rest'], source.rest, bargeIn),
      more,
      repeat,
      fixed,
      keys: DIGITS.filter((key) => !fixed.some((one) => one.startsWith(key))),
      ladder: compileLadder(source, kit, 'menu', listensFor(fixed)),
    };
    if (made.keys.filter((key) => key !== more).length === 0)
      kit.problem('bad-option', ['options'], 'no key from 1 to 9 is left for the list', 'Use "*", "#" or 0 for some of the options.');
    return {
      enter: (m) => offer(m, made, 0),
      reenter: (m) => over(m, made),
      again: (m) => over(m, made),
      resume: (m, input) => chosen(m, input, made),
    };
  },
});

interface Choosing {
  readonly from: Expression;
  readonly when: Expression | null;
  readonly into: string;
  readonly option: Prompts;
  readonly morePrompt: Prompts;
  readonly rest: Prompts;
  readonly more: string;
  readonly repeat: string | null;
  /** Keys that are not the list's. */
  readonly fixed: readonly string[];
  /** Keys that may be the list's. */
  readonly keys: readonly string[];
  readonly ladder: Ladder;
}

function checkKeys(kit: Kit, options: readonly string[], repeat: string | null, more: string | null): void {
  checkOptions(kit, options, repeat);
  for (const other of [...options, ...(repeat === null ? [] : [repeat])])
    if (other === more)
      kit.problem(
        'ambiguous-option',
        ['more'],
        `${more} leads to the next page and means something else, too`,
        'Use another key for one of the two.',
      );
}

function page(m: Machine, made: Choosing, number: number): Page {
  const { when } = made;
  const scope = scopeOf(m);
  const all = listOf(m, made.from);
  return pageOf(when === null ? all : all.filter((item) => when.test(scope.with({ item }))), made.keys, made.more, number);
}

/** The ladder of one page: its options are heard after whatever is said before them. */
function ladderOf(made: Choosing, { items, more }: Page): Ladder {
  const offered: Prompts = {
    names: [],
    render: (m) =>
      joinRendered([
        ...items.map((one): Rendered => made.option.render(m, { ...one })),
        ...(more === null ? [] : [made.morePrompt.render(m, { key: more })]),
        made.rest.render(m),
      ]),
  };
  const { ladder } = made;
  const listens = {
    match: { kind: 'options', options: [...items.map(({ key }) => key), ...(more === null ? [] : [more]), ...made.fixed] },
  } as const;
  const after = (rungs: readonly Prompts[]) =>
    rungs.map((rung): Prompts => ({ names: [], render: (m, names) => joinRendered([rung.render(m, names), offered.render(m)]) }));
  const { first, noInput, noMatch, empty } = ladder.prompts;
  return {
    ...ladder,
    prompts: { first: after(first), noInput: after(noInput), noMatch: after(noMatch), empty: after(empty) },
    spec: { usual: { ...ladder.spec.usual, ...listens }, afterMistake: { ...ladder.spec.afterMistake, ...listens } },
  };
}

function offer(m: Machine, made: Choosing, number: number): Outcome {
  const now = page(m, made, number);
  return now.items.length === 0 ? exitBy('empty') : ask(m, ladderOf(made, now), { page: number });
}

function over(m: Machine, made: Choosing): Outcome {
  const now = page(m, made, counter(m, 'page'));
  return now.items.length === 0 ? exitBy('empty') : askOver(m, ladderOf(made, now));
}

function chosen(m: Machine, input: StepInput, made: Choosing): Outcome {
  const number = counter(m, 'page');
  const now = page(m, made, number);
  const item = (keys: string) => now.items.find(({ key }) => key === keys);
  const keys = pressed(m, input, (one) => one === now.more || made.fixed.includes(one) || item(one) !== undefined);
  if (typeof keys !== 'string') return askAgain(m, ladderOf(made, now), keys.failure);
  if (keys === now.more) return offer(m, made, number + 1);
  if (keys === made.repeat) return repeatRung(m, ladderOf(made, now));
  const taken = item(keys);
  if (taken === undefined) return exitBy(keys);
  assign(m, made.into, taken.item);
  return NEXT;
}
