import type { FloorState } from '../../acd/floor-state.ts';
import { mayJoin } from '../../acd/join.ts';
import type { AcdFact } from '../../domain/acd-event.ts';
import type { AcdEventId, CallId } from '../../domain/ids.ts';
import type { Queue, WaitEnd } from '../../domain/queue.ts';
import type { FloorDeps } from './floor-shape.ts';
import type { FloorWriter } from './floor-writer.ts';
import { inTime, lastAgent } from './last-agent.ts';
import type { Linked } from './promised.ts';
import type { JoinAnswer, JoinRequest, Place, Seat } from './seat.ts';
import { knownClass, storedWait, type Wait } from './waits.ts';

/** What joining needs of the floor. */
export interface JoinHost {
  readonly deps: FloorDeps;
  readonly writer: FloorWriter;
  readonly waits: Map<CallId, Wait>;
  note(fact: AcdFact, at?: number): AcdEventId;
  turn(): void;
  stateNow(now: number): FloorState;
  placeOf(wait: Wait, queue: Queue): Place;
  endWait(wait: Wait, how: WaitEnd, at: number): void;
  /** ms; null while too little is known. */
  estimate(queue: string, place: number): number | null;
  changed(): void;
  link(wait: Wait, linked: Linked): void;
}

export interface Joining {
  /** Who keeps a place goes on with the same wait; the rest are asked for anew. */
  join(request: JoinRequest, seat: Seat): JoinAnswer;
  /** Asks for an agent of the queue while the caller is on hold with another one. */
  consult(request: JoinRequest, seat: Seat): JoinAnswer;
  /** False: there is no such wait, or no such queue. */
  move(waitId: AcdEventId, queue: string): boolean;
}

/** Callers who come, come back, and are moved to another queue. */
export function createJoining({ deps, writer, waits, note, turn, stateNow, placeOf, endWait, estimate, changed, link }: JoinHost): Joining {
  const { clock, brand } = deps;

  function join(request: JoinRequest, seat: Seat): JoinAnswer {
    const kept = waits.get(request.callId);
    // In another queue than the flow asks for: moved, or passed on, there.
    const queue = kept === undefined ? undefined : deps.queues().get(kept.queue);
    if (kept !== undefined && queue !== undefined) {
      kept.seat = seat;
      kept.caller = request.caller;
      turn();
      return { kind: 'joined', place: placeOf(kept, queue), resumed: true };
    }
    return enter(request, seat);
  }

  function enter(request: JoinRequest, seat: Seat): JoinAnswer {
    const now = clock.now();
    const state = stateNow(now);
    const { callId, queue: name } = request;
    const joinedAt = state.waiting.filter(({ queue, callback }) => queue === name && !callback).length + 1;
    const verdict = mayJoin(state, { callId, queue: name, since: request.since, estimatedWaitMs: estimate(name, joinedAt) });
    const since = Math.min(request.since ?? now, now);
    const className = knownClass(deps.queues().get(name), request.class);
    const waitId = note({ kind: 'entered', queue: name, callId, class: className, since });
    if (verdict.kind === 'refused') {
      note({ kind: 'left', queue: name, callId, waitId, how: verdict.how, waitedMs: 0, joinedAt });
      return { kind: 'refused', how: verdict.how };
    }
    const { queue } = verdict;
    const skills = { ...queue.skills, ...request.skills };
    const fresh = {
      lastAgent: null,
      passedBy: [],
      told: null,
      offer: null,
      callBusy: true,
      looking: false,
      callback: null,
      consult: false,
    };
    const wait: Wait = {
      callId,
      waitId,
      queue: name,
      since,
      enteredAt: now,
      class: className,
      skills,
      joinedAt,
      seat,
      caller: request.caller,
      language: request.language ?? null,
      direction: request.direction ?? 'inbound',
      ...fresh,
    };
    waits.set(callId, wait);
    writer.wait(storedWait(wait, brand));
    if (request.caller !== '') void lookUp(wait, queue.sticky?.withinMs ?? null);
    changed();
    turn();
    return { kind: 'joined', place: placeOf(wait, queue), resumed: false };
  }

  /** Who talked with the caller last, and what was promised to them. */
  async function lookUp(wait: Wait, withinMs: number | null): Promise<void> {
    const { callbacks } = deps;
    if (withinMs === null && callbacks === undefined) return;
    wait.looking = true;
    const last = withinMs === null ? null : lastAgent(deps, wait.caller, clock.now() - withinMs);
    const linked = callbacks === undefined ? null : inTime(clock, callbacks.joined(wait), null);
    const [agent, found] = [await last, await linked];
    // The caller may have been moved to another queue meanwhile.
    const now = waits.get(wait.callId);
    if (now === undefined) return;
    now.lastAgent = agent;
    now.looking = false;
    if (found === null) turn();
    else link(now, found);
  }

  function move(waitId: AcdEventId, name: string): boolean {
    const wait = [...waits.values()].find((one) => one.waitId === waitId);
    const queue = deps.queues().get(name);
    if (wait === undefined || queue === undefined || wait.seat === null || wait.consult || wait.queue === name) return false;
    const now = clock.now();
    const { seat, offer: open, callId, since } = wait;
    endWait(wait, 'moved', now);
    if (open?.state === 'made') seat.rescind(open.id);
    const className = knownClass(queue, wait.class);
    const joinedAt = [...waits.values()].filter((one) => one.queue === name).length + 1;
    const entered = note({ kind: 'entered', queue: name, callId, class: className, since });
    const fresh = { passedBy: [], told: null, offer: null, class: className, queue: name, waitId: entered, enteredAt: now, joinedAt };
    const next: Wait = { ...wait, skills: queue.skills, ...fresh };
    waits.set(callId, next);
    writer.wait(storedWait(next, brand));
    seat.moved(placeOf(next, queue));
    changed();
    turn();
    return true;
  }

  /** As a caller would be asked in, but for the facts: the caller whom it is about is with the agent. */
  function consult(request: JoinRequest, seat: Seat): JoinAnswer {
    const now = clock.now();
    const { callId, queue: name, since } = request;
    if (waits.has(callId)) return { kind: 'refused', how: 'failed' };
    const verdict = mayJoin(stateNow(now), { callId, queue: name, since, estimatedWaitMs: null });
    if (verdict.kind === 'refused') return verdict;
    const { queue } = verdict;
    const fresh = { lastAgent: null, passedBy: [], told: null, offer: null, callBusy: false, looking: false, callback: null };
    const about = { class: knownClass(queue, request.class), skills: { ...queue.skills, ...request.skills }, caller: '' };
    const wait: Wait = {
      ...{ callId, waitId: deps.ids.next('acdEvent'), queue: name, since: Math.min(since ?? now, now), enteredAt: now, joinedAt: 0 },
      ...{ seat, language: request.language ?? null, direction: request.direction ?? 'inbound', consult: true, ...about, ...fresh },
    };
    waits.set(callId, wait);
    changed();
    turn();
    return { kind: 'joined', place: placeOf(wait, queue), resumed: false };
  }

  return { join, consult, move };
}
