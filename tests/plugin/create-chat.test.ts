import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent, h, onScopeDispose, type App, type Component } from 'vue'
import { componentNames } from '../../src/components/list.ts'
import {
  ChatUsageError,
  createChat,
  useChatRoom,
  useChatSocket,
  useChatStore,
  type ChatStore,
  type CreateChatOptions,
} from '../../src/index.ts'
import { createFakeServer } from '../../src/testing.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTimeAsync(0)

/** An app whose only component runs `setup`. */
const appOf = <T>(setup: () => T): { app: App; mount: () => T; errors: readonly unknown[] } => {
  let result!: T
  const errors: unknown[] = []
  const app = createApp(
    defineComponent({
      setup() {
        result = setup()
        return () => h('div')
      },
    }),
  )
  app.config.errorHandler = (error) => {
    errors.push(error)
  }
  app.config.warnHandler = () => {}
  return {
    app,
    errors,
    mount() {
      app.mount(document.createElement('div'))
      if (errors.length > 0) throw errors[0]
      return result
    },
  }
}

const chatOf = (options: Partial<CreateChatOptions> = {}) => {
  const server = createFakeServer()
  return { server, plugin: createChat({ url: 'ws://test/chat', transport: server.connect, ...options }) }
}

describe('createChat', () => {
  it.each([
    ['before', true],
    ['after', false],
  ])('[PL1] works with Pinia installed %s it', async (_name, isFirst) => {
    const { server, plugin } = chatOf()
    const { app, mount } = appOf(() => ({ room: useChatRoom('general'), store: useChatStore() }))
    if (isFirst) app.use(createPinia()).use(plugin)
    else app.use(plugin).use(createPinia())
    const { room, store } = mount()
    await settle()
    room.send('hello')
    await settle()
    expect(store.messages('general').map((row) => [row.body, row.status])).toEqual([['hello', 'sent']])
    expect(server.sockets).toHaveLength(1)
  })

  it('[PL2] says that Pinia is missing, where it is needed', () => {
    const { app, mount } = appOf(() => useChatRoom('general'))
    app.use(chatOf().plugin)
    expect(mount).toThrow(ChatUsageError)
    expect(appOf(() => useChatRoom('x')).mount).toThrow(/createChat/)
  })

  it('[PL2] names the call that is missing', () => {
    const { app, mount } = appOf(() => useChatRoom('general'))
    app.use(chatOf().plugin)
    expect(mount).toThrow(/app\.use\(createPinia\(\)\)/)
  })

  it('[PL3] shares its connection without Pinia', async () => {
    const { app, mount } = appOf(() => useChatSocket())
    app.use(chatOf().plugin)
    const socket = mount()
    await settle()
    expect(socket.state.value).toBe('connected')
  })

  it('[PL4] connects when it is first used, or at once when told', async () => {
    const lazy = chatOf()
    const eager = chatOf({ immediate: true })
    for (const { plugin } of [lazy, eager]) {
      const { app, mount } = appOf(() => undefined)
      app.use(createPinia()).use(plugin)
      mount()
    }
    await settle()
    expect(lazy.server.sockets).toHaveLength(0)
    expect(eager.server.sockets).toHaveLength(1)
  })

  it('[PL5] does not connect again after close, whoever uses it next', async () => {
    const { server, plugin } = chatOf()
    const { app, mount } = appOf(() => useChatSocket())
    app.use(createPinia()).use(plugin)
    const socket = mount()
    await settle()
    socket.close()
    app.runWithContext(() => useChatSocket())
    await vi.advanceTimersByTimeAsync(60_000)
    expect(socket.state.value).toBe('closed')
    expect(server.sockets).toHaveLength(1)
  })

  it('[PL5] does not connect at all after a close before the first use', async () => {
    const { server, plugin } = chatOf()
    const { app, mount } = appOf(() => useChatSocket(undefined, { immediate: false }))
    app.use(createPinia()).use(plugin)
    mount().close()
    app.runWithContext(() => useChatSocket())
    await settle()
    expect(server.sockets).toHaveLength(0)
  })

  it('[PL6] binds the store before any composable is called', async () => {
    const { plugin } = chatOf()
    let store!: ChatStore
    const { app, mount } = appOf(() => (store = useChatStore()))
    app.use(plugin).use(createPinia())
    mount()
    await settle()
    expect(() => store.enter('general')).not.toThrow()
  })

  it('[PL7] ends with the app, and leaves the store to the next one', async () => {
    const { server, plugin } = chatOf()
    const pinia = createPinia()
    const first = appOf(() => {
      const chatRoom = useChatRoom('general')
      onScopeDispose(() => chatRoom.setTyping(false))
      return chatRoom
    })
    first.app.use(pinia).use(plugin)
    const room = first.mount()
    await settle()
    room.send('private')
    await settle()
    first.app.unmount()
    expect(server.sockets[0]?.state).toBe('closed')
    expect(first.errors).toEqual([])

    const next = chatOf()
    const second = appOf(() => useChatRoom('general'))
    second.app.use(pinia).use(next.plugin)
    const again = second.mount()
    expect(again.messages.value).toEqual([])
    await settle()
    expect(again.isLoading.value).toBe(false)
  })

  it('[PL8] keeps two apps apart', async () => {
    const rooms = [chatOf(), chatOf()].map(({ plugin }) => {
      const { app, mount } = appOf(() => useChatRoom('general'))
      app.use(createPinia()).use(plugin)
      return mount()
    })
    await settle()
    rooms[0]?.send('only here')
    await settle()
    expect(rooms.map((room) => room.messages.value.length)).toEqual([1, 0])
  })

  it('[PL9] registers the components unless told not to', () => {
    const registered = (options: Partial<CreateChatOptions>): (Component | undefined)[] => {
      const { app } = appOf(() => undefined)
      app.use(createPinia()).use(chatOf(options).plugin)
      return componentNames.map((name) => app.component(name))
    }
    expect(registered({}).every(Boolean)).toBe(true)
    expect(registered({ components: false }).some(Boolean)).toBe(false)
  })

  it.each([
    [undefined, /createChat\(\{ url/],
    [{}, /createChat\(\{ url/],
    [{ url: '' }, /createChat\(\{ url/],
    [{ url: 'ftp://x/' }, /wss/],
    [{ url: '/chat', reconnect: true }, /autoReconnect/],
    [{ url: '/chat', lang: 'de' }, /lang/],
    [{ url: '/chat', token: 5 }, /token/],
    [{ url: '/chat', heartbeat: { interval: 0 } }, /heartbeat\.interval/],
    [{ url: async () => '/chat', connectTimeout: 0 }, /connectTimeout/],
  ])('[PL10] refuses %o at once, with the fix', (options, sentence) => {
    expect(() => createChat(options as never)).toThrow(sentence)
    expect(() => createChat(options as never)).toThrow(ChatUsageError)
  })

  it('[PL11] is installed once per app, and has a Pinia of its own', () => {
    const { app } = appOf(() => undefined)
    const pinia = createPinia()
    app.use(pinia).use(chatOf().plugin)
    expect(() => app.use(chatOf().plugin)).toThrow(/once/)
    expect(() => appOf(() => undefined).app.use(pinia).use(chatOf().plugin)).toThrow(/createPinia/)
  })
})
