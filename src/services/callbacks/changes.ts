import { type CallbackEvent, nextCallback } from '../../acd/callback-state.ts';
import type { Callback, CallbackOutcome } from '../../domain/callback.ts';
import type { CallbackId } from '../../domain/ids.ts';
import type { CallbackDeps } from './deps.ts';
import { openFor, rulesOf } from './rules.ts';

/** Others may change the same entry at the same time; each try sees what they did. */
const TRIES = 5;
const ENGINE = 'engine';

export interface Changes {
  /** The entry after the event; null: it is not there, or the event does not concern it as it is now. `by`: who did it. */
  apply(id: CallbackId, event: CallbackEvent, by?: string): Promise<Callback | null>;
  /** Dials, where the number may be called, and now. */
  dial(id: CallbackId, event: CallbackEvent & { kind: 'dial' }, by: string): Promise<Dialled>;
}

export type Dialled = 'dials' | 'ignored' | 'do-not-contact' | 'cap' | 'window' | 'busy';

const DAY_MS = 86_400_000;

/** What the entry's history tells of it besides. */
function noteOf(event: CallbackEvent): string {
  if (event.kind === 'caller-called') return event.stopped === null ? '' : 'stopped';
  return 'reason' in event ? event.reason : 'outcome' in event ? event.outcome : '';
}

/** Every change of an entry: a step of the rules, stored against the version before it. */
export function createChanges(deps: Pick<CallbackDeps, 'store' | 'clock' | 'queues' | 'rules' | 'openness'>): Changes {
  const { store, clock } = deps;
  const outcomeOf = (event: CallbackEvent): CallbackOutcome | undefined => {
    if (event.kind === 'ended') return event.outcome;
    if (event.kind === 'caller-called') return event.stopped === null ? undefined : 'cancelled';
    if (event.kind === 'not-reached') return 'mailbox';
    return event.kind === 'lost' ? 'unknown' : undefined;
  };
  async function stepOf(id: CallbackId, event: CallbackEvent): Promise<Callback | null> {
    const now = await store.get(id);
    if (now === undefined) return null;
    const step = nextCallback(now, event, rulesOf(deps, now.group), clock.now());
    return step.kind === 'changed' ? step.callback : null;
  }
  return {
    async apply(id, event, by = ENGINE) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const next = await stepOf(id, event);
        if (next === null) return null;
        if (await store.move(next, { event: event.kind, by, note: noteOf(event) }, outcomeOf(event))) return next;
      }
      return null;
    },
    async dial(id, event, by) {
      const next = await stepOf(id, event);
      if (next === null) return 'ignored';
      const rules = rulesOf(deps, next.group);
      // The window may have closed since the agent was asked.
      if (!openFor(deps, rules, clock.now()).open) return 'window';
      const limit = { cap: rules.cap, since: clock.now() - DAY_MS };
      const dialled = await store.dial(next, { event: event.kind, by }, limit);
      return dialled === 'changed' ? 'ignored' : dialled;
    },
  };
}
