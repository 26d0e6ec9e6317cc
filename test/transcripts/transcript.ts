import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { PROMPT_KEY_PATTERN } from '../../src/flow/parts.ts';

/** A whole call as it must go, on whichever Asterisk. README.md says how to write one. */

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));

const language = z.enum(LANGUAGES);
/** Keys, or the code of the call's n-th appointment: `{code 1}`. */
const keys = z.string().regex(/^(?:[0-9*#A-D]+|\{code [1-9]\})$/);
const step = z.union([
  z.strictObject({ hears: z.string(), in: language.optional(), presses: keys.optional(), whole: z.boolean().optional() }),
  z.strictObject({ presses: keys }),
  z.strictObject({ says: z.string() }),
  z.strictObject({ talks: z.string() }),
  z.strictObject({ hangsUp: z.literal(true) }),
]);
const file = z.strictObject({
  title: z.string(),
  flow: z.union([z.string(), z.record(z.string(), z.unknown())]),
  language,
  /** The caller's number, where it matters: what callers of one number do is known to the others. */
  ani: z
    .string()
    .regex(/^\+90555\d{7}$/)
    .optional(),
  /** How far ends take calls to outside numbers. */
  outside: z.record(z.string(), z.enum(['answers', 'busy', 'rings', 'rejects', 'unknown', 'congestion'])).default({}),
  conversation: z.array(step).min(1),
  ends: z.enum(['flow-hung-up', 'caller-hung-up']),
  journal: z.array(z.string()),
});

/** What is said, as the test voice says it; `beep` has no language. */
export interface Words {
  readonly name: string;
  readonly language: Language;
  readonly text: string;
}

export type Step =
  | { readonly kind: 'hears'; readonly words: Words; readonly presses: string | null; readonly cut: boolean }
  | { readonly kind: 'presses'; readonly keys: string }
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'talks'; readonly number: string }
  | { readonly kind: 'hangs-up' };

export type Far = z.infer<typeof file>['outside'][string];

export interface Transcript {
  /** The file's name without extension. */
  readonly id: string;
  readonly title: string;
  readonly flow: string;
  /** The flow's own definition; null when it is one that Santral is shipped with. */
  readonly definition: string | null;
  readonly language: Language;
  readonly ani: string | null;
  readonly outside: Readonly<Record<string, Far>>;
  readonly steps: readonly Step[];
  /** Everything that must be heard, in order; an ellipsis marks what is cut. */
  readonly heard: readonly string[];
  readonly ends: string;
  readonly journal: readonly string[];
}

/** The office of every transcript is open whatever day it is: on a holiday callers hear so, and nobody can tell when the tests are run. */
export const OPEN_OFFICE = { path: 'office.yaml', text: 'calendar: office\nzone: Europe/Istanbul\nhours: 24/7\n' } as const;

const catalogue = parseCatalogue(
  readdirSync(path.join(PROJECT, 'sounds'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: name, text: readFileSync(path.join(PROJECT, 'sounds', name), 'utf8') })),
).entries;

export function readTranscripts(): Transcript[] {
  const names = readdirSync(HERE).filter((name) => name.endsWith('.yaml'));
  return names
    .sort()
    .map((name) => toTranscript(path.basename(name, '.yaml'), file.parse(parse(readFileSync(path.join(HERE, name), 'utf8')))));
}

function toTranscript(id: string, source: z.infer<typeof file>): Transcript {
  let spoken = source.language;
  const steps = source.conversation.map((line): Step => {
    if ('hears' in line) {
      spoken = line.in ?? spoken;
      const words = { name: `${spoken} ${line.hears}`, language: spoken, text: textOf(line.hears, spoken, id) };
      return { kind: 'hears', words, presses: line.presses ?? null, cut: line.presses !== undefined && line.whole !== true };
    }
    if ('presses' in line) return { kind: 'presses', keys: line.presses };
    if ('says' in line) return { kind: 'says', text: line.says };
    if ('talks' in line) return { kind: 'talks', number: line.talks };
    return { kind: 'hangs-up' };
  });
  const own = typeof source.flow !== 'string';
  return {
    id,
    title: source.title,
    flow: typeof source.flow === 'string' ? source.flow : id,
    definition: own ? stringify({ ...(source.flow as object), flow: id }) : null,
    language: source.language,
    ani: source.ani ?? null,
    outside: source.outside,
    steps,
    heard: steps.flatMap((one) => (one.kind === 'hears' ? [one.cut ? `${one.words.name}…` : one.words.name] : [])),
    ends: source.ends,
    journal: source.journal,
  };
}

/** A key of the catalogue, or the words themselves. */
function textOf(said: string, spoken: Language, id: string): string {
  if (!PROMPT_KEY_PATTERN.test(said)) return said;
  const text = catalogue.get(said)?.text[spoken];
  if (text === undefined) throw new Error(`${id}.yaml: there is no prompt ${said} in ${spoken}`);
  if (text.includes('{{')) throw new Error(`${id}.yaml: ${said} holds values; write down the words that are heard`);
  return text;
}
