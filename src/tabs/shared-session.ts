import { CONVERSATION_EVENTS } from '../core/conversation-events.ts'
import { createId as randomId } from '../core/ids.ts'
import { createSession, systemClock, type Hint, type Session } from '../core/index.ts'
import { rememberAnswers } from '../core/credentials.ts'
import { resolveOptions, type ResolvedOptions } from '../core/session-options.ts'
import { createContext } from '../core/session-context.ts'
import { withBase } from '../core/urls.ts'
import { createLeadership } from './leadership.ts'
import { toError, type FromLeader, type TabMessage, type ToLeader } from './messages.ts'
import type { TabChannel } from './ports.ts'
import { createTabLink, tabDialect } from './tab-link.ts'
import type { Intent, SharedSession, SharedSessionOptions } from './types.ts'
import { createUnsent } from './unsent.ts'
import { createView } from './view.ts'

const FORWARDED = [...CONVERSATION_EVENTS, 'typing'] as const

/** Errors of a tab's way to the leader; what the connection itself suffers the leader tells. */
const OF_THE_WAY = ['closed', 'terminated', 'connect_timeout']

/**
 * A session that shares its connection with the other tabs of the same person. One tab, the leader, holds the socket;
 * every tab keeps its own rooms and its own queue, and talks to the leader as to a server. So a change of leaders is to
 * them a link that broke: they ask for what they missed and send again, under the same ids, what was not confirmed.
 * @throws ChatUsageError when an option can never work
 */
export const sharedSession = ({ name, ports, signal, ...options }: SharedSessionOptions): SharedSession => {
  const { createId = randomId, clock = systemClock, user, dialect } = options
  const { capabilities } = dialect
  const tab = createId()
  const context = createContext({ clock, user } as ResolvedOptions)
  const answers = rememberAnswers(resolveOptions({ ...options, url: withBase(options.url, options.base) }))
  const { emit, patch, run, snapshot } = context
  const view = createView()

  let intent: Intent = 'idle'
  let status: Extract<FromLeader, { type: 'status' }> | undefined
  let lastReceivedAt: number | undefined
  let guestToken: string | undefined
  let isHidden = false
  let channel: TabChannel | undefined
  /** Ends when this tab takes part no longer. */
  let presence = new AbortController()
  const leaderListeners = new Set<(isLeader: boolean) => void>()
  const sharedListeners = new Set<readonly [topic: string, listener: (value: unknown) => void]>()

  const post = (message: TabMessage): void => {
    try {
      channel?.post(message)
    } catch (cause) {
      // A frame of a transport of its own kind that cannot be cloned is not shown elsewhere.
      if (message.type !== 'told') throw cause
    }
  }
  const hello = (isNew: boolean): void => post({ type: 'hello', tab, isNew, unsent: unsent.own() })
  /** Later, as it would come from another tab. */
  const toLeader = (message: ToLeader): void => {
    if (leadership.hub()) queueMicrotask(() => leadership.hub()?.handle(message))
    else post(message)
  }

  const leadership = createLeadership({
    name,
    locks: ports.locks,
    clock,
    options,
    isOpen: () => intent === 'open',
    isHidden: () => isHidden,
    post(message) {
      post(message)
      queueMicrotask(() => hear(message))
    },
    guestToken: () => guestToken,
    tabs: () => unsent.tabs(),
    gone(other) {
      const messages = unsent.take(other)
      // Without a server that knows repetitions they might be said twice.
      if (messages.length > 0 && capabilities.acks) own.restore({ messages })
    },
    changed(isLeader) {
      for (const listener of [...leaderListeners]) listener(isLeader)
    },
  })

  const link = createTabLink(tab, {
    wanted: () => status && follow(status),
    say: (era, from, command) => toLeader({ type: 'say', era, from, command }),
    raw: (era, data) => toLeader({ type: 'raw', era, data }),
    detached: (era, from, isDeaf) => toLeader({ type: 'detach', era, from, isDeaf }),
  })
  const own = createSession({
    // Of no meaning to a wire between tabs.
    url: 'ws://tabs/',
    dialect: tabDialect(dialect),
    transport: link.connect,
    heartbeat: false,
    autoReconnect: { delay: 0, minUptime: 0 },
    // It waits for as long as there is no server.
    connectTimeout: 2 ** 31 - 1,
    ...(user && { user }),
    ...(options.outbox && { outbox: options.outbox }),
    clock,
    createId,
  })
  const unsent = createUnsent(tab, own, post, (other) => leadership.watch(other))

  const sync = (): void => {
    const { state: from } = snapshot()
    patch(view({ intent, own: own.snapshot(), link: status?.link, lastReceivedAt }))
    const { state: to, cause } = snapshot()
    if (to !== from) emit('transition', { from, to, cause })
  }
  for (const event of FORWARDED) {
    own.on(event, (payload) => {
      run(() => {
        sync()
        emit(event, payload as never)
      })
    })
  }
  own.on('transition', () => run(sync))
  own.subscribe(() => run(sync))
  own.on('error', (error) => {
    if (!OF_THE_WAY.includes(error.code)) run(() => emit('error', error))
  })

  const hear = (message: TabMessage): void => {
    if (intent !== 'open') return
    switch (message.type) {
      case 'status':
        return follow(message)
      case 'frame':
        if (message.term !== status?.term) return
        lastReceivedAt = clock.now()
        return link.receive(message.inbound, message.to)
      case 'told':
        if (message.term === status?.term) run(() => tell(message))
        return
      case 'shared':
        for (const [topic, listener] of [...sharedListeners]) if (topic === message.topic) listener(message.value)
        return
      case 'bye':
        leadership.hub()?.forget(message.tab)
        return unsent.hear(message)
      default:
        unsent.hear(message)
        leadership.hub()?.handle(message)
    }
  }

  const tell = (message: Extract<FromLeader, { type: 'told' }>): void => {
    if (message.event === 'error' || message.event === 'gaveUp') emit(message.event, toError(message.payload))
    else emit(message.event, message.payload as never)
  }

  const follow = (told: NonNullable<typeof status>): void => {
    // One that is behind the times is replaced by a tab that knows better.
    if (!leadership.heard(told.term)) return leadership.expect()
    const isOther = told.term !== status?.term
    status = told
    guestToken = told.welcome?.token ?? guestToken
    lastReceivedAt = told.link.lastReceivedAt ?? lastReceivedAt
    run(sync)
    if (link.drop(told.era) && intent === 'open') own.open()
    if (told.era !== undefined) link.open(told.era, told.welcome)
    if (leadership.hub()) return
    if (isOther) hello(false)
    if (told.isHidden && !isHidden) leadership.seize()
  }

  const join = (isNew: boolean): void => {
    intent = 'open'
    status = undefined
    channel = ports.openChannel(name, hear)
    presence = new AbortController()
    const { signal: end } = presence
    own.open()
    run(sync)
    const live = (): Promise<void> | undefined => {
      if (end.aborted) return undefined
      hello(isNew)
      leadership.run()
      return new Promise((resolve) => {
        end.addEventListener('abort', () => resolve())
      })
    }
    // Others know by this lock that we are there.
    ports.locks.request(`${name}:tab:${tab}`, { signal: end }, live).catch(() => undefined)
  }

  /** @param isForGood nobody has to send what we have not sent */
  const part = (next: Intent, isForGood: boolean, code?: number, reason?: string): void => {
    const wasOpen = intent === 'open'
    intent = next
    status = undefined
    if (wasOpen) {
      leadership.resign(code, reason)
      own.close()
      if (isForGood) post({ type: 'bye', tab })
      channel?.close()
      channel = undefined
      presence.abort()
    }
    run(sync)
  }

  const connect = (): void => {
    if (intent === 'open') toLeader({ type: 'ask', what: 'reconnect' })
    else if (intent !== 'over') join(true)
  }

  const hint = (told: Hint): void => {
    isHidden = told === 'hidden' || (isHidden && told !== 'visible')
    if (intent === 'asleep' && (told === 'visible' || told === 'online')) return join(false)
    if (intent !== 'open') return
    const hub = leadership.hub()
    hub?.hint(told)
    // Asleep, a tab leads nobody.
    if (told === 'frozen') part('asleep', false)
    else if (told === 'hidden') hub?.tell()
    else if (told === 'visible' && hub) hub.tell()
    else if (told === 'visible' && status?.isHidden) leadership.seize()
    else if (told === 'visible') {
      hello(false)
      leadership.expect()
    }
  }

  const dispose = (): void => {
    if (intent === 'over') return
    part('over', true)
    own.dispose()
    signal?.removeEventListener('abort', dispose)
    context.silence()
  }
  if (signal?.aborted) dispose()
  signal?.addEventListener('abort', dispose)

  const ofThisTab: Session = {
    ...own,
    capabilities,
    credentials: (isFresh) => answers.get(isFresh, guestToken),
    snapshot,
    subscribe: context.subscribe,
    on: context.on,
    open: connect,
    reconnect: connect,
    close(code = 1000, reason) {
      if (intent !== 'over') part('closed', true, code, reason)
    },
    terminate: (reason) => toLeader({ type: 'ask', what: 'terminate', reason }),
    hint,
    socket: () => leadership.hub()?.socket(),
    dispose,
  }
  return {
    ...ofThisTab,
    tabs: {
      isLeader: () => leadership.hub() !== undefined,
      onLeader(listener) {
        leaderListeners.add(listener)
        return () => leaderListeners.delete(listener)
      },
      share: (topic, value) => post({ type: 'shared', topic, value }),
      onShared(topic, listener) {
        const entry = [topic, listener] as const
        sharedListeners.add(entry)
        return () => sharedListeners.delete(entry)
      },
    },
  }
}
