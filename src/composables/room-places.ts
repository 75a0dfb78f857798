import type { ChatContext } from './keys.ts'
import type { HeldRow } from './scroll-anchor.ts'

const places = new WeakMap<ChatContext, Map<string, HeldRow>>()

export interface RoomPlaces {
  get(room: string): HeldRow | undefined
  /** @param place undefined at the end, which needs no remembering */
  set(room: string, place: HeldRow | undefined): void
}

/** Where each room of an app was left, while the page lives. */
export const roomPlaces = (chat: ChatContext): RoomPlaces => {
  const known = places.get(chat) ?? new Map<string, HeldRow>()
  places.set(chat, known)
  return {
    get: (room) => known.get(room),
    set(room, place) {
      if (place) known.set(room, place)
      else known.delete(room)
    },
  }
}
