/** Reads a room's log a page at a time. */
import type { DatabaseSync } from 'node:sqlite'
import type { RoomEvent } from '../src/protocol/entities.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from './event-rows.ts'

export interface PageQuery {
  readonly before?: number
  readonly after?: number
  /** Events on both sides of this one, itself included. */
  readonly around?: number
  readonly limit: number
}

export interface StoredPage {
  /** In ascending order of seq. */
  readonly events: readonly RoomEvent[]
  /** Further events exist in the asked direction; of a page around an event: older ones. */
  readonly more: boolean
  /** Of a page around an event: newer ones exist. */
  readonly newer?: boolean
}

// Names, ids and JSON punctuation around a body; only the order of magnitude matters.
const ROW_OVERHEAD = 300

/** @param pageBytes bytes of JSON text in one page, roughly */
export const pageReader = (db: DatabaseSync, pageBytes: number): ((room: string, query: PageQuery) => StoredPage) => {
  const sql = {
    before: db.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`),
    after: db.prepare(`SELECT ${EVENT_COLUMNS} FROM events WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?`),
  }

  /** From one seq away from it; what is nearest comes first. */
  const read = (way: keyof typeof sql, room: string, from: number, limit: number, bytes: number): StoredPage => {
    const events: RoomEvent[] = []
    let size = 0
    for (const raw of sql[way].iterate(room, from, limit + 1)) {
      const row = raw as unknown as EventRow
      size += Buffer.byteLength(row.body) + (row.attachments?.length ?? 0) + ROW_OVERHEAD
      if (events.length === limit || (size > bytes && events.length > 0)) return { events, more: true }
      events.push(toEvent(row))
    }
    return { events, more: false }
  }

  /** Half of it on each side; what one side does not need is for the other. */
  const readAround = (room: string, seq: number, limit: number): StoredPage => {
    const half = Math.ceil(limit / 2)
    const below = read('after', room, seq, limit, pageBytes / 2)
    const above = read('before', room, seq + 1, Math.max(half, limit - below.events.length), pageBytes / 2)
    const rest = limit - above.events.length
    return {
      events: [...above.events.toReversed(), ...below.events.slice(0, rest)],
      more: above.more,
      newer: below.more || below.events.length > rest,
    }
  }

  return (room, { before, after, around, limit }) => {
    if (around !== undefined) return readAround(room, around, limit)
    if (after !== undefined) return read('after', room, after, limit, pageBytes)
    const { events, more } = read('before', room, before ?? Number.MAX_SAFE_INTEGER, limit, pageBytes)
    return { events: events.toReversed(), more }
  }
}
