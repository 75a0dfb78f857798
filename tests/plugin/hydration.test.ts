import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSSRApp, defineComponent, h, nextTick, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { componentNames } from '../../src/components/list.ts'
import * as kit from '../../src/index.ts'
import { ChatRoom, createChat, useChatSocket } from '../../src/index.ts'
import { createDraftShelf } from '../../src/storage/kept-drafts.ts'
import { createFakeServer } from '../../src/testing.ts'
import { props } from '../ssr/samples.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const State = defineComponent({
  setup() {
    const shared = useChatSocket()
    const own = useChatSocket('/chat', { transport: createFakeServer().connect })
    return () => `${shared.state.value} ${own.state.value}`
  },
})

const appOf = () => {
  const server = createFakeServer()
  const app = createSSRApp({ render: () => h('main', [h(ChatRoom, { room: 'general' }), h(State)]) })
  app.use(createPinia()).use(createChat({ url: '/chat', transport: server.connect }))
  return { app, server }
}

describe('hydration', () => {
  it('[SR5] finds what the server rendered, and connects then', async () => {
    const box = document.createElement('div')
    vi.stubGlobal('document', undefined)
    const html = await renderToString(appOf().app)
    vi.unstubAllGlobals()
    box.innerHTML = html
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { app, server } = appOf()
    app.mount(box)
    expect([...warn.mock.calls, ...error.mock.calls].map(String)).toEqual([])
    expect(server.sockets).toHaveLength(1)
    app.unmount()
  })

  it('[KD9] a draft comes after what the server rendered, which knows none', async () => {
    const appWithUser = () => {
      const app = createSSRApp({ render: () => h('main', h(ChatRoom, { room: 'general' })) })
      return app.use(createPinia()).use(createChat({ url: '/chat', transport: createFakeServer().connect, user: { id: 'ada', name: 'Ada' } }))
    }
    createDraftShelf(localStorage, Date.now).write({ user: 'ada', address: '/chat' }, 'general', { text: 'half a thought', reply: { seq: 3, author: { id: 'lin', name: 'Lin' }, body: 'Which pier?' } })
    const box = document.createElement('div')
    vi.stubGlobal('document', undefined)
    box.innerHTML = await renderToString(appWithUser())
    vi.unstubAllGlobals()
    expect(box.innerHTML).not.toContain('half a thought')
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const app = appWithUser()
    app.mount(box)
    await vi.dynamicImportSettled()
    await nextTick()
    expect([...warn.mock.calls, ...error.mock.calls].map(String)).toEqual([])
    expect(box.querySelector('textarea')!.value).toBe('half a thought')
    expect(box.querySelector('.chat-composer-target')!.textContent).toContain('Which pier?')
    app.unmount()
    localStorage.clear()
  })

  it.each(componentNames)('[SR5] %s finds what the server rendered', async (name) => {
    const part = (kit as unknown as Record<string, Component>)[name]!
    const make = () => {
      const app = createSSRApp({ render: () => h('main', [h(part, props[name] ?? {})]) })
      return app.use(createPinia()).use(createChat({ url: '/chat', transport: createFakeServer().connect }))
    }
    const box = document.createElement('div')
    vi.stubGlobal('document', undefined)
    const html = await renderToString(make())
    vi.unstubAllGlobals()
    box.innerHTML = html
    const log = (['warn', 'error'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => {}))
    const app = make()
    app.mount(box)
    await vi.dynamicImportSettled()
    await new Promise((done) => setTimeout(done))
    expect(log.flatMap(({ mock }) => mock.calls.map(String))).toEqual([])
    app.unmount()
  })
})
