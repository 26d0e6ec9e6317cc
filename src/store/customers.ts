import type { Customer } from '../domain/appointments/appointment.ts';
import { platesDigits } from '../domain/appointments/plate.ts';
import type { BrandId } from '../domain/brand.ts';
import type { CustomerStore } from '../ports/appointments.ts';
import type { CustomerRow } from './appointment-schema.ts';
import type { Database } from './database.ts';
import type { SessionSeal } from './session-seal.ts';

type Sealed = Pick<Customer, 'name' | 'phone' | 'plate'>;

/** Customers of the brand's dealers. Name, number and plate lie sealed, beside tokens to find them by. */
export function createCustomerStore(database: Database, seal: SessionSeal): CustomerStore {
  const read = (row: CustomerRow | undefined) => row && fromCustomerRow(row, seal);
  return {
    put: (customers, now) =>
      database.write('appointments', async (db) => {
        for (const customer of customers) {
          const row = toCustomerRow(customer, seal, now);
          const { brand: _brand, code: _code, ...changed } = row;
          const insert = db.insertInto('customers').values(row);
          await insert.onConflict((conflict) => conflict.columns(['brand', 'code']).doUpdateSet(changed)).execute();
        }
      }),

    byCode: (brand, code) =>
      database.run(async (db) => {
        const query = db.selectFrom('customers').selectAll().where('brand', '=', brand);
        return read(await query.where('code', '=', code).executeTakeFirst());
      }),

    byPhone: (brand, phone) =>
      database.run(async (db) => {
        const query = db.selectFrom('customers').selectAll().where('brand', '=', brand);
        return read(await query.where('phone_token', '=', phoneToken(seal, phone)).orderBy('code').executeTakeFirst());
      }),

    byPlateDigits: (brand, digits) =>
      database.run(async (db) => {
        const query = db.selectFrom('customers').selectAll().where('brand', '=', brand);
        const rows = await query.where('plate_token', '=', plateToken(seal, digits)).orderBy('code').execute();
        return rows.map(read).filter((one) => one !== undefined);
      }),

    count: (brand) =>
      database.run(async (db) => {
        const query = db.selectFrom('customers').select((eb) => eb.fn.countAll<number>().as('n'));
        return (await query.where('brand', '=', brand).executeTakeFirstOrThrow()).n;
      }),
  };
}

const phoneToken = (seal: SessionSeal, phone: string) => seal.token('customer phone', phone);
const plateToken = (seal: SessionSeal, digits: string) => seal.token('customer plate', digits);

function toCustomerRow({ brand, code, name, phone, plate, lastDealer }: Customer, seal: SessionSeal, now: number): CustomerRow {
  const sealed: Sealed = { name, phone, plate };
  return {
    brand,
    code,
    person: seal.seal(JSON.stringify(sealed)),
    phone_token: phone === null ? null : phoneToken(seal, phone),
    plate_token: plate === null ? null : plateToken(seal, platesDigits(plate)),
    last_dealer: lastDealer,
    updated_at: now,
  };
}

/** What was sealed with another key is as if it had never been known. */
function fromCustomerRow(row: CustomerRow, seal: SessionSeal): Customer | undefined {
  const text = seal.open(row.person);
  if (text === undefined) return undefined;
  return { brand: row.brand as BrandId, code: row.code, ...(JSON.parse(text) as Sealed), lastDealer: row.last_dealer };
}
