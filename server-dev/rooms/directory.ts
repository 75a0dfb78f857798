/** Who is connected, and what their lists of rooms show: told when it changes, a few times a second at most. */
import { encode } from '../../src/protocol/encode.ts'
import type { RoomEvent, RoomListing, UserRef } from '../../src/protocol/entities.ts'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import { EPHEMERAL_LIMIT, type Hub, type Member } from '../hub.ts'
import type { Settings } from '../options.ts'
import type { Store } from '../store.ts'
import { isMember, permissionsOf, type Standing } from './access.ts'
import type { RoomFacts } from './tables.ts'

export interface Directory {
  arrived(member: Member): void
  departed(member: Member): void
  isOnline(userId: string): boolean
  /** Users who are connected, but this one. */
  online(but: string, limit: number): UserRef[]
  /** Names of all who came are stored when this returns. */
  settle(): void
  /** How a user stands to a room; undefined when there is none. */
  standing(user: UserRef, room: string): Standing | undefined
  /** What it is called for this user: a conversation by the other one's name. */
  title(standing: Standing): string
  listing(standing: Standing): RoomListing
  /** All rooms that a user is told of. */
  listings(user: UserRef): RoomListing[]
  /** What the lists of its members show of it has changed. */
  changed(event: RoomEvent): void
  /** The room is another one now, for all of its members. */
  touched(room: string): void
  /** A user has read further, on some connection. */
  read(userId: string, room: string): void
  /** Tells one user at once, on every connection. */
  tell(user: UserRef, room: string): void
  /** Takes the room away from a user: out of it on every connection, and off the list. */
  gone(userId: string, room: string, reason: string): void
}

/** How long changes are gathered, in milliseconds. */
const GATHER_MS = 300
/** Listings that are worked out in one go; the others wait for the next. */
const BATCH = 500
/** Who comes back within this time was not away, in milliseconds. */
const ABSENCE_MS = 3_000
const SAVE_MS = 50
const MAX_JOINABLE = 100

/** @param readBy the newest seq that is no news to a user; undefined when nothing is known */
export const createDirectory = (
  hub: Hub<Member>,
  settings: Settings,
  store: () => Store,
  readBy: (room: string, userId: string) => number | undefined,
): Directory => {
  const people = new Map<string, { readonly user: UserRef; readonly connections: Set<Member> }>()
  const forAll = new Map(settings.rooms.map((room) => [room.room, room]))
  /** What is to be told, by room: to whom, and whether also to those who are in it. */
  const dirty = new Map<string, Map<string, boolean>>()
  const strangers = new Map<string, UserRef>()
  const shown = new Set<string>()
  const timers = new Map<string, NodeJS.Timeout>()

  const later = (name: string, ms: number, work: () => void): void => {
    if (timers.has(name)) return
    const run = (): void => {
      timers.delete(name)
      try {
        work()
      } catch (error) {
        // The storage is away; whoever comes back asks for everything.
        settings.log({ level: 'warn', event: 'listings_failed', error: String(error) })
      }
    }
    timers.set(name, setTimeout(run, ms).unref())
  }

  const standingOf = (user: UserRef, facts: RoomFacts): Standing => ({
    user,
    facts,
    membership: store().members.membership(facts.room, user.id),
    isForAll: forAll.has(facts.room),
  })

  const partnersOf = ({ room }: RoomFacts): UserRef[] =>
    store().members.memberIds(room).map((id) => store().members.user(id) ?? { id, name: id })

  const title: Directory['title'] = ({ user, facts }) =>
    facts.kind === 'direct' ? (partnersOf(facts).find(({ id }) => id !== user.id)?.name ?? '') : facts.title

  const listing: Directory['listing'] = (standing) => {
    const { user, facts, membership, isForAll } = standing
    const { room, kind, top, isPrivate } = facts
    const tables = store().members
    const members = kind === 'direct' ? partnersOf(facts) : undefined
    const last = top > 0 ? tables.last(room) : undefined
    const beyond = Math.max(membership?.since ?? -1, readBy(room, user.id) ?? -1)
    const unread = beyond >= 0 && beyond < top ? tables.unread(room, user.id, beyond) : 0
    return {
      room,
      title: title(standing),
      kind,
      isMember: isMember(standing),
      isPrivate,
      ...(members && { members, online: members.filter(({ id }) => people.has(id)).map(({ id }) => id) }),
      memberCount: isForAll ? 0 : tables.memberCount(room),
      top,
      ...(last && { last }),
      unread,
      ...(unread > 0 && tables.isMentioned(room, user.id, beyond) && { mentioned: true }),
      activeAt: Math.max(facts.createdAt, last?.ts ?? 0),
      can: permissionsOf(standing),
    }
  }

  const write = (member: Member, frame: ServerFrame): void => {
    member.write(encode(frame))
  }

  /** @param isInside also on connections that are in the room @returns whether some are too slow now */
  const tellLater = (userId: string, room: string, isInside: boolean): boolean => {
    const person = people.get(userId)
    const wanted = [...(person?.connections ?? [])].filter((member) => isInside || !member.rooms.has(room))
    const ready = wanted.filter((member) => member.buffered() <= EPHEMERAL_LIMIT)
    const facts = ready.length > 0 ? store().members.room(room) : undefined
    const standing = facts && standingOf(person!.user, facts)
    if (standing && isMember(standing)) {
      const frame: ServerFrame = { type: 'listing', listing: listing(standing) }
      for (const member of ready) write(member, frame)
    }
    return ready.length < wanted.length
  }

  const flush = (): void => {
    let left = BATCH
    for (const [room, users] of dirty) {
      for (const [user, isInside] of users) {
        if (left-- <= 0) {
          later('flush', GATHER_MS, flush)
          return
        }
        if (!tellLater(user, room, isInside)) users.delete(user)
      }
      if (users.size === 0) dirty.delete(room)
    }
    if (dirty.size > 0) later('flush', GATHER_MS * 3, flush)
  }

  const touch = (room: string, users: Iterable<string>, isInside: boolean): void => {
    const present = dirty.get(room) ?? new Map<string, boolean>()
    dirty.set(room, present)
    for (const user of users) if (people.has(user)) present.set(user, isInside || present.get(user) === true)
    later('flush', GATHER_MS, flush)
  }

  const membersOf = (room: string): Iterable<string> => (forAll.has(room) ? people.keys() : store().members.memberIds(room))

  /** Tells those who talk with somebody alone that they are there, or not. */
  const showPresence = (): void => {
    for (const id of new Set([...people.keys(), ...shown])) {
      if (people.has(id) === shown.has(id)) continue
      if (people.has(id)) shown.add(id)
      else shown.delete(id)
      for (const { facts } of store().members.roomsOf(id)) if (facts.kind === 'direct') touch(facts.room, store().members.memberIds(facts.room), true)
    }
  }

  const settle = (): void => {
    if (strangers.size === 0) return
    store().members.saveUsers([...strangers.values()])
    strangers.clear()
  }

  return {
    arrived(member) {
      const { user } = member
      const person = people.get(user.id) ?? { user, connections: new Set() }
      people.set(user.id, person)
      person.connections.add(member)
      strangers.set(user.id, user)
      later('settle', SAVE_MS, settle)
      if (!shown.has(user.id)) later('came', GATHER_MS, showPresence)
    },
    departed(member) {
      const person = people.get(member.user.id)
      if (!person?.connections.delete(member) || person.connections.size > 0) return
      people.delete(member.user.id)
      // An answer may have said that they are there, before anybody was told.
      shown.add(member.user.id)
      later('went', ABSENCE_MS, showPresence)
    },
    isOnline: (id) => people.has(id),
    online(but, limit) {
      const found: UserRef[] = []
      for (const { user } of people.values()) {
        if (found.length >= limit) break
        if (user.id !== but) found.push(user)
      }
      return found
    },
    settle,
    standing(user, room) {
      const facts = store().members.room(room)
      return facts && standingOf(user, facts)
    },
    title,
    listing,
    listings(user) {
      const tables = store().members
      // Whoever sees them for the first time is told of what is said from now on.
      tables.addToAll(user.id, [...forAll.keys()])
      const own = tables.roomsOf(user.id).filter(({ facts, membership }) => !membership.isHidden || facts.top > 0)
      const standings = [
        ...own.map(({ facts, membership }): Standing => ({ user, facts, membership, isForAll: forAll.has(facts.room) })),
        ...tables.openRooms(user.id, MAX_JOINABLE).map((facts): Standing => ({ user, facts, membership: undefined, isForAll: false })),
      ]
      return standings.map(listing)
    },
    changed({ room, kind }) {
      // Who is in it sees for themselves.
      if (kind === 'message' || kind === 'edit' || kind === 'delete') touch(room, membersOf(room), false)
    },
    touched(room) {
      touch(room, membersOf(room), true)
    },
    read(userId, room) {
      touch(room, [userId], false)
    },
    tell(user, room) {
      const person = people.get(user.id)
      const facts = person && store().members.room(room)
      if (!facts) return
      const frame: ServerFrame = { type: 'listing', listing: listing(standingOf(user, facts)) }
      for (const member of person.connections) write(member, frame)
    },
    gone(userId, room, reason) {
      for (const member of people.get(userId)?.connections ?? []) {
        hub.leave(member, room)
        write(member, { type: 'gone', room, reason })
      }
    },
  }
}
