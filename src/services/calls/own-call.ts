import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { E164 } from '../../domain/phone-number.ts';
import { BY_HAND_FLOW } from '../../flow/by-hand-flow.ts';
import type { DirectSeat } from '../floor/seat.ts';
import type { ByHandOrder } from './by-hand.ts';
import type { CallDeps } from './deps.ts';
import { type PlacedCall, recordPlacedCall } from './place-call.ts';
import { acceptOwnWords } from './queue-words.ts';

/** A call that an agent makes. */
export interface OwnCallOrder {
  readonly brand: BrandId;
  readonly agent: UserId;
  readonly number: E164;
  readonly language: Language;
  /** In whose name: it serves the customer where the agent is gone, and its rules end the talk; null: no queue's. */
  readonly queue: string | null;
  /** The number shown to the customer; null: the trunk's own. */
  readonly callerId: string | null;
  readonly failed: ByHandOrder['failed'];
  /**
   * Keeps others from calling the customer meanwhile, before the agent is rung; what it gives is called where the call comes
   * to nothing before it is on record, else the call's end tells. Whatever it rejects with is the answer.
   */
  readonly lock: (id: CallId) => Promise<() => Promise<void>>;
}

/**
 * Reserves the agent and puts the call on record; nothing rings yet. Rejects with `agent.not-now`, and with what `lock`
 * and `recordPlacedCall` reject with; then the agent is free again.
 */
export async function recordOwnCall(
  deps: CallDeps,
  id: CallId,
  { agent, queue, failed, lock, ...order }: OwnCallOrder,
  seat: DirectSeat,
): Promise<Pick<PlacedCall, 'record' | 'release'> & { readonly order: ByHandOrder }> {
  const direct = await deps.floor.reserve(agent, id, seat, { queue });
  if (direct === null)
    throw new SantralError('agent.not-now', 'You are not free at the moment, or your telephone is not there.', {
      details: { reason: 'not-free' },
    });
  let unlock = async (): Promise<void> => undefined;
  try {
    unlock = await lock(id);
    const params = { queue: queue ?? '' };
    const placed = await recordPlacedCall(deps, id, { ...order, flow: BY_HAND_FLOW, params, messageClass: 'informational', key: null });
    const { record, release, request } = placed;
    const saying = { release, zone: deps.settings.zone, now: deps.clock.now() };
    const accept = direct.offer.accept === 'key' ? acceptOwnWords(direct.offer.language, saying) : [];
    return { record, release, order: { direct, request, words: { accept, whisper: [] }, failed } };
  } catch (error) {
    direct.over('rescinded', deps.clock.now());
    await unlock().catch((err: unknown) => deps.log.warn({ callId: id, err }, 'a customer is kept from being called until the next look'));
    throw error;
  }
}
