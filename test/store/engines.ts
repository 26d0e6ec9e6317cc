import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import DatabaseConnection from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import type { Log } from '../../src/ports/log.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { createDatabase, queryPostgres } from '../kit/postgres.ts';
import { TEST_SEAL } from '../kit/seal.ts';

/** A log that keeps its lines. */
export function listeningLog(): Log & { readonly lines: { readonly level: string; readonly message: string; readonly fields: object }[] } {
  const lines: { level: string; message: string; fields: object }[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log, lines };
  return log;
}

/** An empty database on one of the engines. */
export interface Place {
  readonly engine: 'sqlite' | 'postgresql';
  /** For another process: a file, or a URL. */
  readonly address: { readonly file?: string; readonly url?: string };
  open(log?: Log): Promise<Stores>;
  /** One statement past the stores, by another connection. */
  query(statement: string): Promise<readonly Record<string, unknown>[]>;
  remove(): Promise<void>;
}

export const ENGINES: readonly { readonly name: string; readonly place: () => Promise<Place> }[] = [
  { name: 'SQLite', place: sqlitePlace },
  { name: 'PostgreSQL', place: postgresPlace },
];

const TABLES = [
  'lists',
  'list_blocks',
  'contacts',
  'contact_tokens',
  'import_problems',
  'agents',
  'agent_phones',
  'agent_states',
  'acd_events',
  'queue_waits',
  'last_talks',
  'talk_notes',
  'survey_comments',
  'survey_answers',
  'survey_responses',
  'survey_invitations',
  'calls',
  'call_keys',
  'flow_revisions',
  'releases',
  'definition_texts',
  'flow_drafts',
  'flow_counts',
  'numbers',
  'dealers',
  'users',
  'switches',
  'switch_pins',
  'audit',
  'recordings',
  'callback_requests',
  'callback_entries',
  'callback_attempts',
  'callback_findings',
  'callback_history',
  'callback_form_requests',
  'consent_words',
  'messages',
  'services',
  'service_calendars',
  'appointments',
  'appointment_feeds',
  'customers',
  'consents',
  'consent_history',
  'do_not_contact',
  'registry_sends',
  'registry_held',
  'registry_pulls',
  'registry_links',
  'imports',
  'match_settings',
  'match_customers',
  'match_keys',
  'segment_members',
  'campaigns',
  'campaign_lists',
  'campaign_contacts',
  'attempts',
  'attempt_choices',
  'number_calls',
  'campaign_leavers',
  'emergency_stops',
  'dialler_leaders',
];

/** Stores for all tests of a `describe`, emptied after each. */
export function storesFor(newPlace: () => Promise<Place>): { readonly place: Place; readonly stores: Stores } {
  let opened: { place: Place; stores: Stores } | undefined;
  const now = () => {
    if (opened === undefined) throw new Error('The stores are open within tests only.');
    return opened;
  };
  beforeAll(async () => {
    const place = await newPlace();
    opened = { place, stores: await place.open() };
  });
  afterEach(async () => {
    for (const table of TABLES) await now().place.query(`delete from ${table}`);
  });
  afterAll(async () => {
    await now().stores.close();
    await now().place.remove();
  });
  return {
    get place() {
      return now().place;
    },
    get stores() {
      return now().stores;
    },
  };
}

async function sqlitePlace(): Promise<Place> {
  const directory = temporaryDirectory();
  const sqliteFile = path.join(directory, 'santral.db');
  return {
    engine: 'sqlite',
    address: { file: sqliteFile },
    open: (log = listeningLog()) => openStores({ sqliteFile, log, seal: TEST_SEAL }),
    query: async (statement) => {
      const db = new DatabaseConnection(sqliteFile);
      try {
        const prepared = db.prepare<[], Record<string, unknown>>(statement);
        if (prepared.reader) return prepared.all();
        prepared.run();
        return [];
      } finally {
        db.close();
      }
    },
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function postgresPlace(): Promise<Place> {
  const url = await createDatabase(inject('postgresUrl'), `t_${randomBytes(6).toString('hex')}`);
  return {
    engine: 'postgresql',
    address: { url },
    open: (log = listeningLog()) => openStores({ databaseUrl: url, sqliteFile: '/nowhere', log, seal: TEST_SEAL }),
    query: (statement) => queryPostgres(url, statement),
    remove: async () => {
      await queryPostgres(inject('postgresUrl'), `drop database "${new URL(url).pathname.slice(1)}" with (force)`);
    },
  };
}

export function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'santral-store-'));
}
