import { tryOnScopeDispose } from '@vueuse/core'
import { computed, type ComputedRef, type Ref } from 'vue'
import type { ChatError, NewRoom, Person, Result, RoomListing } from '../core/index.ts'
import { inBrowser, whenMounted } from './environment.ts'
import { roomDirectory } from './room-directory.ts'
import { createRoomItems, type RoomListItem } from './room-items.ts'
import { useChat } from './useChat.ts'

export type { RoomListItem, RoomPreview } from './room-items.ts'

export interface UseChatRoomsReturn {
  /** Rooms that we are a member of, the one where something happened last first; in the server's order where it does not tell. */
  readonly rooms: ComputedRef<readonly RoomListItem[]>
  /** Conversations with one other person. */
  readonly direct: ComputedRef<readonly RoomListItem[]>
  /** Rooms that we may join. */
  readonly joinable: ComputedRef<readonly RoomListItem[]>
  /** The room that was opened last, else the one that is on screen. */
  readonly activeRoom: ComputedRef<string | undefined>
  /** Of all rooms. */
  readonly totalUnread: ComputedRef<number>
  /** No list has come yet. */
  readonly isLoading: ComputedRef<boolean>
  /** Why there is none. */
  readonly error: Readonly<Ref<ChatError | undefined>>
  /** The server keeps members; without it there are only the rooms that it offers and those that were entered. */
  readonly canMember: ComputedRef<boolean>
  /** Makes it the active room; `ChatApp` shows it. `undefined` goes back to the list. */
  open(room: string | undefined): void
  /** Opens the conversation with somebody, which is made when there is none. Results: `user_not_found`, `unsupported`, … */
  openDirect(user: string | { readonly id: string }): Promise<Result<RoomListing>>
  /** Makes a room and opens it. Results: `title_invalid`, `room_limit`, `rate_limited`, `unsupported`, … */
  create(room: NewRoom): Promise<Result<RoomListing>>
  /** Becomes a member. */
  join(room: string): Promise<Result<RoomListing>>
  /** Is no member any longer. */
  leave(room: string): Promise<Result<object>>
  invite(room: string, user: string | { readonly id: string }): Promise<Result<RoomListing>>
  /** Takes a member out; for those who may manage the room. */
  expel(room: string, user: string | { readonly id: string }): Promise<Result<object>>
  rename(room: string, title: string): Promise<Result<RoomListing>>
  /** People by any part of their name; without a query those who are connected. */
  search(query: string): Promise<Result<readonly Person[]>>
  /** Asks for the list again. */
  refresh(): Promise<void>
}

const idOf = (user: string | { readonly id: string }): string => (typeof user === 'string' ? user : user.id)

const map = <T, U>(result: Result<T>, pick: (value: T) => U): Result<U> => (result.ok ? { ok: true, value: pick(result.value) } : result)

/**
 * The rooms there are for us, with what is new in each, and what can be done with them. Enters none of them.
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useChatRooms = (): UseChatRoomsReturn => {
  const chat = useChat('useChatRooms()')
  const store = chat.store()
  const directory = roomDirectory(chat)
  const { opened, error } = directory
  const items = createRoomItems()

  if (inBrowser()) tryOnScopeDispose(directory.want())
  whenMounted(chat.connect)

  const activeRoom = computed(() => opened.value ?? store.activeRoom)
  const all = computed<readonly RoomListItem[]>(() => items(store, activeRoom.value))
  const only = (is: (item: RoomListItem) => boolean): ComputedRef<readonly RoomListItem[]> =>
    computed<readonly RoomListItem[]>((before) => {
      const list = all.value.filter(is)
      return before && isSameItems(before, list) ? before : list
    })
  const canMember = computed(() => store.capabilities.membership)

  const openListed = <T extends { readonly listing: RoomListing }>(result: Result<T>): Result<RoomListing> => {
    if (result.ok) opened.value = result.value.listing.room
    return map(result, ({ listing }) => listing)
  }

  return {
    rooms: only(({ kind, isMember }) => kind === 'room' && isMember),
    direct: only(({ kind }) => kind === 'direct'),
    joinable: only(({ kind, isMember }) => kind === 'room' && !isMember),
    activeRoom,
    totalUnread: computed(() => store.totalUnread),
    isLoading: computed(() => canMember.value && store.state.listings === undefined && !error.value),
    error,
    canMember,
    open: (room) => (opened.value = room),
    openDirect: async (user) => openListed(await directory.bring('direct', { user: idOf(user) })),
    create: async (room) => openListed(await directory.bring('create', room)),
    join: async (room) => map(await directory.bring('enrol', { room }), ({ listing }) => listing),
    leave: (room) => directory.ask('quit', { room }),
    invite: async (room, user) => map(await directory.bring('invite', { room, user: idOf(user) }), ({ listing }) => listing),
    expel: (room, user) => directory.ask('expel', { room, user: idOf(user) }),
    rename: async (room, title) => map(await directory.bring('rename', { room, title }), ({ listing }) => listing),
    search: async (query) => map(await directory.ask('people', { query }), ({ people }) => people),
    refresh: directory.refresh,
  }
}

const isSameItems = (a: readonly RoomListItem[], b: readonly RoomListItem[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index])
