import type { BrandId } from '../../domain/brand.ts';
import type { Problem } from '../../domain/problem.ts';
import type { SourceText } from '../../domain/yaml-source.ts';
import type { Stores } from '../../ports/stores.ts';
import { allDealers } from '../dealers/all-dealers.ts';
import { readAppointmentsFile } from './appointments-file.ts';

export interface AppointmentImportReport {
  readonly services: number;
  readonly calendars: number;
  readonly customers: number;
  /** With any, nothing was stored. */
  readonly problems: readonly Problem[];
  readonly dryRun: boolean;
}

/** Loads services, calendars and customers; what is there already is replaced by code. A file with a problem stores nothing. */
export async function importAppointments(
  stores: Pick<Stores, 'dealers' | 'serviceCalendars' | 'customers'>,
  { brand, file, now, dryRun }: { readonly brand: BrandId; readonly file: SourceText; readonly now: number; readonly dryRun: boolean },
): Promise<AppointmentImportReport> {
  const [dealers, known] = await Promise.all([allDealers(stores.dealers, brand), stores.serviceCalendars.services(brand)]);
  const read = readAppointmentsFile(file, { brand, dealers, services: known.map(({ code }) => code) });
  const { services, calendars, customers, problems } = read;
  if (problems.length === 0 && !dryRun) {
    await stores.serviceCalendars.put(services, calendars, now);
    await stores.customers.put(customers, now);
  }
  return { services: services.length, calendars: calendars.length, customers: customers.length, problems, dryRun };
}
