import { z } from 'zod';
import { CALLBACK_ORIGINS, CALLBACK_STATES, CLOSE_REASONS, NOT_FOUND } from '../../domain/callback.ts';
import { FORM_OUTCOMES } from '../../domain/callback-form.ts';
import { AGENTS, contract, doc, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, maybeAt, pageSize, wholeNumber } from './common.ts';

const id = idOf('callbackEntry', 'The callback.');
const call = idOf('call', 'A call.');
const group = doc(z.string().max(60), 'Queues that share promises share a group.', 'support');
const state = doc(
  z.enum(CALLBACK_STATES),
  'open: to be called · reserved: an agent is being asked · dialing: the customer is rung · retry-wait: not before `dueAt` · closed.',
  'open',
);
const count = doc(z.int().min(0), 'How many.', 3);
const share = doc(z.number().min(0).max(1).nullable(), 'A share, 0 to 1; null where nothing was counted.', 0.8);
const reason = doc(z.enum(CLOSE_REASONS).nullable(), 'Why it was closed; null while it is not.', null);
const user = doc(z.string().nullable(), 'An agent; null: nobody.', null);

export const callbackView = named(
  'Callback',
  z.object({
    id,
    group,
    kind: doc(z.enum(['abandoned', 'requested']), 'They hung up before an agent answered, or asked for it.', 'abandoned'),
    origin: doc(z.enum(CALLBACK_ORIGINS), 'Where we learnt of it.', 'queue'),
    state,
    number: doc(z.string(), 'Whom to call, masked.', '+90 5** *** ** 17'),
    wiped: doc(z.boolean(), 'The number is not kept any more.', false),
    language,
    about: doc(z.string(), 'What it is about; may be empty.', ''),
    queue: doc(z.string(), 'Whose agents call.', 'support'),
    firstAt: at('When they hung up, or asked, for the first time.'),
    lastAt: at('And for the last time.'),
    count: doc(z.int().min(1), 'How often.', 2),
    since: at('Where they stand in the one order with callers who wait.'),
    attempts: doc(z.int().min(0), 'How often they were rung.', 1),
    dueAt: at('Not called before.'),
    expiresAt: at('Not called after.'),
    onTheLine: doc(z.boolean(), 'They call by themselves at this moment.', false),
    agent: user,
    callId: doc(call.nullable(), 'Our last call for it; or theirs that closed it.', null),
    closedAt: maybeAt('When it was closed.'),
    closedBy: doc(z.string().nullable(), 'Who closed it; `engine`: the rules, `agent`: a talk.', null),
    reason,
  }),
  'A callback: a promised return call. Of one number at most one is not closed per group.',
);

const page = { status: 200, description: 'One page.' } as const;

export const listCallbacks = contract({
  id: 'callbacks.list',
  method: 'GET',
  path: '/api/v1/callbacks',
  tag: 'callbacks',
  summary: 'Callbacks, newest first, by pages',
  access: SUPERVISORS,
  query: z.strictObject({
    state: state.optional(),
    group: group.optional(),
    before: doc(id, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 50),
  }),
  reply: {
    ...page,
    schema: z.object({ items: z.array(callbackView), next: doc(id.nullable(), 'Pass it as `before`; null on the last page.', null) }),
  },
  errors: [],
});

export const openCallbacks = contract({
  id: 'callbacks.open',
  method: 'GET',
  path: '/api/v1/callbacks/open',
  tag: 'callbacks',
  summary: 'Everybody who is to be called back, who is next in front',
  description: 'Agents are shown those of the groups whose queues they serve.',
  access: AGENTS,
  reply: { status: 200, description: 'All that are not closed.', schema: z.object({ items: z.array(callbackView) }) },
  errors: [],
});

export const callbackFigures = contract({
  id: 'callbacks.figures',
  method: 'GET',
  path: '/api/v1/callbacks/figures',
  tag: 'callbacks',
  summary: 'How callbacks went, by when they were first promised',
  access: SUPERVISORS,
  query: z.strictObject({
    from: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'UTC milliseconds, inclusive.', 1_767_258_000_000),
    to: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'UTC milliseconds, exclusive.', 1_767_344_400_000),
  }),
  reply: {
    status: 200,
    description: 'Counts and shares.',
    schema: z.object({
      ...{ entries: count, open: count, reached: count, selfCured: count, exhausted: count, expired: count, other: count, attempts: count },
      successRate: doc(share, 'reached / entries', 0.8),
      selfCuredRate: doc(share, 'selfCured / entries: they called again and got through.', 0.2),
      medianToContactMs: doc(z.int().min(0).nullable(), 'Median from the first abandonment to the talk, ms.', 900_000),
      attemptsPerSuccess: doc(
        z.number().min(0).nullable(),
        'Attempts of closed entries, but faults of our own line and calls that were taken back / reached',
        1.3,
      ),
      nobody: doc(z.array(z.object({ why: z.enum(NOT_FOUND), count })), 'Who hung up and is not called, and why: short, no-number …', []),
    }),
  },
  errors: [],
});

export const getCallback = contract({
  id: 'callbacks.get',
  method: 'GET',
  path: '/api/v1/callbacks/:id',
  tag: 'callbacks',
  summary: 'A callback with everything that was done',
  access: SUPERVISORS,
  params: z.object({ id }),
  reply: {
    status: 200,
    description: 'The callback.',
    schema: z.object({
      callback: callbackView,
      history: z.array(
        z.object({
          at: at('When.'),
          event: doc(z.string(), 'What happened.', 'found'),
          state,
          by: doc(z.string(), 'Who did it.', 'engine'),
          note: doc(z.string(), 'More about it; may be empty.', 'queue'),
        }),
      ),
      attempts: z.array(
        z.object({
          callId: call,
          no: doc(z.int().min(1), 'The first is 1.', 1),
          agent: user,
          at: at('When the customer was dialled.'),
          endedAt: maybeAt('When that was over.'),
          outcome: doc(z.string().nullable(), 'What became of it; null while it goes on.', 'no-answer'),
        }),
      ),
      forms: doc(
        z.array(
          z.object({
            id: idOf('formRequest', 'One sending.'),
            form: doc(z.string(), 'The form.', 'call-me'),
            at: at('When it was sent.'),
            origin: doc(z.string(), 'Of the page; `own`: ours.', 'https://www.example.com'),
            language,
            topic: doc(z.string(), 'What was chosen; may be empty.', 'offer'),
            consentVersion: doc(z.string(), 'What was agreed to.', '2026-11'),
            consentText: doc(z.string(), 'In these words.', 'I agree.'),
            outcome: doc(z.enum(FORM_OUTCOMES), 'What became of it.', 'added'),
          }),
        ),
        'Web forms that asked for it, the oldest first: evidence of the wish.',
        [],
      ),
    }),
  },
  errors: ['request.not-found'],
});

export const closeCallback = contract({
  id: 'callbacks.close',
  method: 'POST',
  path: '/api/v1/callbacks/:id/close',
  tag: 'callbacks',
  summary: 'Nobody calls any more',
  access: SUPERVISORS,
  params: z.object({ id }),
  reply: { status: 200, description: 'The callback as it is now.', schema: callbackView },
  errors: ['request.not-found', 'request.conflict'],
});

export const moveCallback = contract({
  id: 'callbacks.move',
  method: 'POST',
  path: '/api/v1/callbacks/:id/move',
  tag: 'callbacks',
  summary: 'Call somebody before, or after, another one',
  access: SUPERVISORS,
  params: z.object({ id }),
  body: z.union([
    z.strictObject({ before: doc(id, 'Called before this one.') }),
    z.strictObject({ after: doc(id, 'Called after this one.') }),
  ]),
  reply: { status: 200, description: 'The callback as it is now.', schema: callbackView },
  errors: ['request.not-found', 'request.conflict'],
});

export const takeCallback = contract({
  id: 'callbacks.take',
  method: 'POST',
  path: '/api/v1/callbacks/:id/take',
  tag: 'callbacks',
  summary: 'The asking agent calls now',
  description: 'Your telephone rings; when you take it, the customer is dialled. Agents call those of the groups whose queues they serve.',
  access: AGENTS,
  params: z.object({ id }),
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict', 'agent.not-now', 'callback.window'],
});
