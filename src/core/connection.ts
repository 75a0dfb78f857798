/** Keeps one socket alive, or the next one on its way. The only driver of the state table. */
import { HINT_SPACING_MS } from './backoff.ts'
import type { Command, DialectContext, Inbound, WireData } from './dialect.ts'
import { ChatError } from './errors.ts'
import { final, localLoss, lossOfClose, type Bye, type Loss } from './losses.ts'
import { isReady, step, type MachineEvent } from './machine.ts'
import { createPulse, isBeat, PROBE_MS } from './pulse.ts'
import { planRetry } from './retry-plan.ts'
import type { Cancel, SessionContext } from './session-context.ts'
import type { ConnectionCause, SessionSnapshot } from './session-types.ts'
import type { Transport } from './transport.ts'
import { startTry } from './try.ts'

export interface ConnectionHooks {
  /** The server has accepted us. */
  ready(welcome: Extract<Inbound, { type: 'welcome' }> | undefined): void
  /** No longer connected. */
  lost(): void
  received(inbound: Inbound): void
  /** The first entered room, `''` before. */
  room(): string
}

export interface Connection {
  readonly isReady: boolean
  readonly socket: unknown
  connect(): void
  disconnect(code: number, reason: string | undefined): void
  wake(): void
  suspect(): void
  /** Looks whether the link lives, before something is sent. @returns whether it may be used */
  ensure(): boolean
  transmit(data: WireData): boolean
  /** Writes a command and hands it to the wire. @returns whether the wire took it */
  say(command: Command): boolean
  /** Writes a command. */
  write(command: Command): WireData | undefined
}

// Registered for "timeout"; unlike 1000 and 1001 it does not tell the server that we are done.
const GIVEN_UP = 3008

const USER: ConnectionCause = { kind: 'user' }

export const createConnection = (context: SessionContext, hooks: ConnectionHooks): Connection => {
  const { options, patch } = context
  const { clock, dialect, reconnect, connectTimeout } = options
  let transport: Transport | undefined
  let generation = 0
  let cancelTimer: Cancel | undefined
  let attempts = 0
  let hasRefreshed = false
  let token: string | undefined
  let guestToken: string | undefined
  let readyAt: number | undefined
  let bye: Bye | undefined
  let deadline = 0
  let retryDue = 0
  let lastHintAt = -Infinity

  const pulse = createPulse(context, { ping: (n) => say({ type: 'ping', n }), canPing: () => write({ type: 'ping', n: 0 }) !== undefined })
  const state = () => context.snapshot().state

  const arm = (ms: number, work: () => void): void => {
    cancelTimer?.()
    cancelTimer = ms === Infinity ? undefined : context.after(ms, work)
  }

  const about = (): DialectContext => ({ user: context.snapshot().user, token, room: hooks.room() })
  const write = (command: Command): WireData | undefined => dialect.write(command, about())

  const transmit = (data: WireData): boolean => {
    if (transport?.send(data) !== true) return false
    context.emit('sent', data)
    return true
  }

  const say = (command: Command): boolean => {
    const data = write(command)
    return data !== undefined && transmit(data)
  }

  /** Our handlers stop hearing it at once; its own close may take a minute. */
  const orphan = (code: number, reason?: string): void => {
    generation += 1
    const old = transport
    transport = undefined
    try {
      old?.close(code, reason)
    } catch {
      // A socket that refuses to be closed is no longer ours either way.
    }
  }

  const go = (event: MachineEvent, changes: Partial<SessionSnapshot> = {}): boolean => {
    const from = state()
    const to = step(from, event)
    if (to === undefined) return false
    cancelTimer?.()
    cancelTimer = undefined
    patch({ retryAt: undefined, ...changes, state: to })
    context.emit('transition', { from, to, cause: context.snapshot().cause })
    if (isReady(from) && !isReady(to)) {
      readyAt = undefined
      patch({ latencyMs: undefined, ...(changes.heartbeat === undefined && { heartbeat: 'idle' }) })
      hooks.lost()
    }
    return true
  }

  const connect = (cause: ConnectionCause | undefined, event: 'connect' | 'due' = 'connect'): void => {
    if (!go(event, { cause })) return
    orphan(1000)
    bye = undefined
    deadline = clock.monotonic() + connectTimeout
    arm(connectTimeout, timedOut)
    const mine = generation
    const isCurrent = () => mine === generation
    startTry(context, isCurrent, {
      made(made) {
        transport = made
      },
      opened(asked) {
        token = asked ?? guestToken
        opened()
      },
      received,
      alive,
      closed(code, reason) {
        transport = undefined
        generation += 1
        lose(withoutGuest(lossOfClose(code, reason, bye)))
      },
      failed: lose,
    })
  }

  const timedOut = (): void => {
    lose(localLoss('timeout', 'connect_timeout', `The server did not welcome us within ${connectTimeout} ms.`))
  }

  const opened = (): void => {
    if (!go('opened')) return
    arm(Math.max(0, deadline - clock.monotonic()), timedOut)
    say({ type: 'hello', token, user: context.snapshot().user })
    if (dialect.ready === 'open') welcomed(undefined)
  }

  const welcomed = (welcome: Extract<Inbound, { type: 'welcome' }> | undefined): void => {
    if (!go('welcomed', { attempt: 0, error: undefined, cause: undefined })) return
    readyAt = clock.monotonic()
    guestToken = welcome?.token ?? guestToken
    pulse.start(welcome)
    look()
    hooks.ready(welcome)
  }

  const look = (): void => {
    const isProbing = state() === 'probing'
    const { verdict, nextMs } = pulse.look(isProbing ? PROBE_MS : undefined)
    if (verdict !== 'dead') {
      arm(nextMs, look)
      return
    }
    const kind = isProbing ? 'wake' : 'heartbeat'
    lose(localLoss(kind, 'heartbeat_timeout', 'The link went silent; a new one is being made.'))
  }

  const probe = (): void => {
    if (state() !== 'connected' || !pulse.probe()) return
    go('probe')
    look()
  }

  const alive = (): void => {
    patch({ lastReceivedAt: clock.now() })
    if (!isReady(state())) return
    pulse.heard()
    if (go('answered')) look()
  }

  const received = (data: unknown): void => {
    alive()
    const mine = generation
    const meanings = dialect.read(data, about())
    if (meanings.length === 0 || meanings.some((m) => !isBeat(m))) context.emit('data', data)
    for (const inbound of meanings) {
      if (mine === generation) meant(inbound)
    }
  }

  const meant = (inbound: Inbound): void => {
    switch (inbound.type) {
      case 'reply':
        transmit(inbound.data)
        return
      case 'pong':
        pulse.pong(inbound.n)
        return
      case 'bye':
        bye = { ...inbound, at: clock.monotonic() }
        return
      case 'welcome':
        if (state() === 'handshaking') welcomed(inbound)
        return
      case 'denied':
        lose({
          cause: { kind: 'auth', reason: inbound.reason },
          action: inbound.refresh ? 'refresh' : 'stop',
          scope: 'ordinary',
          error: new ChatError('unauthorized', inbound.reason, { retryable: inbound.refresh }),
        })
        return
      case 'fault':
        lose(localLoss('heartbeat', 'heartbeat_timeout', inbound.reason))
        return
      case 'bad':
      case 'refused':
        hooks.received(inbound)
        return
      default:
        if (isReady(state())) hooks.received(inbound)
    }
  }

  /** A guest whose proof is refused comes back as a new one. */
  const withoutGuest = (loss: Loss): Loss => {
    if (loss.cause.kind !== 'auth' || guestToken === undefined) return loss
    guestToken = undefined
    return { ...loss, action: 'refresh' }
  }

  const lose = (loss: Loss): void => {
    const hasLasted = readyAt !== undefined && clock.monotonic() - readyAt >= (reconnect?.minUptime ?? 0)
    if (hasLasted) {
      attempts = 0
      hasRefreshed = false
    }
    const { cause, error } = loss
    const now = clock.monotonic()
    const plan = planRetry(loss, { attempts, hasRefreshed, bye, now }, reconnect, options.random())
    hasRefreshed ||= loss.action === 'refresh'
    orphan(GIVEN_UP)
    context.emit('error', error)
    const changes = { cause, error, ...(error.code === 'heartbeat_timeout' && { heartbeat: 'timedOut' as const }) }
    switch (plan.outcome) {
      case 'useless':
        go('fatal', { ...changes, error: final(error), attempt: attempts })
        return
      case 'used-up':
        go('fatal', { ...changes, attempt: attempts })
        tellFailed()
        return
      case 'unwanted':
        go('disconnect', changes)
        return
      case 'wait':
        attempts += 1
        go('lost', { ...changes, attempt: attempts, retryAt: clock.now() + plan.delayMs })
        wait(plan.delayMs)
    }
  }

  const wait = (ms: number): void => {
    retryDue = clock.monotonic() + ms
    arm(ms, () => {
      connect(context.snapshot().cause, 'due')
    })
  }

  const tellFailed = (): void => {
    try {
      reconnect?.onFailed()
    } catch (thrown) {
      context.emit('error', new ChatError('listener_failed', '`onFailed` threw.', { cause: thrown }))
    }
  }

  const forget = (): void => {
    attempts = 0
    hasRefreshed = false
    patch({ attempt: 0, error: undefined })
  }

  return {
    get isReady() {
      return isReady(state())
    },
    get socket() {
      return transport?.socket
    },
    connect() {
      forget()
      connect(USER)
    },
    disconnect(code, reason) {
      if (!go('disconnect', { cause: USER, error: undefined, attempt: 0 })) return
      orphan(code, reason)
    },
    wake() {
      probe()
      if (state() !== 'waiting' && state() !== 'offline') return
      const now = clock.monotonic()
      const pauseMs = lastHintAt + HINT_SPACING_MS - now
      if (pauseMs > 0) {
        if (now + pauseMs < retryDue) {
          patch({ retryAt: clock.now() + pauseMs })
          wait(pauseMs)
        }
        return
      }
      lastHintAt = now
      forget()
      connect({ kind: 'wake' })
    },
    suspect() {
      probe()
      const { retryAt } = context.snapshot()
      if (go('suspect', { retryAt })) wait(Math.max(0, retryDue - clock.monotonic()))
    },
    ensure() {
      if (isReady(state())) look()
      return isReady(state())
    },
    transmit,
    say,
    write,
  }
}
