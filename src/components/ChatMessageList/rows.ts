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

export type ListRow = DayRow | GapRow | UnreadRow | SystemRow | MessageRow

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
): readonly ListRow[] => build(messages, 0, messages.length, marked({ gaps }), knownBy(before)).rows

/** The day of a row, as its heading says further up. */
export const dayAbove = (rows: readonly ListRow[], index: number): number | undefined => {
  for (let at = index; at >= 0; at--) {
    const row = rows[at]
    if (row?.kind === 'day') return row.day
  }
  return undefined
}

export interface RowBuilder {
  (messages: readonly ChatMessage[], marks?: RowMarks): readonly ListRow[]
  /** What is not the same in two lists of rows; at hand for the last one and the one before it. */
  changed(before: readonly ListRow[], now: readonly ListRow[]): ChangedPart
}

/**
 * Builds the rows of one list again and again; looks only at what changed, so that 100,000 rows cost little more than 100.
 * @param compare tells what changed in the messages
 */
export const createRowBuilder = (compare: CompareLists<ChatMessage> = changedPart): RowBuilder => {
  let messages: readonly ChatMessage[] = []
  let rows: readonly ListRow[] = []
  /** For each row that is no message: the index of the message below it. */
  let extras: number[] = []
  let marks = marked({})
  let last: { readonly before: readonly ListRow[]; readonly part: ChangedPart } | undefined

  /** Index of the first row of a message. */
  const startOf = (message: number): number => message + firstFrom(extras, message)

  const builder = (now: readonly ChatMessage[], given: RowMarks = {}): readonly ListRow[] => {
    const next = marked(given)
    const isMarkedAlike = isSameMarks(marks, next)
    if (now === messages && isMarkedAlike) return rows
    const part = compare(messages, now)
    // The neighbours of a change may join a group or leave one.
    const from = isMarkedAlike ? Math.max(0, part.start - 1) : 0
    const to = isMarkedAlike ? Math.min(now.length, part.endNow + 1) : now.length
    const oldTo = isMarkedAlike ? to - part.endNow + part.endBefore : messages.length
    const rowFrom = startOf(from)
    const rowTo = oldTo < messages.length ? startOf(oldTo) : rows.length
    const built = build(now, from, to, next, knownBy(rows.slice(rowFrom, rowTo)))
    const above = extras.slice(0, firstFrom(extras, from))
    const below = extras.slice(firstFrom(extras, oldTo))
    extras = above.concat(
      built.extras,
      to === oldTo ? below : below.map((message) => message + to - oldTo),
    )
    last = { before: rows, part: { start: rowFrom, endBefore: rowTo, endNow: rowFrom + built.rows.length } }
    rows = spliced(rows, rowFrom, rowTo, built.rows)
    messages = now
    marks = next
    return rows
  }

  return Object.assign(builder, {
    changed: (before: readonly ListRow[], now: readonly ListRow[]) => (now === rows && before === last?.before ? last.part : changedPart(before, now)),
  })
}

/** A few arguments at most: engines put them on the stack. */
const FEW = 1_000

/** With one copy where it can be: a long list is mostly memory. */
const spliced = <Item>(list: readonly Item[], from: number, to: number, items: readonly Item[]): readonly Item[] => {
  if (items.length > FEW) return list.slice(0, from).concat(items, list.slice(to))
  const copy = list.slice()
  copy.splice(from, to - from, ...items)
  return copy
}

/** Index of the first number at or above `least`; they ascend. */
const firstFrom = (numbers: readonly number[], least: number): number => {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < least) low = middle + 1
    else high = middle
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

type Known = ReadonlyMap<string, ListRow>

const knownBy = (rows: readonly ListRow[]): Known => new Map(rows.map((row) => [row.key, row]))

const build = (
  messages: readonly ChatMessage[],
  from: number,
  to: number,
  { holes, unread, below: notices }: Marks,
  known: Known,
): { readonly rows: ListRow[]; readonly extras: number[] } => {
  const rows: ListRow[] = []
  const extras: number[] = []
  const dayOf = dayReader()
  /** What stands below the message before this place; it counts to the message after it. */
  const addNotices = (index: number): boolean => {
    const found = notices.get(messages[index - 1]?.key ?? '')
    for (const notice of found ?? []) {
      rows.push(kept(known, { kind: 'system', key: notice.key, notice }))
      if (index === messages.length) extras.push(index)
    }
    return found !== undefined
  }

  for (let index = from; index < to; index++) {
    const message = messages[index]!
    const above = messages[index - 1]
    const below = messages[index + 1]
    const first = rows.length
    const hasNotice = addNotices(index)
    const hasGap = isAfterGap(message, holes)
    if (hasGap) rows.push(kept(known, { kind: 'gap', key: `gap:${message.seq}`, seq: message.seq! }))

    const day = dayOf(message.createdAt)
    const isNewDay = !above || dayOf(above.createdAt) !== day
    // Clocks differ: the same day may come twice, and each row needs a key of its own.
    if (isNewDay) rows.push(kept(known, { kind: 'day', key: `day:${day}:${index === 0 ? 'first' : message.key}`, day }))

    const isFirstUnread = message.key === unread?.key
    if (isFirstUnread) rows.push(kept(known, { kind: 'unread', key: 'unread', count: unread.count }))

    for (let row = first; row < rows.length; row++) extras.push(index)
    const joinsAbove = !hasNotice && !hasGap && !isNewDay && !isFirstUnread && belongTogether(above, message)
    const joinsBelow =
      below !== undefined &&
      !notices.has(message.key) &&
      !isAfterGap(below, holes) &&
      below.key !== unread?.key &&
      dayOf(below.createdAt) === day &&
      belongTogether(message, below)
    rows.push(kept(known, { kind: 'message', key: message.key, message, position: positionOf(joinsAbove, joinsBelow) }))
  }
  if (to === messages.length) addNotices(to)
  return { rows, extras }
}

const isAfterGap = ({ seq }: ChatMessage, holes: ReadonlySet<number>): boolean => seq !== undefined && holes.has(seq)

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

const belongTogether = (above: ChatMessage | undefined, below: ChatMessage): boolean =>
  above !== undefined &&
  above.author.id === below.author.id &&
  above.isOwn === below.isOwn &&
  Math.abs(below.createdAt - above.createdAt) < GROUP_WITHIN_MS

const positionOf = (joinsAbove: boolean, joinsBelow: boolean): MessagePosition => {
  if (joinsAbove) return joinsBelow ? 'middle' : 'last'
  return joinsBelow ? 'first' : 'single'
}

const kept = <Row extends ListRow>(known: Known, row: Row): ListRow => {
  const old = known.get(row.key)
  return old && isSame(old, row) ? old : row
}

const isSame = (a: ListRow, b: ListRow): boolean => {
  if (a.kind === 'message') return b.kind === 'message' && a.message === b.message && a.position === b.position
  if (a.kind === 'system') return b.kind === 'system' && a.notice === b.notice
  if (a.kind === 'unread') return b.kind === 'unread' && a.count === b.count
  return a.kind === b.kind
}
