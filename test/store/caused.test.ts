import { describe, expect, test } from 'vitest';
import { type BrandId, DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { CallbackRequest } from '../../src/domain/callback-request.ts';
import type { Consent } from '../../src/domain/consent.ts';
import type { MissedCall } from '../../src/domain/missed-call.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import type { Recording } from '../../src/domain/recording.ts';
import type { CallChange } from '../../src/ports/stores.ts';
import { ENGINES, storesFor } from './engines.ts';
import { change, id, NOON } from './fixtures.ts';

const NUMBER = '+905550000001' as E164;

function recording(n: number, changed: Partial<Recording> = {}): Recording {
  return {
    id: id('recording', n),
    brand: DEFAULT_BRAND,
    callId: id('call', 1),
    kind: 'voicemail',
    flow: 'main-menu',
    node: 'take-message',
    language: 'tr',
    durationMs: 12_400,
    createdAt: NOON + n,
    keepUntil: NOON + 1000,
    heardAt: null,
    heardBy: null,
    ...changed,
  };
}

function request(n: number, changed: Partial<CallbackRequest> = {}): CallbackRequest {
  return {
    id: id('callback', n),
    brand: DEFAULT_BRAND,
    callId: id('call', 1),
    group: 'sales',
    number: NUMBER,
    language: 'tr',
    reason: 'kampanya',
    origin: 'flow',
    since: null,
    requestedAt: NOON + n,
    state: 'open',
    closedAt: null,
    closedBy: null,
    ...changed,
  };
}

function missed(n: number, changed: Partial<MissedCall> = {}): MissedCall {
  const target = { kind: 'dealer', id: 'IST-01' } as const;
  const whole = {
    id: id('missedCall', n),
    brand: DEFAULT_BRAND,
    callId: id('call', n),
    target,
    number: NUMBER,
    language: 'tr',
    at: NOON + n,
  } as const;
  return { ...whole, ...changed };
}

function said(n: number, changed: Partial<Consent> = {}): NonNullable<CallChange['consents']>[number] {
  const consent: Consent = {
    brand: DEFAULT_BRAND,
    recipient: NUMBER,
    recipientType: 'BIREYSEL',
    type: 'MESAJ',
    status: 'ONAY',
    source: 'HS_CAGRI_MERKEZI',
    consentDate: NOON + n,
    evidence: 'consent.ask, release 1',
    ...changed,
  };
  return { consent, how: { id: id('consent', n), at: NOON + n, by: 'flow' } };
}

describe.each(ENGINES)('what a turn causes, on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  const commit = (caused: Partial<CallChange>, n = 1) => at.stores.calls.commit(change(n, [1, 1], caused));

  test('is not stored when the turn is not', async () => {
    const bad = { recordings: [recording(1)], consents: [said(1)], callbackRequests: [request(1)], missedCalls: [missed(1)] };
    await expect(at.stores.calls.commit(change(1, [0, 1], bad))).rejects.toMatchObject({ code: 'internal' });
    for (const table of ['recordings', 'consents', 'consent_history', 'callback_requests', 'missed_calls'])
      expect(await at.place.query(`select * from ${table}`)).toEqual([]);
  });

  test('is stored once when the turn is stored twice', async () => {
    const caused = { recordings: [recording(1)], consents: [said(1)], callbackRequests: [request(1)], missedCalls: [missed(1)] };
    await commit(caused);
    await at.stores.recordings.heard(id('recording', 1), 'ayşe', NOON);
    await commit(caused);
    expect(await at.stores.recordings.get(id('recording', 1))).toMatchObject({ heardBy: 'ayşe' });
    expect(await at.stores.consents.history(DEFAULT_BRAND, NUMBER, 10)).toHaveLength(1);
    expect(await at.stores.callbackRequests.list({ brand: DEFAULT_BRAND, limit: 10 })).toEqual([request(1)]);
    expect(await at.stores.missedCalls.list({ brand: DEFAULT_BRAND, limit: 10 })).toEqual([missed(1)]);
  });

  describe('missed calls', () => {
    test('one per call, the first stands; by filter, newest first; the number lies sealed and is wiped', async () => {
      await commit({ missedCalls: [missed(1), missed(9, { callId: id('call', 1), at: NOON + 9 })] });
      await commit({ missedCalls: [missed(8, { callId: id('call', 1), target: { kind: 'department', id: 'service' } })] });
      const second = missed(2, { target: { kind: 'department', id: 'service' }, number: null });
      await commit({ missedCalls: [second, missed(3, { callId: id('call', 3), brand: 'other' as BrandId })] }, 2);
      const list = (filter: object) => at.stores.missedCalls.list({ brand: DEFAULT_BRAND, limit: 10, ...filter });
      expect(await list({})).toEqual([second, missed(1)]);
      expect(await list({ kind: 'dealer', ref: 'IST-01' })).toEqual([missed(1)]);
      expect(await list({ from: NOON + 2, to: NOON + 3 })).toEqual([second]);
      expect(await list({ before: second.id, limit: 1 })).toEqual([missed(1)]);
      expect(JSON.stringify(await at.place.query('select * from missed_calls'))).not.toContain('5550000001');
      expect(await at.stores.missedCalls.wipe(NOON + 1)).toBe(0);
      expect(await at.stores.missedCalls.wipe(NOON + 2)).toBe(1);
      expect(await list({})).toEqual([second, missed(1, { number: null })]);
      expect(await at.stores.missedCalls.wipe(NOON + 2)).toBe(0);
    });
  });

  describe('recordings', () => {
    test('come back as they were, and by filter, newest first', async () => {
      const rows = [
        recording(1),
        recording(2, { kind: 'comment', flow: 'nps' }),
        recording(3, { brand: 'other' as BrandId }),
        recording(4, { heardAt: NOON + 9, heardBy: 'ayşe', language: 'en' }),
      ];
      await commit({ recordings: rows });
      const found = async (filter: object) =>
        (await at.stores.recordings.list({ brand: DEFAULT_BRAND, limit: 10, ...filter })).map(
          (one) => rows.findIndex((row) => row.id === one.id) + 1,
        );
      expect(await at.stores.recordings.get(id('recording', 4))).toEqual(rows[3]);
      expect(await found({})).toEqual([4, 2, 1]);
      expect(await found({ kind: 'comment' })).toEqual([2]);
      expect(await found({ flow: 'main-menu' })).toEqual([4, 1]);
      expect(await found({ from: NOON + 2, to: NOON + 4 })).toEqual([2]);
      expect(await found({ unheard: true })).toEqual([2, 1]);
      expect(await found({ before: id('recording', 4), limit: 1 })).toEqual([2]);
    });

    test('are heard first by one, removed once, and known by their id', async () => {
      await commit({ recordings: [recording(1)] });
      const one = id('recording', 1);
      expect(await at.stores.recordings.heard(one, 'ayşe', NOON + 5)).toBe(true);
      expect(await at.stores.recordings.heard(one, 'mehmet', NOON + 6)).toBe(true);
      expect(await at.stores.recordings.get(one)).toMatchObject({ heardBy: 'ayşe', heardAt: NOON + 5 });
      expect(await at.stores.recordings.heard(id('recording', 9), 'ayşe', NOON)).toBe(false);
      expect(await at.stores.recordings.known([one, id('recording', 9)])).toEqual(new Set([one]));
      expect(await at.stores.recordings.remove(one)).toBe(true);
      expect(await at.stores.recordings.remove(one)).toBe(false);
    });

    test('expire when their time is over, the oldest first', async () => {
      await commit({ recordings: [recording(1, { keepUntil: NOON + 20 }), recording(2, { keepUntil: NOON + 10 }), recording(3)] });
      expect(await at.stores.recordings.expired(NOON + 20, 10)).toEqual([id('recording', 2), id('recording', 1)]);
      expect(await at.stores.recordings.expired(NOON + 20, 1)).toEqual([id('recording', 2)]);
    });
  });

  describe('consents', () => {
    const standing = async () =>
      (await at.stores.consents.of(DEFAULT_BRAND, NUMBER)).consents.map(({ status, consentDate }) => [status, consentDate - NOON]);

    test.each([
      ['a later one takes the place of what stands', [said(1), said(2, { status: 'RET' })], [['RET', 2]]],
      ['an older one does not', [said(2), said(1, { status: 'RET' })], [['ONAY', 2]]],
      ['of two of one instant the refusal stands', [said(1, { status: 'RET' }), said(2, { consentDate: NOON + 1 })], [['RET', 1]]],
      ['of two of one instant the refusal comes to stand', [said(1), said(2, { consentDate: NOON + 1, status: 'RET' })], [['RET', 1]]],
    ])('%s, in one batch and in two', async (_, consents, expected) => {
      await commit({ consents });
      expect(await standing()).toEqual(expected);
      for (const table of ['consents', 'consent_history']) await at.place.query(`delete from ${table}`);
      for (const [n, one] of consents.entries()) await commit({ consents: [one] }, n + 2);
      expect(await standing()).toEqual(expected);
      expect(await at.stores.consents.history(DEFAULT_BRAND, NUMBER, 10)).toHaveLength(2);
    });

    test('stand beside what was recorded otherwise', async () => {
      await commit({ consents: [said(1)] });
      const { consent } = said(5, { status: 'RET' });
      expect(await at.stores.consents.record(consent, { id: id('consent', 5), at: NOON + 5, by: 'ayşe' })).toBe('stands');
      expect(await standing()).toEqual([['RET', 5]]);
    });
  });

  describe('requests to be called back', () => {
    const open = async () =>
      (await at.stores.callbackRequests.list({ brand: DEFAULT_BRAND, state: 'open', limit: 10 })).map((one) => one.id);

    test('are one per brand, group and number as long as it is open', async () => {
      await commit({ callbackRequests: [request(1), request(2)] });
      await commit(
        { callbackRequests: [request(3), request(4, { group: 'service' }), request(5, { number: '+905550000002' as E164 })] },
        2,
      );
      await commit({ callbackRequests: [request(6, { brand: 'other' as BrandId })] }, 3);
      expect(await open()).toEqual([5, 4, 1].map((n) => id('callback', n)));
      expect(await at.stores.callbackRequests.close(id('callback', 1), 'done', 'ayşe', NOON + 9)).toBe(true);
      expect(await at.stores.callbackRequests.close(id('callback', 1), 'dropped', 'ayşe', NOON + 9)).toBe(false);
      await commit({ callbackRequests: [request(7)] }, 4);
      expect(await open()).toEqual([7, 5, 4].map((n) => id('callback', n)));
      expect(await at.stores.callbackRequests.get(id('callback', 1))).toEqual(
        request(1, { state: 'done', closedAt: NOON + 9, closedBy: 'ayşe' }),
      );
    });

    test('are found by state and group, newest first, by pages', async () => {
      const numbers = ['+905550000011', '+905550000012', '+905550000013'] as E164[];
      await commit({ callbackRequests: numbers.map((number, n) => request(n, { number, group: n === 1 ? 'service' : 'sales' })) });
      const found = async (filter: object) =>
        (await at.stores.callbackRequests.list({ brand: DEFAULT_BRAND, limit: 10, ...filter })).map(({ number }) => number);
      expect(await found({ group: 'sales' })).toEqual(['+905550000013', '+905550000011']);
      expect(await found({ before: id('callback', 2), limit: 1 })).toEqual(['+905550000012']);
      expect(await found({ state: 'done' })).toEqual([]);
    });

    test('hold no number that can be read', async () => {
      await commit({ callbackRequests: [request(1)] });
      expect(JSON.stringify(await at.place.query('select * from callback_requests'))).not.toContain('5550000001');
    });
  });
});
