/** Own messages on their way: one outbox, in order, at the server's pace. */
import type { Command, Inbound, WireData } from './dialect.ts'
import type { PendingMessage, ReceivedMessage, Result } from './domain.ts'
import { ChatError } from './errors.ts'
import * as outbox from './outbox.ts'
import { fullBucket, take, type Bucket } from './pacing.ts'
import type { Cancel, SessionContext } from './session-context.ts'
import type { SentMessage } from './session-types.ts'

type Limits = NonNullable<Extract<Inbound, { type: 'welcome' }>['limits']>
type Outcome = Result<{ readonly seq?: number; readonly createdAt: number }>

export interface SendingPort {
  /** Looks whether the link may be used now. */
  ensure(): boolean
  write(command: Command): WireData | undefined
  transmit(data: WireData): boolean
  isEntered(room: string): boolean
  /** A message waits for a room. */
  need(room: string): void
  /** A message of the room is settled. */
  release(room: string): void
}

export interface Sending {
  send(message: { readonly room: string; readonly body: string }): SentMessage
  retry(clientId: string): boolean
  cancel(clientId: string): boolean
  hasPending(room: string): boolean
  ready(limits: Limits | undefined): void
  lost(): void
  /** Sends what may be sent. */
  pump(): void
  acked(ack: { readonly clientId: string; readonly seq?: number; readonly createdAt: number }): void
  /** A message of the log: one of ours settles its entry, even before the ack. */
  seen(message: ReceivedMessage): void
  refused(refusal: Extract<Inbound, { type: 'refused' }>, clientId: string): void
  /** The room cannot be entered, so nothing can be sent there. */
  denied(room: string, error: ChatError): void
  dispose(): void
}

/** Pause after a refusal that told no time, in milliseconds. */
const HOLD_MS = 1_000

export const createSending = (context: SessionContext, port: SendingPort): Sending => {
  const { emit, options, patch } = context
  const { clock, dialect } = options
  const { maxCount } = options.outbox
  const waiters = new Map<string, (outcome: Outcome) => void>()
  let box = outbox.EMPTY_OUTBOX
  let limits: Limits | undefined
  let bucket: Bucket | undefined
  let holdUntil = -Infinity
  let cancelTimer: Cancel | undefined
  let isPumping = false

  const become = (next: outbox.Outbox): void => {
    box = next
    patch({ pendingCount: outbox.pendingCount(box) })
  }

  const settle = (clientId: string, outcome: Outcome): void => {
    waiters.get(clientId)?.(outcome)
    waiters.delete(clientId)
  }

  const reject = (clientId: string, error: ChatError): void => {
    const { box: next, entry } = outbox.refuse(box, clientId, maxCount)
    if (!entry) return
    become(next)
    rejected(entry, error)
    port.release(entry.room)
  }

  const rejected = ({ room, clientId }: PendingMessage, error: ChatError): void => {
    emit('rejected', { room, clientId, error })
    settle(clientId, { ok: false, error })
  }

  const pumpIn = (ms: number): void => {
    cancelTimer?.()
    cancelTimer = context.after(ms, () => {
      cancelTimer = undefined
      pump()
    })
  }

  /** @returns whether the next one may follow */
  const sendOne = (): boolean => {
    const entry = outbox.next(box, limits?.inflight ?? Infinity, port.isEntered)
    if (!entry) return false
    const { room, clientId, body } = entry
    if (limits && isTooLong(body, limits.bodyLength)) {
      reject(clientId, tooLong(entry, limits.bodyLength))
      return true
    }
    const data = port.write({ type: 'send', room, clientId, body })
    if (data === undefined) {
      reject(clientId, new ChatError('unsupported', 'This server takes no messages.', { room, clientId }))
      return true
    }
    const now = clock.monotonic()
    if (now < holdUntil) {
      pumpIn(holdUntil - now)
      return false
    }
    if (limits && bucket) {
      const taken = take(bucket, limits, now)
      bucket = taken.bucket
      if (taken.waitMs > 0) {
        pumpIn(taken.waitMs)
        return false
      }
    }
    // First, because the answer may come before the call returns.
    become(outbox.markSent(box, clientId))
    if (!port.transmit(data)) {
      become(outbox.requeue(box, clientId).box)
      return false
    }
    if (!dialect.capabilities.acks) acked({ clientId, createdAt: entry.createdAt })
    return true
  }

  const pump = (): void => {
    if (isPumping || box.queued.length === 0) return
    isPumping = true
    try {
      while (box.queued.length > 0 && port.ensure() && sendOne());
    } finally {
      isPumping = false
    }
  }

  const acked: Sending['acked'] = ({ clientId, seq, createdAt }) => {
    const { box: next, entry } = outbox.ack(box, clientId)
    if (!entry) return
    become(next)
    const proof = { ...(seq !== undefined && { seq }), createdAt }
    emit('acked', { room: entry.room, clientId, ...proof })
    settle(clientId, { ok: true, value: proof })
    port.release(entry.room)
    pump()
  }

  return {
    send({ room, body }) {
      const message: PendingMessage = { room, clientId: options.createId(), body, createdAt: clock.now() }
      const { clientId } = message
      const settled = new Promise<Outcome>((resolve) => waiters.set(clientId, resolve))
      const result = outbox.enqueue(box, message, options.outbox)
      emit('queued', message)
      if (limits && isTooLong(body, limits.bodyLength)) {
        become(outbox.keepFailed(box, message, maxCount))
        rejected(message, tooLong(message, limits.bodyLength))
      } else if (result.ok) {
        become(result.box)
        port.need(room)
        pump()
      } else {
        if (result.reason === 'full') become(outbox.keepFailed(box, message, maxCount))
        rejected(message, noPlace(message, result.reason))
      }
      return { clientId, settled }
    },
    retry(clientId) {
      const { box: next, entry } = outbox.retry(box, clientId, options.outbox)
      if (!entry) return false
      become(next)
      emit('retried', { room: entry.room, clientId })
      port.need(entry.room)
      pump()
      return true
    },
    cancel(clientId) {
      const { box: next, entry } = outbox.cancel(box, clientId)
      if (!entry) return false
      become(next)
      emit('cancelled', { room: entry.room, clientId })
      settle(clientId, { ok: false, error: cancelledError(entry) })
      port.release(entry.room)
      return true
    },
    hasPending: (room) => outbox.hasPending(box, room),
    ready(told) {
      limits = told && { ...told, inflight: Math.max(1, told.inflight) }
      bucket = limits && fullBucket(limits, clock.monotonic())
      holdUntil = -Infinity
      pump()
    },
    lost() {
      cancelTimer?.()
      cancelTimer = undefined
      const { box: next, unconfirmed } = outbox.requeueUnacked(box)
      become(next)
      for (const { room, clientId } of unconfirmed) emit('unconfirmed', { room, clientId })
    },
    pump,
    acked,
    seen(message) {
      const { clientId, author, seq, createdAt } = message
      const { user } = context.snapshot()
      if (clientId === undefined || (user && user.id !== author.id)) return
      acked({ clientId, ...(seq !== undefined && { seq }), createdAt })
    },
    refused({ code, message, retry, afterMs }, clientId) {
      if (!retry) {
        const room = box.inflight.find((e) => e.clientId === clientId)?.room
        reject(clientId, new ChatError(code, message, { clientId, ...(room !== undefined && { room }) }))
        pump()
        return
      }
      const { box: next, entry } = outbox.requeue(box, clientId)
      if (!entry) return
      become(next)
      holdUntil = Math.max(holdUntil, clock.monotonic() + (afterMs ?? HOLD_MS))
      pump()
    },
    denied(room, error) {
      for (const entry of box.queued.filter((e) => e.room === room)) {
        const { clientId } = entry
        reject(clientId, new ChatError(error.code, error.message, { room, clientId }))
      }
    },
    dispose() {
      cancelTimer?.()
      for (const clientId of [...waiters.keys()]) {
        settle(clientId, { ok: false, error: new ChatError('cancelled', 'The session is over.', { clientId }) })
      }
      become(outbox.EMPTY_OUTBOX)
    },
  }
}

// Code points, without walking through texts that are short enough anyway.
const isTooLong = (body: string, max: number): boolean => body.length > max && [...body].length > max

const tooLong = ({ room, clientId }: PendingMessage, max: number): ChatError =>
  new ChatError('body_too_long', `The message is longer than ${max} characters; shorten it.`, { room, clientId })

const noPlace = ({ room, clientId }: PendingMessage, reason: 'full' | 'too-large'): ChatError =>
  reason === 'full'
    ? new ChatError('outbox_full', 'Too many messages are waiting; send it again later.', { room, clientId, retryable: true })
    : new ChatError('body_too_long', 'The message is too long to be kept until it is sent.', { room, clientId })

const cancelledError = ({ room, clientId }: PendingMessage): ChatError =>
  new ChatError('cancelled', 'The message was taken back.', { room, clientId })
