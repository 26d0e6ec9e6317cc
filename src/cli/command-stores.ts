import { readConfig } from '../config/config.ts';
import { loadSecrets } from '../config/secrets.ts';
import type { Log } from '../ports/log.ts';
import type { Stores } from '../ports/stores.ts';
import { openStores } from '../store/open-stores.ts';
import { sealWith } from '../store/session-seal.ts';
import type { CliIo } from './io.ts';

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

function stderrLog(io: CliIo): Log {
  const nothing = () => undefined;
  const tell = (_fields: object, message: string) => io.err(`${message}\n`);
  return { debug: nothing, info: nothing, warn: tell, error: tell, child: () => stderrLog(io) };
}
