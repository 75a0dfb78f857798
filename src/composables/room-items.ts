import type { ChatUser, MessageContent, RoomListing, RoomPermissions, RoomSummary } from '../core/index.ts'
import type { ChatStore, RoomState } from '../stores/index.ts'

/** What a list says about the newest message. */
export interface RoomPreview extends Pick<MessageContent, 'attachments'> {
  readonly author: ChatUser
  readonly body: string
  readonly createdAt: number
  readonly isOwn: boolean
  readonly isDeleted: boolean
}

export interface RoomListItem extends RoomSummary {
  /** `direct`: a conversation with one other person. */
  readonly kind: 'room' | 'direct'
  /** Messages of others that were not seen. */
  readonly unread: number
  /** One of those speaks to us. */
  readonly isMentioned: boolean
  /** The room is on screen. */
  readonly isActive: boolean
  /** False: it may be joined. */
  readonly isMember: boolean
  /** Only members see it. */
  readonly isPrivate: boolean
  /** Absent before anything was said, and where nothing is known of it. */
  readonly last?: RoomPreview | undefined
  /** When something happened last, milliseconds since 1970; 0 when that is not known. */
  readonly activeAt: number
  /** Others who are writing; of rooms that we are in. */
  readonly typing: readonly ChatUser[]
  /** Of a conversation with one other person: who that is. */
  readonly peer?: ChatUser | undefined
  /** Whether the peer is connected. */
  readonly isOnline: boolean
  /** Of those who may be told: 0 where everyone is a member. */
  readonly memberCount: number
  readonly can: RoomPermissions
}

type Live = RoomState

interface Kept {
  readonly listing: RoomListing | undefined
  readonly live: Live | undefined
  readonly title: string
  readonly isActive: boolean
  readonly item: RoomListItem
}

const NOBODY: readonly ChatUser[] = []

const previewOf = (store: ChatStore, listing: RoomListing | undefined, live: Live | undefined): RoomPreview | undefined => {
  const told = listing?.last
  const row = live?.messages.at(-1)
  const isNewer = row !== undefined && (told?.seq === undefined || row.seq === undefined || row.seq >= told.seq)
  const last = isNewer ? row : told
  if (!last) return undefined
  const { author, body, createdAt, isDeleted = false, attachments } = last
  return { author, body, createdAt, isDeleted, isOwn: author.id === store.me?.id, attachments }
}

const speaksTo = (me: ChatUser | undefined, live: Live): boolean =>
  me !== undefined && live.unread > 0 && live.messages.slice(-live.unread).some(({ mentions }) => mentions?.includes(me.id))

const itemOf = (store: ChatStore, room: string, { listing, live, title, isActive }: Omit<Kept, 'item'>): RoomListItem => {
  const { kind = 'room', isMember = true, isPrivate = false, memberCount = 0, members, online } = listing ?? {}
  const last = previewOf(store, listing, live)
  const peer = members?.find(({ id }) => id !== store.me?.id)
  const isHere = peer !== undefined && live?.isEntered === true && live.members.some(({ id }) => id === peer.id)
  return {
    room,
    title,
    kind,
    unread: store.unread(room),
    isMentioned: live?.isEntered ? speaksTo(store.me, live) : (listing?.mentioned ?? false),
    isActive,
    isMember,
    isPrivate,
    last,
    activeAt: Math.max(listing?.activeAt ?? 0, last?.createdAt ?? 0),
    typing: live?.isEntered ? live.typing : NOBODY,
    peer,
    isOnline: isHere || (peer !== undefined && online?.includes(peer.id) === true),
    memberCount,
    can: store.permissions(room),
  }
}

/** Makes the items of a list; one that nothing happened to is the same object as before. */
export const createRoomItems = (): ((store: ChatStore, active: string | undefined) => readonly RoomListItem[]) => {
  let kept = new Map<string, Kept>()
  return (store, active) => {
    const { rooms, listings, offered } = store.state
    // What was entered and is not on the server's list is there as long as we are.
    const others = store.rooms.filter(({ room }) => !listings || rooms.get(room)?.isEntered)
    const names = new Set([...(listings?.values() ?? offered), ...others].map(({ room }) => room))
    const next = new Map<string, Kept>()
    for (const room of names) {
      const facts = { listing: listings?.get(room), live: rooms.get(room), title: store.title(room), isActive: room === active }
      const before = kept.get(room)
      const isSame =
        before?.listing === facts.listing && before?.live === facts.live && before?.title === facts.title && before.isActive === facts.isActive
      next.set(room, isSame && before ? before : { ...facts, item: itemOf(store, room, facts) })
    }
    kept = next
    return [...next.values()].map(({ item }) => item).sort(byActivity)
  }
}

const byActivity = (a: RoomListItem, b: RoomListItem): number => b.activeAt - a.activeAt
