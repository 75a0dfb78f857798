/** How a wire format maps to domain events and commands. A dialect never touches sockets or timers. */
import type { ChatUser, Cursor, ReceivedMessage, RoomSnapshot, RoomSummary } from './domain.ts'
import type { Capabilities } from './session-types.ts'

/** What a frame meant. */
export type Inbound =
  | {
      readonly type: 'welcome'
      readonly user: ChatUser | undefined
      readonly rooms: readonly RoomSummary[]
      /** Proof of the identity that the server gave a guest, for the next hello. */
      readonly token?: string
      /** Server-led heartbeat, where the server tells one. */
      readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number }
      readonly limits?: { readonly inflight: number; readonly messagesPerSecond: number; readonly burst: number; readonly bodyLength: number }
    }
  | { readonly type: 'entered'; readonly id: number; readonly snapshot: RoomSnapshot; readonly messages: readonly ReceivedMessage[] }
  | { readonly type: 'message'; readonly message: ReceivedMessage }
  | { readonly type: 'ack'; readonly room: string; readonly clientId: string; readonly seq?: number; readonly createdAt: number }
  | {
      readonly type: 'refused'
      readonly id?: number
      readonly clientId?: string
      readonly code: string
      readonly message: string
      readonly retry: boolean
      readonly afterMs?: number
    }
  | { readonly type: 'page'; readonly id: number; readonly room: string; readonly epoch: string; readonly messages: readonly ReceivedMessage[]; readonly more: boolean }
  | { readonly type: 'gap'; readonly room: string; readonly from: number; readonly top: number }
  | { readonly type: 'tops'; readonly tops: Readonly<Record<string, number>> }
  | { readonly type: 'presence'; readonly room: string; readonly count: number; readonly joined: readonly ChatUser[]; readonly left: readonly string[] }
  | { readonly type: 'typing'; readonly room: string; readonly user: ChatUser; readonly on: boolean }
  /** Without `n` it answers the ping that is under way. */
  | { readonly type: 'pong'; readonly n?: number }
  /** To be written back at once, whatever the state. */
  | { readonly type: 'reply'; readonly data: string }
  | { readonly type: 'bye'; readonly code: number; readonly reason: string; readonly afterMs: readonly [number, number] }
  /** The frame did not decode. */
  | { readonly type: 'bad'; readonly reason: string }

/** What the session wants said. */
export type Command =
  | { readonly type: 'hello'; readonly token: string | undefined; readonly user: ChatUser | undefined }
  | { readonly type: 'enter'; readonly id: number; readonly room: string; readonly since: Cursor | undefined }
  | { readonly type: 'leave'; readonly id: number; readonly room: string }
  | { readonly type: 'send'; readonly room: string; readonly clientId: string; readonly body: string }
  | { readonly type: 'history'; readonly id: number; readonly room: string; readonly before?: number; readonly after?: number; readonly limit?: number }
  | { readonly type: 'typing'; readonly room: string; readonly on: boolean }
  | { readonly type: 'ping'; readonly n: number }

export interface Dialect {
  readonly name: string
  /** Offered as WebSocket sub-protocols. */
  readonly protocols: readonly string[]
  readonly capabilities: Capabilities
  /**
   * `welcome`: connected when the server has said so. `open`: connected when the socket is open.
   */
  readonly ready: 'welcome' | 'open'
  /** Writes a command, or nothing where the dialect has no word for it. */
  write(command: Command): string | undefined
  /** Reads one frame; a frame may mean several things. Never throws. */
  read(data: unknown): readonly Inbound[]
}
