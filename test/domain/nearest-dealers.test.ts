import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import type { Dealer } from '../../src/domain/dealer.ts';
import { dealersByPostcode, dealersByProvince, distanceKm } from '../../src/domain/nearest-dealers.ts';
import { type Postcode, parsePostcode, provinceOfPostcode } from '../../src/domain/postcode.ts';
import { PROVINCES, provinceOf } from '../../src/domain/provinces.ts';

const place = (code: number) => {
  const province = provinceOf(code);
  if (province === undefined) throw new Error(`no province ${code}`);
  return province;
};

function dealer(code: string, postcode: string, where: { latitude: number; longitude: number } | null): Dealer {
  return {
    brand: 'santral' as BrandId,
    code,
    name: `${code} Servis`,
    province: Number(postcode.slice(0, 2)),
    district: 'Merkez',
    address: 'Cumhuriyet Caddesi No: 1',
    postcode,
    phone: '+902125550001',
    hours: [[], [], [], [], [], [], []],
    latitude: where?.latitude ?? null,
    longitude: where?.longitude ?? null,
  };
}

const near = (found: readonly { dealer: Dealer; distanceKm: number | null }[]) =>
  found.map(({ dealer, distanceKm }) => [dealer.code, distanceKm]);

describe('distanceKm', () => {
  it.each([
    [34, 6, 350],
    [34, 35, 327],
    [6, 65, 920],
    [34, 34, 0],
  ])('between provinces %i and %i is about %i km', (a, b, km) => {
    expect(Math.abs(distanceKm(place(a), place(b)) - km)).toBeLessThan(3);
  });

  it('is the same both ways, never negative, and never more than half round the earth', () => {
    const point = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(point, point, (a, b) => {
        const km = distanceKm(a, b);
        expect(km).toBeGreaterThanOrEqual(0);
        expect(km).toBeLessThanOrEqual(20_016);
        expect(distanceKm(b, a)).toBeCloseTo(km, 6);
      }),
    );
  });
});

describe('dealersByProvince', () => {
  const centre = dealer('CENTRE', '34080', { latitude: 41.0186, longitude: 28.9395 });
  const edge = dealer('EDGE', '34940', { latitude: 40.816, longitude: 29.3 });
  const unknown = dealer('UNKNOWN', '34500', null);
  const ankara = dealer('ANKARA', '06570', place(6));
  const izmit = dealer('IZMIT', '41040', place(41));
  const all = [ankara, edge, izmit, unknown, centre];

  it('gives the province’s own, nearest to its centre first, then the nearest of the others', () => {
    expect(near(dealersByProvince(all, 34, 10))).toEqual([
      ['CENTRE', 3.5],
      ['EDGE', 34.5],
      ['UNKNOWN', null],
      ['IZMIT', 85.3],
      ['ANKARA', 349.4],
    ]);
  });

  it('gives the nearest of the others for a province without dealers, up to the limit', () => {
    expect(near(dealersByProvince(all, 14, 2))).toEqual([
      ['ANKARA', 138.7],
      ['IZMIT', 140.3],
    ]);
  });

  it('gives nothing for a province that does not exist, or without dealers', () => {
    expect(dealersByProvince(all, 0, 10)).toEqual([]);
    expect(dealersByProvince(all, 82, 10)).toEqual([]);
    expect(dealersByProvince([], 34, 10)).toEqual([]);
  });

  it('never mixes the order: own province first, distances rising within each part', () => {
    const some = fc.array(
      fc.record({ province: fc.integer({ min: 1, max: 81 }), shift: fc.double({ min: -0.5, max: 0.5, noNaN: true }), known: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 81 }), fc.integer({ min: 0, max: 12 }), (specs, asked, limit) => {
        const dealers = specs.map(({ province, shift, known }, i) => {
          const { latitude, longitude } = place(province);
          return dealer(`D${i}`, `${String(province).padStart(2, '0')}100`, known ? { latitude: latitude + shift, longitude } : null);
        });
        const found = dealersByProvince(dealers, asked, limit);
        expect(found).toHaveLength(Math.min(limit, dealers.length));
        const own = found.filter((one) => one.dealer.province === asked);
        expect(found.slice(0, own.length)).toEqual(own);
        for (const part of [own, found.slice(own.length)]) {
          const known = part.flatMap((one) => one.distanceKm ?? []);
          expect(known).toEqual([...known].sort((a, b) => a - b));
        }
      }),
    );
  });
});

describe('dealersByPostcode', () => {
  const besiktas = dealer('BESIKTAS', '34353', { latitude: 41.043, longitude: 29.0094 });
  const levent = dealer('LEVENT', '34330', { latitude: 41.082, longitude: 29.011 });
  const kadikoy = dealer('KADIKOY', '34710', { latitude: 40.987, longitude: 29.027 });
  const bakirkoy = dealer('BAKIRKOY', '34142', { latitude: 40.9795, longitude: 28.8733 });
  const izmir = dealer('IZMIR', '35210', place(35));
  const izmit = dealer('IZMIT', '41040', place(41));
  const all = [izmir, izmit, bakirkoy, kadikoy, levent, besiktas];
  const codes = (postcode: string) => dealersByPostcode(all, postcode as Postcode, 10).map((one) => one.dealer.code);

  it('puts the very postcode first, then four and three shared digits, then the distance from there', () => {
    expect(codes('34353')).toEqual(['BESIKTAS', 'LEVENT', 'KADIKOY', 'BAKIRKOY', 'IZMIT', 'IZMIR']);
    expect(codes('34333')).toEqual(['LEVENT', 'BESIKTAS', 'KADIKOY', 'BAKIRKOY', 'IZMIT', 'IZMIR']);
    expect(codes('34150')).toEqual(['BAKIRKOY', 'KADIKOY', 'BESIKTAS', 'LEVENT', 'IZMIT', 'IZMIR']);
  });

  it('measures from the province’s centre when nobody near shares three digits', () => {
    expect(codes('34900')).toEqual(['BESIKTAS', 'KADIKOY', 'LEVENT', 'BAKIRKOY', 'IZMIT', 'IZMIR']);
    expect(codes('35900')).toEqual(['IZMIR', 'BAKIRKOY', 'KADIKOY', 'BESIKTAS', 'LEVENT', 'IZMIT']);
    expect(codes('41100')).toEqual(['IZMIT', 'KADIKOY', 'BESIKTAS', 'LEVENT', 'BAKIRKOY', 'IZMIR']);
  });
});

describe('parsePostcode', () => {
  it.each([
    ['34353', '34353'],
    [' 34 353 ', '34353'],
    ['6570', '06570'],
    ['01130', '01130'],
    ['81010', '81010'],
    ['82010', undefined],
    ['00100', undefined],
    ['343530', undefined],
    ['343', undefined],
    ['3435a', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, postcode) => {
    expect(parsePostcode(text)).toBe(postcode);
  });

  it('knows the province', () => {
    expect(provinceOfPostcode('06570' as Postcode).name).toBe('Ankara');
  });
});

describe('PROVINCES', () => {
  it('are the 81 of Turkey, in order of their plate codes, each within its borders, each with its own area code', () => {
    expect(PROVINCES.map((one) => one.code)).toEqual(Array.from({ length: 81 }, (_, i) => i + 1));
    expect(new Set(PROVINCES.map((one) => one.name)).size).toBe(81);
    expect(PROVINCES.filter((one) => one.latitude < 36 || one.latitude > 42.1 || one.longitude < 26 || one.longitude > 44.6)).toEqual([]);
    expect(new Set(PROVINCES.flatMap((one) => one.areaCodes)).size).toBe(82);
    expect(PROVINCES.flatMap((one) => one.areaCodes).every((code) => /^[234]\d\d$/.test(code))).toBe(true);
  });

  it.each([
    [1, 'Adana'],
    [6, 'Ankara'],
    [34, 'İstanbul'],
    [35, 'İzmir'],
    [46, 'Kahramanmaraş'],
    [63, 'Şanlıurfa'],
    [67, 'Zonguldak'],
    [68, 'Aksaray'],
    [81, 'Düzce'],
  ])('%i is %s', (code, name) => {
    expect(provinceOf(code)?.name).toBe(name);
  });
});
