import { z } from 'zod';
import { doc, named } from '../contract.ts';
import { agentView, callCard, dispositionTree, pauseReason, queueName } from './agent-views.ts';
import { customerRecord, pop, verification } from './candidates.ts';
import { at, idOf } from './common.ts';

export const agentSnapshot = named(
  'AgentSnapshot',
  z.object({
    me: agentView,
    queues: doc(z.array(queueName), 'All queues of the brand, also to transfer to.'),
    call: doc(callCard.nullable(), 'The call on the line; null: none.'),
    pop: doc(pop.nullable(), 'Who may be calling; null without a call, or while the match is under way.'),
    pauseReasons: z.array(pauseReason),
    dispositions: z.array(dispositionTree),
  }),
  'All that an agent’s page shows.',
);

/** What the server tells on the agent's socket, by `type`. */
export const AGENT_NEWS = {
  hello: z.object({
    /** Names the stream: after a restart of the engine numbers begin anew, under another name. */
    stream: z.string(),
    snapshot: agentSnapshot.nullable(),
    resumedFrom: z.int().nullable(),
  }),
  state: agentView,
  offer: callCard,
  'offer-over': z.object({ how: z.enum(['answered', 'no-answer', 'refused', 'rescinded', 'failed']) }),
  pop,
  call: callCard,
  'call-over': z.object({ how: z.enum(['caller-hung-up', 'agent-hung-up', 'transferred', 'agent-lost', 'ended-by-user', 'failed']) }),
  verification: z.object({ verification, customer: customerRecord.nullable() }),
  notice: z.object({ code: z.string() }),
  superseded: z.object({}),
} as const;
export type AgentNewsType = keyof typeof AGENT_NEWS;

export const agentMessage = named(
  'AgentMessage',
  z.object({
    brand: z.string(),
    seq: doc(z.int(), 'One more than the message before, per agent. hello and superseded repeat the last one.', 17),
    eventId: doc(z.string(), 'The same when the message is sent again.', 'k3v9x2.17'),
    callId: idOf('call', 'The call it is about.').nullable(),
    legId: idOf('leg', 'The leg it is about.').nullable(),
    type: z.enum(Object.keys(AGENT_NEWS) as [AgentNewsType, ...AgentNewsType[]]),
    at: at('When it happened.'),
    data: z.unknown(),
  }),
  'What the server tells an agent’s page.',
);

/** What a page says: hello once, first; then a heartbeat every 5 s. */
export const agentSays = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hello'),
    lastSeq: z.int().min(0).nullable(),
    /** The stream `lastSeq` is of; without it, a snapshot is sent. */
    stream: z.string().max(64).nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('heartbeat') }),
]);
