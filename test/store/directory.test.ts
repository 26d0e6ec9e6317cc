import { describe, expect, test } from 'vitest';
import { type BrandId, DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { DirectoryEntry } from '../../src/domain/directory.ts';
import type { KeptAbsence } from '../../src/ports/directory.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const absence = (n: number, changed: Partial<KeptAbsence> = {}): KeptAbsence => ({
  ...{ id: id('absence', n), brand: DEFAULT_BRAND, of: { kind: 'person', id: 'ayse-kaya' }, from: NOON + n, until: NOON + 100 },
  ...{ instead: null, createdAt: NOON, createdBy: 'deniz' },
  ...changed,
});
const person = (code: string, changed: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  ...{
    kind: 'person',
    id: code,
    label: { tr: 'Ayşe Kaya', en: 'Ayşe Kaya' },
    language: 'tr',
    calendar: 'office',
    email: null,
    webhook: null,
  },
  rounds: [[{ kind: 'line', telephone: { kind: 'number', number: '+905550000021' }, ringMs: 20_000, accept: 'key' }]],
  ...changed,
});

describe.each(ENGINES)('the directory on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('absences that are not over, the first first; each is removed once', async () => {
    const { directory } = at.stores;
    const [first, second] = [absence(1), absence(2, { instead: { kind: 'department', id: 'sales' }, until: NOON + 50 })];
    for (const one of [second, first, absence(3, { brand: 'other' as BrandId }), absence(4, { until: NOON + 10 })])
      await directory.addAbsence(one);
    expect(await directory.absences(DEFAULT_BRAND, NOON + 10)).toEqual([first, second]);
    expect(await directory.absences(DEFAULT_BRAND, NOON + 50)).toEqual([first]);
    expect(await directory.removeAbsence('other' as BrandId, first.id)).toBe(false);
    expect(await directory.removeAbsence(DEFAULT_BRAND, first.id)).toBe(true);
    expect(await directory.removeAbsence(DEFAULT_BRAND, first.id)).toBe(false);
    expect(await directory.absences(DEFAULT_BRAND, NOON + 10)).toEqual([second]);
  });

  test('people come back as they were put in, the later one stands, and their telephones lie sealed', async () => {
    const { directory } = at.stores;
    const put = (brand: BrandId, one: DirectoryEntry) => directory.putPerson(brand, one, NOON);
    const a = person('a', { language: null, calendar: null, email: 'a@example.com', webhook: 'crm' });
    for (const one of [person('b'), a, person('b', { rounds: [] })]) await put(DEFAULT_BRAND, one);
    await put('other' as BrandId, person('c'));
    expect(await directory.people(DEFAULT_BRAND)).toEqual([a, person('b', { rounds: [] })]);
    expect(JSON.stringify(await at.place.query('select * from directory_people'))).not.toContain('5550000021');
    expect(await directory.removePerson('other' as BrandId, 'a')).toBe(false);
    expect(await directory.removePerson(DEFAULT_BRAND, 'a')).toBe(true);
    expect(await directory.removePerson(DEFAULT_BRAND, 'a')).toBe(false);
    expect((await directory.people(DEFAULT_BRAND)).map(({ id: code }) => code)).toEqual(['b']);
    expect(await directory.people('other' as BrandId)).toHaveLength(1);
  });
});
