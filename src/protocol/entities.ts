/** What the frames of `chat.v1` are about: people, rooms and the entries of their logs. */

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
  /** Delete messages of others. Absent: no. */
  readonly moderate?: boolean
}

export interface RoomInfo {
  readonly room: string
  readonly title: string
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
  /** Who did it, where that was not its author. */
  readonly deletedBy?: UserRef
  /** Ids of the users who are spoken to. */
  readonly mentions?: readonly string[]
  readonly attachments?: readonly Attachment[]
}
