import { z } from 'zod';
import { PAUSE_REASONS } from '../../domain/agent.ts';
import { CALL_PHASES } from '../../domain/desk-view.ts';
import { WRAP_UP_MODES } from '../../domain/queue.ts';
import { doc, named } from '../contract.ts';
import { at, idOf, time } from './common.ts';

export const agentId = idOf('user', 'The agent, as a user.');
export const callId = idOf('call', 'The call.');
export const queueId = doc(z.string().min(1).max(64), 'A queue of `flows/queues.yaml`.', 'support');
const maybeQueue = doc(queueId.nullable(), 'The queue that led to it; null: none did.', 'support');
export const pauseReason = doc(z.enum(PAUSE_REASONS), 'Why the agent takes no calls.', 'break');
export const ms = (description: string) => doc(time, `${description} Milliseconds.`, 12_000);
const maybeMs = (description: string) =>
  doc(time.nullable(), `${description} Milliseconds; null: not known, or nothing to average.`, 184_000);

/** A text in each language. */
export const label = named('Label', z.object({ tr: z.string(), en: z.string() }), 'What people call a thing, in each language.', {
  tr: 'Destek',
  en: 'Support',
});

export const queueName = z.object({ id: queueId, label });

/** As `AgentState` in the domain: an agent's state goes out as it is. */
export const agentState = named(
  'AgentState',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('offline') }),
    z.object({ kind: z.literal('available') }),
    z.object({ kind: z.literal('reserved'), callId, queue: maybeQueue }),
    z.object({ kind: z.literal('ringing'), callId, queue: maybeQueue }),
    z.object({ kind: z.literal('talking'), callId, queue: maybeQueue }),
    z.object({ kind: z.literal('held'), callId, queue: maybeQueue }),
    z.object({
      kind: z.literal('wrap-up'),
      callId,
      queue: maybeQueue,
      until: doc(time.nullable(), 'When it ends by itself. UTC milliseconds; null: not by itself.', 1_767_258_030_000),
      extended: doc(z.boolean(), 'It was made longer once, and cannot be again.', false),
    }),
    z.object({ kind: z.literal('paused'), reason: pauseReason }),
    z.object({ kind: z.literal('unreachable'), reason: z.literal('heartbeat') }),
  ]),
  'What an agent does at the moment. The server alone decides.',
);

/** As `AgentOnFloor.next` in the domain. */
export const nextState = doc(
  z.union([z.object({ kind: z.literal('paused'), reason: pauseReason }), z.object({ kind: z.literal('offline') })]).nullable(),
  'What the agent will be once talk and wrap-up are over; null: available.',
  null,
);

/** An extension or a number of the agent's own; no customer's. */
export const agentPlace = doc(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('web') }),
    z.object({ kind: z.literal('sip'), extension: doc(z.string().regex(/^[0-9a-z-]{1,32}$/), 'The desk phone’s extension.', '201') }),
    z.object({
      kind: z.literal('outside'),
      number: doc(z.string().min(1).max(40), 'Number by the trunk, in any usual form; shown masked.', '0555 000 00 12'),
    }),
  ]),
  'Where the agent’s telephone is. web: this page · sip: a desk phone · outside: a number, accepted with 1.',
  { kind: 'web' },
);

export const skills = doc(z.record(z.string(), z.int().min(1).max(9)), 'Levels by skill, 1 (a little) to 9 (expert).', { english: 5 });

/** What one agent did today. */
export const agentFigures = named(
  'AgentFigures',
  z.object({
    offered: doc(z.int(), 'Calls their telephone rang for.', 31),
    answered: doc(z.int(), 'Of those, answered.', 29),
    notAnswered: doc(z.int(), 'Of those, left ringing or refused.', 2),
    outbound: doc(z.int(), 'Calls they made themselves.', 4),
    transferred: doc(z.int(), 'Calls they passed on.', 3),
    talkMs: ms('Talking, without hold.'),
    holdMs: ms('Customers on hold.'),
    wrapMs: ms('Wrapping up.'),
    availableMs: ms('Available without a call.'),
    pausedMs: ms('Paused.'),
    loggedInMs: ms('Logged in.'),
    averageHandleMs: maybeMs('(talk + hold + wrap-up) / answered and made.'),
    occupancy: doc(z.number().nullable(), '(talk + hold + wrap-up) / (that + available), 0 to 1; null without any.', 0.83),
  }),
  'What an agent did since the beginning of the day, in the brand’s time zone.',
);

export const wrapUpRule = doc(
  z.object({
    mode: z.enum(WRAP_UP_MODES),
    ms: ms('How long it lasts.'),
    extensionMs: ms('How much longer one extension makes it; 0: none.'),
  }),
  'How talks of a queue end.',
);

export const agentView = named(
  'AgentView',
  z.object({
    id: agentId,
    name: doc(z.string(), 'The login.', 'deniz'),
    displayName: doc(z.string(), 'As colleagues read it.', 'Deniz Yılmaz'),
    place: agentPlace,
    state: agentState,
    since: at('Since when in this state.'),
    next: nextState,
    skills,
    queues: doc(z.array(queueId), 'The queues the agent serves.', ['support']),
    today: agentFigures,
  }),
  'An agent as they see themselves.',
);
export type AgentView = z.output<typeof agentView>;

/** Without `/`, which parts the steps of a path. */
const disposition = z.object({
  path: doc(z.string(), 'Where it is in the tree.', 'sale/booked'),
  label,
  leaf: doc(z.boolean(), 'It can be chosen; others only hold some.', true),
});

export const dispositionTree = named(
  'DispositionTree',
  z.object({ id: doc(z.string(), 'Name of the tree.', 'service'), items: doc(z.array(disposition), 'From the top, depth first.') }),
  'How talks can be closed.',
);

export const transferTarget = named(
  'TransferTarget',
  z.object({
    kind: doc(z.enum(['agent', 'queue', 'department', 'number']), 'What it is.', 'queue'),
    id: doc(z.string().min(1).max(64), 'Id of the agent, queue or department; or the number, in any usual form.', 'sales'),
  }),
  'To whom a call is passed on.',
);

const transferUnderWay = z.object({
  how: z.enum(['blind', 'attended']),
  to: z.object({
    kind: z.enum(['agent', 'queue', 'department', 'number']),
    id: doc(z.string(), 'As it was asked for; numbers masked.', 'sales'),
    label: doc(z.string(), 'For people.', 'Satış'),
  }),
  state: doc(z.enum(['ringing', 'talking', 'failed']), 'failed: the customer is with the agent again.', 'ringing'),
  since: at('Since when in this state.'),
});

const party = z.object({
  legId: doc(idOf('leg', 'The leg.').nullable(), 'The leg; null where it is not there yet.'),
  role: doc(z.enum(['customer', 'agent', 'target']), 'Who it is.', 'customer'),
  label: doc(z.string(), 'For people; numbers masked.', '+90 5** *** ** 17'),
  held: z.boolean(),
  muted: z.boolean(),
});

export const callCard = named(
  'CallCard',
  z.object({
    callId,
    direction: doc(z.enum(['inbound', 'outbound']), 'Who called whom.', 'inbound'),
    phase: doc(
      z.enum(CALL_PHASES),
      'offered: the agent’s telephone rings · connecting: answered, the customer is not there yet (whisper, dialling) · lost: the agent’s telephone is gone and the customer hears music until `until` · over: the talk has ended, wrap-up goes on.',
      'talking',
    ),
    since: at('Since when in this phase.'),
    until: doc(time.nullable(), 'offered, lost: when it ends by itself. UTC milliseconds; else null.', null),
    queue: doc(queueName.nullable(), 'The queue that led to it; null: none did.'),
    class: doc(z.string().nullable(), 'The caller’s class in the queue.', 'vip'),
    waitingSince: doc(time.nullable(), 'Where the wait counts from. UTC milliseconds; null: nobody waited.', 1_767_258_000_000),
    waitedMs: doc(time.nullable(), 'How long the caller had waited when the agent was reached; null before that.', 41_000),
    number: doc(z.string(), 'The customer’s number, masked; empty when withheld.', '+90 5** *** ** 17'),
    did: doc(z.string(), 'The number the caller dialled.', '02125550010'),
    callback: doc(
      z
        .object({
          id: idOf('callbackEntry', 'The callback.'),
          kind: doc(z.enum(['abandoned', 'requested']), 'They hung up before an agent answered, or asked for it.', 'abandoned'),
          count: doc(z.int().min(1), 'How often.', 2),
          firstAt: at('For the first time.'),
          about: doc(z.string(), 'What it is about; may be empty.', ''),
          attempts: doc(z.int().min(0), 'How often they were rung.', 0),
          shown: doc(z.string(), 'Whom to call, masked.', '+90 5** *** ** 17'),
        })
        .nullable(),
      'A callback, or somebody who was to get one and calls by themselves; null: neither.',
      null,
    ),
    talkingSince: doc(time.nullable(), 'Since when agent and customer talk. UTC milliseconds; null before.', 1_767_258_041_000),
    muted: doc(z.boolean(), 'The customer does not hear the agent.', false),
    recording: doc(z.enum(['off', 'on', 'paused']), 'Whether the talk is recorded.', 'on'),
    transfer: doc(transferUnderWay.nullable(), 'A transfer that is under way; null: none.', null),
    conference: doc(z.boolean(), 'Three are talking.', false),
    parties: z.array(party),
    wrapUp: doc(wrapUpRule.nullable(), 'How this talk ends; null: free at once.'),
    dispositions: doc(z.string().nullable(), 'The tree it is closed with; null: none.', 'service'),
    dispositionRequired: z.boolean(),
  }),
  'The call on an agent’s line, as the agent sees it.',
);
