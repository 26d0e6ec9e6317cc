import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { makeId } from '../../src/domain/ids.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;

function auditLine(at: number, change: Partial<AuditEntry> = {}): AuditEntry {
  const who = { actor: 'ayse', via: 'api', what: 'recording-put', subject: 'tr/main.menu' } as const;
  return { id: makeId('audit', at, []), brand: BRAND, at, ...who, details: { durationMs: 900, remarks: ['quiet'] }, ...change };
}

describe.each(ENGINES)('the audit on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('gives its lines back as they were, newest first, by pages, of one brand and one subject', async () => {
    const { audit } = at.stores;
    const lines = [0, 1, 2, 3].map((i) => auditLine(NOON + i, i === 2 ? { subject: 'emergency', what: 'switch-set', via: 'phone' } : {}));
    for (const line of lines) await audit.add(line);
    await audit.add(auditLine(NOON + 9, { brand: 'other' as BrandId }));
    expect(await audit.list({ brand: BRAND, limit: 3 })).toEqual([lines[3], lines[2], lines[1]]);
    expect(await audit.list({ brand: BRAND, limit: 3, before: auditLine(NOON + 1).id })).toEqual([lines[0]]);
    expect(await audit.list({ brand: BRAND, limit: 9, subject: 'emergency' })).toEqual([lines[2]]);
  });

  test('knows the newest line of each subject', async () => {
    const { audit } = at.stores;
    const [first, second, other] = [
      auditLine(NOON),
      auditLine(NOON + 1, { actor: 'can' }),
      auditLine(NOON + 2, { subject: 'en/main.menu' }),
    ];
    for (const line of [second, first, other]) await audit.add(line);
    await audit.add(auditLine(NOON + 5, { what: 'recording-removed' }));
    const latest = await audit.latest(BRAND, 'recording-put');
    expect([...latest].sort()).toEqual([
      ['en/main.menu', other],
      ['tr/main.menu', second],
    ]);
    expect(await audit.latest(BRAND, 'switch-set')).toEqual(new Map());
  });

  test('takes no line twice', async () => {
    await at.stores.audit.add(auditLine(NOON));
    await expect(at.stores.audit.add(auditLine(NOON))).rejects.toMatchObject({ code: 'store.conflict' });
  });
});
