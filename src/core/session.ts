import { LOCAL_FIRST_MS } from './backoff.ts'
import { createDriver } from './connection.ts'
import type { Driver } from './driver.ts'
import { rememberAnswers } from './credentials.ts'
import type { Inbound } from './dialect.ts'
import type { OutgoingMessage } from './domain.ts'
import { checkText } from './check-options.ts'
import { ChatError } from './errors.ts'
import { createId as randomId } from './ids.ts'
import { faceOf, rawBufferOf } from './face.ts'
import type { SessionOptions } from './options.ts'
import { createContext } from './session-context.ts'
import { resolveOptions, withDefaults } from './session-options.ts'
import { createRenewal } from './renewal.ts'
import { createRooms } from './session-rooms.ts'
import { createSending } from './session-sending.ts'
import type { Session } from './session-types.ts'
import { createTyping } from './typing.ts'
import { withBase } from './urls.ts'

/**
 * A conversation with a server that survives the connection under it. Does nothing until `open()`.
 * @throws ChatUsageError when an option can never work
 */
export const createSession = (options: SessionOptions): Session => {
  const resolved = resolveOptions({ ...options, url: withBase(options.url, options.base) })
  const answers = rememberAnswers(resolved)
  const context = createContext({ ...resolved, ...answers })
  const { createId = randomId } = options
  const { clock, dialect } = context.options
  let guestToken: string | undefined
  /** How many wait for what an earlier session left. */
  let holds = 0
  /** Whom the server took the messages from so far. */
  let owner: string | undefined
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
      case 'authenticated':
        renewal.start(inbound.expiresInMs)
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

  const raw = rawBufferOf(context, () => driver, options.outbox?.maxCount)
  const driver: Driver = createDriver(context, {
    ready(welcome) {
      const before = snapshot()
      const user = keep(before.user, welcome?.user ?? before.user)
      const list = keep(before.rooms, welcome?.rooms ?? [])
      const features = keep(before.features, welcome?.features)
      const { bodyLength: maxLength, fileBytes: maxFileSize, attachments: maxFiles } = welcome?.limits ?? {}
      patch({ user, rooms: list, features, maxLength, maxFileSize, maxFiles })
      if (user && welcome) emit('welcome', { user, rooms: list, features })
      guestToken = welcome?.token ?? guestToken
      // A guest whose proof was refused is another one to the server, but the same person.
      if (owner !== undefined && user && owner !== user.id && guestToken === undefined) sending.abandon()
      if (welcome) owner = user?.id
      renewal.start(welcome?.expiresInMs)
      rooms.ready()
      raw.flush()
      sending.ready(welcome?.limits)
    },
    lost() {
      renewal.stop()
      rooms.lost()
      sending.lost()
      typing.reset()
    },
    received,
    room: () => rooms.first(),
    revise(loss) {
      const { kind, closeCode } = loss.cause
      // A guest whose proof is refused comes back as a new one.
      if (kind === 'auth' && guestToken !== undefined) {
        guestToken = undefined
        return { ...loss, action: 'refresh' }
      }
      if (closeCode !== 1009 || !capabilities.acks) return loss
      // What was too big must not come again. Without a message to blame it would.
      return sending.tooBig() ? { ...loss, firstMs: LOCAL_FIRST_MS } : { ...loss, action: 'stop' }
    },
    guestToken: () => guestToken,
  })

  const renewal = createRenewal(context, {
    // A fixed token would only be told again.
    canSay: () => typeof options.token === 'function' && driver.write({ type: 'auth', token: '' }) !== undefined,
    say: (token) => driver.say({ type: 'auth', token }),
  })
  const typing = createTyping(clock, driver.say)
  const rooms = createRooms(context, {
    isReady: () => holds === 0 && driver.isReady(),
    say: (command) => driver.isReady() && driver.say(command),
    hasPending: (room) => sending.hasPending(room),
    entered: () => sending.pump(),
    denied: (room, error) => sending.denied(room, error),
  })
  const sending = createSending(context, {
    ...driver,
    ensure: () => holds === 0 && driver.ensure(),
    createId,
    caps: withDefaults({ maxCount: 1_000, maxSize: 1_000_000, maxAge: 86_400_000 }, options.outbox),
    isEntered: rooms.isEntered,
    need: rooms.need,
    release: rooms.release,
  })
  const face = faceOf(context, { driver, raw, disposed: sending.dispose }, options.signal)

  const ifAlive = (work: () => void): void => {
    if (!face.isDisposed()) run(work)
  }

  return Object.assign(face, {
    capabilities,
    enter(room: string) {
      check(room)
      ifAlive(() => rooms.enter(room))
    },
    leave(room: string) {
      ifAlive(() => rooms.leave(room))
    },
    sendMessage(message: OutgoingMessage) {
      check(message.room, message.body)
      return face.isDisposed() ? refusedByDispose(createId()) : run(() => sending.send(message))
    },
    retry: (clientId: string) => !face.isDisposed() && run(() => sending.retry(clientId)),
    cancel: (clientId: string) => !face.isDisposed() && run(() => sending.cancel(clientId)),
    report(error: ChatError) {
      ifAlive(() => emit('error', error))
    },
    hold() {
      holds += 1
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        holds -= 1
        ifAlive(() => {
          if (holds > 0) return
          rooms.ready()
          sending.pump()
        })
      }
    },
    restore({ messages = [], rooms: stored = [] }: Parameters<Session['restore']>[0]) {
      ifAlive(() => {
        rooms.restore(stored)
        sending.restore(messages)
      })
    },
    loadHistory: ((room, range) => {
      check(room)
      return run(() => rooms.history(room, range))
    }) as Session['loadHistory'],
    ask: ((what, request) => run(() => rooms.ask(what, request))) as Session['ask'],
    credentials: (isFresh?: boolean) => answers.get(isFresh, guestToken),
    mark(room: string, mark: Parameters<Session['mark']>[1]) {
      ifAlive(() => {
        if (capabilities.receipts) rooms.mark(room, mark)
      })
    },
    setTyping(room: string, on: boolean) {
      ifAlive(() => {
        if (capabilities.typing && driver.isReady() && rooms.isEntered(room)) typing.set(room, on)
      })
    },
  })
}

/** The old object when the new one says the same, so that nothing looks changed. */
const keep = <T>(before: T, now: T): T => (JSON.stringify(before) === JSON.stringify(now) ? before : now)

/** In development a mistake is told where it is made. */
const check = (room: string, body = ''): void => {
  if (process.env.NODE_ENV === 'production') return
  checkText('room', room)
  checkText('body', body)
}

const refusedByDispose = (clientId: string) => ({
  clientId,
  settled: Promise.resolve({
    ok: false as const,
    error: new ChatError('cancelled', 'The session is over.', { clientId }),
  }),
})
