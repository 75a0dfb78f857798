import type { Clock, Session } from '../core/index.ts'
import { localShelf, READS } from '../storage/kept-drafts.ts'
import { tallyOf, type ChatStore, type Tally } from '../stores/index.ts'
import { gather } from './tell-marks.ts'

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

/**
 * For chats that tell nobody what was read: it stays on this device, and is known there after a reload. To be called before
 * a room is entered.
 * @param address tells servers of one page apart
 * @returns ends it
 */
export const keepMarks = (session: Session, store: ChatStore, clock: Clock, address: string): (() => void) => {
  const shelf = createMarkShelf(address)
  if (!shelf) return () => undefined
  const recall = (user: string | undefined): void => {
    for (const tally of user === undefined ? [] : shelf.read(user)) store.dispatch({ type: 'tally', tally })
  }
  const off = session.on('welcome', ({ user }) => recall(user.id))
  recall(store.me?.id ?? session.snapshot().user?.id)
  const { flush, stop } = gather(store, clock, {
    say(state) {
      const user = store.me?.id
      const tally = tallyOf(state, user)
      if (tally && user !== undefined) shelf.write(user, tally)
    },
  })
  // A page that goes away gets no further chance.
  const events = ['pagehide', 'visibilitychange'] as const
  for (const event of events) window.addEventListener(event, flush, true)
  return () => {
    for (const event of events) window.removeEventListener(event, flush, true)
    off()
    stop()
  }
}
