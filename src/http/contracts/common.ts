import { z } from 'zod';
import { ERROR_CODES } from '../../domain/errors.ts';
import { ID_KINDS, type Id, type IdKind } from '../../domain/ids.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import { doc, named } from '../contract.ts';

/** The id of one kind of thing, as text. */
export function idOf<K extends IdKind>(kind: K, description: string): z.ZodType<Id<K>, Id<K>> {
  const pattern = new RegExp(`^${ID_KINDS[kind]}_[0-9a-hjkmnp-tv-z]{26}$`);
  const schema = z.string().regex(pattern, `must be an id such as ${ID_KINDS[kind]}_01jd9v8q4k0000000000000000`);
  return doc(schema, description, `${ID_KINDS[kind]}_01jd9v8q4k0000000000000000`) as unknown as z.ZodType<Id<K>, Id<K>>;
}

export const time = z.int().min(0);
const EXAMPLE_TIME = 1_767_258_000_000;

/** UTC milliseconds. */
export function at(description: string): typeof time {
  return doc(time, `${description} UTC milliseconds.`, EXAMPLE_TIME);
}

/** UTC milliseconds, or null when it has not happened. */
export function maybeAt(description: string) {
  return doc(time.nullable(), `${description} UTC milliseconds; null when it has not happened.`, EXAMPLE_TIME);
}

export const language = doc(z.enum(LANGUAGES), 'Language.', 'tr');

/** A whole number in a query string. */
export function wholeNumber(min: number, max: number, description: string, example: number) {
  const text = z.string().regex(/^\d{1,15}$/, 'must be a whole number');
  const schema = text.transform(Number).pipe(z.int().min(min).max(max));
  return doc(schema, description, example);
}

export function pageSize(most: number, usual: number) {
  return wholeNumber(1, most, `How many at most; ${usual} when nothing is said.`, usual).default(usual);
}

const json: z.ZodType<Value, Value> = z.json() as unknown as z.ZodType<Value, Value>;
export const jsonMap = z.record(z.string(), json) as unknown as z.ZodType<ValueMap, ValueMap>;

const fieldError = z.object({
  path: doc(z.string(), 'Where: `body.name`, `query.limit`, `params.id`; for a flow `main-menu.yaml:12:7`.', 'body.name'),
  code: doc(z.string(), 'What kind of fault.', 'too_small'),
  message: doc(z.string(), 'For people.', 'Too small: expected string to have >=1 characters'),
});

const codes = Object.keys(ERROR_CODES) as [keyof typeof ERROR_CODES, ...(keyof typeof ERROR_CODES)[]];

export const problem = named(
  'Problem',
  z.object({
    type: doc(z.string(), 'Names the kind of problem; the same for the same code.', 'urn:santral:error:request.invalid'),
    title: doc(z.string(), 'What the code means, and what to do.', ERROR_CODES['request.invalid']),
    status: doc(z.int(), 'The HTTP status, again.', 400),
    detail: doc(z.string(), 'What happened this time.', 'body.name: Too small: expected string to have >=1 characters'),
    code: doc(z.enum(codes), 'A code of the catalogue (GET /api/v1/errors).', 'request.invalid'),
    reason: doc(
      z.string(),
      'Why, alone: a word, or what somebody wrote down; where a code has more than one reason.',
      'asked not to',
    ).optional(),
    instance: doc(z.string(), 'Names this one occurrence; the log has the same id.', 'urn:santral:request:k3v9-12'),
    errors: doc(z.array(fieldError), 'One line per field or place that is wrong.').optional(),
  }),
  'An error, as RFC 9457 has it.',
);
export type Problem = z.infer<typeof problem>;
