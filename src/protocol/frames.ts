/**
 * The frames of `chat.v1`: one JSON object in one text frame, told apart by `type`.
 * PROTOCOL.md is the normative text; these types are its TypeScript form.
 */
import type { ErrorCode } from './error-codes.ts'
import type { Limits } from './limits.ts'

export interface UserRef {
  readonly id: string
  readonly name: string
}

/** Where a client stands in a room's log. */
export interface Position {
  readonly epoch: string
  /** Sequence number of the last event that the client has. 0 means none. */
  readonly seq: number
}

/** What an entry of a log is. All but `message` change an earlier message, their `target`. */
export type EventKind = 'message' | 'edit' | 'delete' | 'react' | 'unreact'

/** What a server may be able to do beside carrying messages. */
export type Feature = 'edits' | 'reactions' | 'replies' | 'mentions' | 'attachments' | 'receipts' | 'membership' | 'search' | 'around'

/** A file that lies on the server and was sent with a message. */
export interface Attachment {
  readonly id: string
  readonly name: string
  /** Media type, as the server found it. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** Where to fetch it, absolute or relative to the address of the chat. */
  readonly url: string
  /** Pixels, of pictures. */
  readonly width?: number
  readonly height?: number
}

/** How far somebody has got in a room. */
export interface Mark {
  readonly user: UserRef
  /** Seq of the newest event that they have seen. */
  readonly read: number
  /** Seq of the newest event that a device of theirs has. */
  readonly received: number
}

/** What one may do in a room. */
export interface RoomPermissions {
  readonly send: boolean
  readonly react: boolean
  readonly attach: boolean
  readonly invite: boolean
  /** Rename it, take members out. */
  readonly manage: boolean
}

/** A room as a list shows it, to one user. */
export interface RoomListing extends RoomInfo {
  readonly kind: 'room' | 'direct'
  readonly isMember: boolean
  /** Only members see it. */
  readonly isPrivate: boolean
  /** Of a direct conversation: all of them; otherwise left out. */
  readonly members?: readonly UserRef[]
  readonly memberCount: number
  /** Newest seq, 0 in an empty room. */
  readonly top: number
  /** The newest message. */
  readonly last?: RoomEvent
  /** Messages of others beyond one's own mark. */
  readonly unread: number
  /** One of these speaks to oneself. */
  readonly mentioned?: boolean
  /** When it was made or something was said last, milliseconds since 1970. */
  readonly activeAt?: number
  /** Of a direct conversation: ids of those of `members` who are connected. */
  readonly online?: readonly string[]
  readonly can: RoomPermissions
}

/** Somebody whom the server knows. */
export interface Person extends UserRef {
  /** Connected now, in whatever room. */
  readonly online: boolean
}

export interface RoomMember extends Person {
  readonly role: 'owner' | 'member'
}

/** What may be asked beside messages, and the answers; each has its own feature. */
export interface Requests {
  /** All rooms that one is a member of, and those one may join. */
  readonly rooms: { readonly ask: object; readonly answer: { readonly rooms: readonly RoomListing[] } }
  /** Makes a room; whoever asks is its owner. */
  readonly create: {
    readonly ask: { readonly title: string; readonly isPrivate?: boolean; readonly isReadOnly?: boolean; readonly members?: readonly string[] }
    readonly answer: { readonly listing: RoomListing }
  }
  /** The conversation with one other user, the same one for ever. */
  readonly direct: { readonly ask: { readonly user: string }; readonly answer: { readonly listing: RoomListing } }
  /** Becomes a member of a room that is open to everyone. */
  readonly enrol: { readonly ask: { readonly room: string }; readonly answer: { readonly listing: RoomListing } }
  /** Is a member no longer. */
  readonly quit: { readonly ask: { readonly room: string }; readonly answer: object }
  /** Makes somebody a member. */
  readonly invite: { readonly ask: { readonly room: string; readonly user: string }; readonly answer: { readonly listing: RoomListing } }
  /** Takes a member out. */
  readonly expel: { readonly ask: { readonly room: string; readonly user: string }; readonly answer: object }
  readonly rename: { readonly ask: { readonly room: string; readonly title: string }; readonly answer: { readonly listing: RoomListing } }
  /** Owners first, then by name. */
  readonly members: {
    readonly ask: { readonly room: string; readonly query?: string; readonly limit?: number }
    /** `count`: of all members, whatever was looked for. */
    readonly answer: { readonly members: readonly RoomMember[]; readonly count: number }
  }
  /** Others, by name; without a query those who are connected. */
  readonly people: { readonly ask: { readonly query: string; readonly limit?: number }; readonly answer: { readonly people: readonly Person[] } }
  readonly search: {
    readonly ask: { readonly room?: string; readonly query: string; readonly before?: number; readonly limit?: number }
    /** Newest first. */
    readonly answer: {
      readonly events: readonly RoomEvent[]
      readonly more: boolean
      /** Where to go on, as `before`; a server that stops in the middle, to stay quick, may have found nothing yet. */
      readonly next?: number
    }
  }
}

/** One entry of a room's log. `seq` starts at 1 and has no holes. */
export interface RoomEvent {
  readonly room: string
  readonly seq: number
  /** Later versions may have more; the seq of an unknown one counts all the same. */
  readonly kind: EventKind | (string & {})
  readonly from: UserRef
  /** The sender's own id of the message, the same on every retry. */
  readonly clientId: string
  /** Server time in milliseconds since 1970, never less than that of the event before. */
  readonly ts: number
  /** The text of a message or an edit, the emoji of a reaction, empty in a deletion. */
  readonly body: string
  /** Seq of the message that is changed. */
  readonly target?: number
  /** Seq of the message that is answered. */
  readonly replyTo?: number
  /** The message, or the one that this edit is of, was deleted: its text is gone. */
  readonly deleted?: boolean
  /** Ids of the users who are spoken to. */
  readonly mentions?: readonly string[]
  readonly attachments?: readonly Attachment[]
}

export interface RoomInfo {
  readonly room: string
  readonly title: string
}

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
