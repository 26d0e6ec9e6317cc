import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import type { StoredWait } from '../../src/ports/floor-store.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, endedCall, entry, id, NOON, session } from './fixtures.ts';

describe.each(ENGINES)('calls of two Asterisks on one $name', ({ place }) => {
  const at = storesFor(place);
  let here: Stores;
  let there: Stores;
  beforeAll(async () => {
    here = await at.place.open(undefined, 'here');
    there = await at.place.open(undefined, 'there');
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
  });

  const ids = async (stores: Stores) => (await stores.calls.open()).map((one) => one.call.id);
  const begin = (stores: Stores, n: number) =>
    stores.calls.commit({ call: call(n), legs: [], session: session(n), entries: [entry(id('call', n), 1)] });

  test('an engine is given its own calls, and those of before', async () => {
    await begin(here, 1);
    await begin(there, 2);
    await begin(at.stores, 3);
    expect(await ids(here)).toEqual([id('call', 1), id('call', 3)]);
    expect(await ids(there)).toEqual([id('call', 2), id('call', 3)]);
    expect(await ids(at.stores)).toEqual([id('call', 1), id('call', 2), id('call', 3)]);
  });

  test('the others are those with calls that are not done, and what they said last, by whatever clock', async () => {
    expect(await here.calls.others()).toEqual([]);
    await begin(here, 1);
    await begin(there, 2);
    await begin(there, 3);
    expect(await here.calls.others()).toEqual([{ asterisk: 'there', beat: null }]);
    await there.calls.alive(5);
    expect(await here.calls.others()).toEqual([{ asterisk: 'there', beat: 5 }]);
    expect(await there.calls.others()).toEqual([{ asterisk: 'here', beat: null }]);
  });

  test('an engine that has said something since is not gone, whatever its clock shows', async () => {
    await begin(there, 1);
    await there.calls.alive(NOON);
    const others = await here.calls.others();
    for (const beat of [NOON - 600_000, NOON + 600_000]) {
      await there.calls.alive(beat);
      expect(await here.calls.takeOver(others)).toEqual([]);
    }
    expect(await ids(there)).toEqual([id('call', 1)]);
  });

  test.each([
    ['has not been heard of for too long', true],
    ['was never heard of', false],
  ])('calls of an engine that %s are taken over by one of the others, whole', async (_, wasHeard) => {
    const third = await at.place.open(undefined, 'third');
    try {
      for (const n of [1, 2, 3]) await begin(there, n);
      await begin(third, 4);
      if (wasHeard) await there.calls.alive(NOON);
      const gone = (await here.calls.others()).filter(({ asterisk }) => asterisk === 'there');
      const taken = (await Promise.all([here.calls.takeOver(gone), third.calls.takeOver(gone)])).flat();
      expect(taken.map((one) => one.call.id).toSorted()).toEqual([1, 2, 3].map((n) => id('call', n)));
      expect(taken.every((one) => one.lastSeq === 1 && one.session !== null)).toBe(true);
      expect(await ids(there)).toEqual([]);
    } finally {
      await third.close();
    }
  });

  test('a call is taken that another engine has, or has ended; not one that is ours, or of before, or not on record', async () => {
    await begin(here, 1);
    await begin(at.stores, 2);
    expect(await Promise.all([1, 2, 3].map((n) => here.calls.isTaken(id('call', n))))).toEqual([false, false, false]);
    await there.calls.takeOver([{ asterisk: 'here', beat: null }]);
    expect(await Promise.all([here, there].map(({ calls }) => calls.isTaken(id('call', 1))))).toEqual([true, false]);
    await there.calls.commit({ call: endedCall(1), legs: [], session: null, entries: [] });
    expect(await there.calls.isTaken(id('call', 1))).toBe(true);
  });

  test('who waits at another engine is not given to one that starts, and is found by the call', async () => {
    const brand = 'santral' as BrandId;
    const waits = [1, 2, 3].map((n): StoredWait => {
      const times = { since: NOON, enteredAt: NOON, joinedAt: 1, told: null };
      return {
        ...{ callId: id('call', n), waitId: id('acdEvent', n), brand, queue: 'support', class: 'standard', ...times },
        ...{ skills: {}, lastAgent: null, passedBy: [] },
      };
    });
    await begin(here, 1);
    await begin(there, 2);
    await begin(at.stores, 3);
    await here.floor.write({ events: [], agents: [], waits, endedWaits: [], lastTalks: [] });
    const names = async (stores: Stores) => (await stores.floor.open(brand)).waits.map(({ callId }) => callId);
    expect(await names(here)).toEqual([id('call', 1), id('call', 3)]);
    expect(await names(there)).toEqual([id('call', 2), id('call', 3)]);
    const known = { caller: '+905550000001', direction: 'inbound' };
    expect(await here.floor.waitsOf([id('call', 2), id('call', 9)])).toEqual([{ ...waits[1], ...known }]);
    expect(await here.floor.waitsOf([])).toEqual([]);
  });

  test('calls that are over are left as they are', async () => {
    const over = call(1, { state: 'ended', endedAt: 5, termination: { kind: 'caller-hung-up' } });
    await there.calls.commit({ call: over, legs: [], session: null, entries: [entry(id('call', 1), 1)] });
    expect(await here.calls.others()).toEqual([]);
    expect(await here.calls.takeOver([{ asterisk: 'there', beat: null }])).toEqual([]);
  });
});
