/** Rooms and their logs in SQLite. Synchronous; every method throws when the storage fails. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RoomEvent, RoomInfo, UserRef } from '../src/protocol/entities.ts'
import { createAppend, type NewMessage, type Stored } from './append.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from './event-rows.ts'
import { createFileRows, type FileRows } from './files/file-rows.ts'
import type { LogRange } from './log-position.ts'
import { pageReader, type PageQuery, type StoredPage } from './pages.ts'
import { openRoomTables, type RoomTables } from './rooms/tables.ts'
import { fold } from './rooms/titles.ts'
import { createMarkRows, type MarkRows } from './receipts/mark-rows.ts'
import { damaged, migrate } from './schema.ts'
import { CURRENT_BODY, openSearchIndex, type SearchIndex, type SearchRange } from './search-index.ts'

export type { NewMessage, Stored } from './append.ts'

export type { PageQuery, StoredPage } from './pages.ts'

export interface StoredRoom extends RoomInfo, LogRange {}

export interface Store {
  room(id: string): StoredRoom | undefined
  roomCount(): number
  /** Makes a room with a new epoch, or gives an existing one this title. */
  saveRoom(info: RoomInfo): StoredRoom
  /** The user of that id; the name of the first sign-in stays. */
  saveUser(user: UserRef): UserRef
  readonly files: FileRows
  /** Stores all messages in one transaction, on disk when it returns. One answer per message. */
  append(messages: readonly NewMessage[]): Stored[]
  page(room: string, query: PageQuery): StoredPage
  /** Whether this Node's SQLite has a full-text index. */
  readonly canSearch: boolean
  readonly marks: MarkRows
  /** Messages of a room with these words, as they read now, newest first; undefined where that is not possible. */
  search(room: string, query: string, range: SearchRange): FoundEvents | undefined
  /** Who is a member of what, and what the users are called. */
  readonly members: RoomTables
  /** Proves that the storage takes writes. */
  probe(): void
  /** @param clean false leaves the mark of a crash, so that the next start checks the file */
  close(clean: boolean): void
}

export interface StoreOptions {
  /** A file, made with its folder when missing, or `:memory:`. */
  readonly database: string
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number
  /** Bytes of JSON text in one page, roughly. @default 262144 */
  readonly pageBytes?: number
}

export interface FoundEvents {
  readonly events: readonly RoomEvent[]
  readonly more: boolean
  /** Where to go on, as `before`. */
  readonly next?: number
}

/** A message with the text of its last edit. */
const CURRENT_MESSAGE = `SELECT ${EVENT_COLUMNS.replace('body', CURRENT_BODY)} FROM events WHERE room_id = ? AND seq = ?`

interface RoomRow {
  readonly id: string
  readonly title: string
  readonly epoch: string
  readonly first_seq: number
  readonly last_seq: number
}

const toRoom = (row: RoomRow): StoredRoom => ({
  room: row.id,
  title: row.title,
  epoch: row.epoch,
  first: row.first_seq,
  top: row.last_seq,
})

// Primary result codes of SQLite.
const CORRUPT = 11
const CONSTRAINT = 19
const NOT_A_DATABASE = 26

const primaryCode = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0
const isConstraint = (error: unknown): boolean => primaryCode(error) === CONSTRAINT
const isDamage = (error: unknown): boolean => [CORRUPT, NOT_A_DATABASE].includes(primaryCode(error))

export const openStore = (options: StoreOptions): Store => {
  const { database, now = Date.now, pageBytes = 262_144 } = options
  if (database !== ':memory:') mkdirSync(dirname(database), { recursive: true })
  const db = new DatabaseSync(database)
  let index: SearchIndex | undefined
  try {
    migrate(db, () => {
      index = openSearchIndex(db)
    })
  } catch (error) {
    db.close()
    throw isDamage(error) ? damaged(String((error as Error).message)) : error
  }
  const sql = {
    room: db.prepare('SELECT id, title, epoch, first_seq, last_seq FROM rooms WHERE id = ?'),
    roomCount: db.prepare('SELECT count(*) AS n FROM rooms'),
    saveRoom: db.prepare(
      'INSERT INTO rooms (id, title, epoch, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title',
    ),
    saveUser: db.prepare('INSERT INTO users (id, name, created_at, folded) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING'),
    user: db.prepare('SELECT id, name FROM users WHERE id = ?'),
    current: db.prepare(CURRENT_MESSAGE),
    setMeta: db.prepare('INSERT INTO meta (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v'),
  }

  const room = (id: string): StoredRoom | undefined => {
    const row = sql.room.get(id) as unknown as RoomRow | undefined
    return row && toRoom(row)
  }

  const files = createFileRows(db, now)
  const appendOne = createAppend(db, now, index, files)

  const appendGuarded = (message: NewMessage): Stored => {
    db.exec('SAVEPOINT one')
    try {
      const stored = appendOne(message)
      db.exec('RELEASE one')
      return stored
    } catch (error) {
      if (!isConstraint(error)) throw error
      db.exec('ROLLBACK TO one')
      db.exec('RELEASE one')
      return { ok: false, code: 'internal' }
    }
  }

  const members = openRoomTables(db, now)
  members.foldNames()

  return {
    room,
    members,
    roomCount: () => (sql.roomCount.get() as unknown as { n: number }).n,
    saveRoom({ room: id, title }) {
      sql.saveRoom.run(id, title, randomBytes(8).toString('hex'), now())
      return room(id)!
    },
    saveUser(user) {
      sql.saveUser.run(user.id, user.name, now(), fold(user.name))
      const { id, name } = sql.user.get(user.id) as unknown as UserRef
      return { id, name }
    },
    files,
    append(messages) {
      db.exec('BEGIN IMMEDIATE')
      try {
        const stored = messages.map(appendGuarded)
        db.exec('COMMIT')
        return stored
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
    page: pageReader(db, pageBytes),
    marks: createMarkRows(db, now),
    canSearch: index !== undefined,
    search(id, query, range) {
      if (!index) return undefined
      const { seqs, more, next } = index.find(id, query, range)
      const rows = seqs.flatMap((seq) => (sql.current.get(id, seq) as unknown as EventRow | undefined) ?? [])
      const events = rows.map(toEvent)
      return { events, more, ...(next !== undefined && { next }) }
    },
    probe() {
      sql.setMeta.run('probed_at', String(now()))
    },
    close(clean) {
      if (!db.isOpen) return
      if (clean) {
        sql.setMeta.run('clean_shutdown', '1')
        db.exec('PRAGMA optimize')
      }
      db.close()
    },
  }
}
