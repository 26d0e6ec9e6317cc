import { describe, expect, test } from 'vitest';
import { type BrandId, DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Consent } from '../../src/domain/consent.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const NUMBER = '+905550000001';

function consent(changed: Partial<Consent> = {}): Consent {
  return {
    brand: DEFAULT_BRAND,
    recipient: NUMBER,
    recipientType: 'BIREYSEL',
    type: 'MESAJ',
    status: 'ONAY',
    source: 'HS_CAGRI_MERKEZI',
    consentDate: NOON,
    evidence: 'call 1',
    ...changed,
  };
}

describe.each(ENGINES)('consents on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  let line = 0;
  const how = (by = 'ayşe') => {
    line += 1;
    return { id: id('consent', line), at: NOON + line, by };
  };
  const record = (changed: Partial<Consent> = {}) => at.stores.consents.record(consent(changed), how());
  const standing = async (recipient = NUMBER, brand: BrandId = DEFAULT_BRAND) => (await at.stores.consents.of(brand, recipient)).consents;

  test('brand, recipient, recipient type and type are all part of the key', async () => {
    const others: Partial<Consent>[] = [
      {},
      { type: 'ARAMA' },
      { recipientType: 'TACIR', status: 'RET' },
      { recipient: '+905550000002', status: 'RET' },
      { brand: 'other' as BrandId, status: 'RET' },
    ];
    for (const other of others) expect(await record(other)).toBe('stands');
    expect(await standing()).toEqual([consent({ type: 'ARAMA' }), consent(), consent({ recipientType: 'TACIR', status: 'RET' })]);
    expect(await standing('+905550000002')).toEqual([consent({ recipient: '+905550000002', status: 'RET' })]);
    expect(await standing(NUMBER, 'other' as BrandId)).toHaveLength(1);
    expect(await standing('+905550000003')).toEqual([]);
  });

  test('the later date wins whatever comes in first, a refusal wins a tie, and all of it stays in the history', async () => {
    expect(await record({ consentDate: NOON + 10 })).toBe('stands');
    expect(await record({ consentDate: NOON + 5, status: 'RET' })).toBe('older');
    expect(await standing()).toMatchObject([{ status: 'ONAY' }]);
    expect(await record({ consentDate: NOON + 10, status: 'RET' })).toBe('stands');
    expect(await record({ consentDate: NOON + 10 })).toBe('older');
    expect(await standing()).toMatchObject([{ status: 'RET', consentDate: NOON + 10 }]);
    expect(await record({ consentDate: NOON + 11 })).toBe('stands');
    const history = await at.stores.consents.history(DEFAULT_BRAND, NUMBER, 10);
    expect(history.map(({ status }) => status)).toEqual(['ONAY', 'ONAY', 'RET', 'RET', 'ONAY']);
    expect(history[0]).toMatchObject({ kind: 'consent', recipientType: 'BIREYSEL', type: 'MESAJ', recordedBy: 'ayşe', evidence: 'call 1' });
    expect(await at.stores.consents.history(DEFAULT_BRAND, NUMBER, 2)).toHaveLength(2);
  });

  test('twenty at once leave the latest standing, and twenty lines', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => record({ consentDate: NOON + ((n * 7) % 20), status: n % 2 === 0 ? 'ONAY' : 'RET' })),
    );
    expect(await standing()).toMatchObject([{ consentDate: NOON + 19 }]);
    expect(await at.stores.consents.history(DEFAULT_BRAND, NUMBER, 100)).toHaveLength(20);
  });

  test('an e-mail address is the same however it is written', async () => {
    await record({ recipient: 'Ayse@Customer.example', type: 'EPOSTA', status: 'RET' });
    expect(await standing('ayse@customer.EXAMPLE')).toMatchObject([{ status: 'RET' }]);
  });

  test('no table tells the number', async () => {
    await record();
    await at.stores.consents.setDoNotContact(
      { brand: DEFAULT_BRAND, recipient: NUMBER, reason: 'asked', since: NOON, by: 'ali' },
      how().id,
    );
    for (const table of ['consents', 'consent_history', 'do_not_contact'])
      expect(JSON.stringify(await at.place.query(`select * from ${table}`))).not.toContain('5550000001');
  });

  test('never again: the first entry stands until it is lifted, and both are remembered', async () => {
    const { consents } = at.stores;
    const entry = { brand: DEFAULT_BRAND, recipient: NUMBER, reason: 'asked', since: NOON, by: 'ali' };
    await consents.setDoNotContact(entry, how().id);
    await consents.setDoNotContact({ ...entry, reason: 'again', since: NOON + 5 }, how().id);
    expect((await consents.of(DEFAULT_BRAND, NUMBER)).doNotContact).toEqual(entry);
    expect((await consents.of('other' as BrandId, NUMBER)).doNotContact).toBeNull();
    expect(await consents.liftDoNotContact(DEFAULT_BRAND, NUMBER, how('veli'))).toBe(true);
    expect(await consents.liftDoNotContact(DEFAULT_BRAND, NUMBER, how('veli'))).toBe(false);
    expect((await consents.of(DEFAULT_BRAND, NUMBER)).doNotContact).toBeNull();
    const history = await consents.history(DEFAULT_BRAND, NUMBER, 10);
    expect(history.map(({ kind, status, recordedBy }) => [kind, status, recordedBy])).toEqual([
      ['do-not-contact', 'lifted', 'veli'],
      ['do-not-contact', 'set', 'ali'],
    ]);
  });
});
