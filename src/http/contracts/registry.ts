import { z } from 'zod';
import { CONSENT_STATUSES, CONSENT_TYPES, RECIPIENT_TYPES } from '../../domain/consent.ts';
import { CHANGE_SIDES, SEND_STATES } from '../../domain/consent-registry.ts';
import { contract, doc, named, OFFICE, SUPERVISORS } from '../contract.ts';
import { at, idOf, maybeAt, pageSize } from './common.ts';

const count = (description: string) => doc(z.int().min(0), description, 0);
const state = doc(
  z.enum(SEND_STATES),
  'queued: is to be told; sent: the registry has it and has not judged it; accepted; skipped: need not, or must not, be told; rejected: refused there; overdue: too late. The last two are dead letters.',
  'queued',
);
const sendId = idOf('consent', 'The line of the history of consents that is told.');

const registryView = named(
  'ConsentRegistryState',
  z.object({
    isLinked: doc(z.boolean(), 'The brand has an account at İYS.', true),
    isStale: doc(z.boolean(), 'The copy is too old, or known to lack something: commercial campaigns call nobody.', false),
    staleHours: doc(z.number(), 'How old it may be.', 6),
    pulledAt: maybeAt('When everything there was read the last time.'),
    pulls: z.array(
      z.object({
        side: doc(z.enum(CHANGE_SIDES), 'IYS: what citizens did; HS: what brands sent.', 'IYS'),
        pulledAt: maybeAt('When it was read to its end.'),
        failedAt: maybeAt('When reading failed since then.'),
        error: doc(z.string().nullable(), 'Why.', null),
        gapFrom: maybeAt('Changes of this time on may be missing; all consents are asked for again, one by one.'),
      }),
    ),
    waiting: count('Consents that are to be told, or not judged yet.'),
    alarms: count('Of those: near their last working day, or beyond it.'),
    firstDueAt: maybeAt('When the first of them must have been told.'),
    accepted: count('Told.'),
    skipped: count('Need not, or must not, be told.'),
    dead: count('Refused, or too late.'),
    unread: count(
      'Consents that stand here, and changes of the last week, of which nobody knows what İYS says: no campaign advertises by them.',
    ),
  }),
  'How things stand between the brand and the national registry of consents (İYS).',
);

const sendView = named(
  'ConsentSend',
  z.object({
    id: doc(sendId, 'The line of the history of consents.'),
    recipient: doc(z.string().nullable(), 'Masked for everybody but administrators; null: sealed with another key.', '+90 5** *** ** 17'),
    recipientType: z.enum(RECIPIENT_TYPES).nullable(),
    type: z.enum(CONSENT_TYPES).nullable(),
    status: z.enum(CONSENT_STATUSES).nullable(),
    consentDate: maybeAt('When it was said.'),
    state,
    reason: doc(z.string().nullable(), 'What holds it up, or why it ended so; the registry’s own code first.', 'H174: …'),
    attempts: count('How often it was begun.'),
    nextAt: at('When it is looked after next, while it waits.'),
    dueAt: at('By when the registry must have heard of it.'),
    isAlarm: doc(z.boolean(), 'It waits, and its last day is near.', false),
    endedAt: maybeAt('When it was done with.'),
  }),
  'A consent on its way to the registry.',
);

export const getRegistry = contract({
  id: 'registry.get',
  method: 'GET',
  path: '/api/v1/consent-registry',
  tag: 'consents',
  summary: 'How things stand with İYS: last reading, queue, alarms, dead letters',
  access: OFFICE,
  reply: { status: 200, description: 'As it is now.', schema: registryView },
  errors: [],
});

export const listSends = contract({
  id: 'registry.sends',
  method: 'GET',
  path: '/api/v1/consent-registry/sends',
  tag: 'consents',
  summary: 'Consents on their way to İYS, newest first, by pages',
  access: OFFICE,
  query: z.strictObject({
    state: doc(state, 'Only these.').optional(),
    dead: doc(z.enum(['true']), 'Dead letters only.').optional(),
    before: doc(sendId, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(200, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(sendView), next: doc(sendId.nullable(), 'Pass it as `before`; null on the last page.') }),
  },
  errors: [],
});

const replayed = {
  status: 200,
  description: 'How many.',
  schema: z.object({ replayed: count('Dead letters that are queued again.') }),
} as const;

export const replaySend = contract({
  id: 'registry.replay',
  method: 'POST',
  path: '/api/v1/consent-registry/sends/:id/replay',
  tag: 'consents',
  summary: 'Tell İYS of a dead letter again',
  description: 'In spite of its date; it is noted who wanted it.',
  access: SUPERVISORS,
  params: z.object({ id: sendId }),
  reply: replayed,
  errors: ['request.not-found'],
});

export const replaySends = contract({
  id: 'registry.replay-all',
  method: 'POST',
  path: '/api/v1/consent-registry/replay',
  tag: 'consents',
  summary: 'Tell İYS of all dead letters again',
  access: SUPERVISORS,
  reply: replayed,
  errors: [],
});

export const pullRegistry = contract({
  id: 'registry.pull',
  method: 'POST',
  path: '/api/v1/consent-registry/pull',
  tag: 'consents',
  summary: 'Read İYS now',
  description: 'It is read every ten minutes by itself.',
  access: SUPERVISORS,
  ratePerMinute: 6,
  reply: { status: 200, description: 'How things stand then.', schema: registryView },
  errors: [],
});
