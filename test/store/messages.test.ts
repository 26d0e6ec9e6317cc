import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Message } from '../../src/domain/message.ts';
import type { ClaimedMessage, OutboxStore } from '../../src/ports/outbox.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

function message(n: number, changed: Partial<Message> = {}): Message {
  return {
    id: id('message', n),
    brand: DEFAULT_BRAND,
    channel: 'sms',
    to: '+905550000001',
    template: 'general.note',
    language: 'tr',
    messageClass: 'informational',
    data: { text: 'Merhaba' },
    dedupeKey: `fact-${n}`,
    orderKey: null,
    callId: null,
    createdAt: NOON + n,
    notBefore: NOON,
    ...changed,
  };
}

const MINUTE = 60_000;
const taken = (messages: readonly ClaimedMessage[]) => messages.map((one) => (one.kind === 'whole' ? one.message.id : one.id));

describe.each(ENGINES)('the outbox on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  const claim = (now = NOON, limit = 10, channel: Message['channel'] = 'sms') =>
    at.stores.outbox.claim(channel, { now, leaseUntil: now + MINUTE, limit });
  const end = (n: number, attempt: number, ending: Parameters<OutboxStore['end']>[2], wipe = false) =>
    at.stores.outbox.end(id('message', n), attempt, ending, NOON + 5, wipe);

  test('what is stored is given out whole, once, and only when it is due', async () => {
    const later = message(2, { notBefore: NOON + MINUTE });
    await at.stores.outbox.add([message(1), later, message(3, { channel: 'email', to: 'a@b.example' })]);
    const [first, ...others] = await claim();
    expect(others).toEqual([]);
    expect(first).toEqual({ kind: 'whole', message: { ...message(1), notBefore: NOON + 1 }, attempt: 1 });
    expect(await claim()).toEqual([]);
    expect(await at.stores.outbox.nextDue(['sms'])).toBe(NOON + MINUTE);
    expect(await at.stores.outbox.nextDue(['webhook'])).toBeUndefined();
    expect(await at.stores.outbox.nextDue([])).toBeUndefined();
  });

  test('the same fact told twice is one message', async () => {
    await at.stores.outbox.add([message(1)]);
    await at.stores.outbox.add([message(2, { dedupeKey: 'fact-1' })]);
    expect(taken(await claim())).toEqual([id('message', 1)]);
  });

  test('nothing of whom it goes to or what it says can be read in the table', async () => {
    await at.stores.outbox.add([message(1)]);
    const [row] = await at.place.query('select * from messages');
    expect(JSON.stringify(row)).not.toMatch(/5550000001|Merhaba/);
  });

  test('a lease that ran out lets another take it, and the first can end it no more', async () => {
    await at.stores.outbox.add([message(1)]);
    await claim();
    expect(await claim(NOON + MINUTE - 1)).toEqual([]);
    expect((await claim(NOON + MINUTE))[0]).toMatchObject({ attempt: 2, message: { id: id('message', 1) } });
    expect(await end(1, 1, { kind: 'sent', reference: 'x' })).toBe(false);
    expect(await end(1, 2, { kind: 'sent', reference: 'x' })).toBe(true);
    expect(await end(1, 2, { kind: 'dead', reason: 'x' })).toBe(false);
    expect(await at.stores.outbox.get(id('message', 1))).toMatchObject({ state: 'sent', reference: 'x', endedAt: NOON + 5 });
  });

  test('of one key and channel only the oldest unfinished is given; other keys and channels are not held up', async () => {
    const key = { orderKey: 'call-1' };
    await at.stores.outbox.add([
      message(1, key),
      message(2, key),
      message(3, { orderKey: 'call-2' }),
      message(4, { ...key, channel: 'webhook', to: 'crm' }),
    ]);
    expect(taken(await claim())).toEqual([id('message', 1), id('message', 3)]);
    expect(taken(await claim(NOON, 10, 'webhook'))).toEqual([id('message', 4)]);
    await end(1, 1, { kind: 'retrying', at: NOON + MINUTE, reason: 'later' });
    expect(await claim()).toEqual([]);
    expect(taken(await claim(NOON + MINUTE, 1))).toEqual([id('message', 1)]);
    await end(1, 2, { kind: 'dead', reason: 'no' });
    expect(taken(await claim())).toEqual([id('message', 2)]);
  });

  test('one that is not due yet holds up nobody', async () => {
    const key = { orderKey: 'appointment' };
    await at.stores.outbox.add([message(1, { ...key, notBefore: NOON + MINUTE }), message(2, key)]);
    expect(taken(await claim())).toEqual([id('message', 2)]);
    expect(await claim(NOON + MINUTE - 1)).toEqual([]);
  });

  test('two who claim at the same time never get the same, nor two of one key', async () => {
    const many = Array.from({ length: 60 }, (_, n) => message(n, { orderKey: `call-${n % 20}` }));
    await at.stores.outbox.add(many);
    const rounds = await Promise.all(Array.from({ length: 8 }, () => claim(NOON + MINUTE, 5)));
    const all = rounds.flat().map((one) => (one.kind === 'whole' ? one.message : undefined));
    expect(new Set(all.map((one) => one?.id)).size).toBe(all.length);
    expect(new Set(all.map((one) => one?.orderKey)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(0);
  });

  test('whatever happens in between, each key ends in the order it was stored', async () => {
    const step = fc.record({ advance: fc.integer({ min: 0, max: 90 }), fail: fc.boolean(), limit: fc.integer({ min: 1, max: 4 }) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 9 }),
        fc.array(step, { maxLength: 12 }),
        async (keys, steps) => {
          run += 1000;
          const stored = keys.map((key, n) => message(run + n, { orderKey: `${run}-${key}`, notBefore: NOON }));
          await at.stores.outbox.add(stored);
          const ended: Message[] = [];
          let now = NOON;
          const go = async (fail: boolean, limit: number) => {
            for (const one of await claim(now, limit)) {
              if (one.kind !== 'whole') continue;
              const ending = fail
                ? { kind: 'retrying' as const, at: now + 30_000, reason: '' }
                : { kind: 'sent' as const, reference: null };
              await at.stores.outbox.end(one.message.id, one.attempt, ending, now, false);
              if (!fail) ended.push(one.message);
            }
          };
          for (const { advance, fail, limit } of steps) {
            now += advance * 1000;
            await go(fail, limit);
          }
          now += MINUTE;
          for (let n = 0; n < keys.length; n += 1) await go(false, 10);
          expect(ended).toHaveLength(keys.length);
          for (const key of new Set(stored.map(({ orderKey }) => orderKey))) {
            const of = (list: readonly Message[]) => list.filter(({ orderKey }) => orderKey === key).map((one) => one.id);
            expect(of(ended)).toEqual(of(stored));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a message sealed with another key is told as such, not lost', async () => {
    await at.stores.outbox.add([message(1)]);
    await at.place.query("update messages set payload = 'v1.AAAA'");
    expect(await claim()).toEqual([{ kind: 'unreadable', id: id('message', 1), channel: 'sms', attempt: 1 }]);
    expect(await at.stores.outbox.get(id('message', 1))).toMatchObject({ to: null });
  });

  test('a dead letter is replayed with all its attempts; others are not', async () => {
    await at.stores.outbox.add([message(1), message(2), message(3)]);
    await claim(NOON, 3);
    await end(1, 1, { kind: 'dead', reason: 'refused' });
    await end(2, 1, { kind: 'dead', reason: 'refused' }, true);
    await end(3, 1, { kind: 'sent', reference: null });
    const { outbox } = at.stores;
    expect(await outbox.get(id('message', 1))).toMatchObject({ state: 'dead', reason: 'refused', to: '+905550000001' });
    expect(await outbox.replay(id('message', 1), NOON + 9)).toBe('done');
    expect(await outbox.replay(id('message', 1), NOON + 9)).toBe('wrong-state');
    expect(await outbox.replay(id('message', 2), NOON + 9)).toBe('wiped');
    expect(await outbox.replay(id('message', 3), NOON + 9)).toBe('wrong-state');
    expect(await outbox.replay(id('message', 9), NOON + 9)).toBe('unknown');
    expect((await claim(NOON + 9))[0]).toMatchObject({ attempt: 1 });
    await end(1, 1, { kind: 'dead', reason: 'again' });
    expect(await outbox.replayAll({ template: 'other.one' }, NOON)).toBe(0);
    expect(await outbox.replayAll({ channel: 'sms' }, NOON)).toBe(1);
  });

  test('what waits can be cancelled, and leaves nothing of itself', async () => {
    await at.stores.outbox.add([message(1), message(2)]);
    await claim(NOON, 1);
    const { outbox } = at.stores;
    expect(await outbox.cancel(id('message', 1), NOON)).toBe('wrong-state');
    expect(await outbox.cancel(id('message', 2), NOON)).toBe('done');
    expect(await outbox.cancel(id('message', 9), NOON)).toBe('unknown');
    expect(await outbox.get(id('message', 2))).toMatchObject({ state: 'cancelled', to: null, endedAt: NOON });
  });

  test('what was never tried in time is dead, and what ended is wiped in its time', async () => {
    await at.stores.outbox.add([message(1), message(2, { notBefore: NOON + MINUTE })]);
    expect(await at.stores.outbox.expire(NOON + 1, NOON + MINUTE, 'too late')).toBe(1);
    expect(await at.stores.outbox.get(id('message', 1))).toMatchObject({ state: 'dead', reason: 'too late' });
    await claim(NOON + MINUTE);
    await end(2, 1, { kind: 'sent', reference: null });
    expect(await at.stores.outbox.wipe({ ended: NOON, dead: NOON })).toBe(0);
    expect(await at.stores.outbox.wipe({ ended: NOON + MINUTE, dead: NOON })).toBe(1);
    expect(await at.stores.outbox.get(id('message', 2))).toMatchObject({ state: 'sent', to: null });
    expect(await at.stores.outbox.wipe({ ended: NOON, dead: NOON + 2 * MINUTE })).toBe(1);
  });

  test('the list is filtered and goes by pages, newest first; the figures count what is open or dead', async () => {
    await at.stores.outbox.add([1, 2, 3].map((n) => message(n)));
    await at.stores.outbox.add([message(4, { channel: 'email', to: 'a@b.example', template: 'general.dealer' })]);
    const list = async (filter: object) => (await at.stores.outbox.list({ limit: 10, ...filter })).map((one) => one.id);
    const ids = (...numbers: number[]) => numbers.map((n) => id('message', n));
    expect(await list({})).toEqual(ids(4, 3, 2, 1));
    expect(await list({ limit: 2, before: id('message', 3) })).toEqual(ids(2, 1));
    expect(await list({ channel: 'email' })).toEqual(ids(4));
    expect(await list({ template: 'general.note', from: NOON + 2, to: NOON + 3 })).toEqual(ids(2));
    expect(await list({ state: 'dead' })).toEqual([]);
    await claim(NOON, 1);
    await end(1, 1, { kind: 'suppressed', reason: 'no-consent' });
    expect((await at.stores.outbox.figures()).toSorted((a, b) => a.channel.localeCompare(b.channel))).toEqual([
      { channel: 'email', state: 'queued', count: 1 },
      { channel: 'sms', state: 'queued', count: 2 },
    ]);
  });
});
