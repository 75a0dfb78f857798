import { createConnection } from './connection.ts'
import type { Command, Inbound } from './dialect.ts'
import { ChatError, ChatUsageError } from './errors.ts'
import type { SessionOptions } from './options.ts'
import { createRawBuffer } from './raw-buffer.ts'
import { createContext } from './session-context.ts'
import { resolveOptions } from './session-options.ts'
import { createRooms } from './session-rooms.ts'
import { createSending } from './session-sending.ts'
import type { Session } from './session-types.ts'
import { createTyping } from './typing.ts'

/**
 * A conversation with a server that survives the connection under it. Does nothing until `open()`.
 * @throws ChatUsageError when an option can never work
 */
export const createSession = (options: SessionOptions): Session => {
  const context = createContext(resolveOptions(options))
  const { clock, dialect } = context.options
  const { capabilities } = dialect
  const { emit, patch, run } = context
  let isDisposed = false

  const say = (command: Command): boolean => connection.isReady && connection.say(command)

  const received = (inbound: Inbound): void => {
    switch (inbound.type) {
      case 'bad':
        patch({ badFrames: context.snapshot().badFrames + 1 })
        emit('error', new ChatError('bad_frame', `A frame was skipped: ${inbound.reason}.`))
        return
      case 'ack':
        sending.acked(inbound)
        return
      case 'refused':
        refused(inbound)
        return
      case 'entered':
      case 'page':
        for (const message of inbound.messages) sending.seen(message)
        break
      case 'message':
        sending.seen({ ...inbound.message, room: inbound.message.room ?? rooms.first() })
    }
    rooms.received(inbound)
  }

  const refused = (inbound: Extract<Inbound, { type: 'refused' }>): void => {
    const { clientId, code, retry } = inbound
    if (clientId !== undefined) sending.refused(inbound, clientId)
    else if (!rooms.received(inbound)) emit('error', new ChatError(code, inbound.message, { retryable: retry }))
  }

  const connection = createConnection(context, {
    ready(welcome) {
      const before = context.snapshot()
      const user = keep(before.user, welcome?.user ?? before.user)
      const list = keep(before.rooms, welcome?.rooms ?? [])
      patch({ user, rooms: list, maxLength: welcome?.limits?.bodyLength })
      if (user && welcome) emit('welcome', { user, rooms: list })
      rooms.ready()
      raw.flush()
      sending.ready(welcome?.limits)
    },
    lost() {
      rooms.lost()
      sending.lost()
      typing.reset()
    },
    received,
    room: () => rooms.first(),
  })

  const raw = createRawBuffer((data) => connection.ensure() && connection.transmit(data))
  const typing = createTyping(clock, say)
  const rooms = createRooms(context, {
    isReady: () => connection.isReady,
    say,
    hasPending: (room) => sending.hasPending(room),
    entered: () => {
      sending.pump()
    },
    denied: (room, error) => {
      sending.denied(room, error)
    },
  })
  const sending = createSending(context, {
    ensure: () => connection.ensure(),
    write: connection.write,
    transmit: connection.transmit,
    isEntered: rooms.isEntered,
    need: rooms.need,
    release: rooms.release,
  })

  /** Commands mean nothing once everything is forgotten. */
  const command = <A extends unknown[]>(work: (...args: A) => void) => {
    return (...args: A): void => {
      if (isDisposed) return
      run(() => {
        work(...args)
      })
    }
  }

  return {
    capabilities,
    snapshot: context.snapshot,
    subscribe: context.subscribe,
    on: context.on,
    open: command(connection.connect),
    reconnect: command(connection.connect),
    close: command((code = 1000, reason?: string) => {
      connection.disconnect(closeCode(code), reason === undefined ? undefined : shortReason(reason))
    }),
    wake: command(() => {
      connection.wake()
    }),
    suspectOffline: command(connection.suspect),
    enter: command((room: string) => {
      rooms.enter(text('room', room))
    }),
    leave: command(rooms.leave),
    sendMessage(message) {
      text('room', message.room)
      text('body', message.body)
      if (isDisposed) return refusedByDispose(context.options.createId())
      return run(() => sending.send(message))
    },
    retry: (clientId) => !isDisposed && run(() => sending.retry(clientId)),
    cancel: (clientId) => !isDisposed && run(() => sending.cancel(clientId)),
    loadHistory: (room, range) => run(() => rooms.history(text('room', room), range)),
    setTyping: command((room: string, on: boolean) => {
      if (capabilities.typing && rooms.isEntered(room)) typing.set(room, on)
    }),
    sendRaw: (data, useBuffer = true) => !isDisposed && run(() => raw.send(data, useBuffer)),
    socket: () => connection.socket,
    dispose() {
      if (isDisposed) return
      run(() => {
        connection.disconnect(1000, undefined)
        sending.dispose()
        raw.clear()
        isDisposed = true
      })
      context.silence()
    },
  }
}

/** The old object when the new one says the same, so that nothing looks changed. */
const keep = <T>(before: T, now: T): T => (JSON.stringify(before) === JSON.stringify(now) ? before : now)

const text = (name: string, value: unknown): string => {
  if (typeof value === 'string') return value
  throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a text.`)
}

const closeCode = (code: number): number => {
  if (code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999)) return code
  throw new ChatUsageError(`Close code ${code} is not for clients; use 1000, or one from 3000 to 4999.`)
}

// A close frame has room for 123 bytes of reason; WebSocket throws for more.
const shortReason = (reason: string): string => {
  const encoder = new TextEncoder()
  let short = reason
  while (encoder.encode(short).length > 123) short = short.slice(0, -1)
  return short
}

const refusedByDispose = (clientId: string) => ({
  clientId,
  settled: Promise.resolve({
    ok: false as const,
    error: new ChatError('cancelled', 'The session is over.', { clientId }),
  }),
})
