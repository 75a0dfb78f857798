/** What a conversation is made of, the same words from the wire to the screen. */
import type { ChatError } from './errors.ts'

export interface ChatUser {
  readonly id: string
  readonly name: string
}

/**
 * What an entry of a room's log is. All but `message` change an earlier one, their `target`:
 * `edit` gives it another body, `delete` takes it back, `react` and `unreact` put a reaction (the body) on it.
 */
export type MessageKind = 'message' | 'edit' | 'delete' | 'react' | 'unreact'

/** A file that was sent with a message. */
export interface Attachment {
  readonly id: string
  readonly name: string
  /** Media type. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** Where to fetch it, absolute or relative to the address of the chat. */
  readonly url: string
  /** Pixels, of pictures. */
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** What a person says, or does to what was said. */
export interface MessageContent {
  readonly body: string
  /** @default 'message' */
  readonly kind?: MessageKind | (string & {}) | undefined
  /** The seq of the message that is changed. */
  readonly target?: number | undefined
  /** The seq of the message that is answered. */
  readonly replyTo?: number | undefined
  /** Ids of the users who are spoken to. */
  readonly mentions?: readonly string[] | undefined
  readonly attachments?: readonly Attachment[] | undefined
}

/** A message to be sent. */
export interface OutgoingMessage extends MessageContent {
  readonly room: string
  /** For whoever has made one already; a message that waits under it is not queued twice. @default a new one */
  readonly clientId?: string | undefined
}

/** A message as the server has it. */
export interface ReceivedMessage extends MessageContent {
  readonly room: string
  /** Place in the room's log; absent where the dialect has no log. */
  readonly seq?: number
  /** The sender's id of the message, where the wire carries one. */
  readonly clientId?: string
  readonly author: ChatUser
  /** Milliseconds since 1970, by the server's clock where it tells it. */
  readonly createdAt: number
  /** It was taken back, and nobody has its text any more. */
  readonly isDeleted?: boolean | undefined
  /** Who did that, where it was not the author. */
  readonly deletedBy?: ChatUser | undefined
}

/** A message that waits to be stored. */
export interface PendingMessage extends MessageContent {
  readonly room: string
  readonly clientId: string
  /** When the person pressed send, milliseconds since 1970. */
  readonly createdAt: number
}

/** A message that was kept while nobody was there to send it. */
export interface StoredMessage extends PendingMessage {
  /** It was refused for good, and waits for a person's decision. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined
}

/** The end of a room's log, as far as it was seen: without holes, oldest first. */
export interface StoredRoom {
  readonly room: string
  readonly title: string
  readonly epoch: string
  readonly messages: readonly ReceivedMessage[]
}

/**
 * - `sending`: queued, or on its way for the first time.
 * - `unconfirmed`: the link broke before the answer; it goes again under the same client id.
 * - `sent`: the server has stored it (or, without acks, an open socket took it).
 * - `delivered`, `read`: others have it, or have seen it. Never claimed without proof.
 * - `failed`: refused for good, see `failure`.
 */
export type MessageStatus = 'sending' | 'unconfirmed' | 'sent' | 'delivered' | 'read' | 'failed'

/** One reaction on a message, of everyone who put it there. */
export interface MessageReaction {
  readonly emoji: string
  readonly count: number
  /** We are among them. */
  readonly isOwn: boolean
  /** In the order in which they came. */
  readonly users: readonly ChatUser[]
  /** Our part in it waits for the server. */
  readonly isPending?: boolean
}

/** What is shown of a message that is answered. */
export interface MessageQuote {
  readonly seq: number
  readonly key: string
  readonly author: ChatUser
  readonly body: string
  readonly isDeleted?: boolean
  /** Its files, where it has no text. */
  readonly attachments?: readonly Attachment[]
}

/** What was to be done to a message, and why it was not. */
export interface FailedChange {
  readonly clientId: string
  readonly kind: MessageKind | (string & {})
  /** The text of an edit, or the reaction. */
  readonly body: string
  readonly error: ChatError
}

/** A row of the list, as it is after all that was done to it. `key` stays the same for life, so a row never re-mounts. */
export interface ChatMessage extends ReceivedMessage {
  readonly key: string
  readonly isOwn: boolean
  readonly status: MessageStatus
  readonly failure?: ChatError
  /** Its author changed the text. */
  readonly isEdited?: boolean
  /** When, milliseconds since 1970. */
  readonly editedAt?: number
  /** In the order in which they first came; absent without any. */
  readonly reactions?: readonly MessageReaction[]
  /** The message that is answered. Absent while that one is not loaded; `replyTo` says that there is one. */
  readonly quote?: MessageQuote
  /** A change of ours that the server has not confirmed; the row shows it already. */
  readonly pendingChange?: 'edit' | 'delete'
  /** A change of ours that was refused, the last one of several. `retry` and `cancel` take its client id. */
  readonly failedChange?: FailedChange
}

/** Position in a room's log. */
export interface Cursor {
  readonly epoch: string
  readonly seq: number
}

export interface RoomSummary {
  readonly room: string
  readonly title: string
}

/** How far somebody has got in a room. */
export interface Mark {
  readonly user: ChatUser
  /** Seq of the newest entry that they have seen. */
  readonly read: number
  /** Seq of the newest entry that a device of theirs has. */
  readonly received: number
}

/** What we may do in a room. */
export interface RoomPermissions {
  readonly send: boolean
  readonly react: boolean
  readonly attach: boolean
  readonly invite: boolean
  /** Rename it, take members out. */
  readonly manage: boolean
  /** Delete messages of others. @default false */
  readonly moderate?: boolean | undefined
}

/** A room as a list shows it. */
export interface RoomListing extends RoomSummary {
  readonly kind: 'room' | 'direct'
  readonly isMember: boolean
  /** Only members see it. */
  readonly isPrivate: boolean
  /** Of a direct conversation: all of them. */
  readonly members?: readonly ChatUser[] | undefined
  readonly memberCount: number
  readonly top: number
  /** The newest message. */
  readonly last?: ReceivedMessage | undefined
  /** Messages of others beyond our own mark. */
  readonly unread: number
  /** One of these speaks to us. */
  readonly mentioned?: boolean | undefined
  /** When it was made or something was said last, milliseconds since 1970. */
  readonly activeAt?: number | undefined
  /** Of a direct conversation: ids of those of `members` who are connected. */
  readonly online?: readonly string[] | undefined
  readonly can: RoomPermissions
}

/** Somebody whom the server knows. */
export interface Person extends ChatUser {
  /** Connected now, in whatever room. */
  readonly online: boolean
}

export interface RoomMember extends Person {
  readonly role: 'owner' | 'member'
}

/** A room to be made. */
export interface NewRoom {
  readonly title: string
  /** Only members see it. @default false */
  readonly isPrivate?: boolean
  /** Only its owner writes. @default false */
  readonly isReadOnly?: boolean
  /** Ids of users. @default [] */
  readonly members?: readonly string[]
}

/** The answer to entering a room. */
export interface RoomSnapshot extends RoomSummary {
  readonly epoch: string
  readonly top: number
  readonly first: number
  /** False: events were missed that are not in `messages`; the list shows a gap or starts anew. */
  readonly recovered: boolean
  readonly members: readonly ChatUser[]
  readonly count: number
  /** How far members have got, where the server tells. */
  readonly marks?: readonly Mark[] | undefined
  /** Absent: everything. */
  readonly can?: RoomPermissions | undefined
}

/** What may be asked beside messages, and the answers. */
export interface SessionRequests {
  /** All rooms that we are a member of, and those we may join. */
  readonly rooms: { readonly ask: object; readonly answer: { readonly rooms: readonly RoomListing[] } }
  readonly create: { readonly ask: NewRoom; readonly answer: { readonly listing: RoomListing } }
  /** The conversation with one other user, the same one for ever. */
  readonly direct: { readonly ask: { readonly user: string }; readonly answer: { readonly listing: RoomListing } }
  /** Becomes a member of a room that is open to everyone. */
  readonly enrol: { readonly ask: { readonly room: string }; readonly answer: { readonly listing: RoomListing } }
  /** Is a member no longer. */
  readonly quit: { readonly ask: { readonly room: string }; readonly answer: object }
  readonly invite: { readonly ask: { readonly room: string; readonly user: string }; readonly answer: { readonly listing: RoomListing } }
  readonly expel: { readonly ask: { readonly room: string; readonly user: string }; readonly answer: object }
  readonly rename: { readonly ask: { readonly room: string; readonly title: string }; readonly answer: { readonly listing: RoomListing } }
  readonly members: {
    readonly ask: { readonly room: string; readonly query?: string; readonly limit?: number }
    /** `count`: of all members, whatever was looked for. */
    readonly answer: { readonly members: readonly RoomMember[]; readonly count: number }
  }
  readonly people: { readonly ask: { readonly query: string; readonly limit?: number }; readonly answer: { readonly people: readonly Person[] } }
  readonly search: {
    readonly ask: { readonly room?: string; readonly query: string; readonly before?: number; readonly limit?: number }
    /** Newest first. */
    readonly answer: {
      readonly messages: readonly ReceivedMessage[]
      readonly more: boolean
      /** Where to go on, as `before`; there may be more although nothing was found yet. */
      readonly next?: number | undefined
    }
  }
}

export interface HistoryPage {
  readonly room: string
  readonly messages: readonly ReceivedMessage[]
  readonly more: boolean
  /** Of a page around an entry: newer ones exist. */
  readonly newer?: boolean | undefined
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ChatError }
