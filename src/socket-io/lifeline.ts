/** Signs of life of a Socket.IO connection: Engine.IO's heartbeat, and answers to our own questions. */
import type { Manager, Socket } from 'socket.io-client'
import type { TransportHandlers } from '../core/transport.ts'
import { PONG } from './words.ts'

export interface Lifeline {
  /** The engine exists from now on. */
  watch(): void
  /** Asks for a sign of life; the first time, whether the server can be asked. */
  ask(): void
  stop(): void
}

/** CONNECT_ERROR of Socket.IO's protocol. */
const REFUSED = 4

/** Refused by every server; the name is for those who read its log. */
export const NOWHERE = '/vue-chat-socket/ping'

interface EngineInside {
  _onClose?: (this: unknown, reason: string, details?: { readonly description?: string }) => void
}

/**
 * Engine.IO has a heartbeat of the server only, 45 s long by default, and no word for "are you there?". But a
 * server must answer when a client wants into a namespace, with a refusal when there is none of that name.
 * Whoever does not refuse the first knock is not asked again, and is left to Engine.IO's own time-out.
 */
export const createLifeline = (manager: Manager, mayAsk: boolean, handlers: TransportHandlers): Lifeline => {
  let nowhere: Socket | undefined
  let canAsk = false

  const onPacket = ({ nsp, type }: { readonly nsp: string; readonly type: number }): void => {
    if (nsp !== NOWHERE) return
    canAsk = type === REFUSED
    handlers.received(PONG)
  }

  const knock = (): void => {
    if (!nowhere) {
      manager.on('packet', onPacket)
      nowhere = manager.socket(NOWHERE)
      // A server that takes any namespace lets us in, and might take the next knock for one too many.
      nowhere.on('connect', () => nowhere?.disconnect())
    }
    // Two at once would get one answer too.
    if (!nowhere.active) nowhere.connect()
  }

  return {
    watch() {
      const { engine } = manager
      engine.on('packet', ({ type }) => {
        if (type !== 'message') handlers.alive?.()
      })
      trustOfflineNot(engine as unknown as EngineInside)
    },
    ask() {
      if (mayAsk && (canAsk || !nowhere)) knock()
      // Not within the call: an answer comes after its question.
      if (!canAsk) queueMicrotask(() => handlers.alive?.())
    },
    stop() {
      manager.off('packet', onPacket)
      nowhere?.off()
    },
  }
}

/** Engine.IO cuts the link when the browser says "offline", which is often wrong; the session asks the link instead. */
const trustOfflineNot = (engine: EngineInside): void => {
  const close = engine._onClose
  if (typeof close !== 'function') return
  engine._onClose = function (reason, details) {
    if (details?.description !== 'network connection lost') close.call(this, reason, details)
  }
}
