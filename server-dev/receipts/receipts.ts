/** Takes what people have got and read, keeps it, and tells the others in the room. */
import { encode } from '../../src/protocol/encode.ts'
import type { Mark, UserRef } from '../../src/protocol/entities.ts'
import { EPHEMERAL_LIMIT, type Member } from '../hub.ts'
import type { MarkRows, NewMark, StoredMark } from './mark-rows.ts'

/** Marks in one frame; with more people than that in a room, those that moved last. */
export const MAX_MARKS = 200
/** With more people in a room, everybody learns of their own marks only: each message would make as many marks as there are people. */
export const MAX_AUDIENCE = 1_000
/** What a crash can take away at most. Milliseconds. */
const WRITE_MS = 500
const WRITE_AGAIN_MS = 5_000
/** How long marks are gathered before a room is told, by the number of people in it. */
const GATHER_MS = { least: 150, perUser: 10, most: 5_000 }

export interface ReceiptsOptions<M extends Member = Member> {
  /** Who is in a room, and its newest seq; undefined while nobody is. */
  readonly room: (name: string) => { readonly top: number; readonly seats: ReadonlyMap<M, unknown>; count(): number } | undefined
  /** Throws while the storage is closed. */
  readonly rows: () => MarkRows
  readonly onFailure: (error: unknown) => void
  /** Somebody has read further. */
  readonly onRead?: (room: string, user: UserRef) => void
  /** @default a timer that keeps no process alive */
  readonly after?: (ms: number, run: () => void) => () => void
}

export interface Receipts<M extends Member = Member> {
  /** Takes what a client tells. What is beyond the log is brought down to it, what goes back is ignored. */
  mark(member: M, room: string, said: { readonly read?: number; readonly received?: number }): void
  /** For whoever enters: their own mark, and those of others that moved last. */
  told(room: string, user: UserRef): Mark[]
  /** Nothing up to here is news to this user; undefined when nothing is known. */
  readBy(room: string, user: string): number | undefined
  /** A slow connection can take more: it is told what was held back. */
  drained(member: M): void
  /** Writes what waits. Throws when the storage fails. */
  flush(): void
  /** Forgets what is not written. */
  drop(): void
}

interface Untold<M> {
  /** Who said it, when only one connection did. */
  readonly by: M | undefined
  readonly mark: Mark
}

const systemAfter = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

const bare = ({ user, read, received }: StoredMark): Mark => ({ user, read, received })

export const createReceipts = <M extends Member>(options: ReceiptsOptions<M>): Receipts<M> => {
  const { room: roomOf, rows, onFailure, onRead, after = systemAfter } = options
  /** Not on the disk yet, by room and user. */
  const unsaved = new Map<string, Map<string, NewMark>>()
  const untold = new Map<string, { readonly marks: Map<string, Untold<M>>; readonly cancel: () => void }>()
  /** Marks that a slow connection was not told, by room. */
  let held = new WeakMap<M, Map<string, Map<string, Mark>>>()
  let cancelWrite: (() => void) | undefined

  const current = (room: string, user: string): StoredMark | undefined => unsaved.get(room)?.get(user) ?? rows().of(room, user)

  const write = (): void => {
    cancelWrite?.()
    cancelWrite = undefined
    const marks = [...unsaved.values()].flatMap((users) => [...users.values()])
    if (marks.length === 0) return
    rows().save(marks)
    unsaved.clear()
  }

  const writeIn = (ms: number): void => {
    cancelWrite ??= after(ms, () => {
      cancelWrite = undefined
      try {
        write()
      } catch (error) {
        onFailure(error)
        writeIn(WRITE_AGAIN_MS)
      }
    })
  }

  const hold = (member: M, room: string, marks: readonly Mark[]): void => {
    const rooms = held.get(member) ?? new Map<string, Map<string, Mark>>()
    const users = rooms.get(room) ?? new Map<string, Mark>()
    for (const mark of marks) users.set(mark.user.id, mark)
    held.set(member, rooms.set(room, users))
    member.lag()
  }

  const tell = (member: M, room: string, marks: readonly Mark[], text: string): void => {
    if (member.buffered() > EPHEMERAL_LIMIT || held.get(member)?.has(room)) hold(member, room, marks)
    else member.write(text)
  }

  const tellRoom = (name: string): void => {
    const gathered = untold.get(name)
    const room = roomOf(name)
    untold.delete(name)
    if (!gathered || !room) return
    const all = [...gathered.marks.values()]
    const isForAll = room.count() <= MAX_AUDIENCE
    const marks = all.slice(-MAX_MARKS).map(({ mark }) => mark)
    const text = encode({ type: 'marks', room: name, marks })
    const [only] = all
    for (const member of room.seats.keys()) {
      if (all.length === 1 && member === only!.by) continue
      if (isForAll) tell(member, name, marks, text)
      else {
        const own = gathered.marks.get(member.user.id)
        if (own && own.by !== member) tell(member, name, [own.mark], encode({ type: 'marks', room: name, marks: [own.mark] }))
      }
    }
  }

  const gather = (name: string, member: M, mark: Mark, count: number): void => {
    const gathered = untold.get(name) ?? {
      marks: new Map<string, Untold<M>>(),
      cancel: after(Math.min(GATHER_MS.least + count * GATHER_MS.perUser, GATHER_MS.most), () => tellRoom(name)),
    }
    untold.set(name, gathered)
    const before = gathered.marks.get(mark.user.id)
    // The latest last.
    gathered.marks.delete(mark.user.id)
    gathered.marks.set(mark.user.id, { mark, by: !before || before.by === member ? member : undefined })
  }

  return {
    mark(member, name, said) {
      const room = roomOf(name)
      if (!room || !member.rooms.has(name)) return
      const { user } = member
      const before = current(name, user.id)
      const seen = (seq = 0): number => Math.min(seq, room.top)
      const read = Math.max(before?.read ?? 0, seen(said.read))
      const received = Math.max(before?.received ?? 0, seen(said.received), read)
      if (before && before.read === read && before.received === received) return
      const mark = { room: name, user, read, received, base: before?.base ?? received }
      const users = unsaved.get(name) ?? new Map<string, NewMark>()
      // The latest last.
      users.delete(user.id)
      unsaved.set(name, users.set(user.id, mark))
      writeIn(WRITE_MS)
      gather(name, member, bare(mark), room.count())
      if (read > (before?.read ?? 0)) onRead?.(name, user)
    },
    told(room, user) {
      const isForAll = (roomOf(room)?.count() ?? 0) <= MAX_AUDIENCE
      const known = new Map<string, Mark>()
      if (isForAll) {
        const latest = [...(unsaved.get(room)?.values() ?? [])].reverse()
        for (const mark of [...latest, ...rows().recent(room, MAX_MARKS)]) if (!known.has(mark.user.id)) known.set(mark.user.id, bare(mark))
      }
      const own = current(room, user.id)
      known.delete(user.id)
      const others = [...known.values()].slice(0, MAX_MARKS)
      return own ? [{ ...bare(own), read: Math.max(own.read, own.base) }, ...others] : others
    },
    readBy(room, user) {
      const mark = current(room, user)
      return mark && Math.max(mark.read, mark.base)
    },
    drained(member) {
      const rooms = held.get(member)
      held.delete(member)
      for (const [room, users] of rooms ?? []) {
        const marks = [...users.values()].slice(-MAX_MARKS)
        if (member.rooms.has(room)) member.write(encode({ type: 'marks', room, marks }))
      }
    },
    flush: write,
    drop() {
      cancelWrite?.()
      cancelWrite = undefined
      unsaved.clear()
      held = new WeakMap()
      for (const { cancel } of untold.values()) cancel()
      untold.clear()
    },
  }
}
