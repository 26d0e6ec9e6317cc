import { z } from 'zod';
import { EAR_WAYS } from '../../domain/floor-view.ts';
import { doc, named } from '../contract.ts';
import { agentFigures, agentId, agentPlace, agentState, label, ms, nextState, skills } from './agent-views.ts';
import { at, idOf, time } from './common.ts';

const queueId = doc(z.string().min(1).max(64), 'The queue.', 'support');
export const waitId = idOf('acdEvent', 'The wait: one pass of a call through one queue.');
const share = (description: string) => doc(z.number().nullable(), `${description} 0 to 1; null where there is nothing to divide by.`, 0.82);
const maybeMs = (description: string) =>
  doc(time.nullable(), `${description} Milliseconds; null where there is nothing to average.`, 17_000);

/** A share that says how it was counted: nobody has to guess which of the many service levels it is. */
export const serviceLevel = named(
  'ServiceLevel',
  z.object({
    value: share('The service level.'),
    formula: doc(z.string(), 'How it is counted.', 'A_T / (A + Ab − Ab_s)'),
    withinMs: ms('T: answered within this.'),
    shortMs: ms('s: who hung up sooner has not been waiting.'),
    answeredWithin: doc(z.int(), 'A_T', 70),
    answered: doc(z.int(), 'A', 85),
    abandoned: doc(z.int(), 'Ab', 15),
    shortAbandoned: doc(z.int(), 'Ab_s', 5),
  }),
  'The service level with its formula and its parts.',
);

export const queueFigures = named(
  'QueueFigures',
  z.object({
    offered: doc(z.int(), 'Callers who came into the queue.', 100),
    answered: z.int(),
    abandoned: z.int(),
    shortAbandoned: z.int(),
    flowOuts: doc(z.record(z.string(), z.int()), 'Callers who left otherwise, by how.', { key: 3, overflow: 1 }),
    averageAnswerMs: maybeMs('Mean wait of those who were answered.'),
    averageHandleMs: maybeMs('(talk + hold + wrap-up) / answered.'),
    longestWaitMs: ms('The longest wait of today.'),
    abandonRate: share('(Ab − Ab_s) / (O − Ab_s).'),
    serviceLevel,
  }),
  'What a queue did since the beginning of the day, in the brand’s time zone.',
);

export const queueView = named(
  'FloorQueue',
  z.object({
    id: queueId,
    label,
    open: doc(z.boolean(), 'By its calendar.', true),
    waiting: doc(z.int(), 'Callers who wait now.', 3),
    waitingSince: doc(
      time.nullable(),
      'Since when the one waits who waits longest. UTC milliseconds; null: nobody waits.',
      1_767_258_000_000,
    ),
    agents: z.object({
      loggedIn: doc(z.int(), 'Agents of the queue who work.', 5),
      available: z.int(),
      busy: doc(z.int(), 'Reserved, ringing, talking, on hold or wrapping up.', 3),
      paused: z.int(),
      unreachable: z.int(),
    }),
    today: queueFigures,
  }),
  'A queue at this moment.',
);

export const waitView = named(
  'FloorWait',
  z.object({
    id: waitId,
    callId: idOf('call', 'The call.'),
    queue: queueId,
    class: doc(z.string(), 'The caller’s class.', 'standard'),
    since: at('Where the wait counts from.'),
    position: doc(z.int(), 'Place in the queue, 1 is next.', 1),
    number: doc(z.string(), 'Masked; empty when withheld.', '+90 5** *** ** 17'),
    skills,
    offeredTo: doc(agentId.nullable(), 'The agent whose telephone rings for them; null: nobody’s yet.'),
  }),
  'A caller who waits.',
);

export const floorAgent = named(
  'FloorAgent',
  z.object({
    id: agentId,
    name: doc(z.string(), 'The login.', 'deniz'),
    displayName: z.string(),
    place: agentPlace,
    state: agentState,
    since: at('Since when in this state.'),
    next: nextState,
    skills,
    queues: z.array(queueId),
    number: doc(z.string().nullable(), 'The number of the customer they have, masked; null: none.', '+90 5** *** ** 17'),
    ears: doc(
      z.array(
        z.object({
          user: idOf('user', 'The supervisor.'),
          name: doc(z.string(), 'Their login.', 'deniz'),
          how: doc(z.enum(EAR_WAYS), 'listen: hears both · whisper: and is heard by the agent · barge: and is heard by all.', 'listen'),
          ringing: doc(z.boolean(), 'Their telephone is not answered yet.', false),
        }),
      ),
      'Supervisors at the agent’s talk.',
      [],
    ),
    today: agentFigures,
  }),
  'An agent at this moment.',
);

export const floorView = named(
  'Floor',
  z.object({
    at: at('Of which moment this is.'),
    queues: z.array(queueView),
    waits: doc(z.array(waitView), 'In the order in which they are served.'),
    agents: z.array(floorAgent),
    knownSkills: doc(z.array(z.string()), 'Skills that queues ask for or agents have.', ['english']),
  }),
  'The whole floor at this moment.',
);
