import { parseDuration } from '../../domain/duration.ts';
import type { Key } from '../../domain/keys.ts';
import type { Value } from '../../domain/value.ts';
import type { CollectSpec } from '../commands.ts';
import { exitBy, type Outcome } from '../compiled.ts';
import { inherit } from '../defaults.ts';
import { counter, type Machine, NO_COUNTERS } from '../machine.ts';
import type { LadderSource, PromptSource } from '../parts.ts';
import { collect } from '../play.ts';
import type { Prompts } from '../prompts.ts';
import type { ExitSpec, Kit, Path } from './kind.ts';

/**
 * What the nodes that ask have in common: how often the caller is asked, and what is said each time. `tries` counts how
 * often the question was heard; it never exceeds `attempts` (behaviour 20).
 */
export type Rung = 'first' | 'noInput' | 'noMatch' | 'empty';
export type Failure = Exclude<Rung, 'first'>;

export interface Ladder {
  readonly attempts: number;
  readonly caps: { readonly noInput: number; readonly noMatch: number };
  readonly prompts: Readonly<Record<Rung, readonly Prompts[]>>;
  /** What a first and a repeated question listen for; the second throws away what was typed before a mistake (behaviour 7). */
  readonly spec: { readonly usual: CollectSpec; readonly afterMistake: CollectSpec };
  /** What its prompts may read besides the variables. */
  readonly over?: Readonly<Record<string, Value>>;
}

/** A terminator as it is written; null for none. */
export function terminatorOf(written: Key | number | 'none' | undefined): Key | null {
  return written === undefined || written === 'none' ? null : (String(written) as Key);
}

export const LADDER_EXITS: readonly ExitSpec[] = [
  { name: 'exhausted', doc: 'The question was heard as often as allowed.', otherwise: 'engine' },
  { name: 'noInput', doc: 'The last try failed because nothing was pressed (or `attemptsNoInput` is reached).', otherwise: 'exhausted' },
  { name: 'noMatch', doc: 'The last try failed because of wrong keys (or `attemptsNoMatch` is reached).', otherwise: 'exhausted' },
];

export interface LadderFields {
  readonly prompt: PromptSource;
  readonly noInput?: LadderSource | undefined;
  readonly noMatch?: LadderSource | undefined;
  readonly attemptsNoInput?: number | undefined;
  readonly attemptsNoMatch?: number | undefined;
}

/** What a question has besides its ladder. */
interface Asked {
  /** Heard when the terminator is pressed first. */
  readonly empty?: PromptSource | undefined;
  /** In place of the node's `prompt`. */
  readonly question?: (bargeIn: boolean) => Prompts;
}

/** Makes a ladder out of the fields of a node, the flow's defaults and the engine's. */
export function compileLadder(
  source: LadderFields,
  kit: Kit,
  kind: 'menu' | 'collect',
  listens: Pick<CollectSpec, 'match' | 'terminator' | 'terminatorSwallowMs' | 'secret'>,
  { empty, question }: Asked = {},
): Ladder {
  const set = inherit(kind, kit.defaults, { ...source });
  const bargeIn = set.bargeIn === 'any';
  const first = [question?.(bargeIn) ?? kit.prompts(['prompt'], source.prompt, bargeIn)];
  const rungs = (name: 'noInput' | 'noMatch') => {
    const made = rungsOf(source[name]).map(([path, prompt]) => kit.prompts([name, ...path], prompt, bargeIn));
    return made.length > 0 ? made : first;
  };
  const usual: CollectSpec = {
    firstDigitMs: parseDuration(set.firstDigit) ?? 0,
    interDigitMs: parseDuration(set.interDigit) ?? 0,
    typeAhead: set.typeAhead,
    ...listens,
  };
  return {
    attempts: set.attempts,
    caps: { noInput: source.attemptsNoInput ?? set.attempts, noMatch: source.attemptsNoMatch ?? set.attempts },
    prompts: {
      first,
      noInput: rungs('noInput'),
      noMatch: rungs('noMatch'),
      empty: empty === undefined ? first : [kit.prompts(['empty'], empty, bargeIn)],
    },
    spec: { usual, afterMistake: { ...usual, typeAhead: 'flush' } },
  };
}

/** A list whose items are lists is a ladder of several rungs; so is a plain list. */
function rungsOf(source: LadderSource | undefined): (readonly [Path, PromptSource])[] {
  if (source === undefined) return [];
  return Array.isArray(source) ? source.map((rung: PromptSource, i) => [[i], rung] as const) : [[[], source as PromptSource]];
}

/** Asks the question for the first time. `kept` are counters of the node’s own. */
export function ask(m: Machine, ladder: Ladder, kept: Readonly<Record<string, number>> = NO_COUNTERS): Outcome {
  m.top.counters = { ...kept, tries: 1, noInput: 0, noMatch: 0 };
  return sayRung(m, ladder, 'first', ladder.spec.usual);
}

/** Asks again after a failure, or gives up. */
export function askAgain(m: Machine, ladder: Ladder, failure: Failure): Outcome {
  const tries = counter(m, 'tries');
  const counters = { ...m.top.counters };
  if (failure !== 'empty') counters[failure] = counter(m, failure) + 1;
  m.top.counters = counters;
  if (failure === 'noInput') m.events.push({ kind: 'no-input', node: m.top.node, count: counters['noInput'] ?? 0 });
  if (failure !== 'empty' && (counters[failure] ?? 0) >= ladder.caps[failure]) return exitBy(failure);
  if (tries >= ladder.attempts) return exitBy('exhausted');
  counters['tries'] = tries + 1;
  // Silence is no mistake: what was pressed a moment too late still counts.
  return sayRung(m, ladder, failure, failure === 'noInput' ? ladder.spec.usual : ladder.spec.afterMistake);
}

/** Asks once more from the first prompt without using up a try: after a language switch or a restart. */
export function askOver(m: Machine, ladder: Ladder): Outcome {
  return sayRung(m, ladder, 'first', ladder.spec.usual);
}

/** Says again what was heard last, without using up a try (behaviour 31). */
export function repeatRung(m: Machine, ladder: Ladder): Outcome {
  const rung = isRung(m.top.local) ? m.top.local : 'first';
  const rendered = rungPrompt(m, ladder, rung).render(m, ladder.over);
  if (rendered.items.length > 0) return collect(m, rendered, ladder.spec.usual);
  // This node says nothing of its own: the last thing heard before it.
  const items = m.lastPrompt;
  const text = items.map((item) => (item.key === null ? '…' : item.text)).join(' ');
  return collect(m, { items, keys: items.map((item) => item.key), text }, ladder.spec.usual);
}

function sayRung(m: Machine, ladder: Ladder, rung: Rung, spec: CollectSpec): Outcome {
  m.top.local = rung === 'first' ? null : rung;
  return collect(m, rungPrompt(m, ladder, rung).render(m, ladder.over), spec);
}

function rungPrompt(m: Machine, ladder: Ladder, rung: Rung): Prompts {
  const rungs = ladder.prompts[rung];
  const time = rung === 'noInput' || rung === 'noMatch' ? counter(m, rung) : 1;
  return rungs[Math.min(Math.max(time, 1), rungs.length) - 1] as Prompts;
}

function isRung(value: unknown): value is Rung {
  return value === 'noInput' || value === 'noMatch' || value === 'empty';
}
