/** The seam between a session and the wire. */
import type { WireData } from './dialect.ts'

export interface TransportHandlers {
  opened(): void
  received(data: unknown): void
  /** The other side was heard without a frame: a heartbeat of the transport's own. */
  alive?(): void
  /** Called at most once. */
  closed(code: number, reason: string): void
}

export interface Transport {
  /** @returns false when the socket could not take it */
  send(data: WireData): boolean
  /** Starts closing. The session does not wait for `closed`. */
  close(code?: number, reason?: string): void
  /** The underlying socket. */
  readonly socket: unknown
}

/** What a transport may know of the session that it connects. */
export interface ConnectAbout {
  /** For transports whose handshake carries it; all others leave it to the dialect. */
  readonly token: string | undefined
  /** How the dialect wants binary frames. @default as the transport does it */
  readonly binaryType?: 'arraybuffer' | undefined
}

/** Starts a connection. Throws only for a url or protocols that can never work. */
export type ConnectTransport = (
  url: string,
  protocols: readonly string[],
  handlers: TransportHandlers,
  about?: ConnectAbout,
) => Transport
