/** Lists of rows in the order of seq; rows without one stand with the row before them. */
import type { ChatMessage, ReceivedMessage } from '../core/index.ts'

/** A failure ends with the status that it explains. */
export const withStatus = (row: ChatMessage, changes: Partial<ChatMessage>): ChatMessage => {
  const next: { -readonly [K in keyof ChatMessage]: ChatMessage[K] } = { ...row, ...changes }
  if (!changes.failure) delete next.failure
  return next
}

export const seqOf = (row: ChatMessage): number => row.seq ?? 0

/** What the server has wins; nothing new keeps the row as it is. */
export const merge = (row: ChatMessage, message: ReceivedMessage): ChatMessage => {
  const isStored = row.status !== 'sending' && row.status !== 'unconfirmed' && row.status !== 'failed'
  const isSame =
    isStored &&
    row.seq === message.seq &&
    row.body === message.body &&
    row.replyTo === message.replyTo &&
    row.isDeleted === message.isDeleted &&
    row.deletedBy?.id === message.deletedBy?.id &&
    // The server leaves out who it does not know.
    String(row.mentions) === String(message.mentions) &&
    row.createdAt === message.createdAt &&
    row.author.id === message.author.id &&
    row.author.name === message.author.name
  if (isSame) return row
  return { ...message, key: row.key, isOwn: row.isOwn, status: isStored ? row.status : 'sent' }
}

/** Index of the first row at or above `seq`. Rows without a seq stand with the row before them. */
export const indexFrom = (list: readonly ChatMessage[], seq: number): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lastSeqBefore(list, middle + 1) ?? 0) < seq) low = middle + 1
    else high = middle
  }
  return low
}

export const indexOfSeq = (list: readonly ChatMessage[], seq: number): number => {
  const last = list.at(-1)
  if (last?.seq !== undefined && last.seq < seq) return -1
  const index = indexFrom(list, seq)
  return list[index]?.seq === seq ? index : -1
}

/** Seq of the first row at or above `seq`. */
export const seqFrom = (list: readonly ChatMessage[], seq: number): number | undefined => {
  for (let index = indexFrom(list, seq); index < list.length; index++) {
    const found = list[index]?.seq
    if (found !== undefined) return found
  }
  return undefined
}

const lastSeqBefore = (list: readonly ChatMessage[], end: number): number | undefined => {
  for (let index = end - 1; index >= 0; index--) {
    const seq = list[index]?.seq
    if (seq !== undefined) return seq
  }
  return undefined
}

export const mergeBySeq = (list: readonly ChatMessage[], late: readonly ChatMessage[]): ChatMessage[] => {
  const merged: ChatMessage[] = []
  let next = 0
  for (const row of list) {
    while (next < late.length && row.seq !== undefined && seqOf(late[next]!) < row.seq) merged.push(late[next++]!)
    merged.push(row)
  }
  return [...merged, ...late.slice(next)]
}
