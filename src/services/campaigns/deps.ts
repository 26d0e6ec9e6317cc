import type { BrandId } from '../../domain/brand.ts';
import type { NumberCap } from '../../domain/campaign.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Release } from '../../flow/release.ts';
import type { CampaignStore } from '../../ports/campaign-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ListStore } from '../../ports/list-store.ts';
import type { Log } from '../../ports/log.ts';
import type { CallStore } from '../../ports/stores.ts';
import type { Calls } from '../calls/calls.ts';

export interface DialSettings {
  readonly brand: BrandId;
  /** Calls per second over all campaigns, and over the trunk. */
  readonly callsPerSecond: number;
  /** Campaigns' calls at the same time, over all of them. */
  readonly channels: number;
  /** Lines of the trunk; and how many of a hundred are kept for who calls in. */
  readonly trunkChannels: number;
  readonly inboundPercent: number;
  readonly cap: NumberCap;
  /** How long a contact is held between being taken and being called. */
  readonly leaseMs: number;
}

export interface DialDeps {
  readonly store: CampaignStore;
  readonly lists: Pick<ListStore, 'get' | 'contact' | 'rows'>;
  readonly calls: Pick<Calls, 'place' | 'live' | 'hangup'>;
  readonly callStore: Pick<CallStore, 'get' | 'journal' | 'legs'>;
  readonly releases: { newest(): Release | null };
  /** Whether there is a line to Asterisk. */
  readonly isUp: () => boolean;
  /** Agents of a queue who could take a call now. */
  readonly freeAgents: (queue: string) => number;
  /** The copy of the registry of consents is too old to advertise by. */
  readonly consentsStale: () => boolean;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Names this engine among those on the database. */
  readonly holder: string;
  readonly settings: DialSettings;
}
