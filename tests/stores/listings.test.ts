import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RoomListing } from '../../src/core/index.ts'
import { createRoomItems, type RoomListItem } from '../../src/composables/room-items.ts'
import { matchesText } from '../../src/composables/match-text.ts'
import { useChatStore, type ChatStore } from '../../src/stores/index.ts'
import type { ChatStoreEvent } from '../../src/stores/room-types.ts'
import { ada, bob, entered, message, welcome } from './support.ts'

const can = { send: true, react: true, attach: true, invite: true, manage: false }
const listing = (room: string, fields: Partial<RoomListing> = {}): RoomListing => ({
  room,
  title: room.toUpperCase(),
  kind: 'room',
  isMember: true,
  isPrivate: false,
  memberCount: 2,
  top: 0,
  unread: 0,
  can,
  ...fields,
})
const last = (room: string, createdAt: number, body = 'words') => ({ room, seq: 1, clientId: 'c', author: bob, body, createdAt })

let store: ChatStore
let items: (active?: string) => readonly RoomListItem[]
const tell = (...events: readonly ChatStoreEvent[]): void => {
  store.dispatch(...events)
  store.flush()
}
beforeEach(() => {
  setActivePinia(createPinia())
  store = useChatStore()
  const make = createRoomItems()
  items = (active) => make(store, active)
  tell(welcome())
})
const item = (room: string): RoomListItem | undefined => items().find((each) => each.room === room)

describe('what the server lists', () => {
  it('[LI1] is shown whole: newest first, with the last message, who is spoken to and who the other one is', () => {
    tell({
      type: 'listings',
      rooms: [
        listing('old', { activeAt: 10 }),
        listing('talk', { activeAt: 30, last: last('talk', 30), unread: 3, mentioned: true }),
        listing('two', { kind: 'direct', title: 'Bob', members: [ada, bob], online: [bob.id], activeAt: 20 }),
        listing('open', { isMember: false }),
      ],
    })
    expect(items().map(({ room }) => room).filter((room) => room !== 'general')).toEqual(['talk', 'two', 'old', 'open'])
    expect(item('talk')).toMatchObject({ unread: 3, isMentioned: true, last: { body: 'words', author: bob, isOwn: false } })
    expect(item('two')).toMatchObject({ kind: 'direct', title: 'Bob', peer: bob, isOnline: true })
    expect(item('open')).toMatchObject({ isMember: false })
    expect(store.totalUnread).toBe(3)
  })

  it('[LI2] gives way to what we hear ourselves in a room that we are in, and counts again once we are out of it', () => {
    tell({ type: 'listings', rooms: [listing('general', { unread: 5, top: 5, last: last('general', 5) })] })
    expect(store.unread('general')).toBe(5)
    tell(entered({ top: 5 }), message(6, { author: bob, body: 'here' }))
    expect(store.unread('general')).toBe(1)
    expect(item('general')).toMatchObject({ unread: 1, last: { body: 'here' } })
    tell({ type: 'read', room: 'general' }, { type: 'left', payload: { room: 'general' } })
    expect(store.unread('general')).toBe(0)
    tell({ type: 'listing', payload: listing('general', { unread: 2, top: 8, last: { ...last('general', 9, 'later'), seq: 8 } }) })
    expect(item('general')).toMatchObject({ unread: 2, last: { body: 'later' } })
  })

  it('[LI3] takes a room off that is gone, and brings it back', () => {
    tell({ type: 'listings', rooms: [listing('plans')] })
    tell({ type: 'gone', payload: { room: 'plans', reason: 'expelled' } })
    expect(item('plans')).toBeUndefined()
    tell({ type: 'listing', payload: listing('plans') })
    expect(item('plans')).toMatchObject({ title: 'PLANS' })
  })

  it('[LI4] has the newest title and what may be done', () => {
    tell({ type: 'listings', rooms: [listing('general', { title: 'Before' })] }, entered({ title: 'Before', can }))
    tell({ type: 'listing', payload: listing('general', { title: 'After', can: { ...can, send: false } }) })
    expect(store.title('general')).toBe('After')
    expect(store.permissions('general').send).toBe(false)
    tell({ type: 'listing', payload: listing('news', { can: { ...can, send: false } }) })
    expect(store.permissions('news').send).toBe(false)
    expect(store.permissions('unknown')).toMatchObject({ send: true, manage: false })
  })

  it('[LI5] leaves the items of other rooms as they are', () => {
    tell({ type: 'listings', rooms: [listing('a'), listing('b')] })
    const before = item('a')
    tell({ type: 'listing', payload: listing('b', { unread: 1 }) })
    expect(item('a')).toBe(before)
    expect(item('b')?.unread).toBe(1)
  })

  it('[LI6] without it there are the rooms that are offered, and those that were entered', () => {
    expect(items().map(({ room, isMember }) => [room, isMember])).toEqual([['general', true]])
    tell(entered({ room: 'tea', title: 'Tea' }))
    expect(items().map(({ room }) => room)).toEqual(['general', 'tea'])
  })
})

describe('a search in names', () => {
  it.each([
    ['zoe', 'Zoë Müller', true],
    ['MULLER zo', 'Zoë Müller', true],
    ['小明', '王小明', true],
    ['ｚｏｅ', 'zoe', true],
    ['x', 'Zoë', false],
    ['.*', 'Zoë', false],
    ['', 'Zoë', true],
  ])('[LI7] %s in %s: %s', (query, name, isFound) => {
    expect(matchesText(query, [name])).toBe(isFound)
  })
})
