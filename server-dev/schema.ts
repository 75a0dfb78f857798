import type { DatabaseSync } from 'node:sqlite'

const VERSION = 1

const TABLES = `
CREATE TABLE IF NOT EXISTS meta (k TEXT PRIMARY KEY, v TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rooms (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  epoch TEXT NOT NULL,
  first_seq INTEGER NOT NULL DEFAULT 1,
  last_seq INTEGER NOT NULL DEFAULT 0,
  last_ts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
  room_id TEXT NOT NULL REFERENCES rooms (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  client_id TEXT NOT NULL,
  ts INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS events_by_client_id ON events (sender, client_id);
`

interface MetaRow {
  readonly v: string
}

export const damaged = (why: string): Error =>
  new Error(`The chat database is damaged (${why}). Restore a backup, or move the file away to start empty.`)

/** Brings a database to the present schema and checks it when the last run did not end well. */
export const migrate = (db: DatabaseSync): void => {
  db.exec('PRAGMA busy_timeout = 5000')
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA foreign_keys = ON')
  db.exec('PRAGMA wal_autocheckpoint = 1000')
  db.exec(TABLES)
  const meta = db.prepare('SELECT v FROM meta WHERE k = ?')
  const read = (k: string): string | undefined => (meta.get(k) as unknown as MetaRow | undefined)?.v
  const version = read('schema_version')
  if (version !== undefined && version !== String(VERSION)) {
    throw new Error(`The chat database has schema ${version}; this server knows schema ${String(VERSION)}. Use the matching server or another file.`)
  }
  if (read('clean_shutdown') === '0') {
    const rows = db.prepare('PRAGMA quick_check(1)').all() as unknown as { quick_check: string }[]
    const verdict = rows[0]?.quick_check
    if (verdict !== 'ok') throw damaged(String(verdict))
  }
  const write = db.prepare('INSERT INTO meta (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v')
  write.run('schema_version', String(VERSION))
  write.run('clean_shutdown', '0')
}
