import { z } from 'zod';
import type { RecordingId } from '../../domain/ids.ts';
import { RECORDING_PROMPTS } from '../built-in-prompts.ts';
import type { RecordingItem } from '../commands.ts';
import type { Outcome } from '../compiled.ts';
import { REVIEW_DEFAULTS } from '../engine-defaults.ts';
import { counter, type Machine } from '../machine.ts';
import { oneKey, prompt, wholeNumber } from '../parts.ts';
import { collect } from '../play.ts';
import type { Prompts } from '../prompts.ts';
import type { Kit } from './kind.ts';
import { optionsSpec } from './listening.ts';

const CHOICES = ['listen', 'keep', 'again', 'discard'] as const;
export type Choice = (typeof CHOICES)[number];

/** What stands for a recording where people read what was heard. */
const RECORDING_WORDS = { tr: '[kayıt]', en: '[recording]' } as const;

const { listen, keep, again, discard, attempts } = REVIEW_DEFAULTS;

export const review = z
  .union(
    [
      z.boolean(),
      z.strictObject({
        prompt: prompt.optional(),
        listen: oneKey.optional(),
        keep: oneKey.optional(),
        again: oneKey.optional(),
        discard: oneKey.optional(),
        attempts: wholeNumber(1, 20).optional(),
      }),
    ],
    { error: 'must be true, false or { prompt: …, listen: 1, keep: 2, again: 3, discard: "*" }' },
  )
  .optional()
  .describe(
    `Afterwards the caller may listen to it (${listen}), keep it (${keep}), record it again (${again}) or delete it (${discard}). true: with the engine’s words and keys. After ${attempts} times (\`attempts\`) without a choice it is kept.`,
  );
type ReviewSource = Exclude<z.infer<typeof review>, undefined>;

/** A recording that was made and is not yet settled. */
export interface Take {
  readonly id: RecordingId;
  readonly durationMs: number;
}

export interface Review {
  readonly attempts: number;
  /** Asks what is to become of the take; `listening`: it is heard before. */
  offer(m: Machine, take: Take, listening: boolean): Outcome;
  choiceOf(digits: string): Choice | null;
}

/** Makes the review of a node; null: recordings are kept as they are. */
export function compileReview(source: ReviewSource, kit: Kit): Review | null {
  if (source === false) return null;
  const own = source === true ? {} : source;
  const keys = Object.fromEntries(CHOICES.map((choice) => [choice, String(own[choice] ?? REVIEW_DEFAULTS[choice])])) as Record<
    Choice,
    string
  >;
  for (const [i, choice] of CHOICES.entries()) {
    const other = CHOICES.slice(0, i).find((one) => keys[one] === keys[choice]);
    if (other !== undefined)
      kit.problem('ambiguous-option', ['review'], `${keys[choice]} means both ${other} and ${choice}`, `Give ${choice} another key.`);
  }
  const words =
    own.prompt === undefined ? kit.nodePrompt(RECORDING_PROMPTS.review, true) : kit.prompts(['review', 'prompt'], own.prompt, true);
  // What was pressed while it was recorded ended the recording, and chooses nothing.
  const spec = optionsSpec(kit, {}, Object.values(keys));
  return {
    attempts: own.attempts ?? REVIEW_DEFAULTS.attempts,
    offer(m, take, listening) {
      m.top.counters = { ...m.top.counters, tries: listening ? 1 : counter(m, 'tries') + 1 };
      return collect(m, withTake(m, words, keys, listening ? take : null), spec);
    },
    choiceOf: (digits) => CHOICES.find((choice) => keys[choice] === digits) ?? null,
  };
}

function withTake(m: Machine, words: Prompts, keys: Readonly<Record<Choice, string>>, take: Take | null) {
  const rendered = words.render(m, keys);
  if (take === null) return rendered;
  const text = RECORDING_WORDS[m.language];
  const item: RecordingItem = {
    ...{ kind: 'recording', recording: take.id, durationMs: take.durationMs, key: null, language: m.language, text, bargeIn: true },
  };
  return { items: [item, ...rendered.items], keys: [null, ...rendered.keys], text: `${text} ${rendered.text}` };
}
