import { randomBytes } from 'node:crypto';
import { callSettings } from './call-settings.ts';
import type { Config } from './config/config.ts';
import { ANY_DID } from './domain/did.ts';
import type { IdSource } from './domain/ids.ts';
import { parsePhoneNumber } from './domain/phone-number.ts';
import type { Queue } from './domain/queue.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import type { Telephony } from './ports/telephony.ts';
import type { Calls } from './services/calls/calls.ts';
import { createCampaigns } from './services/campaigns/campaigns.ts';
import type { DialDeps } from './services/campaigns/deps.ts';
import { createDialler } from './services/campaigns/dialler.ts';
import type { Floor } from './services/floor/floor-shape.ts';
import type { Releases } from './services/flows/releases.ts';
import type { Numbers } from './services/numbers/route-numbers.ts';
import type { Senders } from './services/outbox/senders-file.ts';
import type { Registry } from './services/registry/registry.ts';
import type { SessionSeal } from './store/session-seal.ts';

const HOUR_MS = 3_600_000;
/** Between being taken and being called lie milliseconds; an engine that needs longer has died. */
const LEASE_MS = 15_000;

interface Parts {
  readonly config: Config;
  readonly stores: Stores;
  readonly telephony: Pick<Telephony, 'connection'>;
  readonly calls: Calls;
  readonly floor: Pick<Floor, 'state'>;
  readonly releases: Pick<Releases, 'newest' | 'get'>;
  readonly numbers: Pick<Numbers, 'routeFor' | 'dids'>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly webhooks: ReadonlyMap<string, unknown>;
  readonly senders: Senders;
  readonly seal: Pick<SessionSeal, 'token'>;
  readonly registry: Pick<Registry, 'isStale'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** The dialler, and what campaign managers do with it. */
export function openCampaigns({
  config,
  stores,
  telephony,
  calls,
  floor,
  releases,
  numbers,
  queues,
  webhooks,
  senders,
  seal,
  registry,
  clock,
  ids,
  log,
}: Parts) {
  const dial: DialDeps = {
    store: stores.campaigns,
    lists: stores.lists,
    calls,
    callStore: stores.calls,
    releases,
    isUp: () => telephony.connection().kind === 'up',
    freeAgents: (queue) => freeAgents(floor, queue),
    consentsStale: () => registry.isStale(config.brand),
    clock,
    ids,
    log: log.child({ room: 'campaigns' }),
    holder: randomBytes(8).toString('base64url'),
    settings: {
      brand: config.brand,
      callsPerSecond: config.dialCallsPerSecond,
      channels: config.dialChannels,
      trunkChannels: config.trunkChannels,
      inboundPercent: config.inboundPercent,
      cap: { calls: config.numberCap, withinMs: config.numberCapHours * HOUR_MS },
      leaseMs: LEASE_MS,
    },
  };
  const dialler = createDialler(dial);
  const campaigns = createCampaigns({
    ...dial,
    releases,
    limits: callSettings(config).limits,
    dialler,
    consents: stores.consents,
    numberCalls: stores.numberCalls,
    tokenOf: (number) => seal.token('recipient', number),
    owns: (number) => number === config.callerId || (numbers.routeFor(number)?.did ?? ANY_DID) !== ANY_DID,
    offers: () => ({
      callerIds: ownNumbers(numbers.dids(), config.callerId),
      queues: [...queues.values()].map(({ id, label }) => ({ id, label })),
      webhooks: [...webhooks.keys()],
    }),
    hasQueue: (queue) => queues.has(queue),
    hasWebhook: (webhook) => webhooks.has(webhook),
    brandName: (brand) => senders.get(brand)?.name ?? null,
  });
  return { dialler, campaigns };
}

/** Those that can be shown to the called ones: extensions and short numbers cannot. */
function ownNumbers(dids: readonly string[], callerId: string | undefined): readonly string[] {
  const shown = dids.flatMap((did) => {
    const parsed = parsePhoneNumber(did);
    return parsed.kind === 'ok' ? [parsed.e164] : [];
  });
  return [...new Set([...(callerId === undefined ? [] : [callerId]), ...shown])];
}

/** Agents who are available, less those whom somebody waits for already. */
function freeAgents(floor: Pick<Floor, 'state'>, queue: string): number {
  const { agents, waiting } = floor.state();
  const free = [...agents.values()].filter(({ state, queues }) => state.kind === 'available' && queues.includes(queue)).length;
  return Math.max(0, free - waiting.filter((wait) => wait.queue === queue).length);
}
