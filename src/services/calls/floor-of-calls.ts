import type { CallId, UserId } from '../../domain/ids.ts';
import type { DirectOffer, DirectSeat, JoinAnswer, JoinRequest, OwnCall, Seat, Talk, TalkControl } from '../floor/seat.ts';

/** What calls need of the floor. */
export interface FloorOfCalls {
  join(request: JoinRequest, seat: Seat): JoinAnswer;
  consult(request: JoinRequest, seat: Seat): JoinAnswer;
  takeUp(callId: CallId, agent: UserId, control: TalkControl): Talk | null;
  reserve(agent: UserId, callId: CallId, seat: DirectSeat, own?: OwnCall | null): Promise<DirectOffer | null>;
  /** Calls of an engine that is gone: who waited in one has left. Rejects where that cannot be looked up. */
  leftBehind(calls: readonly CallId[]): Promise<void>;
  /** Asterisk's endpoint of the agent's page; null: the telephone is elsewhere, or there is no page. */
  pageOf(agent: UserId): string | null;
}
