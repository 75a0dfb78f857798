import { watch } from 'vue'
import type { ChatStore } from '../stores/index.ts'
import type { ChatState } from '../stores/room-types.ts'
import type { Tabs } from '../tabs/index.ts'

const TOPIC = 'read'

export type ReadSharing = Pick<Tabs, 'share' | 'onShared'>

interface Read {
  /** Tabs of one browser may have different people. */
  readonly user: string | undefined
  readonly room: string
  readonly epoch: string
  readonly seq: number
}

const isRead = (value: unknown): value is Read => {
  const { room, epoch, seq } = (value ?? {}) as Partial<Record<keyof Read, unknown>>
  return typeof room === 'string' && typeof epoch === 'string' && Number.isSafeInteger(seq)
}

/** What was read in one tab is read in all of them. @returns ends it */
export const shareReads = (tabs: ReadSharing, store: ChatStore): (() => void) => {
  /** How far each room was read, here or elsewhere. */
  const reads = new Map<string, Read>()

  const note = (read: Read): boolean => {
    const before = reads.get(read.room)
    if (before?.epoch === read.epoch && before.user === read.user && before.seq >= read.seq) return false
    reads.set(read.room, read)
    return true
  }

  const look = (now: ChatState, before: ChatState | undefined): void => {
    const user = now.me?.id
    for (const [room, state] of now.rooms) {
      const { epoch, read: seq = 0 } = state
      if (state === before?.rooms.get(room) || epoch === undefined) continue
      const elsewhere = reads.get(room)
      if (seq > 0 && note({ user, room, epoch, seq })) tabs.share(TOPIC, { user, room, epoch, seq })
      else if (elsewhere && elsewhere.user === user && elsewhere.epoch === epoch && elsewhere.seq > seq) {
        store.dispatch({ type: 'read', room, seq: elsewhere.seq })
      }
    }
  }

  const stop = watch(() => store.state, look, { flush: 'sync', immediate: true })
  const off = tabs.onShared(TOPIC, (value) => {
    if (isRead(value) && value.user === store.me?.id && note(value)) look(store.state, undefined)
  })
  return () => {
    stop()
    off()
  }
}
