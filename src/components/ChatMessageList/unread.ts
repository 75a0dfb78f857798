import type { ChatMessage } from '../../core/index.ts'
import type { UnreadMark } from './rows.ts'

/** What is known of unread messages when a list is opened. */
export interface UnreadStart {
  /** How many there are, counted from the end. */
  readonly count: number
  /** Seq of the last message that was read; more certain than the count. */
  readonly after: number | undefined
}

export interface FoundMark extends UnreadMark {
  /** What it was found for. */
  readonly of: string
  /** Seq of the newest message at that time. */
  readonly until: number
  /** Key of the last row at that time. */
  readonly last: string
}

/** There is no line (any more): no row has this key. */
const NO_ROW = ''

/**
 * Where the unread messages start. It is found once, when the messages are there, and stays where it is while they
 * are: new messages are no reason to move it, an own one says that all was read. With a seq to go by, an older page
 * may show that it starts further up.
 */
export const findUnread = (messages: readonly ChatMessage[], { count, after }: UnreadStart, before: FoundMark | undefined): FoundMark | undefined => {
  const last = messages.at(-1)
  if (!last || (after === undefined && count <= 0)) return undefined
  const of = after === undefined ? `count ${count}` : `after ${after}`
  const isKnown = before?.of === of
  const until = isKnown ? before.until : newestSeq(messages)
  const none = { key: NO_ROW, count: 0, of, until, last: isKnown ? before.last : last.key }
  if (isKnown && before.key === NO_ROW) return before
  if (isKnown && last.isOwn && last.key !== before.last) return none
  if (after === undefined) return isKnown ? before : { ...none, ...countBack(messages, count) }
  const news = messagesBeyond(messages, after, until)
  const first = news.at(-1)
  if (!first) return none
  return isKnown && before.key === first.key && before.count === news.length ? before : { ...none, key: first.key, count: news.length }
}

const newestSeq = (messages: readonly ChatMessage[]): number => messages.findLast(({ seq }) => seq !== undefined)?.seq ?? 0

/** Of others, the newest first. Looks at no more than those and our own among them. */
const messagesBeyond = (messages: readonly ChatMessage[], after: number, until: number): ChatMessage[] => {
  const found: ChatMessage[] = []
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]!
    if (message.seq !== undefined && message.seq <= after) break
    if (message.seq !== undefined && message.seq <= until && !message.isOwn) found.push(message)
  }
  return found
}

const countBack = (messages: readonly ChatMessage[], count: number): { key: string; count: number } => {
  let left = count
  let key = NO_ROW
  for (let index = messages.length - 1; index >= 0 && left > 0; index--) {
    const message = messages[index]!
    if (message.isOwn) continue
    key = message.key
    left -= 1
  }
  return { key, count: key === NO_ROW ? 0 : count }
}
