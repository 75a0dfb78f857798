/** Who is in a room, who types, and what each connection has been given. No input or output. */
import type { RoomEvent, UserRef } from '../src/protocol/entities.ts'

/** A connection's seat in a room. */
export interface Seat {
  readonly user: UserRef
  /** `buffering`: the log is being read. `lagging`: the link is too slow, events are left out until it drains. */
  phase: 'buffering' | 'live' | 'lagging'
  /** Events that arrived while the log was read. */
  readonly buffer: RoomEvent[]
  /** Newest seq that was written to the connection. */
  given: number
  /** Newest seq that a ping has told. */
  told: number
  typing: boolean
  /** Presence changes that a slow link has not been told: the user when present, undefined when gone. */
  readonly missed: Map<string, UserRef | undefined>
}

/** What to do with an event for one seat. */
export type Delivery = 'write' | 'skip' | 'lag'

export interface Departure {
  readonly seat: Seat
  /** It was the user's last connection in the room. */
  readonly userLeft: boolean
}

export interface Room<C> {
  readonly seats: ReadonlyMap<C, Seat>
  /** Newest seq that was published or read. */
  top: number
  /** Takes a seat, or starts an old one anew. @returns whether the user was not in the room before */
  enter(connection: C, user: UserRef): { readonly seat: Seat; readonly userJoined: boolean }
  leave(connection: C): Departure | undefined
  /** Each user once, in the order of arrival. */
  members(): UserRef[]
  count(): number
}

export const createRoom = <C>(): Room<C> => {
  const seats = new Map<C, Seat>()
  const users = new Map<string, { user: UserRef; connections: number }>()
  return {
    seats,
    top: 0,
    enter(connection, user) {
      const present = seats.get(connection)
      if (present) {
        present.phase = 'buffering'
        present.buffer.length = 0
        present.missed.clear()
        return { seat: present, userJoined: false }
      }
      const seat: Seat = { user, phase: 'buffering', buffer: [], given: 0, told: 0, typing: false, missed: new Map() }
      seats.set(connection, seat)
      const entry = users.get(user.id)
      if (entry) entry.connections++
      else users.set(user.id, { user, connections: 1 })
      return { seat, userJoined: entry === undefined }
    },
    leave(connection) {
      const seat = seats.get(connection)
      if (!seat) return undefined
      seats.delete(connection)
      const entry = users.get(seat.user.id)!
      entry.connections--
      if (entry.connections > 0) return { seat, userLeft: false }
      users.delete(seat.user.id)
      return { seat, userLeft: true }
    },
    members: () => [...users.values()].map((entry) => entry.user),
    count: () => users.size,
  }
}

/** Decides what becomes of a live event for a seat, and keeps the seat's books. */
export const offer = (seat: Seat, event: RoomEvent, isCongested: boolean): Delivery => {
  if (seat.phase === 'buffering') {
    seat.buffer.push(event)
    return 'skip'
  }
  if (seat.phase === 'lagging' || event.seq <= seat.given) return 'skip'
  if (isCongested || event.seq !== seat.given + 1) {
    seat.phase = 'lagging'
    return 'lag'
  }
  seat.given = event.seq
  return 'write'
}

/** Ends `lagging`. @returns what was left out, for one `gap` frame */
export const catchUp = (seat: Seat, top: number): { readonly from: number; readonly top: number } | undefined => {
  if (seat.phase !== 'lagging') return undefined
  seat.phase = 'live'
  const from = seat.given + 1
  seat.given = Math.max(seat.given, top)
  return from <= top ? { from, top } : undefined
}
