/** Keeps one socket alive, or the next one on its way. The only driver of the state table. */
import { isGarbled } from '../protocol/index.ts'
import { delayOf, HINT_SPACING_MS, MAX_GARBLED, mayRetry, SERVER_WIDE_FIRST_MS } from './backoff.ts'
import type { Command, Inbound, WireData } from './dialect.ts'
import type { ConnectionHooks, Driver, Welcome } from './driver.ts'
import { localLoss, lossOfClose, type Bye, type Loss } from './losses.ts'
import { isReady, step, type MachineEvent } from './machine.ts'
import { createPulse } from './pulse.ts'
import type { Cancel, SessionContext } from './session-context.ts'
import type { ConnectionCause, SessionSnapshot } from './session-types.ts'
import type { Transport } from './transport.ts'
import { startTry } from './try.ts'

/** Registered for "timeout"; unlike 1000 and 1001 it does not tell the server that we are done. */
const GIVEN_UP = 3008

/** The page was put to sleep and means to come back. */
const ASLEEP = 4003

export const createDriver = (context: SessionContext, hooks: ConnectionHooks): Driver => {
  const { options, patch, emit, snapshot } = context
  const { clock, dialect, reconnect, connectTimeout } = options
  const now = clock.monotonic
  let transport: Transport | undefined
  let generation = 0
  let cancelTimer: Cancel | undefined
  let attempts = 0
  let hasRefreshed = false
  let garbled = 0
  let isHerd = false
  let isHidden = false
  let isOffline = false
  let token: string | undefined
  let startedAt = 0
  let openedAt = 0
  let readyAt = Infinity
  let retryDue = Infinity
  let lastHintAt = -Infinity
  let bye: Bye | undefined

  const state = () => snapshot().state
  const ready = () => isReady(state())

  const arm = (ms: number, work: () => void): void => {
    cancelTimer?.()
    cancelTimer = ms === Infinity ? undefined : context.after(ms, work)
  }

  const about = () => ({ user: snapshot().user, token, room: hooks.room?.() ?? '' })

  const write = (command: Command): WireData | undefined => dialect.write(command, about())

  const transmit = (data: WireData): boolean => {
    const isTaken = !!transport?.send(data)
    if (isTaken) emit('sent', data)
    return isTaken
  }

  const say = (command: Command): boolean => {
    const data = write(command)
    return data !== undefined && transmit(data)
  }

  if (reconnect?.onFailed) context.on('gaveUp', reconnect.onFailed)

  const pulse = createPulse(context, {
    ping: (n) => say({ type: 'ping', n }),
    canPing: () => write({ type: 'ping', n: 0 }) !== undefined,
    isHidden: () => isHidden,
  })

  /** Our handlers stop hearing it at once; its own close may take a minute. */
  const orphan = (code = 1000, reason?: string): void => {
    generation += 1
    const old = transport
    transport = undefined
    try {
      old?.close(code, reason)
    } catch {
      // A reason of more than 123 bytes, or a code that browsers refuse: the end counts, not what is said about it.
      old?.close()
    }
  }

  /** @param isWaitingOn the next try stays as planned */
  const go = (event: MachineEvent, changes: Partial<SessionSnapshot> = {}, isWaitingOn = false): boolean => {
    const from = state()
    const to = step(from, event)
    if (!to) return false
    if (!isWaitingOn) {
      cancelTimer?.()
      retryDue = Infinity
      patch({ retryAt: undefined })
    }
    patch({ ...changes, state: to })
    emit('transition', { from, to, cause: snapshot().cause })
    if (isReady(from) && !isReady(to)) {
      readyAt = Infinity
      patch({ latencyMs: undefined, heartbeat: 'idle' })
      hooks.lost?.()
    }
    return true
  }

  const connect = (cause: ConnectionCause | undefined, event: MachineEvent = 'connect'): void => {
    if (!go(event, { cause })) return
    orphan()
    bye = undefined
    startedAt = now()
    arm(connectTimeout, timedOut)
    const mine = generation
    startTry(context, () => mine === generation, {
      made(made) {
        transport = made
      },
      opened(given) {
        token = given ?? hooks.guestToken?.()
        openedAt = now()
        if (!go('opened')) return
        arm(startedAt + connectTimeout - openedAt, timedOut)
        say({ type: 'hello', token, user: snapshot().user })
        if (dialect.ready === 'open') welcomed()
      },
      alive,
      received,
      closed(code, reason) {
        lose(lossOfClose(code, reason, bye, hasLasted()))
      },
      failed: lose,
    })
  }

  const timedOut = (): void => {
    lose(localLoss('timeout', 'connect_timeout', `No welcome within ${connectTimeout} ms.`))
  }

  const welcomed = (welcome?: Welcome): void => {
    if (!go('welcomed', { attempt: 0, error: undefined, cause: undefined })) return
    readyAt = now()
    // A promise of nothing is none.
    pulse.start(welcome?.heartbeat?.timeoutMs || options.heartbeat?.silence || Infinity, welcome && readyAt - openedAt)
    look()
    hooks.ready(welcome)
  }

  const look = (): void => {
    const isProbing = state() === 'probing'
    const { verdict, nextMs } = pulse.look(isProbing)
    if (verdict !== 'dead') arm(nextMs, look)
    else lose(localLoss(isProbing ? 'wake' : 'heartbeat', 'heartbeat_timeout', 'The link went silent.'))
  }

  const probe = (): void => {
    if (state() === 'connected') {
      if (pulse.probe()) go('probe')
      look()
    }
  }

  const alive = (): void => {
    patch({ lastReceivedAt: clock.now() })
    if (!ready()) return
    pulse.heard()
    if (go('answered')) look()
  }

  const received = (data: unknown): void => {
    alive()
    const mine = generation
    const meanings = dialect.read(data, about())
    if (!meanings.some(({ type }) => ['pong', 'reply', 'tops'].includes(type))) emit('data', data)
    for (const inbound of meanings) if (mine === generation) meant(inbound)
  }

  const meant = (inbound: Inbound): void => {
    switch (inbound.type) {
      case 'reply':
        transmit(inbound.data)
        break
      case 'pong':
        pulse.pong(inbound.n)
        break
      case 'bye':
        bye = { ...inbound, at: now() }
        break
      case 'welcome':
        if (state() === 'handshaking') welcomed(inbound)
        break
      case 'denied':
        lose(localLoss('auth', 'unauthorized', inbound.reason, inbound.refresh ? 'refresh' : 'stop'))
        break
      case 'fault':
        lose(localLoss('heartbeat', 'heartbeat_timeout', inbound.reason))
        break
      default:
        if (ready() || inbound.type === 'bad' || inbound.type === 'refused') hooks.received?.(inbound)
    }
  }

  const hasLasted = (): boolean => now() - readyAt >= (reconnect?.minUptime || 0)

  const lose = (found: Loss): void => {
    if (hasLasted()) forget()
    const loss = hooks.revise?.(found) ?? found
    const { action, cause, error } = loss
    const isRefresh = action === 'refresh'
    if (isGarbled(cause.closeCode)) garbled += 1
    const isUseless = action === 'stop' || (isRefresh && hasRefreshed) || garbled > MAX_GARBLED
    const isUsedUp = reconnect && !mayRetry(reconnect, attempts)
    // Nobody has seen it yet.
    if (isUseless) (error as { retryable: boolean }).retryable = false
    const changes = { cause, error, attempt: attempts }
    hasRefreshed ||= isRefresh
    isHerd ||= loss.firstMs === SERVER_WIDE_FIRST_MS
    orphan(GIVEN_UP)
    emit('error', error)
    if (isUseless || isUsedUp) {
      go('fatal', changes)
      if (!isUseless) emit('gaveUp', error)
    } else if (reconnect) {
      const delayMs = delayOf(loss, reconnect, { attempts, isHidden, isHerd, bye, now: now() }, options.random())
      attempts += 1
      go('lost', { ...changes, attempt: attempts })
      wait(delayMs)
      if (isOffline) go('suspect', {}, true)
    } else go('disconnect', changes)
    if (error.code === 'heartbeat_timeout') patch({ heartbeat: 'timedOut' })
  }

  const wait = (ms: number): void => {
    retryDue = now() + ms
    patch({ retryAt: clock.now() + ms })
    arm(ms, () => {
      connect(snapshot().cause, 'due')
    })
  }

  const forget = (): void => {
    attempts = garbled = 0
    hasRefreshed = isHerd = false
  }

  /** The network or the page came back. */
  const wake = (isNetwork: boolean): void => {
    probe()
    const at = now()
    const isTrying = transport && !ready()
    // What was started on the network before has little to hope for; one that has just begun is let go on.
    if (isTrying ? !isNetwork || at - startedAt < HINT_SPACING_MS : !step(state(), 'due')) return
    const pauseMs = lastHintAt + HINT_SPACING_MS - at
    if (pauseMs <= 0) {
      lastHintAt = at
      forget()
      connect({ kind: 'wake' })
    } else if (!isTrying && at + pauseMs < retryDue) wait(pauseMs)
  }

  return {
    isReady: ready,
    socket: () => transport?.socket,
    connect() {
      forget()
      patch({ attempt: 0, error: undefined })
      connect({ kind: 'user' })
    },
    disconnect(code, reason) {
      if (go('disconnect', { attempt: 0, error: undefined, cause: { kind: 'user' } })) orphan(code, reason)
    },
    terminate(reason = 'terminated') {
      if (transport) lose(localLoss('user', 'terminated', reason))
    },
    hint(hint) {
      isHidden = hint === 'hidden' || (isHidden && hint !== 'visible')
      isOffline = hint === 'offline' || (isOffline && hint !== 'online')
      if (hint === 'frozen') {
        if (go('rest', { cause: { kind: 'frozen' } })) orphan(ASLEEP)
      } else if (hint === 'offline') {
        probe()
        go('suspect', {}, true)
      } else if (hint !== 'hidden') wake(hint === 'online')
    },
    ensure() {
      if (ready()) look()
      return ready()
    },
    transmit,
    say,
    write,
  }
}

