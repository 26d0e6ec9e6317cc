import { z } from 'zod';
import { TRANSFER_OUTCOMES } from '../../domain/dial-outcome.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import { QUEUED_ENDS } from '../../flow/commands.ts';
import { MOST_INPUTS, MOST_TOLD } from '../../services/simulator/limits.ts';
import { contract, doc, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { idOf, jsonMap, language, time, wholeNumber } from './common.ts';
import { BODY_LIMIT, FLOW_EXAMPLE, flowId, MOST_SOURCE, source } from './flows.ts';

const MOST_KEYS = 64;
const MOST_WAIT_MS = 24 * 3_600_000;
const BEGINNINGS_PER_MINUTE = 60;
const simulationId = idOf('simulation', 'The simulation.');
const simulationParams = z.object({ id: simulationId });
const number = z.string().regex(/^[+0-9*#A-Za-z]{1,32}$/, 'must be a number');
const span = z.int().min(0).max(MOST_WAIT_MS);

/** Deeper than any answer of a system; what is deeper could not be walked through. */
const MOST_LEVELS = 40;
const isShallow = (value: unknown, left: number): boolean =>
  typeof value !== 'object' || value === null || (left > 0 && Object.values(value).every((one) => isShallow(one, left - 1)));
/** Any value: a body is JSON by itself. */
const anyValue = z.unknown().refine((value) => value !== undefined && isShallow(value, MOST_LEVELS), {
  error: `must be there, and at most ${MOST_LEVELS} levels deep`,
}) as unknown as z.ZodType<Value, Value>;
const params = z.record(z.string().max(60), anyValue) as unknown as z.ZodType<ValueMap, ValueMap>;

const simulated = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('published') }),
  z.strictObject({ kind: z.literal('draft') }),
  z.strictObject({
    kind: z.literal('text'),
    flows: doc(
      z
        .array(z.strictObject({ flow: flowId, source }))
        .min(1)
        .max(20),
      'Texts in place of, or beside, the published ones.',
      [{ flow: 'main-menu', source: FLOW_EXAMPLE }],
    ),
  }),
]);

const order = z.strictObject({
  flow: flowId,
  language: doc(z.enum(LANGUAGES).default('tr'), 'The language the call begins in.', 'tr'),
  caller: doc(number.default('+905550000001'), 'The caller’s number.', '+905550000001'),
  dialled: doc(number.default('1000'), 'The dialled number.', '1000'),
  params: doc(params.default({}), 'Parameters of the flow.', {}),
  at: doc(time.nullable().default(null), 'UTC milliseconds at which its clock stands; null: the real clock.', null),
  random: doc(z.number().min(0).max(1).nullable().default(null), 'What chance says; null: it is drawn, once for the whole call.', null),
  source: doc(
    simulated.default({ kind: 'published' }),
    'published: what callers hear · draft: with the flow’s draft · text: with the texts given.',
    { kind: 'published' },
  ),
  lookUps: doc(
    z.enum(['live', 'by-hand']).default('by-hand'),
    'live: real systems answer, GET requests and actions that change nothing only; for texts that are not published administrators only · by-hand: send `answer`, `fail` or `ask`.',
    'by-hand',
  ),
});

const input = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('press'),
    keys: doc(
      z
        .string()
        .regex(/^[0-9*#A-D]+$/, 'must be keys of a telephone')
        .max(MOST_KEYS),
      'Keys, one right after the other.',
      '134#',
    ),
    more: doc(z.boolean().default(false), 'true: more keys may follow; send silence when they do not.', false),
  }),
  z.strictObject({ kind: z.literal('silence') }),
  z.strictObject({ kind: z.literal('hang-up') }),
  z.strictObject({
    kind: z.literal('record'),
    outcome: doc(z.enum(['spoken', 'nothing', 'failed']), 'What the recording holds.', 'spoken'),
    ms: doc(span.default(3000), 'How long.', 3000),
  }),
  z.strictObject({
    kind: z.literal('dialled'),
    outcome: doc(z.enum(TRANSFER_OUTCOMES), 'What became of the leg.', 'busy'),
    talkMs: doc(span.default(0), 'How long they talked.', 0),
  }),
  z.strictObject({
    kind: z.literal('queued'),
    how: doc(z.enum(QUEUED_ENDS).exclude(['key']), 'How the queue gave the caller back; for a key, press it.', 'served'),
    waitedMs: doc(span.default(0), 'How long they waited.', 0),
    talkMs: doc(span.default(0), 'How long they talked.', 0),
  }),
  z.strictObject({
    kind: z.literal('answer'),
    value: doc(anyValue, 'What the look-up gives.', { name: 'Ayşe' }),
    status: z.int().min(100).max(599).optional(),
    afterMs: doc(span.default(0), 'How long it took.', 0),
  }),
  z.strictObject({
    kind: z.literal('fail'),
    reason: doc(z.enum(['timeout', 'status', 'invalid', 'too-large', 'unreachable', 'failed']), 'Why there is no answer.', 'timeout'),
    status: z.int().min(100).max(599).optional(),
    afterMs: doc(span.default(0), 'How long it took.', 0),
  }),
  z.strictObject({ kind: z.literal('ask') }),
  z.strictObject({ kind: z.literal('wait'), ms: doc(span, 'The clock goes on by so much.', 60_000) }),
]);

const node = z.string();
const told = named(
  'SimulationLine',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['heard', 'cut']), key: z.string().nullable(), language, text: z.string() }),
    z.object({ kind: z.literal('did'), what: z.string(), keys: z.string().nullable(), outcome: z.string().nullable() }),
    z.object({ kind: z.literal('entered'), flow: z.string(), node, type: z.string() }),
    z.object({ kind: z.literal('exit'), flow: z.string(), node, exit: z.string(), to: z.string().nullable() }),
    z.object({ kind: z.literal('digits'), node, digits: z.string().nullable(), end: z.string() }),
    z.object({ kind: z.literal('no-input'), node, count: z.int() }),
    z.object({ kind: z.literal('language'), language }),
    z.object({ kind: z.literal('result'), node, name: z.string(), outcome: z.string() }),
    z.object({ kind: z.literal('fault'), flow: z.string(), node, code: z.string(), message: z.string(), tr: z.string().nullable() }),
    z.object({ kind: z.literal('asked'), name: z.string(), with: jsonMap }),
    z.object({ kind: z.literal('hung-up'), by: z.enum(['flow', 'caller']), cause: z.string() }),
    z.object({ kind: z.literal('effect'), name: z.string(), data: jsonMap }),
  ]),
  'What happened: heard, or cut by keys pressed ahead; what was done; nodes and exits; what was asked for; messages (shown, never sent).',
);

const waiting = named(
  'SimulationWait',
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('keys'),
      typed: doc(z.int(), 'Keys pressed already.', 0),
      secret: z.boolean(),
      firstDigitMs: z.int(),
      interDigitMs: z.int(),
      options: doc(z.array(z.string()), 'Of a menu.', ['1', '2']),
    }),
    z.object({ kind: z.literal('recording'), maxMs: z.int(), silenceMs: z.int() }),
    z.object({ kind: z.literal('look-up'), name: z.string(), timeoutMs: z.int() }),
    z.object({ kind: z.literal('dialling'), to: z.string(), ringMs: z.int() }),
    z.object({ kind: z.literal('queueing'), queue: z.string(), keys: z.array(z.string()) }),
    z.object({ kind: z.literal('ended'), by: z.enum(['flow', 'caller']), cause: z.string() }),
    z.object({ kind: z.literal('endless') }),
  ]),
  'What the call waits for.',
);

const view = named(
  'Simulation',
  z.object({
    id: simulationId,
    flow: flowId,
    source: z.enum(['published', 'draft', 'text']),
    language: doc(language, 'Of the call at this moment.', 'tr'),
    now: doc(time, 'Its clock, UTC milliseconds.', 1_767_258_000_000),
    live: z.boolean(),
    waiting,
    stack: doc(z.array(z.object({ flow: z.string(), node })), 'Where the call stands, the outermost flow first.'),
    variables: doc(jsonMap, 'Of the flow where it stands, without secrets.', { plate: '67' }),
    hidden: doc(z.array(z.string()), 'Variables that hold secrets.', []),
    first: doc(z.int(), 'The place of the first line that is told here.', 0),
    told: z.array(told),
  }),
  'A flow on trial, without a telephone.',
);

export const beginSimulation = contract({
  id: 'simulations.begin',
  method: 'POST',
  path: '/api/v1/simulations',
  tag: 'simulator',
  summary: 'Try a flow without a telephone',
  description:
    'It lives in memory, belongs to this login and is forgotten half an hour after the last input. Messages are shown, not sent.',
  access: OFFICE,
  body: order,
  bodyLimit: BODY_LIMIT,
  ratePerMinute: BEGINNINGS_PER_MINUTE,
  reply: { status: 201, description: 'The call, up to where somebody has to do something.', schema: view },
  errors: ['flow.unknown', 'flow.invalid', 'request.not-found', 'request.conflict'],
});

export const inputSimulation = contract({
  id: 'simulations.input',
  method: 'POST',
  path: '/api/v1/simulations/:id/inputs',
  tag: 'simulator',
  summary: 'Do something in a simulation: press keys, stay silent, hang up, answer a look-up',
  description: `At most ${MOST_INPUTS} inputs and ${MOST_TOLD} lines in one simulation.`,
  access: OFFICE,
  params: simulationParams,
  body: input,
  reply: { status: 200, description: 'Where it stands now, and the lines that are new.', schema: view },
  errors: ['request.not-found', 'request.conflict'],
});

export const lookAtSimulation = contract({
  id: 'simulations.get',
  method: 'GET',
  path: '/api/v1/simulations/:id',
  tag: 'simulator',
  summary: 'Where a simulation stands, and what happened in it',
  access: OFFICE,
  params: simulationParams,
  query: z.strictObject({ first: wholeNumber(0, MOST_TOLD * 2, 'Lines before this place are left out.', 0).default(0) }),
  reply: { status: 200, description: 'The simulation.', schema: view },
  errors: ['request.not-found'],
});

export const recordSimulation = contract({
  id: 'simulations.record',
  method: 'POST',
  path: '/api/v1/simulations/:id/scenario',
  tag: 'simulator',
  summary: 'Write what was played as a scenario, at the end of a scenario file; nothing is stored',
  description: 'Keys typed at a secret question are written, too: type made-up ones.',
  access: OFFICE,
  params: simulationParams,
  body: z.strictObject({
    name: doc(z.string().trim().min(1).max(200), 'What is tried, in words.', 'finds a dealer by the plate code'),
    into: doc(z.string().max(MOST_SOURCE), 'The scenario file as it is; empty where there is none.', ''),
  }),
  bodyLimit: BODY_LIMIT,
  reply: {
    status: 200,
    description: 'The file with one more scenario.',
    schema: z.object({
      text: doc(z.string(), 'The file.'),
      same: doc(z.boolean(), 'Run, it goes as the call went; else something was done that scenarios have no words for.', true),
    }),
  },
  errors: ['request.not-found', 'request.invalid'],
});

export const endSimulation = contract({
  id: 'simulations.end',
  method: 'DELETE',
  path: '/api/v1/simulations/:id',
  tag: 'simulator',
  summary: 'Forget a simulation',
  access: OFFICE,
  params: simulationParams,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const hearSimulation = contract({
  id: 'simulations.audio',
  method: 'GET',
  path: '/api/v1/simulations/:id/audio/:line',
  tag: 'simulator',
  summary: 'What is heard at a line, as sound',
  access: OFFICE,
  params: simulationParams.extend({ line: wholeNumber(0, MOST_TOLD * 2, 'The line’s place.', 3) }),
  reply: { status: 200, description: 'WAV: 8 kHz, mono, 16 bit.', contentType: 'audio/wav', schema: z.instanceof(Buffer) },
  errors: ['request.not-found', 'speech.failed'],
});
