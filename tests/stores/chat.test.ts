import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, watch } from 'vue'
import { ChatUsageError } from '../../src/core/index.ts'
import { useChatStore, type ChatCommands } from '../../src/stores/index.ts'
import { acked, ada, bob, entered, message, welcome } from './support.ts'

const commands = (changes: Partial<ChatCommands> = {}): ChatCommands => ({
  capabilities: { acks: true, history: true, rooms: true, presence: true, members: true, typing: true, edits: true, reactions: true, replies: true,
  mentions: true,
  attachments: true,
  receipts: true,
  membership: true,
  search: true,
  around: true },
  enter: vi.fn(),
  leave: vi.fn(),
  send: vi.fn(),
  retry: vi.fn(() => true),
  cancel: vi.fn(() => true),
  loadHistory: vi.fn(async () => ({ ok: true, value: { room: 'general', messages: [], more: false } }) as const),
  setTyping: vi.fn(),
  ...changes,
})

beforeEach(() => {
  setActivePinia(createPinia())
})

describe('useChatStore', () => {
  it('[RS28] makes one change of everything that comes in one tick', async () => {
    const store = useChatStore()
    const seen: number[] = []
    watch(() => store.messages('general'), (rows) => seen.push(rows.length), { flush: 'sync' })
    store.dispatch(welcome())
    store.dispatch(entered())
    for (let seq = 1; seq <= 200; seq++) store.dispatch(message(seq))
    expect(store.messages('general')).toHaveLength(0)
    await nextTick()
    expect(seen).toEqual([200])
  })

  it('[RS40] a long queue that goes out is shown a few times a second: each answer cost a walk over all that waited', async () => {
    vi.useFakeTimers()
    try {
      const store = useChatStore()
      store.dispatch(welcome(), entered())
      for (let i = 1; i <= 1_000; i++) store.dispatch({ type: 'queued', payload: { room: 'general', clientId: `m${String(i)}`, body: 'x', createdAt: 1 } })
      store.flush()
      let changes = 0
      watch(() => store.messages('general'), () => changes++, { flush: 'sync' })
      for (let seq = 1; seq <= 1_000; seq++) {
        store.dispatch(acked(`m${String(seq)}`, seq))
        await nextTick()
        store.dispatch(message(seq, { author: ada, clientId: `m${String(seq)}` }))
        await nextTick()
      }
      expect(changes).toBeLessThan(20)
      vi.advanceTimersByTime(50)
      expect(store.messages('general').every(({ status }, i, all) => status === 'sent' && all[i]!.seq === i + 1)).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })

  it('[RS40] messages that pour in, a task each, are shown a few times a second; what a person does is shown at once', async () => {
    vi.useFakeTimers()
    try {
      const store = useChatStore()
      store.dispatch(welcome(), entered())
      store.flush()
      let changes = 0
      watch(() => store.messages('general'), () => changes++, { flush: 'sync' })
      for (let seq = 1; seq <= 1_000; seq++) {
        store.dispatch(message(seq))
        await nextTick()
      }
      expect(changes).toBeLessThan(20)
      store.dispatch({ type: 'queued', payload: { room: 'general', clientId: 'mine', body: 'me too', createdAt: 1 } })
      await nextTick()
      expect(store.messages('general')).toHaveLength(1_001)
      store.dispatch(message(1_001))
      vi.advanceTimersByTime(50)
      expect(store.messages('general')).toHaveLength(1_002)
      vi.advanceTimersByTime(1_000)
      const before = changes
      store.dispatch(message(1_002))
      await nextTick()
      expect(changes).toBe(before + 1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('[RS29] shows rooms, people and unread messages', async () => {
    const store = useChatStore()
    store.dispatch(welcome(), entered({ count: 7 }), message(1), { ...entered({ room: 'tea', title: 'Tea' }) })
    store.dispatch({ type: 'typing', payload: { room: 'general', user: bob, on: true }, expiresAt: 9 })
    store.flush()
    expect(store.rooms).toEqual([{ room: 'general', title: 'General' }, { room: 'tea', title: 'Tea' }])
    expect(store.me).toEqual(ada)
    expect(store.title('tea')).toBe('Tea')
    expect(store.title('unknown')).toBe('unknown')
    expect(store.members('general')).toEqual([ada, bob])
    expect(store.onlineCount('general')).toBe(7)
    expect(store.typing('general')).toEqual([bob])
    expect([store.unread('general'), store.unread('tea'), store.totalUnread]).toEqual([1, 0, 1])
    store.markRead('general')
    store.flush()
    expect(store.totalUnread).toBe(0)
  })

  it('[RS29] keeps the list of rooms while only messages come', () => {
    const store = useChatStore()
    store.dispatch(welcome(), entered())
    store.flush()
    const before = store.rooms
    store.dispatch(message(1))
    store.flush()
    expect(store.rooms).toBe(before)
  })

  it('[RS30] is of its own for each Pinia', () => {
    const one = useChatStore(createPinia())
    const two = useChatStore(createPinia())
    one.dispatch(welcome(), entered(), message(1))
    one.flush()
    expect(one.messages('general')).toHaveLength(1)
    expect(two.messages('general')).toHaveLength(0)
  })

  it.each([
    ['send', (store: ReturnType<typeof useChatStore>) => store.send('general', 'x')],
    ['enter', (store: ReturnType<typeof useChatStore>) => store.enter('general')],
    ['retry', (store: ReturnType<typeof useChatStore>) => store.retry('a')],
    ['loadOlder', (store: ReturnType<typeof useChatStore>) => store.loadOlder('general')],
  ])('[RS31] says what to do when nothing is bound: %s', (_name, act) => {
    const store = useChatStore()
    expect(() => act(store)).toThrow(ChatUsageError)
    expect(() => act(store)).toThrow(/createChat/)
  })

  it('[RS32] hands commands to what is bound, and starts from nothing with another session', () => {
    const store = useChatStore()
    const first = commands()
    const unbind = store.bind(first)
    expect(() => store.bind(commands())).toThrow(/createPinia/)
    store.dispatch(welcome(), entered(), message(1))
    store.flush()
    store.send('general', 'hello')
    expect(first.send).toHaveBeenCalledWith('general', 'hello')
    unbind()
    store.bind(commands())
    expect(store.messages('general')).toEqual([])
    expect(store.me).toBeUndefined()
  })

  it('[RS33] asks for older messages only while there are some', async () => {
    const store = useChatStore()
    const bound = commands()
    store.bind(bound)
    store.dispatch(welcome(), entered({ top: 9, first: 3 }), message(8), message(9))
    store.flush()
    expect(store.hasOlder('general')).toBe(true)
    await store.loadOlder('general')
    expect(bound.loadHistory).toHaveBeenCalledWith('general', 8)
    store.dispatch(message(3))
    store.flush()
    expect(store.hasOlder('general')).toBe(false)
    await store.loadOlder('general')
    expect(bound.loadHistory).toHaveBeenCalledTimes(1)
  })

  it('[RS33] has no older messages where the wire has no history', () => {
    const store = useChatStore()
    store.bind(commands({ capabilities: { ...commands().capabilities, history: false } }))
    store.dispatch(welcome(), entered({ top: 9 }), message(9))
    store.flush()
    expect(store.hasOlder('general')).toBe(false)
  })

  it('[RS34] does not take a JSON copy from the server for its state', () => {
    const pinia = createPinia()
    pinia.state.value['chat'] = { state: { rooms: {}, offered: [], watched: [], isVisible: true } }
    const store = useChatStore(pinia)
    expect(store.messages('general')).toEqual([])
    expect(store.totalUnread).toBe(0)
  })
})
