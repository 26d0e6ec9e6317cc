import { callable } from '../../acd/callback-candidate.ts';
import type { AcdEvent } from '../../domain/acd-event.ts';
import type { AcdEventId, CallId } from '../../domain/ids.ts';
import type { Changes } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import { rulesOf } from './rules.ts';

/** Ends that are the talk's own: whom an agent passes on talks with somebody else then. */
const OWN_ENDS: ReadonlySet<string> = new Set(['caller-hung-up', 'agent-hung-up']);

export interface ShortTalks {
  /** Hears all facts of the floor; settles when what was no talk is an attempt. False: there was nothing to change. */
  heard(event: AcdEvent): Promise<boolean>;
}

/** Talks in calls of ours that are over too soon: a mailbox picked up, or nobody said a word. The promise is not kept by them. */
export function createShortTalks(deps: CallbackDeps, changes: Changes): ShortTalks {
  const { store, callStore, settings } = deps;
  /** Talks under way in calls of ours. */
  const outbound = new Set<AcdEventId>();

  async function numberOf(callId: CallId): Promise<string> {
    const live = deps.calls().live();
    return (live.find(({ id }) => id === callId) ?? (await callStore.get(callId)))?.did ?? '';
  }

  async function reopen({ callId, talkMs, holdMs }: AcdEvent & { kind: 'released' }): Promise<boolean> {
    // That they talked is written before.
    await deps.floor().saved();
    const who = callable(await numberOf(callId), true);
    if (who.kind !== 'number') return false;
    let changed = false;
    for (const { id, group } of await store.closedIn(settings.brand, who.number, callId)) {
      if (talkMs + holdMs >= rulesOf(deps, group).minTalkMs) continue;
      const isAttempt = (await store.attempts(id)).some((one) => one.callId === callId);
      changed = (await changes.apply(id, { kind: 'not-reached', callId, isAttempt })) !== null || changed;
    }
    return changed;
  }

  return {
    async heard(event) {
      if (event.kind === 'connected' && event.direction === 'outbound') outbound.add(event.id);
      if (event.kind !== 'released' || !outbound.delete(event.talkId) || !OWN_ENDS.has(event.how)) return false;
      const longest = Math.max(0, ...[...deps.rules().values()].map(({ minTalkMs }) => minTalkMs));
      return event.talkMs + event.holdMs < longest && (await reopen(event));
    },
  };
}
