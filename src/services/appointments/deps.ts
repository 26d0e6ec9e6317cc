import type { DayOff } from '../../domain/appointments/service.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';

export interface AppointmentSettings {
  /** IANA zone of the dealers' hours. */
  readonly zone: string;
  /** How long a place is reserved while it is being confirmed. */
  readonly holdMs: number;
  /** Of what is written for nobody in particular: calendar feeds. */
  readonly language: Language;
}

export interface AppointmentDeps {
  readonly stores: Pick<Stores, 'appointments' | 'serviceCalendars' | 'customers'>;
  readonly dealers: { all(brand: BrandId): Promise<readonly Dealer[]> };
  /** Days off of a calendar of the newest release; undefined when it has no such calendar. */
  readonly holidays: (calendar: string) => readonly DayOff[] | undefined;
  /** Whether flows/webhooks.yaml names a webhook: of what nobody wants to be told nothing is queued. */
  readonly subscribed: (webhook: string) => boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly random: (bytes: number) => Uint8Array;
  readonly settings: AppointmentSettings;
}
