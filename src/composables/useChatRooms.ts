import { computed, type ComputedRef } from 'vue'
import type { RoomSummary } from '../core/index.ts'
import { isSameList } from '../stores/index.ts'
import { whenMounted } from './environment.ts'
import { useChat } from './useChat.ts'

export interface RoomListItem extends RoomSummary {
  /** Messages of others that came while the room was not on screen. */
  readonly unread: number
  /** The room is on screen. */
  readonly isActive: boolean
}

export interface UseChatRoomsReturn {
  readonly rooms: ComputedRef<readonly RoomListItem[]>
  readonly activeRoom: ComputedRef<string | undefined>
  readonly totalUnread: ComputedRef<number>
}

/** The rooms that the server offers, and those that were entered. Enters none of them. */
export const useChatRooms = (): UseChatRoomsReturn => {
  const chat = useChat('useChatRooms()')
  const store = chat.store()
  whenMounted(chat.connect)
  return {
    rooms: computed<readonly RoomListItem[]>((before) => {
      const items = store.rooms.map((summary) => ({
        ...summary,
        unread: store.unread(summary.room),
        isActive: summary.room === store.activeRoom,
      }))
      return before && isSameList(before, items) ? before : items
    }),
    activeRoom: computed(() => store.activeRoom),
    totalUnread: computed(() => store.totalUnread),
  }
}
