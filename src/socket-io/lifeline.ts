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

/** Refused by every server; the name is for those who read its log. */
export const NOWHERE = '/vue-chat-socket/ping'

interface EngineInside {
  _onClose?: (this: unknown, reason: string, details?: { readonly description?: string }) => void
}

/**
 * Engine.IO has a heartbeat of the server only, 45 s long by default, and no word for "are you there?". But a
 * server must answer when a client wants into a namespace, with a refusal when there is none of that name.
 * Whoever has not answered once is not asked again, and is left to Engine.IO's own time-out.
 */
export const createLifeline = (manager: Manager, mayAsk: boolean, handlers: TransportHandlers): Lifeline => {
  let nowhere: Socket | undefined
  let hasAsked = false
  let hasAnswered = false

  const onPacket = ({ nsp }: { readonly nsp: string }): void => {
    if (nsp !== NOWHERE) return
    hasAnswered = true
    handlers.received(PONG)
  }

  const knock = (): void => {
    hasAsked = true
    if (!nowhere) {
      manager.on('packet', onPacket)
      nowhere = manager.socket(NOWHERE)
      // A server that takes any namespace lets us in.
      nowhere.on('connect', () => nowhere?.disconnect())
    }
    nowhere.connect()
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
      if (mayAsk && (hasAnswered || !hasAsked)) knock()
      // Not within the call: an answer comes after its question.
      if (!hasAnswered) queueMicrotask(() => handlers.alive?.())
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
