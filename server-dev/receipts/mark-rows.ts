/** How far people have got, in SQLite. Synchronous; every method throws when the storage fails. */
import type { DatabaseSync } from 'node:sqlite'
import type { UserRef } from '../../src/protocol/entities.ts'

export interface StoredMark {
  readonly user: UserRef
  /** 0: nothing yet. */
  readonly read: number
  readonly received: number
  /** What they had when they first told; nothing up to there is news to them. */
  readonly base: number
}

export interface NewMark extends StoredMark {
  readonly room: string
}

export interface MarkRows {
  of(room: string, user: string): StoredMark | undefined
  /** Those that moved last, the latest first. */
  recent(room: string, limit: number): StoredMark[]
  /** All in one transaction; none of them goes back. */
  save(marks: readonly NewMark[]): void
}

interface Row {
  readonly user_id: string
  readonly user_name: string
  readonly read_seq: number
  readonly received_seq: number
  readonly base_seq: number
}

const toMark = (row: Row): StoredMark => ({
  user: { id: row.user_id, name: row.user_name },
  read: row.read_seq,
  received: row.received_seq,
  base: row.base_seq,
})

const COLUMNS = 'user_id, user_name, read_seq, received_seq, base_seq'

export const createMarkRows = (db: DatabaseSync, now: () => number): MarkRows => {
  const sql = {
    of: db.prepare(`SELECT ${COLUMNS} FROM marks WHERE room_id = ? AND user_id = ?`),
    recent: db.prepare(`SELECT ${COLUMNS} FROM marks WHERE room_id = ? ORDER BY moved_at DESC LIMIT ?`),
    save: db.prepare(`
      INSERT INTO marks (room_id, ${COLUMNS}, moved_at) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET user_name = excluded.user_name, moved_at = excluded.moved_at,
        read_seq = max(read_seq, excluded.read_seq), received_seq = max(received_seq, excluded.received_seq)`),
  }
  return {
    of(room, user) {
      const row = sql.of.get(room, user) as unknown as Row | undefined
      return row && toMark(row)
    },
    recent: (room, limit) => (sql.recent.all(room, limit) as unknown as Row[]).map(toMark),
    save(marks) {
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const { room, user, read, received, base } of marks) sql.save.run(room, user.id, user.name, read, received, base, now())
        db.exec('COMMIT')
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
    },
  }
}
