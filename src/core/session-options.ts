/** Fills in the defaults of what a user passed, once. */
import { checkOptions } from './check-options.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Dialect, DialectHeartbeat } from './dialect.ts'
import type { ChatUser } from './domain.ts'
import { systemRandom } from './ids.ts'
import type { ReconnectOptions, SessionOptions } from './options.ts'
import type { ConnectTransport } from './transport.ts'
import { webSocketTransport } from './web-socket-transport.ts'

export type ResolvedReconnect = Omit<Required<ReconnectOptions>, 'delay' | 'onFailed'> & Pick<ReconnectOptions, 'delay' | 'onFailed'>

export interface ResolvedOptions {
  readonly askUrl: () => string | Promise<string>
  readonly askToken: () => string | undefined | Promise<string | undefined>
  readonly protocols: readonly string[]
  readonly dialect: Dialect
  readonly user?: ChatUser
  readonly heartbeat: DialectHeartbeat | undefined
  readonly reconnect: ResolvedReconnect | undefined
  readonly connectTimeout: number
  readonly binaryType?: BinaryType
  readonly transport: ConnectTransport
  readonly clock: Clock
  readonly random: () => number
}

/** An option that is there but undefined does not undo its default. */
export const withDefaults = <T extends object>(defaults: T, given: object | boolean | undefined): T => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)),
})

const providerOf = <T extends string | undefined>(given: T | (() => T | Promise<T>)) =>
  typeof given === 'function' ? given : () => given

/** @throws ChatUsageError with the fix, for what can never work */
export const resolveOptions = (options: SessionOptions): ResolvedOptions => {
  // In development only: by then a mistake is found, and the sentences weigh as much as a feature.
  if (process.env.NODE_ENV !== 'production') checkOptions(options)
  const { dialect, url, token, heartbeat = true, autoReconnect = true } = options
  const beat = withDefaults({ interval: 10_000, timeout: 5_000, hiddenInterval: 60_000 }, dialect.heartbeat)
  const retry: ResolvedReconnect = { retries: -1, minDelay: 1_000, maxDelay: 30_000, hiddenMaxDelay: 300_000, minUptime: 5_000 }
  return {
    ...withDefaults({ connectTimeout: 8_000, transport: webSocketTransport, clock: systemClock, random: systemRandom }, options),
    askUrl: providerOf(url),
    askToken: providerOf(token),
    protocols: [...new Set([...dialect.protocols, ...(options.protocols ?? [])])],
    dialect,
    heartbeat: heartbeat ? withDefaults(beat, heartbeat) : undefined,
    reconnect: autoReconnect ? withDefaults(retry, autoReconnect) : undefined,
  }
}
