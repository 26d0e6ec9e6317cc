import { callable } from '../../acd/callback-candidate.ts';
import type { Call } from '../../domain/call.ts';
import type { Callback } from '../../domain/callback.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { FloorCallbacks, Linked } from '../floor/promised.ts';
import type { Changes } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import { groupOf } from './rules.ts';
import type { Run } from './run.ts';

/** Between two looks at an entry somebody else may begin to dial, or stop. */
const TRIES = 5;

export interface LinkHost {
  readonly deps: Pick<CallbackDeps, 'store' | 'log' | 'settings' | 'own' | 'queues' | 'floor'> & {
    readonly calls: () => Pick<ReturnType<CallbackDeps['calls']>, 'takeBack'>;
  };
  readonly changes: Pick<Changes, 'apply'>;
  /** Somebody who waits to be called is on the line now. */
  linked(): void;
  runOf(id: Callback['id']): Pick<Run, 'phase' | 'keep' | 'release' | 'handOver'> | undefined;
}

/** An agent who is about to dial a number by hand. */
export interface HandDial {
  readonly callId: CallId;
  readonly agent: UserId;
  readonly number: E164;
}

export interface Links extends Pick<FloorCallbacks, 'joined'> {
  arrived(call: Call): void;
  /** Settles when the promises that waited for this call's end are open again; false: nobody waited for it. */
  callerLeft(call: Call): Promise<boolean>;
  /** Another engine has the call: what it keeps is that one's. */
  forget(callId: CallId): void;
  /**
   * Keeps everybody else from dialling the number until the call is over, or what it gives is called: before the number is
   * dialled. Rejects with `request.conflict` where the customer is being called back, or is on the line, at this moment.
   */
  byHand(dial: HandDial): Promise<() => Promise<void>>;
}

/** Customers who are on the line otherwise while they wait to be called: by a call of their own, or by an agent's. */
export function createLinks({ deps, changes, linked, runOf }: LinkHost): Links {
  const { store, log, settings } = deps;
  /** Of calls that are up: whether anybody waited to be called back there. */
  const linking = new Map<CallId, Promise<boolean>>();

  /** Nobody dials who is on the line; whoever rings them for us stops, unless they have answered already. */
  async function link(callId: CallId, number: E164): Promise<boolean> {
    const open = await store.openOf(settings.brand, number);
    for (const { id } of open) await linkOne(id, callId);
    return open.length > 0;
  }

  /** Whether somebody dials is looked at again after each step: it may begin between two of them. */
  async function linkOne(id: Callback['id'], callId: CallId): Promise<void> {
    let stopped: CallId | null = null;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = await store.get(id);
      // Our own call for it is not one of theirs.
      if (now === undefined || now.state === 'closed' || now.callId === callId) return;
      if (now.state === 'dialing' && stopped !== now.callId) {
        if (!stopRinging(id, now.callId)) return;
        stopped = now.callId;
      }
      if ((await changes.apply(id, { kind: 'caller-called', callId, stopped })) !== null) return linked();
    }
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

  /** Who could not be linked when they called, as they were being dialled, may be so once they come to the queue. */
  async function linkedEntry(callId: CallId, group: string, number: E164): Promise<Callback | undefined> {
    const find = async () => (await store.openOf(settings.brand, number)).find((one) => one.group === group);
    const entry = await find();
    if (entry === undefined || entry.linked === callId) return entry;
    linking.set(callId, Promise.resolve(true));
    await linkOne(entry.id, callId);
    const again = await find();
    return again?.linked === callId ? again : undefined;
  }

  async function letGo(callId: CallId, number: E164): Promise<void> {
    linking.delete(callId);
    for (const { id, linked: by } of await store.openOf(settings.brand, number))
      if (by === callId) await changes.apply(id, { kind: 'caller-left', callId });
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
      const entry = await linkedEntry(callId, group, who.number);
      if (entry === undefined) return null;
      const { id, kind, count, firstAt, about, attempts, shown, since } = entry;
      const callback = { id, kind, count, firstAt, about, attempts, shown };
      return { since, callback, handOver: () => runOf(id)?.handOver() ?? null };
    },

    async callerLeft(call) {
      const waited = linking.get(call.id);
      linking.delete(call.id);
      // Almost nobody who calls waits to be called back.
      if (waited === undefined || !(await waited)) return false;
      // That they hung up, or were served, is written before.
      await deps.floor().saved();
      const who = callable(call.direction === 'inbound' ? call.ani : call.did, true);
      if (who.kind !== 'number') return false;
      await letGo(call.id, who.number);
      return true;
    },

    forget: (callId) => void linking.delete(callId),

    async byHand({ callId, agent, number }) {
      const open = await store.openOf(settings.brand, number);
      const release = () => letGo(callId, number);
      if (open.length === 0) return release;
      linking.set(callId, Promise.resolve(true));
      for (const { id } of open) {
        if ((await changes.apply(id, { kind: 'by-hand', callId }, agent)) !== null) continue;
        if ((await store.get(id))?.state === 'closed') continue;
        await release();
        const text = 'This customer is being called back, or is on the line, at this moment. Wait until that is over.';
        throw new SantralError('request.conflict', text, { details: { reason: 'called-back' } });
      }
      linked();
      return release;
    },
  };
}
