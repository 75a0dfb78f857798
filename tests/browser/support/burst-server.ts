/** A server of `chat.v1` that says all at once: enough of the protocol for one reader who is in all of its rooms. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { DEFAULT_LIMITS } from '../../../src/protocol/index.ts'

export interface BurstServer {
  /** `ws://127.0.0.1:PORT/chat` */
  readonly wsUrl: string
  readonly rooms: readonly string[]
  /** Connections that were ever opened. */
  connectionCount(): number
  /** Pings of the reader that were answered. */
  pongCount(): number
  /** Writes messages `1` to `count` in one go: the last one in the last room, all others in the others in turn. */
  burst(count: number): void
  close(): Promise<void>
}

const ADA = { id: 'u-ada', name: 'Ada' }
const BEN = { id: 'u-ben', name: 'Ben' }

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', 'content-type')
  response.end(request.method === 'POST' ? JSON.stringify({ token: 't', user: ADA, expiresAt: Date.now() + 3_600_000 }) : '')
}

export const startBurstServer = async (roomCount: number): Promise<BurstServer> => {
  const http = createServer(answer)
  const wss = new WebSocketServer({ server: http, path: '/chat', handleProtocols: () => 'chat.v1' })
  const rooms = Array.from({ length: roomCount }, (_, i) => `room-${String(i + 1)}`)
  let connections = 0
  let pongs = 0

  const handle = (socket: WebSocket, text: string): void => {
    const { type, id, n, room } = JSON.parse(text) as { readonly type: string; readonly id?: number; readonly n?: number; readonly room?: string }
    const say = (reply: object): void => {
      socket.send(JSON.stringify(reply))
    }
    switch (type) {
      case 'hello':
        say({
          type: 'welcome',
          version: 1,
          session: 's',
          user: ADA,
          now: Date.now(),
          heartbeat: { intervalMs: 10_000, timeoutMs: 15_000 },
          limits: DEFAULT_LIMITS,
          rooms: rooms.map((name) => ({ room: name, title: name })),
        })
        break
      case 'join':
        say({ type: 'joined', id, room, title: room, epoch: 'e', top: 0, first: 1, recovered: false, events: [], members: [ADA, BEN], count: 2 })
        break
      case 'ping':
        pongs += 1
        say({ type: 'pong', n })
    }
  }
  wss.on('connection', (socket) => {
    connections += 1
    socket.on('message', (data: Buffer) => {
      handle(socket, data.toString())
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    wsUrl: `ws://127.0.0.1:${String((http.address() as AddressInfo).port)}/chat`,
    rooms,
    connectionCount: () => connections,
    pongCount: () => pongs,
    burst(count) {
      const others = roomCount - 1
      for (let i = 0; i < count; i++) {
        const number = String(i + 1)
        const place = i === count - 1 ? { room: rooms[others], seq: 1 } : { room: rooms[i % others], seq: Math.floor(i / others) + 1 }
        const frame = { type: 'event', ...place, kind: 'message', from: BEN, clientId: `b-${number}`, ts: 1_700_000_000_000 + i, body: number }
        for (const socket of wss.clients) socket.send(JSON.stringify(frame))
      }
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of wss.clients) socket.terminate()
        wss.close()
        http.close(() => {
          resolve()
        })
        http.closeAllConnections()
      }),
  }
}
