import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Consent } from '../../src/domain/consent.ts';
import type { RegistrySettings } from '../../src/services/registry/deps.ts';
import type { Registry } from '../../src/services/registry/registry.ts';
import { growingIds } from '../../src/system-clock.ts';
import { type IysServer, iysDate, startIysServer } from '../kit/iys-server.ts';
import { linkedRegistry } from '../kit/registry.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, listeningLog, storesFor } from './engines.ts';

/** A Wednesday, noon in Turkey. */
const NOW = Date.UTC(2026, 10, 25, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const numberOf = (n: number) => `+90555000${String(n).padStart(4, '0')}`;
/** A source that the registry may have one day, and that nobody here knows. */
const NEW_SOURCE = 'IYS_UYDU';

describe.each(ENGINES)('changes at the registry that were missed on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  let now = NOW;
  let server: IysServer;
  let log = listeningLog();
  const open: Registry[] = [];
  const ids = growingIds(
    () => now,
    () => Array.from({ length: 16 }, () => Math.floor(Math.random() * 256)),
  );

  async function linked(settings: Partial<RegistrySettings> = {}): Promise<Registry> {
    const { consentRegistry: store } = at.stores;
    const clock = { now: () => now, setTimer: () => () => undefined };
    const registry = linkedRegistry({ store, clock, ids, log }, server.url, settings);
    open.push(registry);
    await registry.start();
    await registry.pull();
    return registry;
  }
  /** Somebody agreed, here and there. */
  const agree = async (n: number, source = 'HS_WEB') => {
    const said = { recipient: numberOf(n), recipientType: 'BIREYSEL', type: 'ARAMA', status: 'ONAY' } as const;
    const consent = { ...said, brand: DEFAULT_BRAND, source: 'HS_WEB', consentDate: now - DAY, evidence: 'form' } as Consent;
    await at.stores.consents.record(consent, { id: ids.next('consent'), at: now, by: 'ayşe' });
    server.put('HS', { ...said, source, consentDate: iysDate(now - DAY) });
  };
  const refuse = (n: number, source = 'IYS_WEB', when = now) =>
    server.put(
      'IYS',
      { recipient: numberOf(n), recipientType: 'BIREYSEL', type: 'ARAMA', status: 'RET', source, consentDate: iysDate(when) },
      when,
    );
  const standing = async (n: number) => (await at.stores.consents.of(DEFAULT_BRAND, numberOf(n))).consents.map(({ status }) => status);
  const asked = () => server.asked.filter((one) => one === 'POST /consents/status').length;
  const state = async (registry: Registry) => {
    const { isStale, figures } = await registry.state(DEFAULT_BRAND);
    return { isStale, unread: figures.unread };
  };
  const noted = async () =>
    (await at.stores.audit.list({ brand: DEFAULT_BRAND, limit: 10 })).map(({ what, actor, details }) => [what, actor, details['unread']]);
  const errors = () => log.lines.filter(({ level }) => level === 'error').map(({ message }) => message);
  /** Longer than the registry remembers. */
  const silence = () => {
    now += 9 * DAY;
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

  test('everybody is asked for in one run, however many they are', async () => {
    const registry = await linked();
    for (let n = 1; n <= 230; n += 1) await agree(n);
    refuse(77);
    silence();
    await registry.pull();
    expect(asked()).toBe(230);
    expect(await standing(77)).toEqual(['RET']);
    expect(await state(registry)).toEqual({ isStale: false, unread: 0 });
  });

  test('as many as a run may are asked for, then the next run goes on where it ended; what else is due is done in between', async () => {
    const registry = await linked({ gapChecks: 100 });
    for (let n = 1; n <= 230; n += 1) await agree(n);
    silence();
    const run = registry.pull();
    await registry.push();
    expect(asked()).toBeLessThanOrEqual(100);
    await run;
    expect(asked()).toBe(100);
    expect(await state(registry)).toMatchObject({ isStale: true });
    await registry.pull();
    await registry.pull();
    expect(asked()).toBe(230);
    expect(await state(registry)).toMatchObject({ isStale: false });
  });

  test('consents that were sealed with another key neither hide those behind them nor count as asked for', async () => {
    const registry = await linked();
    for (let n = 1; n <= 130; n += 1) await agree(n);
    // Those that come first are the ones that cannot be opened.
    const token = (n: number) => TEST_SEAL.token('recipient', numberOf(n));
    const first = Array.from({ length: 130 }, (_, n) => n + 1).toSorted((a, b) => (token(a) < token(b) ? -1 : 1));
    const last = first.at(-1) ?? 0;
    const sealed = first.slice(0, 110).map((n) => `'${token(n)}'`);
    await at.place.query(`update consents set recipient = 'v1.x' where recipient_token in (${sealed.join(',')})`);
    refuse(last);
    silence();
    await registry.pull();
    expect(asked()).toBe(20);
    expect(await standing(last)).toEqual(['RET']);
    expect(await state(registry)).toEqual({ isStale: false, unread: 110 });
    expect(await noted()).toContainEqual(['registry-unread', 'iys', 100]);
    expect(errors()).toContainEqual(expect.stringContaining('some cannot be read'));
  });

  test('a consent of which the registry says what nobody understands is passed over and told, until it can be read', async () => {
    const registry = await linked();
    for (let n = 1; n <= 5; n += 1) await agree(n, n === 3 ? NEW_SOURCE : 'HS_WEB');
    refuse(5);
    silence();
    await registry.pull();
    expect(await standing(5)).toEqual(['RET']);
    expect(await state(registry)).toEqual({ isStale: false, unread: 1 });
    expect(await noted()).toEqual([['registry-unread', 'iys', 1]]);
    await registry.pull();
    expect(asked()).toBe(5);
    now += 25 * HOUR;
    await registry.pull();
    expect([asked(), (await noted()).length]).toEqual([6, 1]);
    refuse(3);
    now += 25 * HOUR;
    await registry.pull();
    expect(await standing(3)).toEqual(['RET']);
    expect(await state(registry)).toEqual({ isStale: false, unread: 0 });
    expect(JSON.stringify(log.lines)).not.toMatch(/5550000/);
  });

  test('where nothing at all can be understood nobody is passed over: the gap stays', async () => {
    const registry = await linked();
    for (let n = 1; n <= 25; n += 1) await agree(n, NEW_SOURCE);
    silence();
    await registry.pull();
    expect(await state(registry)).toEqual({ isStale: true, unread: 0 });
    expect(JSON.stringify(log.lines)).toContain('nothing of what the registry says can be understood');
    for (let n = 1; n <= 25; n += 1) refuse(n, 'IYS_WEB', now - 2 * HOUR);
    now += HOUR;
    await registry.pull();
    expect(await state(registry)).toEqual({ isStale: false, unread: 0 });
    expect(await standing(25)).toEqual(['RET']);
  });

  test('of whom a change tells that cannot be understood, the registry is asked; a change that names nobody is counted for a week', async () => {
    const registry = await linked();
    await agree(1);
    refuse(1, NEW_SOURCE);
    refuse(2, NEW_SOURCE);
    server.put('IYS', { recipient: 'nobody', recipientType: 'BIREYSEL', type: 'ARAMA', status: 'RET', source: 'IYS_WEB', consentDate: '' });
    now += MINUTE;
    // Since then she said so where it can be read.
    server.records.set(`${numberOf(2)}|BIREYSEL|ARAMA`, {
      ...(server.recordOf(numberOf(2)) as NonNullable<ReturnType<IysServer['recordOf']>>),
      source: 'IYS_WEB',
    });
    now += 2 * HOUR;
    await registry.pull();
    expect(await standing(2)).toEqual(['RET']);
    expect(await state(registry)).toEqual({ isStale: false, unread: 2 });
    expect(await noted()).toEqual([['registry-unread', 'iys', 2]]);
    expect(errors()).toEqual(['changes at the registry cannot be understood']);
    for (let days = 0; days < 8; days += 2) {
      now += 2 * DAY;
      await registry.pull();
    }
    expect(await state(registry)).toEqual({ isStale: false, unread: 1 });
  });

  test('a refusal is told also where nobody can tell what the registry has', async () => {
    const registry = await linked();
    server.put('HS', {
      ...{ recipient: numberOf(1), recipientType: 'BIREYSEL', type: 'ARAMA', status: 'ONAY' },
      ...{ source: NEW_SOURCE, consentDate: iysDate(now - DAY) },
    });
    const said = { brand: DEFAULT_BRAND, recipient: numberOf(1), recipientType: 'BIREYSEL', type: 'ARAMA', status: 'RET' } as const;
    const consent = { ...said, source: 'HS_CAGRI_MERKEZI', consentDate: now, evidence: 'call' } as Consent;
    await at.stores.consents.record(consent, { id: ids.next('consent'), at: now, by: 'ayşe' });
    now += MINUTE;
    await registry.push();
    expect(server.recordOf(numberOf(1))).toMatchObject({ status: 'RET', source: 'HS_CAGRI_MERKEZI' });
  });

  test('what was told there goes when it was kept long enough; what waits, the consents and what the registry holds stay', async () => {
    const registry = await linked({ keepMs: 30 * DAY });
    const { consentRegistry: store, consents } = at.stores;
    const say = (n: number, status: 'ONAY' | 'RET' = 'ONAY') =>
      consents.record(
        {
          ...{ brand: DEFAULT_BRAND, recipient: numberOf(n), recipientType: 'BIREYSEL', type: 'ARAMA', status },
          ...{ source: 'HS_WEB', consentDate: now, evidence: 'form' },
        },
        { id: ids.next('consent'), at: now, by: 'ayşe' },
      );
    const states = async () => (await store.list(DEFAULT_BRAND, { limit: 10 })).map(({ state }) => state).toSorted();
    const tell = async () => {
      now += MINUTE;
      await registry.push();
    };
    for (const n of [1, 666]) {
      await say(n);
      await tell();
    }
    await say(2, 'RET');
    await tell();
    expect(await states()).toEqual(['accepted', 'rejected', 'skipped']);
    now += 30 * DAY - 2 * MINUTE;
    await say(3);
    await store.collect(DEFAULT_BRAND, 0, now, () => ({ dueAt: now, alarmAt: now }));
    expect(await registry.sweep()).toBe(0);
    now += HOUR;
    expect(await registry.sweep()).toBe(3);
    expect(await states()).toEqual(['queued']);
    for (const n of [1, 2, 666]) {
      expect(await standing(n)).toHaveLength(1);
      expect(await consents.history(DEFAULT_BRAND, numberOf(n), 10)).toHaveLength(1);
    }
    expect(await store.held(DEFAULT_BRAND, { recipient: numberOf(1), recipientType: 'BIREYSEL', type: 'ARAMA' })).toMatchObject({
      status: 'ONAY',
    });
    // What went is not told anew.
    await registry.pull();
    await tell();
    expect(await states()).not.toContain('skipped');
    expect(await states()).toHaveLength(1);
  });
});
