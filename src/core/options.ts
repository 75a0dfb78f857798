/** What a session takes. */
import type { Clock } from './clock.ts'
import type { Dialect, DialectHeartbeat } from './dialect.ts'
import type { ChatUser } from './domain.ts'
import type { ConnectTransport } from './transport.ts'

/** What is left out is as the dialect says. */
export type HeartbeatOptions = DialectHeartbeat

export interface ReconnectOptions {
  /** Tries in a row before giving up, or a function that says whether to go on; -1 never gives up. @default -1 */
  readonly retries?: number | ((attempt: number) => boolean)
  /**
   * Wait before each try in milliseconds, in place of the jittered doubling. Excludes `minDelay` and `maxDelay`.
   * @default none
   */
  readonly delay?: number | ((attempt: number) => number)
  /** Upper bound of the first wait in milliseconds; doubles with each try. @default 1000 */
  readonly minDelay?: number
  /** Upper bound of any wait in milliseconds. @default 30000 */
  readonly maxDelay?: number
  /** Upper bound of any wait while the page is hidden, in milliseconds. @default 300000, or `maxDelay` when that is longer */
  readonly hiddenMaxDelay?: number
  /** A connection must last this long, in milliseconds, before the count starts anew. @default 5000 */
  readonly minUptime?: number
  /** Called when the tries are used up. */
  readonly onFailed?: () => void
}

export interface OutboxOptions {
  /** Messages that may wait at once. @default 1000 */
  readonly maxCount?: number
  /** UTF-16 code units of text that may wait at once. @default 1000000 */
  readonly maxSize?: number
  /** A message that waited longer than this fails with `expired` instead of surprising everybody, in milliseconds. @default 86400000, a day */
  readonly maxAge?: number
}

export type UrlSource = string | (() => string | Promise<string>)

export interface SessionOptions {
  /** `ws:` or `wss:` address; a function is asked on every attempt. */
  readonly url: UrlSource
  /** What a relative `url` is resolved against, such as `location.href`. @default none */
  readonly base?: string
  /** Offered sub-protocols besides the dialect's. @default [] */
  readonly protocols?: readonly string[]
  /**
   * Asked on every attempt, and before the token expires where the server tells when. A rejection is retried with
   * backoff; one whose `code` is `'unauthorized'` is final until `open()`. @default none
   */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>)
  readonly dialect: Dialect
  /** Who we are, until the server tells. @default unknown */
  readonly user?: ChatUser
  /** @default true */
  readonly heartbeat?: boolean | HeartbeatOptions
  /** @default true */
  readonly autoReconnect?: boolean | ReconnectOptions
  /** From the start of a try to the welcome, in milliseconds. @default 8000 */
  readonly connectTimeout?: number
  readonly outbox?: OutboxOptions
  /** Ends the session for good when it is aborted. @default none */
  readonly signal?: AbortSignal
  /** @default the browser's WebSocket */
  readonly transport?: ConnectTransport
  /** @default the system's clock */
  readonly clock?: Clock
  /** A number from 0 up to 1. @default Math.random */
  readonly random?: () => number
  /** Makes client ids. @default crypto.randomUUID, with a fallback for insecure pages */
  readonly createId?: () => string
}
