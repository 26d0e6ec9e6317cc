import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from '../domain/duration.ts';
import { KEYS } from '../domain/keys.ts';
import type { Value } from '../domain/value.ts';

/**
 * The pieces that flow files are made of. Error texts that begin with `@` name the problem's code; the checker makes the
 * sentence (src/flow/check/shape.ts).
 */
export const NAME_PATTERN = /^[a-z][a-z0-9-]{0,59}$/;
export const VARIABLE_PATTERN = /^[a-zA-Z][a-zA-Z0-9_]{0,39}$/;
export const KEYS_PATTERN = /^[0-9*#A-D]{1,10}$/;
export const PROMPT_KEY_PATTERN = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/;
/** The most that SANTRAL_MAX_TEXT_LENGTH may be set to; the checker keeps the setting itself. */
const MAX_TEXT = 20_000;

const text = (code: string) => z.string({ error: `@${code}` });

/** A node, a flow, a calendar. */
export const nameText = text('wrong-type').regex(NAME_PATTERN, { error: '@bad-name' });
/** Where an exit leads: a node of this flow, or `return`. */
export const target = text('wrong-type').min(1, { error: '@wrong-type' }).describe('A node of this flow, or `return`.');
export const variableName = text('wrong-type').regex(VARIABLE_PATTERN, { error: '@bad-name' });
export const expressionText = text('wrong-type').min(1, { error: '@bad-expression' });
export const templateText = text('wrong-type').min(1, { error: '@wrong-type' });

/** A span of time within bounds, both given as durations. */
export function duration(min: string, max: string) {
  return span(DURATION_PATTERN, min, max);
}

/** The same, or `none`. */
export function durationOrNone(min: string, max: string) {
  return span(new RegExp(`^none$|${DURATION_PATTERN.source}`), min, max);
}

function span(pattern: RegExp, min: string, max: string) {
  const least = parseDuration(min) ?? 0;
  const most = parseDuration(max) ?? 0;
  return text('bad-duration')
    .regex(pattern, { error: '@bad-duration' })
    .refine((value) => inside(parseDuration(value) ?? least, least, most), { error: `must be between ${min} and ${max}` });
}

function inside(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

export function wholeNumber(min: number, max: number) {
  return z
    .number({ error: '@wrong-type' })
    .int({ error: 'must be a whole number' })
    .min(min, { error: `must be at least ${min}` })
    .max(max, { error: `must be at most ${max}` });
}

/** One key of the telephone. Digits may stand without quotes. */
export const oneKey = z
  .union([z.enum(KEYS), z.number().int().min(0).max(9)], { error: 'must be one key: 0 to 9, "*", "#" or A to D' })
  .meta({ id: 'key', description: 'One key of the telephone.' });

/** The key that ends the input. */
export const terminator = z.union([oneKey, z.literal('none')], { error: 'must be one key, or none' });

/** Any plain value; texts in it may hold `{{…}}` where the field says so. */
export const anyValue: z.ZodType<Value> = z.json().meta({ id: 'value' }) as unknown as z.ZodType<Value>;

export const perLanguage = z
  .strictObject({
    tr: z.string({ error: '@wrong-type' }).max(MAX_TEXT).optional(),
    en: z.string({ error: '@wrong-type' }).max(MAX_TEXT).optional(),
  })
  .meta({ id: 'perLanguage', description: 'Text in each language.' });

/** A message of flows/messages/. */
export const messageKey = text('wrong-type').regex(PROMPT_KEY_PATTERN, { error: '@unknown-message' });

export const promptKey = text('wrong-type').regex(PROMPT_KEY_PATTERN, { error: '@unknown-prompt' });

const itemFields = {
  with: z.record(variableName, expressionText).optional().describe('Names for the text to use, each with an expression.'),
  bargeIn: z.boolean({ error: '@wrong-type' }).optional().describe('false: keys do not cut this item.'),
  when: expressionText.optional().describe('Heard only when this is true.'),
};
const keyedItem = z.strictObject({ key: promptKey.describe('A key of the catalogue.'), ...itemFields });
const inlineItem = z.strictObject({ text: perLanguage, ...itemFields });
const promptItem = z
  .union([promptKey, keyedItem, inlineItem], { error: 'must be a key of the catalogue, { key: … }, or { text: { tr: …, en: … } }' })
  .meta({ id: 'promptItem' });

/** A key of the catalogue, a text written on the spot, or a list of those. An empty list is silence. */
export const prompt = z
  .union([promptKey, keyedItem, inlineItem, z.array(promptItem)], {
    error: 'must be a key of the catalogue, { key: … }, { text: { tr: …, en: … } }, or a list of those',
  })
  .meta({ id: 'prompt', description: 'What is heard: a key of the catalogue, { text: { tr: …, en: … } }, or a list of those.' });

/** Prompts of the first, second … re-prompt; the last one repeats. */
export const ladder = z
  .union([promptKey, keyedItem, inlineItem, z.array(prompt)], {
    error: 'must be a prompt, or a list with the prompt of the first, second … time',
  })
  .meta({
    id: 'ladder',
    description: 'The prompt of the first, second … time; the last one repeats. Absent: the node’s own prompt again.',
  });

export type PromptKeyItem = z.infer<typeof keyedItem>;
export type PromptInlineItem = z.infer<typeof inlineItem>;
export type PromptItemSource = string | PromptKeyItem | PromptInlineItem;
export type PromptSource = PromptItemSource | readonly PromptItemSource[];
export type LadderSource = PromptItemSource | readonly PromptSource[];

export const bargeIn = z
  .enum(['any', 'none'], { error: 'must be any or none' })
  .describe('any: a key cuts the prompt; none: it is heard to its end.');
export const typeAhead = z
  .enum(['keep', 'flush'], { error: 'must be keep or flush' })
  .describe('keep: keys pressed before count; flush: they are thrown away.');
