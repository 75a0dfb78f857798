/** Brings events to everyone in a room. Knows connections only by what it needs of them. */
import { encode } from '../src/protocol/encode.ts'
import type { RoomEvent, UserRef } from '../src/protocol/entities.ts'
import type { ServerFrame } from '../src/protocol/frames.ts'
import { catchUp, createRoom, offer, type Room, type Seat } from './room.ts'

/** Bytes waiting in a connection's way out from which on presence and typing are held back. */
export const EPHEMERAL_LIMIT = 64 * 1024
/** Bytes from which on events are left out, to be told by one `gap`. */
export const EVENT_LIMIT = 256 * 1024

export interface Member {
  readonly user: UserRef
  /** Rooms that it is in. */
  readonly rooms: Set<string>
  /** Bytes that wait to be written. */
  buffered(): number
  write(text: string): void
  /** An event was left out; call `drained` when the way is free. */
  lag(): void
}

export interface Hub<M extends Member> {
  room(name: string): Room<M> | undefined
  enter(member: M, name: string): { readonly seat: Seat; readonly room: Room<M>; readonly userJoined: boolean }
  /** Tells the others that a user has come. */
  announce(member: M, name: string): void
  leave(member: M, name: string): void
  leaveAll(member: M): void
  publish(event: RoomEvent): void
  /** Ends lagging seats: one `gap` per room, and the presence that was held back. */
  drained(member: M): void
  setTyping(member: M, name: string, on: boolean): void
  /** The newest seq of each of the member's rooms that no ping has told yet. */
  tops(member: M): Record<string, number> | undefined
  roomCount(): number
}

export const createHub = <M extends Member>(): Hub<M> => {
  const rooms = new Map<string, Room<M>>()

  const tell = (member: M, frame: ServerFrame): void => {
    member.write(encode(frame))
  }

  const tellOthers = (room: Room<M>, but: M | undefined, frame: ServerFrame): void => {
    const text = encode(frame)
    for (const [member] of room.seats) {
      if (member !== but && member.buffered() <= EPHEMERAL_LIMIT) member.write(text)
    }
  }

  const tellPresence = (name: string, room: Room<M>, but: M | undefined, user: UserRef, isHere: boolean): void => {
    const text = encode({
      type: 'presence',
      room: name,
      count: room.count(),
      ...(isHere ? { joined: [user] } : { left: [user.id] }),
    })
    for (const [member, seat] of room.seats) {
      if (member === but) continue
      if (member.buffered() > EPHEMERAL_LIMIT) {
        seat.missed.set(user.id, isHere ? user : undefined)
        member.lag()
      } else member.write(text)
    }
  }

  const tellMissed = (member: M, name: string, room: Room<M>, seat: Seat): void => {
    if (seat.missed.size === 0) return
    const joined = [...seat.missed.values()].filter((user) => user !== undefined)
    const left = [...seat.missed].filter(([, user]) => user === undefined).map(([id]) => id)
    seat.missed.clear()
    tell(member, { type: 'presence', room: name, count: room.count(), joined, left })
  }

  const leave = (member: M, name: string): void => {
    member.rooms.delete(name)
    const room = rooms.get(name)
    const departure = room?.leave(member)
    if (!room || !departure) return
    const { seat, userLeft } = departure
    if (room.seats.size === 0) rooms.delete(name)
    if (seat.typing) tellOthers(room, undefined, { type: 'typing', room: name, user: seat.user, on: false })
    if (userLeft) tellPresence(name, room, undefined, seat.user, false)
  }

  return {
    room: (name) => rooms.get(name),
    enter(member, name) {
      const room = rooms.get(name) ?? createRoom<M>()
      rooms.set(name, room)
      member.rooms.add(name)
      return { room, ...room.enter(member, member.user) }
    },
    announce(member, name) {
      const room = rooms.get(name)
      if (room) tellPresence(name, room, member, member.user, true)
    },
    leave,
    leaveAll(member) {
      for (const name of [...member.rooms]) leave(member, name)
    },
    publish(event) {
      const room = rooms.get(event.room)
      if (!room) return
      room.top = Math.max(room.top, event.seq)
      const text = encode({ type: 'event', ...event })
      for (const [member, seat] of room.seats) {
        const delivery = offer(seat, event, member.buffered() > EVENT_LIMIT)
        if (delivery === 'write') member.write(text)
        else if (delivery === 'lag') member.lag()
      }
    },
    drained(member) {
      for (const name of member.rooms) {
        const room = rooms.get(name)
        const seat = room?.seats.get(member)
        if (!room || !seat) continue
        const missing = catchUp(seat, room.top)
        if (missing) tell(member, { type: 'gap', room: name, ...missing })
        tellMissed(member, name, room, seat)
      }
    },
    setTyping(member, name, on) {
      const room = rooms.get(name)
      const seat = room?.seats.get(member)
      if (!room || !seat || (!on && !seat.typing)) return
      seat.typing = on
      tellOthers(room, member, { type: 'typing', room: name, user: member.user, on })
    },
    tops(member) {
      const tops: [string, number][] = []
      for (const name of member.rooms) {
        const room = rooms.get(name)
        const seat = room?.seats.get(member)
        if (!room || !seat || seat.told === room.top) continue
        seat.told = room.top
        tops.push([name, room.top])
      }
      return tops.length > 0 ? Object.fromEntries(tops) : undefined
    },
    roomCount: () => rooms.size,
  }
}
