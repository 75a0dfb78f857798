import type { ErrorCode } from '../protocol/index.ts'

/**
 * Why something failed, for code to decide on. Server codes keep their wire name.
 * - `bad_frame`: a frame did not decode; it was counted and skipped.
 * - `connect_timeout`: no welcome within `connectTimeout`.
 * - `heartbeat_timeout`: the link went silent.
 * - `terminated`: the caller gave the socket up with `terminate()`.
 * - `request_timeout`: the link lives, but the server did not answer a request or a message in time.
 * - `closed`: the server closed the connection; `closeCode` tells more.
 * - `provider_failed`: the `url` or `token` function rejected.
 * - `expired`: the message waited longer than `outbox.maxAge`; `retry()` sends it all the same.
 * - `storage_refused`: the browser keeps nothing; the chat works, but what is unsent does not survive a reload.
 * - `storage_damaged`: some of what was kept could not be read, and was dropped; the rest is there.
 * - `gone`: the room is not there for us any more.
 * - `outbox_full`: too much is waiting to be sent.
 * - `cancelled`: the message was taken back, or the session was disposed.
 * - `not_connected`: the request needs an open connection.
 * - `unsupported`: the dialect has no word for it.
 * - `listener_failed`: a listener of yours threw; the session went on.
 */
export type ChatErrorCode =
  | ErrorCode
  | 'bad_frame'
  | 'connect_timeout'
  | 'heartbeat_timeout'
  | 'closed'
  | 'terminated'
  | 'request_timeout'
  | 'gone'
  | 'provider_failed'
  | 'outbox_full'
  | 'expired'
  | 'storage_refused'
  | 'storage_damaged'
  | 'cancelled'
  | 'not_connected'
  | 'unsupported'
  | 'listener_failed'
  | (string & {})

export interface ChatErrorDetails {
  readonly room?: string | undefined
  readonly clientId?: string | undefined
  /** Close code, where a close was the reason. */
  readonly closeCode?: number | undefined
  /** Whether the same thing may succeed later. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/** An expected failure. `code` is for programs, `message` says what to do. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  declare readonly code: ChatErrorCode
  declare readonly room: string | undefined
  declare readonly clientId: string | undefined
  declare readonly closeCode: number | undefined
  declare readonly retryable: boolean

  constructor(code: ChatErrorCode, message: string, details: ChatErrorDetails = {}) {
    super(message, details)
    const { room, clientId, closeCode, retryable = false } = details
    Object.assign(this, { code, room, clientId, closeCode, retryable })
  }
}

/** The caller made a mistake: thrown at once, with the fix in the sentence. */
export class ChatUsageError extends TypeError {
  override readonly name = 'ChatUsageError'
}
