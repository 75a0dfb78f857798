import { computed, type ComputedRef, type Ref } from 'vue'
import { matchesText } from '../../composables/match-text.ts'
import type { ChatRoomListEntry } from '../types.ts'

export interface RoomSection {
  readonly name: 'direct' | 'rooms' | 'joinable'
  readonly items: readonly ChatRoomListEntry[]
}

const sectionOf = ({ kind, isMember = true }: ChatRoomListEntry): RoomSection['name'] =>
  kind === 'direct' ? 'direct' : isMember ? 'rooms' : 'joinable'

const ORDER: readonly RoomSection['name'][] = ['direct', 'rooms', 'joinable']

/** Rooms that match what is looked for, by kind; within one in the order that they came in. */
export const useRoomSections = (rooms: () => readonly ChatRoomListEntry[], query: Ref<string>): ComputedRef<readonly RoomSection[]> =>
  computed(() => {
    const found = query.value.trim() === '' ? rooms() : rooms().filter(({ title, peer }) => matchesText(query.value.trim(), peer ? [title, peer.name] : [title]))
    return ORDER.map((name) => ({ name, items: found.filter((item) => sectionOf(item) === name) })).filter(({ items }) => items.length > 0)
  })
