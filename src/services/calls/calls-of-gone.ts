import type { CallId } from '../../domain/ids.ts';
import type { OtherEngine, UnfinishedCall } from '../../ports/stores.ts';
import type { CallDeps } from './deps.ts';
import { alone, type ReconcileHands } from './reconcile.ts';

type Hands = Pick<ReconcileHands, 'actors' | 'afterCalls' | 'close' | 'goOnAfter'>;

/**
 * Calls of engines on this database that are gone: their channels are on another Asterisk, where nobody goes on with them, or which
 * is gone, too. They are over as far as anybody can tell; whoever they were made for hears of it, and who waited in a queue has left
 * it. Asked again and again: a call that could not be closed is tried once more each time.
 */
export function createCallsOfGone(deps: CallDeps, hands: Hands): (gone: readonly OtherEngine[]) => Promise<void> {
  const { store, floor, log } = deps;
  /** Ours since they were taken over, and not closed yet. */
  const left = new Set<CallId>();

  /** As they stand now: another connect of ours may have closed them meanwhile. */
  async function leftRows(): Promise<readonly UnfinishedCall[]> {
    if (left.size === 0) return [];
    const rows = (await store.open()).filter(({ call }) => left.has(call.id));
    left.clear();
    for (const { call } of rows) left.add(call.id);
    return rows;
  }

  return async (gone) => {
    const before = await leftRows();
    const taken = gone.length === 0 ? [] : await store.takeOver(gone);
    for (const { call } of taken) left.add(call.id);
    // Taken from us while we could not be heard, and back: they never stopped.
    for (const id of left) if (hands.actors.has(id) || hands.afterCalls.has(id)) left.delete(id);
    const rows = [...before, ...taken].filter(({ call }) => left.has(call.id));
    if (rows.length === 0) return;
    await floor.leftBehind(rows.map(({ call }) => call.id));
    for (const row of rows) {
      const { call } = row;
      const close = () => (call.state === 'open' ? hands.close(row, { kind: 'asterisk-lost' }, null) : hands.goOnAfter(row));
      if (await alone(log, call.id, 'a call of an engine that is gone could not be closed; it is tried again in a moment', close))
        left.delete(call.id);
    }
    const counts = { calls: rows.filter(({ call }) => !left.has(call.id)).length, failed: left.size };
    if (counts.calls > 0) log.warn(counts, 'an engine on this database is gone; its calls were closed here');
  };
}
