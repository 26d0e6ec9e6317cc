import { z } from 'zod';
import { parseBrandId } from './brand.ts';
import { callbackShape } from './callback-schema.ts';
import { DURATION_PATTERN, parseDuration } from './duration.ts';
import { KEYS } from './keys.ts';
import { asE164 } from './phone-number.ts';
import { WRAP_UP_MODES } from './queue.ts';

/** Names of queues, skills, classes and trees. */
export const QUEUE_NAME = /^[a-z][a-z0-9-]{0,59}$/;
export const HIGHEST_LEVEL = 9;
const PROMPT_KEY = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/;
const LONGEST_LABEL = 100;
const MOST_WIDENINGS = 10;
const MOST_PROMPTS = 20;
const MOST_WAITING = 10_000;
const MOST_RECORDING_DAYS = 3650;

const name = z.string().regex(QUEUE_NAME, 'must be small letters, digits and dashes, beginning with a letter');
const words = z.string().trim().min(1).max(LONGEST_LABEL);
/** A text per language. */
export const bilingual = z.strictObject({ tr: words, en: words });
const promptKey = z.string().regex(PROMPT_KEY, 'must be a key of sounds/, such as queue.welcome');
const promptOrNone = z
  .string()
  .refine((key) => key === 'none' || PROMPT_KEY.test(key), 'must be a key of sounds/, such as queue.welcome, or none');
const brand = z.string().refine((text) => parseBrandId(text) !== undefined, 'must be 1 to 40 lower-case letters, digits and dashes');

function time(min: string, max: string) {
  return z
    .string()
    .regex(DURATION_PATTERN, 'must be a time such as 15s')
    .refine((text) => within(text, min, max), `must be between ${min} and ${max}`);
}

function timeOrNone(min: string, max: string) {
  return z
    .string()
    .refine((text) => text === 'none' || DURATION_PATTERN.test(text), 'must be a time such as 15s, or none')
    .refine((text) => text === 'none' || within(text, min, max), `must be between ${min} and ${max}, or none`);
}

function within(text: string, min: string, max: string): boolean {
  const ms = parseDuration(text) ?? 0;
  return ms >= (parseDuration(min) ?? 0) && ms <= (parseDuration(max) ?? 0);
}

const levels = (least: number) => z.record(name, z.int().min(least).max(HIGHEST_LEVEL));
const emptyRule = z.enum(['leave', 'wait']);

/** One queue of `flows/queues.yaml`, as it is written. */
export const queueShape = z.strictObject({
  label: bilingual.describe('What people call the queue.'),
  brand: brand.optional().describe('Default: the brand of the settings.'),
  skills: levels(1).default({}).describe('What every agent of the queue must be able to do, each with the least level, 1 to 9.'),
  widening: z
    .array(z.strictObject({ after: time('1s', '2h'), skills: levels(0) }))
    .max(MOST_WIDENINGS)
    .default([])
    .describe('Lower levels that will do once a caller has waited so long; 0: the skill is not needed any more.'),
  sticky: z
    .strictObject({ within: time('1m', '720h').default('24h'), wait: time('1s', '10m').default('15s') })
    .optional()
    .describe('Callers wait for the agent they talked with last: if that was not longer ago than `within`, and no longer than `wait`.'),
  classes: z
    .record(name, time('0s', '2h'))
    .default({})
    .describe('By how much each class makes a caller seem to have waited longer. `standard` is always there.'),
  hardMaxWait: time('30s', '2h').default('10m').describe('From here on class does not matter: the oldest caller is next.'),
  offer: time('5s', '60s').default('20s').describe('How long an agent’s telephone rings.'),
  wrapUp: z
    .strictObject({
      mode: z.enum(WRAP_UP_MODES),
      time: time('1s', '1h').optional().describe('Default: 30s. Not for the modes none and unlimited.'),
      extension: timeOrNone('1s', '1h').optional().describe('One extension; default: none.'),
    })
    .optional()
    .describe('Default: optional, 30s.'),
  dispositions: name.optional().describe('A tree of flows/dispositions.yaml that talks are closed with.'),
  dispositionRequired: z.boolean().default(false),
  overflow: z
    .strictObject({
      after: timeOrNone('5s', '2h').optional(),
      length: z.int().min(1).max(MOST_WAITING).optional(),
      estimatedWait: time('5s', '2h').optional(),
    })
    .default({})
    .describe('after: who has waited so long leaves · length: so many wait at most · estimatedWait: who would wait longer does not join.'),
  empty: z
    .strictObject({ atJoin: emptyRule.default('leave'), whenLastLeaves: emptyRule.default('leave') })
    .optional()
    .describe('Nobody is logged in: leave by the exit noAgents, or wait all the same. Default: leave.'),
  calendar: name.optional().describe('A calendar of flows/calendars/. Default: always open.'),
  atClosing: z.enum(['serve', 'leave']).default('serve').describe('What becomes of callers who wait at closing time.'),
  comfort: z
    .strictObject({
      every: timeOrNone('10s', '10m').default('30s'),
      prompts: z.array(promptKey).max(MOST_PROMPTS).default(['queue.comfort']),
      keys: z.partialRecord(z.enum(KEYS), promptKey).default({}),
      position: z.boolean().default(true),
      estimatedWait: z.boolean().default(true),
    })
    .optional()
    .describe(
      'What callers hear meanwhile. keys: what a key that leaves the queue is for, heard besides by those whose flow has it. Default: music, and every 30s a message, the position and the estimated wait.',
    ),
  whisper: promptOrNone.default('queue.whisper').describe('What the agent hears before the caller; {{queue}} is the queue’s name.'),
  welcome: promptOrNone.default('none').describe('What the caller hears first.'),
  recordingNotice: promptOrNone.default('none').describe('Heard after the welcome, and before a recording that the queue asks for.'),
  record: z
    .boolean()
    .optional()
    .describe('true: calls are recorded from here to their end. false: nothing of the wait and the talk is. Default: as the call is.'),
  recordingDays: z
    .int()
    .min(1)
    .max(MOST_RECORDING_DAYS)
    .optional()
    .describe('How many days recordings of its calls are kept. Default: SANTRAL_CALL_RECORDING_DAYS.'),
  callerId: z
    .string()
    .refine((text) => asE164(text) !== undefined, 'must be a number in the form "+902125550001"')
    .optional()
    .describe(
      'Shown to the agent who is rung and to whom a call is passed on (default: the number the caller dialled), and to whom agents call in the queue’s name (default: SANTRAL_CALLER_ID).',
    ),
  serviceLevel: z
    .strictObject({ within: time('1s', '1h').default('20s'), shortAbandon: time('0s', '1m').default('5s') })
    .optional()
    .describe('Answered within this time counts; who hung up sooner than shortAbandon has not been waiting.'),
  callbackGroup: name.optional().describe('Queues with the same word share promises to call back. Default: the queue’s own name.'),
  callbackShare: z.int().min(0).max(100).default(50).describe('Percent of freed agents that go to callbacks at most while callers wait.'),
});
export type WrittenQueue = z.infer<typeof queueShape>;

/** The whole file, for editors; the engine reads queue by queue, so that a slip in one leaves the others standing. */
const queuesFileShape = z.strictObject({
  queues: z.record(name, queueShape),
  callbacks: z
    .record(name, callbackShape)
    .optional()
    .describe('How people are called back, by callback group. Who hangs up is called back only where their group stands here.'),
});

/** The JSON Schema of `flows/queues.yaml` (draft 7). */
export function queuesJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(queuesFileShape, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Santral queues', description: 'The queues of Santral: flows/queues.yaml.', ...rest };
}
