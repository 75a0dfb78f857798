import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, onMounted, ref, shallowRef } from 'vue'
import { rawDialect } from '../../src/dialects/index.ts'
import { useChatSocket } from '../../src/composables/index.ts'
import { createFakeServer, createMemoryTransport } from '../../src/testing.ts'
import { mount, setVisible, settle } from './support.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  setVisible(true)
  vi.useRealTimers()
})

const raw = () => {
  const memory = createMemoryTransport()
  return { memory, options: { transport: memory.connect, dialect: rawDialect(), heartbeat: false } as const }
}

describe('in place of useWebSocket', () => {
  it('[US1] connects at once and says so in the same words', async () => {
    const { memory, options } = raw()
    const onConnected = vi.fn()
    const { result } = mount(() => useChatSocket('ws://test/', { ...options, onConnected }))
    expect(result.status.value).toBe('CONNECTING')
    memory.current().open()
    await settle()
    expect(result.status.value).toBe('OPEN')
    expect(result.ws.value).toBe(memory.current())
    expect(onConnected).toHaveBeenCalledExactlyOnceWith(memory.current())
  })

  it('[US2] calls onMessage once for each of 200 identical frames, and keeps the latest in data', async () => {
    const { memory, options } = raw()
    const onMessage = vi.fn()
    const { result } = mount(() => useChatSocket('ws://test/', { ...options, onMessage }))
    expect(result.data.value).toBeNull()
    memory.current().open()
    for (let i = 0; i < 200; i++) memory.current().receive('same')
    expect(onMessage).toHaveBeenCalledTimes(200)
    expect(onMessage).toHaveBeenLastCalledWith(memory.current(), expect.objectContaining({ data: 'same' }))
    expect(result.data.value).toBe('same')
  })

  it('[US3] sends to the open socket, and keeps for later what is buffered', async () => {
    const { memory, options } = raw()
    const { result } = mount(() => useChatSocket('ws://test/', options))
    expect(result.send('kept')).toBe(false)
    expect(result.send('dropped', false)).toBe(false)
    memory.current().open()
    await settle()
    expect(result.send('now')).toBe(true)
    expect(memory.current().sent).toEqual(['kept', 'now'])
  })

  it('[US4] tells of a lost connection and comes back', async () => {
    const { memory, options } = raw()
    const onDisconnected = vi.fn()
    const { result } = mount(() => useChatSocket('ws://test/', { ...options, onDisconnected }))
    memory.current().open()
    memory.current().drop(1012, 'restart')
    await settle()
    expect(onDisconnected).toHaveBeenCalledExactlyOnceWith(memory.sockets[0], expect.objectContaining({ code: 1012, reason: expect.any(String) }))
    expect(result.status.value).toBe('CLOSED')
    expect(result.retryAt.value).toBeGreaterThanOrEqual(Date.now())
    await vi.advanceTimersByTimeAsync(30_000)
    expect(memory.sockets.length).toBeGreaterThan(1)
  })

  it('[US5] does not connect with immediate: false, until open', async () => {
    const { memory, options } = raw()
    const { result } = mount(() => useChatSocket('ws://test/', { ...options, immediate: false }))
    window.dispatchEvent(new Event('online'))
    setVisible(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(memory.sockets).toHaveLength(0)
    result.open()
    expect(memory.sockets).toHaveLength(1)
  })
})

describe('scope', () => {
  it('[US6] ends the connection with the component', async () => {
    const { memory, options } = raw()
    const { result, unmount } = mount(() => useChatSocket('ws://test/', options))
    memory.current().open()
    unmount()
    expect(memory.current().state).toBe('closed')
    window.dispatchEvent(new Event('online'))
    result.open()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(memory.sockets).toHaveLength(1)
  })

  it('[US6] leaves it alone with autoClose: false', async () => {
    const { memory, options } = raw()
    const { result, unmount } = mount(() => useChatSocket('ws://test/', { ...options, autoClose: false }))
    memory.current().open()
    unmount()
    expect(memory.current().state).toBe('open')
    memory.current().receive('still here')
    expect(result.data.value).toBe('still here')
    result.session.dispose()
  })

  it('[US7] works in a bare effect scope, without an app, Pinia or plugin', async () => {
    const server = createFakeServer()
    const scope = effectScope()
    const socket = scope.run(() => useChatSocket('ws://test/chat', { transport: server.connect }))!
    await settle()
    expect(socket.state.value).toBe('connected')
    scope.stop()
    expect(server.sockets[0]?.state).toBe('closed')
  })

  it('[US7] connects when it is made after the component was mounted', () => {
    const { memory, options } = raw()
    mount(() => onMounted(() => void useChatSocket('ws://test/', options)))
    expect(memory.sockets).toHaveLength(1)
  })

  it('[US8] stops listening when told, and with the scope', async () => {
    const server = createFakeServer()
    const heard: string[] = []
    const { result, unmount } = mount(() => useChatSocket('ws://test/chat', { transport: server.connect, autoClose: false }))
    const off = result.on('message', (message) => heard.push(message.body))
    result.session.enter('general')
    await settle()
    server.say('general', { id: 'b', name: 'Bob' }, 'one')
    await settle()
    off()
    server.say('general', { id: 'b', name: 'Bob' }, 'two')
    await settle()
    expect(heard).toEqual(['one'])
    unmount()
    result.session.dispose()
  })
})

describe('browser events', () => {
  const connected = async () => {
    const server = createFakeServer()
    // The first beat of its own comes late.
    const mounted = mount(() => useChatSocket('ws://test/chat', { transport: server.connect, random: () => 0.99 }))
    await settle()
    expect(mounted.result.state.value).toBe('connected')
    return { server, ...mounted }
  }

  it.each([
    ['the network comes back', () => window.dispatchEvent(new Event('online'))],
    ['the page becomes visible', () => setVisible(true)],
    ['the page comes out of the back/forward cache', () => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))],
    ['a frozen page goes on', () => document.dispatchEvent(new Event('resume'))],
  ])('[US9] tries at once when %s', async (_name, wake) => {
    const { server, result } = await connected()
    server.refuse(true)
    server.drop()
    await vi.advanceTimersByTimeAsync(20_000)
    server.refuse(false)
    while (result.state.value !== 'waiting') await vi.advanceTimersByTimeAsync(100)
    wake()
    await settle()
    expect(result.state.value).toBe('connected')
  })

  it('[US10] takes offline for a hint: it asks the connection, and does not drop it', async () => {
    const { server, result } = await connected()
    const pings = () => server.received.filter((frame) => frame.type === 'ping').length
    const before = pings()
    window.dispatchEvent(new Event('offline'))
    expect(result.online.value).toBe(false)
    expect(result.status.value).toBe('OPEN')
    await settle()
    expect(pings()).toBe(before + 1)
    expect(result.status.value).toBe('OPEN')
    expect(server.sockets).toHaveLength(1)
  })

  it('[US11] stays closed after close, whatever the browser tells, until open', async () => {
    const { server, result } = await connected()
    result.close()
    window.dispatchEvent(new Event('online'))
    setVisible(false)
    setVisible(true)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(result.state.value).toBe('closed')
    expect(server.sockets).toHaveLength(1)
    result.open()
    await settle()
    expect(result.state.value).toBe('connected')
  })

  it('[US19] asks an open socket after the laptop slept, and replaces it when nothing answers', async () => {
    const { server, result } = await connected()
    server.mute()
    // Timers stand still in a sleep while the clock goes on.
    vi.setSystemTime(Date.now() + 3_600_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(result.state.value).toBe('probing')
    await vi.advanceTimersByTimeAsync(3_000)
    await settle()
    expect(result.state.value).toBe('connected')
    expect(server.sockets.length).toBeGreaterThan(1)
  })

  it('[US19] a tick that is only a little late asks nothing', async () => {
    const { server, result } = await connected()
    const pings = () => server.received.filter((frame) => frame.type === 'ping').length
    const before = pings()
    vi.setSystemTime(Date.now() + 10_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(pings()).toBe(before)
    expect(result.state.value).toBe('connected')
  })

  it('[US12] tells whether the page is visible', async () => {
    const { result } = await connected()
    setVisible(false)
    expect(result.visible.value).toBe(false)
    setVisible(true)
    expect(result.visible.value).toBe(true)
  })
})

describe('url', () => {
  const urls = (sockets: readonly { readonly url: string }[]) => sockets.map((socket) => socket.url)

  it('[US13] connects anew when a ref or what a getter reads changes', async () => {
    const { memory, options } = raw()
    const room = ref('a')
    const { unmount } = mount(() => useChatSocket(() => `ws://test/${room.value}`, options))
    memory.current().open()
    room.value = 'b'
    room.value = 'c'
    await nextTick()
    expect(urls(memory.sockets)).toEqual(['ws://test/a', 'ws://test/c'])
    expect(memory.sockets[0]?.state).toBe('closed')
    unmount()
    room.value = 'd'
    await nextTick()
    expect(memory.sockets).toHaveLength(2)
  })

  it('[US13] does nothing when the address comes out the same', async () => {
    const { memory, options } = raw()
    const query = ref('A')
    mount(() => useChatSocket(() => `ws://test/${query.value.toLowerCase()}`, options))
    query.value = 'a'
    await nextTick()
    query.value = 'A'
    await nextTick()
    expect(memory.sockets).toHaveLength(1)
  })

  it('[US13] does not follow with autoConnect: false, nor after close', async () => {
    const { memory, options } = raw()
    const one = ref('ws://test/a')
    mount(() => useChatSocket(one, { ...options, autoConnect: false }))
    const two = ref('ws://test/b')
    const { result } = mount(() => useChatSocket(two, options))
    result.close()
    one.value = 'ws://test/c'
    two.value = 'ws://test/d'
    await nextTick()
    expect(urls(memory.sockets)).toEqual(['ws://test/a', 'ws://test/b'])
    result.open()
    expect(memory.current().url).toBe('ws://test/d')
  })

  it('[US14] waits for an address, and lets go when it is taken away', async () => {
    const { memory, options } = raw()
    const url = shallowRef<string>()
    const { result } = mount(() => useChatSocket(url, options))
    await settle()
    expect(memory.sockets).toHaveLength(0)
    url.value = 'ws://test/a'
    await nextTick()
    memory.current().open()
    expect(result.status.value).toBe('OPEN')
    url.value = undefined
    await nextTick()
    expect(result.status.value).toBe('CLOSED')
    url.value = 'ws://test/b'
    await nextTick()
    expect(urls(memory.sockets)).toEqual(['ws://test/a', 'ws://test/b'])
  })

  it('[US14] connects a lazy one when its ref gets a value, as useWebSocket does', async () => {
    const { memory, options } = raw()
    const url = shallowRef<string>()
    mount(() => useChatSocket(url, { ...options, immediate: false }))
    url.value = 'ws://test/a'
    await nextTick()
    expect(memory.sockets).toHaveLength(1)
  })

  it('[US15] asks a function once for each attempt', async () => {
    const { memory, options } = raw()
    let ticket = 0
    const url = vi.fn(async () => `ws://test/?ticket=${++ticket}`)
    const { result } = mount(() => useChatSocket(url, { ...options, autoReconnect: { minDelay: 100, maxDelay: 100 } }))
    await settle()
    memory.current().open()
    memory.current().drop()
    await vi.advanceTimersByTimeAsync(200)
    result.open()
    await settle()
    expect(urls(memory.sockets)).toEqual(['ws://test/?ticket=1', 'ws://test/?ticket=2', 'ws://test/?ticket=3'])
    expect(url).toHaveBeenCalledTimes(3)
  })

  it('[US15] tries again when the function fails', async () => {
    const { memory, options } = raw()
    const url = vi.fn(async () => 'ws://test/').mockRejectedValueOnce(new Error('no ticket'))
    const { result } = mount(() => useChatSocket(url, options))
    await settle()
    expect(result.error.value?.code).toBe('provider_failed')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(memory.sockets.length).toBeGreaterThan(0)
  })

  it('[US16] resolves a relative address against the page', async () => {
    const { memory, options } = raw()
    window.location.href = 'https://example.org/app/'
    mount(() => useChatSocket('/chat', options))
    expect(memory.current().url).toBe('wss://example.org/chat')
  })

  it.each([
    ['ftp://x/', {}, /wss/],
    ['ws://test/', { reconnect: false }, /autoReconnect/],
    ['ws://test/', { autoreconnect: false }, /autoReconnect/],
    ['ws://test/', { nonsense: 1 }, /nonsense/],
    ['ws://test/', { connectTimeout: -1 }, /connectTimeout/],
    ['ws://test/', { protocols: ['a b'] }, /sub-protocol/],
  ])('[US17] throws at once for what can never work: %s %o', (url, options, sentence) => {
    expect(() => mount(() => useChatSocket(url, options as object))).toThrow(sentence)
  })

  it('[US18] says where the app of a shared connection is missing', () => {
    expect(() => useChatSocket()).toThrow(/script setup/)
    expect(() => mount(() => useChatSocket())).toThrow(/createChat/)
  })
})
