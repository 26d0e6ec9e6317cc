import { callable } from '../../acd/callback-candidate.ts';
import type { Call } from '../../domain/call.ts';
import type { Callback } from '../../domain/callback.ts';
import type { CallId } from '../../domain/ids.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { FloorCallbacks, Linked } from '../floor/promised.ts';
import type { Changes } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import { groupOf } from './rules.ts';
import type { Run } from './run.ts';

export interface LinkHost {
  readonly deps: CallbackDeps;
  readonly changes: Changes;
  runOf(id: Callback['id']): Run | undefined;
}

export interface Links extends Pick<FloorCallbacks, 'joined'> {
  arrived(call: Call): void;
  /** Settles when the promises that waited for this call's end are open again; false: nobody waited for it. */
  ended(call: Call): Promise<boolean>;
}

/** Customers who call by themselves while they wait to be called. */
export function createLinks({ deps, changes, runOf }: LinkHost): Links {
  const { store, log, settings } = deps;
  /** Of calls that are up: whether anybody waited to be called back there. */
  const linking = new Map<CallId, Promise<boolean>>();

  /** Nobody dials who is on the line; whoever rings them for us stops, unless they have answered already. */
  async function link(callId: CallId, number: E164): Promise<boolean> {
    const open = await store.openOf(settings.brand, number);
    for (const { id, state, callId: ours } of open) {
      if (state === 'dialing' && !stopRinging(id, ours)) continue;
      await changes.apply(id, { kind: 'caller-called', callId });
    }
    return open.length > 0;
  }

  function stopRinging(id: Callback['id'], ours: CallId | null): boolean {
    if (ours === null) return false;
    const run = runOf(id);
    const before = run?.phase;
    // First: what the end of our call tells must find it kept.
    run?.keep();
    if (deps.calls().takeBack(ours)) return true;
    // They answered in the same moment: ours is the one that counts.
    if (before === 'dialing') run?.release();
    return false;
  }

  return {
    arrived(call) {
      const who = call.direction === 'inbound' ? callable(call.ani, true, deps.own()) : null;
      if (who?.kind !== 'number') return;
      const done = link(call.id, who.number).catch((err: unknown) => {
        log.warn({ callId: call.id, err }, 'who calls could not be looked for among those who are to be called back');
        // Something may have been written before it failed.
        return true;
      });
      linking.set(call.id, done);
    },

    async joined({ callId, queue, caller }): Promise<Linked | null> {
      await linking.get(callId);
      const who = callable(caller, true);
      if (who.kind !== 'number') return null;
      const group = groupOf(deps, queue);
      const entries = await store.openOf(settings.brand, who.number);
      const entry = entries.find((one) => one.group === group && one.linked === callId);
      if (entry === undefined) return null;
      const { id, kind, count, firstAt, about, attempts, shown, since } = entry;
      const callback = { id, kind, count, firstAt, about, attempts, shown };
      return { since, callback, handOver: () => runOf(id)?.handOver() ?? null };
    },

    async ended(call) {
      const linked = linking.get(call.id);
      linking.delete(call.id);
      // Almost nobody who calls waits to be called back.
      if (linked === undefined || !(await linked)) return false;
      // That they hung up, or were served, is written before.
      await deps.floor().saved();
      const who = callable(call.ani, true);
      if (who.kind !== 'number') return false;
      for (const { id, linked: by } of await store.openOf(settings.brand, who.number))
        if (by === call.id) await changes.apply(id, { kind: 'caller-left', callId: call.id });
      return true;
    },
  };
}
