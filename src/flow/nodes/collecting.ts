import { z } from 'zod';
import type { Key } from '../../domain/keys.ts';
import { isValueMap, type Value } from '../../domain/value.ts';
import type { CollectEnd, CollectSpec } from '../commands.ts';
import { type Behaviour, exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { CONFIRM_DEFAULTS } from '../engine-defaults.ts';
import { assign, counter, type Machine } from '../machine.ts';
import { oneKey, type PromptSource, prompt, wholeNumber } from '../parts.ts';
import { collect as listen } from '../play.ts';
import type { Prompts } from '../prompts.ts';
import type { Kit } from './kind.ts';
import { ask, askAgain, askOver, type Ladder } from './ladder.ts';

/** Longer numbers (telephones, cards, identity numbers) are personal: only their length is told. */
export const MAX_TOLD_DIGITS = 6;

/** `confirm:` of the nodes that take digits. */
export const confirmField = z
  .strictObject({
    prompt,
    yes: oneKey.optional(),
    no: oneKey.optional(),
    attempts: wholeNumber(1, 20).optional(),
  })
  .optional()
  .describe(
    `Reads back what was typed; yes (${CONFIRM_DEFAULTS.yes}) takes it, no (${CONFIRM_DEFAULTS.no}) asks again, ${CONFIRM_DEFAULTS.attempts} times at most (\`attempts\`). The prompt may name the variable.`,
  );

interface Confirm {
  readonly prompts: Prompts;
  readonly yes: string;
  readonly no: string;
  readonly attempts: number;
  spec(usual: CollectSpec): CollectSpec;
}

/** What typed keys are worth: a value for the variable, or that they do not count, with what the re-prompt may read of it. */
export type Taken = { readonly value: string } | { readonly refused: Readonly<Record<string, Value>> };

/** A node that asks for keys, weighs them, and reads them back where it is told to. */
export interface Collecting {
  readonly ladder: Ladder;
  readonly into: string;
  readonly secret: boolean;
  /** Keys that fit the pattern. */
  take(m: Machine, digits: string): Taken;
  /** What the re-prompt may read after keys that do not fit. */
  readonly unfit?: Readonly<Record<string, Value>>;
  readonly confirm: Confirm | null;
}

export function compileConfirm(
  source:
    | { prompt: PromptSource; yes?: Key | number | undefined; no?: Key | number | undefined; attempts?: number | undefined }
    | undefined,
  kit: Kit,
  secret: boolean,
): Confirm | null {
  if (source === undefined) return null;
  const yes = String(source.yes ?? CONFIRM_DEFAULTS.yes);
  const no = String(source.no ?? CONFIRM_DEFAULTS.no);
  if (yes === no) kit.problem('ambiguous-option', ['confirm', 'no'], `${yes} means both yes and no`, 'Give no another key.');
  return {
    prompts: kit.prompts(['confirm', 'prompt'], source.prompt, true),
    yes,
    no,
    attempts: source.attempts ?? CONFIRM_DEFAULTS.attempts,
    spec: (usual) => ({ ...usual, match: { kind: 'options', options: [yes, no] }, terminator: null, terminatorSwallowMs: 0, secret }),
  };
}

export function collecting(made: Collecting): Behaviour {
  return {
    enter: (m) => ask(m, made.ladder),
    reenter: (m) => askOver(m, made.ladder),
    again: (m) => (candidateOf(m) === null ? askOver(m, made.ladder) : readBack(m, made, 'usual')),
    resume: (m, input) => (candidateOf(m) === null ? typed(m, input, made) : confirmed(m, input, made)),
  };
}

/** What was typed and is being read back; null while it is asked for. */
function candidateOf(m: Machine): string | null {
  const { local } = m.top;
  return isValueMap(local) && typeof local['candidate'] === 'string' ? local['candidate'] : null;
}

function typed(m: Machine, input: StepInput, made: Collecting): Outcome {
  if (input.kind !== 'digits') return askAgain(m, made.ladder, 'noInput');
  const { digits } = input;
  const taken: Taken = input.end === 'matched' ? made.take(m, digits) : { refused: made.unfit ?? {} };
  const end = input.end === 'matched' && 'refused' in taken ? 'no-match' : input.end;
  tell(m, digits, end, made.secret);
  if (end === 'empty') return askAgain(m, made.ladder, 'empty');
  if ('refused' in taken) return askAgain(m, { ...made.ladder, over: { ...made.ladder.over, ...taken.refused } }, 'noMatch');
  if (made.confirm === null) {
    assign(m, made.into, taken.value);
    return NEXT;
  }
  m.top.local = { candidate: taken.value };
  m.top.counters = { ...m.top.counters, readBacks: 0 };
  return readBack(m, made, 'usual');
}

/** Tells the journal what was typed: long numbers and secrets by their length only. */
export function tell(m: Machine, digits: string, end: CollectEnd, hidden: boolean): void {
  const told = hidden || digits.length > MAX_TOLD_DIGITS ? null : digits;
  m.events.push({ kind: 'digits', node: m.top.node, digits: told, length: digits.length, end });
}

function readBack(m: Machine, made: Collecting, spec: keyof Ladder['spec']): Outcome {
  const confirm = made.confirm as Confirm;
  m.top.counters = { ...m.top.counters, readBacks: counter(m, 'readBacks') + 1 };
  return listen(m, confirm.prompts.render(m, { [made.into]: candidateOf(m) }), confirm.spec(made.ladder.spec[spec]));
}

function confirmed(m: Machine, input: StepInput, made: Collecting): Outcome {
  const confirm = made.confirm as Confirm;
  const candidate = candidateOf(m) ?? '';
  if (input.kind === 'digits') {
    tell(m, input.digits, input.end, false);
    if (input.digits === confirm.yes && input.end === 'matched') {
      assign(m, made.into, candidate);
      return NEXT;
    }
    if (input.digits === confirm.no && input.end === 'matched') return askAnew(m, made);
  } else m.events.push({ kind: 'no-input', node: m.top.node, count: counter(m, 'readBacks') });
  return counter(m, 'readBacks') >= confirm.attempts
    ? exitBy('exhausted')
    : readBack(m, made, input.kind === 'digits' ? 'afterMistake' : 'usual');
}

/** The caller said no: the question is heard once more, which counts as a try. */
function askAnew(m: Machine, made: Collecting): Outcome {
  const tries = counter(m, 'tries');
  if (tries >= made.ladder.attempts) return exitBy('exhausted');
  m.top.counters = { ...m.top.counters, tries: tries + 1 };
  return askOver(m, made.ladder);
}
