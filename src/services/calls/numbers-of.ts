import type { Call } from '../../domain/call.ts';

type Numbers = Pick<Call, 'direction' | 'did' | 'ani'>;

/** The customer's number, whoever called; empty when withheld. */
export function customerOf({ direction, did, ani }: Numbers): string {
  return direction === 'inbound' ? ani : did;
}

/** Our own number of the call, where it is one: an agent sees for whom to answer, and nobody's own number. */
export function ownNumberOf({ direction, did, ani }: Numbers): string | null {
  const ours = direction === 'inbound' ? did : ani;
  return /^\+?[0-9]{1,20}$/.test(ours) ? ours : null;
}
