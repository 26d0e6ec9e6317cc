import { describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { KeyedOrder } from '../../src/ports/call-keys.ts';
import { ENGINES, storesFor } from './engines.ts';
import { change, id, NOON } from './fixtures.ts';

const callId = (n: number) => id('call', n);
const DAY_MS = 86_400_000;
const ORDER: KeyedOrder = { brand: DEFAULT_BRAND, key: 'order-4711', order: '["+905550000017","nps"]', callId: callId(1), at: NOON };

describe.each(ENGINES)('keys of calls on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  const claim = (changes: Partial<KeyedOrder> = {}) => at.stores.callKeys.claim({ ...ORDER, ...changes });
  const again = (changes: Partial<KeyedOrder> = {}) => claim({ callId: callId(2), at: NOON + 1000, ...changes });

  test('the first order has the key; the same again gives its call, another one is refused', async () => {
    expect(await claim()).toEqual({ kind: 'ours' });
    expect(await again()).toEqual({ kind: 'placing' });
    await at.stores.calls.commit(change(1, [1, 1]));
    expect(await again()).toEqual({ kind: 'placed', callId: callId(1) });
    expect(await again({ order: '["+905550000018","nps"]' })).toEqual({ kind: 'other' });
    expect(await again({ key: 'order-4712' })).toEqual({ kind: 'ours' });
    expect(await again({ brand: 'other' as never })).toEqual({ kind: 'ours' });
  });

  test('is forgotten after a day', async () => {
    await claim();
    await at.stores.calls.commit(change(1, [1, 1]));
    expect((await again({ at: NOON + DAY_MS - 1 })).kind).toBe('placed');
    expect(await again({ at: NOON + DAY_MS })).toEqual({ kind: 'ours' });
    expect(await at.place.query('select * from call_keys')).toHaveLength(1);
  });

  test('of a call that was never put on record binds for a minute', async () => {
    await claim();
    expect((await again({ at: NOON + 59_999 })).kind).toBe('placing');
    expect(await again({ at: NOON + 60_000 })).toEqual({ kind: 'ours' });
  });

  test('is free again when its call was not placed, and is not freed by anybody else', async () => {
    await claim();
    await at.stores.callKeys.release({ ...ORDER, callId: callId(9) });
    expect((await again()).kind).toBe('placing');
    await at.stores.callKeys.release(ORDER);
    expect(await again()).toEqual({ kind: 'ours' });
  });

  test('of ten at once one is first', async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, (_, n) => claim({ callId: callId(n + 1) })));
    expect(claims.filter(({ kind }) => kind === 'ours')).toHaveLength(1);
  });

  test('keeps no number', async () => {
    await claim();
    expect(JSON.stringify(await at.place.query('select * from call_keys'))).not.toContain('5550000017');
  });
});
