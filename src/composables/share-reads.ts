import { watch } from 'vue'
import type { ChatStore } from '../stores/index.ts'
import type { ChatState, RoomState } from '../stores/room-types.ts'
import type { Tabs } from '../tabs/index.ts'

const TOPIC = 'read'

interface Read {
  readonly room: string
  readonly epoch: string
  readonly seq: number
}

const isRead = (value: unknown): value is Read => {
  const { room, epoch, seq } = (value ?? {}) as Partial<Record<keyof Read, unknown>>
  return typeof room === 'string' && typeof epoch === 'string' && typeof seq === 'number'
}

const lastSeq = ({ messages, storedCount }: RoomState): number => {
  for (let i = storedCount - 1; i >= 0; i--) {
    const seq = messages[i]?.seq
    if (seq !== undefined) return seq
  }
  return 0
}

/** What was read in one tab is read in all of them. @returns ends it */
export const shareReads = (tabs: Tabs, store: ChatStore): (() => void) => {
  /** How far each room was read, here or elsewhere. */
  const reads = new Map<string, Read>()

  const note = (read: Read): boolean => {
    const before = reads.get(read.room)
    if (before?.epoch === read.epoch && before.seq >= read.seq) return false
    reads.set(read.room, read)
    return true
  }

  const look = (now: ChatState, before: ChatState | undefined): void => {
    for (const [room, state] of now.rooms) {
      const was = before?.rooms.get(room)
      if (state === was && now.isVisible === before?.isVisible && now.watched === before.watched) continue
      const { epoch, unread } = state
      if (epoch === undefined) continue
      const seq = lastSeq(state)
      const isSeen = (now.isVisible && now.watched.includes(room)) || (was?.epoch === epoch && was.unread > 0 && unread === 0)
      const elsewhere = reads.get(room)
      if (unread === 0 && isSeen) {
        if (seq > 0 && note({ room, epoch, seq })) tabs.share(TOPIC, { room, epoch, seq })
      } else if (unread > 0 && elsewhere && elsewhere.epoch === epoch && elsewhere.seq >= seq) store.markRead(room)
    }
  }

  const stop = watch(() => store.state, look, { flush: 'sync', immediate: true })
  const off = tabs.onShared(TOPIC, (value) => {
    if (isRead(value) && note(value)) look(store.state, undefined)
  })
  return () => {
    stop()
    off()
  }
}
