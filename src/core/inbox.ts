/**
 * Every message of a room once, in order. Values in, values out.
 * A message that comes too early is held while the missing ones are fetched.
 */
import type { Cursor, ReceivedMessage, RoomSnapshot } from './domain.ts'

export interface Inbox {
  /** The last message that was handed on. */
  readonly cursor: Cursor | undefined
  /** Later than the next one; by seq, each once. */
  readonly held: readonly ReceivedMessage[]
}

export interface Accepted {
  readonly inbox: Inbox
  readonly verdict: 'apply' | 'duplicate' | 'gap'
  /** To be handed on now, in order. */
  readonly apply: readonly ReceivedMessage[]
}

export interface Resumed {
  readonly inbox: Inbox
  readonly apply: readonly ReceivedMessage[]
  /** Messages before this seq are missing and were not told. */
  readonly gapUntil: number | undefined
}

export const EMPTY_INBOX: Inbox = { cursor: undefined, held: [] }

export const accept = (inbox: Inbox, message: ReceivedMessage): Accepted => {
  const { cursor, held } = inbox
  const { seq } = message
  if (seq === undefined) return { inbox, verdict: 'apply', apply: [message] }
  if (cursor && seq <= cursor.seq) return { inbox, verdict: 'duplicate', apply: [] }
  if (cursor && seq === cursor.seq + 1) {
    const drained = drain({ cursor: { ...cursor, seq }, held })
    return { inbox: drained.inbox, verdict: 'apply', apply: [message, ...drained.apply] }
  }
  const index = held.findIndex((m) => (m.seq ?? 0) >= seq)
  if (index >= 0 && held[index]?.seq === seq) return { inbox, verdict: 'duplicate', apply: [] }
  return {
    inbox: { cursor, held: index < 0 ? [...held, message] : held.toSpliced(index, 0, message) },
    verdict: 'gap',
    apply: [],
  }
}

/** Gives up what is missing before `seq`, which comes next. */
export const skipTo = (inbox: Inbox, seq: number): Omit<Accepted, 'verdict'> =>
  inbox.cursor ? drain({ ...inbox, cursor: { ...inbox.cursor, seq: seq - 1 } }) : { inbox, apply: [] }

/**
 * The answer to entering. Starts anew when there is no past, when the log is another one (epoch),
 * or when the log went back behind what we have.
 */
export const resume = (inbox: Inbox, snapshot: RoomSnapshot, messages: readonly ReceivedMessage[]): Resumed => {
  const { epoch, top, recovered } = snapshot
  const { cursor } = inbox
  const first = messages.find((m) => m.seq !== undefined)?.seq ?? top + 1
  const continues = cursor !== undefined && cursor.epoch === epoch && cursor.seq <= top
  const isHole = continues && !recovered && first > cursor.seq + 1
  const start: Inbox = {
    cursor: continues && !isHole ? cursor : { epoch, seq: first - 1 },
    held: cursor === undefined || continues ? inbox.held : [],
  }
  const apply: ReceivedMessage[] = []
  let current = drain(start)
  apply.push(...current.apply)
  for (const message of messages) {
    current = accept(current.inbox, message)
    apply.push(...current.apply)
  }
  return { inbox: current.inbox, apply, gapUntil: isHole ? first : undefined }
}

/** The link broke: what was held comes again. */
export const dropHeld = (inbox: Inbox): Inbox => (inbox.held.length === 0 ? inbox : { ...inbox, held: [] })

const drain = ({ cursor, held }: Inbox): Omit<Accepted, 'verdict'> => {
  if (!cursor) return { inbox: { cursor, held }, apply: [] }
  let { seq } = cursor
  let used = 0
  const apply: ReceivedMessage[] = []
  for (const message of held) {
    const at = message.seq ?? 0
    if (at > seq + 1) break
    used++
    if (at === seq + 1) {
      apply.push(message)
      seq = at
    }
  }
  return { inbox: { cursor: { ...cursor, seq }, held: used > 0 ? held.slice(used) : held }, apply }
}
