/** What a server accepts. It tells its own figures in `welcome`; these are the defaults. */
export interface Limits {
  /** Longest frame in bytes (UTF-8) that a client may send. @default 65536 */
  readonly frameBytes: number
  /** Longest message body in Unicode code points. @default 4000 */
  readonly bodyLength: number
  /** Messages a second that a connection may send in the long run. @default 10 */
  readonly messagesPerSecond: number
  /** Messages a connection may send at once before the rate counts. @default 100 */
  readonly burst: number
  /** Rooms that one connection may be in. @default 128 */
  readonly rooms: number
  /** Sends that may wait for their ack at the same time. @default 64 */
  readonly inflight: number
  /** Events in one history page, and in a resume. @default 300 */
  readonly pageSize: number
  /** Bytes of one file; told by servers that take files. @default 10485760 */
  readonly fileBytes?: number
  /** Files of one message; told by servers that take files. @default 10 */
  readonly attachments?: number
}

export const DEFAULT_LIMITS: Limits = {
  frameBytes: 65_536,
  bodyLength: 4_000,
  messagesPerSecond: 10,
  burst: 100,
  rooms: 128,
  inflight: 64,
  pageSize: 300,
}

/** Deepest nesting of a frame that is looked at; deeper ones are `bad_request`. */
export const MAX_DEPTH = 32

/** Longest room name, user id and client id, in characters. */
export const MAX_ID_LENGTH = 128

/** Longest title of a room in Unicode code points. */
export const MAX_TITLE_LENGTH = 80

/** Longest reaction in UTF-16 units; the longest emoji sequences have about 25. */
export const MAX_REACTION_LENGTH = 32

/** Different reactions of one person on one message. */
export const MAX_REACTIONS = 20

/** Users that one message may speak to. */
export const MAX_MENTIONS = 50

/** How long a connection may stay silent before its `hello`, in milliseconds. */
export const HELLO_TIMEOUT_MS = 5_000
