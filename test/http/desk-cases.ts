import type { UserId } from '../../src/domain/ids.ts';
import type { JoinAnswer, Offer, Place, Seat, TalkControl, TalkView } from '../../src/services/floor/seat.ts';
import type { Case } from './case.ts';
import type { House } from './house.ts';

let count = 0;
const fresh = (name: string): string => `${name}-${(count += 1)}`;

/** Makes the one who asks an agent who is logged in, and gives their id. */
async function anAgent(house: House, login = true, own = true): Promise<UserId> {
  const id = house.asking;
  const { agents, acts, floor } = house.floorDesk;
  const isBusy = !['offline', 'available', undefined].includes(floor.agent(id)?.state.kind);
  // Where nobody is to be let in, nobody asks; whoever did before may be in a talk still.
  const userId =
    own && !isBusy && (await house.deps.auth.users()).some((user) => user.id === id)
      ? id
      : (await house.addUser(fresh('operator'), 'agent')).id;
  await agents.put({
    ...{
      userId,
      displayName: 'Deniz Yılmaz',
      language: 'tr',
      place: { kind: 'sip', extension: (await agents.makePhone(userId)).username },
    },
    skills: {},
    queues: ['support'],
  });
  if (login) await acts.login(userId);
  return userId;
}

/** A caller who waits; the agent who asks is being rung for them. Nobody else is there to serve them. */
async function anOffer(house: House, own = true): Promise<{ readonly agent: UserId; readonly offer: Offer; readonly place: Place }> {
  const { floor, acts, board } = house.floorDesk;
  for (const { id, state } of board.floorAgents()) if (state.kind !== 'offline') acts.logout(id);
  const agent = await anAgent(house, true, own);
  return new Promise((resolve, reject) => {
    const seat: Seat = {
      offer: (offer) => resolve({ agent, offer, place: (joined as JoinAnswer & { kind: 'joined' }).place }),
      ...{ rescind: () => undefined, accept: () => undefined, moved: () => undefined, leave: reject },
    };
    const asked = { queue: 'support', class: null, skills: {}, since: null, caller: '' };
    const joined: JoinAnswer = floor.join({ ...asked, callId: house.ids.next('call') }, seat);
    if (joined.kind === 'joined') joined.place.busy(false);
  });
}

/** A call that does whatever an agent wishes. */
function controlOf(call: Pick<TalkControl, 'callId' | 'leg'>): TalkControl {
  const done = async () => ({ kind: 'done' }) as const;
  const nothing = { hangUp: () => undefined, phoneGone: () => undefined };
  const wishes = { hold: done, mute: done, keys: done, transfer: done, complete: done, cancel: done, conference: done, takeBack: done };
  const view = (): TalkView => ({ muted: false, recording: 'off', transfer: null, conference: false, parties: [] });
  const more = { record: done, lendEar: done, takeEar: done, ears: () => [] };
  return { ...call, ...nothing, ...wishes, ...more, view };
}

export async function aTalk(house: House, own = true): Promise<UserId> {
  const { agent, offer, place } = await anOffer(house, own);
  const control = controlOf({ callId: house.ids.next('call'), leg: house.ids.next('leg') });
  place.connected(offer.id, control, house.deps.clock.now());
  return agent;
}

/** The operations of agents' desks and of the floor. */
export const DESK_CASES: { readonly [operation: string]: Case } = {
  'agent.get': {
    ask: async (house) => {
      await anAgent(house);
      return { url: '/api/v1/agent' };
    },
    status: 200,
  },
  'agent.targets': {
    ask: async (house) => {
      await anAgent(house);
      return { url: '/api/v1/agent/targets' };
    },
    status: 200,
  },
  ...Object.fromEntries(
    ([['login', {}], ['logout'], ['available'], ['pause', { reason: 'meal' }]] as const).map(([act, body]) => [
      `agent.${act}`,
      {
        ask: async (house: House) => {
          await anAgent(house);
          return { url: `/api/v1/agent/${act}`, ...(body === undefined ? {} : { body }) };
        },
        status: 200,
      },
    ]),
  ),
  ...Object.fromEntries(
    (['accept', 'refuse'] as const).map((act) => [
      `agent.call.${act}`,
      {
        ask: async (house: House) => {
          await anOffer(house);
          return { url: `/api/v1/agent/call/${act}` };
        },
        status: 204,
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['hold'],
        ['resume'],
        ['mute', { on: true }],
        ['keys', { keys: '12#' }],
        ['transfer', { how: 'blind', to: { kind: 'queue', id: 'sales' } }],
        ['transfer/complete'],
        ['transfer/cancel'],
        ['conference'],
        ['take-back'],
        ['record', { on: false }],
      ] as const
    ).map(([act, body]) => [
      `agent.call.${act.replace('/', '.')}`,
      {
        ask: async (house: House) => {
          await aTalk(house);
          return { url: `/api/v1/agent/call/${act}`, ...(body === undefined ? {} : { body }) };
        },
        status: 204,
      },
    ]),
  ),
  'agent.dial': {
    ask: async (house) => {
      await anAgent(house);
      return { url: '/api/v1/agent/dial', body: { requestId: fresh('wish'), number: '0532 123 45 67' } };
    },
    status: 200,
  },
  'agent.call.hangup': {
    ask: async (house) => {
      await aTalk(house);
      return { url: '/api/v1/agent/call/hangup' };
    },
    status: 204,
  },
  'agent.wrap-up': {
    ask: async (house) => {
      await aTalk(house);
      return { url: '/api/v1/agent/wrap-up', body: { disposition: 'solved', note: 'Tamam.' } };
    },
    status: 200,
  },
  'agent.wrap-up.extend': {
    ask: async (house) => {
      const agent = await aTalk(house);
      house.floorDesk.floor.talks().handleOf(agent)?.released('agent-hung-up', house.deps.clock.now());
      return { url: '/api/v1/agent/wrap-up/extend' };
    },
    status: 200,
  },
  'agent.wrap-up.ask': {
    ask: async (house) => {
      await aTalk(house);
      return { url: '/api/v1/agent/wrap-up/ask' };
    },
    status: 200,
  },
  'floor.get': { ask: () => ({ url: '/api/v1/floor' }), status: 200 },
  'floor.stream': { ask: () => ({ url: '/api/v1/floor/stream' }), status: 200 },
  'queues.list': { ask: () => ({ url: '/api/v1/queues' }), status: 200 },
  'agents.list': {
    ask: async (house) => {
      await anAgent(house);
      return { url: '/api/v1/agents' };
    },
    status: 200,
  },
  'agents.put': {
    ask: async (house) => ({
      url: `/api/v1/agents/${(await house.addUser(fresh('operator'), 'agent')).id}`,
      body: {
        displayName: 'Deniz Yılmaz',
        skills: { english: 5 },
        queues: ['support'],
        place: { kind: 'outside', number: '0555 000 00 12' },
      },
    }),
    status: 200,
  },
  'agents.phone': { ask: async (house) => ({ url: `/api/v1/agents/${await anAgent(house)}/phone` }), status: 200 },
  ...Object.fromEntries(
    ['listen', 'whisper', 'barge', 'leave'].map((how) => [
      `agents.${how}`,
      {
        ask: async (house: House) => {
          // One's own talk is nobody's to listen to.
          return { url: `/api/v1/agents/${await aTalk(house, false)}/${how}` };
        },
        status: 204,
      },
    ]),
  ),
  'agents.log-out': { ask: async (house) => ({ url: `/api/v1/agents/${await anAgent(house)}/log-out` }), status: 204 },
  'floor.waits.move': {
    ask: async (house) => ({ url: `/api/v1/floor/waits/${(await anOffer(house)).place.waitId}/move`, body: { queue: 'sales' } }),
    status: 204,
  },
};
