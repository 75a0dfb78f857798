import { createId as randomId } from '../core/ids.ts'
import { createSession, systemClock, type ChatError, type Hint, type Session, type SessionEvent, type SessionOptions, type SessionSnapshot } from '../core/index.ts'
import type { ResolvedOptions } from '../core/session-options.ts'
import { createContext } from '../core/session-context.ts'
import { createElection } from './election.ts'
import { createHub, type Hub } from './hub.ts'
import { isUp, toError, type FromLeader, type TabMessage, type ToLeader } from './messages.ts'
import type { TabChannel, TabPorts } from './ports.ts'
import { createTabLink, tabDialect } from './tab-link.ts'
import { createUnsent } from './unsent.ts'

export interface SharedSessionOptions extends SessionOptions {
  /** Tabs with the same name share a connection. It must tell servers and users apart. */
  readonly name: string
  readonly ports: TabPorts
}

/** What a session knows of the other tabs. */
export interface Tabs {
  /** Whether this tab holds the connection. */
  isLeader(): boolean
  /** Called with each change of `isLeader()`. */
  onLeader(listener: (isLeader: boolean) => void): () => void
  /** Tells all other tabs of the same person. @param value something that can be cloned */
  share(topic: string, value: unknown): void
  onShared(topic: string, listener: (value: unknown) => void): () => void
}

export interface SharedSession extends Session {
  readonly tabs: Tabs
}

type Intent = 'idle' | 'open' | 'closed' | 'asleep' | 'over'

/** How long a leader may take to answer before a visible tab takes its place, in milliseconds. */
export const SILENT_LEADER_MS = 1_000

const FORWARDED = [
  'welcome', 'message', 'entered', 'left', 'gap', 'queued', 'acked', 'unconfirmed', 'rejected', 'retried', 'cancelled', 'presence', 'typing',
] as const satisfies readonly SessionEvent[]

/** Errors of a tab's way to the leader; what the connection itself suffers the leader tells. */
const OF_THE_WAY = ['closed', 'terminated', 'connect_timeout']

/**
 * A session that shares its connection with the other tabs of the same person. One tab, the leader, holds the socket;
 * every tab keeps its own rooms and its own queue, and talks to the leader as to a server. So a change of leaders is to
 * them a link that broke: they ask for what they missed and send again, under the same ids, what was not confirmed.
 */
export const sharedSession = ({ name, ports, signal, ...options }: SharedSessionOptions): SharedSession => {
  const { createId = randomId, clock = systemClock, user } = options
  const tab = createId()
  const context = createContext({ clock, user } as ResolvedOptions)
  const { emit, patch, run, snapshot } = context

  let intent: Intent = 'idle'
  let status: Extract<FromLeader, { type: 'status' }> | undefined
  let lastReceivedAt: number | undefined
  let knownTerm = 0
  let isHidden = false
  let channel: TabChannel | undefined
  let hub: Hub | undefined
  let guestToken: string | undefined
  let askedAt: unknown
  /** Ends what holds for as long as this tab takes part. */
  let presence: AbortController | undefined
  const leaderListeners = new Set<(isLeader: boolean) => void>()
  const sharedListeners = new Set<readonly [topic: string, listener: (value: unknown) => void]>()

  // --- what is said

  const post = (message: TabMessage): void => {
    try {
      channel?.post(message)
    } catch (cause) {
      // A frame of a transport of its own kind that cannot be cloned is not shown elsewhere.
      if (message.type !== 'told') throw cause
    }
  }
  /** Also to ourselves, later, as it reaches the others. */
  const postToAll = (message: TabMessage): void => {
    post(message)
    queueMicrotask(() => hear(message))
  }
  const toLeader = (message: ToLeader): void => {
    if (hub) queueMicrotask(() => hub?.handle(message))
    else post(message)
  }

  // --- the tab's own session

  const link = createTabLink(tab, {
    wanted: () => status && follow(status),
    say: (era, from, command) => toLeader({ type: 'say', era, from, command }),
    raw: (era, data) => toLeader({ type: 'raw', era, data }),
    detached: (era, from, isDeaf) => toLeader({ type: 'detach', era, from, isDeaf }),
  })
  const own = createSession({
    // Of no meaning to a wire between tabs.
    url: 'ws://tabs/',
    dialect: tabDialect(options.dialect),
    transport: link.connect,
    heartbeat: false,
    autoReconnect: { delay: 0, minUptime: 0 },
    // It waits for as long as there is no server.
    connectTimeout: 2 ** 31 - 1,
    ...(user && { user }),
    ...(options.outbox && { outbox: options.outbox }),
    ...(options.random && { random: options.random }),
    clock,
    createId,
  })
  const unsent = createUnsent(tab, own, post, (other) => watch(other))

  const sync = (): void => {
    const { state: ownState, ...mine } = own.snapshot()
    const before = snapshot().state
    const state = stateOf(ownState)
    const { state: _state, error, ...theirs } = status?.link ?? { cause: undefined, error: undefined }
    const changes: Partial<SessionSnapshot> = { ...mine, ...theirs, lastReceivedAt, state, error: errorOf(error) }
    if (intent === 'closed') Object.assign(changes, { cause: { kind: 'user' }, error: undefined })
    if (intent === 'asleep') Object.assign(changes, { cause: { kind: 'frozen' } })
    patch({ ...changes, cause: keep(snapshot().cause, changes.cause) })
    if (state !== before) emit('transition', { from: before, to: state, cause: snapshot().cause })
  }

  const stateOf = (ownState: SessionSnapshot['state']): SessionSnapshot['state'] => {
    if (intent === 'idle' || intent === 'closed') return intent
    if (intent === 'over') return 'closed'
    if (intent === 'asleep') return 'waiting'
    const { state } = status?.link ?? { state: 'connecting' as const }
    // A leader that stops is followed by another one.
    if (state === 'idle' || state === 'closed') return 'connecting'
    return isUp(state) && !isUp(ownState) ? 'handshaking' : state
  }

  let lastError: { readonly plain: unknown; readonly error: ChatError } | undefined
  const errorOf = (plain: NonNullable<typeof status>['link']['error']): ChatError | undefined => {
    if (!plain) return undefined
    const text = JSON.stringify(plain)
    if (lastError?.plain !== text) lastError = { plain: text, error: toError(plain) }
    return lastError.error
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

  // --- what is heard

  const hear = (message: TabMessage): void => {
    if (intent !== 'open') return
    switch (message.type) {
      case 'status':
        return follow(message)
      case 'frame':
        if (message.term !== status?.term) return
        lastReceivedAt = clock.now()
        link.receive(message.inbound, message.to)
        return
      case 'told':
        if (message.term !== status?.term) return
        run(() => {
          if (message.event === 'error' || message.event === 'gaveUp') emit(message.event, toError(message.payload))
          else emit(message.event, message.payload as never)
        })
        return
      case 'shared':
        for (const [topic, listener] of [...sharedListeners]) if (topic === message.topic) listener(message.value)
        return
      case 'say':
      case 'raw':
      case 'detach':
      case 'ask':
        return hub?.handle(message)
      default:
        unsent.hear(message)
        if (message.type === 'bye') hub?.forget(message.tab)
        else hub?.handle(message)
    }
  }

  const follow = (told: NonNullable<typeof status>): void => {
    if (told.term < knownTerm) {
      // Its clock is behind; whoever stands in line after us will find a better number.
      expectLeader()
      return
    }
    const isOther = told.term !== status?.term
    if (told.term > knownTerm && hub) stepDown()
    knownTerm = told.term
    status = told
    guestToken = told.welcome?.token ?? guestToken
    lastReceivedAt = told.link.lastReceivedAt ?? lastReceivedAt
    cancelExpectation()
    run(sync)
    if (link.drop(told.era) && intent === 'open') own.open()
    if (told.era !== undefined) link.open(told.era, told.welcome)
    if (hub) return
    if (isOther) hello(false)
    if (told.isHidden && !isHidden) election.seize()
  }

  const hello = (isNew: boolean): void => {
    post({ type: 'hello', tab, isNew, unsent: unsent.own() })
  }

  // --- who leads

  const tellLeader = (): void => {
    const isLeader = hub !== undefined
    for (const listener of [...leaderListeners]) listener(isLeader)
  }

  const election = createElection(ports.locks, name, {
    elected() {
      const term = Math.max(knownTerm + 1, clock.now())
      knownTerm = term
      cancelExpectation()
      const inherited = guestToken
      let proof = inherited
      const once = (): string | undefined => {
        const token = proof
        proof = undefined
        return token
      }
      hub = createHub(
        // A guest stays the same one under another leader.
        { ...options, ...(options.token === undefined && inherited !== undefined && { token: once }) },
        { term, isHidden: () => isHidden, post: (message) => postToAll({ ...message, term } as FromLeader) },
      )
      hub.tell()
      for (const other of unsent.tabs()) watch(other)
      tellLeader()
    },
    deposed: () => stepDown(),
  })

  const stepDown = (code?: number, reason?: string): void => {
    const old = hub
    if (!old) return
    hub = undefined
    old.stop(code, reason)
    if (election.isLeader()) {
      election.resign()
      if (intent === 'open') election.run()
    }
    tellLeader()
  }

  /** As the leader: to learn when another tab is gone. */
  const watch = (other: string): void => {
    const mine = hub
    if (!mine || !presence) return
    const isOurs = (): boolean => hub === mine
    const gone = (): void => {
      if (!isOurs()) return
      mine.forget(other)
      const messages = unsent.take(other)
      // Without a server that knows repetitions they might be said twice.
      if (messages.length > 0 && options.dialect.capabilities.acks) own.restore({ messages })
    }
    ports.locks.request(`${name}:tab:${other}`, { signal: presence.signal }, gone).catch(() => undefined)
  }

  const cancelExpectation = (): void => {
    if (askedAt !== undefined) clock.clearTimeout(askedAt)
    askedAt = undefined
  }
  const expectLeader = (): void => {
    if (hub || isHidden) return
    askedAt ??= clock.setTimeout(() => {
      askedAt = undefined
      if (intent === 'open' && !hub && !isHidden) election.seize()
    }, SILENT_LEADER_MS)
  }

  // --- taking part

  const join = (isNew: boolean): void => {
    intent = 'open'
    status = undefined
    channel = ports.openChannel(name, hear)
    presence = new AbortController()
    const mine = presence
    own.open()
    run(sync)
    const live = (): Promise<void> | undefined => {
      if (mine.signal.aborted) return undefined
      hello(isNew)
      election.run()
      expectLeader()
      return new Promise((resolve) => {
        mine.signal.addEventListener('abort', () => resolve())
      })
    }
    ports.locks.request(`${name}:tab:${tab}`, { signal: mine.signal }, live).catch(() => undefined)
  }

  /** @param isForGood nobody has to send what we have not sent */
  const part = (next: Intent, isForGood: boolean, code?: number, reason?: string): void => {
    const wasOpen = intent === 'open'
    intent = next
    if (wasOpen) {
      cancelExpectation()
      stepDown(code, reason)
      election.resign()
      own.close()
      if (isForGood) post({ type: 'bye', tab })
      channel?.close()
      channel = undefined
      presence?.abort()
    }
    status = undefined
    run(sync)
  }

  const connect = (): void => {
    if (intent === 'over') return
    if (intent !== 'open') join(true)
    else if (hub) hub.handle({ type: 'ask', what: 'reconnect' })
    else toLeader({ type: 'ask', what: 'reconnect' })
  }

  const hint = (told: Hint): void => {
    isHidden = told === 'hidden' || (isHidden && told !== 'visible')
    if (intent === 'asleep' && (told === 'visible' || told === 'online')) return join(false)
    if (intent !== 'open') return
    if (told === 'frozen') {
      // Frozen, a tab can lead nobody; gone, it need not.
      hub?.hint('frozen')
      return part('asleep', false)
    }
    if (hub) {
      hub.hint(told)
      if (told === 'visible' || told === 'hidden') hub.tell()
    } else if (told === 'visible') {
      if (status?.isHidden) election.seize()
      else {
        hello(false)
        expectLeader()
      }
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

  return {
    ...own,
    capabilities: options.dialect.capabilities,
    snapshot,
    subscribe: context.subscribe,
    on: context.on,
    open: connect,
    reconnect: connect,
    close: (code, reason) => {
      if (intent !== 'over' && intent !== 'closed') part('closed', true, code ?? 1000, reason)
    },
    terminate: (reason) => toLeader({ type: 'ask', what: 'terminate', reason }),
    hint,
    socket: () => hub?.socket(),
    dispose,
    tabs: {
      isLeader: () => hub !== undefined,
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

const keep = <T>(before: T, now: T): T => (JSON.stringify(before) === JSON.stringify(now) ? before : now)
