/** What the small servers have in common: a path on an HTTP server, clients, silence on demand, an end. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'

export interface SmallServerOptions {
  /** Upgrades on this path are taken; a query is ignored, other paths are left to others. @default '/' */
  readonly path?: string
}

export interface SmallServer {
  readonly path: string
  /** Clients that are connected now. */
  count(): number
  /** Half-open: present connections stay open, and nothing is read, written or judged on them. New ones work. */
  mute(): void
  /** Terminates present connections without a close frame; new ones work. */
  cut(): void
  /** Terminates all and leaves the HTTP server. */
  close(): Promise<void>
}

/** One client as a small server sees it. */
export interface Client<State> {
  readonly socket: WebSocket
  readonly state: State
  /** Writes a text, or an object as JSON. Says nothing to a muted or closed client. */
  say(frame: string | object): void
  /** Ends the connection without a farewell, as a server does that has lost patience. */
  kick(): void
}

export interface Behaviour<State> {
  /** What is kept about a new client. */
  readonly init: (socket: WebSocket) => State
  /** A text frame. What it throws costs nobody the connection: the frame is passed over. */
  readonly received: (client: Client<State>, text: string, room: Clients<State>) => void
  /** Called once per client, after it was taken off the list. */
  readonly gone?: (client: Client<State>, room: Clients<State>) => void
  /** Called for each client that is not muted, every `everyMs`. */
  readonly tick?: { readonly everyMs: number; readonly each: (client: Client<State>, room: Clients<State>) => void }
}

export interface Clients<State> {
  readonly all: readonly Client<State>[]
  others(than: Client<State>): readonly Client<State>[]
}

const MAX_FRAME_BYTES = 1024 * 1024

/** Starts a small server on an HTTP server. */
export const serve = <State>(http: Server, options: SmallServerOptions, behaviour: Behaviour<State>): SmallServer => {
  const { path = '/' } = options
  const { tick } = behaviour
  const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES })
  const clients = new Set<Client<State>>()
  const muted = new Set<Client<State>>()
  const room: Clients<State> = {
    get all() {
      return [...clients]
    },
    others: (than) => [...clients].filter((client) => client !== than),
  }

  const attempt = (work: () => void): void => {
    try {
      work()
    } catch {
      // A frame that makes no sense, or too deep to be written back, is nobody else's trouble.
    }
  }

  const connected = (socket: WebSocket): void => {
    const client: Client<State> = {
      socket,
      state: behaviour.init(socket),
      say(frame) {
        if (muted.has(client) || socket.readyState !== socket.OPEN) return
        socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
      },
      kick() {
        socket.terminate()
      },
    }
    clients.add(client)
    // Bad frames end in 'close' too.
    socket.on('error', () => undefined)
    socket.on('message', (data: RawData) => {
      if (!muted.has(client)) attempt(() => behaviour.received(client, textOf(data), room))
    })
    socket.on('close', () => {
      muted.delete(client)
      if (clients.delete(client)) attempt(() => behaviour.gone?.(client, room))
    })
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if ((request.url ?? '').split('?', 1)[0] !== path) return
    wss.handleUpgrade(request, socket, head, connected)
  }
  http.on('upgrade', upgrade)

  const timer = tick && setInterval(() => {
    for (const client of clients) if (!muted.has(client)) attempt(() => tick.each(client, room))
  }, tick.everyMs)
  timer?.unref()

  const cut = (): void => {
    for (const client of clients) client.socket.terminate()
  }

  return {
    path,
    count: () => clients.size,
    mute() {
      for (const client of clients) {
        muted.add(client)
        client.socket.pause()
      }
    },
    cut,
    close() {
      clearInterval(timer)
      http.off('upgrade', upgrade)
      cut()
      return new Promise((resolve) => wss.close(() => resolve()))
    },
  }
}

const textOf = (data: RawData): string =>
  Array.isArray(data) ? Buffer.concat(data).toString() : data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString()

export type JsonObject = Readonly<Record<string, unknown>>

/** The frame as an object, or nothing when it is none. */
export const objectOf = (text: string): JsonObject | undefined => {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

/** A text for what should be one; numbers are told as texts. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
