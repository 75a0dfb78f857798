/**
 * Every message of a room once, in order. Keeps books; knows neither wire nor time.
 * A message that comes too early is held while the missing ones are fetched.
 */
import type { Cursor, ReceivedMessage, RoomSnapshot } from './domain.ts'

export interface Resumed {
  /** To be handed on now, in order. */
  readonly apply: readonly ReceivedMessage[]
  /** Messages before this seq are missing and were not told. */
  readonly gapUntil: number | undefined
}

export interface Inbox {
  /** The last message that was handed on. */
  readonly cursor: Cursor | undefined
  /** Seqs of what came too early. */
  held(): readonly number[]
  /** @returns what is to be handed on now, in order: nothing for a duplicate, or for one that came too early */
  accept(message: ReceivedMessage): readonly ReceivedMessage[]
  /** Gives up what is missing before `seq`, which comes next. */
  skipTo(seq: number): readonly ReceivedMessage[]
  /**
   * The answer to entering. Starts anew when there is no past, when the log is another one (epoch),
   * or when the log went back behind what we have.
   */
  resume(snapshot: RoomSnapshot, messages: readonly ReceivedMessage[]): Resumed
  /** The link broke: what was held comes again. */
  dropHeld(): void
}

export const createInbox = (): Inbox => {
  let cursor: Cursor | undefined
  const early = new Map<number, ReceivedMessage>()

  const drain = (): readonly ReceivedMessage[] => {
    const apply: ReceivedMessage[] = []
    while (cursor) {
      const seq: number = cursor.seq + 1
      const message = early.get(seq)
      if (!message) break
      early.delete(seq)
      apply.push(message)
      cursor = { epoch: cursor.epoch, seq }
    }
    return apply
  }

  const accept: Inbox['accept'] = (message) => {
    const { seq } = message
    if (seq === undefined) return [message]
    if (!cursor || seq > cursor.seq) early.set(seq, message)
    return drain()
  }

  return {
    get cursor() {
      return cursor
    },
    held: () => [...early.keys()],
    accept,
    skipTo(seq) {
      if (cursor) cursor = { epoch: cursor.epoch, seq: seq - 1 }
      return drain()
    },
    resume({ epoch, top, recovered }, messages) {
      const first = messages.find(({ seq }) => seq !== undefined)?.seq ?? top + 1
      const continues = cursor?.epoch === epoch && cursor.seq <= top
      const isHole = continues && !recovered && first > cursor!.seq + 1
      // What came before the first answer to entering is of the log that is entered.
      if (cursor && !continues) early.clear()
      if (!continues || isHole) cursor = { epoch, seq: first - 1 }
      for (const seq of early.keys()) if (seq <= cursor!.seq) early.delete(seq)
      return { apply: messages.flatMap(accept), gapUntil: isHole ? first : undefined }
    },
    dropHeld() {
      early.clear()
    },
  }
}
