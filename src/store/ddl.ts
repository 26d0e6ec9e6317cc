/** What the engines write differently in DDL. Everything else in a migration is plain SQL that both understand. */
export interface Ddl {
  /** Compared and sorted byte by byte on both engines, whatever the locale of the server. */
  readonly text: string;
  /** 64-bit integer. */
  readonly bigint: string;
  /** 64-bit floating point. */
  readonly double: string;
  /** After the closing bracket of a table: types are checked. */
  readonly table: string;
  /** The same for a table that is stored in the order of its primary key. */
  readonly clustered: string;
}

export const SQLITE_DDL: Ddl = { text: 'text', bigint: 'integer', double: 'real', table: 'strict', clustered: 'strict, without rowid' };
export const POSTGRESQL_DDL: Ddl = { text: 'text collate "C"', bigint: 'bigint', double: 'double precision', table: '', clustered: '' };

/** One step of the schema. Never changed once released: a later step changes what it made. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** The statements, run in order in one transaction. */
  readonly statements: (ddl: Ddl) => readonly string[];
}
