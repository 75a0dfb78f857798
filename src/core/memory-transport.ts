/** A wire without a network, driven by hand. */
import type { WireData } from './dialect.ts'
import type { ConnectTransport, TransportHandlers } from './transport.ts'

export interface MemorySocket {
  readonly url: string
  readonly protocols: readonly string[]
  /** Everything that the session handed over, in order. */
  readonly sent: readonly WireData[]
  readonly state: 'connecting' | 'open' | 'closed'
  /** What the session closed it with. */
  readonly closedWith: { readonly code: number | undefined; readonly reason: string | undefined } | undefined
  /** The server accepts. */
  open(): void
  /** A frame arrives. Also works on a socket that the session gave up, to test late events. */
  receive(data: unknown): void
  /** The connection ends. @param code @default 1006 */
  drop(code?: number, reason?: string): void
}

export interface MemoryTransport {
  readonly connect: ConnectTransport
  /** Every socket that was ever started. */
  readonly sockets: readonly MemorySocket[]
  /** The newest one. Throws when there is none. */
  current(): MemorySocket
  /** Called with each new socket; a server attaches itself here. */
  onConnect(listener: (socket: MemorySocket, onSent: (listener: (data: WireData) => void) => void) => void): void
}

export const createMemoryTransport = (): MemoryTransport => {
  const sockets: MemorySocket[] = []
  const listeners: Parameters<MemoryTransport['onConnect']>[0][] = []
  return {
    sockets,
    connect(url, protocols, handlers) {
      const { socket, transport, onSent } = createPair(url, protocols, handlers)
      sockets.push(socket)
      for (const listener of listeners) listener(socket, onSent)
      return transport
    },
    current() {
      const socket = sockets.at(-1)
      if (!socket) throw new Error('No connection was started yet; call session.open() first.')
      return socket
    },
    onConnect(listener) {
      listeners.push(listener)
    },
  }
}

const createPair = (url: string, protocols: readonly string[], handlers: TransportHandlers) => {
  const sent: WireData[] = []
  const readers: ((data: WireData) => void)[] = []
  let state: MemorySocket['state'] = 'connecting'
  let closedWith: MemorySocket['closedWith']
  const socket: MemorySocket = {
    url,
    protocols,
    sent,
    get state() {
      return state
    },
    get closedWith() {
      return closedWith
    },
    open() {
      if (state === 'connecting') state = 'open'
      handlers.opened()
    },
    receive(data) {
      handlers.received(data)
    },
    drop(code = 1006, reason = '') {
      state = 'closed'
      handlers.closed(code, reason)
    },
  }
  const transport = {
    socket,
    send(data: WireData) {
      if (state !== 'open') return false
      sent.push(data)
      for (const read of readers) read(data)
      return true
    },
    close(code?: number, reason?: string) {
      closedWith ??= { code, reason }
      state = 'closed'
    },
  }
  const onSent = (listener: (data: WireData) => void): void => {
    readers.push(listener)
  }
  return { socket, transport, onSent }
}
