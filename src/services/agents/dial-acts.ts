import type { BrandId } from '../../domain/brand.ts';
import type { Call } from '../../domain/call.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import type { ClickToCall } from '../crm/click-to-call.ts';
import type { Floor } from '../floor/floor-shape.ts';

/** Whom an agent wants to call. */
export interface OwnDial {
  readonly to:
    | { readonly kind: 'number'; readonly number: string }
    /** The customer of the agent's own last call, whose number the agent never sees. */
    | { readonly kind: 'customer'; readonly call: CallId };
  /** In whose name; null: of the first queue the agent serves. */
  readonly queue: string | null;
  readonly requestId: string;
}

export interface DialActs {
  /**
   * Calls somebody: the agent's telephone rings first. The same wish again is the same call (`again`). Rejects with `agent.no-profile`,
   * `agent.not-now`, `call.not-allowed` with the reason, `request.invalid`, `request.not-found` and what `Calls.placeByHand` rejects with.
   */
  dial(agent: UserId, wish: OwnDial): Promise<{ readonly callId: CallId; readonly again: boolean }>;
}

export interface DialActsDeps {
  readonly floor: Pick<Floor, 'profile' | 'talks'>;
  readonly clickToCall: ClickToCall;
  readonly brand: BrandId;
  readonly nameOf: (agent: UserId) => string;
  /** A call, also one that is over. */
  readonly callOf: (id: CallId) => Promise<Pick<Call, 'direction' | 'did' | 'ani'> | undefined>;
}

export function createDialActs({ floor, clickToCall, brand, nameOf, callOf }: DialActsDeps): DialActs {
  async function customerOf(agent: UserId, id: CallId): Promise<string> {
    const call = floor.talks().lastCallOf(agent) === id ? await callOf(id) : undefined;
    const number = call?.direction === 'outbound' ? call.did : call?.ani;
    if (number === undefined) throw new SantralError('request.not-found', 'This is not the call you had last. Dial the number instead.');
    if (number === '') throw new SantralError('request.not-found', 'The customer withheld their number, so nobody can call it.');
    return number;
  }

  return {
    async dial(agent, { to, queue, requestId }) {
      const profile = floor.profile(agent);
      if (profile === undefined)
        throw new SantralError('agent.no-profile', 'This user is no agent. A supervisor makes one: PUT /api/v1/agents/:id.');
      if (queue !== null && !profile.queues.includes(queue))
        throw new SantralError('request.not-found', `You do not serve a queue "${queue}", so you cannot call in its name.`);
      const number = to.kind === 'number' ? to.number : await customerOf(agent, to.call);
      const named = queue ?? profile.queues[0] ?? null;
      const answer = await clickToCall.dial({ brand, agent: { id: agent, name: nameOf(agent) }, number, requestId, queue: named });
      if (answer.kind === 'placed') return { callId: answer.callId, again: answer.again };
      const reason = maskNumbersIn(answer.reason);
      throw new SantralError('call.not-allowed', `This person must not be called: ${reason}`, { details: { reason } });
    },
  };
}
