import { callable } from '../../acd/callback-candidate.ts';
import { type Due, dueOf } from '../../acd/callback-due.ts';
import type { Call } from '../../domain/call.ts';
import { CALLBACK_RULES, type Callback } from '../../domain/callback.ts';
import type { CallbackId, CallId, UserId } from '../../domain/ids.ts';
import type { Changes } from './changes.ts';
import { CustomerFirst } from './customer-first.ts';
import type { CallbackDeps } from './deps.ts';
import type { Finding } from './finding.ts';
import { groupOf, openFor, rulesOf } from './rules.ts';
import { type Callable, Run, settle } from './run.ts';

const DAY_MS = 86_400_000;

export interface Dispatcher {
  /** Looks at all entries now, and again when something may have changed. */
  wake(): void;
  runOf(id: CallbackId): Run | undefined;
  /** A call of ours is over; one that was made for no entry concerns nobody here. */
  callEnded(call: Call): Promise<void>;
  /** Another engine has this call of ours. */
  callDropped(call: Call): void;
  /** A customer whom we dialled first waits for an agent now, or talks with one. */
  customerThere(callId: CallId): void;
  /** Whether an agent of that kind who becomes free may be waited for. */
  waitsForFree(queues: readonly string[]): boolean;
  /** Asks this very agent; false: not free, or the entry is not to be had. */
  take(entry: Callback, agent: UserId): boolean;
  /** Settles when what was to be looked at has been. */
  settled(): Promise<void>;
  stop(): void;
}

/** Keeps entries that may be called now waiting on the floor, and lets those go that may not. */
export function createDispatcher(deps: CallbackDeps, changes: Changes, finding: Pick<Finding, 'requested'>): Dispatcher {
  const { store, clock, log, settings } = deps;
  const runs = new Map<CallbackId, Run>();
  const passed = new Map<CallbackId, readonly UserId[]>();
  /** Entries that a fault of ours met, until when they are left alone here (UTC ms): the database may be what is at fault. */
  const putOff = new Map<CallbackId, number>();
  let looking: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let cancelTimer = (): void => undefined;

  const host = {
    deps,
    changes,
    done(run: Run, agent: UserId | null) {
      const { id } = run.entry;
      if (runs.get(id) === run) runs.delete(id);
      if (agent !== null) passed.set(id, [...(passed.get(id) ?? []).filter((one) => one !== agent), agent]);
      wake();
    },
    putOff({ id, group }: Callback) {
      putOff.set(id, clock.now() + rulesOf(deps, group).faultMs);
    },
  };
  const customerFirst = new CustomerFirst(host, wake);

  function wake(): void {
    if (stopped) return;
    again = true;
    looking ??= lookAll().finally(() => {
      looking = null;
    });
  }

  async function lookAll(): Promise<void> {
    while (again && !stopped) {
      again = false;
      cancelTimer();
      let next = clock.now() + settings.pollMs;
      try {
        next = Math.min(next, await look());
      } catch (err) {
        log.warn({ err }, 'who is to be called back could not be read; it is tried again');
      }
      if (!stopped) cancelTimer = clock.setTimer(Math.max(0, next - clock.now()), wake);
    }
  }

  /** UTC ms at which something is due by itself. */
  async function look(): Promise<number> {
    await store.takeRequests(settings.brand, finding.requested);
    const entries = await store.open(settings.brand);
    const known = new Set(entries.map(({ id }) => id));
    for (const run of runs.values()) if (!known.has(run.entry.id)) run.withdraw();
    for (const ids of [passed, putOff]) for (const id of ids.keys()) if (!known.has(id)) ids.delete(id);
    let next = Infinity;
    for (const entry of entries) next = Math.min(next, (await lookAt(entry)) ?? Infinity);
    return next;
  }

  /** When to look again at this one; null: when something happens. */
  async function lookAt(entry: Callback): Promise<number | null> {
    const run = runs.get(entry.id);
    if (run !== undefined && run.phase !== 'waiting') return null;
    if (run === undefined && (await tookOver(entry))) return null;
    // It waits as something that it is not any more: it begins anew.
    if (run !== undefined && run.entry.version < entry.version) {
      run.withdraw();
      return null;
    }
    const rests = putOff.get(entry.id) ?? 0;
    if (rests > clock.now()) return rests;
    const due = await dueNow(entry, run === undefined);
    if (due.kind === 'due') {
      if (run === undefined) begin(entry, null);
      return entry.expiresAt;
    }
    run?.withdraw();
    if (due.why === 'expired') await changes.apply(entry.id, { kind: 'expire' });
    else if (due.why === 'do-not-contact') await changes.apply(entry.id, { kind: 'close', reason: 'do-not-contact', by: 'engine' });
    return due.until === null ? null : Math.min(due.until, entry.expiresAt);
  }

  /** Who waits already is not asked after again: that they may be called is asked once more when they are dialled. */
  async function dueNow(entry: Callback, isNew: boolean): Promise<Due> {
    const now = clock.now();
    const rules = rulesOf(deps, entry.group);
    const { open, until } = openFor(deps, rules, now);
    const idle = entry.state === 'open' || entry.state === 'retry-wait';
    const ask = isNew && idle && entry.number !== null && entry.linked === null && entry.dueAt <= now;
    const nothing = { doNotContact: false, calls: 0, oldestCallAt: null };
    const standing = ask && entry.number !== null ? await store.standing(entry.brand, entry.number, now - DAY_MS) : nothing;
    return dueOf(entry, { ...standing, open, opensAt: open ? null : until, cap: rules.cap }, now);
  }

  function begin(entry: Callback, agent: UserId | null): boolean {
    const { number } = entry;
    if (number === null || !deps.isUp()) return false;
    const one: Callable = { ...entry, number };
    if (agent === null && rulesOf(deps, entry.group).mode === 'customer-first') return customerFirst.begin(one);
    const run = new Run(host, one);
    runs.set(entry.id, run);
    const began = run.begin(passed.get(entry.id) ?? [], agent);
    if (!began && runs.get(entry.id) === run) runs.delete(entry.id);
    return began;
  }

  /** What a process that is gone left: true where it is not to be looked at further now. */
  async function tookOver(entry: Callback): Promise<boolean> {
    const { id, linked, callId, state, changedAt } = entry;
    if (linked !== null && !(await isUp(linked, changedAt))) await changes.apply(id, { kind: 'caller-left', callId: linked });
    if (state !== 'reserved' && state !== 'dialing') return false;
    if (callId === null || customerFirst.has(callId)) return true;
    const call = await deps.callStore.get(callId);
    if (call?.state === 'open') return true;
    if (call !== undefined) await settle(host, id, call);
    // Never put on record: nobody was dialled, and whoever did it has had the time.
    else if (clock.now() - changedAt >= settings.staleMs) await changes.apply(id, { kind: 'lost', callId });
    return true;
  }

  /** A call that is not on record yet may be another engine's that has just come. */
  async function isUp(callId: CallId, since: number): Promise<boolean> {
    const live = deps.calls().live();
    if (live.some(({ id }) => id === callId)) return true;
    const call = await deps.callStore.get(callId);
    return call === undefined ? clock.now() - since < settings.staleMs : call.state === 'open';
  }

  return {
    wake,
    runOf: (id) => runs.get(id),
    async callEnded(call) {
      const run = runOfCall(call.id);
      if (run === undefined && !customerFirst.has(call.id) && !isReturnCall(call)) return;
      if (run !== undefined) await run.ended(call);
      else await settleUnknown(call);
      customerFirst.ended(call.id);
      wake();
    },
    callDropped(call) {
      runOfCall(call.id)?.forget();
      customerFirst.ended(call.id);
    },
    customerThere: (callId) => customerFirst.customerThere(callId),
    waitsForFree: (queues) => queues.some((queue) => rulesOf(deps, groupOf(deps, queue)).mode === 'customer-first'),
    take(entry, agent) {
      const run = runs.get(entry.id);
      if (run !== undefined && run.phase !== 'waiting') return false;
      run?.withdraw();
      return begin(entry, agent);
    },
    async settled() {
      while (looking !== null) await looking;
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };

  function runOfCall(callId: CallId): Run | undefined {
    return [...runs.values()].find((run) => run.callId === callId);
  }

  /** Most calls of ours are made for campaigns and by hand. */
  function isReturnCall({ flow }: Call): boolean {
    return flow === CALLBACK_RULES.flow || [...deps.rules().values()].some((rules) => rules.flow === flow);
  }

  /** A call that a former process made, or that the customer comes first in. */
  async function settleUnknown(call: Call): Promise<void> {
    const who = callable(call.did, true);
    const open = who.kind === 'number' ? await store.openOf(settings.brand, who.number) : [];
    const entry = open.find(({ callId }) => callId === call.id);
    if (entry !== undefined) await settle(host, entry.id, call);
  }
}
