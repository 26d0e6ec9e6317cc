import { z } from 'zod';
import { REQUEST_STATES } from '../../domain/callback-request.ts';
import { contract, doc, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, maybeAt, pageSize } from './common.ts';

const id = idOf('callback', 'The request.');
const group = doc(z.string().max(60), 'Who is to call back.', 'sales');
const state = doc(z.enum(REQUEST_STATES), 'open: still to be called · done: called · dropped: nobody needs to any more.', 'open');

export const callbackView = named(
  'CallbackRequest',
  z.object({
    id,
    callId: idOf('call', 'The call in which it was asked for.'),
    brand: doc(z.string(), 'The brand it belongs to.', 'santral'),
    group,
    number: doc(z.string(), 'Whom to call; masked for all but administrators.', '+90 5** *** ** 17'),
    language,
    reason: doc(z.string(), 'What it is about; may be empty.', 'campaign'),
    requestedAt: at('When it was asked for.'),
    state,
    closedAt: maybeAt('When it was closed.'),
    closedBy: doc(z.string().nullable(), 'Who closed it.', 'ayse'),
  }),
  'A caller’s wish to be called back. Of one number at most one is open per brand and group.',
);

export const listCallbacks = contract({
  id: 'callbacks.list',
  method: 'GET',
  path: '/api/v1/callback-requests',
  tag: 'callbacks',
  summary: 'Promised return calls, newest first, by pages',
  access: SUPERVISORS,
  query: z.strictObject({
    state: state.optional(),
    group: group.optional(),
    before: doc(id, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(callbackView), next: doc(id.nullable(), 'Pass it as `before`; null on the last page.', null) }),
  },
  errors: [],
});

export const closeCallback = contract({
  id: 'callbacks.close',
  method: 'POST',
  path: '/api/v1/callback-requests/:id/close',
  tag: 'callbacks',
  summary: 'Close an open request',
  access: SUPERVISORS,
  params: z.object({ id }),
  body: z.strictObject({ state: doc(z.enum(['done', 'dropped']), 'done: they were called · dropped: nobody needs to any more.', 'done') }),
  reply: { status: 200, description: 'The request as it is now.', schema: callbackView },
  errors: ['request.not-found', 'request.conflict'],
});
