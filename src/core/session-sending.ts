/** Own messages on their way: one outbox, in order, at the server's pace. */
import type { Command, Inbound, WireData } from './dialect.ts'
import type { OutgoingMessage, PendingMessage, ReceivedMessage, Result, StoredMessage } from './domain.ts'
import { ChatError } from './errors.ts'
import { createOutbox, type OutboxCaps } from './outbox.ts'
import { fullBucket, take, type Bucket } from './pacing.ts'
import type { Cancel, SessionContext } from './session-context.ts'
import type { SentMessage } from './session-types.ts'

type Limits = NonNullable<Extract<Inbound, { type: 'welcome' }>['limits']>
type Refusal = Extract<Inbound, { type: 'refused' }>
type Proof = { readonly seq?: number | undefined; readonly createdAt: number }

export interface SendingPort {
  readonly caps: OutboxCaps
  /** Makes client ids. */
  createId(): string
  /** Looks whether the link may be used now. */
  ensure(): boolean
  write(command: Command): WireData | undefined
  transmit(data: WireData): boolean
  /** The link is open but the server does not do its work: give it up. */
  terminate(reason: string): void
  isEntered(room: string): boolean
  /** A message waits for a room. */
  need(room: string): void
  /** A message of the room is settled. */
  release(room: string): void
}

export interface Sending {
  send(message: OutgoingMessage): SentMessage
  retry(clientId: string): boolean
  cancel(clientId: string): boolean
  /** What an earlier session left. */
  restore(messages: readonly StoredMessage[]): void
  hasPending(room: string): boolean
  ready(limits: Limits | undefined): void
  lost(): void
  /** Sends what may be sent. */
  pump(): void
  acked(ack: Proof & { readonly clientId: string; readonly duplicate?: boolean }): void
  /** A message of the log: one of ours settles its entry, even before the ack. */
  seen(message: Omit<ReceivedMessage, 'room'>): void
  refused(refusal: Refusal): boolean
  /** The room cannot be entered, so nothing can be sent there. */
  denied(room: string, error: ChatError): void
  /** The server closed because a frame was too big. @returns whether a message of ours is to blame; it fails */
  tooBig(): boolean
  /** Somebody else is signed in: what the former user wrote must not go out as theirs. */
  abandon(): void
  dispose(): void
}

/** Pause after a refusal that told no time, in milliseconds. */
const HOLD_MS = 1_000

/** How long a message may stay unanswered on a live link before the connection is replaced, in milliseconds. */
export const ACK_TIMEOUT_MS = 20_000

export const createSending = (context: SessionContext, port: SendingPort): Sending => {
  const { after, emit, options, patch, snapshot } = context
  const { clock, dialect } = options
  const waiters = new Map<string, (outcome: Result<Proof>) => void>()
  const box = createOutbox(port.caps)
  let limits: Limits | undefined
  let bucket: Bucket | undefined
  let holdUntil = -Infinity
  let cancelPump: Cancel | undefined
  let cancelPatience: Cancel | undefined
  let isPumping = false

  const settle = (clientId: string, outcome: Result<Proof>): void => {
    patch({ pendingCount: box.pendingCount })
    waiters.get(clientId)?.(outcome)
    waiters.delete(clientId)
  }

  const reject = (message: PendingMessage, code: string, text: string, retryable = false): void => {
    const { room, clientId } = message
    const error = new ChatError(code, text, { room, clientId, retryable })
    box.fail(message)
    emit('rejected', { room, clientId, error })
    settle(clientId, { ok: false, error })
    port.release(room)
  }

  const pumpIn = (ms: number): void => {
    cancelPump?.()
    cancelPump = after(ms, pump)
  }

  const stopWaiting = (): void => {
    cancelPatience?.()
    cancelPatience = undefined
  }

  /** Starts anew with each answer, so that a long queue is not mistaken for a deaf server. */
  const bePatient = (): void => {
    cancelPatience ??= after(ACK_TIMEOUT_MS, () => {
      cancelPatience = undefined
      for (const { phase } of box.entries()) {
        if (phase === 'inflight') {
          port.terminate('The server did not confirm a message in time.')
          return
        }
      }
    })
  }

  const isTooLong = ({ body }: PendingMessage): boolean => {
    const max = limits?.bodyLength ?? Infinity
    // Code points, without walking through texts that are short enough anyway.
    return body.length > max && [...body].length > max
  }
  const tooLong = (message: PendingMessage): void =>
    reject(message, 'body_too_long', `The message is longer than ${limits?.bodyLength} characters; shorten it.`)

  /** @returns whether the next one may follow */
  const sendOne = (): boolean => {
    const entry = box.next(limits ? Math.max(1, limits.inflight) : Infinity, port.isEntered)
    if (!entry) return false
    const { room, clientId, body, createdAt, kind, target, replyTo, mentions, attachments } = entry
    const data = port.write({ type: 'send', room, clientId, body, kind, target, replyTo, mentions, attachments })
    if (isTooLong(entry)) tooLong(entry)
    else if (clock.now() - createdAt > port.caps.maxAge) reject(entry, 'expired', 'The message waited too long to be sent by itself.', true)
    else if (data === undefined) reject(entry, 'unsupported', 'This server takes no messages.')
    else {
      const now = clock.monotonic()
      let waitMs = holdUntil - now
      if (waitMs <= 0 && limits && bucket) ({ bucket, waitMs } = take(bucket, limits, now))
      if (waitMs > 0) {
        pumpIn(waitMs)
        return false
      }
      // First, because the answer may come before the call returns.
      box.sent(clientId)
      if (!port.transmit(data)) {
        box.requeue(clientId)
        return false
      }
      if (dialect.capabilities.acks) bePatient()
      else acked({ clientId, createdAt })
    }
    return true
  }

  const pump = (): void => {
    if (isPumping) return
    isPumping = true
    try {
      while (box.pendingCount > 0 && port.ensure() && sendOne());
    } finally {
      isPumping = false
    }
  }

  const acked: Sending['acked'] = ({ clientId, seq, createdAt, duplicate }) => {
    const entry = box.ack(clientId)
    if (!entry) return
    const { room } = entry
    stopWaiting()
    if (box.pendingCount) bePatient()
    emit('acked', { room, clientId, seq, createdAt, ...(duplicate && { duplicate }) })
    settle(clientId, { ok: true, value: { seq, createdAt } })
    port.release(room)
    pump()
  }

  const go = (room: string): void => {
    patch({ pendingCount: box.pendingCount })
    port.need(room)
    pump()
  }

  return {
    send({ room, body, kind, target, replyTo, mentions, attachments, clientId = port.createId() }) {
      const message: PendingMessage = { room, clientId, body, createdAt: clock.now(), kind, target, replyTo, mentions, attachments }
      const told = waiters.get(clientId)
      const settled = new Promise<Result<Proof>>((resolve) => {
        waiters.set(clientId, (outcome) => {
          told?.(outcome)
          resolve(outcome)
        })
      })
      if (box.get(clientId)) return { clientId, settled }
      emit('queued', message)
      if (isTooLong(message)) tooLong(message)
      else {
        const noPlace = box.enqueue(message)
        if (!noPlace) go(room)
        else if (noPlace === 'full') reject(message, 'outbox_full', 'Too many messages are waiting; send it again later.', true)
        else reject(message, 'body_too_long', 'The message is too long to be kept until it is sent.')
      }
      return { clientId, settled }
    },
    retry(clientId) {
      const entry = box.retry(clientId, clock.now())
      if (!entry) return false
      emit('retried', { room: entry.room, clientId })
      go(entry.room)
      return true
    },
    cancel(clientId) {
      const entry = box.cancel(clientId)
      if (!entry) return false
      const { room } = entry
      emit('cancelled', { room, clientId })
      settle(clientId, { ok: false, error: new ChatError('cancelled', 'The message was taken back.', { room, clientId }) })
      port.release(room)
      return true
    },
    restore(messages) {
      const failed = messages.filter(({ clientId, failure }) => failure && !box.get(clientId))
      for (const { failure, ...message } of failed) {
        emit('queued', message)
        reject(message, failure!.code, failure!.message)
      }
      for (const message of box.restore(messages.filter(({ failure }) => !failure))) {
        const { room, clientId } = message
        emit('queued', message)
        emit('unconfirmed', { room, clientId })
        go(room)
      }
    },
    hasPending: box.hasPending,
    ready(told) {
      limits = told
      bucket = limits && fullBucket(limits, clock.monotonic())
      holdUntil = -Infinity
      pump()
    },
    lost() {
      cancelPump?.()
      stopWaiting()
      for (const { room, clientId } of box.requeueUnacked()) emit('unconfirmed', { room, clientId })
    },
    pump,
    acked,
    seen({ clientId, author, seq, createdAt }) {
      const { user } = snapshot()
      if (clientId !== undefined && (!user || user.id === author.id)) acked({ clientId, seq, createdAt })
    },
    refused({ clientId, code, message, retry, afterMs = HOLD_MS }) {
      if (clientId === undefined) return false
      const entry = box.get(clientId)
      if (entry?.phase === 'inflight') {
        if (retry) {
          box.requeue(clientId)
          holdUntil = Math.max(holdUntil, clock.monotonic() + afterMs)
        } else reject(entry, code, message)
        pump()
      }
      return true
    },
    denied(room, { code, message }) {
      for (const entry of [...box.entries()]) if (entry.room === room && entry.phase === 'queued') reject(entry, code, message)
    },
    tooBig() {
      const inflight = [...box.entries()].filter(({ phase }) => phase === 'inflight')
      const [biggest] = inflight.sort((a, b) => b.body.length - a.body.length)
      if (biggest) reject(biggest, 'body_too_long', 'The message is bigger than the server takes; shorten it.')
      return biggest !== undefined
    },
    abandon() {
      for (const { room, clientId, phase } of [...box.entries()]) {
        if (phase === 'failed') continue
        box.ack(clientId)
        emit('cancelled', { room, clientId })
        settle(clientId, { ok: false, error: new ChatError('cancelled', 'Somebody else signed in.', { room, clientId }) })
        port.release(room)
      }
    },
    dispose() {
      cancelPump?.()
      stopWaiting()
      for (const clientId of [...waiters.keys()]) {
        settle(clientId, { ok: false, error: new ChatError('cancelled', 'The session is over.', { clientId }) })
      }
      patch({ pendingCount: 0 })
    },
  }
}
