import { z } from 'zod';
import { TRANSFER_OUTCOMES } from '../../domain/dial-outcome.ts';
import { parseDuration } from '../../domain/duration.ts';
import { isKey, type Key } from '../../domain/keys.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { MESSAGE_CHANNELS, MESSAGE_CLASSES } from '../../domain/message.ts';
import { QUEUED_ENDS } from '../commands.ts';
import { anyValue, duration, oneKey, PROMPT_KEY_PATTERN, variableName } from '../parts.ts';
import type { ExpectedPrompt, Step } from './scenario.ts';

/** One kind of step. Plain ones are a few words (`schema` null); the others hold a value. */
export interface StepKind {
  readonly name: string;
  readonly doc: string;
  /** YAML of one step, as it stands under `steps:`. */
  readonly example: string;
  readonly schema: z.ZodType | null;
  /** The step of a value that fits the schema. */
  make(value: unknown): Step;
}

function step<S extends z.ZodType>(
  kind: Omit<StepKind, 'schema' | 'make'> & { readonly schema: S; make(value: z.output<S>): Step },
): StepKind {
  return { ...kind, make: (value) => kind.make(value as z.output<S>) };
}

function plainStep(name: string, doc: string, made: Step): StepKind {
  return { name, doc, example: `- ${name}`, schema: null, make: () => made };
}

const LONGEST_TEXT = 2000;
const MOST_PROMPTS = 50;
const MOST_KEYS = 64;

const words = z.string({ error: '@wrong-type' }).min(1, { error: '@wrong-type' }).max(LONGEST_TEXT);
const described = z
  .strictObject({
    key: words.optional().describe('A key of the catalogue.'),
    text: words.optional().describe('A part of what is said.'),
    tr: words.optional().describe('A part of what is said in Turkish.'),
    en: words.optional().describe('A part of what is said in English.'),
  })
  .refine((prompt) => Object.keys(prompt).length > 0, { error: 'must name a key or a part of the text' });
const prompt = z
  .union([words, described], { error: 'must be a key of the catalogue, a part of the text, or { key: …, text: …, tr: …, en: … }' })
  .meta({ id: 'expectedPrompt', description: 'A key of the catalogue, a part of what is said, or both.' });
const prompts = z.union([words, described, z.array(prompt).max(MOST_PROMPTS)], { error: 'must be a prompt or a list of prompts' });

function expected(source: z.infer<typeof prompt>): ExpectedPrompt {
  if (typeof source !== 'string') return { key: null, text: null, ...source };
  return PROMPT_KEY_PATTERN.test(source) ? { key: source, text: null } : { key: null, text: source };
}

const hearing =
  (how: (Step & { kind: 'hears' })['how']) =>
  (value: z.infer<typeof prompts>): Step => ({
    kind: 'hears',
    how,
    prompts: (Array.isArray(value) ? value : [value]).map(expected),
  });

const keyText = z
  .union(
    [
      z.string({ error: '@wrong-type' }).regex(/^[0-9*#A-D]+$/, { error: 'must be keys of a telephone: 0 to 9, "*", "#", A to D' }),
      z.number().int().min(0),
    ],
    { error: 'must be keys of a telephone, in quotes where they begin with 0 or hold * or #' },
  )
  .refine((value) => String(value).length <= MOST_KEYS, { error: `must be at most ${MOST_KEYS} keys` })
  .meta({ id: 'keys' });
const keys = z.union([keyText, z.strictObject({ tr: keyText, en: keyText })], {
  error: 'must be keys of a telephone (in quotes where they begin with 0 or hold * or #), or { tr: …, en: … }',
});

function keysOf(value: string | number): Key[] {
  return [...String(value)].filter(isKey);
}

const outcome = z.enum(TRANSFER_OUTCOMES, { error: `must be one of ${TRANSFER_OUTCOMES.join(', ')}` });
const queuedEnd = z.enum(QUEUED_ENDS, { error: `must be one of ${QUEUED_ENDS.join(', ')}` });
const names = z.union([words, z.array(words)]);
const exitName = z.union([words, z.number().int()], { error: 'must be the name of an exit' });
const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : [value as T]);

const message = z.strictObject({
  channel: z.enum(MESSAGE_CHANNELS).optional(),
  to: words.optional(),
  template: words.optional(),
  language: z.enum(LANGUAGES).optional(),
  messageClass: z.enum(MESSAGE_CLASSES).optional(),
  data: z.record(z.string(), anyValue).optional(),
});

/** What `expect` may name. */
export const expectation = z.strictObject({
  node: words.optional().describe('Where the call stands: a node, or `flow/node`.'),
  visited: names.optional().describe('Nodes that the call came through.'),
  notVisited: names.optional().describe('Nodes that it did not come through.'),
  exits: z
    .record(words, z.union([exitName, z.array(exitName)]))
    .optional()
    .describe('Exits that were taken, by node.'),
  variables: z.record(variableName, anyValue).optional().describe('Values of variables; of a map only the keys that are named.'),
  language: z.enum(LANGUAGES).optional().describe('The language of the call.'),
  messages: z.array(message).optional().describe('All messages that the call has caused, in order; of each what is named.'),
  effects: z
    .array(z.record(z.string(), anyValue))
    .optional()
    .describe(
      'Everything that the call has caused, in order: { kind: message, recording, discard, record-call, consent, callback or missed, … }, such as { kind: recording, of: voicemail } or { kind: message, channel: sms }.',
    ),
  asked: z.record(words, z.record(z.string(), anyValue)).optional().describe('What a look-up was last asked with.'),
  cause: z.enum(['normal', 'busy', 'congestion']).optional().describe('How the flow hung up.'),
});

/** Every kind of step. A test walks them and demands that the example of each runs. */
export const STEP_KINDS: readonly StepKind[] = [
  step({
    name: 'hears',
    doc: 'These prompts are heard in this order since the caller last did something; others may be heard between them.',
    example: '- hears: [dealer.found-one-here, { key: dealer.read, text: Kara Elmas }]',
    schema: prompts,
    make: hearing('in-order'),
  }),
  step({
    name: 'hearsOnly',
    doc: 'The same, and nothing else is heard. An empty list: nothing at all.',
    example: '- hearsOnly: [general.no-input, dealer.ask-how]',
    schema: prompts,
    make: hearing('only'),
  }),
  step({
    name: 'hearsNot',
    doc: 'None of these is heard since the caller last did something.',
    example: '- hearsNot: dealer.beyond',
    schema: prompts,
    make: hearing('not'),
  }),
  step({
    name: 'presses',
    doc: 'The caller presses keys, one right after the other. Those that the question does not take go to the next one. `{ tr: …, en: … }` where they differ with the language the call began in.',
    example: '- presses: "167#"',
    schema: keys,
    make: (value) => ({
      kind: 'presses',
      keys: typeof value === 'object' ? { tr: keysOf(value.tr), en: keysOf(value.en) } : { tr: keysOf(value), en: keysOf(value) },
    }),
  }),
  plainStep('says nothing', 'The caller lets the time for keys run out.', { kind: 'says-nothing' }),
  plainStep('hangs up', 'The caller hangs up.', { kind: 'hangs-up', talked: false }),
  plainStep(
    'hangs up after a talk',
    'The caller is put through, talks, and hangs up at the end: instead of a step `transfer` or `queue`.',
    {
      kind: 'hangs-up',
      talked: true,
    },
  ),
  step({
    name: 'records',
    doc: 'What the caller says into a recording: how long, `nothing`, or `failed`.',
    example: '- records: 5s',
    schema: z.union([z.enum(['nothing', 'failed']), duration('1ms', '1h')], { error: 'must be a time such as 5s, nothing or failed' }),
    make: (value) => ({
      kind: 'records',
      outcome:
        value === 'nothing'
          ? { kind: 'empty' }
          : value === 'failed'
            ? { kind: 'failed' }
            : { kind: 'ok', name: 'recording', durationMs: parseDuration(value) ?? 0 },
    }),
  }),
  step({
    name: 'transfer',
    doc: `What becomes of the call to somebody else: ${TRANSFER_OUTCOMES.join(', ')}. With \`to\` the number that must be dialled, or who, such as \`dealer IST-01\`; and \`talks\`, how long they talk.`,
    example: '- transfer: { to: "100", outcome: answered, talks: 5m }',
    schema: z.union(
      [
        outcome,
        z.strictObject({
          outcome,
          to: words.optional().describe('The extension or number that must be dialled, or who: `department service`.'),
          talks: duration('0ms', '24h').optional().describe('How long they talk; the clock goes on by so much.'),
        }),
      ],
      { error: `must be one of ${TRANSFER_OUTCOMES.join(', ')}, or { outcome: …, to: …, talks: … }` },
    ),
    make: (value) => {
      if (typeof value === 'string') return { kind: 'transfer', outcome: value, to: null, talkMs: null };
      const talkMs = value.talks === undefined ? null : (parseDuration(value.talks) ?? null);
      return { kind: 'transfer', outcome: value.outcome, to: value.to ?? null, talkMs };
    },
  }),
  step({
    name: 'queue',
    doc: `How a queue gives the caller back: ${QUEUED_ENDS.join(', ')}. With \`to\` the queue that must be waited in, \`key\` for the exit of a key, and \`waits\` and \`talks\`, by which the clock goes on.`,
    example: '- queue: { to: support, outcome: served, waits: 2m, talks: 5m }',
    schema: z.union(
      [
        queuedEnd,
        z.strictObject({
          outcome: queuedEnd,
          to: words.optional().describe('The queue.'),
          key: oneKey.optional().describe('The key that was pressed; with the outcome `key`.'),
          waits: duration('0ms', '24h').optional().describe('How long the caller waits.'),
          talks: duration('0ms', '24h').optional().describe('How long they talk.'),
        }),
      ],
      { error: `must be one of ${QUEUED_ENDS.join(', ')}, or { outcome: …, to: …, key: …, waits: …, talks: … }` },
    ),
    make: (value) => {
      if (typeof value === 'string') return { kind: 'queue', outcome: value, to: null, key: null, waitedMs: 0, talkMs: 0 };
      const { outcome, to = null, key, waits, talks } = value;
      const times = { waitedMs: parseDuration(waits ?? '0ms') ?? 0, talkMs: parseDuration(talks ?? '0ms') ?? 0 };
      const pressed = String(key ?? '');
      return { kind: 'queue', outcome, to, key: isKey(pressed) ? pressed : null, ...times };
    },
  }),
  step({
    name: 'waits',
    doc: 'The clock goes on by so much. Else it stands still: prompts and silence take no time.',
    example: '- waits: 30m',
    schema: duration('1ms', '24h'),
    make: (value) => ({ kind: 'waits', ms: parseDuration(value) ?? 0 }),
  }),
  plainStep('flow hangs up', 'The flow has said everything and ended the call.', { kind: 'flow-hangs-up' }),
  step({
    name: 'expect',
    doc: 'Where the call stands and what came of it so far.',
    example: '- expect: { node: read, exits: { ask-how: 1 }, variables: { plate: "67" } }',
    schema: expectation,
    make: ({ visited, notVisited, exits, ...rest }) => ({
      kind: 'expect',
      expectation: {
        ...rest,
        messages: rest.messages?.map(plainMap),
        visited: visited === undefined ? undefined : list(visited),
        notVisited: notVisited === undefined ? undefined : list(notVisited),
        exits:
          exits === undefined
            ? undefined
            : Object.fromEntries(Object.entries(exits).map(([node, taken]) => [node, list<string | number>(taken).map(String)])),
      },
    }),
  }),
];

/** Without the fields that are not there. */
function plainMap(source: z.infer<typeof message>): Record<string, never> {
  return JSON.parse(JSON.stringify(source)) as Record<string, never>;
}
