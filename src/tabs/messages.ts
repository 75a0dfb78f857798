/** What tabs say to each other. Everything here can be cloned by a BroadcastChannel. */
import type { Command, Inbound, WireData } from '../core/dialect.ts'
import { ChatError, type ConnectionState, type PendingMessage, type SessionEventMap, type SessionSnapshot } from '../core/index.ts'

export type Welcome = Extract<Inbound, { type: 'welcome' }>

/** An error as it travels: a clone would keep its message only. */
export interface PlainError {
  readonly code: string
  readonly message: string
  readonly room: string | undefined
  readonly clientId: string | undefined
  readonly closeCode: number | undefined
  readonly retryable: boolean
}

/** The state of the connection that all tabs share. */
export type Link = Pick<SessionSnapshot, 'state' | 'cause' | 'attempt' | 'retryAt' | 'latencyMs' | 'lastReceivedAt' | 'heartbeat' | 'badFrames'> & {
  readonly error: PlainError | undefined
}

/** Events of the connection itself, which every tab tells. */
export type Told = {
  readonly [E in 'data' | 'sent' | 'latency']: { readonly event: E; readonly payload: SessionEventMap[E] }
}[keyof Pick<SessionEventMap, 'data' | 'sent' | 'latency'>] | { readonly event: 'error' | 'gaveUp'; readonly payload: PlainError }

/** Leaders are numbered upwards, so that nobody listens to one that was replaced. */
export type FromLeader =
  | {
      readonly type: 'status'
      readonly term: number
      /** The page of the leader is not in front of the person. */
      readonly isHidden: boolean
      readonly link: Link
      /** Names the present connection to the server; `undefined` while there is none that works. */
      readonly era: string | undefined
      readonly welcome: Welcome | undefined
    }
  /** What the server meant. Only for one tab's connection with `to`. */
  | { readonly type: 'frame'; readonly term: number; readonly to?: string; readonly inbound: readonly Inbound[] }
  | ({ readonly type: 'told'; readonly term: number } & Told)

export type ToLeader =
  /** Meant for one connection to the server: on the next one the tab says it again, in its order. */
  | { readonly type: 'say'; readonly era: string; readonly from: string; readonly command: Command }
  | { readonly type: 'raw'; readonly era: string; readonly data: WireData }
  /** A tab's connection is over. `isDeaf`: because the server does not confirm. */
  | { readonly type: 'detach'; readonly era: string; readonly from: string; readonly isDeaf: boolean }
  | { readonly type: 'ask'; readonly what: 'reconnect' }
  | { readonly type: 'ask'; readonly what: 'terminate'; readonly reason: string | undefined }

export type ToAll =
  /** A tab is here, with what it has not sent. `isNew`: it has just been opened. */
  | { readonly type: 'hello'; readonly tab: string; readonly isNew: boolean; readonly unsent: readonly PendingMessage[] }
  | { readonly type: 'wrote'; readonly tab: string; readonly messages: readonly PendingMessage[] }
  | { readonly type: 'settled'; readonly tab: string; readonly clientId: string }
  /** A tab leaves, and nobody has to look after its messages. */
  | { readonly type: 'bye'; readonly tab: string }
  | { readonly type: 'shared'; readonly topic: string; readonly value: unknown }

export type TabMessage = FromLeader | ToLeader | ToAll

export const toPlain = ({ code, message, room, clientId, closeCode, retryable }: ChatError): PlainError => ({
  code,
  message,
  room,
  clientId,
  closeCode,
  retryable,
})

export const toError = ({ code, message, ...details }: PlainError): ChatError => new ChatError(code, message, details)

export const isUp = (state: ConnectionState): boolean => state === 'connected' || state === 'probing'
