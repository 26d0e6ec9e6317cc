import { randomBytes } from 'node:crypto';
import type { Config } from './config/config.ts';
import { readIysAccounts } from './config/iys-accounts.ts';
import { iysRegistry } from './notify/iys.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import type { Releases } from './services/flows/releases.ts';
import { createRegistry, type Registry } from './services/registry/registry.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The registry counts days on Turkey's calendar, wherever the engine stands. */
const ZONE = 'Europe/Istanbul';

/** The national registry of consents, for the brands that have an account there. */
export async function openRegistry({
  config,
  stores,
  releases,
  log,
}: {
  readonly config: Config;
  readonly stores: Pick<Stores, 'consentRegistry'>;
  readonly releases: Pick<Releases, 'newest'>;
  readonly log: Log;
}): Promise<Registry> {
  const {
    iysUrl: url = '',
    iysTimeoutMs: timeoutMs,
    iysStaleHours,
    iysSendDays: sendDays,
    iysAlarmDays: alarmDays,
    iysGapChecks: gapChecks,
  } = config;
  const accounts = [...readIysAccounts(config)];
  const options = { url, timeoutMs, now: () => clock.now(), random: Math.random };
  const registry = createRegistry({
    store: stores.consentRegistry,
    links: new Map(accounts.map(([brand, account]) => [brand, iysRegistry({ ...account, ...options })])),
    days: () => ({ zone: ZONE, holidays: releases.newest()?.calendars.get(config.iysCalendar)?.holidays ?? [] }),
    clock,
    ids,
    random: Math.random,
    log: log.child({ room: 'registry' }),
    holder: randomBytes(8).toString('base64url'),
    settings: { staleMs: iysStaleHours * HOUR_MS, sendDays, alarmDays, gapChecks, keepMs: config.iysKeepDays * DAY_MS },
  });
  await registry.start();
  return registry;
}
