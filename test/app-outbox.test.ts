import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { openCommandStores } from '../src/cli/command-stores.ts';
import { readConfig } from '../src/config/config.ts';
import { loadSecrets } from '../src/config/secrets.ts';
import type { Message } from '../src/domain/message.ts';
import { silentLog } from './kit/asterisk.ts';
import { type Receiver, startReceiver } from './kit/http-receiver.ts';
import { messageOf } from './kit/messages.ts';
import { takePorts } from './kit/ports.ts';

let dir: string;
let ports: Awaited<ReturnType<typeof takePorts>>;
let receiver: Receiver;
beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-app-'));
  ports = await takePorts();
  receiver = await startReceiver({ status: 200, body: '{"id": "4711"}' });
});
afterEach(async () => {
  await receiver.close();
  ports.release();
  rmSync(dir, { recursive: true, force: true });
});

/** The whole engine, without an Asterisk: it goes on looking for one. */
async function start(settings: Record<string, string> = {}) {
  const env = {
    SANTRAL_DATA: dir,
    SANTRAL_HTTP_PORT: String(ports.http),
    SANTRAL_ASTERISK: 'external',
    SANTRAL_ARI_URL: `http://127.0.0.1:${ports.spare}`,
    SANTRAL_VOICE: 'tones',
    SANTRAL_ADMIN_PASSWORD: 'once-and-never-again',
    ...settings,
  };
  const config = readConfig(env, process.cwd());
  const app = await createApp({ config, secrets: loadSecrets(config), log: silentLog });
  const stores = await openCommandStores({ env, cwd: process.cwd(), out: () => undefined, err: () => undefined });
  return {
    async put(changed: Partial<Message> = {}) {
      const message = messageOf(config.brand, { createdAt: Date.now(), notBefore: Date.now(), ...changed });
      await stores.outbox.add([message]);
      return message;
    },
    get: (message: Message) => stores.outbox.get(message.id),
    async close() {
      await stores.close();
      const began = performance.now();
      await app.close();
      return performance.now() - began;
    },
  };
}

test('an engine without providers keeps messages; one with a gateway sends what waited, by its settings', async () => {
  const without = await start();
  const message = await without.put();
  expect(await without.get(message)).toMatchObject({ state: 'queued', attempts: 0 });
  await without.close();

  const engine = await start({ SANTRAL_SMS: 'http', SANTRAL_SMS_URL: `${receiver.url}/send`, SANTRAL_SMS_TOKEN: 't0ken' });
  await receiver.count(1);
  expect(receiver.received[0]?.headers['authorization']).toBe('Bearer t0ken');
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
    id: message.id,
    from: 'SANTRAL',
    to: '+905550000017',
    text: 'Merhaba Santral',
  });
  expect(await engine.close()).toBeLessThan(5000);
});
