/**
 * The rows of one room while a batch is applied: merges, then is read once.
 * Costs one copy of the list per batch, and the logarithm of it per message.
 */
import type { ChatError, ChatMessage, ChatUser, MessageStatus, PendingMessage, ReceivedMessage, SessionEventMap } from '../core/index.ts'
import { isChange, isSameQuote, NOBODY } from './message-notes.ts'
import { openOwnRows } from './own-rows.ts'
import { openNotes } from './room-notes.ts'
import type { RoomState } from './room-types.ts'
import { inLogOrder } from './row-ends.ts'
import { indexFrom, indexOfSeq, merge, mergeBySeq, seqOf, withStatus } from './row-lists.ts'
import { addSeq, cutSpans, hasSeq, seqAbove, seqBelow, type Span } from './spans.ts'

export interface RoomRows {
  /** Takes an entry of the log as the server has it: a message, or what was done to one. @returns whether it was new */
  receive(message: ReceivedMessage): boolean
  queue(message: PendingMessage): void
  acknowledge(ack: SessionEventMap['acked']): void
  /**
   * Puts own rows that are stored into their places. One that the log has not come to yet stays at the end, so that
   * what came before it does not appear above it. @returns their seqs; what is around them may be missing
   * @param top newest seq when the room was entered; before that nobody knows what comes before
   */
  place(top: number | undefined): readonly number[]
  /** Changes a row that waits or failed. */
  change(clientId: string, changes: Pick<ChatMessage, 'status'> & Partial<Pick<ChatMessage, 'failure'>>): void
  /** Undoes an own change of a message and tells why. @returns false when it is none that waits */
  refuse(clientId: string, error: ChatError): boolean
  /** A refused change waits again. */
  again(clientId: string): void
  /** Undoes an own change of a message. @returns false when it is none that waits */
  undo(clientId: string): boolean
  moveToEnd(clientId: string): void
  remove(clientId: string): void
  /** Forgets what is stored; another log begins. */
  restart(): void
  /** Forgets the entries from one seq to before another. @returns false when there is none */
  drop(from: number, to: number): boolean
  /** Tells again which rows are ours. */
  reassign(): void
  /** Tells again what has become of own rows beyond `after`, up to `upTo`. */
  restate(after: number, upTo: number): void
  lastSeq(): number | undefined
  firstSeq(): number | undefined
  has(seq: number): boolean
  /** The newest seq below `seq` that is known. */
  seqBefore(seq: number): number | undefined
  /** The oldest seq above `seq` that is known. */
  seqAfter(seq: number): number | undefined
  /** The changed parts of the room; empty when nothing changed. */
  result(): Partial<Pick<RoomState, 'messages' | 'storedCount' | 'nextKey' | 'known' | 'notes' | 'changing'>>
}

/** @param standing what has become of an own row that is stored */
export const openRows = (room: RoomState, me: () => ChatUser | undefined, standing: (seq: number) => MessageStatus): RoomRows => {
  let stored: ChatMessage[] | undefined
  const own = openOwnRows(room)
  let spans: Span[] | undefined
  let isChanged = false
  let { nextKey } = room
  /** Came out of order: put into place together at the end, else each would move half of the list. */
  const late = new Map<number, ChatMessage>()
  /** Own stored rows without a seq, by client id. */
  let unnumbered: Map<string, number> | undefined

  /** Client ids of own stored rows. */
  let ownIds: Set<string> | undefined

  const rows = (): ChatMessage[] => (stored ??= room.messages.slice(0, room.storedCount))
  /** Whose a row is, nobody knows before we know who we are. */
  const storedIds = (): Set<string> =>
    (ownIds ??= new Set([...rows(), ...late.values()].flatMap(({ isOwn, clientId }) => ((isOwn || !me()) && clientId !== undefined ? clientId : []))))
  const known = (): readonly Span[] => spans ?? room.known

  /** @returns whether it was new */
  const learn = (seq: number): boolean => !hasSeq(known(), seq) && addSeq((spans ??= [...room.known]), seq)

  const settleLate = (): ChatMessage[] => {
    if (late.size === 0) return rows()
    stored = mergeBySeq(rows(), [...late.values()].sort((a, b) => seqOf(a) - seqOf(b)))
    late.clear()
    unnumbered = undefined
    return stored
  }

  const replace = (list: ChatMessage[], index: number, row: ChatMessage): void => {
    if (list[index] === row) return
    list[index] = row
    isChanged = true
  }

  /** The row as it is shown. */
  const rowAt = (seq: number): ChatMessage | undefined => late.get(seq) ?? rows()[indexOfSeq(rows(), seq)]
  const setRowAt = (seq: number, row: ChatMessage): void => {
    if (!late.has(seq)) replace(rows(), indexOfSeq(rows(), seq), row)
    else {
      late.set(seq, row)
      isChanged = true
    }
  }

  const notes = openNotes(room, { me, rowAt, setRowAt })

  const insert = (given: ChatMessage): void => {
    const row = given.isOwn && given.seq !== undefined ? { ...given, status: standing(given.seq) } : given
    isChanged = true
    if (row.isOwn && row.clientId !== undefined) ownIds?.add(row.clientId)
    const list = rows()
    const last = list.at(-1)
    if (row.seq === undefined || last?.seq === undefined || row.seq > last.seq) list.push(row)
    else late.set(row.seq, row)
    if (row.seq !== undefined) {
      learn(row.seq)
      notes.settle(row)
    } else if (row.isOwn) unnumbered?.set(row.key, list.length - 1)
  }

  const findUnnumbered = (clientId: string): number | undefined => {
    unnumbered ??= new Map(
      rows().flatMap((row, index) => (row.isOwn && row.seq === undefined ? [[row.key, index] as const] : [])),
    )
    return unnumbered.get(clientId)
  }

  const isMine = (message: ReceivedMessage): boolean => {
    const id = me()?.id
    return id === undefined ? !!own.get(message.clientId ?? '') : message.author.id === id
  }

  const receiveChange = (message: ReceivedMessage): boolean => {
    const { seq, target, clientId, author } = message
    if (seq === undefined) return true
    // First what is certain, so that nothing flickers.
    if (target !== undefined) notes.amend(target, message)
    if (clientId !== undefined && author.id === me()?.id) notes.undo(clientId)
    return learn(seq)
  }

  const receive = (message: ReceivedMessage): boolean => {
    if (isChange(message)) return receiveChange(message)
    const isOwn = isMine(message)
    const { clientId, seq } = message
    if (isOwn && clientId !== undefined) {
      const pending = own.get(clientId)
      if (pending) {
        own.delete(clientId)
        insert(merge(pending, message))
        return true
      }
    }
    if (seq === undefined) {
      const at = isOwn && clientId !== undefined ? findUnnumbered(clientId) : undefined
      if (at !== undefined) {
        replace(rows(), at, merge(rows()[at]!, message))
        return false
      }
    } else {
      const row = rowAt(seq)
      if (row) {
        const base = notes.baseOf(seq)
        const next = merge(base ?? row, message)
        if (!base) setRowAt(seq, next)
        if (next !== (base ?? row)) notes.settle(next)
        return false
      }
    }
    const key = isOwn && clientId !== undefined ? clientId : `${room.room}:${seq ?? `n${nextKey++}`}`
    insert({ ...message, key, isOwn, status: 'sent' })
    return true
  }

  return {
    receive,
    refuse: notes.refuse,
    again: notes.again,
    undo: notes.undo,
    queue(message) {
      const { clientId, body, createdAt, room: name, target, replyTo, mentions, attachments } = message
      if (isChange(message)) {
        if (target !== undefined) notes.expect(target, message)
        return
      }
      // What an earlier page left may be stored and shown already.
      const present = own.get(clientId)
      // Its files were on their way, and are there now.
      if (present && attachments && present.seq === undefined) own.set(withStatus(present, { attachments, status: 'sending' }))
      if (present || storedIds().has(clientId)) return
      const author = me() ?? { id: '', name: '' }
      const content = { body, ...(replyTo !== undefined && { replyTo }), ...(mentions && { mentions }), ...(attachments && { attachments }) }
      own.set({ room: name, key: clientId, clientId, author, ...content, createdAt, isOwn: true, status: 'sending' })
    },
    acknowledge({ clientId, seq, createdAt, duplicate }) {
      const change = notes.expected(clientId)
      if (change) {
        const isOurs = !duplicate || change.kind !== 'delete'
        const author = (isOurs && me()) || NOBODY
        // Its seq counts as known once the log comes to it.
        if (seq !== undefined) notes.amend(change.target!, { ...change, author, seq, createdAt })
        notes.undo(clientId)
        return
      }
      const row = own.get(clientId)
      if (!row) return
      const { quote: _quote, ...base } = withStatus(row, { status: 'sent', createdAt })
      if (seq !== undefined) {
        own.setAhead({ ...base, seq })
        return
      }
      own.delete(clientId)
      insert(base)
    },
    place(top) {
      return own.place({ last: () => known().at(-1)?.[1] ?? top, rowAt, insert })
    },
    change(clientId, changes) {
      const row = own.get(clientId)
      if (!row || (row.status === changes.status && row.failure === changes.failure)) return
      own.set(withStatus(row, changes))
    },
    moveToEnd(clientId) {
      const row = own.get(clientId)
      if (!row) return
      own.delete(clientId)
      own.set(row)
    },
    remove(clientId) {
      own.delete(clientId)
    },
    restart() {
      notes.clear()
      spans = []
      for (const { key, seq } of own.all()) if (seq !== undefined) own.delete(key)
      if (rows().length === 0 && late.size === 0) return
      stored = []
      ownIds = undefined
      late.clear()
      unnumbered = undefined
      isChanged = true
    },
    drop(from, to) {
      const cut = cutSpans(known(), from, to)
      if (cut.length === known().length && cut.every(([a, b], at) => known()[at]![0] === a && known()[at]![1] === b)) return false
      const isInside = ({ seq = -1 }: ChatMessage): boolean => seq >= from && seq < to
      const list = settleLate()
      for (const row of list) if (isInside(row)) notes.release(row.seq!)
      stored = list.filter((row) => !isInside(row))
      spans = cut
      ownIds = undefined
      unnumbered = undefined
      isChanged = true
      return true
    },
    reassign() {
      const user = me()
      const id = user?.id
      // Written before the server had told who we are.
      if (user) for (const row of own.all()) own.set({ ...row, author: user })
      settleLate().forEach((row, index, list) => {
        const isOwn = row.author.id === id
        if (row.seq !== undefined && notes.baseOf(row.seq)) notes.reassign(row.seq, isOwn)
        else if (isOwn !== row.isOwn) replace(list, index, { ...row, isOwn })
        // What an earlier page left is stored already, which shows only now.
        if (isOwn) own.delete(row.clientId ?? '')
      })
      ownIds = undefined
    },
    restate(after, upTo) {
      const list = settleLate()
      for (let index = indexFrom(list, after + 1); index < list.length && seqOf(list[index]!) <= upTo; index++) {
        const row = list[index]!
        const status = row.isOwn && row.seq !== undefined ? standing(row.seq) : row.status
        if (status === row.status) continue
        const base = notes.baseOf(row.seq!)
        if (base) notes.settle({ ...base, status })
        else replace(list, index, { ...row, status })
      }
    },
    lastSeq: () => known().at(-1)?.[1],
    firstSeq: () => known()[0]?.[0],
    has: (seq) => hasSeq(known(), seq),
    seqBefore: (seq) => seqBelow(known(), seq),
    seqAfter: (seq) => seqAbove(known(), seq),
    result() {
      const books = { ...(spans && { known: spans }), ...notes.result() }
      if (!isChanged && !own.isChanged()) return books
      const list = settleLate()
      const waits = own.all().map((row) => {
        const quote = notes.quoteAt(row.replyTo)
        return quote && !isSameQuote(quote, row.quote) ? { ...row, quote } : row
      })
      const ends = inLogOrder(waits)
      return { ...books, messages: ends.length > 0 ? [...list, ...ends] : list, storedCount: list.length, nextKey }
    },
  }
}
