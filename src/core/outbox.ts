/**
 * Messages that wait to be stored. Values in, values out.
 * Within a room nothing overtakes: an entry never leaves while a later one of its room is under way.
 */
import type { PendingMessage } from './domain.ts'

export interface OutboxEntry extends PendingMessage {
  /** Place in the order of sending; given by `enqueue` and `retry`. */
  readonly order: number
  /** An earlier try was not answered, so the server may have it already. */
  readonly isUnconfirmed: boolean
}

export interface Outbox {
  /** In order. */
  readonly queued: readonly OutboxEntry[]
  /** Handed to the wire, no answer yet; in order. */
  readonly inflight: readonly OutboxEntry[]
  /** Refused for good, kept for `retry`; the oldest first. */
  readonly failed: readonly OutboxEntry[]
  /** UTF-16 code units of text in `queued` and `inflight`. */
  readonly size: number
  readonly nextOrder: number
}

export interface OutboxCaps {
  readonly maxCount: number
  readonly maxSize: number
}

export type Enqueued =
  | { readonly ok: true; readonly box: Outbox }
  | { readonly ok: false; readonly reason: 'full' | 'too-large' }

/** The outbox after an operation on one entry, and the entry if there was one. */
export interface Changed {
  readonly box: Outbox
  readonly entry: OutboxEntry | undefined
}

export const EMPTY_OUTBOX: Outbox = { queued: [], inflight: [], failed: [], size: 0, nextOrder: 0 }

/** Messages without an ack. */
export const pendingCount = (box: Outbox): number => box.queued.length + box.inflight.length

export const hasPending = (box: Outbox, room: string): boolean =>
  box.inflight.some((e) => e.room === room) || box.queued.some((e) => e.room === room)

export const enqueue = (box: Outbox, message: PendingMessage, caps: OutboxCaps): Enqueued => {
  const { length } = message.body
  if (length > caps.maxSize) return { ok: false, reason: 'too-large' }
  if (pendingCount(box) >= caps.maxCount || box.size + length > caps.maxSize) return { ok: false, reason: 'full' }
  const entry: OutboxEntry = { ...message, order: box.nextOrder, isUnconfirmed: false }
  return {
    ok: true,
    box: { ...box, queued: [...box.queued, entry], size: box.size + length, nextOrder: box.nextOrder + 1 },
  }
}

/** Keeps a message that found no place, so that what a person wrote is not lost. */
export const keepFailed = (box: Outbox, message: PendingMessage, maxFailed: number): Outbox => {
  const entry: OutboxEntry = { ...message, order: box.nextOrder, isUnconfirmed: false }
  return { ...box, failed: [...box.failed, entry].slice(-maxFailed), nextOrder: box.nextOrder + 1 }
}

/** The entry that may leave next, if any. */
export const next = (
  box: Outbox,
  window: number,
  isOpenRoom: (room: string) => boolean,
): OutboxEntry | undefined => {
  if (box.inflight.length >= window) return undefined
  const blocked = new Set<string>()
  for (const entry of box.queued) {
    if (blocked.has(entry.room)) continue
    const isFree = isOpenRoom(entry.room) && !box.inflight.some((e) => e.room === entry.room && e.order > entry.order)
    if (isFree) return entry
    blocked.add(entry.room)
  }
  return undefined
}

export const markSent = (box: Outbox, clientId: string): Outbox => {
  const entry = find(box.queued, clientId)
  if (!entry) return box
  return { ...box, queued: without(box.queued, entry), inflight: insert(box.inflight, entry) }
}

/** The server has it, or an event showed that it does. An unknown id changes nothing. */
export const ack = (box: Outbox, clientId: string): Changed => {
  const inflight = find(box.inflight, clientId)
  if (inflight) return { box: { ...shrink(box, inflight), inflight: without(box.inflight, inflight) }, entry: inflight }
  const queued = find(box.queued, clientId)
  if (queued) return { box: { ...shrink(box, queued), queued: without(box.queued, queued) }, entry: queued }
  const failed = find(box.failed, clientId)
  if (failed) return { box: { ...box, failed: without(box.failed, failed) }, entry: failed }
  return { box, entry: undefined }
}

/** Refused for now: back to its place in the queue. */
export const requeue = (box: Outbox, clientId: string): Changed => {
  const entry = find(box.inflight, clientId)
  if (!entry) return { box, entry }
  return { box: { ...box, inflight: without(box.inflight, entry), queued: insert(box.queued, entry) }, entry }
}

/** Refused for good: kept for `retry`. */
export const refuse = (box: Outbox, clientId: string, maxFailed: number): Changed => {
  const entry = find(box.inflight, clientId) ?? find(box.queued, clientId)
  if (!entry) return { box, entry }
  return {
    box: {
      ...shrink(box, entry),
      inflight: without(box.inflight, entry),
      queued: without(box.queued, entry),
      failed: [...box.failed, entry].slice(-maxFailed),
    },
    entry,
  }
}

/** The link broke: what had no answer goes again, under the same id, before everything that came later. */
export const requeueUnacked = (box: Outbox): { readonly box: Outbox; readonly unconfirmed: readonly OutboxEntry[] } => {
  if (box.inflight.length === 0) return { box, unconfirmed: [] }
  const unconfirmed = box.inflight.map((e) => ({ ...e, isUnconfirmed: true }))
  const queued = [...unconfirmed, ...box.queued].sort((a, b) => a.order - b.order)
  return { box: { ...box, queued, inflight: [] }, unconfirmed }
}

/** A failed message goes to the end of the queue under its old id. */
export const retry = (box: Outbox, clientId: string, caps: OutboxCaps): Changed => {
  const entry = find(box.failed, clientId)
  if (!entry) return { box, entry }
  const result = enqueue({ ...box, failed: without(box.failed, entry) }, entry, caps)
  return result.ok ? { box: result.box, entry } : { box, entry: undefined }
}

/** Takes back what the server cannot have: queued and never handed to the wire, or refused. */
export const cancel = (box: Outbox, clientId: string): Changed => {
  const entry = find(box.queued, clientId)
  if (entry) {
    return entry.isUnconfirmed
      ? { box, entry: undefined }
      : { box: { ...shrink(box, entry), queued: without(box.queued, entry) }, entry }
  }
  const failed = find(box.failed, clientId)
  return failed ? { box: { ...box, failed: without(box.failed, failed) }, entry: failed } : { box, entry: undefined }
}

const find = (list: readonly OutboxEntry[], clientId: string): OutboxEntry | undefined =>
  list.find((e) => e.clientId === clientId)

const without = (list: readonly OutboxEntry[], entry: OutboxEntry): readonly OutboxEntry[] => {
  const index = list.indexOf(entry)
  return index < 0 ? list : list.toSpliced(index, 1)
}

const insert = (list: readonly OutboxEntry[], entry: OutboxEntry): readonly OutboxEntry[] => {
  const index = list.findIndex((e) => e.order > entry.order)
  return index < 0 ? [...list, entry] : list.toSpliced(index, 0, entry)
}

const shrink = (box: Outbox, entry: OutboxEntry): Outbox => ({ ...box, size: box.size - entry.body.length })
