import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, KeepAlive, nextTick, ref } from 'vue'
import { useChatRoom, useChatRooms, useChatSocket } from '../../src/composables/index.ts'
import { createTestChat, mount, setVisible, settle } from './support.ts'

const bob = { id: 'b', name: 'Bob' }
let chat: ReturnType<typeof createTestChat>

beforeEach(() => {
  vi.useFakeTimers()
  chat = createTestChat()
})
afterEach(() => {
  chat.dispose()
  setVisible(true)
  vi.useRealTimers()
})

const enter = async (name: Parameters<typeof useChatRoom>[0] = 'general') => {
  const mounted = mount(() => useChatRoom(name), chat.provide)
  await settle()
  return { ...mounted, room: mounted.result }
}

describe('useChatRoom', () => {
  it('[CR1] connects, enters, and shows the room', async () => {
    chat.server.setMembers('general', [bob])
    chat.server.say('general', bob, 'hello')
    const { result: room } = mount(() => useChatRoom('general'), chat.provide)
    expect(room.isLoading.value).toBe(true)
    await settle()
    expect(room.isLoading.value).toBe(false)
    expect(room.title.value).toBe('General')
    expect(room.messages.value.map((row) => row.body)).toEqual(['hello'])
    expect(room.onlineCount.value).toBe(2)
    expect(room.members.value).toContainEqual(bob)
    expect(room.me.value).toEqual(chat.server.user)
    expect(room.can.history).toBe(true)
  })

  it('[CR2] shows a message of ours at once, and the same row as sent after the ack', async () => {
    const { room } = await enter()
    let answer = (): void => {}
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      answer = () => push({ type: 'ack', room: 'general', clientId: frame.clientId, seq: 1, ts: 7 })
      return true
    })
    const { clientId, settled } = room.send('hi')
    await settle()
    expect(room.messages.value).toHaveLength(1)
    expect(room.messages.value[0]).toMatchObject({ key: clientId, body: 'hi', isOwn: true, status: 'sending' })
    answer()
    await settle()
    expect(room.messages.value).toHaveLength(1)
    expect(room.messages.value[0]).toMatchObject({ key: clientId, status: 'sent', seq: 1 })
    expect(await settled).toMatchObject({ ok: true })
  })

  it('[CR3] keeps what was sent without a connection, and delivers it once and in order', async () => {
    const { room } = await enter()
    chat.server.refuse(true)
    chat.server.drop()
    room.send('one')
    room.send('two')
    await settle()
    expect(room.messages.value.map((row) => row.status)).toEqual(['sending', 'sending'])
    chat.server.refuse(false)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(room.messages.value.map((row) => [row.body, row.status, row.seq])).toEqual([['one', 'sent', 1], ['two', 'sent', 2]])
    expect(chat.server.log('general').map((event) => event.body)).toEqual(['one', 'two'])
  })

  it('[CR4] tells which messages broke off, and does not double them', async () => {
    const { room } = await enter()
    chat.server.intercept((frame) => frame.type === 'send')
    room.send('lost answer')
    await settle()
    chat.server.intercept(() => false)
    chat.server.drop()
    await nextTick()
    expect(room.messages.value[0]?.status).toBe('unconfirmed')
    await vi.advanceTimersByTimeAsync(31_000)
    expect(room.messages.value.map((row) => row.status)).toEqual(['sent'])
    expect(chat.server.log('general')).toHaveLength(1)
  })

  it('[CR5] shows why a message failed, and sends it again on retry', async () => {
    const { room } = await enter()
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', code: 'body_too_long', message: 'too long', retry: false, clientId: frame.clientId })
      return true
    })
    const { clientId } = room.send('long')
    await settle()
    expect(room.messages.value[0]).toMatchObject({ status: 'failed', failure: { code: 'body_too_long' } })
    chat.server.intercept(() => false)
    expect(room.retry(clientId)).toBe(true)
    await settle()
    expect(room.messages.value[0]).toMatchObject({ key: clientId, status: 'sent' })
    expect(room.retry('unknown')).toBe(false)
  })

  it('[CR6] takes back a message that waits', async () => {
    const { room } = await enter()
    chat.server.refuse(true)
    chat.server.drop()
    const { clientId } = room.send('never mind')
    expect(room.cancel(clientId)).toBe(true)
    await settle()
    expect(room.messages.value).toEqual([])
  })

  it('[CR7] loads older messages a page at a time, once however often it is asked', async () => {
    for (let i = 1; i <= 700; i++) chat.server.say('general', bob, `m${i}`)
    const { room } = await enter()
    const before = room.messages.value.length
    expect(before).toBeLessThan(700)
    expect(room.hasOlder.value).toBe(true)
    const both = [room.loadOlder(), room.loadOlder()]
    expect(room.isLoadingOlder.value).toBe(true)
    await settle()
    await Promise.all(both)
    expect(room.isLoadingOlder.value).toBe(false)
    expect(chat.server.received.filter((frame) => frame.type === 'history')).toHaveLength(1)
    while (room.hasOlder.value) {
      const load = room.loadOlder()
      await settle()
      expect((await load).ok).toBe(true)
    }
    expect(room.messages.value.map((row) => row.body)).toEqual(Array.from({ length: 700 }, (_, i) => `m${i + 1}`))
    expect(await room.loadOlder()).toMatchObject({ ok: true, value: { messages: [] } })
  })

  it('[CR8] marks what it missed too much of, and fills it on demand', async () => {
    const { room } = await enter()
    chat.server.say('general', bob, 'm1')
    await settle()
    chat.server.drop()
    for (let i = 2; i <= 800; i++) chat.server.say('general', bob, `m${i}`)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(room.gaps.value).toHaveLength(1)
    expect(room.messages.value[0]?.body).toBe('m1')
    expect(room.messages.value.at(-1)?.body).toBe('m800')
    while (room.gaps.value.length > 0) {
      const load = room.loadGap(room.gaps.value[0]!)
      await settle()
      await load
    }
    expect(room.messages.value.map((row) => row.body)).toEqual(Array.from({ length: 800 }, (_, i) => `m${i + 1}`))
  })

  it('[CR9] leaves with the component, and when the room changes', async () => {
    const name = ref('general')
    const { room, unmount } = await enter(name)
    name.value = 'tea'
    await settle()
    expect(room.room.value).toBe('tea')
    expect(room.messages.value).toEqual([])
    const said = () => chat.server.received.flatMap((f) => (f.type === 'join' || f.type === 'leave' ? [`${f.type} ${f.room}`] : []))
    expect(said()).toEqual(expect.arrayContaining(['join general', 'leave general', 'join tea']))
    unmount()
    await settle()
    expect(said().at(-1)).toBe('leave tea')
    expect(chat.store.activeRoom).toBeUndefined()
  })

  it('[CR9] stays in the room while another component shows it', async () => {
    const one = await enter()
    const two = await enter()
    one.unmount()
    await settle()
    chat.server.say('general', bob, 'still here')
    await settle()
    expect(two.room.messages.value.map((row) => row.body)).toEqual(['still here'])
  })

  it('[CR10] counts what comes while the page is hidden, and marks it read when it is seen', async () => {
    const { room } = await enter()
    chat.server.say('general', bob, 'seen')
    await settle()
    expect(room.unread.value).toBe(0)
    setVisible(false)
    chat.server.say('general', bob, 'unseen')
    await settle()
    expect(room.unread.value).toBe(1)
    setVisible(true)
    await settle()
    expect(room.unread.value).toBe(0)
  })

  it('[CR11] counts what comes while a KeepAlive holds the room back', async () => {
    const shown = ref(true)
    let room!: ReturnType<typeof useChatRoom>
    const Room = defineComponent({
      setup() {
        room = useChatRoom('general')
        return () => h('div')
      },
    })
    const app = createApp({ render: () => h(KeepAlive, () => (shown.value ? h(Room) : h('p'))) })
    chat.provide(app)
    app.mount(document.createElement('div'))
    await settle()
    shown.value = false
    await settle()
    chat.server.say('general', bob, 'unseen')
    await settle()
    expect(room.unread.value).toBe(1)
    shown.value = true
    await settle()
    expect(room.unread.value).toBe(0)
    app.unmount()
  })

  it('[CR12] shows who types, until they stop or are not heard of for a while', async () => {
    const { room } = await enter()
    chat.server.push({ type: 'typing', room: 'general', user: bob, on: true })
    await settle()
    expect(room.typing.value).toEqual([bob])
    await vi.advanceTimersByTimeAsync(5_000)
    chat.server.push({ type: 'typing', room: 'general', user: bob, on: true })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(room.typing.value).toEqual([bob])
    await vi.advanceTimersByTimeAsync(1_100)
    expect(room.typing.value).toEqual([])
    room.setTyping(true)
    await settle()
    expect(chat.server.received.at(-1)).toEqual({ type: 'typing', room: 'general', on: true })
  })

  it('[CR13] says why a room cannot be entered', async () => {
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'join') return false
      push({ type: 'error', code: 'not_found', message: 'no such room', retry: false, id: frame.id })
      return true
    })
    const { room } = await enter('nowhere')
    expect(room.error.value?.code).toBe('not_found')
    expect(room.isLoading.value).toBe(false)
  })

  it('[CR14] refuses a room without a name, with the fix', () => {
    expect(() => mount(() => useChatRoom(''), chat.provide)).toThrow(/name/)
  })
})

describe('the shared connection', () => {
  it('[CR15] connects at the first use, and only then', async () => {
    await settle()
    expect(chat.server.sockets).toHaveLength(0)
    mount(() => [useChatSocket(), useChatRoom('general')], chat.provide)
    await settle()
    expect(chat.server.sockets).toHaveLength(1)
  })

  it('[CR16] outlives the components that use it', async () => {
    const { result, unmount } = mount(() => useChatSocket(), chat.provide)
    await settle()
    expect(result.state.value).toBe('connected')
    unmount()
    expect(chat.session.snapshot().state).toBe('connected')
  })

  it('[CR17] refuses options that belong to the whole app', () => {
    expect(() => mount(() => useChatSocket(undefined, { token: 'x' } as never), chat.provide)).toThrow(/createChat\(\{ token \}\)/)
  })

  it('[CR18] lists rooms with unread counts and the one on screen', async () => {
    const { result: list } = mount(() => useChatRooms(), chat.provide)
    const { unmount } = await enter()
    expect(list.rooms.value).toMatchObject([{ room: 'general', title: 'General', unread: 0, isActive: true }])
    const other = await enter('tea')
    expect(list.activeRoom.value).toBe('tea')
    other.unmount()
    chat.session.enter('general')
    unmount()
    chat.server.say('general', bob, 'psst')
    await settle()
    expect(list.rooms.value[0]).toMatchObject({ room: 'general', unread: 1, isActive: false })
    expect(list.totalUnread.value).toBe(1)
  })
})
