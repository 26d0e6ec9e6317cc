import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Message } from '../../src/domain/message.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { type Receiver, startReceiver } from '../kit/http-receiver.ts';
import { messageOf } from '../kit/messages.ts';
import { ENGINES, type Place, temporaryDirectory } from './engines.ts';

const MESSAGES = 200;
const KEYS = 20;
const KILLS = 2;
const CHILD = path.resolve('test/store/outbox-child.ts');

/** A process is killed in the middle of sending, again and again. */
describe.each(ENGINES)('kill -9 while messages are sent, on $name', ({ place: newPlace }) => {
  const directory = temporaryDirectory();
  const children: ChildProcess[] = [];
  let place: Place;
  let stores: Stores;
  let receiver: Receiver;
  beforeAll(async () => {
    place = await newPlace();
    stores = await place.open();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    await receiver.close();
  });
  afterAll(async () => {
    await stores.close();
    await place.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  function begin(): ChildProcess {
    const { file = '', url = '' } = place.address;
    const env = { ...process.env, DATABASE_URL: url };
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, file, `${receiver.url}/hook`], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    return child;
  }

  test('each arrives at least once with its id, none is lost, and each call’s come in order', { timeout: 120_000 }, async () => {
    receiver = await startReceiver((response) => void setTimeout(() => response.writeHead(204).end(), 5));
    const messages = Array.from({ length: MESSAGES }, (_, n) =>
      messageOf(DEFAULT_BRAND, {
        channel: 'webhook',
        to: 'crm',
        template: 'call.ended',
        data: { n },
        orderKey: `call-${n % KEYS}`,
        notBefore: Date.now(),
      }),
    );
    await stores.outbox.add(messages);
    for (let n = 1; n <= KILLS; n += 1) {
      const child = begin();
      await receiver.count(n * 40);
      await kill(child);
    }
    const arrivedBefore = receiver.received.length;
    expect(arrivedBefore).toBeLessThan(MESSAGES);
    begin();
    await receiver.count(MESSAGES);
    await vi.waitUntil(() => allSent(messages), { timeout: 60_000, interval: 50 });

    const arrived = receiver.received.map(({ headers }) => String(headers['x-santral-id']));
    expect(new Set(arrived)).toEqual(new Set(messages.map(({ id }) => id)));
    for (let key = 0; key < KEYS; key += 1) {
      const stored = messages.filter(({ orderKey }) => orderKey === `call-${key}`).map(({ id }) => String(id));
      const first = [...new Set(arrived.filter((id) => stored.includes(id)))];
      expect(first).toEqual(stored);
    }
    const states = await stores.outbox.list({ limit: MESSAGES });
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['sent']));
    // Whatever came twice was under way when its sender was killed.
    expect(arrived.length - MESSAGES).toBeLessThanOrEqual(KILLS * 8);
  });

  async function allSent(messages: readonly Message[]): Promise<boolean> {
    return (await stores.outbox.list({ state: 'sent', limit: messages.length })).length === messages.length;
  }
});
