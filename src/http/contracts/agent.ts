import { z } from 'zod';
import type { ErrorCode } from '../../domain/errors.ts';
import { AGENTS, contract, doc, NO_CONTENT } from '../contract.ts';
import { agentSnapshot } from './agent-socket.ts';
import { agentId, agentPlace, agentView, callId, pauseReason, queueId, queueName, transferTarget } from './agent-views.ts';
import { time } from './common.ts';

const BASE = '/api/v1/agent';
/** Where the agent's state, or the call on their line, does not allow it; and where they are no agent at all. */
const NOT_NOW = ['agent.not-now', 'agent.no-profile'] as const satisfies readonly ErrorCode[];
const ME = { status: 200, description: 'The agent as they are now.', schema: agentView } as const;
const shared = { method: 'POST', tag: 'agent', access: AGENTS } as const;
const TELEPHONY = [
  'telephony.disconnected',
  'telephony.timeout',
  'telephony.refused',
  'telephony.gone',
] as const satisfies readonly ErrorCode[];

export const getAgent = contract({
  id: 'agent.get',
  method: 'GET',
  path: BASE,
  tag: 'agent',
  summary: 'Me as an agent: my state, the call on my line, what I can choose from',
  access: AGENTS,
  reply: { status: 200, description: 'All that the agent’s page shows.', schema: agentSnapshot },
  errors: ['agent.no-profile'],
});

export const listTargets = contract({
  id: 'agent.targets',
  method: 'GET',
  path: `${BASE}/targets`,
  tag: 'agent',
  summary: 'To whom a call can be passed on, besides numbers',
  access: AGENTS,
  reply: {
    status: 200,
    description: 'Colleagues who work, queues, and departments.',
    schema: z.object({
      agents: z.array(
        z.object({ id: agentId, name: doc(z.string(), 'For people.', 'Deniz Yılmaz'), free: doc(z.boolean(), 'Available now.', true) }),
      ),
      queues: z.array(z.object({ ...queueName.shape, waiting: doc(z.int(), 'Callers who wait there.', 2) })),
      departments: z.array(
        z.object({
          ...queueName.shape,
          free: doc(z.boolean(), 'Somebody would be rung there now: within its hours, and not all away.', true),
        }),
      ),
    }),
  },
  errors: ['agent.no-profile'],
});

export const loginAgent = contract({
  ...shared,
  id: 'agent.login',
  path: `${BASE}/login`,
  summary: 'Begin to work: available for calls',
  body: z.strictObject({ place: doc(agentPlace, 'Where the telephone is today; the profile’s when nothing is said.').optional() }),
  reply: ME,
  errors: [...NOT_NOW, ...TELEPHONY, 'request.conflict'],
});

export const logoutAgent = contract({
  ...shared,
  id: 'agent.logout',
  path: `${BASE}/logout`,
  summary: 'Stop working; during a talk, once it and its wrap-up are over',
  reply: ME,
  errors: [...NOT_NOW],
});

export const makeAvailable = contract({
  ...shared,
  id: 'agent.available',
  path: `${BASE}/available`,
  summary: 'Take calls; during a talk, once it and its wrap-up are over',
  reply: ME,
  errors: [...NOT_NOW],
});

export const pauseAgent = contract({
  ...shared,
  id: 'agent.pause',
  path: `${BASE}/pause`,
  summary: 'Take no calls for a while; during a talk, once it and its wrap-up are over',
  body: z.strictObject({ reason: pauseReason }),
  reply: ME,
  errors: [...NOT_NOW],
});

const CALL = `${BASE}/call`;
const call = { ...shared, reply: NO_CONTENT, errors: [...NOT_NOW, ...TELEPHONY] } as const;

export const acceptCall = contract({
  ...call,
  id: 'agent.call.accept',
  path: `${CALL}/accept`,
  summary: 'Take the call that is offered, where the telephone itself cannot be picked up from the page',
});
export const refuseCall = contract({
  ...call,
  id: 'agent.call.refuse',
  path: `${CALL}/refuse`,
  summary: 'Refuse the call that is offered',
});
export const holdCall = contract({ ...call, id: 'agent.call.hold', path: `${CALL}/hold`, summary: 'Put the customer on hold, with music' });
export const resumeCall = contract({ ...call, id: 'agent.call.resume', path: `${CALL}/resume`, summary: 'Talk with the customer again' });
export const hangUpCall = contract({
  ...call,
  id: 'agent.call.hangup',
  path: `${CALL}/hangup`,
  summary: 'Leave the talk; the flow goes on',
});
export const muteCall = contract({
  ...call,
  id: 'agent.call.mute',
  path: `${CALL}/mute`,
  summary: 'Let the customer hear me or not',
  body: z.strictObject({ on: doc(z.boolean(), 'true: the customer does not hear me.', true) }),
});
export const recordCall = contract({
  ...call,
  id: 'agent.call.record',
  path: `${CALL}/record`,
  summary: 'Pause the call’s recording (card data), or go on with it',
  body: z.strictObject({
    on: doc(
      z.boolean(),
      'false: nothing is recorded until this is true, the talk is over, or SANTRAL_RECORDING_PAUSE_SECONDS have passed.',
      false,
    ),
  }),
});
export const pressKeys = contract({
  ...call,
  id: 'agent.call.keys',
  path: `${CALL}/keys`,
  summary: 'Send keys to the customer’s side',
  body: z.strictObject({ keys: doc(z.string().regex(/^[0-9A-D*#]{1,32}$/), 'The keys, in order.', '1') }),
});

export const startTransfer = contract({
  ...call,
  id: 'agent.call.transfer',
  path: `${CALL}/transfer`,
  summary: 'Pass the call on',
  description:
    'blind: at once. attended: the agent talks with the target first, the customer hears music; then complete, cancel or conference. To a queue attended: whoever of the queue is next is rung, one after the other; complete before somebody has answered leaves the customer in the queue.',
  body: z.strictObject({ how: doc(z.enum(['blind', 'attended']), 'How.', 'attended'), to: transferTarget }),
  errors: [...call.errors, 'request.not-found'],
});
export const completeTransfer = contract({
  ...call,
  id: 'agent.call.transfer.complete',
  path: `${CALL}/transfer/complete`,
  summary: 'Leave customer and target to each other',
});
export const cancelTransfer = contract({
  ...call,
  id: 'agent.call.transfer.cancel',
  path: `${CALL}/transfer/cancel`,
  summary: 'Go back to the customer without the target',
});
export const startConference = contract({
  ...call,
  id: 'agent.call.conference',
  path: `${CALL}/conference`,
  summary: 'Customer, target and I talk together',
});
export const takeBackCall = contract({
  ...call,
  id: 'agent.call.take-back',
  path: `${CALL}/take-back`,
  summary: 'Take back a call that I have passed on blindly and nobody has answered yet',
});

export const endWrapUp = contract({
  ...shared,
  id: 'agent.wrap-up',
  path: `${BASE}/wrap-up`,
  summary: 'Close the talk with a disposition; ends the wrap-up',
  description:
    'Also during the talk: then it is kept, and the wrap-up ends as soon as the talk does. Where the disposition says noteRequired or followUp, note or followUp must be there; a time that is over is refused.',
  body: z.strictObject({
    disposition: doc(z.string().max(200).nullable(), 'Path in the tree; null: none is chosen.', 'sale/booked'),
    note: doc(
      z.string().max(4000),
      'For supervisors. Needed where the disposition says noteRequired.',
      'Salı sabahı aranmak istiyor',
    ).default(''),
    followUp: doc(
      time.nullable(),
      'When to come back to it, not before now. Needed where the disposition says followUp. UTC milliseconds; null: not.',
      1_767_258_000_000,
    ).default(null),
  }),
  reply: ME,
  errors: [...NOT_NOW],
});
export const extendWrapUp = contract({
  ...shared,
  id: 'agent.wrap-up.extend',
  path: `${BASE}/wrap-up/extend`,
  summary: 'Make this wrap-up longer, once',
  reply: ME,
  errors: [...NOT_NOW],
});
export const askWrapUp = contract({
  ...shared,
  id: 'agent.wrap-up.ask',
  path: `${BASE}/wrap-up/ask`,
  summary: 'During the talk: I will need a wrap-up after it',
  reply: ME,
  errors: [...NOT_NOW],
});

export const dialNumber = contract({
  ...shared,
  id: 'agent.dial',
  path: `${BASE}/dial`,
  summary: 'Call somebody: my telephone rings first, then theirs',
  description:
    'Who never wants to be contacted is not called, and the message says why. The same requestId, or the same number within 5 seconds, is the same call: the answer says again, and nothing is dialled.',
  body: z
    .strictObject({
      requestId: doc(z.string().min(1).max(100), 'The page’s own name for this wish; the same when it is sent again.', 'b1946ac9'),
      number: doc(z.string().min(1).max(40).optional(), 'Whom to call, in any usual form.', '0532 123 45 67'),
      customer: doc(callId.optional(), 'Instead of a number: the customer of the call I have or had last.'),
      queue: doc(queueId.optional(), 'In whose name I call: its caller id, wrap-up and dispositions. Default: my first queue.', 'support'),
    })
    .refine(({ number, customer }) => (number === undefined) !== (customer === undefined), 'Give number or customer, one of them.'),
  reply: {
    status: 200,
    description: 'The call, which is on record; what becomes of it is told over the socket.',
    schema: z.object({ callId, again: doc(z.boolean(), 'An earlier wish led to this call.', false) }),
  },
  errors: [...NOT_NOW, ...TELEPHONY, 'call.not-allowed', 'request.conflict', 'request.not-found', 'request.too-many', 'engine.not-ready'],
});
