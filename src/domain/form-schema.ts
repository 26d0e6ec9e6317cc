import { z } from 'zod';
import { parseBrandId } from './brand.ts';
import { ASKED } from './callback-form.ts';
import { DURATION_PATTERN, parseDuration } from './duration.ts';
import { LANGUAGES } from './language.ts';

/** Names of forms and topics. */
export const FORM_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const MOST_ORIGINS = 50;
const MOST_TOPICS = 20;
const LONGEST_TITLE = 80;
const LONGEST_INTRO = 400;
const LONGEST_CONSENT = 2000;
const LONGEST_TOPIC = 60;
const LONGEST_WISH = '72h';

const name = z.string().regex(FORM_NAME, 'must be small letters, digits and dashes, beginning with a letter');

/** A text per language. */
function label(most: number) {
  const words = z.string().trim().min(1).max(most);
  return z.strictObject({ tr: words, en: words });
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** As browsers name it: scheme and host, the port where it is not the usual one. What comes over plain HTTP anybody on the way may change. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)));
}

function isWish(text: string): boolean {
  if (text === 'none') return true;
  const ms = parseDuration(text) ?? 0;
  return DURATION_PATTERN.test(text) && ms >= (parseDuration('1h') ?? 0) && ms <= (parseDuration(LONGEST_WISH) ?? 0);
}

/** One form of flows/forms.yaml, as it is written. */
export const formShape = z.strictObject({
  group: name.describe('The callback group whose agents call: a queue’s name, or its callbackGroup.'),
  brand: z
    .string()
    .refine((text) => parseBrandId(text) !== undefined, 'must be 1 to 40 lower-case letters, digits and dashes')
    .optional()
    .describe('Default: the brand of the settings.'),
  languages: z
    .array(z.enum(LANGUAGES))
    .min(1)
    .max(LANGUAGES.length)
    .refine((all) => new Set(all).size === all.length, 'must be different languages')
    .default([...LANGUAGES])
    .describe('The first one where a page asks for none.'),
  origins: z
    .array(z.string().refine(isOrigin, 'must be an origin such as https://www.example.com: https, host, no path and no slash at the end'))
    .max(MOST_ORIGINS)
    .default([])
    .describe('Pages of these origins may show the form. The engine’s own page /callback/<form> always does.'),
  title: label(LONGEST_TITLE),
  intro: label(LONGEST_INTRO).describe('What is said above the fields.'),
  consent: z
    .strictObject({
      version: z.string().regex(/^[\w.-]{1,40}$/, 'must be 1 to 40 letters, digits, dots and dashes, such as 2026-11'),
      text: label(LONGEST_CONSENT),
    })
    .describe('What people agree to. Whoever changes the words writes a new version: it is kept with every request.'),
  name: z.enum(ASKED).default('optional').describe('Whether people are asked for their name.'),
  topics: z
    .record(name, label(LONGEST_TOPIC))
    .refine((topics) => Object.keys(topics).length <= MOST_TOPICS, `must be at most ${MOST_TOPICS} topics`)
    .default({})
    .describe('What it may be about, to choose from.'),
  note: z.enum(ASKED).default('optional').describe('Whether people may say in a few words what it is about.'),
  times: z
    .string()
    .refine(isWish, `must be a time from 1h to ${LONGEST_WISH}, or none`)
    .default('none')
    .describe('People may choose an hour of the group’s calendar within this time. none: they are called as soon as may be.'),
});
export type WrittenForm = z.infer<typeof formShape>;

/** The JSON Schema of `flows/forms.yaml` (draft 7). */
export function formsJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(z.strictObject({ forms: z.record(name, formShape) }), { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Santral forms', description: 'Web forms that ask to be called back: flows/forms.yaml.', ...rest };
}
