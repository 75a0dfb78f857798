import type { DatabaseSync } from 'node:sqlite'

/** The schema of version 1, then what each later version adds to the one before it. */
const STEPS: readonly string[] = [
  `
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
`,
  // `reactions`: where each one stands, by the log. `noops`: client ids of what was acked and changed nothing.
  `
ALTER TABLE events ADD COLUMN target INTEGER;
ALTER TABLE events ADD COLUMN reply_to INTEGER;
CREATE INDEX events_by_target ON events (room_id, target, kind) WHERE target IS NOT NULL;
CREATE TABLE reactions (
  room_id TEXT NOT NULL,
  target INTEGER NOT NULL,
  sender TEXT NOT NULL,
  body TEXT NOT NULL,
  seq INTEGER NOT NULL,
  is_on INTEGER NOT NULL,
  PRIMARY KEY (room_id, target, sender, body)
) WITHOUT ROWID;
CREATE INDEX reactions_on ON reactions (room_id, target, sender) WHERE is_on = 1;
CREATE TABLE noops (
  sender TEXT NOT NULL,
  client_id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  target INTEGER NOT NULL,
  body TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (sender, client_id)
) WITHOUT ROWID;
`,
  // The numbers of rooms in the search index, which is made by whoever opens it.
  'CREATE TABLE search_rooms (n INTEGER PRIMARY KEY, room_id TEXT NOT NULL UNIQUE);',
  // `mentions`, `attachments`: JSON. `files`: what lies on the disk; without a room it was not sent yet.
  `
ALTER TABLE events ADD COLUMN mentions TEXT;
ALTER TABLE events ADD COLUMN attachments TEXT;
CREATE TABLE files (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  created_at INTEGER NOT NULL,
  room_id TEXT,
  seq INTEGER,
  is_dropped INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX files_by_owner ON files (owner, is_dropped, size);
CREATE INDEX files_by_message ON files (room_id, seq) WHERE room_id IS NOT NULL;
CREATE INDEX files_unsent ON files (created_at) WHERE room_id IS NULL;
CREATE INDEX files_dropped ON files (id) WHERE is_dropped = 1;
`,
  // `pair`: the two of a direct conversation. `since`: newest seq when somebody came. `folded`: a name as it is searched for.
  `
ALTER TABLE rooms ADD COLUMN kind TEXT NOT NULL DEFAULT 'room';
ALTER TABLE rooms ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN is_read_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN pair TEXT;
ALTER TABLE users ADD COLUMN folded TEXT;
CREATE UNIQUE INDEX rooms_by_pair ON rooms (pair) WHERE pair IS NOT NULL;
CREATE INDEX users_unfolded ON users (id) WHERE folded IS NULL;
CREATE INDEX events_messages ON events (room_id, seq, sender) WHERE kind = 'message';
CREATE TABLE room_members (
  user_id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  role TEXT NOT NULL,
  joined_at INTEGER NOT NULL,
  since INTEGER NOT NULL,
  is_hidden INTEGER NOT NULL,
  PRIMARY KEY (user_id, room_id)
) WITHOUT ROWID;
CREATE INDEX room_members_by_room ON room_members (room_id, joined_at);
`,
  // How far people have got. `base_seq`: what they had when they first told.
  `
CREATE TABLE marks (
  room_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  read_seq INTEGER NOT NULL,
  received_seq INTEGER NOT NULL,
  base_seq INTEGER NOT NULL,
  moved_at INTEGER NOT NULL,
  PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;
CREATE INDEX marks_by_move ON marks (room_id, moved_at);
`,
  // Who deleted a message, where that was not its author. JSON.
  'ALTER TABLE events ADD COLUMN deleted_by TEXT;',
]

const VERSION = STEPS.length

interface MetaRow {
  readonly v: string
}

export const damaged = (why: string): Error =>
  new Error(`The chat database is damaged (${why}). Restore a backup, or move the file away to start empty.`)

const unknownVersion = (version: string): Error =>
  new Error(`The chat database has schema ${version}; this server knows schema ${String(VERSION)}. Use the matching server or another file.`)

/**
 * Brings a database to the present schema, whole or not at all, and checks it when the last run did not end well.
 * @param then runs inside of it
 */
export const migrate = (db: DatabaseSync, then: () => void = () => undefined): void => {
  db.exec('PRAGMA busy_timeout = 5000')
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA foreign_keys = ON')
  db.exec('PRAGMA wal_autocheckpoint = 1000')
  // What was deleted is overwritten, not left in free pages.
  db.exec('PRAGMA secure_delete = ON')
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec('CREATE TABLE IF NOT EXISTS meta (k TEXT PRIMARY KEY, v TEXT NOT NULL) WITHOUT ROWID')
    const meta = db.prepare('SELECT v FROM meta WHERE k = ?')
    const read = (k: string): string | undefined => (meta.get(k) as unknown as MetaRow | undefined)?.v
    const version = read('schema_version') ?? '0'
    if (!/^\d$/.test(version) || Number(version) > VERSION) throw unknownVersion(version)
    if (read('clean_shutdown') === '0') {
      const rows = db.prepare('PRAGMA quick_check(1)').all() as unknown as { quick_check: string }[]
      const verdict = rows[0]?.quick_check
      if (verdict !== 'ok') throw damaged(String(verdict))
    }
    for (const step of STEPS.slice(Number(version))) db.exec(step)
    const write = db.prepare('INSERT INTO meta (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v')
    write.run('schema_version', String(VERSION))
    write.run('clean_shutdown', '0')
    then()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
