import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { iysRegistry } from '../../src/notify/iys.ts';
import { fromRegistryBody, fromRegistryDate, judgedOf, rejectionOf, toRegistryDate } from '../../src/notify/iys-words.ts';
import type { ConsentRegistry, RegistryConsent } from '../../src/ports/consent-registry.ts';
import { type IysServer, startIysServer } from '../kit/iys-server.ts';

const NOW = Date.UTC(2026, 10, 25, 9, 0, 0);
const MINUTE = 60_000;
const SIGNAL = new AbortController().signal;
let now = NOW;
let server: IysServer;
let registry: ConsentRegistry;

const consent = (changes: Partial<RegistryConsent> = {}): RegistryConsent => ({
  recipient: '+905550000001',
  recipientType: 'BIREYSEL',
  type: 'ARAMA',
  status: 'ONAY',
  source: 'HS_CAGRI_MERKEZI',
  consentDate: NOW - MINUTE,
  ...changes,
});
const link = (changes: Partial<Parameters<typeof iysRegistry>[0]> = {}) =>
  iysRegistry({
    ...{ url: server.url, iysCode: '1234', brandCode: '5678', user: 'santral', password: 'dogru-parola', timeoutMs: 3000 },
    ...{ now: () => now, random: () => 0.5 },
    ...changes,
  });
const tokensAsked = () => server.asked.filter((one) => one.endsWith('/oauth2/token')).length;

beforeEach(async () => {
  now = NOW;
  server = await startIysServer(() => now);
  registry = link();
});
afterEach(async () => {
  await registry.close();
  await server.close();
});

describe('the register of consents', () => {
  it('is told of a consent, and knows it from then on, by its own clock', async () => {
    expect(await registry.status(consent(), SIGNAL)).toEqual({ kind: 'known', consent: null });
    expect(await registry.add(consent(), SIGNAL)).toEqual({ kind: 'accepted', reference: expect.any(String) });
    expect(server.recordOf('+905550000001')).toMatchObject({ consentDate: '2026-11-25 11:59:00', status: 'ONAY' });
    expect(await registry.status(consent(), SIGNAL)).toEqual({ kind: 'known', consent: consent() });
  });

  it('says what it refuses, and that it came too late; no number stands in the reason', async () => {
    expect(await registry.add(consent({ status: 'RET' }), SIGNAL)).toMatchObject({ kind: 'rejected', code: 'H160', late: false });
    expect(await registry.add(consent({ consentDate: NOW - 9 * 86_400_000 }), SIGNAL)).toMatchObject({ code: 'H174', late: true });
    const bad = await registry.add(consent({ recipient: '+905550000666' }), SIGNAL);
    expect(bad).toMatchObject({ kind: 'rejected', code: 'H114' });
    expect(JSON.stringify(bad)).not.toContain('5550000666');
  });

  it('takes many at once and judges each of them later, whatever their order', async () => {
    server.settings.judges = false;
    const all = [consent(), consent({ recipient: '+905550000002', status: 'RET' }), consent({ recipient: '+905550000003', type: 'MESAJ' })];
    const taken = await registry.addMany(all, SIGNAL);
    if (taken.kind !== 'taken') throw new Error(JSON.stringify(taken));
    const waiting = await registry.poll(taken.request, SIGNAL);
    expect(waiting).toMatchObject({ kind: 'judged' });
    expect(waiting.kind === 'judged' && taken.places.map((place) => waiting.verdicts.get(place)?.kind)).toEqual([
      'waiting',
      'waiting',
      'waiting',
    ]);
    server.settings.judges = true;
    const judged = await registry.poll(taken.request, SIGNAL);
    expect(judged.kind === 'judged' && taken.places.map((place) => judged.verdicts.get(place)?.kind)).toEqual([
      'accepted',
      'rejected',
      'accepted',
    ]);
    expect(await registry.poll('gone', SIGNAL)).toMatchObject({ kind: 'refused' });
    expect(await registry.addMany([consent({ recipient: '+905550000667' }), consent()], SIGNAL)).toEqual({ kind: 'faulty' });
  });

  it('tells its changes by pages, without the last hour; what cannot be read is told as such', async () => {
    server.settings.pageSize = 2;
    const record = { recipientType: 'BIREYSEL', type: 'ARAMA', status: 'RET', source: 'IYS_WEB', consentDate: '2026-11-25 08:00:00' };
    for (const n of [1, 2, 3]) server.put('IYS', { ...record, recipient: `+90555000000${n}` }, NOW - 120 * MINUTE);
    server.put('IYS', { ...record, recipient: 'nobody' }, NOW - 120 * MINUTE);
    server.put('IYS', { ...record, recipient: '+905550000009' }, NOW - MINUTE);
    const first = await registry.changes('IYS', null, SIGNAL);
    if (first.kind !== 'page') throw new Error(JSON.stringify(first));
    expect(first).toMatchObject({
      changes: [{ recipient: '+905550000001', source: 'IYS_WEB' }, { recipient: '+905550000002' }],
      isLast: false,
    });
    const second = await registry.changes('IYS', first.after, SIGNAL);
    expect(second).toMatchObject({ changes: [{ recipient: '+905550000003' }, { unread: null }], isLast: false });
    const third = await registry.changes('IYS', second.kind === 'page' ? second.after : null, SIGNAL);
    expect(third).toMatchObject({ changes: [], isLast: true, after: second.kind === 'page' ? second.after : '' });
    expect(await registry.changes('HS', null, SIGNAL)).toMatchObject({ changes: [], isLast: true });
    expect(await registry.changes('IYS', 'nonsense', SIGNAL)).toMatchObject({ kind: 'refused' });
  });
});

describe('what it says of one person', () => {
  it('may be beyond us, which is no trouble with the registry; an answer that is none is', async () => {
    server.put('IYS', {
      ...{ recipient: '+905550000001', recipientType: 'BIREYSEL', type: 'ARAMA' },
      status: 'RET',
      source: 'IYS_UYDU',
      consentDate: '',
    });
    expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'unread' });
    for (const how of [400, 422]) {
      server.troubles.push({ path: /status/, how });
      expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'unread' });
    }
    now += 2 * 60 * MINUTE;
    expect(await registry.changes('IYS', null, SIGNAL)).toMatchObject({
      changes: [{ unread: { recipient: '+905550000001', recipientType: 'BIREYSEL', type: 'ARAMA' } }],
    });
    server.troubles.push({ path: /status/, how: 503 });
    expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'later' });
  });
});

describe('the token', () => {
  it('is one for all who ask at once, and renewed when it runs out, without the password', async () => {
    await Promise.all(Array.from({ length: 20 }, () => registry.status(consent(), SIGNAL)));
    expect(tokensAsked()).toBe(1);
    now += 7_150_000;
    expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'known' });
    expect(tokensAsked()).toBe(2);
    expect(server.received.filter(({ url }) => url === '/oauth2/token').map(({ body }) => JSON.parse(body).grant_type)).toEqual([
      'password',
      'refresh_token',
    ]);
    now += 86_400_000;
    expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'known' });
    expect(
      server.received
        .filter(({ url }) => url === '/oauth2/token')
        .map(({ body }) => JSON.parse(body).grant_type)
        .at(-1),
    ).toBe('password');
  });

  it('is replaced once when the register does not take it any more, and the request is asked again', async () => {
    await registry.status(consent(), SIGNAL);
    server.forgetTokens();
    expect(await registry.add(consent(), SIGNAL)).toMatchObject({ kind: 'accepted' });
    expect(tokensAsked()).toBe(2);
  });

  it('is not asked for in a storm: what the register wishes is waited for', async () => {
    for (let n = 0; n < 3; n += 1) {
      await registry.status(consent(), SIGNAL);
      server.forgetTokens();
    }
    const shut = await registry.status(consent(), SIGNAL);
    expect(shut).toMatchObject({ kind: 'later', unsure: false, afterMs: 30_000 });
    const asked = tokensAsked();
    for (let n = 0; n < 10; n += 1) expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'later' });
    expect(tokensAsked()).toBe(asked);
    now += 61_000;
    expect(await registry.status(consent(), SIGNAL)).toMatchObject({ kind: 'known' });
  });

  it('with a wrong password is refused, and not tried again at once: accounts get locked', async () => {
    const wrong = link({ password: 'yanlis-parola' });
    const refused = await wrong.status(consent(), SIGNAL);
    expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringContaining('SANTRAL_IYS_PASSWORD') });
    expect(JSON.stringify(refused)).not.toContain('yanlis-parola');
    await wrong.status(consent(), SIGNAL);
    expect(tokensAsked()).toBe(1);
    await wrong.close();
  });
});

describe('trouble', () => {
  it('of too many requests and of the register itself passes; a lost answer may have been heard', async () => {
    server.troubles.push({ path: /POST .*consents$/, how: 429, headers: { 'retry-after': '7' } });
    expect(await registry.add(consent(), SIGNAL)).toMatchObject({ kind: 'later', unsure: false, afterMs: 7000 });
    server.troubles.push({ path: /POST .*consents$/, how: 503 });
    expect(await registry.add(consent(), SIGNAL)).toMatchObject({ kind: 'later', unsure: true });
    server.troubles.push({ path: /POST .*consents$/, how: 'drop' });
    expect(await registry.add(consent(), SIGNAL)).toMatchObject({ kind: 'later', unsure: true });
    expect(server.recordOf('+905550000001')).toMatchObject({ status: 'ONAY' });
  });

  it('of a register that says nothing ends by its time', async () => {
    const hasty = link({ timeoutMs: 200 });
    server.troubles.push({ path: /POST .*consents\/status/, how: 'hang' });
    expect(await hasty.status(consent(), SIGNAL)).toMatchObject({ kind: 'later', reason: expect.stringContaining('no answer in time') });
    await hasty.close();
  });

  it('of a brand that is not there is for people to mend', async () => {
    const stranger = link({ brandCode: '9' });
    expect(await stranger.add(consent(), SIGNAL)).toMatchObject({ kind: 'refused' });
    expect(await stranger.changes('IYS', null, SIGNAL)).toMatchObject({ kind: 'refused' });
    await stranger.close();
  });
});

describe('the register’s words', () => {
  it('are dates three hours before UTC, there and back', () => {
    expect(toRegistryDate(Date.UTC(2026, 0, 1, 22, 0, 1, 999))).toBe('2026-01-02 01:00:01');
    expect(fromRegistryDate('2026-01-02 01:00:01')).toBe(Date.UTC(2026, 0, 1, 22, 0, 1));
    expect(fromRegistryDate('2026-13-02 01:00:01')).toBeUndefined();
    expect(fromRegistryDate('02.01.2026')).toBeUndefined();
  });

  it('are codes of its own; what stands in their place is not passed on', () => {
    for (const code of ['905550000001', '+90 555 000 00 01', 'a@b.example', 'H174 5550000001', 'H'.repeat(500)]) {
      const fault = { code, message: 'no' };
      expect(rejectionOf({ errors: [fault] })).toEqual({ kind: 'rejected', code: '?', reason: '?: no', late: false });
      expect(judgedOf({ subrequestId: 's', status: 'failure', error: fault })).toMatchObject({ verdict: { code: '?', reason: '?: no' } });
    }
    expect(rejectionOf({ errors: [{ code: 'H174', message: 'late' }] })).toMatchObject({ code: 'H174', late: true });
  });

  it('may say of traders neither source nor date; of private persons they must', () => {
    const bare = { recipient: '+905550000001', type: 'ARAMA', status: 'RET', creationDate: '2026-11-25 08:00:00', source: null };
    expect(fromRegistryBody({ ...bare, recipientType: 'TACIR' })).toMatchObject({ consentDate: Date.UTC(2026, 10, 25, 5) });
    expect(fromRegistryBody({ ...bare, recipientType: 'BIREYSEL' })).toBeUndefined();
    expect(fromRegistryBody('RET')).toBeUndefined();
  });
});
