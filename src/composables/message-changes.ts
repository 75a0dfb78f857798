import type { ChatMessage } from '../core/index.ts'

export interface ListChange {
  /** Nothing of the old list is left: another room, or a fresh start. */
  readonly isReplaced: boolean
  /** Messages of others that came after what was there; older pages do not count. */
  readonly received: readonly ChatMessage[]
  /** We have just sent something. */
  readonly hasOwnSend: boolean
  /** Own messages that have just failed. */
  readonly failed: readonly ChatMessage[]
  /** Messages of which an own change has just failed. */
  readonly unchanged: readonly ChatMessage[]
}

/** The part of two lists that is not the same: `start` from the beginning, and where it ends in each of them. */
export interface ChangedPart {
  readonly start: number
  readonly endBefore: number
  readonly endNow: number
}

const NOTHING: ListChange = { isReplaced: false, received: [], hasOwnSend: false, failed: [], unchanged: [] }

export type CompareLists<Item> = (before: readonly Item[], now: readonly Item[]) => ChangedPart

/** Long lists change in few places, so that comparing starts with what both ends share. */
export const changedPart = <Item>(before: readonly Item[], now: readonly Item[]): ChangedPart => {
  const shorter = Math.min(before.length, now.length)
  let start = 0
  // Without a function in between: this is all that costs more with a longer list.
  while (start < shorter && before[start] === now[start]) start += 1
  let endBefore = before.length
  let endNow = now.length
  while (endBefore > start && endNow > start && before[endBefore - 1] === now[endNow - 1]) {
    endBefore -= 1
    endNow -= 1
  }
  return { start, endBefore, endNow }
}

/** `changedPart` for several who ask about the same two lists. */
export const createComparer = <Item>(): CompareLists<Item> => {
  let last: { readonly before: readonly Item[]; readonly now: readonly Item[]; readonly part: ChangedPart } | undefined
  return (before, now) => {
    if (last?.before !== before || last.now !== now) last = { before, now, part: changedPart(before, now) }
    return last.part
  }
}

/** What happened between two states of a list. An empty list that fills is a fresh start, not news. */
export const compareLists = (
  before: readonly ChatMessage[] | undefined,
  now: readonly ChatMessage[],
  compare: CompareLists<ChatMessage> = changedPart,
): ListChange => {
  if (before === now || now.length === 0) return NOTHING
  const { start, endBefore, endNow } = compare(before ?? [], now)
  const known = new Map(before?.slice(start, endBefore).map((message) => [message.key, message]))
  const changed = now.slice(start, endNow)
  const firstKnown = start > 0 ? 0 : changed.findIndex((message) => known.has(message.key))
  const isReplaced = firstKnown < 0 && endNow === now.length
  // Fresh rows above everything that was there are an older page.
  const newest = before ? lastSeqOf(before) : 0
  // So are rows between others: they were there before, and are loaded only now.
  const fresh = firstKnown < 0 ? [] : changed.slice(firstKnown).filter(({ key, seq = Infinity }) => !known.has(key) && seq > newest)
  return {
    isReplaced,
    received: fresh.filter((message) => !message.isOwn),
    hasOwnSend: (isReplaced ? now : fresh).some((message) => message.isOwn && message.status === 'sending'),
    failed: isReplaced ? [] : changed.filter((message) => hasFailed(known.get(message.key), message)),
    unchanged: isReplaced ? [] : changed.filter((message) => isRefused(known.get(message.key), message)),
  }
}

/** Own messages may be ahead of the log. */
const lastSeqOf = (messages: readonly ChatMessage[]): number => messages.findLast(({ seq, isOwn }) => seq !== undefined && !isOwn)?.seq ?? 0

const hasFailed = (before: ChatMessage | undefined, now: ChatMessage): boolean =>
  now.status === 'failed' && before?.status !== 'failed'

const isRefused = (before: ChatMessage | undefined, now: ChatMessage): boolean =>
  now.failedChange !== undefined && before !== undefined && now.failedChange.error !== before.failedChange?.error
