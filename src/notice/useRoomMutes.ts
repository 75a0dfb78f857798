import type { Ref } from 'vue'
import type { NoticePreferences } from './preferences.ts'

export interface RoomMutes {
  /** Whether the person wants to hear nothing of this room. Reactive. */
  isMuted(room: string): boolean
  /** Kept on this device, for notifications, sound and title. */
  setMuted(room: string, on: boolean): void
}

export const useRoomMutes = (preferences: Ref<NoticePreferences>): RoomMutes => ({
  isMuted: (room) => preferences.value.muted.includes(room),
  setMuted(room, on) {
    const others = preferences.value.muted.filter((each) => each !== room)
    preferences.value = { ...preferences.value, muted: on ? [...others, room] : others }
  },
})
