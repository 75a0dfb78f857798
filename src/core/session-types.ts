/** What the rest of the package knows of a connection. Nothing above it knows which kind of session it has. */
import type { ChatUser, HistoryPage, Mark, OutgoingMessage, PendingMessage, ReceivedMessage, Result, RoomListing, RoomSnapshot, RoomSummary, SessionRequests, StoredMessage, StoredRoom } from './domain.ts'
import type { Credentials } from './credentials.ts'
import type { WireData } from './dialect.ts'
import type { ChatError } from './errors.ts'

export type ConnectionState =
  | 'idle'
  | 'connecting'
  | 'handshaking'
  | 'connected'
  | 'probing'
  | 'waiting'
  | 'offline'
  | 'closed'
  | 'failed'

export type HeartbeatState = 'idle' | 'waiting' | 'answered' | 'timedOut'

/**
 * What the environment tells. `online`: there is a network, or another one. `offline`: the browser believes that
 * there is none. `visible`, `hidden`: the page. `frozen`: the page is put to sleep and its sockets with it.
 */
export type Hint = 'online' | 'offline' | 'visible' | 'hidden' | 'frozen'

/** Why the connection is in its present state. */
export interface ConnectionCause {
  readonly kind: 'user' | 'network' | 'heartbeat' | 'timeout' | 'server' | 'auth' | 'wake' | 'frozen'
  readonly closeCode?: number
  readonly reason?: string | undefined
}

/** Everything to show about a connection. A new object per change; equal fields keep their identity. */
export interface SessionSnapshot {
  readonly state: ConnectionState
  readonly cause: ConnectionCause | undefined
  /** Tries since the last connection that lasted. 0 while connected. */
  readonly attempt: number
  /** When the next try starts, milliseconds since 1970. */
  readonly retryAt: number | undefined
  readonly error: ChatError | undefined
  /** Smoothed round trip in milliseconds. */
  readonly latencyMs: number | undefined
  readonly lastReceivedAt: number | undefined
  /** Messages that have no ack yet. */
  readonly pendingCount: number
  readonly heartbeat: HeartbeatState
  readonly user: ChatUser | undefined
  readonly rooms: readonly RoomSummary[]
  /** What the server told that it can do, where it tells. */
  readonly features?: readonly string[] | undefined
  /** Longest message that the server takes, in Unicode code points. Unknown before it has told. */
  readonly maxLength: number | undefined
  /** Bytes of the biggest file that the server takes, and files of one message. Unknown before it has told. */
  readonly maxFileSize?: number | undefined
  readonly maxFiles?: number | undefined
  /** Frames that did not decode since the session was made. */
  readonly badFrames: number
}

export interface SessionEventMap {
  /** The state changed. */
  transition: { readonly from: ConnectionState; readonly to: ConnectionState; readonly cause: ConnectionCause | undefined }
  /** The server has accepted us. */
  welcome: { readonly user: ChatUser; readonly rooms: readonly RoomSummary[]; readonly features?: readonly string[] | undefined }
  /** Raw data as it came, before decoding; heartbeats aside. */
  data: unknown
  /** Raw data as it was handed to the wire, heartbeats included. */
  sent: WireData
  /** One event per message, in order, once. */
  message: ReceivedMessage
  /** A message of a room that was not entered: somebody did who shares the connection. Each may come more than once. */
  elsewhere: ReceivedMessage
  /** A room was entered or re-entered. Comes before the messages that it brings. */
  entered: RoomSnapshot
  left: { readonly room: string }
  /** Events of the room are missing before the next message; `until` is the seq of the first one we have. */
  gap: { readonly room: string; readonly until: number }
  /** A message of ours was queued. */
  queued: PendingMessage
  /** A message of ours is stored. */
  acked: {
    readonly room: string
    readonly clientId: string
    readonly seq?: number | undefined
    readonly createdAt: number
    /** Nothing was added: `seq` is of what was there already, of a deletion maybe somebody else's. */
    readonly duplicate?: boolean | undefined
  }
  /** The link broke while these waited for their ack; they go again. */
  unconfirmed: { readonly room: string; readonly clientId: string }
  /** A message of ours was refused for good, or given up. */
  rejected: { readonly room: string; readonly clientId: string; readonly error: ChatError }
  /** A failed message was taken up again by `retry`. */
  retried: { readonly room: string; readonly clientId: string }
  /** A message of ours was taken back by `cancel`. */
  cancelled: { readonly room: string; readonly clientId: string }
  presence: {
    readonly room: string
    readonly count: number
    readonly joined: readonly ChatUser[]
    readonly left: readonly string[]
  }
  typing: { readonly room: string; readonly user: ChatUser; readonly on: boolean }
  /** Somebody has got further. */
  marks: { readonly room: string; readonly marks: readonly Mark[] }
  /** A room appeared or changed. */
  listing: RoomListing
  /** A room is not there for us any more. */
  gone: { readonly room: string; readonly reason: string }
  /** A round trip was measured. */
  latency: { readonly roundTripMs: number; readonly at: number }
  /** The tries are used up; `open()` and `reconnect()` start anew. */
  gaveUp: ChatError
  error: ChatError
}

export type SessionEvent = keyof SessionEventMap
export type Unsubscribe = () => void

export interface SentMessage {
  readonly clientId: string
  /** Settles with the ack or the final refusal; never rejects. */
  readonly settled: Promise<Result<{ readonly seq?: number | undefined; readonly createdAt: number }>>
}

export interface Capabilities {
  readonly acks: boolean
  readonly history: boolean
  readonly rooms: boolean
  readonly presence: boolean
  readonly members: boolean
  readonly typing: boolean
  /** Own messages can be changed and taken back. */
  readonly edits: boolean
  readonly reactions: boolean
  /** A message can name the one it answers. */
  readonly replies: boolean
  /** A message can name users who are spoken to. */
  readonly mentions: boolean
  readonly attachments: boolean
  /** Who has got and read what. */
  readonly receipts: boolean
  /** Rooms of one's own, direct conversations. */
  readonly membership: boolean
  readonly search: boolean
  /** History on both sides of a message. */
  readonly around: boolean
}

/** Which part of the log; the newest page without any. */
export interface HistoryRange {
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly around?: number | undefined
  readonly limit?: number | undefined
}

/** A connection that survives the sockets under it. */
export interface Connection {
  /** The present snapshot. */
  snapshot(): SessionSnapshot
  /** Called after each change with the new snapshot, not with the present one. */
  subscribe(listener: (snapshot: SessionSnapshot) => void): Unsubscribe
  on<E extends SessionEvent>(event: E, listener: (payload: SessionEventMap[E]) => void): Unsubscribe
  /** Connects; replaces a present socket. Undoes a `close()`. */
  open(): void
  /** Disconnects and stays so until `open()` or `reconnect()`; no hook brings it back. @param code 1000 or 3000-4999 @default 1000 */
  close(code?: number, reason?: string): void
  /** Tries at once, whatever the state; a person's "Retry now". */
  reconnect(): void
  /** Gives the present socket up as if it were dead, and comes back. For callers who know better than the heartbeat. */
  terminate(reason?: string): void
  /** Tells what the environment does: it is asked, tried or rested; a `close()` is never undone. */
  hint(hint: Hint): void
  /** Hands raw data to the wire. @returns whether an open socket took it */
  sendRaw(data: WireData, useBuffer?: boolean): boolean
  /** The transport's own socket, for inspection. */
  socket(): unknown
  /** Closes and forgets everything. Open promises settle with `cancelled`. */
  dispose(): void
}

export interface Session extends Connection {
  readonly capabilities: Capabilities
  /** Enters a room, and re-enters it after every reconnect until `leave`. Calls are counted per room. */
  enter(room: string): void
  leave(room: string): void
  /** Queues what a person says or does to a message; it goes out in order, once, however often the link breaks. */
  sendMessage(message: OutgoingMessage): SentMessage
  /** Sends a failed message again under its client id. False when it is not there. */
  retry(clientId: string): boolean
  /** Takes back a message that has not been acked. False when it is too late or unknown. */
  cancel(clientId: string): boolean
  /**
   * Rooms are not entered and messages do not leave until the returned function was called, so that what an earlier
   * session left can come first. The connection is made meanwhile.
   */
  hold(): () => void
  /** Tells an `error` event, for parts that work beside the session, such as storage. */
  report(error: ChatError): void
  /**
   * Takes up what an earlier session left: messages that were not confirmed go out under their ids, before newer ones;
   * rooms are shown as they were, and then asked for what came since. What is known already is not touched.
   */
  restore(kept: { readonly messages?: readonly StoredMessage[]; readonly rooms?: readonly StoredRoom[] }): void
  loadHistory(room: string, options: HistoryRange): Promise<Result<HistoryPage>>
  /** Asks the server; refused as `unsupported` where the dialect has no word for it. */
  ask<W extends keyof SessionRequests>(what: W, request: SessionRequests[W]['ask']): Promise<Result<SessionRequests[W]['answer']>>
  /** Tells how far we are in a room that was entered; without a connection the last word is said later. It never goes back. */
  mark(room: string, mark: { readonly read?: number; readonly received?: number }): void
  /**
   * Where the server is and as whom we speak to it, for what goes beside the connection. Rejects when the `url` or `token`
   * function does.
   * @param isFresh the token that was told before is no longer taken
   */
  credentials(isFresh?: boolean): Promise<Credentials>
  /** Tells the room that we type; repeated calls are thinned out. */
  setTyping(room: string, on: boolean): void
}
