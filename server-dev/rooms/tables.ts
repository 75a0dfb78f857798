/** Who is a member of what, in SQLite. Synchronous; every method throws when the storage fails. */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { RoomEvent, UserRef } from '../../src/protocol/entities.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../event-rows.ts'
import { fold } from './titles.ts'

export type Role = 'owner' | 'member'

/** A room, whoever looks at it. */
export interface RoomFacts {
  readonly room: string
  readonly title: string
  readonly kind: 'room' | 'direct'
  readonly isPrivate: boolean
  readonly isReadOnly: boolean
  readonly top: number
  readonly createdAt: number
}

export interface Membership {
  readonly role: Role
  /** Newest seq when they came; what was said before is no news to them. */
  readonly since: number
  /** A conversation that the other one began, and nothing was said in yet. */
  readonly isHidden: boolean
}

export interface StoredMember extends UserRef {
  readonly role: Role
}

export interface NewRoomFacts {
  readonly title: string
  readonly isPrivate: boolean
  readonly isReadOnly: boolean
  readonly owner: UserRef
  /** Ids of known users. */
  readonly members: readonly string[]
}

/** Unread messages are counted up to here. */
export const MAX_UNREAD = 100
/** Longest preview in Unicode code points. */
const PREVIEW = 160

/** What begins with this is made by the server; nobody makes such a room by joining it. */
export const OWN_PREFIX = '~'

const COLUMNS = 'rooms.id, title, rooms.kind, is_private, is_read_only, last_seq, created_at'

interface RoomRow {
  readonly id: string
  readonly title: string
  readonly kind: 'room' | 'direct'
  readonly is_private: number
  readonly is_read_only: number
  readonly last_seq: number
  readonly created_at: number
}

const toFacts = (row: RoomRow): RoomFacts => ({
  room: row.id,
  title: row.title,
  kind: row.kind,
  isPrivate: row.is_private === 1,
  isReadOnly: row.is_read_only === 1,
  top: row.last_seq,
  createdAt: row.created_at,
})

interface MemberRow {
  readonly role: Role
  readonly since: number
  readonly is_hidden: number
}

const toMembership = (row: MemberRow): Membership => ({ role: row.role, since: row.since, isHidden: row.is_hidden === 1 })

const pairOf = (a: string, b: string): string => JSON.stringify([a, b].sort())
const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
const preview = (body: string): string => (body.length > PREVIEW ? [...body.slice(0, PREVIEW * 2)].slice(0, PREVIEW).join('') : body)

export type RoomTables = ReturnType<typeof openRoomTables>

export const openRoomTables = (db: DatabaseSync, now: () => number) => {
  const sql = {
    room: db.prepare(`SELECT ${COLUMNS} FROM rooms WHERE id = ?`),
    pair: db.prepare(`SELECT ${COLUMNS} FROM rooms WHERE pair = ?`),
    member: db.prepare('SELECT role, since, is_hidden FROM room_members WHERE user_id = ? AND room_id = ?'),
    roomsOf: db.prepare(`SELECT ${COLUMNS}, role, since, is_hidden FROM room_members JOIN rooms ON rooms.id = room_id WHERE user_id = ?`),
    open: db.prepare(
      `SELECT ${COLUMNS} FROM rooms WHERE id >= '${OWN_PREFIX}' AND id < '${OWN_PREFIX}\x7f' AND is_private = 0 AND kind = 'room'
       AND NOT EXISTS (SELECT 1 FROM room_members WHERE user_id = ? AND room_id = rooms.id) ORDER BY last_ts DESC, id LIMIT ?`,
    ),
    countRooms: db.prepare('SELECT count(*) AS n FROM room_members WHERE user_id = ?'),
    countMembers: db.prepare('SELECT count(*) AS n FROM room_members WHERE room_id = ?'),
    memberIds: db.prepare('SELECT user_id AS id FROM room_members WHERE room_id = ?'),
    members: db.prepare(
      `SELECT users.id, name, role FROM room_members JOIN users ON users.id = user_id
       WHERE room_id = ? AND folded LIKE ? ESCAPE '\\' ORDER BY role = 'owner' DESC, folded, users.id LIMIT ?`,
    ),
    owners: db.prepare("SELECT count(*) AS n FROM room_members WHERE room_id = ? AND role = 'owner'"),
    heir: db.prepare('SELECT user_id AS id FROM room_members WHERE room_id = ? ORDER BY joined_at, user_id LIMIT 1'),
    makeOwner: db.prepare("UPDATE room_members SET role = 'owner' WHERE room_id = ? AND user_id = ?"),
    demote: db.prepare("UPDATE room_members SET role = 'member' WHERE room_id = ? AND role = 'owner'"),
    addRoom: db.prepare('INSERT INTO rooms (id, title, epoch, created_at, kind, is_private, is_read_only, pair) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    addMember: db.prepare(
      `INSERT INTO room_members (user_id, room_id, role, joined_at, since, is_hidden)
       SELECT ?, id, ?, ?, last_seq, ? FROM rooms WHERE id = ? ON CONFLICT DO NOTHING`,
    ),
    show: db.prepare('UPDATE room_members SET is_hidden = 0 WHERE user_id = ? AND room_id = ? AND is_hidden = 1'),
    removeMember: db.prepare('DELETE FROM room_members WHERE user_id = ? AND room_id = ?'),
    rename: db.prepare('UPDATE rooms SET title = ? WHERE id = ?'),
    setReadOnly: db.prepare('UPDATE rooms SET is_read_only = ? WHERE id = ?'),
    user: db.prepare('SELECT id, name FROM users WHERE id = ?'),
    saveUser: db.prepare(
      `INSERT INTO users (id, name, created_at, folded) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded WHERE name <> excluded.name OR folded IS NULL`,
    ),
    unfolded: db.prepare('SELECT id, name FROM users WHERE folded IS NULL'),
    fold: db.prepare('UPDATE users SET folded = ? WHERE id = ?'),
    people: db.prepare(
      `SELECT id, name FROM users WHERE folded LIKE ? ESCAPE '\\' AND id <> ?
       ORDER BY instr(folded, ?) = 1 DESC, length(folded), folded, id LIMIT ?`,
    ),
    last: db.prepare(`SELECT ${EVENT_COLUMNS} FROM events INDEXED BY events_messages WHERE room_id = ? AND kind = 'message' ORDER BY seq DESC LIMIT 1`),
    lastEdit: db.prepare("SELECT body FROM events WHERE room_id = ? AND target = ? AND kind = 'edit' ORDER BY seq DESC LIMIT 1"),
    unread: db.prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM events INDEXED BY events_messages
       WHERE room_id = ? AND kind = 'message' AND seq > ? AND sender <> ? LIMIT ${String(MAX_UNREAD)})`,
    ),
  }
  const speaking = db.prepare(
    `SELECT 1 FROM (SELECT mentions FROM events WHERE room_id = ? AND kind = 'message' AND seq > ? AND sender <> ? ORDER BY seq DESC LIMIT ${String(MAX_UNREAD)})
     WHERE instr(mentions, ?) > 0 LIMIT 1`,
  )
  const count = (row: unknown): number => (row as { n: number }).n
  const ids = (rows: unknown): string[] => (rows as { id: string }[]).map(({ id }) => id)

  const transact = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  const newRoom = (title: string, kind: 'room' | 'direct', isPrivate: boolean, isReadOnly: boolean, pair: string | null): string => {
    const id = OWN_PREFIX + randomBytes(15).toString('base64url')
    sql.addRoom.run(id, title, randomBytes(8).toString('hex'), now(), kind, isPrivate ? 1 : 0, isReadOnly ? 1 : 0, pair)
    return id
  }
  const add = (room: string, user: string, role: Role, isHidden = false): boolean =>
    sql.addMember.run(user, role, now(), isHidden ? 1 : 0, room).changes > 0

  const room = (id: string): RoomFacts | undefined => {
    const row = sql.room.get(id) as unknown as RoomRow | undefined
    return row && toFacts(row)
  }
  const user = (id: string): UserRef | undefined => {
    const row = sql.user.get(id) as unknown as UserRef | undefined
    return row && { id: row.id, name: row.name }
  }

  return {
    room,
    user,
    membership(roomId: string, userId: string): Membership | undefined {
      const row = sql.member.get(userId, roomId) as unknown as MemberRow | undefined
      return row && toMembership(row)
    },
    /** All rooms that they are a member of. */
    roomsOf: (userId: string): { readonly facts: RoomFacts; readonly membership: Membership }[] =>
      (sql.roomsOf.all(userId) as unknown as (RoomRow & MemberRow)[]).map((row) => ({ facts: toFacts(row), membership: toMembership(row) })),
    /** Rooms that were made for everyone and that they are no member of; what was made by entering it is not told about. */
    openRooms: (userId: string, limit: number): RoomFacts[] => (sql.open.all(userId, limit) as unknown as RoomRow[]).map(toFacts),
    roomCountOf: (userId: string): number => count(sql.countRooms.get(userId)),
    memberCount: (roomId: string): number => count(sql.countMembers.get(roomId)),
    memberIds: (roomId: string): string[] => ids(sql.memberIds.all(roomId)),
    members: (roomId: string, query: string, limit: number): StoredMember[] =>
      (sql.members.all(roomId, likeOf(fold(query)), limit) as unknown as StoredMember[]).map(({ id, name, role }) => ({ id, name, role })),
    create: ({ title, isPrivate, isReadOnly, owner, members }: NewRoomFacts): string =>
      transact(() => {
        const id = newRoom(title, 'room', isPrivate, isReadOnly, null)
        add(id, owner.id, 'owner')
        for (const member of members) add(id, member, 'member')
        return id
      }),
    /** The room of these two, made when there is none; it is hidden from the other one until something is said. */
    direct: (from: UserRef, to: UserRef): string =>
      transact(() => {
        const pair = pairOf(from.id, to.id)
        const known = (sql.pair.get(pair) as unknown as RoomRow | undefined)?.id
        const id = known ?? newRoom('', 'direct', true, false, pair)
        add(id, from.id, 'member')
        add(id, to.id, 'member', true)
        sql.show.run(from.id, id)
        return id
      }),
    findDirect: (a: string, b: string): string | undefined => (sql.pair.get(pairOf(a, b)) as unknown as RoomRow | undefined)?.id,
    /** @returns whether they were no member before */
    add: (roomId: string, userId: string, role: Role = 'member'): boolean => transact(() => add(roomId, userId, role)),
    /** These own it from now on, and nobody else does. */
    setOwners: (roomId: string, userIds: readonly string[]): void =>
      transact(() => {
        sql.demote.run(roomId)
        for (const id of userIds) if (!add(roomId, id, 'owner')) sql.makeOwner.run(roomId, id)
      }),
    /** A member of each of these, from now on where they were none. */
    addToAll(userId: string, rooms: readonly string[]): void {
      const missing = rooms.filter((id) => !sql.member.get(userId, id))
      if (missing.length > 0) transact(() => missing.forEach((id) => add(id, userId, 'member')))
    },
    /** The one who is there longest follows a last owner. @returns whether they were a member */
    remove: (roomId: string, userId: string): boolean =>
      transact(() => {
        if (sql.removeMember.run(userId, roomId).changes === 0) return false
        const heir = (sql.heir.get(roomId) as unknown as { id: string } | undefined)?.id
        if (heir !== undefined && roomId.startsWith(OWN_PREFIX) && count(sql.owners.get(roomId)) === 0) sql.makeOwner.run(roomId, heir)
        return true
      }),
    rename(roomId: string, title: string): void {
      sql.rename.run(title, roomId)
    },
    setReadOnly(roomId: string, on: boolean): void {
      sql.setReadOnly.run(on ? 1 : 0, roomId)
    },
    /** Remembers them, and what they are called now. */
    saveUsers(users: readonly UserRef[]): void {
      const news = users.filter(({ id, name }) => user(id)?.name !== name)
      if (news.length > 0) transact(() => news.forEach(({ id, name }) => sql.saveUser.run(id, name, now(), fold(name))))
    },
    /** Others whose name has this in it. */
    people(query: string, but: string, limit: number): UserRef[] {
      const folded = fold(query)
      return (sql.people.all(likeOf(folded), but, folded, limit) as unknown as UserRef[]).map(({ id, name }) => ({ id, name }))
    },
    /** Names that were kept before there was a search. */
    foldNames(): void {
      const rows = sql.unfolded.all() as unknown as UserRef[]
      if (rows.length > 0) transact(() => rows.forEach(({ id, name }) => sql.fold.run(fold(name), id)))
    },
    /** The newest message as it reads now, cut to what a list has room for. */
    last(roomId: string): RoomEvent | undefined {
      const row = sql.last.get(roomId) as unknown as EventRow | undefined
      if (!row) return undefined
      const event = toEvent(row)
      const edit = event.deleted ? undefined : (sql.lastEdit.get(roomId, row.seq) as unknown as { body: string } | undefined)
      return { ...event, body: preview(edit?.body ?? event.body) }
    },
    /** Messages of others beyond this seq, {@link MAX_UNREAD} at most. */
    unread: (roomId: string, userId: string, beyond: number): number => count(sql.unread.get(roomId, beyond, userId)),
    /** Whether one of the newest of these speaks to the user. */
    isMentioned: (roomId: string, userId: string, beyond: number): boolean => speaking.get(roomId, beyond, userId, JSON.stringify(userId)) !== undefined,
  }
}
