import http from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Callback } from '../../src/domain/callback.ts';
import type { FormSettings } from '../../src/services/callback-forms/forms.ts';
import { SHOP } from '../kit/callback-forms.ts';
import { aSentForm } from './case-things.ts';
import { type House, type HouseOptions, openHouse } from './house.ts';

const PATH = '/api/v1/callback-forms/call-me';
const NOW = Date.parse('2026-03-02T09:20:00+03:00');

let house: House;
let now = NOW;
afterEach(async () => {
  now = NOW;
  await house.close();
});

async function open(settings: Partial<FormSettings> = {}, options: HouseOptions = {}): Promise<void> {
  const clock = { now: () => now, setTimer: () => () => undefined };
  house = await openHouse({ clock, formSettings: settings, ...options });
}

const post = (payload: object, headers: Record<string, string> = {}) => house.app.inject({ method: 'POST', url: PATH, headers, payload });
const entries = (): Promise<readonly Callback[]> => house.stores.callbacks.open(house.deps.config.brand);
/** A token for a page of that origin. */
async function tokenFor(origin: string): Promise<string> {
  return (await house.app.inject({ url: PATH, headers: { origin } })).json<{ token: string }>().token;
}

describe('a web form that asks to be called back', () => {
  it('becomes a callback with what was agreed to, and no number outside of it', async () => {
    await open();
    const sent = await aSentForm(house, { name: 'Ayşe Yılmaz', topic: 'offer', note: 'Yeni model' });
    const answer = await post(sent);
    expect([answer.statusCode, answer.json()]).toEqual([202, { callsFrom: null }]);
    const [entry] = await entries();
    expect(entry).toMatchObject({
      ...{ kind: 'requested', origin: 'form', group: 'sales', number: '+905550000017', count: 1, state: 'open', language: 'tr' },
      ...{ about: 'Ayşe Yılmaz · Fiyat teklifi · Yeni model', since: NOW, dueAt: NOW },
    });
    const supervisor = await house.bearer('supervisor');
    const shown = await house.app.inject({ url: `/api/v1/callbacks/${entry?.id}`, headers: supervisor });
    expect(shown.json()).toMatchObject({
      callback: { number: '+90 5** *** ** 17', origin: 'form' },
      history: [{ event: 'found', note: 'form' }],
      forms: [
        {
          ...{ form: 'call-me', at: NOW, origin: 'own', language: 'tr', topic: 'offer', consentVersion: '2026-11', outcome: 'added' },
          consentText: expect.stringMatching(/^Bu talebim için aranmam/) as string,
        },
      ],
    });
    expect(JSON.stringify(house.logged)).not.toMatch(/5550000017|Yılmaz/);
  });

  it.each(['+90 555 000 00 17', '00905550000017', '(0555) 000-00-17', '5550000017'])(
    'is the same entry for the same number written %s, counted up',
    async (number) => {
      await open();
      await post(await aSentForm(house));
      const again = await post(await aSentForm(house, { number }));
      expect([again.statusCode, again.json()]).toEqual([202, { callsFrom: null }]);
      expect((await entries()).map(({ count, firstAt }) => [count, firstAt])).toEqual([[2, NOW]]);
    },
  );

  it('answers the same for a number that is new, waits already, asked too often or is never to be called', async () => {
    await open({ perNumber: 2 });
    const block = { brand: house.deps.config.brand, recipient: '+905550000018', reason: 'asked', since: NOW, by: 'test' };
    await house.stores.consents.setDoNotContact(block, house.ids.next('consent'));
    const numbers = ['0555 000 00 17', '0555 000 00 17', '0555 000 00 17', '0555 000 00 18'];
    const answers = [];
    for (const number of numbers) answers.push(await post(await aSentForm(house, { number })));
    const told = answers.map(({ statusCode, body, headers }) => [statusCode, body, Object.keys(headers).toSorted()]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    const [entry, ...others] = await entries();
    expect([entry?.count, others]).toEqual([2, []]);
    const requests = await house.stores.callbackForms.ofCallback(entry?.id as Callback['id']);
    expect(requests.map(({ outcome }) => outcome)).toEqual(['added', 'merged']);
  });

  it('keeps a wish for a later hour, and says when nobody is called now', async () => {
    await open();
    const { times } = (await house.app.inject({ url: PATH })).json<{ times: readonly number[] }>();
    expect(times[0]).toBe(Date.parse('2026-03-02T10:00:00+03:00'));
    const wish = times[3] ?? 0;
    const answer = await post(await aSentForm(house, { notBefore: wish }));
    expect(answer.json()).toEqual({ callsFrom: wish });
    expect((await entries())[0]).toMatchObject({ dueAt: wish, since: wish, firstAt: NOW, state: 'open' });
    // Asked again, without a time: now.
    await post(await aSentForm(house));
    expect((await entries())[0]).toMatchObject({ dueAt: NOW, since: NOW, count: 2 });
    for (const wrong of [wish + 1, NOW - 2 * 3_600_000, NOW + 100 * 3_600_000]) {
      const refused = await post(await aSentForm(house, { notBefore: wrong }));
      expect(refused.json()).toMatchObject({ status: 400, errors: [{ path: 'body.notBefore', code: 'time' }] });
    }
  });

  it.each([
    ['112', 'body.number'],
    ['0900 123 45 67', 'body.number'],
    ['444 0 123', 'body.number'],
    ['+49 151 23456789', 'body.number'],
    ['gizli', 'body.number'],
    ['5,32E+09', 'body.number'],
  ])('refuses the number %s in so many words', async (number, path) => {
    await open();
    const answer = await post(await aSentForm(house, { number }));
    expect(answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ path, code: 'phone-number' }] });
    expect(await entries()).toEqual([]);
  });

  it('says which field is wrong', async () => {
    await open();
    const codes = async (changes: object) =>
      (await post(await aSentForm(house, changes))).json<{ code: string; errors?: { path: string }[] }>();
    expect(await codes({ topic: 'weather' })).toMatchObject({ code: 'request.invalid', errors: [{ path: 'body.topic' }] });
    expect(await codes({ name: 'x'.repeat(81) })).toMatchObject({ code: 'request.invalid', errors: [{ path: 'body.name' }] });
    expect(await codes({ consent: '2020-01' })).toMatchObject({ code: 'request.conflict' });
    expect(await codes({ extra: true })).toMatchObject({ code: 'request.invalid' });
  });

  it('is not there under another name', async () => {
    await open();
    expect((await house.app.inject({ url: '/api/v1/callback-forms/other' })).json()).toMatchObject({ code: 'form.unknown', status: 404 });
  });
});

describe('what a form is sent with', () => {
  it('is good once, even at the same moment', async () => {
    await open();
    const sent = await aSentForm(house);
    const answers = await Promise.all([post(sent), post(sent), post({ ...sent, number: '0555 000 00 18' })]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([202, 410, 410]);
    expect(await entries()).toHaveLength(1);
    expect((await post(sent)).json()).toMatchObject({ code: 'form.token-used' });
  });

  it('is refused too soon, too late, and when it was never made here', async () => {
    await open({ minMs: 3000, tokenMs: 600_000 });
    const sent = await aSentForm(house);
    now += 2999;
    expect((await post(sent)).json()).toMatchObject({ code: 'form.too-soon', status: 429 });
    now += 1;
    expect((await post(sent)).statusCode).toBe(202);
    const late = await aSentForm(house);
    now += 600_001;
    expect((await post(late)).json()).toMatchObject({ code: 'form.token-expired', status: 410 });
    const { token } = (await aSentForm(house)) as { token: string };
    now += 3000;
    for (const forged of [`A${token.slice(1)}`, token.replace(/\.[^.]+\./, `.${(now - 4000).toString(36)}.`), 'x', ''])
      expect((await post({ ...sent, token: forged })).json()).toMatchObject({ code: 'form.token-invalid', status: 403 });
    expect(await entries()).toHaveLength(1);
  });

  it('is good for the page it was given to only', async () => {
    await open({}, { formOrigins: ['https://shop.example'] });
    const sent = { ...(await aSentForm(house)), token: await tokenFor(SHOP) };
    expect((await post(sent)).json()).toMatchObject({ code: 'form.token-invalid' });
    expect((await post(sent, { origin: 'https://shop.example' })).json()).toMatchObject({ code: 'form.token-invalid' });
    expect((await post(sent, { origin: SHOP })).statusCode).toBe(202);
  });
});

describe('pages of other origins', () => {
  it('may show a form that names them, and read its errors', async () => {
    await open();
    const headers = { origin: SHOP, 'sec-fetch-site': 'cross-site' };
    const token = await tokenFor(SHOP);
    const asked = await house.app.inject({
      method: 'OPTIONS',
      url: PATH,
      headers: { origin: SHOP, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect([asked.statusCode, asked.headers]).toMatchObject([
      204,
      { 'access-control-allow-origin': SHOP, 'access-control-allow-headers': 'content-type', vary: 'origin' },
    ]);
    const sent = { ...(await aSentForm(house)), token };
    const answers = [];
    for (let n = 0; n < 32; n += 1) answers.push(await post(sent, headers));
    const told = answers.map(({ statusCode, headers: given }) => [statusCode, given['access-control-allow-origin']]);
    expect([told[0], told[1], told.at(-1)]).toEqual([
      [202, SHOP],
      [410, SHOP],
      [429, SHOP],
    ]);
    expect(answers[0]?.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it.each(['https://evil.example', 'https://www.example.com.evil.example', 'http://www.example.com', 'null', `${SHOP}:444`, 'junk'])(
    'are refused where no form names them: %s',
    async (origin) => {
      await open();
      for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
        const payload = method === 'POST' ? await aSentForm(house) : undefined;
        const answer = await house.app.inject({ method, url: PATH, headers: { origin }, ...(payload === undefined ? {} : { payload }) });
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        if (method !== 'OPTIONS') expect(answer.json()).toMatchObject({ code: 'request.forbidden', status: 403 });
      }
      expect(await entries()).toEqual([]);
    },
  );

  it('may ask for nothing else of the engine', async () => {
    await open();
    const answer = await house.app.inject({ url: '/api/v1/health', headers: { origin: SHOP } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    const login = await house.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { origin: SHOP },
      payload: { name: 'x', password: 'y' },
    });
    expect(login.json()).toMatchObject({ code: 'request.forbidden' });
  });
});

describe('whoever means harm', () => {
  it('fills in what nobody sees and learns nothing', async () => {
    await open();
    const honest = await post(await aSentForm(house, { number: '0555 000 00 18' }));
    const answer = await post(await aSentForm(house, { website: 'https://spam.example' }));
    expect([answer.statusCode, answer.body]).toEqual([202, honest.body]);
    expect((await entries()).map(({ shown }) => shown)).toEqual(['+90 5** *** ** 18']);
  });

  it('sends a flood from one address, and others still get through', async () => {
    await open({ perAddress: 5 });
    const from = async (remoteAddress: string) =>
      (await house.app.inject({ method: 'POST', url: PATH, payload: await aSentForm(house), remoteAddress })).statusCode;
    const flood = [];
    for (let n = 0; n < 8; n += 1) flood.push(await from('203.0.113.9'));
    expect(flood).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
    expect(await from('203.0.113.10')).toBe(202);
    now += 3_600_001;
    expect(await from('203.0.113.9')).toBe(202);
  });

  it('sends a flood from many addresses with many numbers: so many an hour, and none is stored beyond', async () => {
    await open({ perHour: 4 });
    const codes = [];
    for (let n = 10; n < 17; n += 1) codes.push((await post(await aSentForm(house, { number: `0555 000 00 ${n}` }))).statusCode);
    expect(codes).toEqual([202, 202, 202, 202, 429, 429, 429]);
    expect(await entries()).toHaveLength(4);
    expect(house.logged.filter(({ message }) => message.includes('SANTRAL_FORMS_PER_HOUR'))).toHaveLength(3);
    now += 3_600_001;
    expect((await post(await aSentForm(house, { number: '0555 000 00 18' }))).statusCode).toBe(202);
  });

  it('writes lines, directions and numbers into the words: an agent reads one plain line', async () => {
    await open();
    const name = 'Ayşe\r\nX-Injected: 1\u202e\u0000 <script>alert(1)</script>';
    await post(await aSentForm(house, { name, note: 'Arayın: 0532 123 45 67' }));
    const [entry] = await entries();
    expect(entry?.about).toBe('Ayşe X-Injected: 1 <script>alert(1)</script> · Arayın: +90 5** *** ** 67');
  });

  it('is stopped by size, depth and kind of what is sent', async () => {
    await open();
    const raw = (payload: string, type = 'application/json') =>
      house.app.inject({ method: 'POST', url: PATH, headers: { 'content-type': type, origin: SHOP }, payload });
    const large = await raw(JSON.stringify({ ...(await aSentForm(house)), note: 'x'.repeat(10_000_000) }));
    expect([large.statusCode, large.headers['access-control-allow-origin']]).toEqual([413, SHOP]);
    expect((await raw(`${'['.repeat(4000)}${']'.repeat(4000)}`)).statusCode).toBe(400);
    expect((await raw('{"__proto__":{"token":"x"},"constructor":{"prototype":{}}}')).statusCode).toBe(400);
    expect((await raw('{')).statusCode).toBe(400);
    expect((await raw('token=x&number=05550000017', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
    expect((await raw('token=x', 'text/plain')).statusCode).toBe(415);
    expect(await entries()).toEqual([]);
  });

  it('injects no header by the origin', async () => {
    await open();
    const { port } = new URL(await house.url());
    const status = await new Promise<number | string>((resolve) => {
      const request = http.request({ port, path: PATH, headers: { origin: `${SHOP}/ x` } }, (answer) => {
        answer.resume();
        resolve(answer.headers['access-control-allow-origin'] ?? answer.statusCode ?? 0);
      });
      request.on('error', (error) => resolve(error.message));
      request.end();
    });
    expect(status).toBe(403);
  });

  it('sends anything at all: never a fault of ours, never an entry without a number', async () => {
    await open();
    const { token } = (await aSentForm(house)) as { token: string };
    const field = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.object(), fc.constant(token), fc.constant('tr'));
    let address = 0;
    const keys = ['token', 'language', 'number', 'name', 'topic', 'note', 'notBefore', 'consent', 'website'];
    await fc.assert(
      fc.asyncProperty(fc.record(Object.fromEntries(keys.map((key) => [key, field])), { requiredKeys: [] }), async (body) => {
        // Each from an address of its own: not the limit is to be seen here.
        address += 1;
        const remoteAddress = `198.51.100.${address % 200}`;
        const { statusCode } = await house.app.inject({ method: 'POST', url: PATH, payload: body, remoteAddress });
        expect([400, 403, 409, 413]).toContain(statusCode);
      }),
      { numRuns: 60 },
    );
    expect(await entries()).toEqual([]);
  });
});
