/** Checks what a user passed, once, and fills in the defaults. */
import { systemClock, type Clock } from './clock.ts'
import type { Dialect, DialectHeartbeat } from './dialect.ts'
import type { ChatUser } from './domain.ts'
import { ChatUsageError } from './errors.ts'
import { createId, systemRandom } from './ids.ts'
import type { HeartbeatOptions, ReconnectOptions, SessionOptions } from './options.ts'
import type { OutboxCaps } from './outbox.ts'
import type { ConnectTransport } from './transport.ts'
import { resolveUrl } from './urls.ts'
import { webSocketTransport } from './web-socket-transport.ts'

export interface ResolvedReconnect {
  readonly mayRetry: (attempt: number) => boolean
  readonly delay: ReconnectOptions['delay']
  readonly minDelay: number
  readonly maxDelay: number
  readonly minUptime: number
  readonly onFailed: () => void
}

export interface ResolvedOptions {
  readonly askUrl: () => string | Promise<string>
  readonly askToken: () => string | undefined | Promise<string | undefined>
  readonly protocols: readonly string[]
  readonly dialect: Dialect
  readonly user: ChatUser | undefined
  readonly heartbeat: { readonly interval: number; readonly timeout: number; readonly silence: number } | undefined
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
  const { dialect, base, url, token, outbox = {}, connectTimeout = 8_000 } = options
  if (typeof dialect?.write !== 'function') {
    throw new ChatUsageError('`dialect` is missing; pass one, such as `chatV1Dialect()`.')
  }
  positive('connectTimeout', connectTimeout)
  const caps = { maxCount: outbox.maxCount ?? 1_000, maxSize: outbox.maxSize ?? 1_000_000 }
  positive('outbox.maxCount', caps.maxCount)
  positive('outbox.maxSize', caps.maxSize)
  if (token !== undefined && typeof token !== 'string' && typeof token !== 'function') {
    throw new ChatUsageError('`token` must be a text or a function that returns one.')
  }
  return {
    askUrl: urlProvider(url, base),
    askToken: typeof token === 'function' ? token : () => token,
    protocols: resolveProtocols(dialect.protocols, options.protocols ?? []),
    dialect,
    user: options.user,
    heartbeat: resolveHeartbeat(options.heartbeat ?? true, dialect.heartbeat),
    reconnect: resolveReconnect(options.autoReconnect ?? true),
    connectTimeout,
    outbox: caps,
    transport: options.transport ?? webSocketTransport,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    createId: options.createId ?? createId,
  }
}

const urlProvider = (url: SessionOptions['url'], base: string | undefined): ResolvedOptions['askUrl'] => {
  if (typeof url !== 'function') {
    const fixed = resolveUrl(url, base)
    return () => fixed
  }
  return () => {
    const answer = url()
    return typeof answer === 'string' ? resolveUrl(answer, base) : Promise.resolve(answer).then((u) => resolveUrl(u, base))
  }
}

const resolveHeartbeat = (option: boolean | HeartbeatOptions, own: DialectHeartbeat = {}): ResolvedOptions['heartbeat'] => {
  if (option === false) return undefined
  const { interval = 10_000, timeout = 5_000, silence = Infinity } = option === true ? own : { ...own, ...option }
  positive('heartbeat.interval', interval)
  positive('heartbeat.timeout', timeout)
  return { interval, timeout, silence }
}

const resolveReconnect = (option: boolean | ReconnectOptions): ResolvedReconnect | undefined => {
  if (option === false) return undefined
  const given = option === true ? {} : option
  const { retries = -1, delay, minDelay = 1_000, maxDelay = 30_000, minUptime = 5_000, onFailed } = given
  if (delay !== undefined && (given.minDelay !== undefined || given.maxDelay !== undefined)) {
    throw new ChatUsageError('`autoReconnect.delay` replaces `minDelay` and `maxDelay`; pass either the one or the others.')
  }
  notNegative('autoReconnect.minDelay', minDelay)
  notNegative('autoReconnect.maxDelay', maxDelay)
  notNegative('autoReconnect.minUptime', minUptime)
  if (typeof delay === 'number') notNegative('autoReconnect.delay', delay)
  if (minDelay > maxDelay) {
    throw new ChatUsageError(`\`autoReconnect.minDelay\` (${minDelay}) is above \`maxDelay\` (${maxDelay}); swap them or raise \`maxDelay\`.`)
  }
  if (typeof retries === 'number' && (!Number.isInteger(retries) || retries < -1)) {
    throw new ChatUsageError(`\`autoReconnect.retries\` is ${retries}; give a whole number, or -1 to never give up.`)
  }
  return {
    mayRetry: typeof retries === 'function' ? retries : (attempt) => retries < 0 || attempt < retries,
    delay,
    minDelay,
    maxDelay,
    minUptime,
    onFailed: onFailed ?? (() => undefined),
  }
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

const resolveProtocols = (own: readonly string[], extra: readonly string[]): readonly string[] => {
  for (const protocol of extra) {
    if (!TOKEN.test(protocol)) {
      throw new ChatUsageError(`"${protocol}" in \`protocols\` is no sub-protocol name; use letters, digits and "-._" without spaces.`)
    }
  }
  return [...new Set([...own, ...extra])]
}

const positive = (name: string, value: unknown): void => {
  if (typeof value !== 'number' || !(value > 0)) {
    throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a number above 0.`)
  }
}

const notNegative = (name: string, value: unknown): void => {
  if (typeof value !== 'number' || !(value >= 0)) {
    throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a number of milliseconds from 0.`)
  }
}
