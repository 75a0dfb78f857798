/** A plain Socket.IO server on a port that stays the same when it starts again. */
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { socketIoServer, type SocketIoServerOptions } from '../../../../playground/servers/socket-io.ts'
import { later } from './people.ts'

export interface PlainServer {
  readonly url: string
  /** Handshakes that were started, over all its lives. */
  handshakes(): number
  count(): number
  mute(): void
  cut(): void
  /** As kill -9 looks from outside: every TCP connection ends, nobody listens any more. */
  kill(): Promise<void>
  /** Listens again on the same port. */
  start(): Promise<void>
}

export const startPlain = async (options: SocketIoServerOptions = {}): Promise<PlainServer> => {
  let port = 0
  let handshakes = 0
  let alive: { readonly chat: ReturnType<typeof socketIoServer>; readonly end: () => Promise<void> } | undefined

  const start = async (): Promise<void> => {
    const http = createServer()
    const sockets = new Set<Socket>()
    http.on('connection', (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    http.on('upgrade', () => {
      handshakes += 1
    })
    const chat = socketIoServer(http, options)
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
    port = (http.address() as AddressInfo).port
    alive = {
      chat,
      async end() {
        const closed = new Promise((resolve) => http.close(resolve))
        for (const socket of sockets) socket.destroy()
        await chat.close()
        await closed
      },
    }
  }

  const kill = async (): Promise<void> => {
    const dying = alive
    alive = undefined
    await dying?.end()
  }
  await start()
  later(kill)
  return {
    url: `http://127.0.0.1:${String(port)}`,
    handshakes: () => handshakes,
    count: () => alive?.chat.count() ?? 0,
    mute: () => alive?.chat.mute(),
    cut: () => alive?.chat.cut(),
    kill,
    start,
  }
}
