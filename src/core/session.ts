import { createDriver, type Driver } from './connection.ts'
import type { Inbound } from './dialect.ts'
import { ChatError, ChatUsageError } from './errors.ts'
import { faceOf, rawBufferOf } from './face.ts'
import type { SessionOptions } from './options.ts'
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
  const { clock, dialect, createId } = context.options
  const { capabilities } = dialect
  const { emit, patch, run, snapshot } = context

  const received = (inbound: Inbound): void => {
    switch (inbound.type) {
      case 'bad':
        patch({ badFrames: snapshot().badFrames + 1 })
        emit('error', new ChatError('bad_frame', `A frame was skipped: ${inbound.reason}.`))
        return
      case 'ack':
        sending.acked(inbound)
        return
      case 'refused':
        if (!sending.refused(inbound) && !rooms.received(inbound)) {
          emit('error', new ChatError(inbound.code, inbound.message, { retryable: inbound.retry }))
        }
        return
      case 'entered':
      case 'page':
        inbound.messages.forEach(sending.seen)
        break
      case 'message':
        sending.seen(inbound.message)
    }
    rooms.received(inbound)
  }

  const raw = rawBufferOf(context, () => driver)
  const driver: Driver = createDriver(context, {
    ready(welcome) {
      const before = snapshot()
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
    tooBig: () => sending.tooBig(),
  })

  const typing = createTyping(clock, driver.say)
  const rooms = createRooms(context, {
    get isReady() {
      return driver.isReady
    },
    say: (command) => driver.isReady && driver.say(command),
    hasPending: (room) => sending.hasPending(room),
    entered: () => sending.pump(),
    denied: (room, error) => sending.denied(room, error),
  })
  const sending = createSending(context, { ...driver, isEntered: rooms.isEntered, need: rooms.need, release: rooms.release })
  const face = faceOf(context, { driver, raw, disposed: sending.dispose }, options.signal)

  const ifAlive = (work: () => void): void => {
    if (!face.isDisposed) run(work)
  }

  return Object.assign(face, {
    capabilities,
    enter(room: string) {
      text('room', room)
      ifAlive(() => rooms.enter(room))
    },
    leave(room: string) {
      ifAlive(() => rooms.leave(room))
    },
    sendMessage(message: { readonly room: string; readonly body: string }) {
      text('room', message.room)
      text('body', message.body)
      return face.isDisposed ? refusedByDispose(createId()) : run(() => sending.send(message))
    },
    retry: (clientId: string) => !face.isDisposed && run(() => sending.retry(clientId)),
    cancel: (clientId: string) => !face.isDisposed && run(() => sending.cancel(clientId)),
    loadHistory: ((room, range) => run(() => rooms.history(text('room', room), range))) as Session['loadHistory'],
    setTyping(room: string, on: boolean) {
      ifAlive(() => {
        if (capabilities.typing && driver.isReady && rooms.isEntered(room)) typing.set(room, on)
      })
    },
  })
}

/** The old object when the new one says the same, so that nothing looks changed. */
const keep = <T>(before: T, now: T): T => (JSON.stringify(before) === JSON.stringify(now) ? before : now)

const text = (name: string, value: string): string => {
  if (typeof value === 'string') return value
  throw new ChatUsageError(`\`${name}\` is ${String(value)}; give a text.`)
}

const refusedByDispose = (clientId: string) => ({
  clientId,
  settled: Promise.resolve({
    ok: false as const,
    error: new ChatError('cancelled', 'The session is over.', { clientId }),
  }),
})
