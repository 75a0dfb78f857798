/** `chat.v1` over Socket.IO, beside the WebSocket: other envelopes, the same connections and rooms. */
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { Duplex } from 'node:stream'
import type { Server, Socket } from 'socket.io'
import { WebSocketServer, type ServerOptions } from 'ws'
import { CLOSE } from '../src/protocol/close-codes.ts'
import { HELLO_TIMEOUT_MS } from '../src/protocol/limits.ts'
import { SUBPROTOCOL } from '../src/protocol/version.ts'
import { createBucket } from './rate-limit.ts'
import type { Wire } from './wire.ts'

export interface SocketIoOptions {
  /** Path of the chat; the endpoint is `<path>/socket.io`. */
  readonly path: string
  /** Longest frame in bytes. */
  readonly frameBytes: number
  /** What guards the WebSocket server, besides the size of a frame. */
  readonly guards: ServerOptions
  /** Somebody has connected and may say hello. */
  readonly onConnection: (wire: Wire, address: string) => void
}

export interface SocketIoSide {
  isMine(path: string): boolean
  /** Goes on with a handshake that was let in. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, address: string): void
  /** Addresses of those who have not connected to the namespace yet. */
  lobby(): readonly string[]
  /** Ends what is left of its sockets. */
  close(): Promise<void>
}

const FRAME_TOO_BIG = 1009
// That of chat.v1 finds dead links; a second one would only judge differently.
const ENGINE_PING_MS = 300_000
/** Packets of any kind. Above the rate of frames, which is answered with a reason. */
const PACKET_RATE = { perSecond: 400, burst: 4_000 }

const loadServer = (): typeof Server => {
  try {
    const found = createRequire(import.meta.url)('socket.io') as { readonly Server: typeof Server }
    return found.Server
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new TypeError('attachChat: socketIo needs the package "socket.io"; install it with "npm install socket.io".', { cause: error })
  }
}

/** @throws TypeError when `socket.io` is not installed */
export const createSocketIo = ({ path, frameBytes, guards, onConnection }: SocketIoOptions): SocketIoSide => {
  const place = `${path}/socket.io`
  const links = new Map<Duplex, string>()
  const lobby = new Map<IncomingMessage, Duplex>()
  const SocketIo = loadServer()
  const io = new SocketIo({
    path: place,
    serveClient: false,
    transports: ['websocket'],
    // One text inside another: each quote is written as two characters.
    maxHttpBufferSize: frameBytes * 2 + 1_024,
    pingInterval: ENGINE_PING_MS,
    connectTimeout: HELLO_TIMEOUT_MS,
    wsEngine: class extends WebSocketServer {
      constructor(options: ServerOptions) {
        super({ ...options, ...guards })
      }
    },
  })
  // On a server that never listens, as handshakes come by `upgrade` alone and closing Socket.IO closes its server.
  io.attach(createServer())

  // Socket.IO answers some packets itself, to namespaces for example, and keeps the answers until they are read.
  io.engine.on('connection', (conn: Socket['conn']) => {
    const budget = createBucket(PACKET_RATE, performance.now())
    conn.on('packet', () => {
      if (budget.take(performance.now()) > 0) conn.close(true)
    })
  })

  io.on('connection', (socket) => {
    const link = lobby.get(socket.request)
    lobby.delete(socket.request)
    if (link) onConnection(socketIoWire(socket, link, frameBytes), links.get(link) ?? 'unknown')
    else socket.disconnect(true)
  })

  return {
    isMine: (asked) => asked === place || asked === `${place}/`,
    upgrade(request, socket, head, address) {
      links.set(socket, address)
      lobby.set(request, socket)
      socket.once('close', () => {
        links.delete(socket)
        lobby.delete(request)
      })
      io.engine.handleUpgrade(request as never, socket, head)
    },
    lobby: () => [...lobby.values()].map((link) => links.get(link) ?? 'unknown'),
    async close() {
      for (const link of links.keys()) link.destroy()
      await io.close()
    },
  }
}

const socketIoWire = (socket: Socket, link: Duplex, frameBytes: number): Wire => {
  const { conn } = socket
  let reason = 'transport close'
  /** Bytes that Engine.IO keeps while the batch before is being written. */
  let waiting = 0
  const buffered = (): number => waiting + link.writableLength

  return {
    listen({ received, alive, drained, violated, closed }) {
      socket.onAny((event: unknown, ...all: unknown[]) => {
        // A client that asks for an acknowledgement gets none: chat.v1 has its own.
        const args = typeof all.at(-1) === 'function' ? all.slice(0, -1) : all
        const [text] = args
        if (args.some((arg) => Buffer.isBuffer(arg))) violated(CLOSE.unsupportedData, 'only text frames')
        else if (event !== SUBPROTOCOL || typeof text !== 'string' || args.length > 1) received('null')
        else if (Buffer.byteLength(text) > frameBytes) violated(FRAME_TOO_BIG, 'the frame is too big')
        else received(text)
      })
      socket.on('error', () => {
        violated(CLOSE.protocolViolation, 'not a packet of Socket.IO')
      })
      socket.on('disconnect', (why) => {
        reason = why
        conn.close()
      })
      conn.on('packet', alive)
      conn.on('flush', () => {
        waiting = 0
      })
      conn.transport.on('drain', () => {
        if (buffered() === 0) drained()
      })
      link.once('close', () => {
        closed({ reason })
      })
    },
    isOpen: () => socket.connected,
    buffered,
    write(text) {
      waiting += Buffer.byteLength(text)
      socket.emit(SUBPROTOCOL, text)
    },
    // Socket.IO has no close codes.
    close(code, why) {
      socket.emit('err', { code, reason: why })
      socket.disconnect(true)
    },
    terminate() {
      link.destroy()
    },
    pause() {
      link.pause()
    },
    resume() {
      link.resume()
    },
    mute() {
      link.pause()
      link.cork()
    },
  }
}
