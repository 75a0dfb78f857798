import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, nextTick, shallowRef } from 'vue'
import { bindStore } from '../../src/composables/bind-store.ts'
import { createMarkShelf, keepMarks } from '../../src/composables/kept-marks.ts'
import { readChannel } from '../../src/composables/read-channel.ts'
import { shareReads } from '../../src/composables/share-reads.ts'
import { useChatRoom, type UseChatRoomOptions } from '../../src/composables/useChatRoom.ts'
import { createPinia } from 'pinia'
import { createSession, systemClock } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { createChat } from '../../src/plugin.ts'
import { wipeDrafts } from '../../src/storage/kept-drafts.ts'
import { useChatStore } from '../../src/stores/index.ts'
import { createFakeServer } from '../../src/testing.ts'
import { createTestChat, mount, settle, setVisible } from './support.ts'

const bob = { id: 'bob', name: 'Bob' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  setVisible(true)
  vi.useRealTimers()
})

const open = async (options?: UseChatRoomOptions) => {
  const chat = createTestChat()
  for (let i = 0; i < 3; i++) chat.server.say('general', bob, `${i}`)
  const room = shallowRef('general')
  const { result, unmount } = mount(() => useChatRoom(room, options), chat.provide)
  await settle()
  const said = () => chat.server.received.flatMap((frame) => (frame.type === 'mark' ? [`${frame.room} ${frame.received ?? 0} ${frame.read ?? 0}`] : []))
  return { ...chat, room, result, unmount, said }
}

describe('what the server is told of reading', () => {
  it('[RD90] is gathered, and told at once when the page is hidden or the room is left', async () => {
    const { said, server, room, unmount } = await open()
    expect(said()).toEqual([])
    await vi.advanceTimersByTimeAsync(250)
    expect(said()).toEqual(['general 3 3'])
    server.say('general', bob, 'four')
    await settle()
    setVisible(false)
    expect(said().at(-1)).toBe('general 4 4')
    server.say('general', bob, 'five')
    await vi.advanceTimersByTimeAsync(250)
    expect(said().at(-1)).toBe('general 5 4')
    setVisible(true)
    room.value = 'kitchen'
    await settle()
    expect(said().at(-1)).toBe('general 5 5')
    unmount()
  })

  it('[RD91] is told again to a room that was left and entered again, and only while it is news', async () => {
    const { said, room, unmount } = await open()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(said()).toEqual(['general 3 3'])
    room.value = 'kitchen'
    await vi.advanceTimersByTimeAsync(1_000)
    room.value = 'general'
    await vi.advanceTimersByTimeAsync(5_000)
    expect(said()).toEqual(['general 3 3', 'general 3 3'])
    unmount()
  })

  it('[RD92] with reads: inView is what the view tells, and nothing before it has told', async () => {
    const { result, said, server, store, unmount } = await open({ reads: 'inView' })
    await vi.advanceTimersByTimeAsync(250)
    expect(said()).toEqual(['general 3 0'])
    result.setInView(result.messages.value[1]!)
    await vi.advanceTimersByTimeAsync(250)
    expect(said().at(-1)).toBe('general 3 2')
    result.setInView('end')
    server.say('general', bob, 'four')
    await vi.advanceTimersByTimeAsync(250)
    expect(said().at(-1)).toBe('general 4 4')
    expect(store.unread('general')).toBe(0)
    unmount()
  })

  it('[RD93] readBy names who has seen a row, and marks is the same list for the same marks', async () => {
    const { result, server, unmount } = await open()
    server.mark('general', bob, { read: 2 })
    await settle()
    const [one, two, three] = result.messages.value
    expect([one, two, three].map((row) => result.readBy(row!).length)).toEqual([1, 1, 0])
    const before = result.marks.value
    server.say('general', bob, 'more')
    await settle()
    expect(result.marks.value).toBe(before)
    unmount()
  })
})

describe('tabs with a connection each', () => {
  it('[RD94] agree on what was read also when the server is not told; tabs of others do not listen', async () => {
    const server = createFakeServer()
    for (let i = 0; i < 3; i++) server.say('general', bob, `${i}`)
    const tab = (user = server.user) => {
      const own = createFakeServer({ user })
      for (let i = 0; i < 3; i++) own.say('general', bob, `${i}`)
      own.mark('general', user, { read: 1 })
      const session = createSession({ url: 'ws://x/chat', dialect: chatV1Dialect(), transport: own.connect })
      const store = useChatStore(createPinia())
      const unbind = bindStore(session, store, { receipts: false })
      const stop = shareReads(readChannel('ws://x/chat')!, store)
      session.open()
      session.enter('general')
      return { store, own, end: () => (stop(), unbind(), session.dispose()) }
    }
    const [first, second, other] = [tab(), tab(), tab({ id: 'zoe', name: 'Zoe' })]
    await settle()
    expect([first, second, other].map(({ store }) => store.unread('general'))).toEqual([2, 2, 2])
    first.store.dispatch({ type: 'watched', room: 'general', on: true })
    await nextTick()
    vi.useRealTimers()
    await vi.waitFor(() => expect(second.store.unread('general')).toBe(0))
    expect(other.store.unread('general')).toBe(2)
    expect(first.own.received.some((frame) => frame.type === 'mark' && frame.read !== undefined)).toBe(false)
    for (const one of [first, second, other]) one.end()
  })
})

describe('what is read in a chat that tells nobody', () => {
  afterEach(() => localStorage.clear())

  const server = () => {
    const fake = createFakeServer()
    for (let i = 0; i < 3; i++) fake.say('general', bob, `${i}`)
    return fake
  }
  const page = async (fake: ReturnType<typeof server>) => {
    const session = createSession({ url: 'ws://x/chat', dialect: chatV1Dialect(), transport: fake.connect })
    const store = useChatStore(createPinia())
    const unbind = bindStore(session, store, { receipts: false })
    const stop = keepMarks(session, store, systemClock, 'ws://x/chat')
    session.open()
    session.enter('general')
    await settle()
    return { store, read: () => store.dispatch({ type: 'watched', room: 'general', on: true }), close: () => (stop(), unbind(), session.dispose()) }
  }
  const talk = { room: 'general', title: 'General', kind: 'room', isMember: true, isPrivate: false, memberCount: 2, can: { send: true, react: true, attach: true, invite: false, manage: false } } as const

  it('[RD95] after a reload what came since is unread, in the room and in the list, and no mark has left', async () => {
    const fake = server()
    const first = await page(fake)
    first.read()
    await vi.advanceTimersByTimeAsync(250)
    expect(first.store.unread('general')).toBe(0)
    first.close()
    for (const body of ['four', 'five']) fake.say('general', bob, body)
    const second = await page(fake)
    expect(second.store.unread('general')).toBe(2)
    expect(second.store.readBefore('general')).toBe(3)
    second.read()
    await settle()
    second.close()

    expect(fake.received.filter(({ type }) => type === 'mark')).toEqual([])
  })

  it('[RD95] a room that is on the list only has no more new ones than came since it was read here, whatever the server counts', async () => {
    const fake = server()
    const first = await page(fake)
    first.read()
    await settle()
    first.close()
    const store = useChatStore(createPinia())
    const session = createSession({ url: 'ws://x/chat', dialect: chatV1Dialect(), transport: fake.connect })
    const unbind = bindStore(session, store, { receipts: false })
    const stop = keepMarks(session, store, systemClock, 'ws://x/chat')
    session.open()
    await settle()
    store.dispatch({ type: 'listings', rooms: [{ ...talk, top: 4, unread: 4 }, { ...talk, room: 'other', top: 7, unread: 7 }] })
    await settle()
    expect([store.unread('general'), store.unread('other')]).toEqual([1, 7])
    stop()
    unbind()
    session.dispose()
  })

  it('[RD95] an app with receipts: false does so by itself', async () => {
    const fake = server()
    const app = async () => {
      const app = createApp(defineComponent({ setup: () => (useChatRoom('general'), () => null) }))
      const pinia = createPinia()
      app.use(pinia).use(createChat({ url: 'ws://x/chat', transport: fake.connect, receipts: false }))
      app.mount(document.createElement('div'))
      await vi.dynamicImportSettled()
      await settle()
      return { store: useChatStore(pinia), close: () => app.unmount() }
    }
    const first = await app()
    expect(first.store.unread('general')).toBe(0)
    first.close()
    fake.say('general', bob, 'four')
    setVisible(false)
    const second = await app()
    expect([second.store.unread('general'), second.store.readBefore('general')]).toEqual([1, 3])
    second.close()
    expect(fake.received.filter(({ type }) => type === 'mark')).toEqual([])
  })

  it('[RD96] it is forgotten at sign-out, unknown to other people and other servers, and broken notes are none', async () => {
    const shelf = createMarkShelf('ws://x/chat')!
    const tally = { room: 'a', epoch: 'e', read: 3, top: 3, unread: 0, isMentioned: false, isWhole: true, joinedAt: 0 }
    shelf.write('ada', tally)
    // Of a tab that is behind.
    shelf.write('ada', { ...tally, read: 2 })
    expect(shelf.read('ada')).toEqual([tally])
    expect([shelf.read('bob'), createMarkShelf('ws://y/chat')!.read('ada')]).toEqual([[], []])
    for (let i = 0; i < 400; i++) shelf.write('zoe', { ...tally, room: `${i}` })
    expect(shelf.read('zoe')).toHaveLength(300)
    for (const broken of ['', '{', '{"v":1}', '{"v":1,"rooms":[1,{"room":"a"}]}', '{"v":2,"rooms":[]}']) {
      localStorage.setItem('vue-chat-socket:read:eve:ws%3A%2F%2Fx%2Fchat', broken)
      expect(shelf.read('eve')).toEqual([])
    }
    wipeDrafts('ada')
    expect([shelf.read('ada').length, shelf.read('zoe').length]).toEqual([0, 300])
    wipeDrafts()
    expect(shelf.read('zoe')).toEqual([])
  })
})
