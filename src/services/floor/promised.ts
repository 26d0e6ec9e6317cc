import type { AcdEvent, OfferEnd } from '../../domain/acd-event.ts';
import type { CallbackContact, CallbackFinding, WaitingCallback } from '../../domain/callback.ts';
import type { AcdEventId, CallId, UserId } from '../../domain/ids.ts';
import type { Queue } from '../../domain/queue.ts';
import type { FloorDeps } from './floor-shape.ts';
import type { Offers } from './offers.ts';
import type { Place, Seat } from './seat.ts';
import type { Wait } from './waits.ts';

/** A callback that waits for an agent, as a caller would. */
export interface PromiseRequest {
  /** Of our call, which is made once an agent is asked. */
  readonly callId: CallId;
  readonly queue: string;
  readonly since: number;
  /** The customer's number. Only its token is kept. */
  readonly caller: string;
  readonly callback: WaitingCallback;
  readonly passedBy: readonly UserId[];
  /** Nobody but this agent, and at once; null: whoever is next. */
  readonly agent: UserId | null;
}

export interface PromisedPlace extends Place {
  /** The wait is over; an agent who is being asked hears of it in this way. */
  withdraw(how: Exclude<OfferEnd, 'answered'>): void;
}

/** What was promised to somebody who calls by themselves now. */
export interface Linked {
  /** The place that they had already. */
  readonly since: number;
  readonly callback: WaitingCallback;
  /** Takes our own call back, and tells which agent was kept for it; null: nobody. */
  handOver(): UserId | null;
}

/** What the floor asks of whoever keeps the promises. */
export interface FloorCallbacks {
  /** What is written of somebody who hung up while waiting; null: nobody looks for them. */
  findingOf(
    wait: Pick<Wait, 'queue' | 'callId' | 'caller' | 'since' | 'language' | 'direction'>,
    left: AcdEvent & { kind: 'left' },
  ): CallbackFinding | null;
  /** What a talk keeps; null: nothing. `number` as presented. */
  contactOf(talk: AcdEvent & { kind: 'connected' }, number: string): CallbackContact | null;
  /** What was promised to who joins; null: nothing. */
  joined(call: Pick<Wait, 'callId' | 'queue' | 'caller'>): Promise<Linked | null>;
}

/** What promises need of the floor. */
export interface PromisedHost {
  readonly deps: FloorDeps;
  readonly waits: Map<CallId, Wait>;
  readonly offers: () => Offers;
  placeOf(wait: Wait, queue: Queue): Place;
  isFree(agent: UserId): boolean;
  changed(): void;
  /** Runs it as one happening: decided is once, afterwards. */
  together(run: () => void): void;
}

export interface Promised {
  /** null: there is no such queue, or the agent who is asked for is not free. */
  promise(request: PromiseRequest, seat: Seat): PromisedPlace | null;
  /** Takes over what was promised to a caller who just joined. */
  link(wait: Wait, linked: Linked): void;
}

/** Callbacks on the floor: they wait among the callers, and go over to who calls by themselves. */
export function createPromised(host: PromisedHost): Promised {
  const { deps, waits } = host;

  function withdraw(wait: Wait, how: Exclude<OfferEnd, 'answered'>): void {
    if (waits.get(wait.callId) !== wait) return;
    host.together(() => {
      waits.delete(wait.callId);
      host.offers().endOffer(wait, how, deps.clock.now());
      host.changed();
    });
  }

  return {
    promise(request, seat) {
      const queue = deps.queues().get(request.queue);
      if (queue === undefined || (request.agent !== null && !host.isFree(request.agent))) return null;
      const now = deps.clock.now();
      const { callId, since, caller, callback, passedBy } = request;
      const fresh = {
        lastAgent: null,
        told: null,
        offer: null,
        callBusy: false,
        looking: false,
        consult: false,
        language: null,
        joinedAt: 0,
        direction: 'outbound',
      } as const;
      const wait: Wait = {
        ...{ ...fresh, callId, waitId: deps.ids.next('acdEvent') as AcdEventId, queue: queue.id, since, enteredAt: now },
        ...{ class: 'standard', skills: queue.skills, passedBy, seat, caller, callback },
      };
      host.together(() => {
        waits.set(callId, wait);
        if (request.agent !== null) host.offers().offer(wait, request.agent, now);
        host.changed();
      });
      return { ...host.placeOf(wait, queue), withdraw: (how) => withdraw(wait, how) };
    },
    link(wait, linked) {
      wait.since = Math.min(wait.since, linked.since);
      wait.promised = linked.callback;
      host.together(() => {
        const agent = linked.handOver();
        if (waits.get(wait.callId) !== wait || agent === null || wait.offer !== null || wait.callBusy || !host.isFree(agent)) return;
        host.offers().offer(wait, agent, deps.clock.now());
      });
    },
  };
}
