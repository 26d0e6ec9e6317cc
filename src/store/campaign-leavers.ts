import type { Transaction } from 'kysely';
import type { BrandId } from '../domain/brand.ts';
import type { Leave, Leaving } from '../domain/contact.ts';
import { parsePhoneNumber } from '../domain/phone-number.ts';
import type { CampaignStore } from '../ports/campaign-store.ts';
import { tokenFor } from './consent-rows.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** Stands for every campaign of the brand. */
const EVERY = '';
/** Rows of one statement: keeps the number of bound values below both engines' limits. */
const ROWS_AT_ONCE = 500;

/** People who are taken out of a campaign while it runs. */
export function leaverWrites(database: Database): Pick<CampaignStore, 'exclude' | 'forgetLeavers'> {
  return {
    exclude: (brand, campaign, numbers, { at, by }) =>
      database.write('campaigns', async (db) => {
        let added = 0;
        const rows = numbers.map((number_token) => ({ brand, number_token, campaign, reason: 'excluded', at, recorded_by: by }));
        for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
          const insert = db.insertInto('campaign_leavers').values(rows.slice(from, from + ROWS_AT_ONCE));
          const key = ['brand', 'number_token', 'campaign', 'reason'] as const;
          const made = await insert.onConflict((conflict) => conflict.columns(key).doNothing()).executeTakeFirst();
          added += Number(made.numInsertedOrUpdatedRows ?? 0n);
        }
        return added;
      }),

    forgetLeavers: (before) =>
      database.write('campaigns', async (db) => {
        const old = db.deleteFrom('campaign_leavers').where('campaign', '=', EVERY).where('at', '<', before);
        return Number((await old.executeTakeFirst()).numDeletedRows);
      }),
  };
}

/** Why this number may leave the campaign, as it stands in this transaction. */
export async function leavingsOf(db: Transaction<Schema>, brand: BrandId, campaign: string, token: string): Promise<readonly Leaving[]> {
  const own = db.selectFrom('campaign_leavers').select(['reason', 'at']).where('brand', '=', brand).where('number_token', '=', token);
  const rows = await own.where('campaign', 'in', [EVERY, campaign]).execute();
  return rows.map(({ reason, at }) => ({ reason: reason as Leave, at }));
}

/** Written with the fact itself: who was served, or has confirmed, is not called a moment later. A number that is none leaves nothing. */
export async function noteLeaver(
  db: Transaction<Schema>,
  seal: SessionSeal,
  {
    brand,
    number,
    reason,
    at,
  }: { readonly brand: string; readonly number: string; readonly reason: Exclude<Leave, 'excluded'>; readonly at: number },
): Promise<void> {
  const parsed = parsePhoneNumber(number);
  if (parsed.kind !== 'ok') return;
  const key = { brand, number_token: tokenFor(seal, parsed.e164), campaign: EVERY, reason };
  const insert = db.insertInto('campaign_leavers').values({ ...key, at, recorded_by: 'engine' });
  await insert.onConflict((conflict) => conflict.columns(['brand', 'number_token', 'campaign', 'reason']).doUpdateSet({ at })).execute();
}
