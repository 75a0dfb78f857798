/**
 * Who has got and read what in a room. Marks never go back, and it does not matter in which order they come;
 * what an own message has once reached, it keeps.
 */
import type { ChatMessage, ChatUser, Mark, MessageStatus } from '../core/index.ts'

/**
 * When an own message counts as delivered and as read: when one of the others has, or when all have that are there or ever
 * told a mark. `false`: reads of others are not shown.
 */
export type ReceiptRule = 'someone' | 'everyone' | false

export interface RoomReceipts {
  /** How far each of the others has got, by user id. */
  readonly marks: ReadonlyMap<string, Mark>
  /** Own messages up to this seq are delivered. */
  readonly delivered: number
  /** Own messages up to this seq are read. */
  readonly read: number
}

export const NO_RECEIPTS: RoomReceipts = { marks: new Map(), delivered: 0, read: 0 }

/** The same object when nothing is new. */
export const withMarks = (receipts: RoomReceipts, told: readonly Mark[], me: string | undefined): RoomReceipts => {
  let marks: Map<string, Mark> | undefined
  for (const { user, ...mark } of told) {
    if (user.id === me) continue
    const before = (marks ?? receipts.marks).get(user.id)
    const read = Math.max(before?.read ?? 0, mark.read)
    const received = Math.max(before?.received ?? 0, mark.received, read)
    if (before?.read === read && before.received === received && before.user.name === user.name) continue
    marks ??= new Map(receipts.marks)
    marks.set(user.id, { user, read, received })
  }
  return marks ? { ...receipts, marks } : receipts
}

export const withoutUser = (receipts: RoomReceipts, id: string): RoomReceipts => {
  if (!receipts.marks.has(id)) return receipts
  return { ...receipts, marks: new Map([...receipts.marks].filter(([user]) => user !== id)) }
}

/** Tells by the marks how far own messages have come. */
export const withReach = (receipts: RoomReceipts, rule: ReceiptRule, present: Iterable<ChatUser>, me: string | undefined): RoomReceipts => {
  const { marks } = receipts
  const all = [...marks.values()]
  if (rule === 'everyone') {
    for (const user of present) if (user.id !== me && !marks.has(user.id)) all.push({ user, read: 0, received: 0 })
  }
  if (all.length === 0) return receipts
  const pick = (of: (mark: Mark) => number): number =>
    rule === 'everyone' ? all.reduce((least, mark) => Math.min(least, of(mark)), Infinity) : all.reduce((most, mark) => Math.max(most, of(mark)), 0)
  const delivered = Math.max(receipts.delivered, pick((mark) => mark.received))
  const read = rule === false ? receipts.read : Math.max(receipts.read, pick((mark) => mark.read))
  return delivered === receipts.delivered && read === receipts.read ? receipts : { ...receipts, delivered, read }
}

/** What has become of an own message that is stored. */
export const standingOf = ({ delivered, read }: RoomReceipts, seq: number): MessageStatus => {
  if (seq <= read) return 'read'
  return seq <= delivered ? 'delivered' : 'sent'
}

/** Those of the others who have read this far. */
export const readersOf = ({ marks }: RoomReceipts, seq: number): readonly ChatUser[] =>
  [...marks.values()].flatMap(({ user, read }) => (read >= seq ? user : []))

/** How many of the stored rows are of others, and beyond this seq. */
export const countBeyond = (rows: readonly ChatMessage[], storedCount: number, seq: number): number => {
  let count = 0
  for (let index = storedCount - 1; index >= 0; index--) {
    const row = rows[index]!
    if (row.seq !== undefined && row.seq <= seq) break
    if (row.seq !== undefined && !row.isOwn) count += 1
  }
  return count
}

const lists = new WeakMap<ReadonlyMap<string, Mark>, readonly Mark[]>()

/** The marks as a list; the same one for the same marks. */
export const markLists = (marks: RoomReceipts['marks']): readonly Mark[] => {
  const known = lists.get(marks) ?? [...marks.values()]
  lists.set(marks, known)
  return known
}
