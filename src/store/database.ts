import type { Kysely, Transaction } from 'kysely';
import type { CallRows } from './call-rows.ts';
import type { Schema } from './schema.ts';

/**
 * What the aggregates stand on: one of two engines. Every method rejects with a SantralError of the `store.*` codes
 * (or `internal` for a fault of our own), and works again by itself when the database is back.
 */
export interface Database {
  readonly engine: 'sqlite' | 'postgresql';
  /** Runs statements that need no transaction. May be run again from the start when the database was busy. */
  run<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  /**
   * One write transaction, all or nothing. `lock` names what must not be written by two at once: transactions of the
   * same name follow each other. May be run again from the start when the database was busy.
   */
  write<T>(lock: LockName, work: (db: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** One read transaction that sees one state of the database. */
  snapshot<T>(work: (db: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** The hot path: all rows of a batch of call changes in one transaction and as few steps as the engine allows. */
  writeCalls(rows: CallRows): Promise<void>;
  close(): Promise<void>;
}

/** Numbers of the PostgreSQL advisory locks; SQLite knows one writer at a time anyway. */
export const LOCKS = {
  migrate: 1,
  flows: 2,
  numbers: 3,
  dealers: 4,
  users: 5,
  appointments: 6,
  surveys: 7,
  recordings: 9,
  drafts: 10,
  switches: 11,
  consents: 12,
  counts: 13,
  callKeys: 15,
  floor: 14,
  matching: 20,
  campaigns: 30,
  asterisks: 31,
  registry: 40,
  callbacks: 50,
} as const;
type LockName = keyof typeof LOCKS;

/** First half of the two-part advisory lock key ("SNTL"), so that other programs on the same server are not in the way. */
export const LOCK_SPACE = 0x534e544c;
