import type { AcdEvent } from '../../../src/domain/acd-event.ts';
import type { AgentProfile } from '../../../src/domain/agent.ts';
import type { CallId, Id, IdKind, IdSource, LegId, OfferId, UserId } from '../../../src/domain/ids.ts';
import type { Queue } from '../../../src/domain/queue.ts';
import type { Floor } from '../../../src/services/floor/floor-shape.ts';
import type { JoinAnswer, JoinRequest, Offer, Place, Seat, Talk, TalkControl } from '../../../src/services/floor/seat.ts';
import { type MemoryFloor, memoryFloorStore, openTestFloor, profileOf, queuesOf } from '../../kit/floor.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';

export const AYSE = 'ayse' as UserId;
export const BORA = 'bora' as UserId;

export function countingIds(): IdSource {
  let count = 0;
  return {
    next<K extends IdKind>(kind: K): Id<K> {
      count += 1;
      return `${kind}_${String(count).padStart(6, '0')}` as Id<K>;
    },
  };
}

const done = async () => ({ kind: 'done' }) as const;

/** A call that does whatever its agent wishes. */
export function controlOf(callId: CallId): TalkControl {
  const wishes = { hold: done, mute: done, keys: done, transfer: done, complete: done, cancel: done, conference: done, takeBack: done };
  const view = () => ({ muted: false, recording: 'off', transfer: null, conference: false, parties: [] }) as const;
  return {
    callId,
    leg: 'leg_1' as LegId,
    hangUp: () => undefined,
    phoneGone: () => undefined,
    ...{ record: done, lendEar: done, takeEar: done, ears: () => [] },
    ...wishes,
    view: () => ({ ...view(), parties: [] }),
  };
}

/** A caller of a test: what the floor told the call, and what the call does. */
export interface TestCaller {
  readonly callId: CallId;
  readonly offers: Offer[];
  readonly rescinded: OfferId[];
  readonly left: string[];
  place(): Place;
  /** Takes the last offer. */
  talk(): Talk;
}

interface StageOptions {
  readonly queues: string;
  readonly agents?: readonly (string | AgentProfile)[];
  /** Of a former process, which this one follows: nobody logs in anew. */
  readonly after?: { readonly clock: VirtualClock; readonly ids: IdSource; readonly memory: MemoryFloor };
  readonly memory?: MemoryFloor;
  /** Called before the floor starts. */
  readonly built?: (parts: StageParts) => void;
}

interface StageParts {
  readonly floor: Floor;
  readonly clock: VirtualClock;
  readonly memory: MemoryFloor;
  readonly queues: ReadonlyMap<string, Queue>;
}

/** A floor on a virtual clock and a store in memory, with agents who are logged in. */
export async function openStage({ queues: text, agents = [AYSE], after, built, memory: given }: StageOptions) {
  const { clock, ids, memory } = after ?? { clock: virtualClock(), ids: countingIds(), memory: given ?? memoryFloorStore() };
  const profiles = agents.map((one) => (typeof one === 'string' ? profileOf(one) : one));
  const queues = queuesOf(text);
  const { floor } = openTestFloor({ clock, ids, memory, queues, profiles });
  built?.({ floor, clock, memory, queues });
  await floor.start();
  if (after === undefined) for (const { userId } of profiles) floor.act(userId, { kind: 'login' });
  await clock.pass(0);
  const facts: AcdEvent[] = [];
  floor.watch({ fact: (event) => void facts.push(event) });
  let calls = 0;

  async function caller(request: Partial<JoinRequest> = {}): Promise<TestCaller> {
    calls += 1;
    const callId = request.callId ?? (`call_${calls}` as CallId);
    const offers: Offer[] = [];
    const rescinded: OfferId[] = [];
    const left: string[] = [];
    let place: Place | null = null;
    const seat: Seat = {
      offer: (offer) => void offers.push(offer),
      rescind: (id) => void rescinded.push(id),
      accept: () => undefined,
      moved(next) {
        place = next;
      },
      leave: (how) => void left.push(how),
    };
    const answer: JoinAnswer = floor.join({ queue: 'support', class: null, skills: {}, since: null, caller: '', ...request, callId }, seat);
    if (answer.kind === 'refused') left.push(answer.how);
    else {
      place = answer.place;
      place.busy(false);
    }
    await clock.pass(0);
    const placeNow = (): Place => {
      if (place === null) throw new Error('the caller has no place');
      return place;
    };
    return {
      ...{ callId, offers, rescinded, left },
      place: placeNow,
      talk() {
        const offer = offers.at(-1);
        const talk = offer === undefined ? null : placeNow().connected(offer.id, controlOf(callId), clock.now());
        if (talk === null) throw new Error('nobody is offered');
        return talk;
      },
    };
  }

  return { clock, ids, memory, floor, queues, facts, caller, state: (agent: UserId) => floor.agent(agent)?.state };
}
