/** For tests of apps: a session without a network. */
import type { FakeContent } from './testing/fake-changes.ts'
import { createFakeMarks, type FakeMarks } from './testing/fake-marks.ts'
import { createRoomLog, type RoomLog } from './testing/fake-room.ts'
import { createMemoryTransport, type MemorySocket } from './core/memory-transport.ts'
import type { ConnectTransport } from './core/transport.ts'
import { contentFault } from './protocol/content.ts'
import {
  decodeClientFrame,
  DEFAULT_LIMITS,
  encode,
  ERROR_CODES,
  PROTOCOL_VERSION,
  type ClientFrame,
  type Feature,
  type Limits,
  type Mark,
  type RoomEvent,
  type RoomInfo,
  type ServerFrame,
  type UserRef,
} from './protocol/index.ts'

export { createMemoryTransport, type MemorySocket, type MemoryTransport } from './core/memory-transport.ts'

export interface FakeServerOptions {
  /** Who the session is. @default { id: 'me', name: 'Me' } */
  readonly user?: UserRef
  /** @default [{ room: 'general', title: 'General' }] */
  readonly rooms?: readonly RoomInfo[]
  /** @default { intervalMs: 10000, timeoutMs: 15000 } */
  readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number }
  readonly limits?: Partial<Limits>
  /** What the server can do; `[]` is a server of before. @default ['edits', 'reactions', 'replies', 'receipts'] */
  readonly features?: readonly Feature[]
  /** Ids of the users who own the rooms: they may delete messages of others. @default [] */
  readonly owners?: readonly string[]
  /**
   * `microtask`: answers come after the present call, as from a network.
   * `sync`: they come within it.
   * @default 'microtask'
   */
  readonly delivery?: 'microtask' | 'sync'
}

/** A `chat.v1` server in memory, for one user. Pass `connect` as the session's `transport`. */
export interface FakeServer {
  readonly connect: ConnectTransport
  readonly user: UserRef
  /** Every connection that was ever started. */
  readonly sockets: readonly MemorySocket[]
  /** Every frame that the session sent, over all connections. */
  readonly received: readonly ClientFrame[]
  /** What a room's log holds. */
  log(room: string): readonly RoomEvent[]
  /**
   * Somebody says something, or does something to a message: `say('general', bob, '👍', { kind: 'react', target: 3 })`.
   * @throws when a server would refuse it
   */
  say(room: string, from: UserRef, body: string, about?: Omit<FakeContent, 'body'>): RoomEvent
  /** Somebody gets further in a room; `{ read: 3 }` is what makes own messages up to seq 3 `read`. It never goes back, nor beyond the log. */
  mark(room: string, user: UserRef, mark: { readonly read?: number; readonly received?: number }): void
  /** How far everybody is, the user of the session included. */
  marks(room: string): readonly Mark[]
  /** Who else is in a room, told to the session if it is there. */
  setMembers(room: string, members: readonly UserRef[]): void
  /** Sends a frame as it is. */
  push(frame: ServerFrame): void
  /** Answers a frame type by hand; return true when the default answer must not follow. */
  intercept(handler: (frame: ClientFrame, push: (frame: ServerFrame) => void) => boolean): void
  /** Ends the present connection. @param code @default 1006 */
  drop(code?: number, reason?: string): void
  /** Half-open: present connections stay open and say nothing; new ones work. */
  mute(): void
  /** While true, connections fail. */
  refuse(on: boolean): void
  /** A new log, as after a restore from an old backup. */
  newEpoch(room: string): void
}

export const createFakeServer = (options: FakeServerOptions = {}): FakeServer => {
  const { user = { id: 'me', name: 'Me' }, delivery = 'microtask' } = options
  const { features = ['edits', 'reactions', 'replies', 'receipts'] } = options
  const { heartbeat = { intervalMs: 10_000, timeoutMs: 15_000 } } = options
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits }
  const memory = createMemoryTransport()
  const rooms = new Map<string, RoomLog>()
  const received: ClientFrame[] = []
  const muted = new Set<MemorySocket>()
  const joined = new Set<string>()
  let live: MemorySocket | undefined
  let isRefusing = false
  let said = 0
  let intercept: Parameters<FakeServer['intercept']>[0] = () => false

  const deliver = (work: () => void): void => {
    if (delivery === 'sync') work()
    else queueMicrotask(work)
  }

  const roomOf = (name: string, title = name): RoomLog => {
    const room = rooms.get(name) ?? createRoomLog({ room: name, title }, limits.pageSize, options.owners)
    rooms.set(name, room)
    return room
  }
  const marks = new Map<string, FakeMarks>()
  const marksOf = (room: string): FakeMarks => {
    const known = marks.get(room) ?? createFakeMarks()
    marks.set(room, known)
    return known
  }
  const infos = options.rooms ?? [{ room: 'general', title: 'General' }]
  for (const { room, title } of infos) roomOf(room, title)

  const pushTo = (socket: MemorySocket | undefined, frame: ServerFrame): void => {
    if (!socket) return
    deliver(() => {
      if (socket.state === 'open' && !muted.has(socket)) socket.receive(encode(frame))
    })
  }
  const push = (frame: ServerFrame): void => {
    pushTo(live, frame)
  }

  const store = (log: RoomLog, from: UserRef, clientId: string, content: FakeContent): ReturnType<RoomLog['append']> => {
    const code = contentFault(content.kind ?? 'message', content.body, limits.bodyLength, !!content.attachments?.length)
    return code ? { code } : log.append(from, clientId, content)
  }

  const answers: { readonly [T in ClientFrame['type']]: (frame: Extract<ClientFrame, { type: T }>) => void } = {
    hello() {
      push({
        type: 'welcome',
        version: PROTOCOL_VERSION,
        session: `fake-${memory.sockets.length}`,
        user,
        now: 0,
        heartbeat,
        limits,
        rooms: [...rooms.values()].map((room) => room.info),
        features,
      })
    },
    auth() {
      push({ type: 'authenticated' })
    },
    join({ id, room, since, limit }) {
      joined.add(room)
      push({ type: 'joined', id, ...roomOf(room).join(user, since, limit), ...(features.includes('receipts') && { marks: marksOf(room).all() }) })
    },
    leave({ id, room }) {
      joined.delete(room)
      push({ type: 'left', id, room })
    },
    send({ type: _type, room, clientId, ...content }) {
      const stored = store(roomOf(room), user, clientId, content)
      if ('code' in stored) {
        const { text, retry } = ERROR_CODES[stored.code]
        push({ type: 'error', clientId, code: stored.code, message: text, retry })
        return
      }
      const { event, isDuplicate } = stored
      push({ type: 'ack', room, clientId, seq: event.seq, ts: event.ts, ...(isDuplicate && { duplicate: true }) })
      if (!isDuplicate && joined.has(room)) push({ type: 'event', ...event })
    },
    history({ id, room, before, after, around, limit }) {
      push({ type: 'page', id, ...roomOf(room).page({ before, after, around, limit }) })
    },
    typing() {},
    mark({ room, ...said }) {
      if (joined.has(room)) marksOf(room).take(user, said, roomOf(room).events().length)
    },
    ask(frame) {
      const { id, what } = frame
      if (frame.what === 'search') push({ type: 'answer', id, what: frame.what, ...roomOf(frame.room ?? '').search(frame.query, frame.before, frame.limit) })
      else if (what === 'rooms') push({ type: 'answer', id, what, rooms: [] })
      else push({ type: 'error', id, code: 'unknown_type', message: ERROR_CODES.unknown_type.text, retry: false })
    },
    ping({ n }) {
      push({ type: 'pong', n })
    },
    pong() {},
  }

  memory.onConnect((socket, onSent) => {
    onSent((data) => {
      if (muted.has(socket) || socket !== live) return
      const result = decodeClientFrame(String(data))
      if (!result.ok) throw new Error(`The session sent a frame that chat.v1 does not know: ${result.message}.`)
      received.push(result.frame)
      if (!intercept(result.frame, push)) answers[result.frame.type](result.frame as never)
    })
    // Never at once: no network opens a socket before its maker has it.
    queueMicrotask(() => {
      if (socket.state !== 'connecting') return
      if (isRefusing) {
        socket.drop()
        return
      }
      live = socket
      joined.clear()
      socket.open()
    })
  })

  return {
    connect: memory.connect,
    user,
    sockets: memory.sockets,
    received,
    log: (room) => roomOf(room).events(),
    say(room, from, body, about) {
      const log = roomOf(room)
      const stored = store(log, from, `${from.id}-${said += 1}`, { body, ...about })
      if ('code' in stored) throw new Error(`chat.v1 refuses this as ${stored.code}: ${ERROR_CODES[stored.code].text}`)
      if (!stored.isDuplicate && joined.has(room)) push({ type: 'event', ...stored.event })
      return stored.event
    },
    mark(room, who, said) {
      const mark = marksOf(room).take(who, said, roomOf(room).events().length)
      if (mark && joined.has(room)) push({ type: 'marks', room, marks: [mark] })
    },
    marks: (room) => marksOf(room).all(),
    setMembers(room, members) {
      const change = roomOf(room).setMembers(members)
      if (joined.has(room)) push({ type: 'presence', room, count: members.length + 1, ...change })
    },
    push,
    intercept(handler) {
      intercept = handler
    },
    drop(code, reason) {
      const socket = live
      live = undefined
      socket?.drop(code, reason)
    },
    mute() {
      for (const socket of memory.sockets) muted.add(socket)
    },
    refuse(on) {
      isRefusing = on
    },
    newEpoch(room) {
      roomOf(room).reset()
      marksOf(room).clear()
    },
  }
}
