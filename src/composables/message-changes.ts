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
}

const NOTHING: ListChange = { isReplaced: false, received: [], hasOwnSend: false, failed: [] }

/** What happened between two states of a list. An empty list that fills is a fresh start, not news. */
export const compareLists = (
  before: readonly ChatMessage[] | undefined,
  now: readonly ChatMessage[],
): ListChange => {
  if (before === now || now.length === 0) return NOTHING
  const known = new Map((before ?? []).map((message) => [message.key, message]))
  const start = now.findIndex((message) => known.has(message.key))
  const fresh = start < 0 ? [] : now.slice(start).filter((message) => !known.has(message.key))
  return {
    isReplaced: start < 0,
    received: fresh.filter((message) => !message.isOwn),
    hasOwnSend: (start < 0 ? now : fresh).some((message) => message.isOwn && message.status === 'sending'),
    failed: start < 0 ? [] : now.filter((message) => hasFailed(known.get(message.key), message)),
  }
}

const hasFailed = (before: ChatMessage | undefined, now: ChatMessage): boolean =>
  now.status === 'failed' && before?.status !== 'failed'
