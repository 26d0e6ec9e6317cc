import type { Kysely, Transaction } from 'kysely';
import { type Held, isNewer } from '../domain/consent-registry.ts';
import type { RegistrySendRow } from './registry-schema.ts';
import type { Schema } from './schema.ts';

export type HeldKey = Pick<RegistrySendRow, 'brand' | 'recipient_token' | 'recipient_type' | 'type'>;

/** The later one stays, whatever is heard first. */
export async function putHeld(db: Transaction<Schema>, key: HeldKey, held: Held | null, now: number): Promise<void> {
  const { brand, recipient_token, recipient_type, type } = key;
  const before = await readHeld(db, key);
  const later = before != null && (held === null || !isNewer(held, before)) ? before : held;
  const changed = { status: later?.status ?? null, consent_date: later?.consentDate ?? 0, learned_at: now };
  const insert = db.insertInto('registry_held').values({ brand, recipient_token, recipient_type, type, ...changed });
  await insert
    .onConflict((conflict) => conflict.columns(['brand', 'recipient_token', 'recipient_type', 'type']).doUpdateSet(changed))
    .execute();
}

export async function readHeld(
  db: Kysely<Schema>,
  { brand, recipient_token, recipient_type, type }: HeldKey,
): Promise<Held | null | undefined> {
  const query = db.selectFrom('registry_held').select(['status', 'consent_date']).where('brand', '=', brand);
  const key = query.where('recipient_token', '=', recipient_token).where('recipient_type', '=', recipient_type).where('type', '=', type);
  const row = await key.executeTakeFirst();
  if (row === undefined) return undefined;
  return row.status === null ? null : { status: row.status as Held['status'], consentDate: row.consent_date };
}
