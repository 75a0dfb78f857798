import type { WireData, WireEvent } from './dialect.ts'
import type { ConnectTransport } from './transport.ts'

const isEvent = (data: WireData): data is WireEvent => typeof data === 'object' && 'event' in data

/** The environment's WebSocket. The only place that makes one. */
export const webSocketTransport: ConnectTransport = (url, protocols, handlers, about) => {
  if (typeof WebSocket === 'undefined') {
    throw new TypeError('No WebSocket here; pass `transport`.')
  }
  const socket = new WebSocket(url, [...protocols])
  if (about?.binaryType) socket.binaryType = about.binaryType
  socket.onopen = () => {
    handlers.opened()
  }
  socket.onmessage = (event) => {
    handlers.received(event.data)
  }
  // Every error is followed by a close, which tells more.
  socket.onerror = () => undefined
  socket.onclose = (event) => {
    handlers.closed(event.code, event.reason)
  }
  return {
    socket,
    send(data) {
      if (socket.readyState !== WebSocket.OPEN || isEvent(data)) return false
      socket.send(data)
      return true
    },
    close(code, reason) {
      socket.close(code, reason)
    },
  }
}
