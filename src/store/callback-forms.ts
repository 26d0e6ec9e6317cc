import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Callback } from '../domain/callback.ts';
import type { FormOutcome, FormRequest } from '../domain/callback-form.ts';
import type { CallbackFormStore, FormLimit, FormSending } from '../ports/callback-forms.ts';
import { numberToken } from './callback-entry-rows.ts';
import type { CallbackFormRow } from './callback-schema.ts';
import { writeFinding } from './callback-writes.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

type Db = Transaction<Schema>;

/** What web forms asked for. */
export function createCallbackFormStore(database: Database, seal: SessionSeal): CallbackFormStore {
  return {
    submit: (sending, finding, limits) =>
      database.write('callbacks', async (db) => {
        const sent = db.selectFrom('callback_form_requests').select('id').where('token_hash', '=', sending.tokenHash);
        if ((await sent.executeTakeFirst()) !== undefined) return 'used';
        const token = numberToken(seal, sending.number);
        if ((await countOf(db, sending, limits.form)) >= limits.form.most) return 'form-limit';
        const often = (await countOf(db, sending, limits.number, token)) >= limits.number.most;
        if (!(await writeRequest(db, sending, token))) return 'used';
        if (often) return 'taken';
        const entry = await writeFinding(db, seal, finding);
        const update = db.updateTable('callback_form_requests').set({ entry: entry?.id ?? null, outcome: outcomeOf(entry) });
        await update.where('id', '=', sending.id).execute();
        return 'taken';
      }),

    ofCallback: (entry) =>
      database.run(async (db) => {
        const query = db.selectFrom('callback_form_requests').leftJoin('consent_words', 'consent_words.hash', 'consent_hash');
        const rows = await query.selectAll('callback_form_requests').select('words').where('entry', '=', entry).orderBy('id').execute();
        return rows.map(({ words, ...row }) => fromRow(row, words ?? ''));
      }),

    sweep: (brand, before) =>
      database.write('callbacks', async (db) => {
        const old = db.deleteFrom('callback_form_requests').where('brand', '=', brand).where('at', '<', before);
        const { numDeletedRows } = await old.executeTakeFirst();
        const read = db.selectFrom('callback_form_requests').select('consent_hash');
        if (numDeletedRows > 0n) await db.deleteFrom('consent_words').where('hash', 'not in', read).execute();
        return Number(numDeletedRows);
      }),
  };
}

/** Sendings of the form since a time; with `token` those of one number, whatever the form. */
async function countOf(db: Db, { brand, form }: FormSending, { since }: FormLimit, token?: string): Promise<number> {
  const all = db
    .selectFrom('callback_form_requests')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('brand', '=', brand);
  const some = token === undefined ? all.where('form', '=', form) : all.where('number_token', '=', token);
  return Number((await some.where('at', '>', since).executeTakeFirst())?.count ?? 0);
}

/** False where another engine stored one of this token meanwhile. */
async function writeRequest(db: Db, sending: FormSending, token: string): Promise<boolean> {
  const { id, brand, form, at, tokenHash, origin, language, topic, consentVersion, consentText } = sending;
  const hash = createHash('sha256').update(consentText).digest('hex');
  const row: CallbackFormRow = {
    ...{ id, brand, form, at, origin, language, topic },
    token_hash: tokenHash,
    consent_version: consentVersion,
    consent_hash: hash,
    number_token: token,
    entry: null,
    outcome: 'number-limit' satisfies FormOutcome,
  };
  const insert = db.insertInto('callback_form_requests').values(row);
  const added = await insert.onConflict((conflict) => conflict.column('token_hash').doNothing()).executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) return false;
  const words = db.insertInto('consent_words').values({ hash, words: consentText });
  await words.onConflict((conflict) => conflict.column('hash').doNothing()).execute();
  return true;
}

function outcomeOf(entry: Callback | null): FormOutcome {
  if (entry === null) return 'not-called';
  return entry.version === 1 ? 'added' : 'merged';
}

function fromRow(row: CallbackFormRow, consentText: string): FormRequest {
  const { id, form, at, origin, language, topic, consent_version: consentVersion, outcome } = row;
  return {
    ...{ form, at, origin, topic, consentVersion, consentText },
    id: id as FormRequest['id'],
    language: language as FormRequest['language'],
    outcome: outcome as FormOutcome,
  };
}
