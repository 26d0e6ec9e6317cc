import type { Kysely, Transaction } from 'kysely';
import { type Held, isNewer } from '../domain/consent-registry.ts';
import type { RegistryHeldRow, RegistrySendRow } from './registry-schema.ts';
import type { Schema } from './schema.ts';

export type HeldKey = Pick<RegistrySendRow, 'brand' | 'recipient_token' | 'recipient_type' | 'type'>;

/**
 * The later one stays, whatever is heard first. change: one of many, in no order with those that could not be read: the registry is
 * asked at once how things stand.
 */
export async function putHeld(
  db: Transaction<Schema>,
  key: HeldKey,
  held: Held | null,
  now: number,
  by: 'standing' | 'change' = 'standing',
): Promise<void> {
  const { brand, recipient_token, recipient_type, type } = key;
  const row = await rowOf(db, key);
  const before = row === undefined || isUnknown(row) ? undefined : heldOf(row);
  const later = before != null && (held === null || !isNewer(held, before)) ? before : held;
  const since = by === 'change' ? (row?.unread_at ?? null) : null;
  const changed = {
    ...{ status: later?.status ?? null, consent_date: later?.consentDate ?? 0 },
    ...{ learned_at: since === null ? now : 0, unread_at: since },
  };
  const insert = db.insertInto('registry_held').values({ brand, recipient_token, recipient_type, type, ...changed });
  await insert
    .onConflict((conflict) => conflict.columns(['brand', 'recipient_token', 'recipient_type', 'type']).doUpdateSet(changed))
    .execute();
}

/** It was looked after, and nobody knows what the registry says of it. Gives whether that is new. */
export async function putUnread(db: Transaction<Schema>, key: HeldKey, now: number): Promise<boolean> {
  const { brand, recipient_token, recipient_type, type } = key;
  const since = (await rowOf(db, key))?.unread_at ?? null;
  const changed = { learned_at: now, unread_at: since ?? now };
  const row = { brand, recipient_token, recipient_type, type, status: null, consent_date: 0, ...changed };
  const insert = db.insertInto('registry_held').values(row);
  await insert
    .onConflict((conflict) => conflict.columns(['brand', 'recipient_token', 'recipient_type', 'type']).doUpdateSet(changed))
    .execute();
  return since === null;
}

/** undefined: nobody knows. */
export async function readHeld(db: Kysely<Schema>, key: HeldKey): Promise<Held | null | undefined> {
  const row = await rowOf(db, key);
  return row === undefined || row.unread_at !== null ? undefined : heldOf(row);
}

function rowOf(db: Kysely<Schema>, { brand, recipient_token, recipient_type, type }: HeldKey): Promise<RegistryHeldRow | undefined> {
  const query = db.selectFrom('registry_held').selectAll().where('brand', '=', brand);
  return query
    .where('recipient_token', '=', recipient_token)
    .where('recipient_type', '=', recipient_type)
    .where('type', '=', type)
    .executeTakeFirst();
}

/** Nothing was ever heard of it but that it cannot be read. */
const isUnknown = ({ status, unread_at: since }: RegistryHeldRow): boolean => status === null && since !== null;

function heldOf({ status, consent_date: consentDate }: RegistryHeldRow): Held | null {
  return status === null ? null : { status: status as Held['status'], consentDate };
}
