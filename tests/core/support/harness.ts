import { createSession, type Session, type SessionEvent, type SessionEventMap, type SessionOptions } from '../../../src/core/index.ts'
import { createMemoryTransport, type MemorySocket } from '../../../src/core/memory-transport.ts'
import { chatV1Dialect } from '../../../src/dialects/index.ts'
import type { ClientFrame, FrameOf, Limits, RoomEvent, ServerFrame } from '../../../src/protocol/index.ts'
import { createFakeClock } from './fake-clock.ts'

export const ME = { id: 'me', name: 'Me' }
export const ANN = { id: 'ann', name: 'Ann' }

export const LIMITS: Limits = {
  frameBytes: 65_536,
  bodyLength: 4_000,
  messagesPerSecond: 10_000,
  burst: 100_000,
  rooms: 128,
  inflight: 64,
  pageSize: 300,
}

export const event = (seq: number, more: Partial<RoomEvent> = {}): RoomEvent => ({
  room: 'general',
  seq,
  kind: 'message',
  from: ANN,
  clientId: `ann-${seq}`,
  ts: seq,
  body: `body ${seq}`,
  ...more,
})

export const welcome = (more: Partial<FrameOf<ServerFrame, 'welcome'>> = {}): ServerFrame => ({
  type: 'welcome',
  version: 1,
  session: 's',
  user: ME,
  now: 0,
  heartbeat: { intervalMs: 10_000, timeoutMs: 15_000 },
  limits: LIMITS,
  rooms: [{ room: 'general', title: 'General' }],
  ...more,
})

/** A session on a wire that the test plays by hand, and everything that it told. */
export const createHarness = (options: Partial<SessionOptions> = {}) => {
  const clock = createFakeClock()
  const memory = createMemoryTransport()
  let ids = 0
  const session: Session = createSession({
    url: 'ws://test/chat',
    dialect: { ...chatV1Dialect(), heartbeat: { first: 'now' } },
    transport: memory.connect,
    clock,
    random: () => 0.5,
    createId: () => `c${++ids}`,
    ...options,
  })
  const told: { [E in SessionEvent]?: SessionEventMap[E][] } = {}
  const listen = <E extends SessionEvent>(name: E): void => {
    const list: SessionEventMap[E][] = []
    told[name] = list as never
    session.on(name, (payload) => list.push(payload))
  }
  const names = [
    'transition', 'welcome', 'data', 'message', 'entered', 'left', 'gap', 'queued', 'acked', 'unconfirmed',
    'rejected', 'retried', 'cancelled', 'presence', 'elsewhere', 'marks', 'typing', 'latency', 'error', 'sent',
  ] as const
  names.forEach(listen)

  const socket = (): MemorySocket => memory.current()
  const push = (frame: ServerFrame, to = socket()): void => {
    to.receive(JSON.stringify(frame))
  }
  const sent = (of = socket()): ClientFrame[] => of.sent.map((data) => JSON.parse(String(data)) as ClientFrame)
  const sentOf = <T extends ClientFrame['type']>(type: T, of = socket()): FrameOf<ClientFrame, T>[] =>
    sent(of).filter((f): f is FrameOf<ClientFrame, T> => f.type === type)

  const joined = (more: Partial<FrameOf<ServerFrame, 'joined'>> = {}): void => {
    const room = more.room ?? 'general'
    const request = sentOf('join').findLast((f) => f.room === room)
    const events = more.events ?? []
    push({
      type: 'joined',
      id: request?.id ?? -1,
      room,
      title: room,
      epoch: 'e1',
      top: events.at(-1)?.seq ?? 0,
      first: 1,
      recovered: request?.since !== undefined,
      members: [ME],
      count: 1,
      ...more,
      events,
    })
  }

  return {
    clock,
    memory,
    session,
    socket,
    push,
    sent,
    sentOf,
    joined,
    get: <E extends SessionEvent>(name: E): SessionEventMap[E][] => (told[name] ?? []) as SessionEventMap[E][],
    state: () => session.snapshot().state,
    /** Opens the newest socket and welcomes the session on it. */
    accept(more: Partial<FrameOf<ServerFrame, 'welcome'>> = {}) {
      socket().open()
      push(welcome(more))
    },
    /** A session that is connected and in the room "general". */
    talk(more: Partial<FrameOf<ServerFrame, 'joined'>> = {}) {
      session.open()
      socket().open()
      push(welcome())
      session.enter('general')
      joined(more)
    },
    pong(of = socket()) {
      const n = sentOf('ping', of).at(-1)?.n ?? 0
      push({ type: 'pong', n }, of)
    },
  }
}

export type Harness = ReturnType<typeof createHarness>
