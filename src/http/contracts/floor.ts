import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { contract, doc, NO_CONTENT, SUPERVISORS } from '../contract.ts';
import { agentId, agentPlace, skills } from './agent-views.ts';
import { floorAgent, floorView, queueView, waitId } from './floor-views.ts';

const queue = doc(z.string().min(1).max(64), 'A queue of `flows/queues.yaml`.', 'support');
const agentParams = z.object({ id: agentId });

export const getFloor = contract({
  id: 'floor.get',
  method: 'GET',
  path: '/api/v1/floor',
  tag: 'floor',
  summary: 'Queues, waiting callers and agents at this moment, with the figures of today',
  access: SUPERVISORS,
  reply: { status: 200, description: 'The floor.', schema: floorView },
  errors: [],
});

export const followFloor = contract({
  id: 'floor.stream',
  method: 'GET',
  path: '/api/v1/floor/stream',
  tag: 'floor',
  summary: 'The floor, live',
  description:
    'Server-sent events. `event: floor` is the whole floor: at once, and again whenever something changes, at most once a second.',
  access: SUPERVISORS,
  reply: { status: 200, description: 'The stream.', schema: z.string(), contentType: 'text/event-stream' },
  errors: [],
});

export const moveWait = contract({
  id: 'floor.waits.move',
  method: 'POST',
  path: '/api/v1/floor/waits/:waitId/move',
  tag: 'floor',
  summary: 'Move a waiting caller to another queue; the wait counts on',
  access: SUPERVISORS,
  params: z.object({ waitId }),
  body: z.strictObject({ queue }),
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict'],
});

export const listQueues = contract({
  id: 'queues.list',
  method: 'GET',
  path: '/api/v1/queues',
  tag: 'floor',
  summary: 'All queues at this moment',
  access: SUPERVISORS,
  reply: { status: 200, description: 'The queues.', schema: z.object({ items: z.array(queueView) }) },
  errors: [],
});

export const listAgents = contract({
  id: 'agents.list',
  method: 'GET',
  path: '/api/v1/agents',
  tag: 'floor',
  summary: 'All agents at this moment',
  access: SUPERVISORS,
  reply: { status: 200, description: 'The agents.', schema: z.object({ items: z.array(floorAgent) }) },
  errors: [],
});

export const putAgent = contract({
  id: 'agents.put',
  method: 'PUT',
  path: '/api/v1/agents/:id',
  tag: 'floor',
  summary: 'Make a user an agent, or change what an agent can do and serves; at once, also during a talk',
  access: SUPERVISORS,
  params: agentParams,
  body: z.strictObject({
    displayName: doc(z.string().min(1).max(100), 'As colleagues read it.', 'Deniz Yılmaz'),
    language: doc(
      z.enum(LANGUAGES).optional(),
      'What the agent is spoken to in on the telephone; as it was, or the brand’s, when nothing is said.',
      'tr',
    ),
    place: doc(agentPlace.optional(), 'Where calls go; as it was, or this page, when nothing is said.'),
    skills,
    queues: doc(z.array(queue).max(100), 'The queues they serve.', ['support']),
  }),
  reply: { status: 200, description: 'The agent as they are now.', schema: floorAgent },
  errors: ['request.not-found', 'request.conflict'],
});

export const logOutAgent = contract({
  id: 'agents.log-out',
  method: 'POST',
  path: '/api/v1/agents/:id/log-out',
  tag: 'floor',
  summary: 'Log an agent out; during a talk, once it is over',
  access: SUPERVISORS,
  params: agentParams,
  reply: NO_CONTENT,
  errors: ['request.not-found', 'agent.not-now'],
});

const ear = {
  method: 'POST',
  tag: 'floor',
  access: SUPERVISORS,
  params: agentParams,
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict'],
} as const;
const HOW_IT_ENDS = 'Your own phone in the browser is rung. It ends with the talk, or when you hang up. It is written down who listened.';
export const listenIn = contract({
  ...ear,
  id: 'agents.listen',
  path: '/api/v1/agents/:id/listen',
  summary: 'Listen to an agent’s talk; neither side hears you',
  description: HOW_IT_ENDS,
});
export const whisperTo = contract({
  ...ear,
  id: 'agents.whisper',
  path: '/api/v1/agents/:id/whisper',
  summary: 'Listen, and speak to the agent alone',
  description: HOW_IT_ENDS,
});
export const bargeIn = contract({
  ...ear,
  id: 'agents.barge',
  path: '/api/v1/agents/:id/barge',
  summary: 'Join the talk: all hear each other',
  description: HOW_IT_ENDS,
});
export const leaveTalk = contract({
  ...ear,
  id: 'agents.leave',
  path: '/api/v1/agents/:id/leave',
  summary: 'Leave an agent’s talk you listen to',
});

export const makeAgentPhone = contract({
  id: 'agents.phone',
  method: 'POST',
  path: '/api/v1/agents/:id/phone',
  tag: 'floor',
  summary: 'Make an account for an agent’s desk phone, or a new password for it',
  description:
    'The password is shown this once; the engine keeps only what it hashes to. The agent is rung there: place sip, extension = username.',
  access: SUPERVISORS,
  params: agentParams,
  reply: {
    status: 200,
    description: 'What is typed into the telephone.',
    schema: z.object({
      username: doc(z.string(), 'Account and extension.', 'desk-4f2a91c3'),
      password: doc(z.string(), 'Shown this once.', 'k3-vv8Tz'),
      realm: doc(z.string(), 'Most telephones need none.', 'santral'),
    }),
  },
  errors: ['request.not-found', 'telephony.disconnected', 'telephony.timeout', 'telephony.refused'],
});
