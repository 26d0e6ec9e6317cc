import type { z } from 'zod';
import type { Call, Leg } from '../../domain/call.ts';
import { maskNumber, maskNumbersIn } from '../../domain/mask-number.ts';
import type { AccessToken, Role, User } from '../../ports/stores.ts';
import type { tokenView, userView } from '../contracts/auth.ts';
import type { callView, legView } from '../contracts/calls.ts';

/** Without the password's hash. */
export function viewUser({ id, name, role, mustChangePassword, createdAt, disabledAt }: User): z.output<typeof userView> {
  return { id, name, role, mustChangePassword, createdAt, disabledAt };
}

/** Without the secret's hash. */
export function viewToken({ id, kind, label, createdAt, expiresAt }: AccessToken): z.output<typeof tokenView> {
  return { id, kind, label, createdAt, expiresAt };
}

/** The customer's number is the presented one of an inbound call, the dialled one of an outbound call. */
export function viewCall(call: Call, role: Role): z.output<typeof callView> {
  const { id, brand, direction, state, did, ani, flow, release, language, sessionId, startedAt, answeredAt, endedAt, termination } = call;
  const whole = role === 'admin';
  const shownDid = whole || direction === 'inbound' ? did : maskNumber(did);
  const shownAni = whole || direction === 'outbound' ? ani : maskNumber(ani);
  const rest = { id, brand, direction, state, flow, release, language, sessionId, startedAt, answeredAt, endedAt, termination };
  return Object.assign(rest, { did: shownDid, ani: shownAni });
}

export function viewLeg(leg: Leg, role: Role): z.output<typeof legView> {
  const { id, startedAt, answeredAt, endedAt, outcome, hangupCause, sipCode, endpoint } = leg;
  const shownEndpoint = role === 'admin' ? endpoint : maskNumbersIn(endpoint);
  return { id, role: leg.role, endpoint: shownEndpoint, startedAt, answeredAt, endedAt, outcome, hangupCause, sipCode };
}
