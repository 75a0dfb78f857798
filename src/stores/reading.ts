/** How far we have read in a room, and what follows for the unread count. All return the parts that change. */
import type { Mark } from '../core/index.ts'
import { countBeyond, withMarks } from './receipts.ts'
import type { RoomState } from './room-types.ts'

type Changes = Partial<RoomState>

/** Nothing up to here is news. */
export const newsFrom = ({ read, backlogTop }: RoomState): number => read ?? backlogTop

/** @param upTo `Infinity` means everything @param last the newest seq that is known */
export const readTo = (state: RoomState, upTo: number, last: number | undefined): Changes => {
  const isAll = last === undefined || upTo >= last
  const seq = Math.min(upTo, last ?? 0)
  return { ...(seq > (state.read ?? 0) && { read: seq }), ...(isAll && upTo > 0 && { unread: 0 }) }
}

/** Marks of others, and our own from another device or an earlier page. */
export const takeMarks = (state: RoomState, marks: readonly Mark[], me: string | undefined): Changes => {
  const own = marks.find(({ user }) => user.id === me)
  return { receipts: withMarks(state.receipts, marks, me), ...(own && { read: Math.max(state.read ?? 0, own.read) }) }
}

export const recount = (state: RoomState): Changes => ({ unread: countBeyond(state.messages, state.storedCount, newsFrom(state)) })

/** Somebody else is signed in: nothing is claimed in their name. */
export const asOther = (state: RoomState): Changes => ({ backlogTop: Math.max(newsFrom(state), state.backlogTop), read: undefined, readBefore: undefined })
