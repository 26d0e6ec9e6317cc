import type { BrandId } from '../../src/domain/brand.ts';
import { CALLBACK_RULES } from '../../src/domain/callback.ts';
import type { IdSource } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { type Callbacks, createCallbacks } from '../../src/services/callbacks/callbacks.ts';
import type { CallbackDeps } from '../../src/services/callbacks/deps.ts';
import { silentLog } from './asterisk.ts';
import { openTestFloor } from './floor.ts';

/** Return calls on a real store, without a line: nobody is dialled. */
export function pretendCallbacks(
  stores: Pick<Stores, 'callbacks' | 'calls'>,
  clock: Clock,
  ids: IdSource,
  brand: BrandId,
  /** When the group `sales` calls people; absent: always. */
  hours?: (at: number) => { readonly open: boolean; readonly until: number | null },
  /** Where agents are; absent: nobody works. */
  floorOf?: CallbackDeps['floor'],
): Callbacks {
  const { floor } = openTestFloor({ clock, ids });
  const nobody = (): never => {
    throw new Error('nobody is dialled here');
  };
  return createCallbacks({
    ...{ clock, ids, log: silentLog, floor: floorOf ?? (() => floor), isUp: () => false },
    store: stores.callbacks,
    callStore: stores.calls,
    calls: () => ({ place: nobody, placeFor: nobody, firstAgent: () => null, takeBack: () => false, live: () => [] }),
    queues: () => new Map(),
    rules: () => (hours === undefined ? new Map() : new Map([['sales', { ...CALLBACK_RULES, group: 'sales', calendar: 'hours' }]])),
    openness: (_calendar, at) => hours?.(at) ?? { open: true, until: null },
    own: () => new Set(),
    acceptWords: () => [],
    settings: { brand, callerId: null, pollMs: 3_600_000, staleMs: 50_000, keepAgentMs: 10_000 },
  });
}
