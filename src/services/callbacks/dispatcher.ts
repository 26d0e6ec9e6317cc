import { type Due, dueOf } from '../../acd/callback-due.ts';
import type { Call } from '../../domain/call.ts';
import type { Callback } from '../../domain/callback.ts';
import type { CallbackId, UserId } from '../../domain/ids.ts';
import type { Changes } from './changes.ts';
import { CustomerFirst } from './customer-first.ts';
import type { CallbackDeps } from './deps.ts';
import type { Finding } from './finding.ts';
import { rulesOf } from './rules.ts';
import { type Callable, Run, settle } from './run.ts';

const DAY_MS = 86_400_000;

export interface Dispatcher {
  /** Looks at all entries now, and again when something may have changed. */
  wake(): void;
  runOf(id: CallbackId): Run | undefined;
  /** Our call for an entry is over. */
  ended(call: Call): Promise<void>;
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
    for (const id of passed.keys()) if (!known.has(id)) passed.delete(id);
    let next = Infinity;
    for (const entry of entries) next = Math.min(next, (await lookAt(entry)) ?? Infinity);
    return next;
  }

  /** When to look again at this one; null: when something happens. */
  async function lookAt(entry: Callback): Promise<number | null> {
    const run = runs.get(entry.id);
    if (run !== undefined && run.phase !== 'waiting') return null;
    if (run === undefined && (await tookOver(entry))) return null;
    const due = await dueNow(entry);
    if (due.kind === 'due') {
      if (run !== undefined && run.entry.since !== entry.since) run.withdraw();
      else if (run === undefined) begin(entry, null);
      return entry.expiresAt;
    }
    run?.withdraw();
    if (due.why === 'expired') await changes.apply(entry.id, { kind: 'expire' });
    else if (due.why === 'do-not-contact') await changes.apply(entry.id, { kind: 'close', reason: 'do-not-contact', by: 'engine' });
    return due.until === null ? null : Math.min(due.until, entry.expiresAt);
  }

  async function dueNow(entry: Callback): Promise<Due> {
    const now = clock.now();
    const { calendar, cap } = rulesOf(deps, entry.group);
    const { open, until } = calendar === null ? { open: true, until: null } : deps.openness(calendar, now);
    const idle = entry.state === 'open' || entry.state === 'retry-wait';
    const ask = idle && entry.number !== null && entry.linked === null && entry.dueAt <= now;
    const nothing = { doNotContact: false, calls: 0, oldestCallAt: null };
    const standing = ask && entry.number !== null ? await store.standing(entry.brand, entry.number, now - DAY_MS) : nothing;
    return dueOf(entry, { ...standing, open, opensAt: open ? null : until, cap }, now);
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
    if (linked !== null && !(await isUp(linked))) await changes.apply(id, { kind: 'caller-left', callId: linked });
    if (state !== 'reserved' && state !== 'dialing') return false;
    if (callId === null || customerFirst.has(callId)) return true;
    const call = await deps.callStore.get(callId);
    if (call?.state === 'open') return true;
    if (call !== undefined) await settle(host, id, call);
    // Never put on record: nobody was dialled, and whoever did it has had the time.
    else if (clock.now() - changedAt >= settings.staleMs) await changes.apply(id, { kind: 'lost', callId });
    return true;
  }

  async function isUp(callId: Callback['callId']): Promise<boolean> {
    if (
      callId === null ||
      deps
        .calls()
        .live()
        .some(({ id }) => id === callId)
    )
      return callId !== null;
    return (await deps.callStore.get(callId))?.state === 'open';
  }

  return {
    wake,
    runOf: (id) => runs.get(id),
    async ended(call) {
      const run = [...runs.values()].find(({ callId }) => callId === call.id);
      if (run !== undefined) await run.ended(call);
      else await settleUnknown(call);
      customerFirst.ended(call.id);
      wake();
    },
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

  /** A call that a former process made, or that the customer comes first in. */
  async function settleUnknown(call: Call): Promise<void> {
    const entry = (await store.open(settings.brand)).find(({ callId }) => callId === call.id);
    if (entry !== undefined) await settle(host, entry.id, call);
  }
}
