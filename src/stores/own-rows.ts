/** Own rows of one room that are at the end: they wait, failed, or are stored ahead of what the log has come to. */
import type { ChatMessage } from '../core/index.ts'
import type { RoomState } from './room-types.ts'
import { seqOf } from './row-lists.ts'

export interface PlacingPort {
  /** Newest seq that is known, `undefined` while none is. */
  last(): number | undefined
  rowAt(seq: number): ChatMessage | undefined
  insert(row: ChatMessage): void
}

export interface OwnRows {
  get(clientId: string): ChatMessage | undefined
  set(row: ChatMessage): void
  delete(clientId: string): void
  all(): readonly ChatMessage[]
  /** A row is stored ahead of the log. */
  setAhead(row: ChatMessage): void
  /** Hands rows that the log has come to over to it. @returns their seqs */
  place(log: PlacingPort): readonly number[]
  isChanged(): boolean
}

export const openOwnRows = (room: RoomState): OwnRows => {
  let rows: Map<string, ChatMessage> | undefined
  let ahead: Set<string> | undefined
  let isChanged = false

  const own = (): Map<string, ChatMessage> => (rows ??= new Map(room.messages.slice(room.storedCount).map((row) => [row.key, row])))

  const set = (row: ChatMessage): void => {
    own().set(row.key, row)
    isChanged = true
  }

  /** The oldest of those that are stored ahead of the log. */
  const nextAhead = (): ChatMessage | undefined => {
    if (!rows && room.messages.length === room.storedCount) return undefined
    ahead ??= new Set([...own()].flatMap(([key, { seq }]) => (seq === undefined ? [] : key)))
    const numbered = [...ahead].flatMap((key) => own().get(key) ?? [])
    if (numbered.length === 0) ahead.clear()
    return numbered.reduce<ChatMessage | undefined>((a, b) => (a && seqOf(a) < seqOf(b) ? a : b), undefined)
  }

  const remove = (clientId: string): void => {
    if (own().delete(clientId)) isChanged = true
  }

  return {
    get: (clientId) => own().get(clientId),
    set,
    delete: remove,
    all: () => [...own().values()],
    setAhead(row) {
      set(row)
      ahead?.add(row.key)
    },
    place({ last, rowAt, insert }) {
      const placed: number[] = []
      for (let row = nextAhead(); row; row = nextAhead()) {
        const seq = seqOf(row)
        const newest = last()
        if (newest === undefined || seq > newest + 1) break
        ahead?.delete(row.key)
        const there = rowAt(seq)
        if (there && there.clientId !== row.clientId) {
          // The server was wrong about one of the two. The log counts, and what the person wrote stays.
          const { seq: _seq, ...rest } = row
          set(rest)
          continue
        }
        remove(row.key)
        if (there) continue
        insert(row)
        placed.push(seq)
      }
      return placed
    },
    isChanged: () => isChanged,
  }
}
