import { afterAll, beforeAll, expect, it } from 'vitest';
import { SantralError } from '../../src/domain/errors.ts';
import { healthOf } from '../../src/health.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Registry } from '../../src/services/registry/registry.ts';
import { systemIds } from '../../src/system-clock.ts';
import { type IysServer, startIysServer } from '../kit/iys-server.ts';
import { linkedRegistry, unlinkedRegistry } from '../kit/registry.ts';
import { type House, openHouse } from './house.ts';

let server: IysServer;
let house: House;
let registry: Registry;
/** How often figures were counted; and whether the database gives none. */
let counted = 0;
let isBroken = false;
/** How far the registry's clock is ahead. */
let later = 0;

beforeAll(async () => {
  server = await startIysServer(() => house.deps.clock.now(), { tokensPerMinute: 100 });
  house = await openHouse({
    change(deps, { consentRegistry }) {
      const clock: Clock = { ...deps.clock, now: () => deps.clock.now() + later };
      const store = {
        ...consentRegistry,
        figures: (...about: Parameters<typeof consentRegistry.figures>) => {
          counted += 1;
          return isBroken ? Promise.reject(new SantralError('store.unavailable', 'gone')) : consentRegistry.figures(...about);
        },
      };
      registry = linkedRegistry({ store, clock, ids: systemIds, log: deps.log }, server.url);
      return { ...deps, registry };
    },
  });
});
afterAll(async () => {
  await house.close();
  await registry.close();
  await server.close();
});

async function ask(role: 'admin' | 'supervisor' | 'campaign-manager' | 'agent', method: 'GET' | 'POST', path: string) {
  const answer = await house.app.inject({ method, url: `/api/v1/consent-registry${path}`, headers: await house.bearer(role) });
  return { status: answer.statusCode, body: answer.json(), text: answer.body };
}
const record = (recipient: string) =>
  house.deps.consents.record(
    house.deps.config.brand,
    { recipient, recipientType: 'BIREYSEL', type: 'ARAMA', status: 'ONAY', source: 'HS_WEB', consentDate: null, evidence: 'form 1' },
    'ayse',
  );

it('how things stand with the registry is told to the office, and read at once when a supervisor wants it', async () => {
  expect((await ask('campaign-manager', 'GET', '')).body).toMatchObject({
    isLinked: true,
    isStale: true,
    pulledAt: null,
    waiting: 0,
    dead: 0,
  });
  expect((await ask('agent', 'GET', '')).status).toBe(403);
  expect((await ask('campaign-manager', 'POST', '/pull')).status).toBe(403);
  server.troubles.push({ path: /changes/, how: 503 });
  expect((await ask('supervisor', 'POST', '/pull')).body).toMatchObject({
    isStale: true,
    pulls: [{ side: 'IYS', error: expect.stringContaining('503') }],
  });
  expect((await ask('supervisor', 'POST', '/pull')).body).toMatchObject({
    ...{ isStale: false, staleHours: 6, pulledAt: expect.any(Number) },
    pulls: [
      { side: 'HS', error: null },
      { side: 'IYS', error: null, failedAt: null },
    ],
  });
});

it('what is on its way is listed by pages with masked numbers; dead letters are told again, once, and the figures count all', async () => {
  for (const number of ['+905550000021', '+905550000666', '+905550000022']) await record(number);
  await registry.push();
  const first = await ask('supervisor', 'GET', '/sends?limit=2');
  expect(first.body.items).toMatchObject([{ recipient: '+90 5** *** ** 22' }, { recipient: '+90 5** *** ** 66' }]);
  expect((await ask('admin', 'GET', `/sends?limit=2&before=${first.body.next}`)).body).toMatchObject({
    items: [{ recipient: '+905550000021' }],
    next: null,
  });
  const { consentRegistry: store } = house.stores;
  const [bad] = (await store.list(house.deps.config.brand, { limit: 3 })).filter(({ consent }) => consent?.recipient === '+905550000666');
  await store.end(new Map([[bad?.id as never, { kind: 'rejected', reason: 'H114: no such number' }]]), house.deps.clock.now());
  const dead = await ask('supervisor', 'GET', '/sends?dead=true');
  expect(dead.body.items).toMatchObject([{ state: 'rejected', reason: expect.stringMatching(/^H114/), isAlarm: false }]);
  const scrape = await house.app.inject({ url: '/metrics', headers: await house.bearer('admin') });
  expect(scrape.body).toContain('santral_consent_registry_sends{state="rejected"} 1');
  expect(scrape.body).toContain('santral_consent_registry_stale 0');
  const url = `/sends/${dead.body.items[0].id}/replay`;
  expect((await ask('campaign-manager', 'POST', url)).status).toBe(403);
  expect((await ask('supervisor', 'POST', url)).body).toEqual({ replayed: 1 });
  expect((await ask('supervisor', 'POST', url)).body).toMatchObject({ code: 'request.not-found' });
  expect((await ask('supervisor', 'POST', '/replay')).body).toEqual({ replayed: 0 });
  const all = [first.text, dead.text].join('');
  expect(all).not.toMatch(/5550000/);
});

it('health tells of it beside the rest, and stays green without it', async () => {
  const { body } = await house.app.inject({ url: '/health' });
  expect(JSON.parse(body)).toMatchObject({ status: 'ok', registry: 'ok' });
});

const scrape = async (from = house) =>
  (await from.app.inject({ url: '/metrics', headers: await from.bearer('admin') })).body
    .split('\n')
    .filter((line) => line.startsWith('santral_consent_registry'));

it('monitors that ask often make nobody count often', async () => {
  later += 60_000;
  const before = counted;
  await Promise.all(Array.from({ length: 20 }, () => scrape()));
  expect(await scrape()).toContain('santral_consent_registry_alarms 0');
  expect(counted - before).toBe(1);
  later += 60_000;
  await scrape();
  expect(counted - before).toBe(2);
});

it('a database that gives no figures is a fault, and not an alarm of nothing; the next question asks anew', async () => {
  later += 60_000;
  isBroken = true;
  expect(await scrape()).toEqual([]);
  const health = healthOf({
    ...{ stores: house.stores, releases: { newest: () => null }, registry, brand: house.deps.config.brand },
    telephony: { connection: () => ({ kind: 'down', reason: 'test' }) },
  } as never);
  expect((await health()).registry).toEqual({ ok: false, detail: 'gone' });
  isBroken = false;
  expect(await scrape()).toContain('santral_consent_registry_alarms 0');
  expect((await health()).registry.ok).toBe(true);
});

it('where there is no account nothing is asked', async () => {
  let asked = 0;
  const other = await openHouse({
    change(deps, { consentRegistry }) {
      const store = new Proxy(consentRegistry, {
        get: (whole, name: keyof typeof consentRegistry) => {
          asked += 1;
          return whole[name];
        },
      });
      return { ...deps, registry: unlinkedRegistry({ store, clock: deps.clock, ids: systemIds, log: deps.log }) };
    },
  });
  const begun = asked;
  expect(await scrape(other)).toEqual([]);
  expect(await other.deps.registry.glance(other.deps.config.brand)).toBeNull();
  const { body } = await other.app.inject({ url: '/api/v1/consent-registry', headers: await other.bearer('admin') });
  expect(JSON.parse(body)).toMatchObject({ isLinked: false, alarms: 0 });
  expect(asked).toBe(begun);
  await other.close();
});
