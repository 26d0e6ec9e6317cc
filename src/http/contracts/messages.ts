import { z } from 'zod';
import { MESSAGE_CHANNELS, MESSAGE_CLASSES, MESSAGE_STATES } from '../../domain/message.ts';
import { contract, doc, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, maybeAt, pageSize, wholeNumber } from './common.ts';

const messageId = idOf('message', 'The message.');
const messageParams = z.object({ id: messageId });
const channel = doc(z.enum(MESSAGE_CHANNELS), 'How it goes out.', 'sms');
const state = doc(
  z.enum(MESSAGE_STATES),
  'queued: not tried yet; sending; retrying: failed and tried again; sent: the provider has it; dead: given up, can be replayed; suppressed: consent forbids it; cancelled.',
  'queued',
);
const template = doc(z.string().max(100), 'Key of its text in flows/messages/, or the event of a webhook.', 'general.note');

const messageView = named(
  'Message',
  z.object({
    id: doc(messageId, 'The message; also its idempotency key at the provider.'),
    brand: doc(z.string(), 'The company it comes from.', 'santral'),
    channel,
    template,
    messageClass: doc(z.enum(MESSAGE_CLASSES), 'Commercial ones go to those only who agreed.', 'informational'),
    language,
    callId: idOf('call', 'The call that caused it.').nullable(),
    to: doc(z.string().nullable(), 'Whom it goes to, masked for everybody but administrators; null once it is wiped.', '+90 5** *** ** 17'),
    state,
    attempts: doc(z.int(), 'How often it was tried.', 1),
    nextAt: at('When it is tried next, while it waits.'),
    createdAt: at('When it was stored.'),
    endedAt: maybeAt('When it was done with.'),
    reason: doc(z.string().nullable(), 'What holds it up, or why it ended so.', 'no provider: set SANTRAL_SMS to send SMS'),
    reference: doc(z.string().nullable(), 'The provider’s own id of it.', '4711'),
  }),
  'A message on its way out, or done with.',
);

const time = (description: string) => wholeNumber(0, Number.MAX_SAFE_INTEGER, description, 1_767_225_600_000);

export const listMessages = contract({
  id: 'messages.list',
  method: 'GET',
  path: '/api/v1/messages',
  tag: 'messages',
  summary: 'Messages, newest first, by pages',
  access: SUPERVISORS,
  query: z.strictObject({
    state: doc(state, 'Only these.').optional(),
    channel: doc(channel, 'Only these.').optional(),
    template: doc(template, 'Only these.').optional(),
    from: time('Stored at or after, UTC milliseconds.').optional(),
    to: time('Stored before, UTC milliseconds.').optional(),
    before: doc(messageId, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({
      items: z.array(messageView),
      next: doc(messageId.nullable(), 'Pass it as `before`; null on the last page.'),
    }),
  },
  errors: [],
});

export const getMessage = contract({
  id: 'messages.get',
  method: 'GET',
  path: '/api/v1/messages/:id',
  tag: 'messages',
  summary: 'One message',
  access: SUPERVISORS,
  params: messageParams,
  reply: { status: 200, description: 'The message.', schema: messageView },
  errors: ['request.not-found'],
});

export const replayMessage = contract({
  id: 'messages.replay',
  method: 'POST',
  path: '/api/v1/messages/:id/replay',
  tag: 'messages',
  summary: 'Send a dead letter again',
  description: 'It gets all its attempts anew. What has been wiped cannot be sent again.',
  access: SUPERVISORS,
  params: messageParams,
  reply: { status: 200, description: 'The message as it is now.', schema: messageView },
  errors: ['request.not-found', 'request.conflict'],
});

export const replayMessages = contract({
  id: 'messages.replay-all',
  method: 'POST',
  path: '/api/v1/messages/replay',
  tag: 'messages',
  summary: 'Send all dead letters again',
  access: SUPERVISORS,
  body: z.strictObject({
    channel: doc(channel, 'Only these.').optional(),
    template: doc(template, 'Only these.').optional(),
  }),
  reply: { status: 200, description: 'How many.', schema: z.object({ replayed: doc(z.int(), 'Messages that are queued again.', 3) }) },
  errors: [],
});

export const cancelMessage = contract({
  id: 'messages.cancel',
  method: 'POST',
  path: '/api/v1/messages/:id/cancel',
  tag: 'messages',
  summary: 'Do not send a message that waits',
  access: SUPERVISORS,
  params: messageParams,
  reply: { status: 200, description: 'The message as it is now.', schema: messageView },
  errors: ['request.not-found', 'request.conflict'],
});
