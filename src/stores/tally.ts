/** How much of a room is new to us, as a tab that is in it counts. */
import type { ReceivedMessage } from '../core/index.ts'
import { newsFrom } from './reading.ts'
import type { RoomState } from './room-types.ts'

export interface Tally {
  readonly room: string
  /** Of which log. */
  readonly epoch: string
  /** Nothing up to this seq is news. */
  readonly read: number
  /** Seq of the newest entry that was counted. */
  readonly top: number
  /** Messages of others among these that were not seen. */
  readonly unread: number
  /** One of these speaks to us. */
  readonly isMentioned: boolean
  /** Everything from where we have read on is known here, so that nobody can count more. */
  readonly isWhole: boolean
  /** Newest seq as it was when that tab entered. */
  readonly joinedAt: number
  /** The newest message. */
  readonly last?: ReceivedMessage | undefined
}

/** No list shows more of a text. */
const SHOWN = 200

/** Plain data, which goes from tab to tab. */
const lastOf = ({ messages, storedCount }: RoomState): ReceivedMessage | undefined => {
  const row = messages[storedCount - 1]
  if (row?.seq === undefined) return undefined
  const { room, seq, author, body, createdAt, isDeleted, attachments } = row
  return { room, seq, author, body: body.slice(0, SHOWN), createdAt, isDeleted, attachments }
}

/** @param count newest messages of others to look at */
const speaksTo = ({ messages, storedCount }: RoomState, me: string, count: number): boolean => {
  for (let index = storedCount - 1, left = count; index >= 0 && left > 0; index--) {
    const row = messages[index]!
    if (row.isOwn) continue
    if (row.mentions?.includes(me)) return true
    left -= 1
  }
  return false
}

/**
 * Undefined where nothing of the room is known.
 * @param before the last one of this room; only what came since is looked at
 */
export const tallyOf = (state: RoomState, me: string | undefined, before?: Tally): Tally | undefined => {
  const { room, epoch, unread, known } = state
  const last = known.at(-1)
  if (epoch === undefined || !last) return undefined
  const isMore = before?.epoch === epoch && unread >= before.unread
  const isMentioned = unread > 0 && me !== undefined && ((isMore && before.isMentioned) || speaksTo(state, me, isMore ? unread - before.unread : unread))
  return { room, epoch, read: newsFrom(state), top: last[1], unread, isMentioned, isWhole: last[0] <= newsFrom(state) + 1, joinedAt: state.top, last: lastOf(state) }
}
