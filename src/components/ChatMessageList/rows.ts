import { changedPart, type ChangedPart, type CompareLists } from '../../composables/message-changes.ts'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatListNotice, MessagePosition } from '../types.ts'

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

export interface UnreadRow {
  readonly kind: 'unread'
  readonly key: 'unread'
  /** Messages of others that were unread when the room was opened. */
  readonly count: number
}

export interface MessageRow {
  readonly kind: 'message'
  readonly key: string
  readonly message: ChatMessage
  readonly position: MessagePosition
}

/** What nobody said. */
export interface SystemRow {
  readonly kind: 'system'
  readonly key: string
  readonly notice: ChatListNotice
}

/** What stands between messages. */
export type LineRow = DayRow | GapRow | UnreadRow | SystemRow

export type ListRow = LineRow | MessageRow

/** Where the unread messages start. */
export interface UnreadMark {
  /** Key of the first of them. */
  readonly key: string
  readonly count: number
}

export interface RowMarks {
  /** Seqs of the messages before which something is missing. @default [] */
  readonly gaps?: readonly number[]
  readonly unread?: UnreadMark | undefined
  /** Shown below the message whose key they name. @default [] */
  readonly notices?: readonly ChatListNotice[]
}

/**
 * The rows of a list, in order. Only the lines between messages are kept; the row of a message is made when it is asked
 * for, so that 100,000 messages cost no more memory than 100.
 */
export interface MessageRows {
  readonly length: number
  /** Lines are the same objects for as long as nothing about them changes. */
  at(index: number): ListRow | undefined
  /** -1: no such row. */
  findKey(key: string): number
  /** The day of a row, as its heading says further up. */
  dayAbove(index: number): number | undefined
}

/** Messages of one author this close together are one group. */
export const GROUP_WITHIN_MS = 5 * 60_000

export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

export interface RowBuilder {
  (messages: readonly ChatMessage[], marks?: RowMarks): MessageRows
  /** Where two lists of rows differ, or may; at hand for the last one and the one before it. */
  changed(before: MessageRows, now: MessageRows): ChangedPart
}

/** A line, and the index of the message below it. */
interface PlacedLine {
  readonly place: number
  readonly row: LineRow
}

const rowsOf = (messages: readonly ChatMessage[], lines: readonly PlacedLine[]): MessageRows => {
  /** How many lines stand above this row. */
  const linesAbove = (index: number): number => firstFrom(lines.length, (line) => lines[line]!.place + line >= index)
  return {
    length: messages.length + lines.length,
    at(index) {
      const above = linesAbove(index)
      const place = index - above
      const next = lines[above]
      if (next?.place === place) return next.row
      const message = messages[place]
      if (!message) return undefined
      const joinsAbove = lines[above - 1]?.place !== place && belongTogether(messages[place - 1], message)
      const joinsBelow = next?.place !== place + 1 && belongTogether(message, messages[place + 1])
      return { kind: 'message', key: message.key, message, position: positionOf(joinsAbove, joinsBelow) }
    },
    findKey(key) {
      const place = messages.findLastIndex((message) => message.key === key)
      if (place >= 0) return place + firstFrom(lines.length, (line) => lines[line]!.place > place)
      const line = lines.findIndex(({ row }) => row.key === key)
      return line < 0 ? -1 : lines[line]!.place + line
    },
    dayAbove(index) {
      for (let line = linesAbove(index + 1) - 1; line >= 0; line--) {
        const { row } = lines[line]!
        if (row.kind === 'day') return row.day
      }
      return undefined
    },
  }
}

/**
 * Builds the rows of one list again and again; looks only at what changed, so that 100,000 rows cost little more than 100.
 * @param compare tells what changed in the messages
 */
export const createRowBuilder = (compare: CompareLists<ChatMessage> = changedPart): RowBuilder => {
  let messages: readonly ChatMessage[] = []
  let lines: readonly PlacedLine[] = []
  let rows = rowsOf(messages, lines)
  let marks = marked({})
  let last: { readonly before: MessageRows; readonly part: ChangedPart } | undefined

  /** Index of the first row that belongs to a message: the first line above it, or itself. */
  const startOf = (message: number): number => message + lineFrom(message)
  const lineFrom = (message: number): number => firstFrom(lines.length, (line) => lines[line]!.place >= message)

  const builder = (now: readonly ChatMessage[], given: RowMarks = {}): MessageRows => {
    const next = marked(given)
    const isMarkedAlike = isSameMarks(marks, next)
    if (now === messages && isMarkedAlike) return rows
    const part = compare(messages, now)
    // The neighbours of a change may join a group or leave one, and what stands above the next one depends on it.
    const from = isMarkedAlike ? Math.max(0, part.start - 1) : 0
    const to = isMarkedAlike ? Math.min(now.length, part.endNow + 1) : now.length
    const oldTo = isMarkedAlike ? to - part.endNow + part.endBefore : messages.length
    const [lineStart, lineEnd] = [lineFrom(from), oldTo < messages.length ? lineFrom(oldTo) : lines.length]
    const [rowStart, rowEnd] = [startOf(from), oldTo + lineEnd]
    const built = build(now, from, to, next, lines.slice(lineStart, lineEnd))
    const below = lines.slice(lineEnd)
    lines = lines
      .slice(0, lineStart)
      .concat(built, to === oldTo ? below : below.map(({ place, row }) => ({ place: place + to - oldTo, row })))
    const before = rows
    rows = rowsOf(now, lines)
    last = { before, part: { start: rowStart, endBefore: rowEnd, endNow: to + lineStart + built.length } }
    messages = now
    marks = next
    return rows
  }

  return Object.assign(builder, {
    changed: (before: MessageRows, now: MessageRows) =>
      now === rows && before === last?.before ? last.part : { start: 0, endBefore: before.length, endNow: now.length },
  })
}

/** The first of so many numbers, from 0, for which this is true; it is true for all above it. */
const firstFrom = (count: number, isTrue: (index: number) => boolean): number => {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isTrue(middle)) high = middle
    else low = middle + 1
  }
  return low
}

interface Marks {
  readonly holes: ReadonlySet<number>
  readonly unread: UnreadMark | undefined
  readonly notices: readonly ChatListNotice[]
  readonly below: ReadonlyMap<string, readonly ChatListNotice[]>
}

const NO_NOTICES: readonly ChatListNotice[] = []

const marked = ({ gaps = [], unread, notices = NO_NOTICES }: RowMarks): Marks => ({ holes: new Set(gaps), unread, notices, below: byPlace(notices) })

const byPlace = (notices: readonly ChatListNotice[]): Marks['below'] => {
  const places = new Map<string, ChatListNotice[]>()
  for (const notice of notices) {
    if (notice.after !== undefined) places.set(notice.after, [...(places.get(notice.after) ?? []), notice])
  }
  return places
}

const isSameMarks = (a: Marks, b: Marks): boolean =>
  a.unread?.key === b.unread?.key &&
  a.unread?.count === b.unread?.count &&
  a.notices === b.notices &&
  a.holes.size === b.holes.size &&
  [...a.holes].every((seq) => b.holes.has(seq))

/** @param old the lines that stood there */
const build = (
  messages: readonly ChatMessage[],
  from: number,
  to: number,
  { holes, unread, below: notices }: Marks,
  old: readonly PlacedLine[],
): readonly PlacedLine[] => {
  const lines: PlacedLine[] = []
  const known = new Map(old.map(({ row }) => [row.key, row]))
  const dayOf = dayReader()
  const add = (place: number, row: LineRow): void => void lines.push({ place, row: kept(known, row) })
  /** What stands below a message. */
  const addNotices = (place: number): void => {
    for (const notice of (place > 0 && notices.get(messages[place - 1]!.key)) || []) add(place, { kind: 'system', key: notice.key, notice })
  }

  for (let place = from; place < to; place++) {
    const { key, seq, createdAt } = messages[place]!
    const above = messages[place - 1]
    if (notices.size > 0) addNotices(place)
    if (seq !== undefined && holes.has(seq)) add(place, { kind: 'gap', key: `gap:${seq}`, seq })
    const day = dayOf(createdAt)
    // Clocks differ: the same day may come twice, and each row needs a key of its own.
    if (!above || dayOf(above.createdAt) !== day) add(place, { kind: 'day', key: `day:${day}:${place === 0 ? 'first' : key}`, day })
    if (key === unread?.key) add(place, { kind: 'unread', key: 'unread', count: unread.count })
  }
  if (to === messages.length) addNotices(to)
  return lines
}

/** Whether a row looks the same. */
export const isSameRow = (a: ListRow, b: ListRow): boolean =>
  a === b || (a.kind === 'message' && b.kind === 'message' && a.message === b.message && a.position === b.position)

/** Neighbours are mostly of one day, and calendars are slow. */
const dayReader = (): ((at: number) => number) => {
  let day = Number.NaN
  let next = Number.NaN
  return (at) => {
    if (!(at >= day && at < next)) {
      day = startOfDay(at)
      next = new Date(day).setHours(24, 0, 0, 0)
    }
    return day
  }
}

const belongTogether = (above: ChatMessage | undefined, below: ChatMessage | undefined): boolean =>
  above !== undefined &&
  below !== undefined &&
  above.author.id === below.author.id &&
  above.isOwn === below.isOwn &&
  Math.abs(below.createdAt - above.createdAt) < GROUP_WITHIN_MS

const positionOf = (joinsAbove: boolean, joinsBelow: boolean): MessagePosition => {
  if (joinsAbove) return joinsBelow ? 'middle' : 'last'
  return joinsBelow ? 'first' : 'single'
}

const kept = (known: ReadonlyMap<string, LineRow>, row: LineRow): LineRow => {
  const old = known.get(row.key)
  return old && isSame(old, row) ? old : row
}

const isSame = (a: LineRow, b: LineRow): boolean => {
  if (a.kind === 'system') return b.kind === 'system' && a.notice === b.notice
  if (a.kind === 'unread') return b.kind === 'unread' && a.count === b.count
  return a.kind === b.kind
}
