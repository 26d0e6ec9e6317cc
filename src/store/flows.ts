import type { Transaction } from 'kysely';
import { SantralError } from '../domain/errors.ts';
import type { DefinitionText, FlowRevision, FlowStore, ReleaseRow } from '../ports/stores.ts';
import { insertAudit } from './audit.ts';
import type { Database } from './database.ts';
import { spendDraft } from './flow-drafts.ts';
import { insertScenarios } from './flow-scenarios.ts';
import type { ReleaseTableRow, RevisionRow } from './flow-schema.ts';
import type { Schema } from './schema.ts';

type Source = Parameters<FlowStore['publish']>[0][number];

/** Revisions of flows, and releases that name one revision of each. */
export function createFlowStore(database: Database): FlowStore {
  return {
    publish: (sources, by, now, texts = [], spent, after, notes = () => []) =>
      database.write('flows', async (db) => {
        const noted = async (release: ReleaseRow): Promise<ReleaseRow> => {
          for (const entry of notes(release.id)) await insertAudit(db, entry);
          return release;
        };
        const row = await latestRow(db);
        if (after !== undefined && (row?.id ?? null) !== after) throw overtaken(row?.id ?? null, after);
        if (spent !== undefined) await spendDraft(db, spent.flow, spent.version);
        const revisions = new Map<string, number>();
        for (const source of [...sources].sort((a, b) => (a.flow < b.flow ? -1 : 1))) {
          if (revisions.has(source.flow)) throw new SantralError('store.conflict', `The flow ${source.flow} is given twice.`);
          const revision = await reviseFlow(db, source, by, now);
          revisions.set(source.flow, revision);
          if (source.scenarios !== undefined) await insertScenarios(db, source.scenarios, { flow: source.flow, revision, by, now });
        }
        const flows = Object.fromEntries(revisions);
        const list = JSON.stringify(texts.map(({ kind, path, hash }) => ({ kind, path, hash })));
        const latest = row && fromReleaseRow(row);
        if (latest !== undefined && row?.texts === list && sameFlows(latest.flows, flows)) return noted(latest);
        await keepTexts(db, texts);
        const release: ReleaseRow = { id: (latest?.id ?? 0) + 1, createdAt: now, createdBy: by, flows };
        await db
          .insertInto('releases')
          .values({ id: release.id, created_at: now, created_by: by, flows: JSON.stringify(flows), texts: list })
          .execute();
        return noted(release);
      }),

    release: (id) =>
      database.run(async (db) => {
        const row = await db.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirst();
        return row && fromReleaseRow(row);
      }),

    textsOf: (release) =>
      database.run(async (db) => {
        const row = await db.selectFrom('releases').select('texts').where('id', '=', release).executeTakeFirst();
        if (row === undefined || row.texts === null) return undefined;
        const list = JSON.parse(row.texts) as Omit<DefinitionText, 'text'>[];
        if (list.length === 0) return [];
        const hashes = [...new Set(list.map(({ hash }) => hash))];
        const kept = await db.selectFrom('definition_texts').selectAll().where('hash', 'in', hashes).execute();
        const texts = new Map(kept.map(({ hash, text }) => [hash, text]));
        return list.map((one) => ({ ...one, text: texts.get(one.hash) ?? '' }));
      }),

    latestRelease: () =>
      database.snapshot(async (db) => {
        const row = await latestRow(db);
        return row && fromReleaseRow(row);
      }),

    revision: (flow, revision) =>
      database.run(async (db) => {
        const query = db.selectFrom('flow_revisions').selectAll().where('flow', '=', flow).where('revision', '=', revision);
        const row = await query.executeTakeFirst();
        return row && { ...fromRevisionRow(row), source: row.source };
      }),

    revisions: (flow) =>
      database.run(async (db) => {
        const query = db
          .selectFrom('flow_revisions')
          .select(['flow', 'revision', 'hash', 'created_at', 'created_by'])
          .where('flow', '=', flow)
          .orderBy('revision', 'desc');
        return (await query.execute()).map(fromRevisionRow);
      }),
  };
}

/** The number of the revision that holds this source: the latest one when it is the same, else a new one. */
async function reviseFlow(db: Transaction<Schema>, { flow, source, hash }: Source, by: string, now: number): Promise<number> {
  const latest = await db
    .selectFrom('flow_revisions')
    .select(['revision', 'hash'])
    .where('flow', '=', flow)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (latest?.hash === hash) return latest.revision;
  const revision = (latest?.revision ?? 0) + 1;
  await db.insertInto('flow_revisions').values({ flow, revision, source, hash, created_at: now, created_by: by }).execute();
  return revision;
}

async function latestRow(db: Transaction<Schema>): Promise<ReleaseTableRow | undefined> {
  return db.selectFrom('releases').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();
}

function overtaken(release: number | null, seen: number | null): SantralError {
  return new SantralError(
    'store.conflict',
    `Release ${release ?? 'none'} is in force by now, not ${seen ?? 'none'}: somebody published meanwhile. Look at it, and publish again.`,
    { details: { release } },
  );
}

/** Texts that are there already stay as they are: their hash is their content. */
async function keepTexts(db: Transaction<Schema>, texts: readonly DefinitionText[]): Promise<void> {
  for (const { hash, text } of texts)
    await db
      .insertInto('definition_texts')
      .values({ hash, text })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
}

function sameFlows(a: ReleaseRow['flows'], b: ReleaseRow['flows']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

function fromReleaseRow(row: ReleaseTableRow): ReleaseRow {
  return { id: row.id, createdAt: row.created_at, createdBy: row.created_by, flows: JSON.parse(row.flows) as ReleaseRow['flows'] };
}

function fromRevisionRow(row: Omit<RevisionRow, 'source'>): Omit<FlowRevision, 'source'> {
  return { flow: row.flow, revision: row.revision, hash: row.hash, createdAt: row.created_at, createdBy: row.created_by };
}
