import { CONVERSATION_EVENTS } from '../core/conversation-events.ts'
import { systemClock, type Clock, type HistoryPage, type Result, type Session } from '../core/index.ts'
import { isChange, type ChatCommands, type ChatStore, type ReceiptRule } from '../stores/index.ts'
import { tellMarks, type TellMarks } from './tell-marks.ts'

export interface BindStoreOptions {
  /** @default the system's clock */
  readonly clock?: Clock
  /** How long "is typing" lasts without being told again, in milliseconds. @default 6000 */
  readonly typingMs?: number
  /** When an own message counts as delivered and read; `false`: no mark leaves, and reads of others are not shown. @default 'someone' */
  readonly receipts?: ReceiptRule
}

const FORWARDED = [...CONVERSATION_EVENTS, 'error'] as const

/** Feeds what a session tells into the store, and what the store is asked into the session. @returns ends it */
export const bindStore = (session: Session, store: ChatStore, options: BindStoreOptions = {}): (() => void) => {
  // Senders repeat it every 3 s; twice that survives one lost repetition.
  const { clock = systemClock, typingMs = 6_000, receipts = 'someone' } = options

  const marks = receipts === false ? undefined : tellMarks(session, store, clock)
  const unbind = store.bind(commandsOf(session, store, marks))
  store.dispatch({ type: 'receiptRule', rule: receipts })
  const { user, rooms, features } = session.snapshot()
  if (user) store.dispatch({ type: 'welcome', payload: { user, rooms, features } })

  const forward = <E extends (typeof FORWARDED)[number]>(type: E) =>
    session.on(type, (payload) => {
      store.dispatch({ type, payload } as Parameters<ChatStore['dispatch']>[0])
    })
  const offs = FORWARDED.map((type) => forward(type))

  const dropRefused = bindChanges(session)
  const stopTyping = bindTyping(session, store, clock, typingMs)
  return () => {
    for (const off of offs) off()
    dropRefused()
    stopTyping()
    marks?.stop()
    unbind()
  }
}

/** Trying again would bring the same answer, and there is no message left to show it at. */
const HOPELESS: readonly string[] = ['target_deleted', 'target_not_found']

/** A change that came too late for its message must not wait for a decision. */
const bindChanges = (session: Session): (() => void) => {
  const waiting = new Set<string>()
  const offs = [
    session.on('queued', (message) => isChange(message) && waiting.add(message.clientId)),
    session.on('acked', ({ clientId }) => waiting.delete(clientId)),
    session.on('cancelled', ({ clientId }) => waiting.delete(clientId)),
    session.on('rejected', ({ clientId, error }) => {
      if (waiting.has(clientId) && HOPELESS.includes(error.code)) session.cancel(clientId)
    }),
  ]
  return () => {
    for (const off of offs) off()
  }
}

const bindTyping = (session: Session, store: ChatStore, clock: Clock, typingMs: number): (() => void) => {
  let timer: unknown
  const sweepIn = (ms: number): void => {
    timer = clock.setTimeout(() => {
      timer = undefined
      const now = clock.now()
      store.dispatch({ type: 'typingSwept', now })
      store.flush()
      const next = nextExpiry(store)
      if (next !== undefined) sweepIn(Math.max(next - now, 1))
    }, ms)
  }
  const off = session.on('typing', (payload) => {
    store.dispatch({ type: 'typing', payload, expiresAt: clock.now() + typingMs })
    if (timer === undefined && payload.on) sweepIn(typingMs)
  })
  return () => {
    off()
    if (timer !== undefined) clock.clearTimeout(timer)
  }
}

const nextExpiry = (store: ChatStore): number | undefined => {
  const times = [...store.state.rooms.values()].flatMap((room) => [...room.typingUntil.values()])
  return times.length > 0 ? Math.min(...times) : undefined
}

const commandsOf = (session: Session, store: ChatStore, marks: TellMarks | undefined): ChatCommands => {
  const loading = new Map<string, Promise<Result<HistoryPage>>>()

  const load: ChatCommands['loadHistory'] = async (room, before, other) => {
    const result = await session.loadHistory(room, other ?? (before === undefined ? {} : { before }))
    if (result.ok) store.dispatch({ type: 'history', page: result.value, before, ...other })
    return result
  }

  return {
    capabilities: session.capabilities,
    enter: (room) => session.enter(room),
    leave: (room) => session.leave(room),
    send: (room, body) => session.sendMessage({ room, body }),
    retry: (clientId) => session.retry(clientId),
    cancel: (clientId) => session.cancel(clientId),
    loadHistory(room, before, other) {
      const key = JSON.stringify([room, before, other])
      const present = loading.get(key)
      if (present) return present
      const started = load(room, before, other).finally(() => loading.delete(key))
      loading.set(key, started)
      return started
    },
    setTyping: (room, on) => session.setTyping(room, on),
    flushMarks: () => marks?.flush(),
  }
}
