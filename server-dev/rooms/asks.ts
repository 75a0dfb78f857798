/** What is asked about rooms and their members, and what becomes of it. */
import type { ErrorCode } from '../../src/protocol/error-codes.ts'
import type { UserRef } from '../../src/protocol/entities.ts'
import type { Requests } from '../../src/protocol/requests.ts'
import type { AskContext, Asked } from '../asks.ts'
import { isMember, mayEnter, permissionsOf, type Standing } from './access.ts'
import { createRoomRates, type ROOM_RATES } from './rates.ts'
import { OWN_PREFIX } from './tables.ts'
import { cleanTitle } from './titles.ts'

/** What of rooms one server, user and room may have. */
export const ROOM_LIMITS = { rooms: 10_000, roomsPerUser: 500, membersPerRoom: 1_000, listed: 200 }

type Refusal = { readonly ok: false; readonly code: ErrorCode }
const refuse = (code: ErrorCode): Refusal => ({ ok: false, code })

const rates = new WeakMap<object, ReturnType<typeof createRoomRates>>()

/** Within the rate, and with everyone known who is here. */
const paced =
  <W extends keyof Requests>(what: keyof typeof ROOM_RATES, handle: Asked<W>): Asked<W> =>
  (ask, context) => {
    const { chat, member } = context
    const isTooMuch = rates.get(chat) ?? createRoomRates()
    rates.set(chat, isTooMuch)
    if (isTooMuch(what, member.user.id)) return refuse('rate_limited')
    chat.directory.settle()
    return handle(ask, context)
  }

const listed = (standing: Standing, { chat }: AskContext): { readonly ok: true; readonly answer: Requests['create']['answer'] } => ({
  ok: true,
  answer: { listing: chat.directory.listing(standing) },
})

/** How the one who asks stands to the room; nothing where they are not told of it. */
const findRoom = (room: string, { chat, member }: AskContext): Standing | undefined => {
  const standing = chat.directory.standing(member.user, room)
  return standing && mayEnter(standing) ? standing : undefined
}

const isFull = (user: UserRef, { chat }: AskContext): boolean => chat.store().members.roomCountOf(user.id) >= ROOM_LIMITS.roomsPerUser

/** Counts up to what one page may hold. */
const limitOf = (asked: number | undefined): number => Math.min(Math.max(Math.floor(asked ?? 50), 1), ROOM_LIMITS.listed)

const rooms = paced<'rooms'>('look', (_ask, { chat, member }) => ({ ok: true, answer: { rooms: chat.directory.listings(member.user) } }))

const create = paced<'create'>('make', ({ title, isPrivate = false, isReadOnly = false, members = [] }, context) => {
  const { chat, member } = context
  const tables = chat.store().members
  const clean = cleanTitle(title)
  const others = [...new Set(members)].filter((id) => id !== member.user.id)
  if (clean === undefined) return refuse('title_invalid')
  if (isFull(member.user, context) || chat.store().roomCount() >= ROOM_LIMITS.rooms) return refuse('room_limit')
  if (!others.every((id) => tables.user(id))) return refuse('user_not_found')
  const room = tables.create({ title: clean, isPrivate, isReadOnly, owner: member.user, members: others })
  chat.directory.tell(member.user, room)
  for (const id of others) chat.directory.tell(tables.user(id)!, room)
  return listed(findRoom(room, context)!, context)
})

const direct = paced<'direct'>('make', ({ user }, context) => {
  const { chat, member } = context
  const tables = chat.store().members
  const other = tables.user(user)
  if (!other || other.id === member.user.id) return refuse('user_not_found')
  const isNew = tables.findDirect(member.user.id, other.id) === undefined
  if (isNew && (isFull(member.user, context) || chat.store().roomCount() >= ROOM_LIMITS.rooms)) return refuse('room_limit')
  const room = tables.direct(member.user, other)
  // The other one is told with the first message.
  chat.directory.tell(member.user, room)
  return listed(findRoom(room, context)!, context)
})

const enrol = paced<'enrol'>('change', ({ room }, context) => {
  const { chat, member } = context
  const standing = findRoom(room, context)
  if (!standing) return refuse('not_found')
  if (isMember(standing)) return listed(standing, context)
  if (isFull(member.user, context)) return refuse('room_limit')
  const count = chat.store().members.memberCount(room)
  if (count >= ROOM_LIMITS.membersPerRoom) return refuse('member_limit')
  // All of its members left, and somebody has to be able to look after it.
  chat.store().members.add(room, member.user.id, count === 0 && room.startsWith(OWN_PREFIX) ? 'owner' : 'member')
  chat.directory.tell(member.user, room)
  chat.directory.touched(room)
  return listed(findRoom(room, context)!, context)
})

/** Off the list of a room that only members see; one more that may be joined, of any other. */
const takeOut = (user: UserRef, { facts }: Standing, reason: string, { chat }: AskContext): void => {
  chat.store().members.remove(facts.room, user.id)
  if (facts.isPrivate) chat.directory.gone(user.id, facts.room, reason)
  else chat.directory.tell(user, facts.room)
  chat.directory.touched(facts.room)
}

const quit = paced<'quit'>('change', ({ room }, context) => {
  const standing = findRoom(room, context)
  if (!standing) return refuse('not_found')
  if (standing.facts.kind === 'direct' || standing.isForAll) return refuse('forbidden')
  if (standing.membership) takeOut(context.member.user, standing, 'left', context)
  return { ok: true, answer: {} }
})

const invite = paced<'invite'>('change', ({ room, user }, context) => {
  const { chat } = context
  const tables = chat.store().members
  const standing = findRoom(room, context)
  const invited = tables.user(user)
  if (!standing) return refuse('not_found')
  if (!permissionsOf(standing).invite) return refuse('forbidden')
  if (!invited) return refuse('user_not_found')
  if (tables.membership(room, user)) return listed(standing, context)
  if (isFull(invited, context)) return refuse('room_limit')
  if (tables.memberCount(room) >= ROOM_LIMITS.membersPerRoom) return refuse('member_limit')
  tables.add(room, user)
  chat.directory.tell(invited, room)
  chat.directory.touched(room)
  return listed(standing, context)
})

const expel = paced<'expel'>('change', ({ room, user }, context) => {
  const { chat, member } = context
  const standing = findRoom(room, context)
  if (!standing) return refuse('not_found')
  if (!permissionsOf(standing).manage || user === member.user.id) return refuse('forbidden')
  const membership = chat.store().members.membership(room, user)
  if (!membership) return refuse('user_not_found')
  if (membership.role === 'owner') return refuse('forbidden')
  takeOut(chat.store().members.user(user) ?? { id: user, name: user }, standing, 'expelled', context)
  return { ok: true, answer: {} }
})

const rename = paced<'rename'>('change', ({ room, title }, context) => {
  const { chat } = context
  const standing = findRoom(room, context)
  const clean = cleanTitle(title)
  if (!standing) return refuse('not_found')
  if (!permissionsOf(standing).manage) return refuse('forbidden')
  if (clean === undefined) return refuse('title_invalid')
  chat.store().members.rename(room, clean)
  // Whoever reads along without being a member sees the title too.
  const readers = chat.hub.room(room)?.members() ?? []
  const concerned = new Set([...chat.store().members.memberIds(room), ...readers.map(({ id }) => id)])
  for (const id of concerned) chat.directory.tell({ id, name: id }, room)
  return listed(findRoom(room, context)!, context)
})

const members = paced<'members'>('look', ({ room, query = '', limit }, context) => {
  const { chat } = context
  const standing = findRoom(room, context)
  if (!standing) return refuse('not_found')
  const tables = chat.store().members
  const found = tables.members(room, query, limitOf(limit))
  const answer = found.map(({ id, name, role }) => ({ id, name, role, online: chat.directory.isOnline(id) }))
  return { ok: true, answer: { members: answer, count: tables.memberCount(room) } }
})

const people = paced<'people'>('look', ({ query, limit }, { chat, member }) => {
  const most = limitOf(limit ?? 20)
  const found = query.trim() === '' ? chat.directory.online(member.user.id, most) : chat.store().members.people(query.trim(), member.user.id, most)
  return { ok: true, answer: { people: found.map(({ id, name }) => ({ id, name, online: chat.directory.isOnline(id) })) } }
})

export const ROOM_ASKS = { rooms, create, direct, enrol, quit, invite, expel, rename, members, people }
