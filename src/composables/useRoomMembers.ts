import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'
import type { ChatError, ChatUser, RoomMember } from '../core/index.ts'
import { inBrowser } from './environment.ts'
import { roomDirectory } from './room-directory.ts'
import { useChat } from './useChat.ts'

export interface ListedMember extends ChatUser {
  /** In the room now, or connected elsewhere. */
  readonly online: boolean
  readonly role?: 'owner' | 'member'
}

export interface UseRoomMembersReturn {
  /** Owners first, then who is there, then the others, each by name. At most 200, and those who are in the room. */
  readonly members: ComputedRef<readonly ListedMember[]>
  /** Of all members and of those who are there without being one. */
  readonly count: ComputedRef<number>
  readonly error: Readonly<Ref<ChatError | undefined>>
  refresh(): Promise<void>
}

const LIMIT = 200

const rank = ({ role, online }: ListedMember): number => (role === 'owner' ? 0 : online ? 1 : 2)

/**
 * Who is a member of a room, and who of them is there. What the server keeps is asked for anew when the number of members
 * changes; who comes and goes in the room itself is known at once, who is connected elsewhere only as of the last asking.
 * @param room `''` asks for nobody
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useRoomMembers = (room: MaybeRefOrGetter<string>): UseRoomMembersReturn => {
  const chat = useChat('useRoomMembers()')
  const store = chat.store()
  const directory = roomDirectory(chat)
  const kept = shallowRef<readonly RoomMember[]>([])
  const total = shallowRef(0)
  const error = shallowRef<ChatError>()
  let asked = 0

  const refresh = async (): Promise<void> => {
    const name = toValue(room)
    const at = ++asked
    if (!store.capabilities.membership || name === '') return
    const result = await directory.ask('members', { room: name, limit: LIMIT })
    if (at !== asked) return
    error.value = result.ok || result.error.code === 'not_connected' ? undefined : result.error
    if (!result.ok) return
    kept.value = result.value.members
    total.value = result.value.count
  }

  if (inBrowser()) {
    watch(
      () => [toValue(room), store.capabilities.membership, store.listing(toValue(room))?.memberCount] as const,
      ([name], before) => {
        if (name !== before?.[0]) {
          kept.value = []
          total.value = 0
        }
        void refresh()
      },
      { immediate: true },
    )
  }

  const members = computed(() => {
    const present = store.members(toValue(room))
    const here = new Set(present.map(({ id }) => id))
    const known = new Set(kept.value.map(({ id }) => id))
    const all: ListedMember[] = [
      ...kept.value.map((member) => ({ ...member, online: member.online || here.has(member.id) })),
      ...present.filter(({ id }) => !known.has(id)).map((user) => ({ ...user, online: true })),
    ]
    return all.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
  })

  return { members, count: computed(() => Math.max(total.value, members.value.length)), error, refresh }
}
