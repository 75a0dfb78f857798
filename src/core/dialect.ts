/** How a wire format maps to domain events and commands. A dialect never touches sockets or timers. */
import type { ChatUser, Cursor, Mark, MessageContent, ReceivedMessage, RoomListing, RoomSnapshot, RoomSummary, SessionRequests } from './domain.ts'
import type { Capabilities } from './session-types.ts'

/** What goes over a wire: a frame, or an event where the transport has events of its own. */
export type WireData = string | ArrayBuffer | Blob | WireEvent

/** For transports with named events, such as Socket.IO. A WebSocket takes none. */
export interface WireEvent {
  readonly event: string
  readonly args: readonly unknown[]
}

/** A message as a frame tells it; without a room it is of the first room that was entered. */
export type InboundMessage = Omit<ReceivedMessage, 'room'> & { readonly room?: string }

/** What a frame meant. Events without a room are of the first room that was entered. */
export type Inbound =
  | {
      readonly type: 'welcome'
      readonly user: ChatUser | undefined
      readonly rooms: readonly RoomSummary[]
      /** Which of the optional capabilities this server has; without it, all that the dialect has. */
      readonly features?: readonly string[]
      /** Proof of the identity that the server gave a guest, for the next hello. */
      readonly token?: string
      /** How long the token stays valid, in milliseconds; a fresh one is sent before that where the dialect has `auth`. */
      readonly expiresInMs?: number
      /** Server-led heartbeat, where the server tells one. */
      readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number }
      readonly limits?: { readonly inflight: number; readonly messagesPerSecond: number; readonly burst: number; readonly bodyLength: number; readonly fileBytes?: number; readonly attachments?: number }
    }
  /** The fresh token was taken. */
  | { readonly type: 'authenticated'; readonly expiresInMs?: number }
  | { readonly type: 'entered'; readonly id: number; readonly snapshot: RoomSnapshot; readonly messages: readonly ReceivedMessage[] }
  | { readonly type: 'message'; readonly message: InboundMessage }
  | { readonly type: 'ack'; readonly room: string; readonly clientId: string; readonly seq?: number; readonly createdAt: number; readonly duplicate?: boolean }
  | {
      readonly type: 'refused'
      readonly id?: number
      readonly clientId?: string
      readonly code: string
      readonly message: string
      readonly retry: boolean
      readonly afterMs?: number
    }
  | { readonly type: 'page'; readonly id: number; readonly room: string; readonly epoch: string; readonly messages: readonly ReceivedMessage[]; readonly more: boolean; readonly newer?: boolean | undefined }
  | { readonly type: 'gap'; readonly room: string; readonly from: number; readonly top: number }
  | { readonly type: 'tops'; readonly tops: Readonly<Record<string, number>> }
  | { readonly type: 'presence'; readonly room?: string; readonly count: number; readonly joined: readonly ChatUser[]; readonly left: readonly string[] }
  | { readonly type: 'typing'; readonly room?: string; readonly user: ChatUser; readonly on: boolean }
  | { readonly type: 'marks'; readonly room: string; readonly marks: readonly Mark[] }
  | { readonly type: 'listing'; readonly listing: RoomListing }
  | { readonly type: 'gone'; readonly room: string; readonly reason: string }
  /** Answers an `ask`. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: SessionRequests[keyof SessionRequests]['answer'] }
  /** Without `n` it answers the ping that is under way. */
  | { readonly type: 'pong'; readonly n?: number }
  /** To be written back at once, whatever the state. */
  | { readonly type: 'reply'; readonly data: WireData }
  /** The login was lost. `refresh`: ask for a new token once and come back; otherwise the session ends as failed. */
  | { readonly type: 'denied'; readonly reason: string; readonly refresh: boolean }
  /** The link is broken though it is open: it is replaced. */
  | { readonly type: 'fault'; readonly reason: string }
  | { readonly type: 'bye'; readonly code: number; readonly reason: string; readonly afterMs: readonly [number, number] }
  /** The frame did not decode. */
  | { readonly type: 'bad'; readonly reason: string }

/** What the session wants said. */
export type Command =
  | { readonly type: 'hello'; readonly token: string | undefined; readonly user: ChatUser | undefined }
  /** A fresh token for the present connection, before the old one expires. */
  | { readonly type: 'auth'; readonly token: string }
  | { readonly type: 'enter'; readonly id: number; readonly room: string; readonly since: Cursor | undefined }
  | { readonly type: 'leave'; readonly id: number; readonly room: string }
  | ({ readonly type: 'send'; readonly room: string; readonly clientId: string } & MessageContent)
  | { readonly type: 'history'; readonly id: number; readonly room: string; readonly before?: number | undefined; readonly after?: number | undefined; readonly around?: number | undefined; readonly limit?: number | undefined }
  | { readonly type: 'typing'; readonly room: string; readonly on: boolean }
  | { readonly type: 'mark'; readonly room: string; readonly read?: number | undefined; readonly received?: number | undefined }
  /** `what` says what is asked for; the rest is of that request. */
  | { readonly type: 'ask'; readonly id: number; readonly what: keyof SessionRequests }
  | { readonly type: 'ping'; readonly n: number }

/** What a dialect may know of the session that it speaks for. */
export interface DialectContext {
  readonly user: ChatUser | undefined
  /** The token of this connection. */
  readonly token: string | undefined
  /** The first entered room, `''` before. */
  readonly room: string
}

/** Who beats the heart, and how. What a user says in the `heartbeat` option goes before. Milliseconds. */
export interface DialectHeartbeat {
  /** Between our own pings; each also measures the round trip. @default 10000 */
  readonly interval?: number
  /** How long an answer may take before the socket is replaced. @default 5000 */
  readonly timeout?: number
  /** Between our pings while the page is hidden, and on a link whose round trip takes more than 1 s. @default 60000 */
  readonly hiddenInterval?: number
  /** When the first ping leaves: at once, or at a random point of the interval so that clients do not beat in step. @default 'random' */
  readonly first?: 'now' | 'random'
  /** Counts the interval from the answer and not from the ping. @default false */
  readonly pause?: boolean
  /** The server promises to be heard within this span. @default what `welcome` tells, otherwise no promise */
  readonly silence?: number
}

export interface Dialect {
  readonly name: string
  /** Offered as WebSocket sub-protocols. */
  readonly protocols: readonly string[]
  /** `rooms: false`: the server does not answer `enter`, which is still written where there is a word for it. */
  readonly capabilities: Capabilities
  /**
   * `welcome`: connected when the server has said so. `open`: connected when the socket is open.
   */
  readonly ready: 'welcome' | 'open'
  readonly heartbeat?: DialectHeartbeat
  /** How binary frames come. `arraybuffer` is needed to read them as text. @default as the transport does it; a WebSocket gives a Blob */
  readonly binaryType?: 'arraybuffer'
  /** Writes a command, or nothing where the dialect has no word for it. */
  write(command: Command, about: DialectContext): WireData | undefined
  /** Reads one frame; a frame may mean several things, or nothing to us. Never throws. */
  read(data: unknown, about: DialectContext): readonly Inbound[]
}
