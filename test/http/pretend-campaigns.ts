import type { BrandId } from '../../src/domain/brand.ts';
import type { IdSource } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Stores } from '../../src/ports/stores.ts';
import type { LiveCall } from '../../src/services/calls/calls.ts';
import { type Campaigns, createCampaigns } from '../../src/services/campaigns/campaigns.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { CALLABLE } from './pretend-flows.ts';

interface Parts {
  readonly stores: Stores;
  readonly brand: BrandId;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly live: () => readonly LiveCall[];
}

/** The services of campaigns on real rows, with a dialler that calls nobody. */
export function pretendCampaigns({ stores, brand, clock, ids, log, live }: Parts): Campaigns {
  return createCampaigns({
    store: stores.campaigns,
    lists: stores.lists,
    calls: { live, place: async () => ids.next('call'), hangup: async () => false },
    callStore: stores.calls,
    releases: { newest: () => CALLABLE, get: async () => CALLABLE },
    isUp: () => true,
    freeAgents: () => 0,
    consentsStale: () => false,
    ...{ clock, ids, log, holder: 'test' },
    settings: {
      ...{ brand: brand, callsPerSecond: 10, channels: 50, trunkChannels: 100, inboundPercent: 20 },
      ...{ cap: { calls: 3, withinMs: 86_400_000 }, leaseMs: 10_000 },
    },
    dialler: {
      wake: () => undefined,
      hangUpRinging: async () => 0,
      state: () => ({
        ...{ leads: true, isUp: true, emergency: null, callsPerSecond: 10, room: 40, of: new Map() },
        breaker: { last: [], divisor: 1, openUntil: 0 },
      }),
    },
    limits: { maxTransitions: 1000, maxSubflowDepth: 10, maxTextLength: 2000, maxSessionBytes: 65_536 },
    consents: stores.consents,
    numberCalls: stores.numberCalls,
    tokenOf: (number) => TEST_SEAL.token('recipient', number),
    owns: (number) => number === '+902125550010',
    offers: () => ({
      callerIds: ['+902125550010'],
      queues: [{ id: 'sales', label: { tr: 'Satış', en: 'Sales' } }],
      webhooks: ['crm'],
    }),
    hasQueue: (queue) => queue === 'sales',
    hasWebhook: (webhook) => webhook === 'crm',
    brandName: () => 'Santral',
  });
}
