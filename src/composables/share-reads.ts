import { watch } from 'vue'
import { tallyOf, type ChatStore, type Tally } from '../stores/index.ts'
import type { ChatState } from '../stores/room-types.ts'
import type { Tabs } from '../tabs/index.ts'

export { readChannel } from './read-channel.ts'

const TOPIC = 'read'

export type ReadSharing = Pick<Tabs, 'share' | 'onShared'>

interface Read {
  /** Tabs of one browser may have different people. */
  readonly user: string | undefined
  readonly room: string
  readonly epoch: string
  readonly seq: number
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const isRead = (value: unknown): value is Read => {
  const { room, epoch, seq } = (value ?? {}) as Partial<Record<keyof Read, unknown>>
  return typeof room === 'string' && typeof epoch === 'string' && Number.isSafeInteger(seq)
}

/** What a tab has counted, where it says so. */
const tallyIn = (value: Read & Partial<Tally>): Tally | undefined => {
  const { room, epoch, seq: read, top, unread, isMentioned = false, isWhole = false, joinedAt = 0, last } = value
  return isCount(top) && isCount(unread) ? { room, epoch, read, top, unread, isMentioned, isWhole, joinedAt, last } : undefined
}

/** What was read in one tab is read in all of them, and all have the same numbers. @returns ends it */
export const shareReads = (tabs: ReadSharing, store: ChatStore): (() => void) => {
  /** How far each room was read, here or elsewhere. */
  const reads = new Map<string, Read>()
  /** What we have counted, for whom. */
  const tallies = new Map<string, Tally>()
  let counter: string | undefined

  const note = (read: Read): boolean => {
    const before = reads.get(read.room)
    if (before?.epoch === read.epoch && before.user === read.user && before.seq >= read.seq) return false
    reads.set(read.room, read)
    return true
  }

  /** @returns whether others have to hear of it */
  const count = (now: Tally): boolean => {
    const before = tallies.get(now.room)
    tallies.set(now.room, now)
    return before?.epoch !== now.epoch || before.unread !== now.unread || before.isWhole !== now.isWhole || before.joinedAt !== now.joinedAt
  }

  const look = (now: ChatState, before: ChatState | undefined): void => {
    const user = now.me?.id
    if (user !== counter) tallies.clear()
    counter = user
    for (const [room, state] of now.rooms) {
      const { epoch, read: seq = 0, isEntered } = state
      if (state === before?.rooms.get(room) || epoch === undefined) continue
      const elsewhere = reads.get(room)
      if (elsewhere && elsewhere.user === user && elsewhere.epoch === epoch && elsewhere.seq > seq) {
        store.dispatch({ type: 'read', room, seq: elsewhere.seq })
        continue
      }
      const isFurther = seq > 0 && note({ user, room, epoch, seq })
      const tally = isEntered ? tallyOf(state, user, tallies.get(room)) : undefined
      if ((tally && count(tally)) || isFurther) tabs.share(TOPIC, { ...tally, user, room, epoch, seq })
    }
  }

  const stop = watch(() => store.state, look, { flush: 'sync', immediate: true })
  const off = tabs.onShared(TOPIC, (value) => {
    if (!isRead(value) || value.user !== store.me?.id) return
    const tally = tallyIn(value)
    if (tally) store.dispatch({ type: 'tally', tally })
    if (note(value)) look(store.state, undefined)
  })
  return () => {
    stop()
    off()
  }
}
