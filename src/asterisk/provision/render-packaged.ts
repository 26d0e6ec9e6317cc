import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config/config.ts';
import type { Secrets } from '../../config/secrets.ts';
import { packagedDistribution } from './distribution.ts';
import { renderInstance } from './render-instance.ts';

/** Renders for an Asterisk from Debian's package that somebody else starts, and makes its folders. Gives the folder of asterisk.conf. */
export function renderPackaged(
  config: Config,
  secrets: Secrets,
  places: { readonly moduleDir: string | undefined; readonly dataDir: string | undefined },
): string {
  const packaged = packagedDistribution();
  const distribution = { moduleDir: places.moduleDir ?? packaged.moduleDir, dataDir: places.dataDir ?? packaged.dataDir };
  const instance = renderInstance({ config, secrets, distribution });
  const { run, log, spool, recordings, callRecordings, db, keys, cache, lib } = instance;
  for (const folder of [run, log, spool, recordings, callRecordings, db, path.join(keys, 'keys'), cache, lib])
    mkdirSync(folder, { recursive: true });
  return instance.etc;
}
