import { readFileSync } from 'node:fs';
import type { Appointment, Customer } from '../../src/domain/appointments/appointment.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { parseCalendars } from '../../src/domain/calendar-file.ts';
import { type IdKind, type IdSource, makeId } from '../../src/domain/ids.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { type Appointments, createAppointments } from '../../src/services/appointments/appointments.ts';
import { importAppointments } from '../../src/services/appointments/import-appointments.ts';
import { createDealers } from '../../src/services/dealers/dealers.ts';
import { silentLog } from './asterisk.ts';
import { openTemporaryStores } from './temporary-stores.ts';

const BRAND = 'santral' as BrandId;
const DEMO = 'flows/demo/appointments.yaml';

/** Appointments on a real store, with the demonstration's dealers, services, calendars and customers. */
export interface Office {
  readonly appointments: Appointments;
  readonly stores: Stores;
  /** What it is now; tests set it. */
  readonly clock: { time: number; now(): number };
  /** Everything that was booked, whatever became of it. */
  all(): Promise<readonly Appointment[]>;
  addCustomer(customer: Customer): Promise<void>;
  close(): Promise<void>;
}

export interface OfficeOptions {
  /** Istanbul's clock: `2026-11-23T10:00`. A Monday morning when not said. */
  readonly at?: string;
  readonly holdMs?: number;
  /** The webhooks there are; `appointments` when not said. */
  readonly webhooks?: readonly string[];
  /** A database of somebody else's; it is not closed. */
  readonly stores?: Stores;
  /** Where its ids begin: engines that share a database must not make the same ones. */
  readonly idsFrom?: number;
}

export async function openOffice({
  at = '2026-11-23T10:00',
  holdMs = 180_000,
  webhooks = ['appointments'],
  stores: given,
  idsFrom = 0,
}: OfficeOptions = {}): Promise<Office> {
  const stores = given ?? (await openTemporaryStores());
  const clock = { time: Date.parse(`${at}:00+03:00`), now: () => clock.time };
  const dealers = createDealers({ stores, clock, log: silentLog });
  await dealers.importCsv(BRAND, readFileSync('flows/demo/dealers.csv'), { dryRun: false });
  const file = { path: DEMO, text: readFileSync(DEMO, 'utf8') };
  const { problems } = await importAppointments(stores, { brand: BRAND, file, now: clock.time, dryRun: false });
  if (problems.length > 0) throw new Error(problems.map(({ line, message }) => `${DEMO}:${line} ${message}`).join('\n'));
  const appointments = createAppointments({
    stores,
    dealers,
    holidays: (id) => calendars.get(id)?.holidays,
    subscribed: (webhook) => webhooks.includes(webhook),
    clock,
    ids: countingIds(clock, idsFrom),
    random: countingBytes(idsFrom),
    settings: { zone: 'Europe/Istanbul', holdMs, language: 'tr' },
  });
  return {
    appointments,
    stores,
    clock,
    all: () => stores.appointments.list({ brand: BRAND, limit: 1000 }),
    addCustomer: (customer) => stores.customers.put([customer], clock.time),
    close: () => (given === undefined ? stores.close() : Promise.resolve()),
  };
}

const { calendars } = parseCalendars(
  ['flows/calendars/holidays-tr.yaml', 'flows/calendars/office.yaml'].map((path) => ({ path, text: readFileSync(path, 'utf8') })),
);

function countingIds(clock: { now(): number }, from: number): IdSource {
  let count = from;
  return {
    next<K extends IdKind>(kind: K) {
      count += 1;
      return makeId(kind, clock.now() + count, []);
    },
  };
}

/** Not random at all: the codes of a test are the same each time, 8 drawn for each hold. */
function countingBytes(from: number): (bytes: number) => Uint8Array {
  let count = from;
  return (bytes) => {
    count += 1;
    const draw = (count * 7919) % 900_000;
    return Uint8Array.from({ length: bytes }, (_, i) => (draw >>> (8 * (bytes - 1 - i))) & 255);
  };
}
