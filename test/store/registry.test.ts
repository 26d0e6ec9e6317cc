import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrandId, DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Consent } from '../../src/domain/consent.ts';
import type { IdSource } from '../../src/domain/ids.ts';
import { iysRegistry } from '../../src/notify/iys.ts';
import type { RegistrySettings } from '../../src/services/registry/deps.ts';
import { createRegistry, type Registry } from '../../src/services/registry/registry.ts';
import { growingIds } from '../../src/system-clock.ts';
import { type IysServer, iysDate, startIysServer } from '../kit/iys-server.ts';
import { EMPTY_PAGE } from '../kit/registry.ts';
import { ENGINES, listeningLog, storesFor } from './engines.ts';

/** A Wednesday, noon in Turkey. */
const NOW = Date.UTC(2026, 10, 25, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ANN = '+905550000001';
const BEN = '+905550000002';
const SETTINGS: RegistrySettings = { staleMs: 6 * HOUR, sendDays: 3, alarmDays: 2, gapChecks: 5000, keepMs: 1095 * 86_400_000 };

describe.each(ENGINES)('the registry of consents on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  let now = NOW;
  let server: IysServer;
  let log = listeningLog();
  const open: Registry[] = [];
  const ids = growingIds(
    () => now,
    () => Array.from({ length: 16 }, () => Math.floor(Math.random() * 256)),
  );

  let next: IdSource['next'] = (kind) => ids.next(kind);

  function engine(changes: { readonly password?: string; readonly holder?: string; readonly linked?: boolean } = {}): Registry {
    const account = { url: server.url, iysCode: '1234', brandCode: '5678', user: 'santral', password: changes.password ?? 'dogru-parola' };
    const link = iysRegistry({ ...account, timeoutMs: 2000, now: () => now, random: () => 0.5 });
    const { consentRegistry: store } = at.stores;
    const clock = { now: () => now, setTimer: () => () => undefined };
    const registry = createRegistry({
      ...{
        store,
        clock,
        ids: { next: (kind) => next(kind) },
        log,
        random: () => 0.5,
        holder: changes.holder ?? 'engine-a',
        settings: SETTINGS,
      },
      links: new Map(changes.linked === false ? [] : [[DEFAULT_BRAND, link]]),
      days: () => ({ zone: 'Europe/Istanbul', holidays: [] }),
    });
    open.push(registry);
    return registry;
  }
  const consent = (changes: Partial<Consent> = {}): Consent =>
    ({
      ...{ brand: DEFAULT_BRAND, recipient: ANN, recipientType: 'BIREYSEL', type: 'ARAMA', status: 'ONAY' },
      ...{ source: 'HS_CAGRI_MERKEZI', consentDate: now, evidence: 'call 1' },
      ...changes,
    }) as Consent;
  const record = async (changes: Partial<Consent> = {}) => {
    await at.stores.consents.record(consent(changes), { id: ids.next('consent'), at: now, by: 'ayşe' });
    now += 1000;
  };
  const sends = async (registry: Registry) =>
    (await registry.list(DEFAULT_BRAND, { limit: 100 }))
      .toReversed()
      .map(({ consent: one, state, reason }) => [one?.recipient, one?.status, state, reason]);
  const standing = async (recipient = ANN) => (await at.stores.consents.of(DEFAULT_BRAND, recipient)).consents;
  const adds = () => server.asked.filter((one) => one === 'POST /consents' || one === 'POST /consents/request').length;
  /** Long enough for whatever waits to be tried again. */
  const later = async (registry: Registry, ms = 2 * MINUTE) => {
    now += ms;
    await registry.push();
  };

  beforeEach(async () => {
    now = NOW;
    server = await startIysServer(() => now, { tokensPerMinute: 100 });
    log = listeningLog();
  });
  afterEach(async () => {
    for (const registry of open.splice(0)) await registry.close();
    await server.close();
  });
  const linked = async (): Promise<Registry> => {
    const registry = engine();
    await registry.pull();
    return registry;
  };

  test('what is recorded here is told once, the older first, and nothing overtakes', async () => {
    const registry = await linked();
    await record();
    await record({ status: 'RET' });
    await record({ recipient: BEN });
    await registry.push();
    expect(await sends(registry)).toEqual([
      [ANN, 'ONAY', 'sent', null],
      [ANN, 'RET', 'queued', null],
      [BEN, 'ONAY', 'sent', null],
    ]);
    await later(registry);
    await later(registry);
    expect((await sends(registry)).map(([, , state]) => state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(server.recordOf(ANN)).toMatchObject({ status: 'RET', source: 'HS_CAGRI_MERKEZI' });
    const asked = adds();
    await later(registry);
    expect(adds()).toBe(asked);
  });

  test('a refusal of somebody who never agreed is kept here and not sent (F4); a consent over a consent is not sent (F5)', async () => {
    const registry = await linked();
    await record({ status: 'RET' });
    await registry.push();
    expect(await sends(registry)).toEqual([[ANN, 'RET', 'skipped', 'first-refusal']]);
    expect(await standing()).toMatchObject([{ status: 'RET' }]);
    await record({ recipient: BEN });
    await registry.push();
    await record({ recipient: BEN });
    await registry.push();
    expect((await sends(registry)).slice(1)).toEqual([
      [BEN, 'ONAY', 'accepted', null],
      [BEN, 'ONAY', 'skipped', 'same-status'],
    ]);
    expect(adds()).toBe(1);
  });

  test('a refusal is sent where only the registry knew of the consent', async () => {
    const registry = await linked();
    server.put(
      'HS',
      { recipient: ANN, recipientType: 'BIREYSEL', type: 'ARAMA', status: 'ONAY', source: 'HS_WEB', consentDate: '2025-01-01 10:00:00' },
      NOW - 60 * DAY,
    );
    await record({ status: 'RET' });
    await registry.push();
    expect(server.recordOf(ANN)).toMatchObject({ status: 'RET' });
  });

  test('an answer that was lost is asked after, and nothing is told twice', async () => {
    const registry = await linked();
    await record();
    server.troubles.push({ path: /POST .*consents$/, how: 'drop' });
    await registry.push();
    expect(await sends(registry)).toMatchObject([[ANN, 'ONAY', 'queued', expect.stringContaining('registry')]]);
    await later(registry);
    expect(await sends(registry)).toEqual([[ANN, 'ONAY', 'accepted', null]]);
    expect(adds()).toBe(1);
  });

  test('an engine that died while it sent is found out by the next one', async () => {
    const first = await linked();
    await record();
    // The registry hears it, the answer never comes, and the engine is gone before it writes that down.
    const { store } = { store: at.stores.consentRegistry };
    await store.collect(DEFAULT_BRAND, 0, now, () => ({ dueAt: now + DAY, alarmAt: now + DAY }));
    const [row] = await store.due(DEFAULT_BRAND, now, 10);
    await store.begin([row?.id as never], now + 2 * MINUTE);
    server.put('HS', {
      recipient: ANN,
      recipientType: 'BIREYSEL',
      type: 'ARAMA',
      status: 'ONAY',
      source: 'HS_CAGRI_MERKEZI',
      consentDate: iysDate(NOW),
    });
    const next = engine();
    await next.start();
    await next.push();
    expect((await sends(first)).map(([, , state]) => state)).toEqual(['queued']);
    await later(next, 3 * MINUTE);
    expect((await sends(first)).map(([, , state]) => state)).toEqual(['accepted']);
    expect(adds()).toBe(0);
  });

  test('of many, those at fault become dead letters, and the others are told', async () => {
    const registry = await linked();
    await record();
    await record({ recipient: '+905550000666' });
    await record({ recipient: '+905550000667' });
    await record({ recipient: BEN });
    await registry.push();
    const states = () => sends(registry);
    expect(await states()).toEqual([
      [ANN, 'ONAY', 'accepted', null],
      ['+905550000666', 'ONAY', 'rejected', expect.stringMatching(/^H114/)],
      ['+905550000667', 'ONAY', 'accepted', null],
      [BEN, 'ONAY', 'accepted', null],
    ]);
    expect(JSON.stringify(await states())).not.toContain('5550000666 ');
    expect(await registry.state(DEFAULT_BRAND)).toMatchObject({ dead: 1, figures: { byState: { accepted: 3, rejected: 1 } } });
  });

  test('a request is judged part by part, when the registry comes to it', async () => {
    const registry = await linked();
    server.settings.judges = false;
    await record();
    await record({ recipient: '+905550000666' });
    await registry.push();
    await later(registry);
    expect((await sends(registry)).map(([, , state]) => state)).toEqual(['sent', 'sent']);
    server.settings.judges = true;
    await later(registry);
    expect((await sends(registry)).map(([, , state]) => state)).toEqual(['accepted', 'rejected']);
  });

  test('a request that the registry lost is sent anew', async () => {
    const registry = await linked();
    await record();
    await record({ recipient: BEN });
    await registry.push();
    server.forgetRequests();
    await later(registry);
    expect((await sends(registry)).map(([, , state]) => state)).toEqual(['queued', 'queued']);
    await later(registry);
    await later(registry);
    expect((await sends(registry)).map(([, , state]) => state)).toEqual(['accepted', 'accepted']);
    expect(adds()).toBe(2);
  });

  test('while the registry is down nothing is lost and nothing storms; near the last day it is an alarm, beyond it a dead letter', async () => {
    const registry = await linked();
    await record();
    for (let n = 0; n < 200; n += 1) server.troubles.push({ path: /POST .*(consents|token)/, how: 503 });
    for (let minutes = 0; minutes < 120; minutes += 1) await later(registry, MINUTE);
    expect(200 - server.troubles.length).toBeLessThan(20);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    now = Date.UTC(2026, 10, 27, 21, 0, 1);
    await registry.push();
    expect((await registry.state(DEFAULT_BRAND)).figures).toMatchObject({ alarms: 1, firstDueAt: Date.UTC(2026, 10, 30, 21) });
    expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ message: expect.stringContaining('last day is near') }]);
    server.troubles.length = 0;
    now = Date.UTC(2026, 10, 30, 21, 0, 1);
    await later(registry, 2 * HOUR);
    expect(await sends(registry)).toMatchObject([[ANN, 'ONAY', 'overdue', expect.any(String)]]);
    expect(adds()).toBeLessThan(20);
  });

  test('a refusal is told however late it is; a dead letter is sent again when somebody wants it, and that is noted', async () => {
    const registry = await linked();
    await record();
    await registry.push();
    server.troubles.push(...Array.from({ length: 50 }, () => ({ path: /POST .*consents/, how: 503 })));
    await record({ status: 'RET' });
    await record({ recipient: BEN });
    await registry.push();
    now += 3.5 * DAY;
    server.troubles.length = 0;
    now += 2.5 * DAY;
    await later(registry);
    expect((await sends(registry)).slice(1)).toMatchObject([
      // Ours to tell, theirs to refuse: it is on record that they did.
      [ANN, 'RET', 'overdue', expect.stringContaining('H174')],
      [BEN, 'ONAY', 'overdue', 'overdue'],
    ]);
    expect(await registry.replay(DEFAULT_BRAND, null, 'ayşe')).toBe(2);
    expect(await registry.replay('other' as BrandId, null, 'ayşe')).toBe(0);
    expect(await at.stores.audit.list({ brand: DEFAULT_BRAND, limit: 10 })).toMatchObject([
      { what: 'registry-replayed', actor: 'ayşe' },
      { what: 'registry-replayed', actor: 'ayşe' },
    ]);
    await later(registry);
    await later(registry);
    expect((await sends(registry)).slice(1).map(([, , state, reason]) => [state, String(reason).slice(0, 4)])).toEqual([
      ['overdue', 'H174'],
      ['overdue', 'H174'],
    ]);
  });

  test('what is sent again and the note of who wanted it are one: without the note nothing is sent', async () => {
    const registry = await linked();
    for (const recipient of ['+905550000666', '+905551000666']) await record({ recipient });
    await registry.push();
    await registry.push();
    await later(registry);
    const states = async () => (await sends(registry)).map(([, , state]) => state);
    expect(await states()).toEqual(['rejected', 'rejected']);
    // Two lines of one name: the second is refused.
    const same = ids.next('audit');
    next = (kind) => (kind === 'audit' ? (same as never) : ids.next(kind));
    await expect(registry.replay(DEFAULT_BRAND, null, 'ayşe')).rejects.toThrow();
    expect(await states()).toEqual(['rejected', 'rejected']);
    expect(await at.stores.audit.list({ brand: DEFAULT_BRAND, limit: 10 })).toEqual([]);
    next = (kind) => ids.next(kind);
    expect(await registry.replay(DEFAULT_BRAND, null, 'ayşe')).toBe(2);
    expect(await at.stores.audit.list({ brand: DEFAULT_BRAND, limit: 10 })).toHaveLength(2);
  });

  test('what citizens say there counts here: the later date wins, a refusal wins a tie, and the order does not matter (F7, F8)', async () => {
    const said = (status: string, consentDate: string, recipient = ANN) =>
      server.put('IYS', { recipient, recipientType: 'BIREYSEL', type: 'ARAMA', status, source: 'IYS_WEB', consentDate }, now - 2 * HOUR);
    await record({ consentDate: NOW - DAY });
    said('RET', '2026-11-25 08:00:00');
    said('ONAY', '2026-11-24 08:00:00');
    said('ONAY', '2026-11-25 07:00:00', BEN);
    said('RET', '2026-11-25 07:00:00', BEN);
    const registry = await linked();
    expect(await standing()).toMatchObject([{ status: 'RET', source: 'IYS_WEB', evidence: 'İYS' }]);
    expect(await standing(BEN)).toMatchObject([{ status: 'RET' }]);
    const history = await at.stores.consents.history(DEFAULT_BRAND, ANN, 10);
    expect(history.map(({ recordedBy, status }) => `${recordedBy} ${status}`)).toEqual(['iys ONAY', 'iys RET', 'ayşe ONAY']);
    await registry.pullNow(DEFAULT_BRAND);
    expect(await at.stores.consents.history(DEFAULT_BRAND, ANN, 10)).toHaveLength(3);
    // What came from there is not told there.
    await registry.push();
    expect((await sends(registry)).map(([recipient]) => recipient)).toEqual([ANN]);
  });

  test('pages go on where they ended, also when the registry fails in between; our own consents come back without a trace', async () => {
    server.settings.pageSize = 2;
    for (let n = 1; n <= 5; n += 1)
      server.put(
        'IYS',
        {
          recipient: `+90555000001${n}`,
          recipientType: 'BIREYSEL',
          type: 'MESAJ',
          status: 'RET',
          source: 'IYS_MOBIL',
          consentDate: '2026-11-25 08:00:00',
        },
        now - 2 * HOUR,
      );
    const registry = engine();
    server.troubles.push({ path: /changes.*after=c1/, how: 500 });
    await registry.pull();
    expect((await registry.state(DEFAULT_BRAND)).pulls).toMatchObject([
      { side: 'IYS', cursor: 'c1', pulledAt: null, error: expect.stringContaining('500') },
    ]);
    expect(registry.isStale(DEFAULT_BRAND)).toBe(true);
    now += 2 * MINUTE;
    await registry.pull();
    expect(await standing('+905550000015')).toMatchObject([{ status: 'RET' }]);
    expect(registry.isStale(DEFAULT_BRAND)).toBe(false);
    await record();
    await registry.push();
    now += 2 * HOUR;
    await registry.pull();
    expect(await at.stores.consents.history(DEFAULT_BRAND, ANN, 10)).toHaveLength(1);
  });

  test('a copy that is old is not advertised by; one that lacks a week is, once everybody was asked for (F11)', async () => {
    expect(engine({ linked: false }).isStale(DEFAULT_BRAND)).toBe(false);
    const registry = await linked();
    await record();
    await registry.push();
    expect(registry.isStale(DEFAULT_BRAND)).toBe(false);
    now += SETTINGS.staleMs + MINUTE;
    expect(registry.isStale(DEFAULT_BRAND)).toBe(true);
    // While nobody read, she refused there, and the registry has forgotten to tell.
    server.put('IYS', {
      recipient: ANN,
      recipientType: 'BIREYSEL',
      type: 'ARAMA',
      status: 'RET',
      source: 'IYS_WEB',
      consentDate: iysDate(now),
    });
    now += 9 * DAY;
    const next = engine();
    await next.start();
    expect(next.isStale(DEFAULT_BRAND)).toBe(true);
    await next.pull();
    expect(await standing()).toMatchObject([{ status: 'RET' }]);
    expect(next.isStale(DEFAULT_BRAND)).toBe(false);
  });

  test('a cursor that is no good any more is done without', async () => {
    const registry = await linked();
    await at.stores.consentRegistry.take(DEFAULT_BRAND, { ...EMPTY_PAGE, side: 'IYS', cursor: 'nonsense', pulledAt: now, gap: null });
    server.put(
      'IYS',
      { recipient: BEN, recipientType: 'BIREYSEL', type: 'ARAMA', status: 'RET', source: 'IYS_WEB', consentDate: '2026-11-25 08:00:00' },
      now - 2 * HOUR,
    );
    await registry.pull();
    expect(await standing(BEN)).toMatchObject([{ status: 'RET' }]);
  });

  test('of two engines one talks with the registry, and what it read counts for both', async () => {
    const [one, two] = [engine({ holder: 'one' }), engine({ holder: 'two' })];
    await record();
    await one.pull();
    await two.pull();
    await Promise.all([one.push(), two.push()]);
    expect(server.asked.filter((asked) => asked.startsWith('GET /consents/changes'))).toHaveLength(2);
    expect(adds()).toBe(1);
    expect(two.isStale(DEFAULT_BRAND)).toBe(false);
    now += 4 * MINUTE;
    await two.pull();
    expect(server.asked.filter((asked) => asked.startsWith('GET /consents/changes'))).toHaveLength(4);
  });

  test('with a wrong password nothing is sent, and the state says why', async () => {
    const registry = engine({ password: 'yanlis-parola' });
    await record();
    await registry.pull();
    await registry.push();
    expect(await registry.state(DEFAULT_BRAND)).toMatchObject({
      isStale: true,
      pulls: [{ error: expect.stringContaining('SANTRAL_IYS_PASSWORD') }],
    });
    expect(server.asked).toEqual(['POST /oauth2/token']);
    expect(JSON.stringify(log.lines)).not.toContain('yanlis-parola');
  });

  test('no table and no line of the log tells a number', async () => {
    const registry = await linked();
    await record({ recipient: '+905550000666' });
    server.put(
      'IYS',
      { recipient: ANN, recipientType: 'BIREYSEL', type: 'ARAMA', status: 'RET', source: 'IYS_WEB', consentDate: '2026-11-25 08:00:00' },
      now - 2 * HOUR,
    );
    await registry.push();
    await registry.pull();
    for (const table of ['registry_sends', 'registry_held', 'registry_pulls', 'consent_history', 'consents'])
      expect(JSON.stringify(await at.place.query(`select * from ${table}`))).not.toMatch(/5550000/);
    expect(JSON.stringify(log.lines)).not.toMatch(/5550000/);
  });
});
