import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** The version of the tables below; a folder written by another version is refused rather than guessed at. */
const SCHEMA_VERSION = 1;

const schema = `
  CREATE TABLE definition (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
  CREATE TABLE item (
    id INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, slot INTEGER NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL,
    size INTEGER NOT NULL, expires INTEGER, body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX item_key ON item (tbl, slot, hash, range);
  CREATE INDEX item_expiry ON item (tbl, expires) WHERE expires IS NOT NULL;
  CREATE TABLE entry (
    idx INTEGER NOT NULL, slot INTEGER NOT NULL, hash BLOB NOT NULL, position BLOB NOT NULL, item INTEGER NOT NULL,
    PRIMARY KEY (idx, slot, hash, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE stream (
    id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, table_name TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE stream_record (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX stream_record_order ON stream_record (stream, sequence);
  CREATE INDEX stream_record_age ON stream_record (at);
  CREATE TABLE client_token (token TEXT PRIMARY KEY, at INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX client_token_age ON client_token (at);
`;

/** The file of a database in its folder. */
export const DATABASE_FILE = 'dynamodb.sqlite';

/**
 * Opens the database of an engine: one file in a folder, or memory. In a folder a commit is on the disk before it is
 * acknowledged (WAL with synchronous=FULL), and a second process is kept out.
 * @param forgets whether what is removed is overwritten, instead of left in the file until its place is needed
 * @throws {Error} if another process has the folder open, or another version of the engine wrote it.
 */
export function openDatabase(location: string, forgets = false): DatabaseSync {
  if (location !== ':memory:') mkdirSync(location, { recursive: true });
  const database = new DatabaseSync(location === ':memory:' ? location : join(location, DATABASE_FILE));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;');
    database.exec(`PRAGMA secure_delete = ${forgets ? 'ON' : 'OFF'}; BEGIN IMMEDIATE;`);
    createSchema(database, location);
    database.exec('COMMIT');
  } catch (error) {
    database.close();
    throw isBusy(error) ? new Error(`Another process has the database in ${location} open.`, { cause: error }) : error;
  }
  return database;
}

function createSchema(database: DatabaseSync, location: string): void {
  const version = integer(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version === SCHEMA_VERSION) return;
  if (version !== 0) throw new Error(`The database in ${location} has version ${version}, not ${SCHEMA_VERSION}.`);
  database.exec(`${schema} PRAGMA user_version = ${SCHEMA_VERSION};`);
}

/** Overwrites what the log of the database still has of what was changed or removed. */
export function scrubLog(database: DatabaseSync): void {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE);');
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

export function integer(value: SQLOutputValue | undefined): number {
  if (typeof value !== 'number') throw new TypeError('The database holds something else than an integer here.');
  return value;
}

export function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError('The database holds something else than text here.');
  return value;
}
