// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, type App } from 'vue'
import { createChat, useChatRoom, useChatSocket, useChatStore, useChatTabs, type CreateChatOptions } from '../../src/index.ts'
import { createFakeServer, type FakeServer } from '../../src/testing.ts'
import { createFakeBrowser, type FakeBrowser } from './support/fake-browser.ts'
import { sharedTabs } from '../../src/tabs.ts'

const ANN = { id: 'ann', name: 'Ann' }
const apps: App[] = []
let server: FakeServer
let browser: FakeBrowser

beforeEach(() => {
  vi.useFakeTimers()
  server = createFakeServer()
  browser = createFakeBrowser(server)
  browser.install(vi.stubGlobal)
})
afterEach(() => {
  for (const app of apps.splice(0)) app.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const pass = async (ms = 50): Promise<void> => {
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(ms)
}

/** A tab that shows the room. */
const openApp = (options: Partial<CreateChatOptions> = {}) => {
  const { connect } = server
  const opened = {} as { store: ReturnType<typeof useChatStore>; socket: ReturnType<typeof useChatSocket>; tabs: ReturnType<typeof useChatTabs> }
  const app = createApp(
    defineComponent({
      setup() {
        useChatRoom('general')
        Object.assign(opened, { store: useChatStore(), socket: useChatSocket(), tabs: useChatTabs() })
        return () => null
      },
    }),
  )
  app.use(createPinia()).use(createChat({ url: 'ws://test/chat', transport: connect, user: server.user, tabs: sharedTabs(), ...options }))
  app.mount(document.createElement('div'))
  apps.push(app)
  return opened
}

describe('the option `tabs`', () => {
  it('[TB15] tabs of one person at one server share; another person, another server and another name do not', async () => {
    const same = [openApp(), openApp(), openApp({ token: 'a' }), openApp({ url: new URL('ws://test/chat') })]
    const others = [openApp({ user: ANN }), openApp({ url: 'ws://test/other' }), openApp({ tabs: sharedTabs({ name: 'mine' }) }), openApp({ tabs: 'independent' }), openApp({ tabs: 'independent' })]
    await pass()
    expect(same.map(({ tabs }) => tabs.isLeader.value)).toEqual([true, false, false, false])
    expect(others.map(({ tabs }) => [tabs.isLeader.value, tabs.isShared])).toEqual([[true, true], [true, true], [true, true], [true, false], [true, false]])
    expect(server.sockets).toHaveLength(6)
  })

  it('[TB15] a token without a user, and an address that may change without a name, are mistakes that are told', () => {
    expect(() => createChat({ url: '/chat', tabs: sharedTabs(), token: () => 't' })).toThrow(/pass `user`/)
    expect(() => createChat({ url: () => '/chat', tabs: sharedTabs() })).toThrow(/sharedTabs\(\{ name/)
    expect(() => createChat({ url: '/chat', tabs: 'shared' as never })).toThrow(/takes `sharedTabs\(\)`/)
    expect(() => createChat({ url: () => '/chat', tabs: sharedTabs({ name: 'x' }), token: 't', user: ANN })).not.toThrow()
  })

  it('[TB16] without Web Locks or BroadcastChannel every tab has its own connection', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const tabs = [openApp(), openApp()]
    await pass()
    expect(tabs.map((tab) => [tab.tabs.isShared, tab.tabs.isLeader.value, tab.socket.state.value])).toEqual([[false, true, 'connected'], [false, true, 'connected']])
    expect(server.sockets).toHaveLength(2)
  })

  it('[TB17] what is read in one tab is read in all, and only what was read', async () => {
    const [shown, hidden] = [openApp(), openApp()]
    await pass()
    for (const { store } of [shown, hidden]) store.dispatch({ type: 'visible', on: false })
    server.say('general', ANN, '1')
    await pass()
    expect([shown.store.unread('general'), hidden.store.unread('general')]).toEqual([1, 1])
    shown.store.markRead('general')
    await pass()
    expect([shown.store.unread('general'), hidden.store.unread('general')]).toEqual([0, 0])
    shown.store.dispatch({ type: 'visible', on: true })
    server.say('general', ANN, '2')
    await pass()
    expect(hidden.store.unread('general')).toBe(0)
    shown.store.dispatch({ type: 'visible', on: false })
    server.say('general', ANN, '3')
    await pass()
    expect([shown.store.unread('general'), hidden.store.unread('general')]).toEqual([1, 1])
    const late = openApp()
    late.store.dispatch({ type: 'visible', on: false })
    await pass()
    expect([shown.store.unread('general'), hidden.store.unread('general')]).toEqual([1, 1])
  })

  it('[TB17] another tab that speaks nonsense about what was read changes nothing', async () => {
    const one = openApp()
    await pass()
    one.store.dispatch({ type: 'visible', on: false })
    server.say('general', ANN, '1')
    await pass()
    const before = browser.posted.length
    for (const nonsense of [undefined, 7, 'status', {}, { type: 'of a later version' }]) browser.say(nonsense as never)
    for (const value of [undefined, 7, {}, { room: 'general', epoch: 1, seq: 'x' }, { room: 'general', epoch: 'other', seq: 9 }]) browser.say({ type: 'shared', topic: 'read', value })
    await pass()
    expect(browser.posted.length).toBe(before + 10)
    expect(one.store.unread('general')).toBe(1)
  })
})
