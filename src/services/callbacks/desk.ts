import type { Callback } from '../../domain/callback.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallbackId, UserId } from '../../domain/ids.ts';
import type { CallbackAttempt, CallbackFilter, CallbackLine } from '../../ports/callbacks.ts';
import type { Changes } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import type { Dispatcher } from './dispatcher.ts';
import { type CallbackFigures, callbackFigures } from './figures.ts';
import { groupOf, openFor, rulesOf } from './rules.ts';

export interface CallbackDesk {
  /** Newest first. */
  list(filter: Omit<CallbackFilter, 'brand'>): Promise<readonly Callback[]>;
  /** All that are not closed, who is to be called first in front; where `agent` is given, of the groups whose queues they serve. */
  open(agent?: UserId): Promise<readonly Callback[]>;
  /** Rejects with `request.not-found`. */
  get(
    id: CallbackId,
  ): Promise<{ readonly callback: Callback; readonly history: readonly CallbackLine[]; readonly attempts: readonly CallbackAttempt[] }>;
  /** Nobody calls any more. Rejects with `request.not-found`, or `request.conflict` where it is closed already. */
  close(id: CallbackId, by: string): Promise<Callback>;
  /** Before or after another one in the order; both open. */
  move(id: CallbackId, to: { readonly before: CallbackId } | { readonly after: CallbackId }, by: string): Promise<Callback>;
  /**
   * This agent calls now; without `ofAll` only of groups whose queues they serve, else it rejects with `request.forbidden`.
   * Rejects with `agent.not-now` where they are not free, `callback.window` where nobody is called at this hour,
   * `request.conflict` where it is not to be had.
   */
  take(id: CallbackId, agent: UserId, ofAll: boolean): Promise<void>;
  figures(from: number, to: number): Promise<CallbackFigures>;
}

/** What people see of callbacks, and do with them. */
export function createCallbackDesk(deps: CallbackDeps, changes: Changes, dispatcher: Dispatcher): CallbackDesk {
  const { store, settings } = deps;

  async function known(id: CallbackId): Promise<Callback> {
    const found = await store.get(id);
    if (found === undefined || found.brand !== settings.brand) throw new SantralError('request.not-found', 'There is no such callback.');
    return found;
  }

  async function done(id: CallbackId, changed: Callback | null): Promise<Callback> {
    if (changed === null) {
      const { closedBy } = await known(id);
      throw new SantralError('request.conflict', `The callback is closed already, by ${closedBy ?? 'somebody'}.`);
    }
    dispatcher.wake();
    return changed;
  }

  function serves(agent: UserId): (entry: Callback) => boolean {
    const groups = new Set((deps.floor().agent(agent)?.queues ?? []).map((queue) => groupOf(deps, queue)));
    return ({ group }) => groups.has(group);
  }

  return {
    list: (filter) => store.list({ ...filter, brand: settings.brand }),
    async open(agent) {
      const all = await store.open(settings.brand);
      return agent === undefined ? all : all.filter(serves(agent));
    },
    async get(id) {
      const callback = await known(id);
      return { callback, history: await store.history(id), attempts: await store.attempts(id) };
    },
    async close(id, by) {
      await known(id);
      return done(id, await changes.apply(id, { kind: 'close', reason: 'by-user', by }, by));
    },
    async move(id, to, by) {
      await known(id);
      const { since } = await known('before' in to ? to.before : to.after);
      return done(id, await changes.apply(id, { kind: 'move', since: 'before' in to ? since - 1 : since + 1 }, by));
    },
    async take(id, agent, ofAll) {
      const entry = await known(id);
      if (!ofAll && !serves(agent)(entry))
        throw new SantralError('request.forbidden', `You serve no queue of the group "${entry.group}". A supervisor gives you its queues.`);
      if (deps.floor().agent(agent)?.state.kind !== 'available')
        throw new SantralError('agent.not-now', 'You are not available at the moment. Set yourself available, then call.');
      const free = (entry.state === 'open' || entry.state === 'retry-wait') && entry.linked === null;
      if (!free || entry.number === null)
        throw new SantralError('request.conflict', 'Somebody is at this callback already, or it is closed.');
      // By hand the delay does not count; the window, the cap and who never wants to be called do.
      const { open, until } = openFor(deps, rulesOf(deps, entry.group), deps.clock.now());
      if (!open) throw shut(until);
      const now = await changes.apply(id, { kind: 'now' }, agent);
      if (now === null || !dispatcher.take(now, agent)) throw new SantralError('request.conflict', 'Somebody is at this callback already.');
    },
    figures: async (from, to) => callbackFigures(await store.period(settings.brand, from, to)),
  };
}

function shut(opensAt: number | null): SantralError {
  const reason = opensAt === null ? undefined : new Date(opensAt).toISOString();
  const from = reason === undefined ? 'It is not known when that changes.' : `They may be called from ${reason} on.`;
  return new SantralError('callback.window', `Nobody of this group is called back at this hour. ${from}`, { details: { reason } });
}
