import type { CustomerRecord, DeskNews, Pop } from '../../domain/desk-view.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import type { Log } from '../../ports/log.ts';
import type { CallEvents, ToldCall } from '../crm/call-events.ts';
import type { Floor } from '../floor/floor-shape.ts';
import type { Asker, CallerView, Matching } from '../matching/matching.ts';
import { popOf, recordOf, verificationOf } from './pop-view.ts';

/** Who may be calling, and the record once it is open, of the call on one agent's line. */
interface Shown {
  readonly callId: CallId;
  readonly pop: Pop;
  readonly customer: CustomerRecord | null;
}

export interface PopNeeds {
  readonly floor: Pick<Floor, 'watch'>;
  readonly matching: Pick<Matching, 'popFor' | 'recordFor' | 'watch'>;
  /** Other systems hear of offers and answers. */
  readonly events: Pick<CallEvents, 'offered' | 'answered'>;
  readonly callOf: (id: CallId) => ToldCall | undefined;
  /** The call on an agent's own line; null: none. */
  readonly callOfAgent: (agent: UserId) => CallId | null;
  readonly nameOf: (agent: UserId) => string;
  readonly tell: (agent: UserId, news: DeskNews) => void;
  readonly log: Log;
}

/** What agents see of who calls: told when the call is offered, and again whenever more is known. */
export interface Pops {
  of(agent: UserId): Pop | null;
  /** Tells the open record again: a page that is opened anew has it from nowhere else. */
  again(agent: UserId): void;
  stop(): void;
}

export function createPops(needs: PopNeeds): Pops {
  const { floor, matching, events, log } = needs;
  const shown = new Map<UserId, Shown>();

  const asker = (agent: UserId): Asker => ({ id: agent, name: needs.nameOf(agent) });

  async function show(agent: UserId, callId: CallId): Promise<void> {
    const seen = await matching.popFor(callId, asker(agent)).catch((error: unknown) => {
      log.debug({ callId, err: error }, 'nothing is known of who calls');
      return undefined;
    });
    if (seen === undefined || needs.callOfAgent(agent) !== callId) return;
    const customer = await recordOfVerified(agent, seen);
    shown.set(agent, { callId, pop: popOf(seen), customer });
    needs.tell(agent, { type: 'pop', callId, legId: null, data: popOf(seen) });
    if (seen.view.kind === 'verified' || customer !== null)
      needs.tell(agent, { type: 'verification', callId, legId: null, data: { verification: verificationOf(seen), customer } });
  }

  async function recordOfVerified(agent: UserId, { callId, view }: CallerView): Promise<CustomerRecord | null> {
    if (view.kind !== 'verified') return null;
    const record = await matching.recordFor(callId, asker(agent)).catch(() => undefined);
    return record === undefined ? null : recordOf(record, view.id);
  }

  function tellSystems(what: 'offered' | 'answered', agent: UserId, callId: CallId, queue: string | null): void {
    const call = needs.callOf(callId);
    if (call !== undefined) void events[what](call, { name: needs.nameOf(agent), queue });
  }

  const stopFloor = floor.watch({
    offerMade({ agent }, { callId, queue }) {
      void show(agent, callId);
      tellSystems('offered', agent, callId, queue);
    },
    fact(event) {
      if (event.kind !== 'connected') return;
      // Passed on straight to the agent: nobody offered it by way of a queue.
      if (shown.get(event.agent)?.callId !== event.callId) void show(event.agent, event.callId);
      tellSystems('answered', event.agent, event.callId, event.queue);
    },
    agentChanged({ userId }) {
      const one = shown.get(userId);
      if (one !== undefined && needs.callOfAgent(userId) !== one.callId) shown.delete(userId);
    },
  });
  const stopMatching = matching.watch((callId) => {
    for (const [agent, one] of shown) if (one.callId === callId) void show(agent, callId);
  });

  return {
    of: (agent) => shown.get(agent)?.pop ?? null,
    again(agent) {
      const one = shown.get(agent);
      if (one === undefined || one.customer === null) return;
      const data = { verification: one.pop.verification, customer: one.customer };
      needs.tell(agent, { type: 'verification', callId: one.callId, legId: null, data });
    },
    stop() {
      stopFloor();
      stopMatching();
      shown.clear();
    },
  };
}
