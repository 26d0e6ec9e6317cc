import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Consent } from '../../../src/domain/consent.ts';
import type { Message, MessageChannel } from '../../../src/domain/message.ts';
import type { Delivery, Notifiers, Outgoing } from '../../../src/ports/notifier.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { loadMessages } from '../../../src/services/outbox/load-messages.ts';
import { NO_PROVIDER, type Outbox, type OutboxDeps } from '../../../src/services/outbox/outbox.ts';
import type { Wording } from '../../../src/services/outbox/word-message.ts';
import { systemIds } from '../../../src/system-clock.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { messageOf } from '../../kit/messages.ts';
import { NO_NOTIFIERS, testOutbox } from '../../kit/outbox.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';
import { newCall } from './a-call.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;
let stores: Stores;
let clock: VirtualClock;
let outbox: Outbox;
let wording: Wording;
let sent: Outgoing[];
/** What the provider answers, first come first; then it takes everything. */
let answers: (Delivery | Promise<Delivery>)[];

beforeEach(async () => {
  stores = await openTemporaryStores();
  clock = virtualClock(NOW);
  sent = [];
  answers = [];
  const read = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
  const source = {
    read: async () => ({ messages: [read('flows/messages/general.yaml')], senders: read('flows/senders.yaml'), webhooks: null }),
  };
  wording = (await loadMessages(source, { zone: 'Europe/Istanbul', log: silentLog })).wording;
});
afterEach(async () => {
  await finish(outbox.close());
  expect(clock.pending).toBe(0);
  await stores.close();
});

/** Lets time pass until the promise has settled. */
async function finish(promise: Promise<void>): Promise<void> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  for (let i = 0; !done && i < 100; i += 1) await clock.pass(20);
  await promise;
}

function provider(): Notifiers {
  const one = {
    name: 'test',
    close: async () => undefined,
    send: async (message: Outgoing): Promise<Delivery> => {
      sent.push(message);
      return (await answers.shift()) ?? { kind: 'sent', reference: `ref-${sent.length}` };
    },
  };
  return { sms: one, email: one, webhook: one };
}

async function start(changed: Partial<OutboxDeps> = {}): Promise<void> {
  outbox = testOutbox({ store: stores.outbox, consents: stores.consents, clock, wording, notifiers: provider(), ...changed });
  await outbox.start();
  await clock.pass(0);
}

async function put(...changes: Partial<Message>[]): Promise<readonly Message[]> {
  const messages = changes.map((changed) => messageOf(DEFAULT_BRAND, { createdAt: NOW, notBefore: clock.now(), ...changed }));
  await stores.outbox.add(messages);
  outbox.wake();
  await clock.pass(0);
  return messages;
}
const stateOf = async ({ id }: Message) => stores.outbox.get(id);
const consent = (changed: Partial<Consent> = {}) =>
  stores.consents.record(
    {
      brand: DEFAULT_BRAND,
      recipient: '+905550000017',
      recipientType: 'BIREYSEL',
      type: 'MESAJ',
      status: 'ONAY',
      source: 'HS_WEB',
      consentDate: NOW,
      evidence: '',
      ...changed,
    },
    { id: systemIds.next('consent'), at: NOW, by: 'test' },
  );

describe('a message', () => {
  test('is sent at once when it is stored, in its words, from its brand', async () => {
    await start();
    const [sms, email, hook] = await put(
      {},
      { channel: 'email', to: 'a@b.example', language: 'en' },
      { channel: 'webhook', to: 'crm', template: 'appointment.booked', data: { code: 'K7' } },
    );
    expect(sent.find(({ kind }) => kind === 'sms')).toEqual({
      kind: 'sms',
      id: sms?.id,
      to: '+905550000017',
      from: 'SANTRAL',
      text: 'Merhaba Santral',
    });
    expect(sent.find(({ kind }) => kind === 'email')).toMatchObject({
      id: email?.id,
      from: 'Santral <bilgi@santral.example>',
      subject: 'A note from Santral',
    });
    expect(sent.find(({ kind }) => kind === 'webhook')).toMatchObject({ id: hook?.id, event: 'appointment.booked', data: { code: 'K7' } });
    expect(await stateOf(sms as Message)).toMatchObject({ state: 'sent', attempts: 1, endedAt: NOW });
  });

  test('waits for its time', async () => {
    await start();
    await put({ notBefore: NOW + 60_000 });
    await clock.pass(59_999);
    expect(sent).toEqual([]);
    await clock.pass(5000);
    expect(sent).toHaveLength(1);
  });

  test('is tried again with growing pauses and the same id, and told why it waits', async () => {
    await start();
    answers = [
      { kind: 'later', reason: 'busy with +905550000017' },
      { kind: 'later', reason: 'busy', afterMs: 60_000 },
    ];
    const [message] = (await put({})) as [Message];
    expect(await stateOf(message)).toMatchObject({
      state: 'retrying',
      attempts: 1,
      nextAt: NOW + 1000,
      reason: 'busy with +90 5** *** ** 17',
    });
    await clock.pass(1000);
    expect(sent).toHaveLength(2);
    await clock.pass(59_000);
    expect(sent).toHaveLength(2);
    await clock.pass(6000);
    expect(sent.map(({ id }) => id)).toEqual([message.id, message.id, message.id]);
    expect(await stateOf(message)).toMatchObject({ state: 'sent', reason: null, reference: 'ref-3' });
  });

  test('is a dead letter after its last attempt, or when it is refused; it can be replayed', async () => {
    await start({ attempts: 2 });
    answers = [
      { kind: 'later', reason: 'busy' },
      { kind: 'later', reason: 'still busy' },
    ];
    const [message] = (await put({})) as [Message];
    await clock.pass(5000);
    expect(await stateOf(message)).toMatchObject({ state: 'dead', attempts: 2, reason: 'given up after 2 attempts: still busy' });
    expect(await outbox.replay(message.id)).toBe('done');
    await clock.pass(0);
    expect(await stateOf(message)).toMatchObject({ state: 'sent', attempts: 1 });
    answers = [{ kind: 'refused', reason: 'no such number' }];
    const [refused] = (await put({})) as [Message];
    expect(await stateOf(refused)).toMatchObject({ state: 'dead', attempts: 1, reason: 'no such number' });
    expect(await outbox.replayAll({ channel: 'sms' })).toBe(1);
    await clock.pass(0);
    expect(await stateOf(refused)).toMatchObject({ state: 'sent' });
  });

  test.each<[Partial<Message>, string]>([
    [{ template: 'no.such' }, 'there is no message "no.such" in flows/messages/'],
    [{ data: {} }, '{{text}} has no value'],
    [{ template: 'general.missed-call', channel: 'email', to: 'a@b.example' }, 'general.missed-call'],
  ])('that cannot be put into words is a dead letter: %j', async (changed, says) => {
    await start();
    const [message] = (await put(changed)) as [Message];
    expect(await stateOf(message)).toMatchObject({ state: 'dead', reason: expect.stringContaining(says) });
    expect(sent).toEqual([]);
  });

  test('cannot pass for another brand by its data', async () => {
    await start();
    await put({ data: { text: 'Merhaba', brand: 'Banka' } });
    expect(sent[0]).toMatchObject({ text: 'Merhaba Santral' });
  });

  test('whose provider never answers is given up in time', async () => {
    await start({ timeoutMs: 3000 });
    answers = [new Promise(() => undefined)];
    const [message] = (await put({})) as [Message];
    await clock.pass(3000);
    expect(await stateOf(message)).toMatchObject({ state: 'retrying', reason: 'no answer within 3000 ms' });
  });
});

describe('consent is asked at the moment of sending', () => {
  const offer = { template: 'general.offer', data: { text: 'İndirim!', title: 'x' } };

  test('an advertisement goes to those only who agreed, and says who sends it and how to refuse', async () => {
    await start();
    const [without] = (await put(offer)) as [Message];
    expect(await stateOf(without)).toMatchObject({ state: 'suppressed', reason: 'no-consent' });
    await consent();
    const [after] = (await put(offer)) as [Message];
    expect(await stateOf(after)).toMatchObject({ state: 'sent' });
    expect(sent[0]).toMatchObject({ text: expect.stringMatching(/^Santral: İndirim! Bu mesajları almak istemiyorsanız RET/) });
  });

  test('the template’s class counts, whatever the message calls itself; and the other way round', async () => {
    await start();
    const [template] = (await put({ ...offer, messageClass: 'informational' })) as [Message];
    const [own] = (await put({ messageClass: 'commercial' })) as [Message];
    expect(await stateOf(template)).toMatchObject({ state: 'suppressed' });
    expect(await stateOf(own)).toMatchObject({ state: 'suppressed' });
  });

  test('a refusal between two attempts counts', async () => {
    await start();
    await consent();
    answers = [{ kind: 'later', reason: 'busy' }];
    const [message] = (await put(offer)) as [Message];
    await consent({ status: 'RET', consentDate: NOW + 1 });
    await clock.pass(2000);
    expect(await stateOf(message)).toMatchObject({ state: 'suppressed', reason: 'refused' });
    expect(sent).toHaveLength(1);
  });

  test('a number counts in whatever form the exchange wrote it', async () => {
    await start();
    await put({ to: '0555 000 00 17' });
    expect(sent[0]).toMatchObject({ to: '+905550000017' });
    await consent({ status: 'RET' });
    const [refused] = (await put({ ...offer, to: '05550000017' })) as [Message];
    expect(await stateOf(refused)).toMatchObject({ state: 'suppressed', reason: 'refused' });
  });

  test('who is never to be contacted gets no information either; webhooks are no persons', async () => {
    await start();
    const entry = { brand: DEFAULT_BRAND, recipient: '+905550000017', reason: 'asked', since: NOW, by: 'test' };
    await stores.consents.setDoNotContact(entry, systemIds.next('consent'));
    const [sms] = (await put({})) as [Message];
    await put({ channel: 'webhook', to: 'crm' });
    expect(await stateOf(sms)).toMatchObject({ state: 'suppressed', reason: 'do-not-contact' });
    expect(sent.map(({ kind }) => kind)).toEqual(['webhook']);
  });
});

describe('order and room', () => {
  test('the second of a call waits until the first is done with', async () => {
    await start();
    answers = [{ kind: 'later', reason: 'busy' }];
    const [first, second] = (await put({ orderKey: 'call' }, { orderKey: 'call' })) as [Message, Message];
    expect(sent.map(({ id }) => id)).toEqual([first.id]);
    await clock.pass(1000);
    expect(sent.map(({ id }) => id)).toEqual([first.id, first.id, second.id]);
  });

  test('of one kind never more are under way than is set; other kinds have room of their own', async () => {
    await start({ parallel: 3 });
    let release: (delivery: Delivery) => void = () => undefined;
    const hold = new Promise<Delivery>((resolve) => {
      release = resolve;
    });
    answers = Array.from({ length: 3 }, () => hold);
    await put(...Array.from({ length: 7 }, () => ({})));
    expect(sent).toHaveLength(3);
    await put({ channel: 'webhook', to: 'crm' });
    expect(sent).toHaveLength(4);
    release({ kind: 'sent', reference: null });
    await clock.pass(0);
    expect(sent).toHaveLength(8);
  });

  test('what other processes store is found within seconds', async () => {
    await start();
    await stores.outbox.add([messageOf(DEFAULT_BRAND, { notBefore: NOW })]);
    await clock.pass(5000);
    expect(sent).toHaveLength(1);
  });

  test('a database that is away for a while is no end', async () => {
    let away = true;
    const store = {
      ...stores.outbox,
      claim: (...args: Parameters<typeof stores.outbox.claim>) => (away ? Promise.reject(new Error('away')) : stores.outbox.claim(...args)),
    };
    await start({ store });
    await put({});
    expect(sent).toEqual([]);
    away = false;
    await clock.pass(5000);
    expect(sent).toHaveLength(1);
  });
});

describe('the end of the engine', () => {
  test('waits a moment for what is under way, then breaks it off; the message is tried again by the next', async () => {
    await start();
    answers = [new Promise(() => undefined)];
    const [message] = (await put({})) as [Message];
    const began = clock.now();
    await finish(outbox.close());
    expect(clock.now() - began).toBeLessThanOrEqual(1000);
    expect(await stateOf(message)).toMatchObject({ state: 'retrying', reason: 'the engine stopped meanwhile' });
    await start();
    await clock.pass(2000);
    expect(sent.map(({ id }) => id)).toEqual([message.id, message.id]);
  });

  test('nothing more is begun', async () => {
    await start();
    await finish(outbox.close());
    await put({});
    await clock.pass(HOUR);
    expect(sent).toEqual([]);
  });
});

describe('without a provider', () => {
  test.each<[MessageChannel, string]>([
    ['sms', '+905550000017'],
    ['email', 'a@b.example'],
  ])('%s waits, and says what is missing', async (channel, to) => {
    await start({ notifiers: NO_NOTIFIERS });
    const [message] = (await put({ channel, to })) as [Message];
    await clock.pass(60_000);
    expect(await outbox.get(message.id)).toMatchObject({ state: 'queued', attempts: 0, reason: NO_PROVIDER[channel] });
    expect(await outbox.list({ channel, limit: 5 })).toMatchObject([{ reason: NO_PROVIDER[channel] }]);
    expect(await outbox.figures()).toEqual([{ channel, state: 'queued', count: 1 }]);
  });

  test('what waited for days is not sent because a provider is set up one day', async () => {
    await start({ notifiers: NO_NOTIFIERS });
    const [old] = (await put({})) as [Message];
    await finish(outbox.close());
    await clock.pass(73 * HOUR);
    const fresh = messageOf(DEFAULT_BRAND, { notBefore: clock.now() });
    await stores.outbox.add([fresh]);
    await start();
    expect(sent.map(({ id }) => id)).toEqual([fresh.id]);
    expect(await stateOf(old)).toMatchObject({ state: 'dead', reason: 'it waited too long for a provider' });
  });
});

test('whom it went to is forgotten in its time, or at once', async () => {
  await start();
  const [message] = (await put({})) as [Message];
  await finish(outbox.close());
  await clock.pass(23 * HOUR);
  await outbox.sweep();
  expect(await stateOf(message)).toMatchObject({ to: '+905550000017' });
  await clock.pass(HOUR + 1);
  await outbox.sweep();
  expect(await stateOf(message)).toMatchObject({ to: null, state: 'sent' });
  await start({ settings: { keepMs: 0, keepDeadMs: HOUR, staleMs: HOUR } });
  const [next] = (await put({})) as [Message];
  expect(await stateOf(next)).toMatchObject({ to: null, state: 'sent' });
});

test('a call’s change that holds messages wakes it', async () => {
  await start();
  const calls = outbox.watch(stores.calls);
  const messages = [messageOf(DEFAULT_BRAND, { notBefore: NOW })];
  await calls.commit({ call: newCall(NOW), legs: [], session: null, entries: [], messages });
  await clock.pass(0);
  expect(sent).toHaveLength(1);
});
