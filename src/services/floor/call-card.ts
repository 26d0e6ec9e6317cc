import type { AgentOnFloor } from '../../domain/agent.ts';
import type { Call } from '../../domain/call.ts';
import type { CallCard } from '../../domain/desk-view.ts';
import type { CallId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Queue } from '../../domain/queue.ts';
import type { OpenDirect } from './direct.ts';
import type { Floor } from './floor-shape.ts';
import type { OpenTalk } from './talks.ts';
import type { OpenOffer, Wait } from './waits.ts';

export type CallFacts = Pick<Call, 'ani' | 'did' | 'direction'>;

export interface CardNeeds {
  readonly floor: Pick<Floor, 'offerOf' | 'directs' | 'talks'>;
  readonly queues: () => ReadonlyMap<string, Queue>;
  readonly callOf: (id: CallId) => CallFacts | undefined;
}

/** The call on an agent's line; null: none. */
export function callCardOf(needs: CardNeeds, agent: AgentOnFloor): CallCard | null {
  const offered = needs.floor.offerOf(agent.userId);
  if (offered !== undefined) return offeredCard(needs, offered.wait, offered.offer);
  const direct = needs.floor.directs().of(agent.userId);
  if (direct !== undefined) return directCard(needs, direct);
  const talk = needs.floor.talks().of(agent.userId);
  return talk === undefined ? null : talkCard(needs, talk, agent);
}

function offeredCard(needs: CardNeeds, wait: Wait, { at }: OpenOffer): CallCard {
  const queue = needs.queues().get(wait.queue);
  const until = queue === undefined ? null : at + queue.offerMs;
  const waited = { waitingSince: wait.since, waitedMs: null, class: wait.class };
  const offered = { ...common(needs, wait.callId, queue), ...waited, phase: 'offered', since: at, until, talkingSince: null } as const;
  const { callback } = wait;
  if (callback === null) return { ...offered, callback: wait.promised ?? null };
  // Nobody is on the line yet: who it will be, the promise says.
  return { ...offered, callback, direction: 'outbound', number: callback.shown };
}

/** A colleague passes the call on, or the agent's own call is on its way. */
function directCard(needs: CardNeeds, { callId, at, until, own }: OpenDirect): CallCard {
  const nobody = { waitingSince: null, waitedMs: null, class: null };
  if (own !== null) {
    const queue = own.queue === null ? undefined : needs.queues().get(own.queue);
    return {
      ...common(needs, callId, queue),
      ...nobody,
      direction: 'outbound',
      phase: 'connecting',
      since: at,
      until: null,
      talkingSince: null,
    };
  }
  return { ...common(needs, callId, undefined), ...nobody, phase: 'offered', since: at, until, talkingSince: null };
}

function talkCard(needs: CardNeeds, talk: OpenTalk, { since }: AgentOnFloor): CallCard {
  const view = talk.over ? null : (talk.control?.view() ?? null);
  const queue = talk.ruledBy === null ? undefined : needs.queues().get(talk.ruledBy);
  const lost = talk.over ? null : talk.away;
  const phase = talk.over ? 'over' : lost !== null ? 'lost' : talk.heldSince === null ? 'talking' : 'held';
  const waited = { waitingSince: talk.waitingSince, waitedMs: talk.waitingSince === null ? null : talk.since - talk.waitingSince };
  return {
    ...common(needs, talk.callId, queue),
    ...waited,
    class: talk.class,
    phase,
    since: lost?.since ?? since,
    until: lost?.until ?? null,
    talkingSince: talk.since,
    ...view,
  };
}

function common({ callOf }: CardNeeds, callId: CallId, queue: Queue | undefined) {
  const call = callOf(callId);
  const [customers, ours] = call?.direction === 'outbound' ? [call.did, call.ani] : [call?.ani ?? '', call?.did ?? ''];
  const number = maskNumber(customers);
  const name = queue === undefined ? null : { id: queue.id, label: queue.label };
  const afterwards = {
    wrapUp: queue === undefined || queue.wrapUp.mode === 'none' ? null : queue.wrapUp,
    dispositions: queue?.dispositions ?? null,
    dispositionRequired: queue?.dispositionRequired ?? false,
  };
  const fixed = { callback: null, muted: false, recording: 'off', transfer: null, conference: false } as const;
  return {
    callId,
    direction: call?.direction ?? 'inbound',
    queue: name,
    number,
    did: ours,
    ...fixed,
    parties: [],
    ...afterwards,
  };
}
