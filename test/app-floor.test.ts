import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { createApp } from '../src/app.ts';
import { openCommandStores } from '../src/cli/command-stores.ts';
import { readConfig } from '../src/config/config.ts';
import { loadSecrets } from '../src/config/secrets.ts';
import { SILENT_MS } from '../src/services/desk/heartbeats.ts';
import { systemIds } from '../src/system-clock.ts';
import { silentLog } from './kit/asterisk.ts';
import { profileOf } from './kit/floor.ts';
import { takePorts } from './kit/ports.ts';

test('an agent who worked on a page that does not come back after a restart is offered nothing', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-app-'));
  const ports = await takePorts();
  const env = {
    ...{ SANTRAL_DATA: dir, SANTRAL_HTTP_PORT: String(ports.http), SANTRAL_VOICE: 'tones', SANTRAL_ADMIN_PASSWORD: 'once-and-never-again' },
    ...{ SANTRAL_ASTERISK: 'external', SANTRAL_ARI_URL: `http://127.0.0.1:${ports.spare}` },
  };
  const config = readConfig(env, process.cwd());
  const stores = await openCommandStores({ env, cwd: process.cwd(), out: () => undefined, err: () => undefined });
  const now = Date.now();
  const id = systemIds.next('user');
  await stores.users.put({
    id,
    name: 'deniz',
    role: 'agent',
    passwordHash: '',
    mustChangePassword: false,
    createdAt: now,
    disabledAt: null,
  });
  await stores.agents.put(profileOf(id, { brand: config.brand, place: { kind: 'web' } }));
  const free = {
    state: { kind: 'available' },
    since: now,
    idleSince: now,
    missing: [],
    wrapUpAsked: false,
    next: null,
    version: 1,
  } as const;
  await stores.floor.write({
    events: [],
    agents: [{ userId: id, brand: config.brand, ...free }],
    waits: [],
    endedWaits: [],
    lastTalks: [],
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  try {
    const app = await createApp({ config, secrets: loadSecrets(config), log: silentLog });
    vi.advanceTimersByTime(SILENT_MS);
    await vi.waitFor(
      async () => expect((await stores.floor.stateOf(id))?.state).toEqual({ kind: 'unreachable', reason: 'heartbeat' }),
      5000,
    );
    await app.close();
  } finally {
    vi.useRealTimers();
    await stores.close();
    ports.release();
    rmSync(dir, { recursive: true, force: true });
  }
});
