import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import type { Callback, CallbackFinding } from '../../src/domain/callback.ts';
import { makeId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { FormSending } from '../../src/ports/callback-forms.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
const NUMBER = '+905550000017' as E164;
const HOUR = 3_600_000;
const LIMITS = { number: { most: 3, since: NOON - 24 * HOUR }, form: { most: 100, since: NOON - HOUR } };

let count = 0;
/** A sending with a token of its own. */
function sending(changes: Partial<FormSending> = {}): FormSending {
  count += 1;
  const id = makeId('formRequest', NOON + count, [count & 31]);
  return {
    ...{ id, brand: BRAND, form: 'call-me', at: NOON, tokenHash: `hash ${count}`, origin: 'own', language: 'tr', topic: 'offer' },
    ...{ consentVersion: '2026-11', consentText: 'Kabul ediyorum.', number: NUMBER },
    ...changes,
  };
}

function finding({ id, number, at }: FormSending, changes: Partial<CallbackFinding> = {}): CallbackFinding {
  return {
    ...{ id, brand: BRAND, group: 'sales', at, kind: 'requested', origin: 'form', callId: null, queue: 'sales', language: 'tr' },
    ...{ about: 'Ayşe Yılmaz · Fiyat teklifi', since: at, expiresAt: at + 24 * HOUR, who: { kind: 'number', number } },
    ...changes,
  };
}

describe.each(ENGINES)('what web forms send on $name', ({ place }) => {
  const at = storesFor(place);
  const submit = (one: FormSending, limits = LIMITS, stores: Stores = at.stores) => stores.callbackForms.submit(one, finding(one), limits);
  const open = () => at.stores.callbacks.open(BRAND);
  const outcomes = async (entry: Callback | undefined) =>
    (await at.stores.callbackForms.ofCallback(entry?.id ?? ('' as Callback['id']))).map(({ outcome }) => outcome);

  it('is a callback and a record of what was agreed to', async () => {
    const one = sending();
    expect(await submit(one)).toBe('taken');
    const [entry] = await open();
    expect(entry).toMatchObject({ origin: 'form', kind: 'requested', number: NUMBER, about: 'Ayşe Yılmaz · Fiyat teklifi', count: 1 });
    const { brand: _b, tokenHash: _t, number: _n, ...record } = one;
    expect(await at.stores.callbackForms.ofCallback(entry?.id as Callback['id'])).toEqual([{ ...record, outcome: 'added' }]);
  });

  it('is taken once for each token, whatever it says', async () => {
    const one = sending();
    expect(await submit(one)).toBe('taken');
    expect(await submit({ ...sending({ number: '+905550000018' as E164 }), tokenHash: one.tokenHash })).toBe('used');
    expect((await open()).map(({ number }) => number)).toEqual([NUMBER]);
  });

  it('is taken once where two engines get it at the same moment, and one entry counts both where there are two', async () => {
    const second = await at.place.open();
    const one = sending();
    const twice = await Promise.all([submit(one), submit({ ...sending(), tokenHash: one.tokenHash }, LIMITS, second)]);
    expect(twice.toSorted()).toEqual(['taken', 'used']);
    await Promise.all([submit(sending()), submit(sending(), LIMITS, second)]);
    await second.close();
    const [entry, ...others] = await open();
    expect([entry?.count, others]).toEqual([3, []]);
    expect((await outcomes(entry)).toSorted()).toEqual(['added', 'merged', 'merged']);
  });

  it('is only noted where the number came too often within a day, whatever the form', async () => {
    for (const form of ['call-me', 'other', 'call-me', 'other']) expect(await submit(sending({ form }))).toBe('taken');
    const [entry] = await open();
    expect([entry?.count, await outcomes(entry)]).toEqual([3, ['added', 'merged', 'merged']]);
    const rows = await at.place.query("select outcome from callback_form_requests where outcome = 'number-limit'");
    expect(rows).toHaveLength(1);
    expect(await submit(sending({ at: NOON + 25 * HOUR }), { ...LIMITS, number: { most: 3, since: NOON + HOUR } })).toBe('taken');
    expect((await open())[0]?.count).toBe(4);
  });

  it('is not taken, and its token stays good, where the form came too often within an hour', async () => {
    const most = { ...LIMITS, form: { most: 1, since: NOON - HOUR } };
    expect(await submit(sending())).toBe('taken');
    const late = sending();
    expect(await submit(late, most)).toBe('form-limit');
    expect(await submit(sending({ form: 'other' }), most)).toBe('taken');
    expect(await submit(late, { ...most, form: { most: 1, since: NOON + 1 } })).toBe('taken');
  });

  it('calls nobody who never wants to be', async () => {
    const block = { brand: BRAND, recipient: NUMBER, reason: 'asked', since: NOON, by: 'test' };
    await at.stores.consents.setDoNotContact(block, makeId('consent', NOON, [1]));
    expect(await submit(sending())).toBe('taken');
    expect(await open()).toEqual([]);
    expect(await at.place.query('select entry, outcome from callback_form_requests')).toEqual([{ entry: null, outcome: 'not-called' }]);
  });

  it('holds neither number nor name in any table, and loses both with the entry', async () => {
    const one = sending();
    await submit(one);
    const written = async () => {
      const tables = ['callback_entries', 'callback_form_requests', 'callback_findings', 'callback_history', 'consent_words'];
      const rows = await Promise.all(tables.map((table) => at.place.query(`select * from ${table}`)));
      return JSON.stringify(rows);
    };
    expect(await written()).not.toMatch(/5550000017|Yılmaz/);
    const [entry] = await open();
    if (entry === undefined) throw new Error('there is no entry');
    const closed = { ...entry, state: 'closed', reason: 'by-user', closedAt: NOON, closedBy: 'x', version: entry.version + 1 } as const;
    expect(await at.stores.callbacks.move(closed, { event: 'close', by: 'x' })).toBe(true);
    expect(await at.stores.callbacks.wipe({ brand: BRAND, closedBefore: () => NOON + 1, limit: 10 })).toBe(1);
    expect(await at.stores.callbacks.get(entry.id)).toMatchObject({ number: null, about: '', shown: '+90 5** *** ** 17' });
    expect((await at.place.query('select number, about from callback_entries'))[0]).toEqual({ number: null, about: '' });
    expect(await outcomes(entry)).toEqual(['added']);
  });

  it('removes old records, and words that nobody else read', async () => {
    await submit(sending({ consentText: 'The old words.' }));
    await submit(sending({ at: NOON + 2 * HOUR, consentText: 'The new words.' }));
    expect(await at.stores.callbackForms.sweep('other' as BrandId, NOON + HOUR)).toBe(0);
    expect(await at.stores.callbackForms.sweep(BRAND, NOON + HOUR)).toBe(1);
    expect(await at.place.query('select words from consent_words')).toEqual([{ words: 'The new words.' }]);
    expect(await at.stores.callbackForms.sweep(BRAND, NOON + HOUR)).toBe(0);
  });
});
