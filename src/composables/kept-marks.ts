import { localShelf, READS } from '../storage/kept-drafts.ts'
import type { Tally } from '../stores/index.ts'

/** How far a person has read on this device, by server: for chats that tell no server. */
export interface MarkShelf {
  /** Of all rooms, the one that moved last at the end. */
  read(user: string): readonly Tally[]
  write(user: string, tally: Tally): void
}

/** Rooms of one person; the ones that moved last are kept. */
const MAX_ROOMS = 300

const isTally = (value: unknown): value is Tally => {
  const { room, epoch, ...counts } = (value ?? {}) as Partial<Record<keyof Tally, unknown>>
  const isCounted = [counts.read, counts.top, counts.unread].every((count) => Number.isSafeInteger(count))
  return typeof room === 'string' && typeof epoch === 'string' && isCounted
}

/** Undefined where the browser has no storage, or refuses it. @param address tells servers of one page apart */
export const createMarkShelf = (address: string): MarkShelf | undefined => {
  const storage = localShelf()
  if (!storage) return undefined
  const keyOf = (user: string): string => READS + [user, address].map(encodeURIComponent).join(':')

  const read = (user: string): readonly Tally[] => {
    try {
      const { v, rooms } = JSON.parse(storage.getItem(keyOf(user)) ?? '') as { readonly v?: unknown; readonly rooms?: unknown }
      return v === 1 && Array.isArray(rooms) ? rooms.filter(isTally) : []
    } catch {
      return []
    }
  }

  return {
    read,
    write(user, { last: _last, ...tally }) {
      const all = read(user)
      const before = all.find(({ room }) => room === tally.room)
      // Another tab is further.
      if (before?.epoch === tally.epoch && (before.read > tally.read || before.top > tally.top)) return
      const rooms = [...all.filter((other) => other !== before), tally].slice(-MAX_ROOMS)
      try {
        storage.setItem(keyOf(user), JSON.stringify({ v: 1, rooms }))
      } catch {
        // A full disk forgets what was read after this.
      }
    },
  }
}
