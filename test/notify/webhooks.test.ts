import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import { TOLERANCE_MS, verify } from '../../src/notify/signature.ts';
import { webhooks } from '../../src/notify/webhooks.ts';
import type { Notifier, Outgoing } from '../../src/ports/notifier.ts';
import { type Receiver, startReceiver } from '../kit/http-receiver.ts';
import { messageOf } from '../kit/messages.ts';

const NOW = 1_767_258_000_000;
const SECRET = 'a secret of the tests';
let receiver: Receiver;
let hooks: Notifier<'webhook'>;

beforeEach(async () => {
  receiver = await startReceiver();
  hooks = open({ crm: `${receiver.url}/santral?a=b` });
});
afterEach(async () => {
  await hooks.close();
  await receiver.close();
});

function open(urls: Record<string, string>, privateAddresses = true): Notifier<'webhook'> {
  const targets = new Map(Object.entries(urls).map(([name, url]) => [name, { name, url }]));
  return webhooks({ targets, secrets: new Map(Object.keys(urls).map((name) => [name, SECRET])), privateAddresses, now: () => NOW });
}

function event(changed: Partial<Extract<Outgoing, { kind: 'webhook' }>> = {}): Extract<Outgoing, { kind: 'webhook' }> {
  const { id } = messageOf();
  const facts = { brand: DEFAULT_BRAND, callId: null, createdAt: NOW, data: { code: 'K7', name: 'Ayşe “Ğ”' } };
  return { kind: 'webhook', id, to: 'crm', event: 'appointment.booked', ...facts, ...changed };
}

const send = (message = event(), ms = 5000) => hooks.send(message, AbortSignal.timeout(ms));

describe('a webhook', () => {
  test('carries the event, its id at every attempt, and a signature over time and body', async () => {
    const message = event();
    expect(await send(message)).toEqual({ kind: 'sent', reference: null });
    await send(message);
    const [first, second] = receiver.received;
    expect(first).toMatchObject({ method: 'POST', url: '/santral?a=b' });
    expect(first?.headers).toMatchObject({ 'x-santral-id': message.id, 'x-santral-event': 'appointment.booked', 'content-type': /json/ });
    expect(second?.headers['x-santral-id']).toBe(message.id);
    expect(second?.body).toBe(first?.body);
    expect(JSON.parse(first?.body ?? '')).toEqual({
      id: message.id,
      event: 'appointment.booked',
      brand: 'santral',
      callId: null,
      at: new Date(NOW).toISOString(),
      data: message.data,
    });
    const [body, signature] = [first?.body ?? '', String(first?.headers['x-santral-signature'])];
    expect(verify(SECRET, body, signature, NOW + TOLERANCE_MS)).toBe(true);
    expect(verify(SECRET, body, signature, NOW + TOLERANCE_MS + 1000)).toBe(false);
    expect(verify(SECRET, `${body} `, signature, NOW)).toBe(false);
    expect(verify('another', body, signature, NOW)).toBe(false);
    expect(verify(SECRET, body, 'v1=', NOW)).toBe(false);
  });

  test.each([
    [500, 'later'],
    [503, 'later'],
    [404, 'later'],
    [401, 'later'],
    [410, 'refused'],
    [301, 'refused'],
    [204, 'sent'],
  ])('status %i: %s', async (status, kind) => {
    receiver.reply = { status, headers: status === 301 ? { location: `${receiver.url}/elsewhere` } : {} };
    expect(await send()).toMatchObject({ kind });
    expect(receiver.received).toHaveLength(1);
  });

  test('is tried again when its receiver wishes, told in seconds or as a date', async () => {
    receiver.reply = { status: 429, headers: { 'retry-after': '17' } };
    expect(await send()).toMatchObject({ kind: 'later', afterMs: 17_000 });
    receiver.reply = { status: 503, headers: { 'retry-after': new Date(NOW + 60_000).toUTCString() } };
    expect(await send()).toMatchObject({ kind: 'later', afterMs: 60_000 });
    receiver.reply = { status: 503, headers: { 'retry-after': 'soon' } };
    expect(await send()).toEqual({ kind: 'later', reason: 'the webhook crm answered 503' });
  });

  test('a receiver that says nothing is given up in time, one that cuts the line is tried again', async () => {
    receiver.reply = () => undefined;
    expect(await send(event(), 100)).toEqual({ kind: 'later', reason: 'the webhook crm gave no answer in time' });
    receiver.reply = (response) => response.socket?.destroy();
    expect(await send()).toMatchObject({ kind: 'later', reason: expect.stringContaining('cannot be reached') });
    await receiver.close();
    expect(await send()).toMatchObject({ kind: 'later', reason: expect.stringContaining('cannot be reached') });
    receiver = await startReceiver();
  });

  test('an answer without end is not read to its end', async () => {
    let written = 0;
    receiver.reply = (response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && written < 100_000_000) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536))) break;
        }
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(written).toBeLessThan(50_000_000);
  });

  test('one that is not defined, and a body beyond its limit, are refused', async () => {
    expect(await send(event({ to: 'nobody' }))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('flows/webhooks.yaml') });
    expect(await send(event({ data: { text: 'x'.repeat(300_000) } }))).toMatchObject({ kind: 'refused' });
    expect(receiver.received).toEqual([]);
  });
});

describe('addresses of this machine and its networks', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    '%s is not reached unless that is allowed',
    async (host) => {
      const { port } = new URL(receiver.url);
      const guarded = open({ crm: `http://${host}:${port}/` }, false);
      expect(await guarded.send(event(), AbortSignal.timeout(5000))).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('SANTRAL_WEBHOOK_PRIVATE'),
      });
      expect(receiver.received).toEqual([]);
      await guarded.close();
    },
  );

  test.each(['169.254.169.254', '[fe80::1]'])('%s is not reached even then', async (host) => {
    const guarded = open({ crm: `http://${host}/` }, true);
    expect(await guarded.send(event(), AbortSignal.timeout(5000))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('nothing is ever sent there'),
    });
    await guarded.close();
  });
});
