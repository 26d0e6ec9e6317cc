import type { Callback, CallbackFinding, CallbackOutcome, CallbackRules, CloseReason } from '../domain/callback.ts';
import type { CallId, UserId } from '../domain/ids.ts';
import { afterAttempt, delayAfter } from './callback-retry.ts';

/** What happens to a callback. `at` comes beside it. */
export type CallbackEvent =
  /** Abandoned once more, or asked for it. */
  | { readonly kind: 'found'; readonly finding: CallbackFinding }
  /** An agent is being asked, null: the customer comes first; our call for it has this id. */
  | { readonly kind: 'reserve'; readonly agent: UserId | null; readonly callId: CallId }
  /** That agent did not take it, or is gone: no attempt, the next one is asked. */
  | { readonly kind: 'let-go'; readonly callId: CallId }
  /** The agent is there: the customer is dialled. */
  | { readonly kind: 'dial'; readonly callId: CallId }
  /** Our call came to nothing. */
  | { readonly kind: 'ended'; readonly callId: CallId; readonly outcome: CallbackOutcome }
  /** Our own fault before anybody was dialled, or somebody else of the house rings them: neither an attempt nor the agent's doing; not again before `faultMs`. */
  | { readonly kind: 'put-off'; readonly callId: CallId }
  /** The customer is on the line by a call of their own. `stopped`: our call to them, which was taken back unanswered; null: none was. */
  | { readonly kind: 'caller-called'; readonly callId: CallId; readonly stopped: CallId | null }
  /** An agent dials the number by hand in this call: nobody else does meanwhile. */
  | { readonly kind: 'by-hand'; readonly callId: CallId }
  /** That call, theirs or the one by hand, is over, and no agent talked with them. */
  | { readonly kind: 'caller-left'; readonly callId: CallId }
  /** An agent of the group talks with them. */
  | { readonly kind: 'served'; readonly callId: CallId; readonly how: 'served-inbound' | 'served-outbound' }
  /** The talk that closed it was too short to be one. `isAttempt`: our own call for it, and not one made by hand. */
  | { readonly kind: 'not-reached'; readonly callId: CallId; readonly isAttempt: boolean }
  | { readonly kind: 'close'; readonly reason: CloseReason; readonly by: string }
  /** A supervisor moves it in the order. */
  | { readonly kind: 'move'; readonly since: number }
  /** Somebody of the house wants it called now. */
  | { readonly kind: 'now' }
  /** Nobody had it when the engine looked. `callId`: the call it was last known by. */
  | { readonly kind: 'lost'; readonly callId: CallId | null }
  | { readonly kind: 'expire' };

export type CallbackStep =
  /** The entry's `version` is one more. */
  | { readonly kind: 'changed'; readonly callback: Callback }
  /** It does not concern this state. */
  | { readonly kind: 'ignored' };

const IGNORED: CallbackStep = { kind: 'ignored' };

/** The callback after the event. Pure; every change is one version more, and what is closed stays closed, save by a talk that was none. */
export function nextCallback(now: Callback, event: CallbackEvent, rules: CallbackRules, at: number): CallbackStep {
  if (event.kind === 'not-reached') return reopened(now, event, rules, at);
  if (now.state === 'closed') return IGNORED;
  switch (event.kind) {
    case 'found':
      return changed(now, merged(now, event.finding), at);
    case 'reserve':
      return isFree(now, at) ? changed(now, { state: 'reserved', agent: event.agent, callId: event.callId }, at) : IGNORED;
    case 'let-go':
      return isOurs(now, event.callId, 'reserved') ? changed(now, { agent: null, state: 'open' }, at) : IGNORED;
    case 'put-off':
      return isOurs(now, event.callId, 'reserved')
        ? changed(now, { agent: null, state: 'retry-wait', dueAt: at + rules.faultMs }, at)
        : IGNORED;
    case 'dial':
      return isOurs(now, event.callId, 'reserved') && now.linked === null ? changed(now, { state: 'dialing' }, at) : IGNORED;
    case 'ended':
      return ended(now, event.callId, event.outcome, rules, at);
    case 'caller-called':
      return called(now, event, rules, at);
    case 'by-hand':
      return isIdle(now) && now.linked === null ? changed(now, { linked: event.callId }, at) : IGNORED;
    case 'caller-left':
      return now.linked === event.callId ? changed(now, { linked: null }, at) : IGNORED;
    case 'served':
      return changed(now, closed(event.how, 'agent', at, event.callId), at);
    case 'close':
      return changed(now, closed(event.reason, event.by, at, now.callId), at);
    case 'move':
      return changed(now, { since: event.since }, at);
    case 'now':
      return isIdle(now) ? changed(now, { dueAt: Math.min(now.dueAt, at) }, at) : IGNORED;
    case 'lost':
      return lost(now, event.callId, rules, at);
    case 'expire':
      return at >= now.expiresAt && isIdle(now) && now.linked === null
        ? changed(now, closed('expired', 'engine', at, now.callId), at)
        : IGNORED;
  }
}

/** A new entry, as it is first written. */
export function newCallback(id: Callback['id'], finding: CallbackFinding & { who: { kind: 'number' } }, shown: string): Callback {
  const { brand, group, kind, origin, language, about, queue, at, since, expiresAt } = finding;
  const nothingYet = { agent: null, callId: null, linked: null, closedAt: null, reason: null, closedBy: null } as const;
  return {
    ...{ id, brand, group, kind, origin, number: finding.who.number, shown, language, about, queue },
    ...{ firstAt: at, lastAt: at, count: 1, since, state: 'open', attempts: 0, faults: 0, expiresAt },
    dueAt: finding.notBefore ?? at,
    ...nothingYet,
    changedAt: at,
    version: 1,
  };
}

/** Nobody is asked and nobody is dialled. */
function isIdle({ state }: Callback): boolean {
  return state === 'open' || state === 'retry-wait';
}

/** May be given to an agent at that moment. */
export function isFree(one: Callback, at: number): boolean {
  return isIdle(one) && one.linked === null && one.dueAt <= at && at < one.expiresAt;
}

function isOurs(one: Callback, callId: CallId, state: Callback['state']): boolean {
  return one.state === state && one.callId === callId;
}

type Change = Partial<Omit<Callback, 'id' | 'version'>>;

function changed(now: Callback, change: Change, at: number): CallbackStep {
  return { kind: 'changed', callback: { ...now, ...change, changedAt: at, version: now.version + 1 } };
}

function closed(reason: CloseReason, closedBy: string, closedAt: number, callId: CallId | null): Change {
  return { state: 'closed', reason, closedBy, closedAt, callId, linked: null };
}

/**
 * Called again and still not reached: one more, the first time stays. Who asks for it in a call is not the one who hung up
 * any more. A wait that began earlier keeps its place. A web form says whose number it is, and nobody knows whether it is
 * true: what a call has brought is told as it was, and called no later for it.
 */
function merged(now: Callback, finding: CallbackFinding): Change {
  const { kind, origin, at, about, queue, since, expiresAt, callId } = finding;
  const byForm = isFormOnCall(now, finding);
  const asks = kind === 'requested' && now.kind === 'abandoned' && !byForm;
  return {
    ...(asks ? { kind, origin } : {}),
    about: about === '' || (byForm && now.about !== '') ? now.about : about,
    queue: byForm ? now.queue : queue,
    count: now.count + 1,
    firstAt: Math.min(now.firstAt, at),
    lastAt: Math.max(now.lastAt, at),
    since: Math.min(now.since, since),
    expiresAt: Math.max(now.expiresAt, expiresAt),
    dueAt: wishedDue(now, finding),
    // The call that was abandoned is over.
    linked: now.linked === callId ? null : now.linked,
  };
}

function isFormOnCall(now: Callback, finding: CallbackFinding): boolean {
  return finding.origin === 'form' && now.origin !== 'form';
}

/** A wish moves it, the newest one counts; the delay after an attempt is kept all the same. */
function wishedDue(now: Callback, finding: CallbackFinding): number {
  const { kind, at, notBefore } = finding;
  if (kind !== 'requested') return now.dueAt;
  if (isFormOnCall(now, finding)) return now.state === 'open' ? Math.min(now.dueAt, notBefore ?? at) : now.dueAt;
  return now.state === 'open' ? (notBefore ?? Math.min(now.dueAt, at)) : Math.max(now.dueAt, notBefore ?? 0);
}

/**
 * Who calls is not called. An agent who is being asked for them stays reserved, to be given to the caller. Who is being dialled
 * is so still where another leg than this one was taken back, or none: that one goes on. Where it was taken back, their
 * telephone rang: it is not rung again at once when they hang up, though that was no attempt.
 */
function called(
  now: Callback,
  { callId, stopped }: CallbackEvent & { kind: 'caller-called' },
  rules: CallbackRules,
  at: number,
): CallbackStep {
  if (now.state !== 'dialing') return now.linked === callId ? IGNORED : changed(now, { linked: callId }, at);
  if (stopped === null || stopped !== now.callId) return IGNORED;
  const rests = { state: 'retry-wait', dueAt: at + delayAfter(now.attempts + 1, rules) } as const;
  return changed(now, { ...rests, linked: callId, agent: null }, at);
}

function reopened(
  now: Callback,
  { callId, isAttempt }: CallbackEvent & { kind: 'not-reached' },
  rules: CallbackRules,
  at: number,
): CallbackStep {
  if (now.state !== 'closed' || now.reason !== 'served-outbound' || now.callId !== callId || now.number === null) return IGNORED;
  const again = { closedAt: null, reason: null, closedBy: null, agent: null };
  if (!isAttempt) return changed(now, { ...again, state: 'open', dueAt: at }, at);
  const { attempts, faults, next } = afterAttempt(now, 'mailbox', rules, at);
  if (next.kind === 'close') return changed(now, { ...closed(next.reason, 'engine', at, callId), agent: null, attempts, faults }, at);
  return changed(now, { ...again, state: 'retry-wait', attempts, faults, dueAt: next.dueAt }, at);
}

function ended(now: Callback, callId: CallId, outcome: CallbackOutcome, rules: CallbackRules, at: number): CallbackStep {
  if (!isOurs(now, callId, 'dialing')) return IGNORED;
  const { attempts, faults, next } = afterAttempt(now, outcome, rules, at);
  const counted = { attempts, faults, agent: null };
  if (next.kind === 'close') return changed(now, { ...closed(next.reason, 'engine', at, callId), ...counted }, at);
  return changed(now, { ...counted, state: 'retry-wait', dueAt: next.dueAt }, at);
}

/** A crash: an agent who was asked is asked no more; of who was dialled nobody knows, so that they are not rung again soon. */
function lost(now: Callback, callId: CallId | null, rules: CallbackRules, at: number): CallbackStep {
  if (now.callId !== callId || callId === null) return IGNORED;
  if (now.state === 'reserved') return changed(now, { agent: null, state: 'open' }, at);
  return now.state === 'dialing' ? ended(now, callId, 'unknown', rules, at) : IGNORED;
}
