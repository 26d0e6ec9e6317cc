import type { BrandId } from './domain/brand.ts';
import type { Health, HealthCheck } from './http/deps.ts';
import type { Stores } from './ports/stores.ts';
import type { Telephony } from './ports/telephony.ts';
import type { Releases } from './services/flows/releases.ts';
import { deadOf, type Registry } from './services/registry/registry.ts';

/** Engine, Asterisk and database, each judged by itself. */
export function healthOf(parts: {
  readonly stores: Stores;
  readonly telephony: Telephony;
  readonly releases: Releases;
  readonly registry: Pick<Registry, 'glance'>;
  readonly brand: BrandId;
}): () => Promise<Health> {
  return async () => ({
    engine: engine(parts.releases),
    asterisk: asterisk(parts.telephony),
    database: await database(parts.stores),
    registry: await registryOf(parts.registry, parts.brand),
  });
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

async function registryOf(registry: Pick<Registry, 'glance'>, brand: BrandId): Promise<HealthCheck> {
  try {
    const known = await registry.glance(brand);
    if (known === null) return { ok: true, detail: 'no account at İYS' };
    const { isStale, figures } = known;
    if (isStale) return { ok: false, detail: 'İYS was not read lately: commercial campaigns call nobody' };
    if (figures.alarms > 0) return { ok: false, detail: `${figures.alarms} consents must be told to İYS, and their last day is near` };
    const dead = deadOf(figures);
    const left = [dead === 0 ? '' : `${dead} dead letters`, figures.unread === 0 ? '' : `${figures.unread} records there cannot be read`];
    const told = left.filter((one) => one !== '').join(', ');
    return { ok: true, detail: told === '' ? 'İYS is read, and has heard of everything' : `İYS is read; ${told}` };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
