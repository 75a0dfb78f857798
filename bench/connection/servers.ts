/** The servers behind the wire: one that echoes pings, ours, and one of Socket.IO. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Server as SocketIoServer } from 'socket.io'
import { WebSocketServer, type WebSocket } from 'ws'
import type * as ChatServer from '../../server-dev/index.ts'

export interface BenchServer {
  readonly port: number
  /** Clients that are connected now. */
  readonly clientCount: number
  /** The same text to every client, this many times at once. */
  burst(text: string, times: number): void
  close(): Promise<void>
}

const listen = async (server: ReturnType<typeof createServer>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const stop = (server: ReturnType<typeof createServer>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })

interface ChatFrame {
  readonly type: string
  readonly id?: number
  readonly n?: number
}

const user = { id: 'u', name: 'Ada' }

/** Just enough `chat.v1` to be let in, without a database behind it. */
const answerChat = ({ type, id, n }: ChatFrame): object | undefined => {
  switch (type) {
    case 'hello':
      return {
        type: 'welcome', version: 1, session: 's', user, now: 0, limits: {}, rooms: [],
        heartbeat: { intervalMs: 10_000, timeoutMs: 15_000 },
      }
    case 'join':
      return {
        type: 'joined', id, room: 'general', title: 'General', epoch: 'e', top: 0, first: 1, recovered: false,
        events: [], members: [user], count: 1,
      }
    case 'ping':
      return { type: 'pong', n }
    default:
      return undefined
  }
}

const answer = (text: string): string | undefined => {
  if (text === 'ping') return 'ping'
  if (!text.startsWith('{')) return undefined
  const reply = answerChat(JSON.parse(text) as ChatFrame)
  return reply && JSON.stringify(reply)
}

export interface PlainServer extends BenchServer {
  /** All of these to every client at once. */
  push(frames: readonly string[]): void
}

/** Answers `ping` with `ping`, as `useWebSocket` expects by default. */
export const startPlain = async (): Promise<PlainServer> => {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
  sockets.on('connection', (socket: WebSocket) => {
    socket.on('error', () => undefined)
    socket.on('message', (data) => {
      const reply = answer((data as Buffer).toString())
      if (reply !== undefined) socket.send(reply)
    })
  })
  const push = (frames: readonly string[]): void => {
    for (const socket of sockets.clients) for (const frame of frames) socket.send(frame)
  }
  return {
    port: await listen(http),
    get clientCount() {
      return sockets.clients.size
    },
    push,
    burst(text, times) {
      push(Array.from({ length: times }, () => text))
    },
    close() {
      for (const socket of sockets.clients) socket.terminate()
      return stop(http)
    },
  }
}

/** Our server with its defaults, apart from a pace that lets a burst through. @param library folder of the built library */
export const startChat = async (library: string): Promise<Pick<BenchServer, 'port' | 'close'>> => {
  const { attachChat } = (await import(pathToFileURL(`${library}/server.js`).href)) as typeof ChatServer
  const http = createServer()
  const chat = attachChat(http, {
    database: ':memory:',
    guests: true,
    origins: '*',
    limits: { messagesPerSecond: 10_000, burst: 10_000 },
  })
  return {
    port: await listen(http),
    async close() {
      await chat.close()
      await stop(http)
    },
  }
}

export interface SocketIoBench extends BenchServer {
  push(messages: readonly unknown[]): void
}

/** Socket.IO with its defaults. */
export const startSocketIo = async (): Promise<SocketIoBench> => {
  const http = createServer()
  const io = new SocketIoServer(http, { cors: { origin: '*' } })
  const push = (messages: readonly unknown[]): void => {
    for (const message of messages) io.emit('message', message)
  }
  return {
    port: await listen(http),
    get clientCount() {
      return io.sockets.sockets.size
    },
    push,
    burst(text, times) {
      push(Array.from({ length: times }, () => text))
    },
    async close() {
      await io.close()
      await stop(http)
    },
  }
}
