import type { UserId } from '../domain/ids.ts';
import type { Decided, FloorDecision, FloorState } from './floor-state.ts';
import { type FreeAgents, freeAgents } from './free-agents.ts';
import { leavingOf, overflowAt } from './leaving.ts';
import { type Ranked, ranked } from './order.ts';
import { type Shares, shareOut } from './shares.ts';
import { needAfter, wideningTimes } from './skills.ts';
import { heldFor } from './sticky.ts';

/**
 * Who leaves, and which agents are offered whom, at `now` (UTC ms). Afterwards no caller who may be offered waits beside a
 * free agent who can serve them, but those who wait for the agent they talked with last. Two calls with the same state give the same.
 */
export function decide(state: FloorState, now: number): Decided {
  const leaving = leavingOf(state, now);
  const left = new Set(leaving.map(({ callId }) => callId));
  const staying = ranked(state, now).filter(({ wait }) => !left.has(wait.callId));
  const open = staying.filter(({ wait }) => wait.offeredTo === null && !wait.busy);
  const free = freeAgents(state);
  const shares = shareOut(open, state.callbackCredit);
  const offers = match(open, shares, (one) => take(one, state, free, now));
  const offered = new Set(offers.map(({ callId }) => callId));
  const remaining = staying.filter(({ wait }) => !offered.has(wait.callId));
  const unserved = open.filter(({ wait }) => !offered.has(wait.callId));
  const times = [
    ...remaining.map(({ wait, queue }) => overflowAt(wait, queue)),
    ...unserved.map((one) => nextChance(one, state, free, now)),
  ];
  const wakeAt = times.reduce((first, time) => Math.min(first, time), Infinity);
  return { decisions: [...leaving, ...offers], wakeAt: wakeAt === Infinity ? null : wakeAt, callbackCredit: shares.credit };
}

type Offer = Extract<FloorDecision, { kind: 'offer' }>;

/** Everybody in turn. Callbacks beyond their share let live callers go first, and have what agents those leave. */
function match(open: readonly Ranked[], shares: Shares, agentFor: (one: Ranked) => UserId | undefined): readonly Offer[] {
  const offers: Offer[] = [];
  const later: Ranked[] = [];
  const serve = (one: Ranked): boolean => {
    const agent = agentFor(one);
    if (agent === undefined) return false;
    offers.push({ kind: 'offer', callId: one.wait.callId, agent });
    shares.served(one);
    return true;
  };
  for (const one of open) {
    if (!shares.hasTurn(one)) later.push(one);
    else if (serve(one)) catchUp(later, shares, serve);
  }
  for (const one of later) serve(one);
  return offers;
}

/** Callbacks whose turn has come by the last offer. */
function catchUp(later: Ranked[], shares: Shares, serve: (one: Ranked) => boolean): void {
  for (let next = later.find(shares.hasTurn); next !== undefined; next = later.find(shares.hasTurn)) {
    later.splice(later.indexOf(next), 1);
    serve(next);
  }
}

/** Reserves an agent for the caller; undefined: nobody for now. */
function take(one: Ranked, state: FloorState, free: FreeAgents, now: number): UserId | undefined {
  const { wait, queue } = one;
  if (!free.some(queue.id)) return undefined;
  const held = heldFor(one, state, now);
  const agent = held?.agent ?? free.find(queue.id, needAfter(wait.skills, queue.widening, now - wait.since), wait.passedBy);
  if (agent === undefined || !free.has(agent)) return undefined;
  free.take(agent);
  return agent;
}

/** UTC ms at which an agent who is free now may serve the caller although nothing happens; Infinity: never. */
function nextChance(one: Ranked, state: FloorState, free: FreeAgents, now: number): number {
  const { wait, queue } = one;
  if (!free.some(queue.id)) return Infinity;
  const from = heldFor(one, state, now)?.until ?? now;
  const times = [from, ...wideningTimes(queue.widening).map((afterMs) => Math.max(from, wait.since + afterMs))];
  const able = (time: number) =>
    time > now && free.find(queue.id, needAfter(wait.skills, queue.widening, time - wait.since), []) !== undefined;
  return times.find(able) ?? Infinity;
}
