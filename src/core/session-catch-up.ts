/** What is missing in a room: fetched, or given up with a word. */
import type { Inbound } from './dialect.ts'
import type { ReceivedMessage } from './domain.ts'
import type { SessionContext } from './session-context.ts'
import type { Requests } from './session-requests.ts'
import type { Room } from './session-room.ts'

export interface CatchUpPort {
  readonly ask: Requests['ask']
  /** Whether the room is still one of the session's. */
  isKnown(room: Room): boolean
  apply(messages: readonly ReceivedMessage[]): void
  retryIn(room: Room, work: (room: Room) => void, ms?: number): void
  /** The log is another one than that which was entered. */
  anew(room: Room): void
}

type Page = Extract<Inbound, { type: 'page' }>

/** @returns what fetches all that is missing in a room; does nothing when nothing is, or while it does so already */
export const createCatchUp = ({ emit, options }: SessionContext, { ask, isKnown, apply, retryIn, anew }: CatchUpPort): ((room: Room) => void) => {
  const pull = (room: Room): void => {
    const { cursor } = room.inbox
    const newest = room.inbox.held().reduce((a, b) => Math.max(a, b), room.top)
    if (room.isPulling || room.phase !== 'in' || !cursor || cursor.seq >= newest) return
    if (!options.dialect.capabilities.history) {
      giveUp(room)
      return
    }
    room.isPulling = true
    ask(room.name, (id) => ({ type: 'history', id, room: room.name, after: cursor.seq }), {
      answered(frame) {
        const { epoch, messages } = frame as Page
        room.isPulling = false
        if (!isKnown(room)) return
        if (room.inbox.cursor?.epoch !== epoch) {
          retryIn(room, anew)
          return
        }
        const before = room.inbox.cursor.seq
        for (const message of messages) apply(room.inbox.accept(message))
        if (room.inbox.cursor.seq === before && before < newest) giveUp(room)
        else pull(room)
      },
      failed(error, afterMs) {
        room.isPulling = false
        if (!isKnown(room) || error.code === 'not_connected') return
        if (error.retryable && error.code !== 'request_timeout') retryIn(room, pull, afterMs)
        else giveUp(room)
      },
    })
  }

  /** What is missing cannot be had: say so and go on. */
  const giveUp = (room: Room): void => {
    const until = room.inbox.held().reduce((a, b) => Math.min(a, b), Infinity)
    const next = until < Infinity ? until : room.top + 1
    emit('gap', { room: room.name, until: next })
    apply(room.inbox.skipTo(next))
    pull(room)
  }

  return pull
}
