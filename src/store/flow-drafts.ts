import type { Transaction } from 'kysely';
import { SantralError } from '../domain/errors.ts';
import type { Draft, DraftStore } from '../ports/drafts.ts';
import type { Database } from './database.ts';
import type { DraftRow } from './flow-schema.ts';
import type { Schema } from './schema.ts';

/** One draft per flow, guarded by its version. */
export function createDraftStore(database: Database): DraftStore {
  return {
    list: () => database.run(async (db) => (await db.selectFrom('flow_drafts').selectAll().orderBy('flow').execute()).map(fromRow)),

    get: (flow) => database.run((db) => find(db, flow)),

    save: (draft, seen) =>
      database.write('drafts', async (db) => {
        const stored = await find(db, draft.flow);
        if ((stored?.version ?? null) !== seen) return { kind: 'changed', draft: stored };
        const saved: Draft = { ...draft, version: (seen ?? 0) + 1 };
        const { flow, ...values } = toRow(saved);
        const insert = db.insertInto('flow_drafts').values({ flow, ...values });
        await insert.onConflict((conflict) => conflict.column('flow').doUpdateSet(values)).execute();
        return { kind: 'saved', draft: saved };
      }),

    discard: (flow, version) => database.write('drafts', (db) => removeDraft(db, flow, version)),
  };
}

/** Within a release's transaction: the draft becomes a revision, and is gone. Rejects when it is not the one that was checked. */
export async function spendDraft(db: Transaction<Schema>, flow: string, version: number): Promise<void> {
  if (await removeDraft(db, flow, version)) return;
  throw new SantralError('store.conflict', `The draft of ${flow} was changed meanwhile: load it, look at it, and publish again.`);
}

async function removeDraft(db: Transaction<Schema>, flow: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('flow_drafts')
    .where('flow', '=', flow)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

async function find(db: Pick<Transaction<Schema>, 'selectFrom'>, flow: string): Promise<Draft | undefined> {
  const row = await db.selectFrom('flow_drafts').selectAll().where('flow', '=', flow).executeTakeFirst();
  return row && fromRow(row);
}

function toRow({ flow, source, scenarios, version, basedOn, author, updatedAt }: Draft): DraftRow {
  return { flow, source, scenarios, version, based_on: basedOn, author, updated_at: updatedAt };
}

function fromRow({ flow, source, scenarios, version, based_on, author, updated_at }: DraftRow): Draft {
  return { flow, source, scenarios, version, basedOn: based_on, author, updatedAt: updated_at };
}
