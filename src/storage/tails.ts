/** The last entries of each room's log, as they are to be shown first after a reload. */
import type { ReceivedMessage, RoomSnapshot, StoredRoom } from '../core/index.ts'

export interface Tails {
  entered(snapshot: RoomSnapshot): void
  /** Something is missing before what comes now. */
  gap(room: string): void
  /** @returns whether the room is kept */
  message(message: ReceivedMessage): boolean
  hasChanged(): boolean
  /** Rooms that changed since the last call. */
  takeChanged(): readonly StoredRoom[]
}

export const createTails = (length: number): Tails => {
  const rooms = new Map<string, StoredRoom>()
  const changed = new Set<string>()

  const set = (room: StoredRoom): void => {
    rooms.set(room.room, room)
    changed.add(room.room)
  }

  return {
    entered({ room, title, epoch, recovered }) {
      const before = rooms.get(room)
      const isSame = before?.epoch === epoch && recovered
      set({ room, title, epoch, messages: isSame ? before.messages : [] })
    },
    gap(room) {
      const before = rooms.get(room)
      if (before) set({ ...before, messages: [] })
    },
    message(message) {
      const before = rooms.get(message.room)
      if (!before || message.seq === undefined) return false
      const { kind, target } = message
      // What was taken back must not stay behind on the disk.
      const messages = kind === 'delete' ? before.messages.map((m) => (m.seq === target || m.target === target ? { ...m, body: '' } : m)) : before.messages
      set({ ...before, messages: [...messages, message].slice(-length) })
      return true
    },
    hasChanged: () => changed.size > 0,
    takeChanged() {
      const list = [...changed].flatMap((name) => rooms.get(name) ?? [])
      changed.clear()
      return list
    },
  }
}
