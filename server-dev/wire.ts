/** The socket under a connection, whatever carries it. */
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { CLOSE } from '../src/protocol/close-codes.ts'

export interface WireEvents {
  received(text: string): void
  /** The other side was heard without a frame. */
  alive(): void
  /** Everything that waited was written. */
  drained(): void
  /** What came can never be a frame; the connection has to be closed with this code. */
  violated(code: number, reason: string): void
  broken(error: Error): void
  /** The TCP connection is gone. */
  closed(details: { readonly code?: number; readonly reason?: string }): void
}

export interface Wire {
  listen(events: WireEvents): void
  isOpen(): boolean
  /** Bytes that wait to be written. */
  buffered(): number
  write(text: string): void
  /** Tells code and reason, and ends. */
  close(code: number, reason: string): void
  /** Ends without a word. */
  terminate(): void
  /** Stops reading, so that the other side has to wait. */
  pause(): void
  resume(): void
  /** Nothing is read or written any more; the TCP connection stays. */
  mute(): void
}

/** @param socket the TCP or TLS connection below */
export const webSocketWire = (ws: WebSocket, socket: Duplex): Wire => ({
  listen({ received, alive, drained, violated, broken, closed }) {
    ws.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) violated(CLOSE.unsupportedData, 'only text frames')
      else received((data as Buffer).toString())
    })
    ws.on('ping', alive)
    ws.on('pong', alive)
    ws.on('error', broken)
    ws.on('close', (code) => {
      closed({ code })
    })
    socket.on('drain', drained)
  },
  isOpen: () => ws.readyState === ws.OPEN,
  buffered: () => ws.bufferedAmount,
  write(text) {
    ws.send(text)
  },
  close(code, reason) {
    ws.close(code, reason)
  },
  terminate() {
    ws.terminate()
  },
  pause() {
    ws.pause()
  },
  resume() {
    ws.resume()
  },
  // Writes are held back by the connection; unread pings are not answered.
  mute() {
    ws.pause()
  },
})
