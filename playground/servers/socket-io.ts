/** A Socket.IO server as people write it: the event `chat` goes to all others, `online` tells how many are there. */
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server, type Socket } from 'socket.io'
import type { SmallServer, SmallServerOptions } from './small-server.ts'

export interface SocketIoServerOptions extends SmallServerOptions {
  /** @default '/socket.io' */
  readonly path?: string
  /** The event that carries a message. @default 'chat' */
  readonly event?: string
  /** Says whether the token of `auth` is good; without a good one nobody connects. @default everybody may */
  readonly accepts?: (token: string) => boolean
  /** Milliseconds between the pings of Engine.IO, and how long an answer may take. @default 25000 and 20000 */
  readonly pingIntervalMs?: number
  readonly pingTimeoutMs?: number
}

/** The server side of `socketIoDialect({ presence: 'online' })`, by WebSocket only. */
export const socketIoServer = (http: HttpServer, options: SocketIoServerOptions = {}): SmallServer => {
  const { path = '/socket.io', event = 'chat', accepts, pingIntervalMs = 25_000, pingTimeoutMs = 20_000 } = options
  const io = new Server({
    path,
    serveClient: false,
    transports: ['websocket'],
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
  })
  // On a server that never listens: closing Socket.IO would close it, and ours belongs to others too.
  io.attach(createServer())
  const links = new Set<Duplex>()

  if (accepts) {
    io.use((socket, next) => {
      next(accepts(String(socket.handshake.auth['token'])) ? undefined : new Error('unauthorized'))
    })
  }

  const relay = (socket: Socket, args: readonly unknown[]): void => {
    const answer = args.at(-1)
    try {
      if (typeof answer === 'function') {
        socket.broadcast.emit(event, ...args.slice(0, -1))
        ;(answer as (told: object) => void)({ ok: true })
      } else socket.broadcast.emit(event, ...args)
    } catch {
      // Nested too deeply to be written again.
    }
  }

  io.on('connection', (socket) => {
    const tell = (): void => void io.emit('online', io.of('/').sockets.size)
    tell()
    socket.on('disconnect', tell)
    // A packet that cannot be read; Socket.IO disconnects.
    socket.on('error', () => undefined)
    socket.on(event, (...args: unknown[]) => {
      relay(socket, args)
    })
  })

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if ((request.url ?? '').split('?', 1)[0]?.replace(/\/$/, '') !== path) return
    links.add(socket)
    socket.once('close', () => links.delete(socket))
    io.engine.handleUpgrade(request as never, socket, head)
  }
  http.on('upgrade', upgrade)

  const cut = (): void => {
    for (const link of links) link.destroy()
  }
  return {
    path,
    count: () => io.of('/').sockets.size,
    mute() {
      for (const link of links) {
        link.pause()
        link.cork()
      }
    },
    cut,
    async close() {
      http.off('upgrade', upgrade)
      cut()
      await io.close()
    },
  }
}
