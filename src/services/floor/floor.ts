import { decide } from '../../acd/decide.ts';
import type { FloorState } from '../../acd/floor-state.ts';
import { isStaff } from '../../acd/leaving.ts';
import { position } from '../../acd/order.ts';
import type { AcdEvent, AcdFact } from '../../domain/acd-event.ts';
import type { AcdEventId, CallId, UserId } from '../../domain/ids.ts';
import type { WaitEnd } from '../../domain/queue.ts';
import { Directs } from './direct.ts';
import { Experience } from './experience.ts';
import type { Floor, FloorDeps, FloorListener } from './floor-shape.ts';
import { FloorWriter } from './floor-writer.ts';
import { createJoining } from './joining.ts';
import { createOffers, type Offers } from './offers.ts';
import { openQueues } from './open-queues.ts';
import { createPlaces } from './places.ts';
import { createPromised } from './promised.ts';
import { restoreFloor } from './restore.ts';
import { Roster } from './roster.ts';
import type { Talk, TalkControl } from './seat.ts';
import { NO_WRAP_UP, Talks } from './talks.ts';
import { isCallers, type OpenOffer, revivedWait, type Wait, waitingOf } from './waits.ts';

/** The one owner of all waits and all agents' states in this process. Each event makes a new state; what follows from it is told at once. */
export function createFloor(deps: FloorDeps): Floor {
  const { clock, ids, log, brand } = deps;
  const writer = new FloorWriter(deps);
  const waits = new Map<CallId, Wait>();
  const listeners = new Set<FloorListener>();
  const experience = new Experience();
  let credit: FloorState['callbackCredit'] = new Map();
  let cancelWake = (): void => undefined;
  let deciding = false;
  let again = false;
  let stopped = false;

  const roster: Roster = new Roster({
    clock,
    brand,
    writer,
    fact: (fact) => void note(fact),
    effect(agent, effect) {
      if (effect.kind === 'wrapped-up') talks.wrappedUp(agent.userId, effect.wrapMs);
      else if (!offers.takeBack(effect.callId, agent.userId, 'rescinded')) directs.takeBack(agent.userId, 'rescinded');
    },
    changed(agent, before) {
      for (const { agentChanged } of listeners) agentChanged?.(agent, before);
      turn();
    },
  });
  const talks: Talks = new Talks({
    roster: () => roster,
    fact: note,
    wrapUpOf: (queue) => (queue === null ? NO_WRAP_UP : (deps.queues().get(queue)?.wrapUp ?? NO_WRAP_UP)),
    isDispositionRequired: (queue) => queue !== null && deps.queues().get(queue)?.dispositionRequired === true,
    hasDispositions: (queue) => queue !== null && (deps.queues().get(queue)?.dispositions ?? null) !== null,
    changed: () => turn(),
    talkChanged: toldOf,
  });
  const directs: Directs = new Directs({
    roster: () => roster,
    talks: () => talks,
    ...{ store: deps.store, writer, clock, ids, lineOf: deps.lineOf, log, told: toldOf },
    offerOver({ id, agent, callId }, how) {
      for (const { offerOver } of listeners) offerOver?.({ id, agent, callId }, how);
    },
  });

  const offers: Offers = createOffers({ deps, roster, writer, waits, listeners, note, turn });
  const placeOf = createPlaces({
    ...{ deps, roster, writer, waits, estimate, connect, endWait, waitsChanged, turn },
    endOffer: (wait, how, at) => offers.endOffer(wait, how, at),
    state: () => stateNow(clock.now()),
  });
  const joining = createJoining({
    ...{ deps, writer, waits, note, turn, stateNow, placeOf, endWait, estimate, changed: waitsChanged },
    link: (wait, linked) => promised.link(wait, linked),
  });
  const promised = createPromised({
    ...{ deps, waits, placeOf, together, changed: waitsChanged },
    offers: () => offers,
    isFree: (agent) => roster.agents.get(agent)?.state.kind === 'available',
  });

  function toldOf(agent: UserId): void {
    for (const { talkChanged } of listeners) talkChanged?.(agent);
  }

  function note(fact: AcdFact, at = clock.now()): AcdEventId {
    const event: AcdEvent = { ...fact, id: ids.next('acdEvent'), brand, at };
    writer.event(event);
    if (event.kind === 'connected') keepPromises(event);
    experience.note(event);
    for (const listener of listeners) listener.fact?.(event);
    return event.id;
  }

  /** With the fact of the talk, in one transaction. */
  function keepPromises(talk: AcdEvent & { kind: 'connected' }): void {
    const number = waits.get(talk.callId)?.caller ?? deps.callerOf?.(talk.callId) ?? '';
    const contact = deps.callbacks?.contactOf(talk, number) ?? null;
    if (contact !== null) writer.contact(contact);
  }

  function waitsChanged(): void {
    for (const { waitsChanged: changed } of listeners) changed?.();
  }

  function stateNow(now: number, open = openQueues(deps, now).open): FloorState {
    return { queues: deps.queues(), waiting: [...waits.values()].map(waitingOf), agents: roster.agents, open, callbackCredit: credit };
  }

  /** Decides until nothing more follows. What the decisions cause may call for another one: then it is decided again, not within. */
  function turn(): void {
    if (stopped) return;
    if (deciding) {
      again = true;
      return;
    }
    deciding = true;
    try {
      do {
        again = false;
        decideOnce();
      } while (again);
    } finally {
      deciding = false;
    }
  }

  /** Several steps that are one happening. */
  function together(run: () => void): void {
    const within = deciding;
    deciding = true;
    try {
      run();
    } finally {
      deciding = within;
    }
    turn();
  }

  function decideOnce(): void {
    const now = clock.now();
    const { open, until } = openQueues(deps, now);
    const decided = decide(stateNow(now, open), now);
    credit = decided.callbackCredit;
    cancelWake();
    const at = Math.min(decided.wakeAt ?? Infinity, waits.size === 0 ? Infinity : until);
    if (at !== Infinity) cancelWake = clock.setTimer(Math.max(0, at - now), turn);
    for (const decision of decided.decisions) {
      const wait = waits.get(decision.callId);
      if (wait === undefined) continue;
      if (decision.kind === 'offer') offers.offer(wait, decision.agent, now);
      else leave(wait, decision.how, now);
    }
  }

  /** Where it is not known, or cannot be read, they waited until now. */
  async function endOf({ callId, enteredAt }: Wait, now: number): Promise<number> {
    const end = await deps.endOf?.(callId).catch(() => null);
    return Math.min(now, Math.max(enteredAt, end ?? now));
  }

  function leave(wait: Wait, how: Exclude<WaitEnd, 'answered'>, at: number): void {
    endWait(wait, how, at);
    wait.seat?.leave(how);
  }

  function endWait(wait: Wait, how: WaitEnd, at: number): void {
    if (waits.get(wait.callId) !== wait) return;
    // First: an agent who becomes free by it must not be given this caller.
    waits.delete(wait.callId);
    if (how !== 'answered') offers.endOffer(wait, 'rescinded', at);
    if (isCallers(wait)) callerLeft(wait, how, at);
    waitsChanged();
  }

  function callerLeft(wait: Wait, how: WaitEnd, at: number): void {
    writer.waitEnded(wait.callId);
    const { queue, callId, waitId, joinedAt, enteredAt } = wait;
    const left = { kind: 'left', queue, callId, waitId, how, waitedMs: Math.max(0, at - enteredAt), joinedAt } as const;
    const id = note(left, at);
    const finding = how === 'abandoned' ? deps.callbacks?.findingOf(wait, { ...left, id, brand, at }) : null;
    if (finding != null) writer.finding(finding);
  }

  function connect(wait: Wait, { id, agent, at: rangAt }: OpenOffer, control: TalkControl, at: number): Talk {
    const { queue, callId, waitId } = wait;
    note({ kind: 'offer-ended', queue, callId, agent, waitId, how: 'answered', rangMs: Math.max(0, at - rangAt) }, at);
    for (const listener of listeners) listener.offerOver?.({ id, agent, callId }, 'answered');
    wait.offer = null;
    const { direction } = wait;
    const fact = { kind: 'connected', queue, callId, agent, waitId: isCallers(wait) ? waitId : null, direction } as const;
    const talk = talks.begin(fact, control, at, wait);
    if (wait.caller !== '') writer.lastTalk({ brand, caller: wait.caller, agent, at });
    endWait(wait, 'answered', at);
    roster.step(agent, { kind: 'answer', callId });
    return talk;
  }

  function estimate(queue: string, place: number): number | null {
    const serving = [...roster.agents.values()].filter((one) => isStaff(one) && one.state.kind !== 'paused' && one.queues.includes(queue));
    return experience.estimate(queue, place, serving.length);
  }

  const offerOf: Floor['offerOf'] = (userId) => {
    for (const wait of waits.values()) if (wait.offer?.agent === userId) return { wait, offer: wait.offer };
    return undefined;
  };

  return {
    async start() {
      const { rows, profiles, events } = await restoreFloor(deps);
      for (const profile of profiles) roster.admit(profile);
      for (const event of events.recent) experience.note(event);
      for (const state of rows.agents) roster.restore(state);
      for (const row of rows.waits) waits.set(row.callId, revivedWait(row));
      for (const { agent, callId, ofCall } of events.talks) talks.restore(agent, callId, ofCall);
      if (events.gapFrom !== null) note({ kind: 'gap', from: events.gapFrom });
      // Whoever was being rung is not any more: the legs ended with the process.
      for (const { userId, state } of [...roster.agents.values()])
        if (state.kind === 'reserved' || state.kind === 'ringing') roster.step(userId, { kind: 'rescind', callId: state.callId });
    },
    async settle() {
      const now = clock.now();
      talks.settle(now);
      const gone = [...waits.values()].filter(({ seat }) => seat === null);
      const ends = await Promise.all(gone.map((wait) => endOf(wait, now)));
      for (const [n, wait] of gone.entries()) if (wait.seat === null) endWait(wait, 'abandoned', ends[n] ?? now);
      turn();
    },
    async leftBehind(calls) {
      const rows = await deps.store.waitsOf(calls);
      for (const row of rows) if (!waits.has(row.callId)) callerLeft(revivedWait(row), 'abandoned', clock.now());
      await writer.saved();
    },
    join: (request, seat) => joining.join(request, seat),
    consult: (request, seat) => joining.consult(request, seat),
    promise: (request, seat) => promised.promise(request, seat),
    takeUp: (callId, agent, control) => talks.takeUp(callId, agent, control),
    reserve: (agent, callId, seat, own) => directs.reserve(agent, callId, seat, own),
    directs: () => directs,
    pageOf(userId) {
      const profile = roster.profile(userId);
      return profile?.place.kind === 'web' ? (deps.lineOf(profile)?.endpoint ?? null) : null;
    },
    admit(profile) {
      roster.admit(profile);
      turn();
    },
    profile: (userId) => roster.profile(userId),
    profiles: () => roster.profiles(),
    agent: (userId) => roster.agents.get(userId),
    // What changes an agent decides anew by itself.
    act: (userId, event) => roster.step(userId, event),
    talks: () => talks,
    offerOf,
    refuse(userId) {
      const found = offerOf(userId);
      return found === undefined ? directs.takeBack(userId, 'refused') : offers.takeBack(found.wait.callId, userId, 'refused');
    },
    accept(userId) {
      const found = offerOf(userId);
      if (found === undefined) return directs.accept(userId);
      if (found.offer.state !== 'made') return false;
      found.wait.seat?.accept(found.offer.id);
      return true;
    },
    move: (waitId, queue) => joining.move(waitId, queue),
    state: () => stateNow(clock.now()),
    waits: () => [...waits.values()],
    expectedWait: (queue) => estimate(queue, stateNow(clock.now()).waiting.filter((wait) => wait.queue === queue).length + 1),
    position: (callId) => position(stateNow(clock.now()), callId, clock.now()) ?? null,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    saved: () => writer.saved(),
    async stop() {
      stopped = true;
      cancelWake();
      roster.stop();
      await writer.saved();
      writer.stop();
    },
  };
}
