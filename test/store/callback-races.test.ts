import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { CALLBACK_RULES, type CallbackFinding } from '../../src/domain/callback.ts';
import { type CallId, makeId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { CallbackStore } from '../../src/ports/callbacks.ts';
import { createChanges } from '../../src/services/callbacks/changes.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
const RULES = { group: 'support', ...CALLBACK_RULES };
/** PostgreSQL answers a hundred times slower than a schedule is thought of. */
const RUNS = { SQLite: 60, PostgreSQL: 25 } as const;

let count = 0;
const next = <K extends Parameters<typeof makeId>[0]>(kind: K) => makeId(kind, NOON + (count += 1), [count & 31, count >> 5]);

function found(number: E164): CallbackFinding {
  return {
    ...{ id: next('acdEvent'), brand: BRAND, group: 'support', at: NOON, kind: 'abandoned', origin: 'queue', callId: next('call') },
    ...{ queue: 'support', language: 'tr', about: '', since: NOON, expiresAt: NOON + RULES.expireMs, who: { kind: 'number', number } },
  };
}

/** A store whose answers come in the order that the schedule wants. */
function scheduled(store: CallbackStore, scheduler: fc.Scheduler): CallbackStore {
  return {
    ...store,
    get: scheduler.scheduleFunction(store.get),
    move: scheduler.scheduleFunction(store.move),
    dial: scheduler.scheduleFunction(store.dial),
    served: scheduler.scheduleFunction(store.served),
    found: scheduler.scheduleFunction(store.found),
  };
}

/** How often at most a telephone was rung between two calls of their own. */
function mostRings(events: readonly string[]): number {
  let rings = 0;
  let most = 0;
  for (const event of events) {
    rings = event === 'caller-left' ? 0 : rings + (event === 'dial' ? 1 : 0);
    most = Math.max(most, rings);
  }
  return most;
}

describe.each(ENGINES)('two engines and one callback on $name', ({ name, place }) => {
  const at = storesFor(place);

  it('ring nobody twice, nobody who is on the line or was served, whatever comes first', async () => {
    const other = await at.place.open();
    try {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), fc.subarray(['inbound', 'served', 'again', 'crash'] as const), async (scheduler, also) => {
          count += 1;
          const number = `+9055501${String(count).padStart(5, '0')}` as E164;
          const one = await at.stores.callbacks.found(found(number));
          if (one === null) throw new Error('nobody was found');
          const dialled: { readonly callId: CallId; readonly linked: boolean; readonly closed: boolean }[] = [];
          const theirs = next('call');
          const engine = (store: CallbackStore) => {
            const slow = scheduled(store, scheduler);
            const changes = createChanges({
              store: slow,
              clock: { now: () => NOON + 1, setTimer: () => () => undefined },
              queues: () => new Map(),
              rules: () => new Map([['support', RULES]]),
            });
            const dispatch = async (callId: CallId): Promise<void> => {
              if ((await changes.apply(one.id, { kind: 'reserve', agent: next('user'), callId })) === null) return;
              if ((await changes.dial(one.id, { kind: 'dial', callId }, 'x')) !== 'dials') {
                await changes.apply(one.id, { kind: 'let-go', callId });
                return;
              }
              const then = await store.history(one.id);
              const before = then.slice(
                0,
                then.findLastIndex(({ event }) => event === 'dial'),
              );
              dialled.push({
                callId,
                linked: onTheLine(before.map(({ event }) => event)),
                closed: before.some(({ state }) => state === 'closed'),
              });
              if (also.includes('crash')) await changes.apply(one.id, { kind: 'lost', callId });
              else await changes.apply(one.id, { kind: 'ended', callId, outcome: 'no-answer' });
            };
            return { changes, dispatch, slow };
          };
          const [a, b] = [engine(at.stores.callbacks), engine(other.callbacks)];
          const happenings = [a.dispatch(next('call')), b.dispatch(next('call')), b.dispatch(next('call'))] as Promise<unknown>[];
          if (also.includes('inbound'))
            happenings.push(
              a.changes
                .apply(one.id, { kind: 'caller-called', callId: theirs })
                .then(() => a.changes.apply(one.id, { kind: 'caller-left', callId: theirs })),
            );
          if (also.includes('served'))
            happenings.push(
              b.slow.served({
                brand: BRAND,
                groups: ['support'],
                number,
                callId: theirs,
                how: 'served-inbound',
                agent: next('user'),
                at: NOON,
              }),
            );
          if (also.includes('again')) happenings.push(a.slow.found(found(number)));
          await scheduler.waitFor(Promise.all(happenings));
          // The clock stands still: a second ring would be one within the delay, save where they called by themselves meanwhile and left again.
          const told = (await at.stores.callbacks.history(one.id)).map(({ event }) => event);
          expect(mostRings(told)).toBeLessThanOrEqual(1);
          expect(dialled.every(({ linked, closed }) => !linked && !closed)).toBe(true);
          expect((await at.stores.callbacks.openOf(BRAND, number)).length).toBeLessThanOrEqual(1);
          expect((await at.stores.callbacks.attempts(one.id)).length).toBe(dialled.length);
        }),
        { numRuns: RUNS[name as keyof typeof RUNS] },
      );
    } finally {
      await other.close();
    }
  }, 120_000);
});

function onTheLine(events: readonly string[]): boolean {
  return events.lastIndexOf('caller-called') > Math.max(events.lastIndexOf('caller-left'), events.lastIndexOf('found'));
}
