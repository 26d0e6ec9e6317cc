import { z } from 'zod';
import type { Value } from '../../domain/value.ts';
import { exitBy, type Outcome, type StepInput } from '../compiled.ts';
import type { Expression } from '../expression.ts';
import { assign, counter, type Machine } from '../machine.ts';
import { expressionText, oneKey, prompt, variableName } from '../parts.ts';
import { joinPrompts } from '../prompts.ts';
import { ASKING_FIELDS, listensFor } from './asking.ts';
import { defineNode, ERROR_EXIT, type Kit } from './kind.ts';
import { ask, askAgain, askOver, compileLadder, LADDER_EXITS, type Ladder } from './ladder.ts';
import { listOf } from './list-value.ts';
import { checkOptions, optionMap, wireOptions } from './options.ts';
import { pressed } from './pressed.ts';

/** What its prompts may read besides the variables. */
const NAMES = ['position', 'count', 'first', 'last'];
const MOVES = ['next', 'previous', 'repeat', 'take', 'leave'] as const;
type Move = (typeof MOVES)[number];

const moveKeys = z.union([oneKey, z.array(oneKey).min(1, { error: 'must hold at least one key' })], {
  error: 'must be one key, or a list of keys',
});

export const loop = defineNode({
  type: 'loop',
  summary: 'Reads a list one by one and lets the caller walk through it.',
  doc: 'For each item `prompt` is heard and then `ask`, which says what the keys do. Both read the item by the name that `into` gives it, and `position` (1, 2, 3 …), `count`, `first` and `last`. Walking uses up no try. Where `at` points to an item already, the caller has heard it and comes back: only `ask` is heard; 0 or null begins with the first.',
  example: `read:
  type: loop
  over: dealers
  into: dealer
  at: place
  prompt: dealer.read
  ask:
    - { key: dealer.after-read, when: "!last" }
    - { key: dealer.after-last, when: last }
  keys: { repeat: 1, next: 2, take: 3, leave: 0 }
  options: { 4: ask-how }
  noInput: [[general.no-input, dealer.after-read]]
  exits: { taken: connect, left: goodbye, end: no-more, empty: none-found }`,
  fields: {
    over: expressionText.describe('An expression that gives the list.'),
    into: variableName.describe('Variable for the item that is read.'),
    at: variableName.optional().describe('Variable for its position, counted from 1.'),
    prompt: prompt.describe('What is heard of each item.'),
    ask: prompt.optional().describe('What is heard after it: what the keys do.'),
    keys: z
      .strictObject({
        next: moveKeys.describe('On to the next item.'),
        previous: moveKeys.optional().describe('Back to the one before.'),
        repeat: moveKeys.optional().describe('The item again.'),
        take: moveKeys.optional().describe('This one: exit `taken`.'),
        leave: moveKeys.optional().describe('None of them: exit `left`.'),
      })
      .describe('The keys for `next`, `previous`, `repeat`, `take` and `leave`: one each, or a list.'),
    options: optionMap.optional().describe('Other keys, and where they lead, as in a menu.'),
    ...ASKING_FIELDS,
  },
  exits: [
    { name: 'taken', doc: 'The caller took the item. Needed where there is a key for it.', otherwise: 'error' },
    { name: 'left', doc: 'The caller wants none of them.', otherwise: 'end' },
    { name: 'end', doc: 'The caller asked for the next one at the last.' },
    { name: 'empty', doc: 'The list is empty.', otherwise: 'end' },
    ...LADDER_EXITS,
    ERROR_EXIT,
  ],
  asksCaller: true,
  writes: (source) => [
    { path: ['into'], name: source.into, text: false },
    ...(source.at === undefined ? [] : [{ path: ['at'], name: source.at, text: false }]),
  ],
  compile(source, kit) {
    const inner = kit.within(NAMES);
    const options = wireOptions(kit, source.options);
    const moves = movesOf(kit, source.keys, options);
    if (source.keys.take !== undefined && source.exits?.['taken'] === undefined)
      kit.problem('exit-not-wired', ['keys', 'take'], `${kit.node} does not say where "taken" leads`, 'Write exits: { taken: node }.');
    const over = kit.expression(['over'], source.over, 'heard');
    kit.copies(source.into, over.names);
    let asks = inner.prompts(['ask'], undefined, true);
    const full = compileLadder(source, inner, 'menu', listensFor([...options, ...moves.keys()]), {
      question: (bargeIn) => {
        asks = inner.prompts(['ask'], source.ask, bargeIn);
        return joinPrompts(inner.prompts(['prompt'], source.prompt, bargeIn), asks);
      },
    });
    const brief: Ladder = { ...full, prompts: { ...full.prompts, first: [asks] } };
    const walk: Walk = { over, into: source.into, at: source.at, full, brief, moves, options: new Set(options) };
    return {
      enter: (m) => begin(m, walk),
      reenter: (m) => askOver(m, at(walk.full, counter(m, 'position'), listOf(m, over).length)),
      again: (m) => askOver(m, at(walk.full, counter(m, 'position'), listOf(m, over).length)),
      resume: (m, input) => step(m, input, walk),
    };
  },
});

interface Walk {
  readonly over: Expression;
  readonly into: string;
  readonly at: string | undefined;
  readonly full: Ladder;
  readonly brief: Ladder;
  readonly moves: ReadonlyMap<string, Move>;
  readonly options: ReadonlySet<string>;
}

type MoveKey = string | number | readonly (string | number)[] | undefined;

function movesOf(kit: Kit, keys: Readonly<Partial<Record<Move, MoveKey>>>, options: readonly string[]): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  for (const name of MOVES) {
    for (const key of [keys[name] ?? []].flat().map(String)) {
      if (moves.has(key) || options.includes(key))
        kit.problem('ambiguous-option', ['keys', name], `${key} means two things`, 'Give one of the two another key.');
      moves.set(key, name);
    }
  }
  checkOptions(kit, options, null);
  return moves;
}

/** Begins with the first item, or goes on where the walk was left. */
function begin(m: Machine, walk: Walk): Outcome {
  const items = listOf(m, walk.over);
  if (items.length === 0) return exitBy('empty');
  const given = walk.at === undefined ? null : (m.top.vars[walk.at] ?? null);
  const back = typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= items.length;
  return read(m, walk, items, back ? given : 1, back ? walk.brief : walk.full);
}

function read(m: Machine, walk: Walk, items: readonly Value[], position: number, ladder: Ladder): Outcome {
  assign(m, walk.into, items[position - 1] ?? null);
  if (walk.at !== undefined) assign(m, walk.at, position);
  return ask(m, at(ladder, position, items.length), { position });
}

/** The ladder with what its prompts read of the walk. */
function at(ladder: Ladder, position: number, count: number): Ladder {
  return { ...ladder, over: { position, count, first: position === 1, last: position === count } };
}

function step(m: Machine, input: StepInput, walk: Walk): Outcome {
  const items = listOf(m, walk.over);
  const position = counter(m, 'position');
  const keys = pressed(m, input, (one) => walk.options.has(one) || walk.moves.has(one));
  if (typeof keys !== 'string') return askAgain(m, at(walk.full, position, items.length), keys.failure);
  switch (walk.moves.get(keys)) {
    case undefined:
      return exitBy(keys);
    case 'take':
      return exitBy('taken');
    case 'leave':
      return exitBy('left');
    case 'next':
      return position >= items.length ? exitBy('end') : read(m, walk, items, position + 1, walk.full);
    case 'previous':
      return read(m, walk, items, Math.max(1, position - 1), walk.full);
    case 'repeat':
      return read(m, walk, items, position, walk.full);
  }
}
