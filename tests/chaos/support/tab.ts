/** One page of one person: a session over a real socket, and the list that its messages make. */
import {
  createSession,
  webSocketTransport,
  type ChatUser,
  type ConnectTransport,
  type MessageKind,
  type Result,
  type Session,
  type SessionEvent,
  type TransportHandlers,
} from '../../../src/core/index.ts'
import { chatV1Dialect } from '../../../src/dialects/index.ts'
import { apply } from '../../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatState, type ChatStoreEvent, type RoomState } from '../../../src/stores/room-types.ts'
import type { ChatStorage } from '../../../src/storage/types.ts'
import { createFaultyWire, type FaultyWire } from './proxy.ts'
import { checkRendered } from './rendered.ts'
import type { Report } from './report.ts'
import { createFastClock, type CountedClock } from './speed.ts'
import { watchWire, type CommonLog } from './wire-rules.ts'

/** A message that was handed to a session, and what became of it. */
export interface Sent {
  readonly user: string
  readonly room: string
  readonly clientId: string
  readonly body: string
  readonly kind: MessageKind
  /** The page that sent it; order is promised within one. */
  readonly page: string
  readonly settled: Promise<unknown>
  outcome: Result<unknown> | undefined
  isAcked: boolean
  /** Refused for a true reason, and told so, by whichever page looked after it then. */
  isRefused: boolean
  /** It was handed to the disk, so that the end of its page is not the end of it. */
  readonly isKept: boolean
}

/** What is said, or done to what was said. */
export interface Said {
  readonly room: string
  readonly body: string
  /** @default 'message' */
  readonly kind?: MessageKind
  readonly target?: number
  readonly replyTo?: number
}

/** Refusals that say something true: another tab was first, or too much waits. */
const FAIR: readonly string[] = ['target_deleted', 'target_not_found', 'outbox_full']

export interface Tab {
  readonly name: string
  readonly user: ChatUser
  readonly wire: FaultyWire
  readonly clock: CountedClock
  readonly session: Session
  readonly rooms: Set<string>
  room(room: string): RoomState | undefined
  send(message: Said): void
  /** @returns whether there was an answer */
  loadOlder(room: string): Promise<boolean>
  /** Leaves the page and opens it again: everything in memory is gone. */
  reload(): void
  /** Closes the page for good. */
  close(): void
  isClosed(): boolean
  /** Sockets that its pages have opened and that are not closed. */
  sockets(): number
  /** Sockets that were ever opened. */
  opened(): number
}

export interface TabOptions {
  readonly name: string
  readonly user: ChatUser
  readonly token: string
  readonly port: number
  readonly door: string
  readonly rooms: readonly string[]
  readonly sent: Sent[]
  readonly log: CommonLog
  readonly report: Report
  /** Makes client ids, never one twice. */
  createId(): string
  /** A socket was closed with this code. */
  closed(code: number): void
  random(): number
  /** What survives a reload. @default nothing */
  readonly storage?: ChatStorage | undefined
  /** Something happened; whoever waits may look again. */
  changed(): void
}

const FORWARDED = [
  'welcome', 'message', 'entered', 'left', 'gap', 'queued', 'acked', 'unconfirmed', 'rejected', 'retried', 'cancelled', 'presence', 'error',
] as const satisfies readonly SessionEvent[]

export const openTab = async (options: TabOptions): Promise<Tab> => {
  const { name, user, report, sent, changed } = options
  const wire = await createFaultyWire(options.port, options.door)
  const clock = createFastClock()
  const rooms = new Set(options.rooms)
  const open = new Set<WebSocket>()
  let state: ChatState = EMPTY_CHAT
  let session: Session
  let page = 0
  let isClosed = false
  let detach: (() => void) | undefined
  /** Counts whatever a session does, to see what a dead socket can do. */
  let deeds = 0
  let opened = 0

  let queue: ChatStoreEvent[] = []

  const flush = (): void => {
    const events = queue
    queue = []
    const before = state
    state = apply(state, events)
    for (const [room, after] of state.rooms) {
      const earlier = before.rooms.get(room)
      if (after !== earlier) checkRendered(report, `${name}.${String(page)}`, events, earlier, after)
    }
    changed()
  }

  /** As the store does it: what comes in one tick is painted once. */
  const dispatch = (event: ChatStoreEvent): void => {
    if (queue.length === 0) queueMicrotask(flush)
    queue.push(event)
  }

  const transport: ConnectTransport = (url, protocols, handlers, about) => {
    const watch = watchWire(report, options.log, `${name}.${String(page)}`, user.id)
    let isGivenUp = false
    /** A socket that was given up can no longer change anything. */
    const guarded = (what: string, work: () => void): void => {
      const before = [deeds, session.snapshot()]
      work()
      const after = [deeds, session.snapshot()]
      if (isGivenUp && before.some((value, i) => value !== after[i])) report('undead-socket', `${name} listened to a socket that it had given up (${what})`)
    }
    const tapped: TransportHandlers = {
      opened: () => {
        if (isGivenUp) guarded('open', () => handlers.opened())
        else handlers.opened()
      },
      received(data) {
        if (isGivenUp) {
          guarded(`message ${String(data).slice(0, 40)}`, () => handlers.received(data))
          return
        }
        watch.received(String(data))
        handlers.received(data)
      },
      closed(code, reason) {
        open.delete(made.socket as WebSocket)
        options.closed(code)
        if (isGivenUp) guarded(`close ${String(code)}`, () => handlers.closed(code, reason))
        else handlers.closed(code, reason)
        changed()
      },
    }
    const made = webSocketTransport(url, protocols, tapped, about)
    open.add(made.socket as WebSocket)
    opened += 1
    return {
      socket: made.socket,
      send(data) {
        const isTaken = made.send(data)
        if (isTaken) watch.sent(String(data))
        return isTaken
      },
      close(code, reason) {
        isGivenUp = true
        made.close(code, reason)
      },
    }
  }

  /** The messages of a room as the session tells them: each once, in order. */
  const watchMessages = (told: Session): void => {
    const last = new Map<string, number>()
    told.on('entered', ({ room, recovered }) => {
      if (!recovered) last.delete(room)
    })
    told.on('left', ({ room }) => last.delete(room))
    told.on('gap', ({ room, until }) => last.set(room, until - 1))
    told.on('message', ({ room, seq = NaN }) => {
      const before = last.get(room)
      last.set(room, seq)
      if (before !== undefined && seq !== before + 1) report('told-out-of-order', `${name} was told ${room}:${String(seq)} after ${String(before)}`)
    })
    told.on('rejected', ({ clientId, error }) => {
      const message = sent.find((one) => one.clientId === clientId)
      if (message) message.isRefused = true
      if (!FAIR.includes(error.code)) report('rejected', `${name}/${clientId}: ${error.code} ${error.message}`)
    })
    told.on('acked', ({ clientId }) => {
      const message = sent.find((one) => one.clientId === clientId)
      if (message) message.isAcked = true
      else report('acked-unknown', `${name} was told of an ack for ${clientId} that it never sent`)
    })
  }

  const start = (): void => {
    state = EMPTY_CHAT
    queue.length = 0
    page += 1
    const made = createSession({
      url: wire.url,
      token: options.token,
      dialect: chatV1Dialect(),
      ...(options.storage && { user }),
      transport,
      clock,
      random: options.random,
      createId: options.createId,
      autoReconnect: { maxDelay: 4_000 },
    })
    session = made
    // As the app does it: a person who is known offline has their own messages at once.
    const { user: known, rooms: offered, features } = made.snapshot()
    if (known) dispatch({ type: 'welcome', payload: { user: known, rooms: offered, features } })
    for (const type of FORWARDED) {
      made.on(type, (payload) => {
        deeds += 1
        if (session === made && !isClosed) dispatch({ type, payload } as ChatStoreEvent)
      })
    }
    made.on('transition', () => {
      deeds += 1
      changed()
    })
    watchMessages(made)
    detach = options.storage?.attach(made)
    made.open()
    for (const room of rooms) made.enter(room)
  }

  start()
  return {
    name,
    user,
    wire,
    clock,
    rooms,
    get session() {
      return session
    },
    room: (room) => state.rooms.get(room),
    send(said) {
      const { room, body, kind = 'message' } = said
      const { clientId, settled } = session.sendMessage(said)
      const message: Sent = { user: user.id, room, clientId, body, kind, page: `${name}.${String(page)}`, settled, outcome: undefined, isAcked: false, isRefused: false, isKept: options.storage !== undefined }
      sent.push(message)
      void settled.then((outcome) => {
        message.outcome = outcome
        // Told within the call when there is no place for it.
        if (!outcome.ok && FAIR.includes(outcome.error.code)) message.isRefused = true
        changed()
      })
    },
    async loadOlder(room) {
      const known = state.rooms.get(room)
      const before = known?.gaps.at(-1) ?? known?.messages.flatMap(({ seq }) => seq ?? [])[0]
      const asked = session
      const result = await asked.loadHistory(room, { before, limit: 50 })
      if (result.ok && session === asked && !isClosed) dispatch({ type: 'history', page: result.value, before })
      return result.ok
    },
    reload() {
      detach?.()
      session.dispose()
      start()
    },
    close() {
      isClosed = true
      detach?.()
      session.dispose()
      changed()
    },
    isClosed: () => isClosed,
    sockets: () => open.size,
    opened: () => opened,
  }
}
