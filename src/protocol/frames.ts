/**
 * The frames of `chat.v1`: one JSON object in one text frame, told apart by `type`.
 * PROTOCOL.md is the normative text; these types are its TypeScript form.
 */
import type { EventKind, Feature, Mark, Position, RoomEvent, RoomInfo, RoomListing, RoomPermissions, UserRef } from './entities.ts'
import type { ErrorCode } from './error-codes.ts'
import type { Limits } from './limits.ts'
import type { Requests } from './requests.ts'

export type ClientFrame =
  | {
      readonly type: 'hello'
      readonly version: number
      readonly token?: string
      readonly client?: { readonly name: string; readonly version: string }
    }
  /** A fresh token for the present connection, before the old one expires. */
  | { readonly type: 'auth'; readonly token: string }
  | {
      readonly type: 'join'
      readonly id: number
      readonly room: string
      readonly since?: Position
      readonly limit?: number
    }
  | { readonly type: 'leave'; readonly id: number; readonly room: string }
  | {
      readonly type: 'send'
      readonly room: string
      readonly clientId: string
      readonly body: string
      /** @default 'message' */
      readonly kind?: EventKind
      readonly target?: number
      readonly replyTo?: number
      /** Ids of users; of a message or an edit. */
      readonly mentions?: readonly string[]
      /** What was uploaded before; of a message. The server knows the rest by the id. */
      readonly attachments?: readonly { readonly id: string }[]
    }
  | {
      readonly type: 'history'
      readonly id: number
      readonly room: string
      /** Events with a smaller seq, newest page first. Exclusive with `after`. */
      readonly before?: number
      /** Events with a larger seq, oldest page first. Exclusive with `before`. */
      readonly after?: number
      /** Events on both sides of this seq, itself included. Exclusive with `before` and `after`. */
      readonly around?: number
      readonly limit?: number
    }
  | { readonly type: 'typing'; readonly room: string; readonly on: boolean }
  /** How far we are; it never goes back. */
  | { readonly type: 'mark'; readonly room: string; readonly read?: number; readonly received?: number }
  /** Answered by an `answer` of the same id. */
  | { readonly [W in keyof Requests]: { readonly type: 'ask'; readonly id: number; readonly what: W } & Requests[W]['ask'] }[keyof Requests]
  | { readonly type: 'ping'; readonly n: number }
  | { readonly type: 'pong'; readonly n: number }

export interface WelcomeFrame {
  readonly type: 'welcome'
  readonly version: number
  /** Names this connection, in logs for instance. */
  readonly session: string
  readonly user: UserRef
  /** Sent to a guest, who came without a token: the proof of this identity, to be used in the next `hello`. */
  readonly token?: string
  /** How long the token of the `hello` stays valid, in milliseconds. A fresh one may be sent with `auth` before that. */
  readonly expiresInMs?: number
  /** Server time in milliseconds since 1970. */
  readonly now: number
  readonly heartbeat: {
    /** The server sends a `ping` at least this often. */
    readonly intervalMs: number
    /** A client that hears nothing for this long replaces its socket. The server waits at least as long. */
    readonly timeoutMs: number
  }
  readonly limits: Limits
  readonly rooms: readonly RoomInfo[]
  /** What the server can do. A server that tells nothing can do none of it, and would take an edit for a message. */
  readonly features?: readonly (Feature | (string & {}))[]
}

export interface JoinedFrame {
  readonly type: 'joined'
  readonly id: number
  readonly room: string
  readonly title: string
  readonly epoch: string
  /** Sequence number of the newest event, 0 in an empty room. */
  readonly top: number
  /** Sequence number of the oldest event that history still holds, `top + 1` when there is none. */
  readonly first: number
  /** True: `events` is all that came after `since`. False: `events` is the newest page. */
  readonly recovered: boolean
  readonly events: readonly RoomEvent[]
  readonly members: readonly UserRef[]
  readonly count: number
  /** How far members have got. */
  readonly marks?: readonly Mark[]
  /** Absent: everything. */
  readonly can?: RoomPermissions
}

export type ServerFrame =
  | WelcomeFrame
  | JoinedFrame
  /** Answers `auth`. */
  | { readonly type: 'authenticated'; readonly expiresInMs?: number }
  | { readonly type: 'left'; readonly id: number; readonly room: string }
  | ({ readonly type: 'event' } & RoomEvent)
  | {
      readonly type: 'ack'
      readonly room: string
      readonly clientId: string
      readonly seq: number
      readonly ts: number
      /** True when the message had been stored by an earlier try. */
      readonly duplicate?: boolean
    }
  | {
      readonly type: 'error'
      /** The request it answers. */
      readonly id?: number
      /** The `send` it answers. */
      readonly clientId?: string
      readonly code: ErrorCode | (string & {})
      readonly message: string
      readonly retry: boolean
      readonly afterMs?: number
    }
  | {
      readonly type: 'page'
      readonly id: number
      readonly room: string
      readonly epoch: string
      readonly events: readonly RoomEvent[]
      /** True when further events exist in the asked direction; of a page around an event: older ones. */
      readonly more: boolean
      /** Of a page around an event: newer ones exist. */
      readonly newer?: boolean
    }
  | {
      /** The server dropped events `from`..`top` for this slow connection; pull them with `history`. */
      readonly type: 'gap'
      readonly room: string
      readonly from: number
      readonly top: number
    }
  | {
      readonly type: 'presence'
      readonly room: string
      readonly count: number
      readonly joined?: readonly UserRef[]
      /** Ids of users whose last connection left. */
      readonly left?: readonly string[]
    }
  | { readonly type: 'typing'; readonly room: string; readonly user: UserRef; readonly on: boolean }
  /** Those that moved. */
  | { readonly type: 'marks'; readonly room: string; readonly marks: readonly Mark[] }
  /** A room appeared or changed, for us. */
  | { readonly type: 'listing'; readonly listing: RoomListing }
  /** A room is not there for us any more. */
  | { readonly type: 'gone'; readonly room: string; readonly reason: string }
  | { readonly [W in keyof Requests]: { readonly type: 'answer'; readonly id: number; readonly what: W } & Requests[W]['answer'] }[keyof Requests]
  | {
      readonly type: 'ping'
      readonly n: number
      /** Newest seq of each joined room that changed since the last ping. */
      readonly tops?: Readonly<Record<string, number>>
    }
  | { readonly type: 'pong'; readonly n: number }
  | {
      /** Announces a close: come back between `afterMs[0]` and `afterMs[1]` milliseconds from now. */
      readonly type: 'bye'
      readonly code: number
      readonly reason: string
      readonly afterMs: readonly [number, number]
    }

export type Frame = ClientFrame | ServerFrame
export type FrameOf<F extends Frame, T extends F['type']> = Extract<F, { type: T }>
