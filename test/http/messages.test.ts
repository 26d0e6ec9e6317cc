import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { messageOf } from '../kit/messages.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function ask(role: 'admin' | 'supervisor' | 'agent', method: 'GET' | 'POST', url: string, payload?: object) {
  const headers = await house.bearer(role);
  const answer = await house.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return {
    status: answer.statusCode,
    body: String(answer.headers['content-type']).includes('json') ? answer.json() : {},
    text: answer.body,
  };
}

describe('messages', () => {
  it('wait without a provider, and say so; the recipient is masked for all but administrators', async () => {
    const sms = messageOf();
    const email = messageOf(undefined, { channel: 'email', to: 'ayse@customer.example' });
    const hook = messageOf(undefined, { channel: 'webhook', to: 'crm', template: 'call.ended' });
    await house.stores.outbox.add([sms, email, hook]);
    const { body, text } = await ask('supervisor', 'GET', '/api/v1/messages');
    expect(body.items).toMatchObject([
      { id: hook.id, to: 'crm' },
      { id: email.id, to: 'a***@customer.example', reason: expect.stringContaining('SANTRAL_SMTP_URL') },
      { id: sms.id, to: '+90 5** *** ** 17', state: 'queued', attempts: 0, reason: 'no provider: set SANTRAL_SMS to send SMS' },
    ]);
    expect(text).not.toMatch(/Merhaba|5550000017|ayse@/);
    expect((await ask('admin', 'GET', `/api/v1/messages/${sms.id}`)).body).toMatchObject({ to: '+905550000017' });
    expect((await ask('agent', 'GET', '/api/v1/messages')).status).toBe(403);
  });

  it('are filtered and come by pages', async () => {
    const day = 1_800_000_000_000;
    const some = [1, 2, 3].map((n) => messageOf(undefined, { createdAt: day + n, template: 'general.dealer' }));
    await house.stores.outbox.add(some);
    const first = await ask('supervisor', 'GET', `/api/v1/messages?template=general.dealer&from=${day}&to=${day + 10}&limit=2`);
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual([some[2]?.id, some[1]?.id]);
    const next = await ask('supervisor', 'GET', `/api/v1/messages?template=general.dealer&from=${day}&limit=2&before=${first.body.next}`);
    expect(next.body).toMatchObject({ items: [{ id: some[0]?.id }], next: null });
    expect((await ask('supervisor', 'GET', '/api/v1/messages?state=lost')).status).toBe(400);
  });

  it('are cancelled while they wait, and replayed when they are dead', async () => {
    const message = messageOf();
    await house.stores.outbox.add([message]);
    const url = `/api/v1/messages/${message.id}`;
    expect((await ask('supervisor', 'POST', `${url}/replay`)).body).toMatchObject({ code: 'request.conflict' });
    expect((await ask('supervisor', 'POST', `${url}/cancel`)).body).toMatchObject({ state: 'cancelled', to: null });
    expect((await ask('supervisor', 'POST', `${url}/cancel`)).body).toMatchObject({ code: 'request.conflict' });
    await house.stores.outbox.add([messageOf(), messageOf()]);
    const dead = await house.stores.outbox.expire(Number.MAX_SAFE_INTEGER, 0, 'too late');
    expect((await ask('supervisor', 'POST', '/api/v1/messages/replay', {})).body).toEqual({ replayed: dead });
  });

  it('of another brand do not exist here', async () => {
    const message = messageOf('other' as BrandId);
    await house.stores.outbox.add([message]);
    for (const [method, end] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/replay'],
    ] as const)
      expect((await ask('admin', method, `/api/v1/messages/${message.id}${end}`)).status).toBe(404);
    expect((await ask('admin', 'GET', '/api/v1/messages?limit=500')).text).not.toContain(message.id);
  });

  it('are counted in the figures', async () => {
    await house.stores.outbox.add([messageOf()]);
    const { text } = await ask('admin', 'GET', '/metrics');
    expect(text).toMatch(/santral_outbox_messages\{channel="sms",state="queued"\} \d+/);
  });
});

describe('consents', () => {
  const number = '0555 000 00 21';
  const record = (changed: object = {}) =>
    ask('agent', 'POST', '/api/v1/consents', {
      recipient: number,
      recipientType: 'BIREYSEL',
      type: 'MESAJ',
      status: 'ONAY',
      source: 'HS_CAGRI_MERKEZI',
      ...changed,
    });
  const find = (recipient = number) => ask('agent', 'POST', '/api/v1/consents/find', { recipient });

  it('are written down by agents and found by the number in any form', async () => {
    expect((await record({ evidence: 'call_1' })).body).toEqual({ outcome: 'stands' });
    expect((await record({ status: 'RET', consentDate: 1_700_000_000_000 })).body).toEqual({ outcome: 'older' });
    const { body, text } = await find('+90 (555) 000-00-21');
    expect(body.consents).toMatchObject([{ type: 'MESAJ', status: 'ONAY', evidence: 'call_1' }]);
    expect(body.history).toMatchObject([{ status: 'RET' }, { status: 'ONAY', recordedBy: expect.stringMatching(/^agent-/) }]);
    expect(text).not.toContain('5550000021');
  });

  it.each([
    [{ recipient: 'nobody' }, 'recipient'],
    [{ recipient: 'a@b.example' }, 'recipient'],
    [{ type: 'EPOSTA' }, 'recipient'],
    [{ consentDate: Date.now() + 3_600_000 }, 'consentDate'],
    [{ consentDate: 0 }, 'consentDate'],
    [{ source: 'HS_2015' }, 'consentDate'],
    [{ status: 'RED' }, 'status'],
  ])('%j is refused with the field that is wrong', async (changed, field) => {
    const { status, body } = await record(changed);
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe(`body.${field}`);
  });

  it('"never again" is set at the desk, lifted by supervisors', async () => {
    expect((await ask('agent', 'POST', '/api/v1/do-not-contact', { recipient: 'Ayse@Customer.example', reason: 'asked' })).status).toBe(
      204,
    );
    expect((await find('ayse@customer.example')).body.doNotContact).toMatchObject({ reason: 'asked' });
    expect((await ask('agent', 'POST', '/api/v1/do-not-contact/lift', { recipient: 'ayse@customer.example' })).status).toBe(403);
    expect((await ask('supervisor', 'POST', '/api/v1/do-not-contact/lift', { recipient: 'ayse@customer.example' })).status).toBe(204);
    expect((await ask('supervisor', 'POST', '/api/v1/do-not-contact/lift', { recipient: 'ayse@customer.example' })).status).toBe(404);
  });

  it('no number stands in any line of the log', () => {
    expect(JSON.stringify(house.logged)).not.toMatch(/555000002[01]|555 000 00 21/);
  });
});
