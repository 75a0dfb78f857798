/** What the database knows of files. Synchronous; every method throws when the storage fails. */
import type { DatabaseSync } from 'node:sqlite'
import type { Attachment } from '../../src/protocol/entities.ts'

export interface NewFile {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly width?: number | undefined
  readonly height?: number | undefined
}

export interface FileRow {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly width: number | null
  readonly height: number | null
  readonly created_at: number
  readonly room_id: string | null
  readonly seq: number | null
}

export interface FileRows {
  add(file: NewFile): void
  /** A file that is there, sent or not. */
  get(id: string): FileRow | undefined
  /** Bytes that this user's files take. */
  bytesOf(owner: string): number
  /** Bytes that all files take. */
  bytes(): number
  /** These files of this user, in this order; undefined when one is not there, not theirs, or belongs to a message. */
  unsent(owner: string, ids: readonly string[]): readonly Attachment[] | undefined
  /** They belong to this message from now on. */
  claim(ids: readonly string[], room: string, seq: number): void
  /** Nobody may have the files of this message any more. */
  drop(room: string, seq: number): void
  /** Nobody may have this file. */
  dropOne(id: string): void
  /** Nobody may have what was not sent since then, in milliseconds since 1970. */
  dropUnsent(before: number): void
  /** Ids of files whose bytes are to be removed. */
  dropped(limit: number): readonly string[]
  /** Their bytes are gone. */
  forget(id: string): void
}

const COLUMNS = 'id, owner, name, type, size, width, height, created_at, room_id, seq'

/** Relative to the address of the chat as a folder, so that it holds behind any proxy. */
export const urlOf = ({ id, name }: Pick<FileRow, 'id' | 'name'>): string => `files/${id}/${encodeURIComponent(name)}`

export const toAttachment = (row: Pick<FileRow, 'id' | 'name' | 'type' | 'size' | 'width' | 'height'>): Attachment => ({
  id: row.id,
  name: row.name,
  type: row.type,
  size: row.size,
  url: urlOf(row),
  ...(row.width !== null && row.height !== null && { width: row.width, height: row.height }),
})

export const createFileRows = (db: DatabaseSync, now: () => number): FileRows => {
  const sql = {
    add: db.prepare(`INSERT INTO files (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)`),
    get: db.prepare(`SELECT ${COLUMNS} FROM files WHERE id = ? AND is_dropped = 0`),
    bytesOf: db.prepare('SELECT coalesce(sum(size), 0) AS n FROM files WHERE owner = ? AND is_dropped = 0'),
    bytes: db.prepare('SELECT coalesce(sum(size), 0) AS n FROM files'),
    claim: db.prepare('UPDATE files SET room_id = ?, seq = ? WHERE id = ?'),
    drop: db.prepare('UPDATE files SET is_dropped = 1 WHERE room_id = ? AND seq = ?'),
    dropOne: db.prepare('UPDATE files SET is_dropped = 1 WHERE id = ?'),
    dropUnsent: db.prepare('UPDATE files SET is_dropped = 1 WHERE room_id IS NULL AND created_at < ?'),
    dropped: db.prepare('SELECT id FROM files WHERE is_dropped = 1 LIMIT ?'),
    forget: db.prepare('DELETE FROM files WHERE id = ? AND is_dropped = 1'),
  }
  /** Counted once and kept: it is asked for with every upload. */
  let total: number | undefined
  const get = (id: string): FileRow | undefined => sql.get.get(id) as unknown as FileRow | undefined
  const count = (row: unknown): number => (row as { n: number }).n
  return {
    add({ id, owner, name, type, size, width, height }) {
      sql.add.run(id, owner, name, type, size, width ?? null, height ?? null, now())
      if (total !== undefined) total += size
    },
    get,
    bytesOf: (owner) => count(sql.bytesOf.get(owner)),
    bytes: () => (total ??= count(sql.bytes.get())),
    unsent(owner, ids) {
      const rows = ids.map(get)
      return rows.every((row) => row?.owner === owner && row.room_id === null) ? rows.map((row) => toAttachment(row!)) : undefined
    },
    claim(ids, room, seq) {
      for (const id of ids) sql.claim.run(room, seq, id)
    },
    drop(room, seq) {
      sql.drop.run(room, seq)
    },
    dropOne(id) {
      sql.dropOne.run(id)
    },
    dropUnsent(before) {
      sql.dropUnsent.run(before)
    },
    dropped: (limit) => sql.dropped.all(limit).map((row) => (row as unknown as { id: string }).id),
    forget(id) {
      sql.forget.run(id)
      total = undefined
    },
  }
}
