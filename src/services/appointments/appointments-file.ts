import { z } from 'zod';
import type { Customer } from '../../domain/appointments/appointment.ts';
import { textableNumber } from '../../domain/appointments/caller.ts';
import { parsePlate } from '../../domain/appointments/plate.ts';
import { isServiceCode, type Service, type ServiceCalendar } from '../../domain/appointments/service.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import { isDate } from '../../domain/holiday-table.ts';
import type { Problem } from '../../domain/problem.ts';
import { parseMinutes, parseWeeklyHours } from '../../domain/weekly-hours.ts';
import { fitShape, readYaml, type SourceText, type YamlSource } from '../../domain/yaml-source.ts';
import { CALENDAR_LIMITS } from './limits.ts';

const ROOM = 'appointments';
const within = ([least, most]: readonly [number, number]) => z.int().min(least).max(most);
const code = z.string().min(1).max(40);
const serviceCode = z.string().refine(isServiceCode, 'must be lower-case letters, digits and dashes');

const closure = z.strictObject({
  date: z.string().refine(isDate, 'must be a day such as 2026-12-31'),
  from: z
    .string()
    .refine((text) => parseMinutes(text) !== undefined, 'must be a time such as 13:00')
    .optional(),
});
const calendar = z.strictObject({
  /** Codes, or all of the brand's. */
  dealers: z.union([z.literal('all'), z.array(code).min(1)]),
  services: z.array(serviceCode).min(1),
  /** Absent: the dealer's own. */
  hours: z.string().optional(),
  slot: within(CALENDAR_LIMITS.slotMinutes),
  capacity: within(CALENDAR_LIMITS.capacity),
  lead: within(CALENDAR_LIMITS.leadMinutes).default(60),
  horizon: within(CALENDAR_LIMITS.horizonDays).default(30),
  holidays: z.string().nullable().default(null),
  closures: z.array(closure).default([]),
});
const customer = z.strictObject({
  code: z.string().regex(/^[0-9]{4,12}$/, 'must be 4 to 12 digits'),
  name: z.string().max(100).default(''),
  phone: z
    .string()
    .refine((text) => textableNumber(text) !== null, 'must be a mobile number')
    .optional(),
  plate: z
    .string()
    .refine((text) => parsePlate(text) !== undefined, 'must be a number plate such as 34 ABC 123')
    .optional(),
  dealer: code.optional(),
});
const fileShape = z.strictObject({
  services: z.record(serviceCode, z.strictObject({ tr: z.string().min(1).max(100), en: z.string().min(1).max(100) })).default({}),
  calendars: z.array(calendar).default([]),
  customers: z.array(customer).default([]),
});

export interface AppointmentsFile {
  readonly services: readonly Service[];
  readonly calendars: readonly ServiceCalendar[];
  readonly customers: readonly Customer[];
  readonly problems: readonly Problem[];
}

export interface FileContext {
  readonly brand: BrandId;
  readonly dealers: readonly Dealer[];
  /** Codes of services that are there already. */
  readonly services: readonly string[];
}

/** Services, calendars and customers of a YAML file. With a problem nothing of the file is to be used. */
export function readAppointmentsFile(file: SourceText, context: FileContext): AppointmentsFile {
  const source = readYaml(file, ROOM);
  const problems: Problem[] = [];
  const shape = fitShape(source, fileShape, ROOM, problems);
  if (shape === undefined) return { services: [], calendars: [], customers: [], problems };
  const { brand } = context;
  const services = Object.entries(shape.services).map(([name, label]): Service => ({ brand, code: name, label }));
  const known = new Set([...context.services, ...services.map((service) => service.code)]);
  const reading: Reading = { ...context, source, problems, known };
  return {
    services,
    calendars: shape.calendars.flatMap((written, index) => readCalendar(written, index, reading)),
    customers: shape.customers.map((written, index) => readCustomer(written, index, reading)),
    problems,
  };
}

interface Reading extends FileContext {
  readonly source: YamlSource;
  readonly problems: Problem[];
  /** Services of the file and of the database. */
  readonly known: ReadonlySet<string>;
}

function readCalendar(written: z.infer<typeof calendar>, index: number, reading: Reading): ServiceCalendar[] {
  const at = ['calendars', index];
  const own = written.hours === undefined ? null : parseWeeklyHours(written.hours);
  if (own?.kind === 'bad') {
    for (const message of own.problems) tell(reading, [...at, 'hours'], 'bad-hours', message, 'Write mon-fri 09:00-18:00; sat 10:00-14:00');
    return [];
  }
  for (const [i, service] of written.services.entries())
    if (!reading.known.has(service)) {
      const remedy = `Known: ${[...reading.known].join(', ') || 'none'}.`;
      tell(reading, [...at, 'services', i], 'unknown-service', `There is no service "${service}".`, remedy);
    }
  const dealers =
    written.dealers === 'all' ? reading.dealers : written.dealers.flatMap((name, i) => dealerOf(name, [...at, 'dealers', i], reading));
  const { slot, capacity, lead, horizon, holidays } = written;
  const closures = written.closures.map(({ date, from }) => ({ date, from: from === undefined ? 0 : (parseMinutes(from) ?? 0) }));
  const rest = { slotMinutes: slot, capacity, leadMinutes: lead, horizonDays: horizon, holidays, closures };
  return dealers.flatMap((dealer) =>
    written.services.map((service) => {
      const hours = own === null ? dealer.hours : own.hours;
      return { brand: reading.brand, dealer: dealer.code, service, hours, ...rest };
    }),
  );
}

function readCustomer(written: z.infer<typeof customer>, index: number, reading: Reading): Customer {
  const { code: number, name, phone, plate, dealer } = written;
  if (dealer !== undefined) dealerOf(dealer, ['customers', index, 'dealer'], reading);
  return {
    brand: reading.brand,
    code: number,
    name,
    phone: phone === undefined ? null : textableNumber(phone),
    plate: plate === undefined ? null : (parsePlate(plate) ?? null),
    lastDealer: dealer ?? null,
  };
}

function dealerOf(name: string, at: readonly PropertyKey[], reading: Reading): Dealer[] {
  const found = reading.dealers.find((dealer) => dealer.code === name);
  if (found === undefined)
    tell(reading, at, 'unknown-dealer', `There is no dealer "${name}".`, 'Load the dealers first: santral dealers import.');
  return found === undefined ? [] : [found];
}

function tell({ source, problems }: Reading, at: readonly PropertyKey[], fault: string, message: string, remedy: string): void {
  problems.push(source.problem(at, `${ROOM}.${fault}`, message, remedy));
}
