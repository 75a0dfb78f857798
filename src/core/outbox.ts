/**
 * Messages that wait to be stored, in the order of sending. Keeps books; knows neither wire nor time.
 * Within a room nothing overtakes: an entry never leaves while a later one of its room is under way.
 */
import type { PendingMessage } from './domain.ts'

export interface OutboxEntry extends PendingMessage {
  /** `inflight`: handed to the wire, no answer yet. `failed`: refused for good, kept for `retry`. */
  readonly phase: 'queued' | 'inflight' | 'failed'
  /** It was handed to the wire before. */
  readonly wasSent: boolean
  /** An earlier try was not answered, so the server may have it already. */
  readonly isUnconfirmed: boolean
}

export interface OutboxCaps {
  /** Messages that may wait, and failed ones that are kept. */
  readonly maxCount: number
  /** UTF-16 code units of text that may wait. */
  readonly maxSize: number
  /** How long a message may wait, in milliseconds. */
  readonly maxAge: number
}

export interface Outbox {
  /** Messages without an ack. */
  readonly pendingCount: number
  /** UTF-16 code units of text in them. */
  readonly size: number
  entries(): Iterable<OutboxEntry>
  get(clientId: string): OutboxEntry | undefined
  hasPending(room: string): boolean
  /** @returns why there is no place; the message is then kept as failed when it is small enough to be tried again */
  enqueue(message: PendingMessage): 'full' | 'too-large' | undefined
  /** The entry that may leave next. */
  next(window: number, isOpenRoom: (room: string) => boolean): OutboxEntry | undefined
  sent(clientId: string): void
  /** Messages of an earlier session, which go before all that was not handed to the wire yet; the server may have them. @returns those that were not known */
  restore(messages: readonly PendingMessage[]): readonly PendingMessage[]
  /** Refused for now: it goes again, before everything that came later. @returns what was under way */
  requeue(clientId: string): OutboxEntry | undefined
  /** The link broke: what had no answer goes again, under the same id. @returns those */
  requeueUnacked(): readonly OutboxEntry[]
  /** The server has it, or an event showed that it does. @returns what waited */
  ack(clientId: string): OutboxEntry | undefined
  /** Keeps a message as failed, whether it waited or is new, and forgets the oldest failed one when they are too many. */
  fail(message: PendingMessage): void
  /** A failed message goes to the end of the queue under its old id, as if written now. @returns it, when there was a place */
  retry(clientId: string, now: number): OutboxEntry | undefined
  /** Takes back what the server cannot have: queued and never handed to the wire, or refused. */
  cancel(clientId: string): OutboxEntry | undefined
}

export const createOutbox = ({ maxCount, maxSize }: Omit<OutboxCaps, 'maxAge'>): Outbox => {
  // A map keeps the order of insertion, and changing an entry keeps its place.
  const all = new Map<string, OutboxEntry>()
  let size = 0
  let failed = 0
  let inflight = 0
  /** The same per room. */
  const inflightIn = new Map<string, number>()

  const count = ({ phase, room, body }: OutboxEntry, by: 1 | -1): void => {
    if (phase === 'failed') failed += by
    else size += by * body.length
    if (phase !== 'inflight') return
    inflight += by
    inflightIn.set(room, (inflightIn.get(room) ?? 0) + by)
  }

  const put = (entry: OutboxEntry): OutboxEntry => {
    take(all.get(entry.clientId), true)
    all.set(entry.clientId, entry)
    count(entry, 1)
    return entry
  }

  /** @param keepPlace it is about to be put again */
  const take = (entry: OutboxEntry | undefined, keepPlace = false): OutboxEntry | undefined => {
    if (!entry) return undefined
    if (!keepPlace) all.delete(entry.clientId)
    count(entry, -1)
    return entry
  }

  const isOf = (clientId: string, phase: OutboxEntry['phase']): OutboxEntry | undefined => {
    const entry = all.get(clientId)
    return entry?.phase === phase ? entry : undefined
  }

  const noPlace = ({ length }: string): 'full' | 'too-large' | undefined => {
    if (length > maxSize) return 'too-large'
    return all.size - failed >= maxCount || size + length > maxSize ? 'full' : undefined
  }

  const add = (message: PendingMessage): OutboxEntry =>
    put({ ...message, phase: 'queued', wasSent: false, isUnconfirmed: false })

  const fail: Outbox['fail'] = (message) => {
    put({ wasSent: false, isUnconfirmed: false, ...message, phase: 'failed' })
    if (failed <= maxCount) return
    for (const entry of all.values()) {
      if (entry.phase !== 'failed') continue
      take(entry)
      return
    }
  }

  return {
    get pendingCount() {
      return all.size - failed
    },
    get size() {
      return size
    },
    entries: () => all.values(),
    get: (clientId) => all.get(clientId),
    hasPending(room) {
      for (const entry of all.values()) if (entry.room === room && entry.phase !== 'failed') return true
      return false
    },
    enqueue(message) {
      const reason = noPlace(message.body)
      if (!reason) add(message)
      else if (reason === 'full') fail(message)
      return reason
    },
    next(window, isOpenRoom) {
      if (inflight >= window) return undefined
      const blocked = new Set<string>()
      /** Under way before the entry that is looked at, per room: the others are later ones. */
      const earlier = new Map<string, number>()
      for (const entry of all.values()) {
        const { room, phase } = entry
        if (phase === 'inflight') earlier.set(room, (earlier.get(room) ?? 0) + 1)
        if (phase !== 'queued' || blocked.has(room)) continue
        const hasLaterInflight = (inflightIn.get(room) ?? 0) > (earlier.get(room) ?? 0)
        if (isOpenRoom(room) && !(entry.wasSent && hasLaterInflight)) return entry
        blocked.add(room)
      }
      return undefined
    },
    sent(clientId) {
      const entry = isOf(clientId, 'queued')
      if (entry) put({ ...entry, phase: 'inflight', wasSent: true })
    },
    restore(messages) {
      const fresh = messages.filter(({ clientId }) => !all.has(clientId))
      const later = [...all.values()].filter(({ wasSent }) => !wasSent)
      for (const entry of later) take(entry)
      for (const message of fresh) put({ ...message, phase: 'queued', wasSent: true, isUnconfirmed: true })
      for (const entry of later) put(entry)
      return fresh
    },
    requeue(clientId) {
      const entry = isOf(clientId, 'inflight')
      return entry && put({ ...entry, phase: 'queued' })
    },
    requeueUnacked: () =>
      [...all.values()]
        .filter(({ phase }) => phase === 'inflight')
        .map((entry) => put({ ...entry, phase: 'queued', isUnconfirmed: true })),
    ack(clientId) {
      const entry = all.get(clientId)
      return entry?.phase === 'failed' ? undefined : take(entry)
    },
    fail,
    retry(clientId, createdAt) {
      const entry = isOf(clientId, 'failed')
      if (!entry || noPlace(entry.body)) return undefined
      take(entry)
      return add({ ...entry, createdAt })
    },
    cancel(clientId) {
      const entry = all.get(clientId)
      const isBeyondUs = entry?.phase === 'inflight' || (entry?.phase === 'queued' && entry.isUnconfirmed)
      return isBeyondUs ? undefined : take(entry)
    },
  }
}
