/**
 * The rows of one room while a batch is applied: merges, then is read once.
 * Costs one copy of the list per batch, and the logarithm of it per message.
 */
import type { ChatMessage, ChatUser, PendingMessage, ReceivedMessage, SessionEventMap } from '../core/index.ts'
import type { RoomState } from './room-types.ts'

export interface RoomRows {
  /** Takes a message as the server has it. @returns whether it was new */
  receive(message: ReceivedMessage): boolean
  queue(message: PendingMessage): void
  acknowledge(ack: SessionEventMap['acked']): void
  /** Changes a row that waits or failed. */
  change(clientId: string, changes: Pick<ChatMessage, 'status'> & Partial<Pick<ChatMessage, 'failure'>>): void
  moveToEnd(clientId: string): void
  remove(clientId: string): void
  /** Forgets the stored rows; another log begins. */
  restart(): void
  /** Tells again which rows are ours. */
  reassign(): void
  lastSeq(): number | undefined
  firstSeq(): number | undefined
  /** Seq of the newest row below `seq`. */
  seqBefore(seq: number): number | undefined
  /** The changed parts of the room; empty when nothing changed. */
  result(): Partial<Pick<RoomState, 'messages' | 'storedCount' | 'nextKey'>>
}

export const openRows = (room: RoomState, me: () => ChatUser | undefined): RoomRows => {
  let stored: ChatMessage[] | undefined
  let waiting: Map<string, ChatMessage> | undefined
  let isChanged = false
  let { nextKey } = room
  /** Came out of order: put into place together at the end, else each would move half of the list. */
  const late = new Map<number, ChatMessage>()
  /** Own stored rows without a seq, by client id. */
  let unnumbered: Map<string, number> | undefined

  const rows = (): ChatMessage[] => (stored ??= room.messages.slice(0, room.storedCount))
  const own = (): Map<string, ChatMessage> =>
    (waiting ??= new Map(room.messages.slice(room.storedCount).map((row) => [row.key, row])))

  const settleLate = (): ChatMessage[] => {
    if (late.size === 0) return rows()
    stored = mergeBySeq(rows(), [...late.values()].sort((a, b) => seqOf(a) - seqOf(b)))
    late.clear()
    unnumbered = undefined
    return stored
  }

  const insert = (row: ChatMessage): void => {
    isChanged = true
    const list = rows()
    const last = list.at(-1)
    if (row.seq === undefined || last?.seq === undefined || row.seq > last.seq) list.push(row)
    else late.set(row.seq, row)
    if (row.seq === undefined && row.isOwn) unnumbered?.set(row.key, list.length - 1)
  }

  const findUnnumbered = (clientId: string): number | undefined => {
    unnumbered ??= new Map(
      rows().flatMap((row, index) => (row.isOwn && row.seq === undefined ? [[row.key, index] as const] : [])),
    )
    return unnumbered.get(clientId)
  }

  const replace = (list: ChatMessage[], index: number, row: ChatMessage): void => {
    if (list[index] === row) return
    list[index] = row
    isChanged = true
  }

  const isMine = (message: ReceivedMessage): boolean => {
    const id = me()?.id
    return id === undefined ? own().has(message.clientId ?? '') : message.author.id === id
  }

  const receive = (message: ReceivedMessage): boolean => {
    const isOwn = isMine(message)
    const { clientId, seq } = message
    if (isOwn && clientId !== undefined) {
      const pending = own().get(clientId)
      if (pending) {
        own().delete(clientId)
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
      const early = late.get(seq)
      if (early) {
        late.set(seq, merge(early, message))
        return false
      }
      const at = indexOfSeq(rows(), seq)
      if (at >= 0) {
        replace(rows(), at, merge(rows()[at]!, message))
        return false
      }
    }
    const key = isOwn && clientId !== undefined ? clientId : `${room.room}:${seq ?? `n${nextKey++}`}`
    insert({ ...message, key, isOwn, status: 'sent' })
    return true
  }

  const setWaiting = (row: ChatMessage): void => {
    own().set(row.key, row)
    isChanged = true
  }

  return {
    receive,
    queue({ clientId, body, createdAt, room: name }) {
      if (own().has(clientId)) return
      const author = me() ?? { id: '', name: '' }
      setWaiting({ room: name, key: clientId, clientId, author, body, createdAt, isOwn: true, status: 'sending' })
    },
    acknowledge({ clientId, seq, createdAt }) {
      const row = own().get(clientId)
      if (!row) return
      own().delete(clientId)
      insert(withStatus(row, { status: 'sent', createdAt, ...(seq !== undefined && { seq }) }))
    },
    change(clientId, changes) {
      const row = own().get(clientId)
      if (!row || (row.status === changes.status && row.failure === changes.failure)) return
      setWaiting(withStatus(row, changes))
    },
    moveToEnd(clientId) {
      const row = own().get(clientId)
      if (!row) return
      own().delete(clientId)
      setWaiting(row)
    },
    remove(clientId) {
      if (own().delete(clientId)) isChanged = true
    },
    restart() {
      if (rows().length === 0 && late.size === 0) return
      stored = []
      late.clear()
      unnumbered = undefined
      isChanged = true
    },
    reassign() {
      const id = me()?.id
      settleLate().forEach((row, index, list) => {
        const isOwn = row.author.id === id
        if (isOwn !== row.isOwn) replace(list, index, { ...row, isOwn })
      })
    },
    lastSeq: () => lastSeqBefore(settleLate(), rows().length),
    firstSeq: () => settleLate().find((row) => row.seq !== undefined)?.seq,
    seqBefore: (seq) => lastSeqBefore(settleLate(), lowerBound(rows(), seq)),
    result() {
      if (!isChanged) return {}
      const list = settleLate()
      return { messages: [...list, ...own().values()], storedCount: list.length, nextKey }
    },
  }
}

/** A failure ends with the status that it explains. */
const withStatus = (row: ChatMessage, changes: Partial<ChatMessage>): ChatMessage => {
  const next: { -readonly [K in keyof ChatMessage]: ChatMessage[K] } = { ...row, ...changes }
  if (!changes.failure) delete next.failure
  return next
}

const seqOf = (row: ChatMessage): number => row.seq ?? 0

/** What the server has wins; nothing new keeps the row as it is. */
const merge = (row: ChatMessage, message: ReceivedMessage): ChatMessage => {
  const isStored = row.status !== 'sending' && row.status !== 'unconfirmed' && row.status !== 'failed'
  const isSame =
    isStored &&
    row.seq === message.seq &&
    row.body === message.body &&
    row.createdAt === message.createdAt &&
    row.author.id === message.author.id &&
    row.author.name === message.author.name
  if (isSame) return row
  return { ...message, key: row.key, isOwn: row.isOwn, status: isStored ? row.status : 'sent' }
}

/** Index of the first row at or above `seq`. Rows without a seq stand with the row before them. */
const lowerBound = (list: readonly ChatMessage[], seq: number): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lastSeqBefore(list, middle + 1) ?? 0) < seq) low = middle + 1
    else high = middle
  }
  return low
}

const indexOfSeq = (list: readonly ChatMessage[], seq: number): number => {
  const last = list.at(-1)
  if (last?.seq !== undefined && last.seq < seq) return -1
  const index = lowerBound(list, seq)
  return list[index]?.seq === seq ? index : -1
}

const lastSeqBefore = (list: readonly ChatMessage[], end: number): number | undefined => {
  for (let index = end - 1; index >= 0; index--) {
    const seq = list[index]?.seq
    if (seq !== undefined) return seq
  }
  return undefined
}

const mergeBySeq = (list: readonly ChatMessage[], late: readonly ChatMessage[]): ChatMessage[] => {
  const merged: ChatMessage[] = []
  let next = 0
  for (const row of list) {
    while (next < late.length && row.seq !== undefined && seqOf(late[next]!) < row.seq) merged.push(late[next++]!)
    merged.push(row)
  }
  return [...merged, ...late.slice(next)]
}
