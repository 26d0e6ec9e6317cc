import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../src/domain/ids.ts';
import { createDealers } from '../../../src/services/dealers/dealers.ts';
import { actionContext } from '../../kit/action-context.ts';
import { BRAND, HEADER, memoryDealerStore, silentLog, testDealer } from './fakes.ts';

const signal = new AbortController().signal;
const context = actionContext({ brand: BRAND, signal });

function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time };
  const store = memoryDealerStore();
  const log = silentLog();
  const dealers = createDealers({ stores: { dealers: store }, clock, log });
  const byProvince = (province: string | number) => Promise.resolve(dealers.actions['dealers.by-province']?.({ province }, context));
  const byPostcode = (postcode: string | number) => dealers.actions['dealers.by-postcode']?.({ postcode }, context);
  return { clock, store, log, dealers, byProvince, byPostcode };
}

const demo = readFileSync('flows/demo/dealers.csv');
const codes = (value: unknown) => (value as { code: string }[]).map(({ code }) => code);

describe('the dealer actions', () => {
  it('give all that a flow reads aloud', async () => {
    const { dealers, byPostcode } = setUp();
    await dealers.importCsv(BRAND, demo, { dryRun: false });
    const found = (await byPostcode('34710')) as readonly unknown[];
    expect(found[0]).toEqual({
      code: 'IST-03',
      name: 'Moda Servis',
      district: 'Kadıköy',
      province: 34,
      provinceName: 'İstanbul',
      address: 'Moda Caddesi No: 61',
      postcode: '34710',
      phone: '+902165550003',
      hours: [...Array.from({ length: 6 }, () => [{ from: 510, to: 1140 }]), []],
      distanceKm: 0,
    });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it.each(['34', 34, ' 34 '])('take the province as %j, give its own dealers first and ten at most', async (province) => {
    const { dealers, byProvince } = setUp();
    await dealers.importCsv(BRAND, demo, { dryRun: false });
    const found = await byProvince(province);
    expect(found).toHaveLength(10);
    expect(
      codes(found)
        .slice(0, 6)
        .every((code) => code.startsWith('IST-')),
    ).toBe(true);
    expect(
      codes(found)
        .slice(6)
        .some((code) => code.startsWith('IST-')),
    ).toBe(false);
  });

  it.each(['6', '06', 6])('take Ankara as %j', async (province) => {
    const { dealers, byProvince } = setUp();
    await dealers.importCsv(BRAND, demo, { dryRun: false });
    expect(
      codes(await byProvince(province))
        .slice(0, 3)
        .sort(),
    ).toEqual(['ANK-01', 'ANK-02', 'ANK-03']);
  });

  it('give an empty list when the brand has no dealers', async () => {
    expect(await setUp().byProvince(34)).toEqual([]);
  });

  it.each(['0', '82', 'abc', '', '3.5'])('refuse the province %j', async (province) => {
    await expect(setUp().byProvince(province)).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it.each(['82100', '123', 'abcde', ''])('refuse the postcode %j', async (postcode) => {
    await expect(setUp().byPostcode(postcode)).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('give up when the caller is gone', async () => {
    const { dealers } = setUp();
    const gone = actionContext({ brand: BRAND, signal: AbortSignal.abort() });
    await expect(dealers.actions['dealers.by-province']?.({ province: 34 }, gone)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('read the database once, however many calls ask', async () => {
    const { store, byProvince } = setUp();
    await store.upsert([testDealer('A')], 1);
    await Promise.all(Array.from({ length: 50 }, (_, i) => byProvince((i % 81) + 1)));
    expect(store.reads).toBe(1);
  });

  it('see at once what was imported, put or removed here', async () => {
    const { dealers, byProvince } = setUp();
    await dealers.importCsv(BRAND, Buffer.from(`${HEADER}\nA;Moda Servis;34;Kadıköy;Moda Caddesi;34710;0216 555 00 03;her gün 9-18;;\n`), {
      dryRun: false,
    });
    expect(codes(await byProvince(34))).toEqual(['A']);
    await dealers.put(testDealer('B'));
    expect(codes(await byProvince(34))).toEqual(['B', 'A']);
    expect(await dealers.remove(BRAND, 'A')).toBe(true);
    expect(codes(await byProvince(34))).toEqual(['B']);
    expect(await dealers.remove(BRAND, 'A')).toBe(false);
  });

  it('see what another process changed after ten seconds, without making a caller wait for it', async () => {
    const { clock, store, byProvince } = setUp();
    await store.upsert([testDealer('A')], 1);
    await byProvince(34);
    await store.upsert([testDealer('B')], 2);
    clock.time += 10_000;
    expect(codes(await byProvince(34))).toEqual(['A']);
    expect(store.reads).toBe(1);
    clock.time += 1;
    expect(codes(await byProvince(34))).toEqual(['A']);
    await settled();
    expect(store.reads).toBe(2);
    expect(codes(await byProvince(34))).toEqual(['A', 'B']);
  });

  it('go on with the dealers they know while the database is away, and say so', async () => {
    const { clock, store, log, byProvince } = setUp();
    await store.upsert([testDealer('A')], 1);
    await byProvince(34);
    store.failing = true;
    clock.time += 10_001;
    expect(codes(await byProvince(34))).toEqual(['A']);
    await settled();
    expect(codes(await byProvince(34))).toEqual(['A']);
    expect(log.warnings).toEqual(['dealers could not be read again; the ones known are used']);
  });

  it('fail when nothing is known and the database is away, and recover with it', async () => {
    const { store, byProvince } = setUp();
    store.failing = true;
    await expect(byProvince(34)).rejects.toThrow('the database is away');
    store.failing = false;
    expect(await byProvince(34)).toEqual([]);
  });
});

/** Lets pending promises run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
