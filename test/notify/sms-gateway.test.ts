import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SmsGatewayOptions, smsGateway } from '../../src/notify/sms-gateway.ts';
import type { Notifier, Outgoing } from '../../src/ports/notifier.ts';
import { type Receiver, startReceiver } from '../kit/http-receiver.ts';
import { messageOf } from '../kit/messages.ts';

let receiver: Receiver;
const opened: Notifier<'sms'>[] = [];

beforeEach(async () => {
  receiver = await startReceiver({ status: 200, body: '{"id": "4711", "code": "00"}' });
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await receiver.close();
});

function gateway(changed: Partial<SmsGatewayOptions> = {}): Notifier<'sms'> {
  const made = smsGateway({
    url: `${receiver.url}/send`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer {{token}}' },
    body: '{"id": "{{id}}", "from": "{{from}}", "to": "{{to}}", "text": "{{text}}"}',
    success: 'status >= 200 && status < 300',
    reference: '{{answer.id}}',
    token: 't0ken',
    from: 'SANTRAL',
    letters: 'turkish',
    now: () => 0,
    ...changed,
  });
  opened.push(made);
  return made;
}

function sms(changed: Partial<Extract<Outgoing, { kind: 'sms' }>> = {}): Extract<Outgoing, { kind: 'sms' }> {
  return { kind: 'sms', id: messageOf().id, from: null, to: '+905550000017', text: 'Randevunuz "alındı": ğüşİöç', ...changed };
}

const send = (one: Notifier<'sms'>, message = sms(), ms = 5000) => one.send(message, AbortSignal.timeout(ms));

describe('the provider’s fields', () => {
  test('are filled in JSON, whatever the text holds', async () => {
    const message = sms({ text: 'a"\\\n}{{to}}' });
    expect(await send(gateway(), message)).toEqual({ kind: 'sent', reference: '4711' });
    expect(receiver.received[0]?.headers).toMatchObject({ authorization: 'Bearer t0ken' });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
      id: message.id,
      from: 'SANTRAL',
      to: '+905550000017',
      text: message.text,
    });
  });

  test('in a form', async () => {
    const form = gateway({
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'gsm={{national}}&msg={{text}}&n={{segments}}&enc={{encoding}}&header={{from}}',
    });
    await send(form, sms({ from: 'MARKA', text: 'ş & =ğ' }));
    expect(Object.fromEntries(new URLSearchParams(receiver.received[0]?.body))).toEqual({
      gsm: '5550000017',
      msg: 'ş & =ğ',
      n: '1',
      enc: 'ucs2',
      header: 'MARKA',
    });
  });

  test('in XML', async () => {
    await send(
      gateway({ headers: { 'content-type': 'text/xml' }, body: '<sms to="{{digits}}">{{text}}</sms>' }),
      sms({ text: '<b a="1">&' }),
    );
    expect(receiver.received[0]?.body).toBe('<sms to="905550000017">&lt;b a=&quot;1&quot;&gt;&amp;</sms>');
  });

  test('in the address', async () => {
    await send(gateway({ method: 'GET', url: `${receiver.url}/s?to={{to}}&text={{text}}` }), sms({ text: 'a&b=ç' }));
    const url = new URL(receiver.received[0]?.url ?? '', receiver.url);
    expect(Object.fromEntries(url.searchParams)).toEqual({ to: '+905550000017', text: 'a&b=ç' });
    expect(receiver.received[0]).toMatchObject({ method: 'GET', body: '' });
  });

  test('without Turkish letters where that is set', async () => {
    await send(gateway({ letters: 'plain' }), sms({ text: 'İğne ışık çöşü' }));
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ text: 'Igne isik cösü' });
  });

  test('a header cannot be broken out of', async () => {
    await send(gateway({ headers: { 'content-type': 'application/json', 'x-text': '{{text}}' } }), sms({ text: 'a\r\nx-evil: 1' }));
    expect(receiver.received[0]?.headers).not.toHaveProperty('x-evil');
  });
});

describe('the answer', () => {
  test.each([
    ['answer.code == "00"', '{"code": "00", "id": 9}', { kind: 'sent', reference: '9' }],
    ['answer.code == "00"', '{"code": "70"}', { kind: 'later' }],
    ['text.startsWith("00 ")', '00 123456', { kind: 'sent', reference: null }],
    ['answer.code == "00"', 'not JSON', { kind: 'refused' }],
    ['status == 200', '', { kind: 'sent', reference: null }],
  ])('%s of %s', async (success, body, expected) => {
    receiver.reply = { status: 200, body };
    expect(await send(gateway({ success }))).toMatchObject(expected);
  });

  test.each([
    [400, 'refused'],
    [401, 'refused'],
    [302, 'refused'],
    [408, 'later'],
    [500, 'later'],
  ])('status %i: %s', async (status, kind) => {
    receiver.reply = { status, body: 'no' };
    expect(await send(gateway())).toMatchObject({ kind });
  });

  test('429 is followed', async () => {
    receiver.reply = { status: 429, headers: { 'retry-after': '9' } };
    expect(await send(gateway())).toMatchObject({ kind: 'later', afterMs: 9000 });
  });

  test('too large an answer counts by its beginning, and nobody sends twice for it', async () => {
    receiver.reply = { status: 200, body: `{"id": "1", "x": "${'x'.repeat(1_000_000)}"}` };
    expect(await send(gateway())).toEqual({ kind: 'sent', reference: null });
    expect(await send(gateway({ success: 'answer.id == "1"' }))).toMatchObject({ kind: 'refused' });
  });

  test('a slow provider is given up in time, a broken line is tried again', async () => {
    receiver.reply = () => undefined;
    expect(await send(gateway(), sms(), 100)).toMatchObject({ kind: 'later', reason: expect.stringContaining('no answer in time') });
    receiver.reply = (response) => response.socket?.resetAndDestroy();
    expect(await send(gateway())).toMatchObject({ kind: 'later', reason: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) });
  });
});

test.each(['0555 000 00 17', 'a@b.example', '', '+90555000001a'])('"%s" is no number to send to', async (to) => {
  expect(await send(gateway(), sms({ to }))).toMatchObject({ kind: 'refused' });
  expect(receiver.received).toEqual([]);
});

test.each<[Partial<SmsGatewayOptions>, RegExp]>([
  [{ body: '{{tetx}}' }, /SANTRAL_SMS_BODY: reads \{\{tetx\}\}.*It may read: id/],
  [{ body: '{{to' }, /SANTRAL_SMS_BODY/],
  [{ success: 'status ==' }, /SANTRAL_SMS_SUCCESS/],
  [{ success: 'answr.code == "1"' }, /SANTRAL_SMS_SUCCESS.*status, text, answer/],
  [{ headers: { 'content-type': 'text/plain' } }, /SANTRAL_SMS_HEADERS/],
])('a setting that cannot be read is told at the start: %j', (changed, says) => {
  expect(() => gateway(changed)).toThrow(expect.objectContaining({ code: 'config.invalid', message: expect.stringMatching(says) }));
});
