import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ReceivedMessage, RoomListing } from '../../src/core/index.ts'
import { createRoomItems, type RoomListItem } from '../../src/composables/room-items.ts'
import { matchesText } from '../../src/composables/match-text.ts'
import { useChatStore, type ChatStore, type Tally } from '../../src/stores/index.ts'
import type { ChatStoreEvent } from '../../src/stores/room-types.ts'
import { ada, bob, entered, message, stored, welcome } from './support.ts'

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

describe('rooms that another tab is in', () => {
  const said = (seq: number, fields: Partial<ReceivedMessage> = {}): ChatStoreEvent => ({ type: 'elsewhere', payload: stored(seq, { room: 'talk', author: bob, ...fields }) })
  const tally = (fields: Partial<Tally>): ChatStoreEvent => ({
    type: 'tally',
    tally: { room: 'talk', epoch: 'e1', read: 0, top: 0, unread: 0, isMentioned: false, isWhole: true, joinedAt: 0, ...fields },
  })
  beforeEach(() => tell({ type: 'listings', rooms: [listing('quiet', { activeAt: 1_500 }), listing('talk', { top: 2, activeAt: 1_002 })] }))

  it('[LI50] move up with their last message and its badge, at once', () => {
    expect(items()[0]?.room).toBe('quiet')
    tell(said(3, { createdAt: 2_000, body: 'look here', mentions: [ada.id] }))
    expect(items()[0]).toMatchObject({ room: 'talk', unread: 1, isMentioned: true, last: { body: 'look here' }, activeAt: 2_000 })
    tell(said(3), said(2), said(4, { author: ada, body: 'mine' }))
    expect(item('talk')).toMatchObject({ unread: 1, last: { body: 'mine', isOwn: true } })
    tell(said(5, { kind: 'edit', target: 4, body: 'mended', author: ada }))
    expect(item('talk')).toMatchObject({ unread: 1, last: { body: 'mended' } })
    tell(said(6, { kind: 'delete', target: 4, body: '', author: ada }), said(7, { kind: 'react', target: 3, body: '👍' }))
    expect(item('talk')).toMatchObject({ unread: 1, last: { body: '', isDeleted: true } })
    expect(store.listing('talk')?.top).toBe(7)
    expect(store.state.rooms.has('talk')).toBe(false)
  })

  it('[LI50] what another tab overhears of a room that is on no list makes none', () => {
    tell({ type: 'elsewhere', payload: stored(1, { room: 'secret' }) })
    expect(items().map(({ room }) => room)).not.toContain('secret')
  })

  it('[LI51] the badge goes when another tab has read, whichever is told first', () => {
    tell(said(3), said(4))
    expect(store.unread('talk')).toBe(2)
    tell(tally({ read: 3, top: 4, unread: 1 }))
    expect(store.unread('talk')).toBe(1)
    // That tab was ahead of us.
    tell(tally({ read: 5, top: 5, unread: 0 }), said(5))
    expect(item('talk')).toMatchObject({ unread: 0, isMentioned: false, last: { body: 'message 5' } })
    // And this was said before it had the last one.
    tell(said(6), tally({ read: 5, top: 5, unread: 0 }))
    expect(store.unread('talk')).toBe(1)
    tell(tally({ read: 6, top: 6, unread: 0 }))
    expect(store.totalUnread).toBe(0)
  })

  it('[LI51] what only the tab that is in the room was told, when the connection was made anew, shows in the list too', () => {
    tell(tally({ top: 4, unread: 2, joinedAt: 4, last: stored(4, { room: 'talk', createdAt: 3_000, body: 'missed' }) }))
    expect(items()[0]).toMatchObject({ room: 'talk', unread: 2, last: { body: 'missed' }, activeAt: 3_000 })
    tell(said(4), said(5))
    expect(store.unread('talk')).toBe(3)
  })

  it('[LI52] the badge does not come back with a list of a server that has not heard yet of what was read', () => {
    tell(said(3, { mentions: [ada.id] }), tally({ read: 3, top: 3, unread: 0 }))
    tell({ type: 'listings', rooms: [listing('talk', { top: 3, unread: 1, mentioned: true })] })
    expect(item('talk')).toMatchObject({ unread: 0, isMentioned: false })
    tell({ type: 'listing', payload: listing('talk', { top: 4, unread: 2, mentioned: true }) })
    expect(item('talk')).toMatchObject({ unread: 1, isMentioned: true })
    tell({ type: 'listing', payload: listing('talk', { top: 4, unread: 0 }) })
    expect(store.unread('talk')).toBe(0)
  })

  it('[LI52] the server counts where the other tab does not have all, and after its log began anew', () => {
    tell(tally({ top: 3, unread: 1, isWhole: false }), { type: 'listing', payload: listing('talk', { top: 9, unread: 6 }) })
    expect(store.unread('talk')).toBe(6)
    tell(tally({ top: 9, unread: 0 }), { type: 'listings', rooms: [listing('talk', { top: 2, unread: 2 })] })
    expect(store.unread('talk')).toBe(2)
    tell(tally({ top: 3, unread: 0, epoch: 'e2' }))
    expect(store.unread('talk')).toBe(0)
  })

  it('[LI53] a message costs one listing, whatever the number of rooms and of messages that are new', () => {
    tell(said(3))
    const before = items()
    tell(said(4))
    const quiet = (list: readonly RoomListItem[]): RoomListItem | undefined => list.find(({ room }) => room === 'quiet')
    expect(quiet(items())).toBe(quiet(before))
    const { state } = store
    tell(tally({ top: 4, unread: 2 }))
    const told = store.state
    tell(tally({ top: 4, unread: 2 }))
    expect(store.state).toBe(told)
    expect(told.listings).toBe(state.listings)
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
