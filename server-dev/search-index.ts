/** The words of all messages as they read now, in an FTS5 table that keeps no copy of the texts. */
import type { DatabaseSync } from 'node:sqlite'
import { indexText, matchOf } from './search-words.ts'

/** The seq of a message, and the number of its room, in one rowid: a room's newest messages are the end of a range. */
const ROOM = 2 ** 32

/** Looked at in one go, and how long going on is right while nobody else is served, in milliseconds. */
const STRETCH = 50_000
const BUDGET_MS = 60

export interface SearchRange {
  /** Messages with a smaller seq only. @default all */
  readonly before?: number | undefined
  readonly limit: number
}

export interface Found {
  /** Newest first. */
  readonly seqs: readonly number[]
  readonly more: boolean
  /** Where to go on, as `before`. */
  readonly next: number | undefined
}

export interface SearchIndex {
  add(room: string, seq: number, text: string): void
  /** @param text as it was added */
  remove(room: string, seq: number, text: string): void
  find(room: string, query: string, range: SearchRange): Found
}

interface EventText {
  readonly room_id: string
  readonly seq: number
  readonly body: string
}

/** Whether this Node's SQLite can search: official builds can from 22.16 on. */
const canSearch = (db: DatabaseSync): boolean => {
  const options = db.prepare('PRAGMA compile_options').all() as unknown as { compile_options: string }[]
  return options.some(({ compile_options: name }) => name === 'ENABLE_FTS5')
}

// Every word and symbol; what is one is decided by what is given to it. Prefixes of two and three letters are kept.
const TABLE = `CREATE VIRTUAL TABLE search USING fts5 (body, content = '', columnsize = 0, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* S* Co'")`

/** A column: the text of a message after its last edit. */
export const CURRENT_BODY = `coalesce(
  (SELECT body FROM events AS edit WHERE edit.room_id = events.room_id AND edit.target = events.seq AND edit.kind = 'edit'
   ORDER BY edit.seq DESC LIMIT 1), body) AS body`

const CURRENT_TEXTS = `SELECT room_id, seq, ${CURRENT_BODY} FROM events WHERE kind = 'message' AND body <> ''`

/**
 * Opens the index, and makes it from the messages that are there when there is none; inside a transaction.
 * @returns undefined when this Node cannot search
 */
export const openSearchIndex = (db: DatabaseSync): SearchIndex | undefined => {
  const isThere = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'search'").get() !== undefined
  if (!canSearch(db)) {
    // Going on would leave what is deleted from now on in the index.
    if (isThere) throw new Error('The chat database has a search index, which this Node cannot keep (no FTS5). Use Node 22.16 or newer.')
    return undefined
  }
  if (!isThere) {
    db.exec(TABLE)
    // Else a deletion would only be noted, and the words stay in the file.
    db.exec("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
  }

  const sql = {
    room: db.prepare('SELECT n FROM search_rooms WHERE room_id = ?'),
    addRoom: db.prepare('INSERT INTO search_rooms (room_id) VALUES (?) RETURNING n'),
    add: db.prepare('INSERT INTO search (rowid, body) VALUES (?, ?)'),
    remove: db.prepare("INSERT INTO search (search, rowid, body) VALUES ('delete', ?, ?)"),
    find: db.prepare('SELECT rowid AS id FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?'),
    top: db.prepare('SELECT last_seq FROM rooms WHERE id = ?'),
  }

  // Asked each time: the transaction that made it may be taken back.
  const numberOf = (room: string): number | undefined => (sql.room.get(room) as unknown as { n: number } | undefined)?.n
  const start = (room: string): number => (numberOf(room) ?? (sql.addRoom.get(room) as unknown as { n: number }).n) * ROOM

  const add: SearchIndex['add'] = (room, seq, text) => {
    const words = indexText(text)
    if (words !== '') sql.add.run(start(room) + seq, words)
  }

  if (!isThere) for (const row of db.prepare(CURRENT_TEXTS).iterate() as Iterable<unknown>) {
    const { room_id: room, seq, body } = row as EventText
    add(room, seq, body)
  }

  return {
    add,
    remove(room, seq, text) {
      const words = indexText(text)
      if (words !== '') sql.remove.run(start(room) + seq, words)
    },
    find(room, query, { before, limit }) {
      const match = matchOf(query)
      const number = numberOf(room)
      const top = (sql.top.get(room) as unknown as { last_seq: number } | undefined)?.last_seq ?? 0
      if (match === undefined || number === undefined) return { seqs: [], more: false, next: undefined }
      const deadline = performance.now() + BUDGET_MS
      const seqs: number[] = []
      let end = Math.min(before ?? top + 1, top + 1)
      while (end > 1) {
        const from = Math.max(0, end - 1 - STRETCH)
        const rows = sql.find.all(match, number * ROOM + from, number * ROOM + end, limit + 1 - seqs.length) as unknown as { id: number }[]
        seqs.push(...rows.map(({ id }) => id - number * ROOM))
        if (seqs.length > limit) return { seqs: seqs.slice(0, limit), more: true, next: seqs[limit - 1] }
        end = from + 1
        if (end > 1 && performance.now() > deadline) return { seqs, more: true, next: end }
      }
      return { seqs, more: false, next: undefined }
    },
  }
}
