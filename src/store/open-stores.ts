import type { Log } from '../ports/log.ts';
import type { Stores } from '../ports/stores.ts';
import { createAcdLog } from './acd-log.ts';
import { createAgentStore } from './agents.ts';
import { createAppointmentStore } from './appointments.ts';
import { createAuditStore } from './audit.ts';
import { createCallKeyStore } from './call-keys.ts';
import { createCallRecordingStore } from './call-recordings.ts';
import { createCallbackFormStore } from './callback-forms.ts';
import { createCallbackRequestStore } from './callback-requests.ts';
import { createCallbackStore } from './callbacks.ts';
import { createCallStore } from './calls.ts';
import { createCampaignStore } from './campaigns.ts';
import { createConsentStore } from './consents.ts';
import { createContactListStore } from './contact-lists.ts';
import { createCustomerStore } from './customers.ts';
import type { Database } from './database.ts';
import { POSTGRESQL_DDL, SQLITE_DDL } from './ddl.ts';
import { createDealerStore } from './dealers.ts';
import { createDirectoryStore } from './directory.ts';
import { createFloorStore } from './floor.ts';
import { createFlowCountStore } from './flow-counts.ts';
import { createDraftStore } from './flow-drafts.ts';
import { createScenarioTextStore } from './flow-scenarios.ts';
import { createFlowStore } from './flows.ts';
import { createMatchStore } from './matching.ts';
import { createOutboxStore } from './messages.ts';
import { migrate } from './migrate.ts';
import { createMissedCallStore } from './missed-calls.ts';
import { createNumberCallStore } from './number-calls.ts';
import { createNumberStore } from './numbers.ts';
import { createPostgresqlDatabase, MIGRATE } from './postgresql/postgresql-database.ts';
import { createRecordingStore } from './recordings.ts';
import { createRegistryStore } from './registry.ts';
import { createServiceCalendarStore } from './service-calendars.ts';
import type { SessionSeal } from './session-seal.ts';
import { createSqliteDatabase } from './sqlite/sqlite-database.ts';
import { createSurveyStore } from './surveys.ts';
import { createSwitchStore } from './switches.ts';
import { createTalkNoteStore } from './talk-notes.ts';
import { createUserStore } from './users.ts';

export interface StoreOptions {
  readonly databaseUrl?: string | undefined;
  readonly sqliteFile: string;
  readonly log: Log;
  /** How sessions are kept from being read; the same for every process that goes on with their calls. */
  readonly seal: SessionSeal;
  /** On which this engine's calls are, when engines with others may share the database. */
  readonly asterisk?: string;
}

/**
 * Opens the database and brings its schema up to date: PostgreSQL when there is a URL, else the SQLite file.
 * Rejects with a `store.*` error, or with `config.invalid` when the URL cannot be read.
 */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const { databaseUrl, sqliteFile, log, seal, asterisk } = options;
  const database = databaseUrl === undefined ? await openSqlite(sqliteFile, log) : await openPostgresql(databaseUrl, log);
  const stores = storesOn(database, seal, asterisk);
  try {
    // Reading alone would go well on a read-only file: say now that nothing can be stored, not at the first call.
    await stores.ping();
    return stores;
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function openSqlite(file: string, log: Log): Promise<Database> {
  const database = createSqliteDatabase(file, log);
  try {
    await migrate(database, { ddl: SQLITE_DDL, place: file, log, now: Date.now });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openPostgresql(url: string, log: Log): Promise<Database> {
  const migrating = createPostgresqlDatabase(url, log, MIGRATE);
  try {
    await migrate(migrating, { ddl: POSTGRESQL_DDL, place: migrating.place, log, now: Date.now });
  } finally {
    await migrating.close();
  }
  return createPostgresqlDatabase(url, log);
}

/** The stores on a database whose schema is up to date. */
export function storesOn(database: Database, seal: SessionSeal, asterisk?: string): Stores {
  const { pending, ...calls } = createCallStore(database, seal, asterisk);
  return {
    engine: database.engine,
    calls,
    callKeys: createCallKeyStore(database, seal),
    flows: createFlowStore(database),
    drafts: createDraftStore(database),
    scenarioTexts: createScenarioTextStore(database),
    flowCounts: createFlowCountStore(database),
    numbers: createNumberStore(database),
    dealers: createDealerStore(database),
    users: createUserStore(database),
    appointments: createAppointmentStore(database, seal),
    serviceCalendars: createServiceCalendarStore(database),
    customers: createCustomerStore(database, seal),
    switches: createSwitchStore(database),
    audit: createAuditStore(database),
    agents: createAgentStore(database, seal),
    floor: createFloorStore(database, seal, asterisk),
    acdLog: createAcdLog(database),
    talkNotes: createTalkNoteStore(database, seal),
    consents: createConsentStore(database, seal),
    consentRegistry: createRegistryStore(database, seal),
    recordings: createRecordingStore(database),
    callRecordings: createCallRecordingStore(database),
    callbackRequests: createCallbackRequestStore(database, seal),
    missedCalls: createMissedCallStore(database, seal),
    directory: createDirectoryStore(database, seal),
    callbacks: createCallbackStore(database, seal),
    callbackForms: createCallbackFormStore(database, seal),
    outbox: createOutboxStore(database, seal),
    surveys: createSurveyStore(database, seal),
    matching: createMatchStore(database, seal),
    lists: createContactListStore(database, seal),
    campaigns: createCampaignStore(database, seal),
    numberCalls: createNumberCallStore(database),
    ping: () =>
      database.run(async (db) => {
        const at = Date.now();
        const insert = db.insertInto('heartbeat').values({ id: 1, at });
        await insert.onConflict((conflict) => conflict.column('id').doUpdateSet({ at })).execute();
      }),
    close: async () => {
      await pending();
      await database.close();
    },
  };
}
