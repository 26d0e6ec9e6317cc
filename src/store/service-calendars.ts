import type { Transaction } from 'kysely';
import type { Service, ServiceCalendar } from '../domain/appointments/service.ts';
import type { BrandId } from '../domain/brand.ts';
import type { ServiceCalendarStore } from '../ports/appointments.ts';
import type { ServiceCalendarRow, ServiceRow } from './appointment-schema.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/** Services, the calendars by which dealers do them, and the feeds in which dealers read what was booked. */
export function createServiceCalendarStore(database: Database): ServiceCalendarStore {
  return {
    services: (brand) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('services').selectAll().where('brand', '=', brand).orderBy('code').execute();
        return rows.map(fromServiceRow);
      }),

    calendars: (brand, { dealer, service } = {}) =>
      database.run(async (db) => {
        let query = db.selectFrom('service_calendars').selectAll().where('brand', '=', brand);
        if (dealer !== undefined) query = query.where('dealer', '=', dealer);
        if (service !== undefined) query = query.where('service', '=', service);
        return (await query.orderBy('dealer').orderBy('service').execute()).map(fromCalendarRow);
      }),

    put: (services, calendars, now) =>
      database.write('appointments', async (db) => {
        for (const service of services) await putService(db, service, now);
        for (const calendar of calendars) await putCalendar(db, calendar, now);
      }),

    removeService: (brand, code) =>
      database.write('appointments', async (db) => {
        await db.deleteFrom('service_calendars').where('brand', '=', brand).where('service', '=', code).execute();
        const removed = await db.deleteFrom('services').where('brand', '=', brand).where('code', '=', code).executeTakeFirst();
        return removed.numDeletedRows > 0n;
      }),

    removeCalendar: (brand, dealer, service) =>
      database.run(async (db) => {
        const remove = db.deleteFrom('service_calendars').where('brand', '=', brand).where('dealer', '=', dealer);
        return (await remove.where('service', '=', service).executeTakeFirst()).numDeletedRows > 0n;
      }),

    ...feeds(database),
  };
}

function feeds(database: Database): Pick<ServiceCalendarStore, 'putFeed' | 'removeFeed' | 'feedOf'> {
  return {
    putFeed: ({ brand, dealer, hash, now }) =>
      database.run(async (db) => {
        const changed = { hash, created_at: now };
        const insert = db.insertInto('appointment_feeds').values({ brand, dealer, ...changed });
        await insert.onConflict((conflict) => conflict.columns(['brand', 'dealer']).doUpdateSet(changed)).execute();
      }),

    removeFeed: (brand, dealer) =>
      database.run(async (db) => {
        const remove = db.deleteFrom('appointment_feeds').where('brand', '=', brand).where('dealer', '=', dealer);
        return (await remove.executeTakeFirst()).numDeletedRows > 0n;
      }),

    feedOf: (hash) =>
      database.run(async (db) => {
        const row = await db.selectFrom('appointment_feeds').selectAll().where('hash', '=', hash).executeTakeFirst();
        return row && { brand: row.brand as BrandId, dealer: row.dealer };
      }),
  };
}

async function putService(db: Transaction<Schema>, { brand, code, label }: Service, now: number): Promise<void> {
  const changed = { label: label.tr, label_en: label.en, updated_at: now };
  const insert = db.insertInto('services').values({ brand, code, ...changed });
  await insert.onConflict((conflict) => conflict.columns(['brand', 'code']).doUpdateSet(changed)).execute();
}

async function putCalendar(db: Transaction<Schema>, calendar: ServiceCalendar, now: number): Promise<void> {
  const row = toCalendarRow(calendar, now);
  const { brand: _brand, dealer: _dealer, service: _service, ...changed } = row;
  const insert = db.insertInto('service_calendars').values(row);
  await insert.onConflict((conflict) => conflict.columns(['brand', 'dealer', 'service']).doUpdateSet(changed)).execute();
}

function fromServiceRow({ brand, code, label, label_en }: ServiceRow): Service {
  return { brand: brand as BrandId, code, label: { tr: label, en: label_en } };
}

function toCalendarRow(calendar: ServiceCalendar, now: number): ServiceCalendarRow {
  return {
    brand: calendar.brand,
    dealer: calendar.dealer,
    service: calendar.service,
    hours: JSON.stringify(calendar.hours),
    slot_minutes: calendar.slotMinutes,
    capacity: calendar.capacity,
    lead_minutes: calendar.leadMinutes,
    horizon_days: calendar.horizonDays,
    holidays: calendar.holidays,
    closures: JSON.stringify(calendar.closures),
    updated_at: now,
  };
}

function fromCalendarRow(row: ServiceCalendarRow): ServiceCalendar {
  return {
    brand: row.brand as BrandId,
    dealer: row.dealer,
    service: row.service,
    hours: JSON.parse(row.hours) as ServiceCalendar['hours'],
    slotMinutes: row.slot_minutes,
    capacity: row.capacity,
    leadMinutes: row.lead_minutes,
    horizonDays: row.horizon_days,
    holidays: row.holidays,
    closures: JSON.parse(row.closures) as ServiceCalendar['closures'],
  };
}
