import { z } from 'zod';
import { DIAL_OUTCOMES } from '../../domain/dial-outcome.ts';
import { JOURNAL_KINDS } from '../../domain/journal.ts';
import type { TerminationKind } from '../../domain/termination.ts';
import { contract, doc, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, jsonMap, language, maybeAt, pageSize, time, wholeNumber } from './common.ts';

const callId = idOf('call', 'The call.');
const callParams = z.object({ id: callId });
const MASKED = 'Customers’ numbers are masked for everybody but administrators.';
const flow = doc(z.string(), 'The flow that serves the call.', 'main-menu');
const direction = doc(z.enum(['inbound', 'outbound']), 'Who called whom.', 'inbound');
const did = doc(z.string(), 'The number the caller dialled.', '02125550010');
const ani = doc(z.string(), `The number presented; empty when withheld. ${MASKED}`, '+90 5** *** ** 17');

/** Every kind there is: the compiler compares. */
const TERMINATION_KINDS: { readonly [K in TerminationKind]: K } = {
  'caller-hung-up': 'caller-hung-up',
  'flow-hung-up': 'flow-hung-up',
  'ended-by-user': 'ended-by-user',
  refused: 'refused',
  'machine-answered': 'machine-answered',
  'not-reached': 'not-reached',
  'left-while-away': 'left-while-away',
  'asterisk-lost': 'asterisk-lost',
  failed: 'failed',
};
const termination = doc(
  z.object({
    kind: z.enum(TERMINATION_KINDS),
    node: doc(z.string(), 'flow-hung-up: the node that did.').optional(),
    by: doc(z.string(), 'ended-by-user: who asked for the end.').optional(),
    reason: doc(z.string(), 'refused: why.').optional(),
    code: doc(z.string(), 'failed: the code of the fault.').optional(),
    outcome: doc(z.string(), 'not-reached: how the call came to nothing.').optional(),
    sipCode: doc(z.int().nullable(), 'not-reached: the last SIP answer, where there was one.').optional(),
  }),
  'Why the call ended. Every call has exactly one.',
  { kind: 'caller-hung-up' },
);

export const callView = named(
  'Call',
  z.object({
    id: callId,
    brand: doc(z.string(), 'The company on whose behalf the call is handled.', 'santral'),
    direction,
    state: doc(z.enum(['open', 'ended']), 'Whether it goes on.', 'ended'),
    did,
    ani,
    flow,
    release: doc(z.int(), 'The release the call runs on to its end.', 3),
    language,
    sessionId: idOf('session', 'The run of the flow.'),
    startedAt: at('When it arrived.'),
    answeredAt: maybeAt('When it was answered.'),
    endedAt: maybeAt('When it ended.'),
    termination: termination.nullable(),
  }),
  'One customer conversation.',
);

export const legView = named(
  'Leg',
  z.object({
    id: idOf('leg', 'The leg.'),
    role: doc(z.enum(['customer', 'agent', 'target']), 'Who is at its end.', 'target'),
    endpoint: doc(z.string(), `Where it leads. ${MASKED}`, 'PJSIP/100'),
    startedAt: at('When it was dialled, or arrived.'),
    answeredAt: maybeAt('When it was answered.'),
    endedAt: maybeAt('When it ended.'),
    outcome: doc(z.enum(DIAL_OUTCOMES).nullable(), 'What became of a dialled leg.', 'answered'),
    hangupCause: doc(z.int().nullable(), 'Q.850 cause.', 16),
    sipCode: doc(z.int().nullable(), 'SIP final response.', 200),
  }),
  'A channel in its role.',
);

const entryView = named(
  'JournalEntry',
  z.object({
    callId,
    seq: doc(z.int().min(1), 'Counts 1, 2, 3 … within the call, without gaps.', 7),
    at: at('When it happened.'),
    kind: doc(z.enum(JOURNAL_KINDS), 'What happened.', 'digits'),
    data: doc(jsonMap, 'The facts. Secret keys appear as their number only.', { node: 'language', digits: '1', length: 1, end: 'matched' }),
  }),
  'One line of a call’s journal.',
);

const liveCallView = named(
  'LiveCall',
  callView.extend({ node: doc(z.string().nullable(), 'Where in the flow the caller stands.', 'language') }),
  'A call that is up now.',
);

export const listCalls = contract({
  id: 'calls.list',
  method: 'GET',
  path: '/api/v1/calls',
  tag: 'calls',
  summary: 'Calls, newest first, by pages',
  access: SUPERVISORS,
  query: z.strictObject({
    state: doc(z.enum(['open', 'ended']), 'Only these.', 'ended').optional(),
    flow: doc(z.string().max(100), 'Only calls of this flow.', 'main-menu').optional(),
    from: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'Started at or after, UTC milliseconds.', 1_767_225_600_000).optional(),
    to: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'Started before, UTC milliseconds.', 1_767_312_000_000).optional(),
    before: doc(callId, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({
      items: z.array(callView),
      next: doc(callId.nullable(), 'Pass it as `before` to get the next page; null on the last one.', null),
    }),
  },
  errors: [],
});

export const listLiveCalls = contract({
  id: 'calls.live',
  method: 'GET',
  path: '/api/v1/calls/live',
  tag: 'calls',
  summary: 'Calls that are up now, with the node they stand at',
  access: SUPERVISORS,
  reply: { status: 200, description: 'Oldest first.', schema: z.object({ items: z.array(liveCallView) }) },
  errors: [],
});

export const getCall = contract({
  id: 'calls.get',
  method: 'GET',
  path: '/api/v1/calls/:id',
  tag: 'calls',
  summary: 'One call with its legs',
  access: SUPERVISORS,
  params: callParams,
  reply: { status: 200, description: 'The call.', schema: z.object({ call: callView, legs: z.array(legView) }) },
  errors: ['request.not-found'],
});

export const listNotes = contract({
  id: 'calls.notes',
  method: 'GET',
  path: '/api/v1/calls/:id/notes',
  tag: 'calls',
  summary: 'What agents wrote about a call',
  access: SUPERVISORS,
  params: callParams,
  reply: {
    status: 200,
    description: 'One for each talk with something written, in order.',
    schema: z.object({
      items: z.array(
        z.object({
          talkId: idOf('acdEvent', 'The talk.'),
          agent: idOf('user', 'Who wrote it.'),
          at: doc(time, 'When. UTC milliseconds.', 1_767_258_000_000),
          note: doc(z.string(), 'The text.', 'Asks for the red one'),
          followUp: doc(time.nullable(), 'When the customer is to be called again. UTC milliseconds; null: not.', 1_767_344_400_000),
        }),
      ),
    }),
  },
  errors: ['request.not-found'],
});

const after = wholeNumber(0, 1_000_000_000, 'Only lines with a greater seq.', 0);

export const listEntries = contract({
  id: 'calls.journal',
  method: 'GET',
  path: '/api/v1/calls/:id/events',
  tag: 'calls',
  summary: 'The journal of a call',
  access: SUPERVISORS,
  params: callParams,
  query: z.strictObject({ after: after.default(0), limit: pageSize(1000, 200) }),
  reply: {
    status: 200,
    description: 'Lines in order.',
    schema: z.object({
      items: z.array(entryView),
      next: doc(time.nullable(), 'Pass it as `after` to get the lines that follow; null when these were all there are by now.', null),
    }),
  },
  errors: ['request.not-found'],
});

export const followCall = contract({
  id: 'calls.feed',
  method: 'GET',
  path: '/api/v1/calls/:id/feed',
  tag: 'calls',
  summary: 'The journal of a call, live',
  description:
    'Server-sent events. `event: entry` with a journal line as data and its seq as id. A reader that comes back with `Last-Event-ID` (or `?after=`) gets what it missed, then what follows: nothing twice, nothing missing. `event: ended` says that the call has ended and all was sent. A comment is sent every 15 s. A reader too slow to take its lines is cut off and may come back. 204: the call has ended and you have it all.',
  access: SUPERVISORS,
  params: callParams,
  query: z.strictObject({ after: after.optional() }),
  reply: { status: 200, description: 'The stream.', schema: z.string(), contentType: 'text/event-stream' },
  more: [{ status: 204, description: 'The call has ended, and you have it all.', schema: z.undefined() }],
  errors: ['request.not-found'],
});

export const hangUpCall = contract({
  id: 'calls.hang-up',
  method: 'POST',
  path: '/api/v1/calls/:id/hangup',
  tag: 'calls',
  summary: 'End a call',
  access: SUPERVISORS,
  params: callParams,
  reply: { status: 202, description: 'Asked for; the journal tells when it happened.', schema: z.object({ id: callId }) },
  errors: ['request.not-found', 'request.conflict', 'telephony.disconnected', 'telephony.timeout'],
});
