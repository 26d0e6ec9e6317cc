import type { BrandId } from '../../domain/brand.ts';
import type { WorkingDays } from '../../domain/consent-registry.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConsentRegistry } from '../../ports/consent-registry.ts';
import type { Log } from '../../ports/log.ts';
import type { RegistryStore } from '../../ports/registry-store.ts';

export interface RegistrySettings {
  /** A copy that is older is not advertised by. */
  readonly staleMs: number;
  /** Working days within which the registry must hear of a consent; and after which it is high time. */
  readonly sendDays: number;
  readonly alarmDays: number;
  /** Consents that a run asks for again, at most, where changes were missed. */
  readonly gapChecks: number;
  /** How long it is kept what was told, and what the registry said. */
  readonly keepMs: number;
}

export interface RegistryDeps {
  readonly store: RegistryStore;
  /** Brands that have an account at the registry. */
  readonly links: ReadonlyMap<BrandId, ConsentRegistry>;
  /** What days are working days. */
  readonly days: () => WorkingDays;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: () => number;
  readonly log: Log;
  /** Names this engine among those on the database. */
  readonly holder: string;
  readonly settings: RegistrySettings;
}

/** One brand's account, and when it is to be left alone. */
export interface Link {
  readonly brand: BrandId;
  readonly registry: ConsentRegistry;
  restUntil: number;
  failures: number;
}
