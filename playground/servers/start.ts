/** A small server on a port of its own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventRoomServer } from './event-room.ts'
import { heartbeatAckServer } from './heartbeat-ack.ts'
import { pingPongServer } from './ping-pong.ts'
import type { SmallServer } from './small-server.ts'
import { socketIoServer } from './socket-io.ts'
import { textPingServer } from './text-ping.ts'
import { typePingServer } from './type-ping.ts'

export type DialectServerName = 'text-ping' | 'type-ping' | 'ping-pong' | 'heartbeat-ack' | 'event-room' | 'socket-io'

export const dialectServerNames: readonly DialectServerName[] = ['text-ping', 'type-ping', 'ping-pong', 'heartbeat-ack', 'event-room', 'socket-io']

export const isDialectServerName = (name: unknown): name is DialectServerName =>
  (dialectServerNames as readonly unknown[]).includes(name)

export interface AttachOptions {
  /** @default '/', for `socket-io` '/socket.io' */
  readonly path?: string
  /** The token that `ping-pong`, `event-room` and `socket-io` ask for. @default they ask for none */
  readonly token?: string
}

export interface StartOptions extends AttachOptions {
  /** 0 takes a free one. @default 0 */
  readonly port?: number
  /** @default '127.0.0.1' */
  readonly host?: string
}

export interface StartedServer {
  /** `ws://HOST:PORT/` */
  readonly url: string
  readonly port: number
  readonly server: SmallServer
  close(): Promise<void>
}

const pathOf = (name: DialectServerName): string => (name === 'socket-io' ? '/socket.io' : '/')

/** Adds the server that speaks a dialect to an HTTP server. */
export const attachDialectServer = (name: DialectServerName, http: Server, options: AttachOptions = {}): SmallServer => {
  const { path = pathOf(name), token } = options
  const asks = token === undefined ? {} : { accepts: (given: string) => given === token }
  switch (name) {
    case 'text-ping':
      return textPingServer(http, { path })
    case 'type-ping':
      return typePingServer(http, { path })
    case 'ping-pong':
      return pingPongServer(http, { path, ...asks })
    case 'heartbeat-ack':
      return heartbeatAckServer(http, { path })
    case 'event-room':
      return eventRoomServer(http, { path, ...asks })
    case 'socket-io':
      return socketIoServer(http, { path, ...asks })
  }
}

/** Starts the server that speaks a dialect. Rejects when the port is taken. */
export const startDialectServer = async (name: DialectServerName, options: StartOptions = {}): Promise<StartedServer> => {
  const { port = 0, host = '127.0.0.1', path = pathOf(name) } = options
  const http = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain', upgrade: 'websocket' })
    response.end(`${name}: connect a WebSocket at ${path}\n`)
  })
  const server = attachDialectServer(name, http, options)
  http.on('upgrade', (request, socket) => {
    const asked = (request.url ?? '').split('?', 1)[0]
    if (asked !== path && !(name === 'socket-io' && asked === `${path}/`)) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, resolve)
  })
  const { port: actual } = http.address() as AddressInfo
  // There the path of an address is the namespace.
  const place = name === 'socket-io' ? '/' : path
  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${String(actual)}${place}`,
    port: actual,
    server,
    async close() {
      await server.close()
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}
