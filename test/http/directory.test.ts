import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { E164 } from '../../src/domain/phone-number.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const HOUR_MS = 3_600_000;
const AYSE = { kind: 'person', id: 'ayse-kaya' } as const;

async function ask(role: 'admin' | 'supervisor' | 'agent', method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const headers = await house.bearer(role);
  const answer = await house.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : (answer.json() as Record<string, unknown>) };
}

const stateOf = async (id: string): Promise<unknown> => {
  const { body } = await ask('agent', 'GET', '/directory');
  return ((body?.['items'] ?? []) as { id: string; state: string; telephones: number }[]).find((one) => one.id === id);
};

describe('absences', () => {
  it('somebody is away, and somebody else rung in their place, until they are back', async () => {
    expect(await stateOf('ayse-kaya')).toMatchObject({ state: 'open', telephones: 2 });
    const until = Date.now() + HOUR_MS;
    const written = await ask('supervisor', 'POST', '/directory/absences', { of: AYSE, until });
    expect(written).toMatchObject({ status: 201, body: { of: AYSE, until, instead: null } });
    expect(await stateOf('ayse-kaya')).toMatchObject({ state: 'away', telephones: 0 });
    const id = String(written.body?.['id']);
    expect(await ask('agent', 'GET', '/directory/absences')).toMatchObject({ body: { items: [{ id, of: AYSE }] } });
    expect((await ask('agent', 'DELETE', `/directory/absences/${id}`)).status).toBe(403);
    expect((await ask('supervisor', 'DELETE', `/directory/absences/${id}`)).status).toBe(204);
    expect(await stateOf('ayse-kaya')).toMatchObject({ state: 'open' });
    const instead = { kind: 'person', id: 'mehmet-oz' };
    await ask('supervisor', 'POST', '/directory/absences', { of: AYSE, until, instead });
    expect(await stateOf('ayse-kaya')).toMatchObject({ state: 'open', telephones: 1 });
  });

  it.each([
    ['nobody of that name', { of: { kind: 'person', id: 'zoe' }, until: Date.now() + HOUR_MS }, 404, 'request.not-found'],
    ['an end in the past', { of: AYSE, until: 1 }, 400, 'request.invalid'],
    ['a kind that is none', { of: { kind: 'planet', id: 'mars' }, until: 9e12 }, 400, 'request.invalid'],
  ])('are refused for %s', async (_what, payload, status, code) => {
    expect(await ask('admin', 'POST', '/directory/absences', payload)).toMatchObject({ status, body: { code } });
  });
});

describe('the order of attempts', () => {
  it('is seen by everybody, with numbers in full by administrators only', async () => {
    const roundsAs = async (role: 'admin' | 'supervisor' | 'agent', id: string) => {
      const { body } = await ask(role, 'GET', '/directory');
      const items = (body?.['items'] ?? []) as { id: string; rounds: object[][] }[];
      return items.find((one) => one.id === id)?.rounds;
    };
    const line = { kind: 'line', person: null };
    const desk = { ...line, telephone: '201', ringSeconds: 20, accept: 'answer' };
    const mobile = (telephone: string) => ({ ...line, telephone, ringSeconds: 25, accept: 'key' });
    expect(await roundsAs('admin', 'ayse-kaya')).toEqual([[desk], [mobile('+905550000021')]]);
    for (const role of ['supervisor', 'agent'] as const)
      expect(await roundsAs(role, 'ayse-kaya')).toEqual([[desk], [mobile('+90 5** *** ** 21')]]);
    expect(await roundsAs('agent', 'service')).toMatchObject([
      [{ telephone: '101' }, { telephone: '102' }],
      [{ kind: 'person', person: 'ayse-kaya', telephone: null }],
    ]);
    const { body } = await ask('agent', 'GET', '/directory');
    expect(JSON.stringify(body)).not.toMatch(/5550000\d\d/);
  });
});

describe('people', () => {
  it('are put in, in the place of those of the file, and taken out again', async () => {
    const telephones = [{ extension: '201' }, { number: '0555 000 00 24' }, { number: '0212 555 00 01', accept: 'key' }];
    const put = (body: object) => ask('supervisor', 'PUT', '/directory/people/mehmet-oz', body);
    expect(await put({ name: 'Mehmet Öz', telephones })).toMatchObject({ status: 200, body: { state: 'open', telephones: 3 } });
    expect(await house.stores.directory.people(house.deps.config.brand)).toMatchObject([
      {
        id: 'mehmet-oz',
        rounds: [[{ accept: 'answer' }], [{ accept: 'key', telephone: { number: '+905550000024' } }], [{ accept: 'key' }]],
      },
    ]);
    expect(await put({ name: 'M', telephones: [{ number: '12' }] })).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(await put({ name: 'M', telephones: [{}] })).toMatchObject({ status: 400 });
    expect((await ask('supervisor', 'DELETE', '/directory/people/mehmet-oz')).status).toBe(204);
    expect(await stateOf('mehmet-oz')).toMatchObject({ telephones: 1 });
    expect((await ask('supervisor', 'DELETE', '/directory/people/mehmet-oz')).status).toBe(404);
  });
});

it('what is left out of a change of a person stays as it is', async () => {
  const put = (body: object) => ask('supervisor', 'PUT', '/directory/people/ayse-kaya', body);
  const kept = async () => (await house.stores.directory.people(house.deps.config.brand)).find(({ id }) => id === 'ayse-kaya');
  // Of the file: 20 s at the desk, then the mobile.
  expect((await put({ name: 'Ayşe K.', email: 'ayse@example.com', language: 'en', calendar: 'office' })).status).toBe(200);
  const before = await kept();
  const desk = { telephone: { kind: 'extension', extension: '201' }, ringMs: 20_000, accept: 'answer' };
  expect(before).toMatchObject({
    ...{ label: { tr: 'Ayşe K.', en: 'Ayşe K.' }, email: 'ayse@example.com', language: 'en', calendar: 'office' },
    rounds: [[desk], [{ telephone: { number: '+905550000021' }, ringMs: 25_000, accept: 'key' }]],
  });
  expect((await put({ name: 'Ayşe K.' })).status).toBe(200);
  expect(await kept()).toEqual(before);
  // The desk rings as long as before; the new number as is usual.
  expect((await put({ name: 'Ayşe Kaya', email: null, telephones: [{ number: '0212 555 00 21' }, { extension: '201' }] })).status).toBe(
    200,
  );
  expect(await kept()).toMatchObject({
    ...{ email: null, language: 'en', calendar: 'office' },
    rounds: [[{ telephone: { number: '+902125550021' }, ringMs: 25_000, accept: 'answer' }], [desk]],
  });
  expect(await ask('supervisor', 'PUT', '/directory/people/nobody-yet', { name: 'N' })).toMatchObject({ status: 400 });
  await ask('supervisor', 'DELETE', '/directory/people/ayse-kaya');
});

it('telephones of the file may ring for half seconds', async () => {
  const usual = { ringMs: 25_000, accept: 'answer' } as const;
  const telephone = { kind: 'extension', extension: '209' } as const;
  await house.deps.directory.putPerson('ece', { name: 'Ece', lines: [{ telephone, ringMs: 7500, usual }] });
  const { status, body } = await ask('agent', 'GET', '/directory?kind=person');
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toContain('"ringSeconds":7.5');
  await house.deps.directory.removePerson('ece');
});

it('agents are told the departments they can pass a call on to', async () => {
  const { body } = await ask('supervisor', 'GET', '/directory?kind=department');
  expect(((body?.['items'] ?? []) as { id: string }[]).map(({ id }) => id).toSorted()).toEqual(['front-desk', 'sales', 'service']);
});

it('missed calls: who called is masked for all but administrators', async () => {
  const call = house.newCall();
  const missed = {
    id: house.ids.next('missedCall'),
    brand: call.brand,
    callId: call.id,
    target: { kind: 'dealer', id: 'IST-01' },
  } as const;
  const about = { number: '+905550000017' as E164, language: 'tr', at: call.startedAt } as const;
  await house.stores.calls.commit({ call, legs: [], session: null, entries: [], missedCalls: [{ ...missed, ...about }] });
  const { brand: _brand, ...shown } = missed;
  expect(await ask('admin', 'GET', '/missed-calls')).toMatchObject({
    body: { items: [{ ...shown, number: '+905550000017' }], next: null },
  });
  expect(await ask('supervisor', 'GET', '/missed-calls?kind=dealer&ref=IST-01')).toMatchObject({
    body: { items: [{ number: '+90 5** *** ** 17' }] },
  });
  expect(await ask('supervisor', 'GET', '/missed-calls?kind=person')).toMatchObject({ body: { items: [] } });
  expect((await ask('agent', 'GET', '/missed-calls')).status).toBe(403);
});
