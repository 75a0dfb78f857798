import type { ChatMessage } from '../../core/index.ts'
import type { UnreadMark } from './rows.ts'

/**
 * Where the unread messages start. It is found once, when the messages are there, and stays where it is while they
 * are: new messages are no reason to move it, an own one says that all was read.
 */
export const unreadMark = (
  messages: readonly ChatMessage[],
  unread: number,
  before: UnreadMark | undefined,
): UnreadMark | undefined => {
  if (unread <= 0 || messages.length === 0) return undefined
  if (before?.count === unread) return messages.at(-1)!.status === 'sending' ? undefined : before
  let left = unread
  let first: string | undefined
  for (let index = messages.length - 1; index >= 0 && left > 0; index--) {
    const message = messages[index]!
    if (message.isOwn) continue
    first = message.key
    left -= 1
  }
  return first === undefined ? undefined : { key: first, count: unread }
}
