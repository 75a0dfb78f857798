/** Where a client stands in a room's log, and what it must be given. Pure. */
import type { Position, RoomEvent } from '../src/protocol/entities.ts'

export interface LogRange {
  readonly epoch: string
  /** Oldest seq that is held; `top + 1` when none is. */
  readonly first: number
  /** Newest seq; 0 when the log is empty. */
  readonly top: number
}

/**
 * `all`: everything after the position can be given. `page`: it cannot, or nobody asked; give the
 * newest page. Never something in between, so that a client never takes a part for the whole.
 */
export const decideResume = (log: LogRange, since: Position | undefined, pageSize: number): 'all' | 'page' =>
  since !== undefined &&
  since.epoch === log.epoch &&
  since.seq >= log.first - 1 &&
  since.seq <= log.top &&
  log.top - since.seq <= pageSize
    ? 'all'
    : 'page'

/**
 * Joins what was read from the log with what arrived live while it was read: in order, each once.
 * Live events beyond a hole are left out; the caller sees by the last seq that it has to read again.
 */
export const mergeEvents = (read: readonly RoomEvent[], live: readonly RoomEvent[], top: number): RoomEvent[] => {
  const merged = [...read]
  let last = read.at(-1)?.seq ?? top
  for (const event of [...live].sort((a, b) => a.seq - b.seq)) {
    if (event.seq !== last + 1) continue
    merged.push(event)
    last = event.seq
  }
  return merged
}
