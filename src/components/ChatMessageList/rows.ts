import type { ChatMessage } from '../../core/index.ts'
import type { MessagePosition } from '../types.ts'

export interface DayRow {
  readonly kind: 'day'
  readonly key: string
  /** Start of the day, milliseconds since 1970. */
  readonly day: number
}

export interface GapRow {
  readonly kind: 'gap'
  readonly key: string
  readonly seq: number
}

export interface MessageRow {
  readonly kind: 'message'
  readonly key: string
  readonly message: ChatMessage
  readonly position: MessagePosition
}

export type ListRow = DayRow | GapRow | MessageRow

/** Messages of one author this close together are one group. */
export const GROUP_WITHIN_MS = 5 * 60_000

export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/**
 * Rows of the list, in order. Rows that did not change keep their identity, so that only what changed is drawn.
 * @param before the rows of the last time
 */
export const buildRows = (
  messages: readonly ChatMessage[],
  gaps: readonly number[],
  before: readonly ListRow[] = [],
): readonly ListRow[] => {
  const known = new Map(before.map((row) => [row.key, row]))
  const holes = new Set(gaps)
  const rows: ListRow[] = []
  let day: number | undefined
  let days = 0

  messages.forEach((message, index) => {
    const { seq, createdAt } = message
    const hasGap = seq !== undefined && holes.has(seq)
    if (hasGap) rows.push(kept(known, { kind: 'gap', key: `gap:${seq}`, seq }))

    const today = startOfDay(createdAt)
    const isNewDay = today !== day
    if (isNewDay) {
      day = today
      // Clocks differ: the same day may come twice, and each row needs a key of its own.
      rows.push(kept(known, { kind: 'day', key: `day:${today}:${anchorOf(message, days++)}`, day: today }))
    }

    const joinsAbove = !hasGap && !isNewDay && belongTogether(messages[index - 1], message)
    const joinsBelow = joins(message, messages[index + 1], holes)
    rows.push(kept(known, { kind: 'message', key: message.key, message, position: positionOf(joinsAbove, joinsBelow) }))
  })
  return rows
}

const anchorOf = (message: ChatMessage, index: number): string => (index === 0 ? 'first' : message.key)

const joins = (above: ChatMessage, below: ChatMessage | undefined, holes: ReadonlySet<number>): boolean =>
  below !== undefined &&
  !(below.seq !== undefined && holes.has(below.seq)) &&
  startOfDay(above.createdAt) === startOfDay(below.createdAt) &&
  belongTogether(above, below)

const belongTogether = (above: ChatMessage | undefined, below: ChatMessage): boolean =>
  above !== undefined &&
  above.author.id === below.author.id &&
  above.isOwn === below.isOwn &&
  Math.abs(below.createdAt - above.createdAt) < GROUP_WITHIN_MS

const positionOf = (joinsAbove: boolean, joinsBelow: boolean): MessagePosition => {
  if (joinsAbove) return joinsBelow ? 'middle' : 'last'
  return joinsBelow ? 'first' : 'single'
}

const kept = <Row extends ListRow>(known: ReadonlyMap<string, ListRow>, row: Row): ListRow => {
  const old = known.get(row.key)
  return old && isSame(old, row) ? old : row
}

const isSame = (a: ListRow, b: ListRow): boolean => {
  if (a.kind === 'message') return b.kind === 'message' && a.message === b.message && a.position === b.position
  return a.kind === b.kind
}
