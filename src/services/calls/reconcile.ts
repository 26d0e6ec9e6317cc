import type { Call, Leg } from '../../domain/call.ts';
import type { CallId } from '../../domain/ids.ts';
import { ID_KINDS } from '../../domain/ids.ts';
import type { Termination } from '../../domain/termination.ts';
import type { CallStore, UnfinishedCall } from '../../ports/stores.ts';
import type { ChannelInfo } from '../../ports/telephony.ts';
import type { CallActor } from './call-actor.ts';
import type { Standing } from './conversation/rooms.ts';
import type { CallDeps } from './deps.ts';

type OpenRow = UnfinishedCall;

const UNDONE = 'a call of before could not be gone on with; it is tried again after the next connect';

/** An open call of the database whose channel lives, and the bridges of the talk it is in; none when there is no talk. */
export interface Found {
  readonly row: OpenRow;
  readonly standing: Standing;
}

export interface ReconcileHands {
  readonly actors: ReadonlyMap<CallId, CallActor>;
  /** Calls that are over and whose after-call section is under way here. */
  readonly afterCalls: ReadonlyMap<CallId, unknown>;
  /** Another engine has the call: it is no longer ours. */
  drop(actor: CallActor): void;
  readonly placing: ReadonlyMap<CallId, unknown>;
  revive(found: Found): Promise<void>;
  /** The call is over, what its flow does then is not: that needs no channel. */
  goOnAfter(row: OpenRow): Promise<void>;
  close(row: OpenRow, termination: Termination, at: number | null): Promise<void>;
  arrive(channel: ChannelInfo, at: number): void;
}

/**
 * Events of the gap are lost and StasisStart does not come again: what Asterisk has is compared with what we know.
 * Calls that live go on, calls that are gone are closed, channels and bridges that belong to nobody are ended.
 */
export async function reconcile(deps: CallDeps, hands: ReconcileHands): Promise<void> {
  const { telephony, store, log, clock } = deps;
  await dropTaken(store, hands);
  // Taken before the database is read: what ends meanwhile is not gone on with, or closed, a second time.
  const owned = new Set([...hands.actors.keys(), ...hands.afterCalls.keys()]);
  const isOwned = (id: CallId): boolean => owned.has(id) || hands.actors.has(id) || hands.afterCalls.has(id);
  const [{ ours, all }, bridges, stored] = await Promise.all([telephony.listChannels(), telephony.listBridges(), store.open()]);
  const others = stored.filter(({ call }) => !isOwned(call.id));
  const rows = others.filter(({ call }) => call.state === 'open');
  const alive = new Map(ours.map((channel) => [channel.id, channel]));
  const exists = new Set(all.map(({ id }) => id));
  const gone: Termination = all.length === 0 ? { kind: 'asterisk-lost' } : { kind: 'left-while-away' };
  const lost = [...[...hands.actors.values()].map(({ record }) => record.call), ...rows.map(({ call }) => call)].filter(
    ({ channelId }) => !exists.has(channelId),
  );
  const ends = await deps.ends.of(
    lost.map(({ channelId }) => channelId),
    Math.min(clock.now(), ...lost.map(({ startedAt }) => startedAt)),
  );
  const endOf = (channelId: string): number | null => ends.get(channelId) ?? null;
  const known = new Set(stored.filter(({ call }) => call.state === 'open').map(({ call }) => call.channelId));
  const inUse = new Set<string>();
  const standingOf = (customer: string, legs: Iterable<Leg>): Standing => {
    const others = [...legs].flatMap(({ role, endedAt, channelId }) => (role === 'customer' || endedAt !== null ? [] : [channelId]));
    const talking = bridges.filter(({ channelIds }) => channelIds.some((id) => others.includes(id)));
    if (talking.length === 0) return [];
    const standing = bridges.filter((bridge) => talking.includes(bridge) || bridge.channelIds.includes(customer));
    for (const { id, channelIds } of standing) {
      inUse.add(id);
      for (const channelId of channelIds) known.add(channelId);
    }
    return standing;
  };
  const counts = { resumed: 0, closed: 0, adopted: 0, ended: 0, failed: 0 };

  for (const actor of hands.actors.values()) {
    const { id, channelId } = actor.record.call;
    known.add(channelId);
    // Placed since the channels were listed: that its channel was not among them says nothing.
    if (!owned.has(id)) continue;
    if (exists.has(channelId)) actor.goOn(standingOf(channelId, actor.record.legs.values()));
    else actor.lost(gone, endOf(channelId));
    counts[exists.has(channelId) ? 'resumed' : 'closed'] += 1;
  }
  for (const row of rows) {
    if (isOwned(row.call.id) || hands.placing.has(row.call.id)) continue;
    known.add(row.call.channelId);
    const there = isRinging(row.call) ? exists : alive;
    const lives = there.has(row.call.channelId);
    const done = await alone(log, row.call.id, UNDONE, () =>
      lives ? hands.revive({ row, standing: standingOf(row.call.channelId, row.legs) }) : hands.close(row, gone, endOf(row.call.channelId)),
    );
    counts[done ? (lives ? 'resumed' : 'closed') : 'failed'] += 1;
  }
  for (const row of others)
    if (row.call.state === 'ended' && !isOwned(row.call.id) && !(await alone(log, row.call.id, UNDONE, () => hands.goOnAfter(row))))
      counts.failed += 1;
  for (const channel of ours) {
    if (known.has(channel.id)) continue;
    // Ids of legs that we dialled carry their kind; everything else came in and its StasisStart was lost.
    const leg = channel.id.startsWith(`${ID_KINDS.leg}_`);
    if (leg) void telephony.hangup(channel.id, 'normal').catch(() => undefined);
    else hands.arrive(channel, clock.now());
    counts[leg ? 'ended' : 'adopted'] += 1;
  }
  for (const bridge of bridges) {
    if (bridge.id.startsWith(`${ID_KINDS.bridge}_`) && !inUse.has(bridge.id))
      void telephony.destroyBridge(bridge.id).catch(() => undefined);
  }
  if (Object.values(counts).some((count) => count > 0)) log.info(counts, 'calls reconciled with Asterisk');
}

/** One call that cannot be gone on with keeps no other from being gone on with. False: it failed, and that was told. */
export async function alone(log: CallDeps['log'], callId: CallId, undone: string, goOn: () => Promise<void>): Promise<boolean> {
  try {
    await goOn();
    return true;
  } catch (err) {
    log.error({ callId, err }, undone);
    return false;
  }
}

/** Calls that another engine on this database went on with, took over or closed, while we had no line: exactly one goes on (behaviour 49). */
async function dropTaken(store: CallStore, hands: ReconcileHands): Promise<void> {
  const stored = hands.actors.size === 0 ? [] : await store.open();
  const open = new Map(stored.map((row) => [row.call.id, row]));
  for (const actor of [...hands.actors.values()]) {
    const { call, lastSeq } = actor.record;
    const row = open.get(call.id);
    const taken = row === undefined ? await store.isTaken(call.id) : row.lastSeq > lastSeq || row.call.state === 'ended';
    if (taken && call.state === 'open') hands.drop(actor);
  }
}

/** A call of ours is under the engine's control once it was answered, not before. */
function isRinging({ direction, answeredAt }: Call): boolean {
  return direction === 'outbound' && answeredAt === null;
}
