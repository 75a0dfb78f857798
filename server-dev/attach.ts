/** Puts the chat on an HTTP server without getting in the way of what else lives there. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Http2SecureServer } from 'node:http2'
import type { Server as HttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type ServerOptions } from 'ws'
import { SUBPROTOCOL } from '../src/protocol/version.ts'
import { createChat } from './chat.ts'
import { serve } from './connection.ts'
import { createEndpoints } from './endpoints.ts'
import { createFaults } from './faults.ts'
import { refuseUpgrade } from './http.ts'
import { resolveOptions, type ChatOptions } from './options.ts'
import { createSocketIo } from './socket-io.ts'
import { createIdentify, createTokens, fromHost, loadSecret } from './tokens.ts'
import { checkUpgrade, pathOf, type Refusal } from './upgrade.ts'
import { webSocketWire } from './wire.ts'

export type HttpServer = Server | HttpsServer | Http2SecureServer

export interface AttachedChat {
  /** Path of the WebSocket; the HTTP endpoints are below it. */
  readonly path: string
  /** Connections that are open now. */
  readonly connectionCount: number
  /** Answers a request to one of the chat's paths, as a middleware would. @returns false when it is not ours */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /**
   * Stops taking connections, stores what waits, says goodbye (`bye`, then close code 4001) and closes the
   * database. The HTTP server stays as it was. Resolves when all sockets are gone, after 3 s at the latest.
   */
  close(): Promise<void>
}

/** What guards a WebSocket server, besides the size of a frame. */
const GUARDS: ServerOptions & { readonly closeTimeout: number } = {
  maxFragments: 64,
  maxBufferedChunks: 256,
  perMessageDeflate: false,
  clientTracking: false,
  closeTimeout: 2_000,
}
const DRAIN_MS = 3_000

/** Milliseconds over which clients come back: longer with more of them, so that they do not come all at once. */
const byeWindow = (connections: number): readonly [number, number] => [0, Math.min(Math.max(connections * 20, 1_000), 10_000)]

/**
 * Adds the chat to an HTTP server: WebSockets at `path`, health, sign-in and readiness below it. Other
 * listeners for requests and upgrades on the same server keep working. Throws a TypeError for options that
 * can never work, and when the database cannot be opened.
 */
export const attachChat = (httpServer: HttpServer, options: ChatOptions = {}): AttachedChat => {
  const settings = resolveOptions(options)
  const { path } = settings
  const { frameBytes } = settings.limits
  // Before the database is opened: it throws when its package is missing.
  const socketIo = settings.socketIo
    ? createSocketIo({ path, frameBytes, guards: GUARDS, onConnection: (wire, address) => serve(chat, wire, address) })
    : undefined
  const tokens = createTokens(settings.secret ?? loadSecret(settings.database))
  const authenticate = settings.authenticate ? fromHost(settings.authenticate) : tokens.verify
  const chat = createChat(settings, createIdentify(tokens, authenticate, settings.guests))
  const faults = createFaults(chat)
  let closing: Promise<void> | undefined

  const unavailable = (): Refusal | undefined => {
    const why = closing ? 'The server shuts down.' : faults.isDown() ? 'The server starts.' : undefined
    return why === undefined ? undefined : { status: 503, code: 'unavailable', message: why, headers: { 'retry-after': '1' } }
  }

  const endpoints = createEndpoints({ chat, tokens, faults, unavailable })

  const sockets = new WebSocketServer({
    ...GUARDS,
    noServer: true,
    maxPayload: frameBytes,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })

  const limitOf = (address: string): Refusal | undefined => {
    const { total, perAddress } = settings.connections
    const addresses = [...chat.connections].map((connection) => connection.address).concat(socketIo?.lobby() ?? [])
    if (addresses.length >= total) {
      return { status: 503, code: 'full', message: 'The server has too many connections.', headers: { 'retry-after': '10' } }
    }
    const mine = addresses.filter((other) => other === address).length
    return mine < perAddress
      ? undefined
      : { status: 429, code: 'too_many_connections', message: 'Too many connections from this address.', headers: { 'retry-after': '10' } }
  }

  const refusing = (): Refusal | undefined =>
    faults.isRefusing() ? { status: 503, code: 'unavailable', message: 'The server refuses connections.' } : undefined

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const asked = pathOf(request)
    const isSocketIo = socketIo?.isMine(asked) ?? false
    if (asked !== settings.path && !isSocketIo) {
      // Somebody else's, unless there is nobody else: then it would hang for ever.
      if (httpServer.listenerCount('upgrade') > 1) return
      socket.on('error', () => undefined)
      refuseUpgrade(socket, { status: 404, code: 'not_found', message: `The chat is at ${settings.path}.` })
      return
    }
    socket.on('error', () => undefined)
    const address = request.socket.remoteAddress ?? 'unknown'
    const refusal = unavailable() ?? refusing() ?? checkUpgrade(request, settings) ?? limitOf(address)
    if (refusal) {
      settings.log({ level: 'warn', event: 'refused', status: refusal.status, code: refusal.code, address })
      refuseUpgrade(socket, refusal)
      return
    }
    if (isSocketIo) {
      socketIo?.upgrade(request, socket, head, address)
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      serve(chat, webSocketWire(ws, socket), address)
    })
  }

  // A listener cannot keep the others from answering too, and hosts add theirs at any time.
  const emit = httpServer.emit
  const intercept = function (this: HttpServer, event: string, ...args: unknown[]): boolean {
    if (event === 'request' && endpoints(args[0] as IncomingMessage, args[1] as ServerResponse)) return true
    return (emit as (event: string, ...args: unknown[]) => boolean).call(this, event, ...args)
  } as typeof httpServer.emit
  httpServer.emit = intercept
  httpServer.on('upgrade', onUpgrade)

  const drain = async (): Promise<void> => {
    chat.flush()
    const window = byeWindow(chat.connections.size)
    for (const connection of chat.connections) connection.bye('the server shuts down', window)
    const deadline = Date.now() + DRAIN_MS
    while (chat.connections.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
    for (const connection of chat.connections) connection.terminate()
    await socketIo?.close()
    httpServer.off('upgrade', onUpgrade)
    if (httpServer.emit === intercept) httpServer.emit = emit
    faults.stop()
    chat.closeStorage(true)
    chat.files?.close()
    settings.log({ level: 'info', event: 'stopped' })
  }

  settings.log({ level: 'info', event: 'started', path, database: settings.database, socketIo: settings.socketIo })
  return {
    path,
    get connectionCount() {
      return chat.connections.size
    },
    handle: endpoints,
    close: () => (closing ??= drain()),
  }
}
