import { describe, expect, test } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { makeId } from '../../src/domain/ids.ts';
import type { SwitchState } from '../../src/domain/switch.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
let count = 0;
const line = () => ({
  ...{ id: makeId('audit', NOON + (count += 1), []), brand: BRAND, at: NOON, actor: 'ayse', details: {} },
  ...({ via: 'api', what: 'switch-set', subject: 'emergency' } as const),
});
const state = (change: Partial<SwitchState> = {}): SwitchState => ({
  ...{ brand: BRAND, name: 'emergency', on: true, text: { tr: 'Su kesintisi var.' }, from: NOON, until: null },
  ...({ changedAt: NOON, changedBy: 'ayse', changedVia: 'api' } as const),
  ...change,
});

describe.each(ENGINES)('switches on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('stand as they were put, each with its line of the audit', async () => {
    const { switches, audit } = at.stores;
    expect(await switches.get(BRAND, 'emergency')).toBeUndefined();
    await switches.put(state(), line());
    expect(await switches.get(BRAND, 'emergency')).toEqual(state());
    const off = state({ on: false, text: {}, from: null, until: NOON + 5, changedBy: '+90 5** *** ** 01', changedVia: 'phone' });
    const told = line();
    await switches.put(off, told);
    expect(await switches.get(BRAND, 'emergency')).toEqual(off);
    expect(await switches.get('other' as BrandId, 'emergency')).toBeUndefined();
    expect((await audit.list({ brand: BRAND, limit: 9 }))[0]).toEqual(told);
  });

  test('do not change when their line cannot be written', async () => {
    const { switches } = at.stores;
    const once = line();
    await switches.put(state(), once);
    await expect(switches.put(state({ on: false }), once)).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await switches.get(BRAND, 'emergency')).toEqual(state());
  });

  test('the secret counts tries before they are judged, locks after the last, and opens again', async () => {
    const { switches } = at.stores;
    const attempt = (now: number) => switches.tryPin(BRAND, 'emergency', { now, most: 3, lockUntil: now + 1000 });
    expect(await attempt(NOON)).toBeUndefined();
    await switches.putPin(BRAND, 'emergency', 'hash', line());
    expect(await attempt(NOON)).toBe('hash');
    await switches.clearPinFailures(BRAND, 'emergency');
    const together = await Promise.all([1, 2, 3, 4, 5].map(() => attempt(NOON)));
    expect(together.filter((hash) => hash === 'hash')).toHaveLength(3);
    expect(await switches.pin(BRAND, 'emergency')).toEqual({ hash: 'hash', failures: 0, lockedUntil: NOON + 1000 });
    expect(await attempt(NOON + 999)).toBeUndefined();
    expect(await attempt(NOON + 1000)).toBe('hash');
    await switches.putPin(BRAND, 'emergency', 'other', line());
    expect(await switches.pin(BRAND, 'emergency')).toEqual({ hash: 'other', failures: 0, lockedUntil: 0 });
    await switches.putPin(BRAND, 'emergency', null, line());
    expect(await switches.pin(BRAND, 'emergency')).toBeUndefined();
  });
});
