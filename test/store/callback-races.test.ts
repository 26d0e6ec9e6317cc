import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { CALLBACK_RULES, type CallbackFinding } from '../../src/domain/callback.ts';
import { type CallId, makeId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { CallbackLine, CallbackStore } from '../../src/ports/callbacks.ts';
import { createChanges } from '../../src/services/callbacks/changes.ts';
import { createLinks, type Links } from '../../src/services/callbacks/links.ts';
import { silentLog } from '../kit/asterisk.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
const RULES = { group: 'support', ...CALLBACK_RULES };
/** PostgreSQL answers a hundred times slower than a schedule is thought of. */
const RUNS = { SQLite: 80, PostgreSQL: 25 } as const;

const LOOKS = 4;

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
    openOf: scheduler.scheduleFunction(store.openOf),
    move: scheduler.scheduleFunction(store.move),
    dial: scheduler.scheduleFunction(store.dial),
    served: scheduler.scheduleFunction(store.served),
    found: scheduler.scheduleFunction(store.found),
  };
}

/** One engine: its links, and its calls that ring or are about to; one that is taken back before never rings. */
function engine(store: CallbackStore) {
  const clock = { now: () => NOON + 1, setTimer: () => () => undefined };
  const [queues, rules] = [() => new Map<string, never>(), () => new Map([['support', RULES]])];
  const changes = createChanges({ store, clock, queues, rules, openness: () => ({ open: true, until: null }) });
  const placed = new Set<CallId>();
  const links = createLinks({
    deps: {
      ...{ store, queues, log: silentLog, own: () => new Set<string>() },
      floor: () => ({ saved: async () => undefined }) as never,
      calls: () => ({ takeBack: (id) => placed.delete(id) }),
      settings: { brand: BRAND } as never,
    },
    changes,
    linked: () => undefined,
    runOf: () => undefined,
  });
  return { store, changes, placed, links };
}

/** How often their telephone was rung. */
function rings(told: readonly CallbackLine[]): number {
  return told.filter(({ event }) => event === 'dial').length;
}

function onTheLine(events: readonly string[]): boolean {
  const from = Math.max(events.lastIndexOf('caller-called'), events.lastIndexOf('by-hand'));
  return from > Math.max(events.lastIndexOf('caller-left'), events.lastIndexOf('found'));
}

describe.each(ENGINES)('two engines and one callback on $name', ({ name, place }) => {
  const at = storesFor(place);
  const numRuns = RUNS[name as keyof typeof RUNS];

  async function someone() {
    count += 1;
    const number = `+9055501${String(count).padStart(5, '0')}` as E164;
    const one = await at.stores.callbacks.found(found(number));
    if (one === null) throw new Error('nobody was found');
    return { number, id: one.id };
  }

  it('ring nobody twice, nobody who is on the line or was served, whatever comes first (C13)', async () => {
    const other = await at.place.open();
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.subarray(['inbound', 'by-hand', 'served', 'again', 'crash', 'answered'] as const),
          async (scheduler, also) => {
            const { number, id } = await someone();
            const [a, b] = [at.stores.callbacks, other.callbacks].map((store) => engine(scheduled(store, scheduler))) as [Engine, Engine];
            let answered = false;
            const dialled: { readonly linked: boolean; readonly closed: boolean }[] = [];
            const dispatch = async ({ changes, store, placed }: Engine, callId: CallId): Promise<void> => {
              placed.add(callId);
              if ((await changes.apply(id, { kind: 'reserve', agent: next('user'), callId })) === null) return;
              if ((await changes.dial(id, { kind: 'dial', callId }, 'x')) !== 'dials') {
                await changes.apply(id, { kind: 'let-go', callId });
                return;
              }
              const then = await store.history(id);
              const before = then.slice(
                0,
                then.findLastIndex(({ event }) => event === 'dial'),
              );
              dialled.push({
                linked: onTheLine(before.map(({ event }) => event)),
                closed: before.some(({ state }) => state === 'closed'),
              });
              // It rings for a while.
              for (let n = 0; n < 3; n += 1) await scheduler.schedule(Promise.resolve());
              if (also.includes('answered')) {
                // Whoever comes to take it back from now on comes too late.
                answered = placed.delete(callId);
                if (answered) await store.served({ ...talk(number), callId, how: 'served-outbound' });
                return;
              }
              if (also.includes('crash')) return void (await changes.apply(id, { kind: 'lost', callId }));
              // Taken back: the link says the rest.
              if (!placed.delete(callId)) return;
              await changes.apply(id, { kind: 'ended', callId, outcome: 'no-answer' });
            };
            // They look again and again.
            const looks = async (one: Engine): Promise<void> => {
              for (let n = 0; n < LOOKS; n += 1) await dispatch(one, next('call'));
            };
            const happenings: Promise<unknown>[] = [looks(a), looks(b)];
            if (also.includes('inbound')) happenings.push(calls(a.links, number).then(() => looks(b)));
            if (also.includes('by-hand')) happenings.push(dialsByHand(b.links, number).then(() => looks(a)));
            if (also.includes('served')) happenings.push(b.store.served(talk(number)));
            if (also.includes('again')) happenings.push(a.store.found(found(number)));
            await scheduler.waitFor(Promise.all(happenings));
            // The clock stands still: a second ring would be one within the delay, save where a call of their own stopped the first.
            expect(rings(await at.stores.callbacks.history(id))).toBeLessThanOrEqual(1);
            if (answered) expect(await at.stores.callbacks.get(id)).toMatchObject({ state: 'closed', linked: null });
            expect(dialled.every(({ linked, closed }) => !linked && !closed)).toBe(true);
            expect((await at.stores.callbacks.openOf(BRAND, number)).length).toBeLessThanOrEqual(1);
            expect((await at.stores.callbacks.attempts(id)).length).toBe(dialled.length);
          },
        ),
        { numRuns },
      );
    } finally {
      await other.close();
    }
  }, 120_000);

  it('leave nobody ringing who is on the line: who calls in while we begin to dial is not rung any more (rule 15)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { number, id } = await someone();
        const { changes, placed, links } = engine(scheduled(at.stores.callbacks, scheduler));
        const [ours, theirs] = [next('call'), call((count += 1), { id: next('call'), ani: number, direction: 'inbound' })];
        const dial = async (): Promise<boolean> => {
          placed.add(ours);
          if ((await changes.apply(id, { kind: 'reserve', agent: next('user'), callId: ours })) === null) return false;
          return (await changes.dial(id, { kind: 'dial', callId: ours }, 'x')) === 'dials';
        };
        const joins = async (): Promise<void> => {
          links.arrived(theirs);
          await links.joined({ callId: theirs.id, queue: 'support', caller: number });
        };
        const [dialled] = await scheduler.waitFor(Promise.all([dial(), joins()]));
        const [now] = await at.stores.callbacks.openOf(BRAND, number);
        expect(now?.linked).toBe(theirs.id);
        expect(dialled && placed.has(ours)).toBe(false);
        expect(now?.state).not.toBe('dialing');
      }),
      { numRuns },
    );
  }, 120_000);
});

type Engine = ReturnType<typeof engine>;

/** They call, wait a while, and leave. */
async function calls(links: Links, number: E164): Promise<void> {
  const theirs = call((count += 1), { id: next('call'), ani: number, direction: 'inbound' });
  links.arrived(theirs);
  await links.joined({ callId: theirs.id, queue: 'support', caller: number });
  await links.callerLeft(theirs);
}

async function dialsByHand(links: Links, number: E164): Promise<void> {
  const release = await links.byHand({ callId: next('call'), agent: next('user'), number }).catch(() => null);
  await release?.();
}

function talk(number: E164) {
  const who = { brand: BRAND, groups: ['support'], names: ['support'], number, callId: next('call'), agent: next('user') };
  return { ...who, how: 'served-inbound', at: NOON } as const;
}
