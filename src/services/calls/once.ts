import { SantralError } from '../../domain/errors.ts';
import type { CallId } from '../../domain/ids.ts';
import type { CallDeps } from './deps.ts';
import type { PlaceOrder } from './place-call.ts';

/**
 * Carries an order out once for its key: the same order again gives the call that there is. Rejects with
 * `request.conflict` when the key belongs to another order, or its call is being placed at this moment.
 */
export async function placeOnce(
  { keys, clock, log }: Pick<CallDeps, 'keys' | 'clock' | 'log'>,
  order: PlaceOrder,
  callId: CallId,
  place: () => Promise<CallId>,
): Promise<CallId> {
  const { brand, key } = order;
  if (key === null) return place();
  const claim = await keys.claim({ brand, key, order: textOf(order), callId, at: clock.now() });
  switch (claim.kind) {
    case 'placed':
      return claim.callId;
    case 'placing':
      throw new SantralError('request.conflict', 'The call of this key is being placed at this moment. Ask again in a second.');
    case 'other':
      throw new SantralError('request.conflict', 'This key belongs to another order of the last 24 hours. Use a key for each order.');
    case 'ours':
      return place().catch(async (error: unknown) => {
        await keys
          .release({ brand, key, callId })
          .catch((err: unknown) => log.warn({ callId, err }, 'the key of a call could not be freed'));
        throw error;
      });
  }
}

function textOf({ number, flow, language, params, callerId, ringMs }: PlaceOrder): string {
  return JSON.stringify([number, flow, language, params, callerId, ringMs ?? null]);
}
