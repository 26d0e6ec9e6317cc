import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../config/config.ts';
import { loadMatchKeys } from '../config/match-keys.ts';
import { loadSecrets } from '../config/secrets.ts';
import { openImports } from '../match-desk.ts';
import type { Log } from '../ports/log.ts';
import type { Stores } from '../ports/stores.ts';
import { openStores } from '../store/open-stores.ts';
import { sealWith } from '../store/session-seal.ts';
import { systemClock, systemIds } from '../system-clock.ts';
import type { OpenForImport } from './import-command.ts';
import type { CliIo } from './io.ts';

/** Rows that were not taken, of a report that is printed. */
const TOLD_ROWS = 1000;

/** The engine's database for a command; warnings and errors of the store go to stderr. */
export function openCommandStores(io: CliIo): Promise<Stores> {
  const config = readConfig(io.env, io.cwd);
  return openStores({
    databaseUrl: config.databaseUrl,
    sqliteFile: config.places.database,
    log: stderrLog(io),
    seal: sealWith(loadSecrets(config).sessionKey),
  });
}

/** Stores that nobody else sees, gone when they are closed: for calls that are only tried. */
export async function openTrialStores(io: Pick<CliIo, 'err'>): Promise<Stores> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'santral-trial-'));
  const vanish = () => rm(dir, { recursive: true, force: true });
  try {
    const seal = sealWith(randomBytes(32).toString('base64url'));
    const stores = await openStores({ sqliteFile: path.join(dir, 'trial.db'), log: stderrLog(io), seal });
    const close = async (): Promise<void> => {
      try {
        await stores.close();
      } finally {
        await vanish();
      }
    };
    return { ...stores, close };
  } catch (error) {
    await vanish();
    throw error;
  }
}

/** The importer on the engine's database, for a command. */
export async function openCommandImports(io: CliIo): ReturnType<OpenForImport> {
  const config = readConfig(io.env, io.cwd);
  const stores = await openCommandStores(io);
  try {
    const parts = { config, stores, clock: systemClock, ids: systemIds, log: stderrLog(io) };
    const keys = { tokens: loadMatchKeys(config.places.matchKeys), sealKey: loadSecrets(config).sessionKey };
    const { imports } = await openImports(parts, keys, () => undefined);
    return { imports, rejected: (brand, id) => stores.lists.loads.rejected(brand, id, 0, TOLD_ROWS), close: () => stores.close() };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

function stderrLog(io: Pick<CliIo, 'err'>): Log {
  const nothing = () => undefined;
  const tell = (_fields: object, message: string) => io.err(`${message}\n`);
  return { debug: nothing, info: nothing, warn: tell, error: tell, child: () => stderrLog(io) };
}
