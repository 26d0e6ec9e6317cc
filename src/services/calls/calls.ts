import type { Call } from '../../domain/call.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Termination } from '../../domain/termination.ts';
import type { Release } from '../../flow/release.ts';
import type { OtherEngine } from '../../ports/stores.ts';
import type { ChannelInfo, TelephonyEvent } from '../../ports/telephony.ts';
import { createAfterCalls } from './after-calls.ts';
import type { AgentFirst, AgentFirstOrder } from './agent-first.ts';
import { ByHand } from './by-hand.ts';
import { CallActor } from './call-actor.ts';
import { CallRecord } from './call-record.ts';
import { createCallsOfGone } from './calls-of-gone.ts';
import type { CallDeps, Route } from './deps.ts';
import { newCall, recordOf, triggerOf } from './new-call.ts';
import { placeOnce } from './once.ts';
import { type OwnCallOrder, recordOwnCall } from './own-call.ts';
import { type PlaceOrder, recordPlacedCall } from './place-call.ts';
import { Placing } from './placing.ts';
import { type Found, reconcile } from './reconcile.ts';

/** How long `stop` waits for changes that the database has not taken yet. */
const LAST_SAVE_MS = 3000;
/** Calls of ours that ring at the same time; more are refused. */
const MOST_RINGING = 50;

/** A call that is up now. */
export interface LiveCall extends Call {
  /** Where in the flow the caller stands; null before the first and after the last node. */
  readonly node: string | null;
  /** The customer channel's name, `PJSIP/trunk-0000001a`. */
  readonly channelName: string;
}

/** For calls whose flows are gone: they can only be ended. */
const NO_RELEASE: Release = { id: 0, flows: new Map(), catalogue: new Map(), calendars: new Map() };

/** All calls under way: finds the owner of every event, makes an owner for every new call. */
export interface Calls {
  onEvent(event: TelephonyEvent): void;
  /** After each connect, before its events: goes on with the calls that live, closes those that don't. */
  onUp(): Promise<void>;
  /** Closes calls of engines that are gone, and those that could not be closed before. */
  closeCallsOfGone(gone: readonly OtherEngine[]): Promise<void>;
  /** The line to Asterisk is down: calls wait as they are. */
  onDown(): void;
  live(): readonly LiveCall[];
  /** The call of that id while it is up. */
  get(id: CallId): Call | undefined;
  /** Asks for the call's end; false when no such call is under way. `by` goes to the journal. */
  hangup(id: CallId, by: string): Promise<boolean>;
  /**
   * Calls somebody and runs a flow when they answer. Resolves as soon as the call is on record; what becomes of it is
   * told by the call's end. Rejects with `request.too-many` and what `placeOnce` and `recordPlacedCall` reject with.
   */
  place(order: PlaceOrder): Promise<CallId>;
  /** An agent calls somebody: their own telephone rings first. Rejects with `agent.not-now` and what `place` rejects with. */
  placeByHand(order: OwnCallOrder): Promise<CallId>;
  /**
   * Calls somebody for an agent of a queue, who is rung first. The call has this id, chosen before, so that whoever asks knows
   * it however this ends. Rejects as `place` does; then nobody was rung.
   */
  placeFor(id: CallId, order: PlaceOrder, first: AgentFirstOrder): Promise<void>;
  /** The agent who is rung, or waits, for a customer whom we call; null: none. */
  firstAgent(id: CallId): AgentFirst | null;
  /** Ends a call of ours that nobody has answered; false: somebody has, or there is no such call here. */
  takeBack(id: CallId): boolean;
  /** Lets go of all calls without ending them: another engine, or the next start, goes on with them. */
  stop(): Promise<void>;
}

export function createCalls(deps: CallDeps): Calls {
  const actors = new Map<CallId, CallActor>();
  const byChannel = new Map<string, CallActor>();
  const unsaved = new Set<CallRecord>();
  const afterCalls = createAfterCalls(deps);
  /** On their way to having an owner: taking stock leaves them alone, the end waits for them. */
  const placing = new Map<CallId, Promise<CallId>>();
  /** Placed by who counts telephones that ring: they take no place of others. */
  const counted = new Set<CallId>();
  let stopping = false;

  function adopt(record: CallRecord, release: Release): CallActor {
    const { call } = record;
    const actor: CallActor = new CallActor(deps, record, release, {
      watch: (channelId) => byChannel.set(channelId, actor),
      unwatch: (channelId) => byChannel.delete(channelId),
      ended: (late) => {
        actors.delete(call.id);
        byChannel.delete(call.channelId);
        counted.delete(call.id);
        deps.watch?.ended(record.call);
        if (record.session?.status === 'after-call') afterCalls.goOn(record, release, late);
        else keepUntilSaved(record);
      },
    });
    actors.set(call.id, actor);
    byChannel.set(call.channelId, actor);
    deps.watch?.arrived(call, (call.direction === 'inbound' ? deps.routeFor(call.did)?.params : undefined) ?? {});
    return actor;
  }

  function arrive(channel: ChannelInfo, at: number): void {
    const route = deps.routeFor(channel.did);
    const release = deps.releases.newest();
    if (route === undefined || release === null || !release.flows.has(route.flow)) {
      refuse(channel, route ?? deps.settings.noRoute, at);
      return;
    }
    const call = newCall(deps, channel, route, release.id, at);
    const record = recordOf(deps, call, channel);
    deps.log.info({ callId: call.id, did: call.did, flow: call.flow }, 'call arrived');
    adopt(record, release).begin(triggerOf(call, route));
  }

  /** A call that no flow takes is in the journal like every other. */
  function refuse(channel: ChannelInfo, route: Route, at: number): void {
    const call = newCall(deps, channel, route, deps.releases.newest()?.id ?? 0, at);
    const record = recordOf(deps, call, channel);
    const termination: Termination = { kind: 'refused', reason: 'no-route' };
    deps.log.warn({ callId: call.id, did: maskNumber(call.did), flow: call.flow }, 'no flow for this number; the call is refused');
    void deps.telephony.hangup(channel.id, 'congestion').catch(() => undefined);
    record.ended(termination, deps.clock.now(), null);
    deps.meter.callEnded(termination.kind);
    keepUntilSaved(record);
    void record.save();
  }

  function keepUntilSaved(record: CallRecord): void {
    unsaved.add(record);
    void record.saved().then(() => unsaved.delete(record));
  }

  async function revive(found: Found): Promise<void> {
    const { row, standing } = found;
    const release = await deps.releases.get(row.call.release);
    const record = new CallRecord(deps, row.call, row.session, row.legs, row.lastSeq);
    const actor = adopt(record, release ?? NO_RELEASE);
    // A call that died before its first wait starts anew; a flow that is gone can't be gone on with.
    if (row.session === null && release !== undefined) actor.begin(triggerOf(row.call, deps.routeFor(row.call.did)));
    else if (release === undefined) actor.end({ kind: 'failed', code: 'flow.unknown' });
    else actor.goOn(standing);
  }

  async function close(row: Found['row'], termination: Termination, at: number | null): Promise<void> {
    const release = (await deps.releases.get(row.call.release)) ?? NO_RELEASE;
    adopt(new CallRecord(deps, row.call, row.session, row.legs, row.lastSeq), release).lost(termination, at);
  }

  /** Another engine went on with the call meanwhile: what we know of it is old. */
  function drop({ record }: CallActor): void {
    const { id, channelId } = record.call;
    actors.get(id)?.letGo();
    record.abandon();
    actors.delete(id);
    byChannel.delete(channelId);
    deps.watch?.dropped(record.call);
    deps.log.warn({ callId: id }, 'another engine went on with this call; it is let go here');
  }

  async function goOnAfter(row: Found['row']): Promise<void> {
    const record = new CallRecord(deps, row.call, row.session, row.legs, row.lastSeq);
    const release = (await deps.releases.get(row.call.release)) ?? NO_RELEASE;
    if (row.session?.status === 'after-call') afterCalls.revive(record, release);
    // A session that cannot be opened any more is dropped.
    else void record.save();
  }

  async function dial(id: CallId, order: PlaceOrder, first?: AgentFirstOrder): Promise<CallId> {
    if (order.confirm !== undefined) counted.add(id);
    else demandRoom();
    const { record, release, request } = await recordPlacedCall(deps, id, order);
    // The engine was told to stop while the call was being put on record: nobody would be there when they answer.
    if (stopping) {
      await notDialled(record, 'shutting-down');
      throw stops();
    }
    if (order.confirm !== undefined && !(await confirmed(id, order.confirm))) {
      await notDialled(record, 'withdrawn');
      return id;
    }
    const actor = placed(record, release);
    if (first === undefined) actor.reach(Placing, (placing) => placing.originate(request, order.machines));
    else actor.agentFirst(request, first);
    return id;
  }

  function placed(record: CallRecord, release: Release): CallActor {
    const { call } = record;
    deps.log.info({ callId: call.id, did: maskNumber(call.did), flow: call.flow }, 'call placed');
    deps.meter.callStarted();
    return adopt(record, release);
  }

  async function dialByHand(id: CallId, order: OwnCallOrder): Promise<CallId> {
    demandRoom();
    let actor: CallActor | null = null;
    let isOff = false;
    const callOff = (): void => {
      isOff = true;
      actor?.reach(ByHand, (call) => call.callOff());
    };
    const own = await recordOwnCall(deps, id, order, { rescind: callOff, accept: () => actor?.reach(ByHand, (call) => call.accept()) });
    if (stopping) {
      own.order.direct.over('rescinded', deps.clock.now());
      await notDialled(own.record, 'shutting-down');
      throw stops();
    }
    actor = placed(own.record, own.release);
    actor.reach(ByHand, (call) => call.begin(own.order));
    // While it was being put on record.
    if (isOff) callOff();
    return id;
  }

  /** Taking stock leaves it alone, and the end waits for it, until it has an owner or never will have one. */
  function underWay(id: CallId, call: Promise<CallId>): Promise<CallId> {
    placing.set(id, call);
    return call.finally(() => {
      placing.delete(id);
      if (!actors.has(id)) counted.delete(id);
    });
  }

  function demandRoom(): void {
    const others = [...placing.keys()].filter((id) => !counted.has(id));
    const ringing = [...actors.values()].filter(
      ({ record: { call } }) => call.direction === 'outbound' && call.answeredAt === null && !counted.has(call.id),
    );
    if (ringing.length + others.length >= MOST_RINGING)
      throw new SantralError('request.too-many', `${MOST_RINGING} calls of ours ring already. Wait until some are answered.`);
  }

  /** Who cannot be asked has not said yes. */
  async function confirmed(callId: CallId, ask: () => Promise<boolean>): Promise<boolean> {
    try {
      return (await ask()) && !stopping;
    } catch (err) {
      deps.log.warn({ callId, err }, 'nobody could say whether this call may still be made; it is not made');
      return false;
    }
  }

  /** On record already, and over before Asterisk heard of it. */
  async function notDialled(record: CallRecord, reason: 'shutting-down' | 'withdrawn'): Promise<void> {
    record.ended({ kind: 'refused', reason }, deps.clock.now(), null);
    keepUntilSaved(record);
    await record.save();
  }

  const closeCallsOfGone = createCallsOfGone(deps, { actors, afterCalls: afterCalls.running, close, goOnAfter });
  return {
    onEvent(event) {
      const channelId = event.kind === 'started' ? event.channel.id : event.channelId;
      const actor = byChannel.get(channelId);
      if (actor !== undefined) actor.onEvent(event);
      else if (event.kind === 'started' && !stopping) {
        if (event.args[0] === 'inbound') arrive(event.channel, event.at);
        // A leg whose call has ended meanwhile: nobody is there for it (behaviour 41).
        else void deps.telephony.hangup(channelId, 'normal').catch(() => undefined);
      }
    },
    onUp: () =>
      stopping
        ? Promise.resolve()
        : reconcile(deps, { actors, placing, afterCalls: afterCalls.running, drop, revive, goOnAfter, close, arrive }),
    closeCallsOfGone: (gone) => (stopping ? Promise.resolve() : closeCallsOfGone(gone)),
    onDown() {
      for (const actor of actors.values()) actor.freeze();
    },
    get: (id) => actors.get(id)?.record.call,
    live: () => [...actors.values()].map(({ record }) => liveCall(record)),
    async hangup(id, by) {
      const actor = actors.get(id);
      actor?.end({ kind: 'ended-by-user', by });
      return actor !== undefined;
    },
    async place(order) {
      if (stopping) throw stops();
      if (order.flow.startsWith('$')) throw new SantralError('flow.unknown', 'The engine’s own flows cannot be called.');
      const id = order.callId ?? deps.ids.next('call');
      return placeOnce(deps, order, id, () => underWay(id, dial(id, order)));
    },
    async placeFor(id, order, first) {
      if (stopping) throw stops();
      await underWay(id, dial(id, order, first));
    },
    firstAgent: (id) => actors.get(id)?.firstAgent ?? null,
    takeBack: (id) => actors.get(id)?.takeBack('cancelled') ?? false,
    async placeByHand(order) {
      if (stopping) throw stops();
      const id = deps.ids.next('call');
      return underWay(id, dialByHand(id, order));
    },
    async stop() {
      stopping = true;
      const records = [...[...actors.values()].map((actor) => actor.letGo()), ...unsaved, ...afterCalls.stop()];
      const limit = new Promise<void>((resolve) => deps.clock.setTimer(LAST_SAVE_MS, resolve));
      await Promise.race([Promise.all([...records.map((record) => record.save()), Promise.allSettled(placing.values())]), limit]);
      for (const record of [...records, ...unsaved]) record.abandon();
    },
  };
}

function stops(): SantralError {
  return new SantralError('engine.not-ready', 'The engine stops. Try again shortly.');
}

function liveCall(record: CallRecord): LiveCall {
  const { call, session } = record;
  const top = session?.stack.at(-1);
  return { ...call, node: top === undefined ? null : `${top.flow}/${top.node}`, channelName: record.legOf(call.channelId)?.endpoint ?? '' };
}
