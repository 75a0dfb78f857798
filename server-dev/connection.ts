/** One connection: hello, order, heartbeat, the way out, the end. */
import { randomBytes } from 'node:crypto'
import { CLOSE } from '../src/protocol/close-codes.ts'
import { decodeClientFrame } from '../src/protocol/decode-client.ts'
import { encode } from '../src/protocol/encode.ts'
import { ERROR_CODES, type ErrorCode } from '../src/protocol/error-codes.ts'
import type { Feature } from '../src/protocol/entities.ts'
import { HELLO_TIMEOUT_MS, type Limits } from '../src/protocol/limits.ts'
import { PROTOCOL_VERSION } from '../src/protocol/version.ts'
import type { Chat } from './chat.ts'
import { createCommands, type Commands } from './commands.ts'
import type { Member } from './hub.ts'
import { createBucket, createStrikes, type Rate } from './rate-limit.ts'
import { createTokenLife, expiryOf } from './token-life.ts'
import type { AuthResult } from './tokens.ts'
import type { Wire } from './wire.ts'

const FEATURES = ['edits', 'reactions', 'replies', 'around', 'search', 'mentions', 'attachments', 'membership', 'receipts'] as const satisfies Feature[]
/** Bytes in the way out from which on the connection is given up. */
const DROP_LIMIT = 1024 * 1024
const LAG_TIMEOUT_MS = 10_000
const SLOW_CLOSE_MS = 1_000
const FRAME_RATE = { perSecond: 200, burst: 2_000 }
/** Frames of any kind; more where more messages are allowed. */
const frameRate = ({ messagesPerSecond, burst }: Limits): Rate => ({
  perSecond: Math.max(FRAME_RATE.perSecond, messagesPerSecond * 2),
  burst: Math.max(FRAME_RATE.burst, burst * 2),
})
const BAD_JSON = { limit: 3, windowMs: 10_000 }
const BAD_FRAMES = { limit: 20, windowMs: 10_000 }
/** How long a muted socket is kept at most; whoever orphaned it never says goodbye. */
const MUTED_MS = 300_000

export interface Connection {
  readonly id: string
  readonly address: string
  userId(): string | undefined
  /** When it was last heard of, in milliseconds that only grow. */
  heardAt(): number
  close(code: number, reason: string): void
  /** Announces the end of the server and closes. */
  bye(reason: string, afterMs: readonly [number, number]): void
  /** Ends it without a close frame. */
  terminate(): void
  /** From now on nothing is read, written or answered; the TCP connection stays. */
  mute(): void
}

export const serve = (chat: Chat, wire: Wire, address: string): Connection => {
  const { settings, hub } = chat
  const id = randomBytes(9).toString('base64url')
  const now = (): number => performance.now()
  const silenceMs = settings.heartbeat.timeoutMs * 2
  const frameBudget = createBucket(frameRate(settings.limits), now())
  const isTooMuchBadJson = createStrikes(BAD_JSON.limit, BAD_JSON.windowMs)
  const isTooMuchBad = createStrikes(BAD_FRAMES.limit, BAD_FRAMES.windowMs)
  const waiting: string[] = []
  let phase: 'new' | 'checking' | 'ready' | 'closed' = 'new'
  let isMuted = false
  let isLagging = false
  let heardAt = now()
  let member: Member | undefined
  let commands: Commands | undefined
  let pings = 0
  const timers = new Map<string, NodeJS.Timeout>()

  const after = (name: string, ms: number, run: () => void): void => {
    clearTimeout(timers.get(name))
    timers.set(name, setTimeout(run, ms))
  }

  const write = (text: string): void => {
    if (isMuted || !wire.isOpen()) return
    if (wire.buffered() > DROP_LIMIT) giveUp()
    else wire.write(text)
  }

  const retire = (): void => {
    phase = 'closed'
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    waiting.length = 0
    if (!member) return
    hub.leaveAll(member)
    chat.directory.departed(member)
  }

  const log = (event: string, fields: Record<string, unknown> = {}): void => {
    settings.log({ level: 'info', event, connection: id, ...fields })
  }

  const close = (code: number, reason: string): void => {
    if (phase === 'closed') return
    retire()
    log('closing', { code, reason })
    if (!isMuted) wire.close(code, reason)
  }

  const terminate = (): void => {
    retire()
    wire.terminate()
  }

  // A close frame that queues behind a megabyte never arrives; the end must not wait for it.
  const giveUp = (): void => {
    if (phase === 'closed') return
    close(CLOSE.slowConsumer, 'this client reads too slowly')
    setTimeout(() => {
      wire.terminate()
    }, SLOW_CLOSE_MS)
  }

  const lag = (): void => {
    if (isLagging || phase !== 'ready') return
    isLagging = true
    if (wire.buffered() === 0) queueMicrotask(onDrain)
    else after('lag', LAG_TIMEOUT_MS, giveUp)
  }

  const onDrain = (): void => {
    if (!isLagging || !member || phase !== 'ready') return
    isLagging = false
    clearTimeout(timers.get('lag'))
    hub.drained(member)
    chat.receipts.drained(member)
  }

  const refuse = (code: ErrorCode, message: string, echo: { id?: number; clientId?: string } = {}): void => {
    write(encode({ type: 'error', ...echo, code, message, retry: ERROR_CODES[code].retry }))
  }

  const beat = (): void => {
    const tops = member && hub.tops(member)
    write(encode({ type: 'ping', n: ++pings, ...(tops && { tops }) }))
    after('beat', settings.heartbeat.intervalMs, beat)
  }

  const watchSilence = (): void => {
    const left = heardAt + silenceMs - now()
    if (left > 0) {
      after('silence', left, watchSilence)
      return
    }
    log('silent', { silenceMs })
    if (isMuted) retire()
    else terminate()
  }

  const handle = (text: string): void => {
    const decoded = decodeClientFrame(text)
    if (!decoded.ok) {
      const { code, message, id: request, clientId } = decoded
      refuse(code, message, { ...(request !== undefined && { id: request }), ...(clientId !== undefined && { clientId }) })
      if (code === 'unknown_type') return
      const isEnough = code === 'bad_json' ? isTooMuchBadJson(now()) : isTooMuchBad(now())
      if (isEnough) close(CLOSE.protocolViolation, 'too many frames that cannot be read')
      return
    }
    if (decoded.frame.type === 'hello') close(CLOSE.protocolViolation, 'a second hello')
    else if (decoded.frame.type === 'auth') void tokenLife.refresh(decoded.frame.token)
    else commands!.handle(decoded.frame)
  }

  const makeRoomFor = (userId: string): void => {
    const mine = [...chat.connections].filter((other) => other.userId() === userId)
    if (mine.length < settings.connections.perUser) return
    mine.sort((a, b) => a.heardAt() - b.heardAt())[0]!.close(CLOSE.superseded, 'too many connections of this user')
  }

  const tokenLife = createTokenLife({
    identify: chat.identify,
    userId: () => (phase === 'ready' ? member?.user.id : undefined),
    after: (ms, run) => after('expiry', ms, run),
    cancel: () => clearTimeout(timers.get('expiry')),
    refuse: (reason) => refuse('unauthorized', reason),
    renewed: (expiresAt) => write(encode({ type: 'authenticated', ...expiryOf(expiresAt) })),
    expired: () => close(CLOSE.tokenExpired, 'the token has expired'),
  })

  const welcome = (auth: AuthResult & { ok: true; token?: string }): void => {
    makeRoomFor(auth.user.id)
    member = { user: auth.user, rooms: new Set(), buffered: () => (isMuted ? 0 : wire.buffered()), write, lag }
    commands = createCommands(chat, member, () => {
      close(CLOSE.tooManyRequests, 'too many requests')
    })
    phase = 'ready'
    chat.directory.arrived(member)
    clearTimeout(timers.get('hello'))
    log('welcome', { user: auth.user.id })
    write(
      encode({
        type: 'welcome',
        version: PROTOCOL_VERSION,
        session: id,
        user: auth.user,
        ...(auth.token !== undefined && { token: auth.token }),
        ...expiryOf(auth.expiresAt),
        now: Date.now(),
        heartbeat: settings.heartbeat,
        limits: { ...settings.limits, ...(chat.files && { fileBytes: chat.files.settings.maxBytes, attachments: chat.files.settings.perMessage }) },
        rooms: settings.rooms.map(({ room, title }) => ({ room, title })),
        features: FEATURES.filter((feature) => (feature !== 'search' || chat.store().canSearch) && (feature !== 'attachments' || chat.files)),
      }),
    )
    // Spread, so that a thousand connections after a restart do not beat in step.
    after('beat', Math.random() * settings.heartbeat.intervalMs, beat)
    watchSilence()
    tokenLife.start(auth.expiresAt)
  }

  const hello = async (text: string): Promise<void> => {
    const decoded = decodeClientFrame(text)
    if (!decoded.ok) refuse(decoded.code, decoded.message)
    if (!decoded.ok || decoded.frame.type !== 'hello') {
      close(CLOSE.protocolViolation, 'the first frame must be hello')
      return
    }
    const { version, token } = decoded.frame
    if (version !== PROTOCOL_VERSION) {
      close(CLOSE.versionMismatch, `this server speaks version ${String(PROTOCOL_VERSION)}`)
      return
    }
    phase = 'checking'
    wire.pause()
    const auth = await chat.identify(token)
    if ((phase as string) === 'closed') return
    if (!isMuted) wire.resume()
    if (!auth.ok) {
      refuse('unauthorized', auth.reason)
      close(auth.code, auth.reason)
      return
    }
    welcome(auth)
    for (const frame of waiting.splice(0)) {
      if ((phase as string) === 'ready') handle(frame)
    }
  }

  const isDeaf = (): boolean => isMuted || phase === 'closed'

  wire.listen({
    received(text) {
      if (isDeaf()) return
      heardAt = now()
      if (frameBudget.take(heardAt) > 0) close(CLOSE.tooManyRequests, 'too many frames')
      else if (phase === 'new') void hello(text)
      else if (phase === 'checking') waiting.push(text)
      else handle(text)
    },
    alive() {
      heardAt = now()
    },
    drained: onDrain,
    violated(code, reason) {
      if (!isDeaf()) close(code, reason)
    },
    broken(error) {
      log('broken', { error: error.message })
    },
    closed(details) {
      retire()
      chat.connections.delete(connection)
      log('closed', details)
    },
  })
  after('hello', HELLO_TIMEOUT_MS, () => {
    close(CLOSE.helloTimeout, 'no hello in time')
  })

  const connection: Connection = {
    id,
    address,
    userId: () => (phase === 'closed' ? undefined : member?.user.id),
    heardAt: () => heardAt,
    close,
    bye(reason, afterMs) {
      if (phase === 'ready') write(encode({ type: 'bye', code: CLOSE.shutdown, reason, afterMs }))
      close(CLOSE.shutdown, reason)
    },
    terminate,
    mute() {
      if (isMuted || phase === 'closed') return
      isMuted = true
      wire.mute()
      setTimeout(() => {
        wire.terminate()
      }, MUTED_MS).unref()
    },
  }
  chat.connections.add(connection)
  log('opened', { address })
  return connection
}
