/** Fills in the defaults of what a user passed, once. */
import { checkOptions } from './check-options.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Dialect, DialectHeartbeat } from './dialect.ts'
import type { ChatUser } from './domain.ts'
import { createId, systemRandom } from './ids.ts'
import type { ReconnectOptions, SessionOptions } from './options.ts'
import type { OutboxCaps } from './outbox.ts'
import type { ConnectTransport } from './transport.ts'
import { resolveUrl } from './urls.ts'
import { webSocketTransport } from './web-socket-transport.ts'

export interface ResolvedReconnect {
  readonly mayRetry: (attempt: number) => boolean
  readonly delay: ReconnectOptions['delay']
  readonly minDelay: number
  readonly maxDelay: number
  readonly hiddenMaxDelay: number
  readonly minUptime: number
  readonly onFailed: () => void
}

export interface ResolvedOptions {
  readonly askUrl: () => string | Promise<string>
  readonly askToken: () => string | undefined | Promise<string | undefined>
  /** Whether asking again may bring another token. */
  readonly canRenew: boolean
  readonly protocols: readonly string[]
  readonly dialect: Dialect
  readonly user: ChatUser | undefined
  readonly heartbeat: DialectHeartbeat | undefined
  readonly reconnect: ResolvedReconnect | undefined
  readonly connectTimeout: number
  readonly outbox: OutboxCaps
  readonly transport: ConnectTransport
  readonly clock: Clock
  readonly random: () => number
  readonly createId: () => string
}

/** @throws ChatUsageError with the fix, for what can never work */
export const resolveOptions = (options: SessionOptions): ResolvedOptions => {
  // In development only: by then a mistake is found, and the sentences weigh as much as a feature.
  if (process.env['NODE_ENV'] !== 'production') checkOptions(options)
  const { dialect, base, url, token, heartbeat = true, autoReconnect = true } = options
  // Destructured, because an option that is there but undefined must not undo its default.
  const { interval = 10_000, timeout = 5_000, ...beat }: DialectHeartbeat = { ...dialect.heartbeat, ...(heartbeat as object) }
  const { hiddenInterval = Math.max(60_000, interval) } = beat
  const {
    retries = -1,
    delay,
    minDelay = 1_000,
    maxDelay = 30_000,
    hiddenMaxDelay = Math.max(300_000, maxDelay),
    minUptime = 5_000,
    onFailed = () => undefined,
  }: ReconnectOptions = { ...(autoReconnect as object) }
  const mayRetry = typeof retries === 'function' ? retries : (attempt: number) => retries < 0 || attempt < retries
  const { maxCount = 1_000, maxSize = 1_000_000 } = options.outbox ?? {}
  return {
    askUrl: urlProvider(url, base),
    askToken: typeof token === 'function' ? token : () => token,
    canRenew: typeof token === 'function',
    protocols: [...new Set([...dialect.protocols, ...(options.protocols ?? [])])],
    dialect,
    user: options.user,
    heartbeat: heartbeat ? { ...beat, interval, timeout, hiddenInterval } : undefined,
    reconnect: autoReconnect ? { mayRetry, delay, minDelay, maxDelay, hiddenMaxDelay, minUptime, onFailed } : undefined,
    connectTimeout: options.connectTimeout ?? 8_000,
    outbox: { maxCount, maxSize },
    transport: options.transport ?? webSocketTransport,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    createId: options.createId ?? createId,
  }
}

const urlProvider = (url: SessionOptions['url'], base: string | undefined): ResolvedOptions['askUrl'] => {
  const resolve = (answer: string): string => resolveUrl(answer, base)
  if (typeof url !== 'function') {
    const fixed = resolve(url)
    return () => fixed
  }
  return () => {
    const answer = url()
    return typeof answer === 'string' ? resolve(answer) : Promise.resolve(answer).then(resolve)
  }
}
