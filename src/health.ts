import type { Health, HealthCheck } from './http/deps.ts';
import type { Stores } from './ports/stores.ts';
import type { Telephony } from './ports/telephony.ts';
import type { Releases } from './services/flows/releases.ts';

/** Engine, Asterisk and database, each judged by itself. */
export function healthOf(parts: {
  readonly stores: Stores;
  readonly telephony: Telephony;
  readonly releases: Releases;
}): () => Promise<Health> {
  return async () => ({ engine: engine(parts.releases), asterisk: asterisk(parts.telephony), database: await database(parts.stores) });
}

function engine(releases: Releases): HealthCheck {
  const newest = releases.newest();
  if (newest === null) return { ok: false, detail: 'No flow can be run: the flow files have errors. `santral flow check` lists them.' };
  return { ok: true, detail: `release ${newest.id}, ${newest.flows.size} flows` };
}

function asterisk(telephony: Telephony): HealthCheck {
  const connection = telephony.connection();
  return connection.kind === 'up'
    ? { ok: true, detail: `Asterisk ${connection.asteriskVersion}` }
    : { ok: false, detail: connection.reason };
}

async function database(stores: Stores): Promise<HealthCheck> {
  try {
    await stores.ping();
    return { ok: true, detail: stores.engine };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
