import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { ChatRoom, createChat, useChatSocket, useChatStore } from '../../src/index.ts'
import { createFakeServer } from '../../src/testing.ts'

describe('on a server', () => {
  it('[SR1] every entry loads without a browser', async () => {
    expect(typeof window).toBe('undefined')
    const entries = [
      import('../../src/index.ts'),
      import('../../src/core/index.ts'),
      import('../../src/protocol/index.ts'),
      import('../../src/dialects/index.ts'),
      import('../../src/testing.ts'),
      import('../../src/locale/en.ts'),
      import('../../src/locale/zh-CN.ts'),
    ]
    for (const module of await Promise.all(entries)) expect(Object.keys(module).length).toBeGreaterThan(0)
  })

  const appOf = (title: string) => {
    const server = createFakeServer()
    const pinia = createPinia()
    const app = createSSRApp({ render: () => h(ChatRoom, { room: 'general', title }) })
    app.use(pinia).use(createChat({ url: '/chat', immediate: true, transport: server.connect }))
    return { app, server, pinia }
  }

  it('[SR2] renders without connecting', async () => {
    const { app, server } = appOf('Tea')
    expect(await renderToString(app)).toContain('Tea')
    await new Promise<void>((resolve) => queueMicrotask(resolve))
    expect(server.sockets).toHaveLength(0)
  })

  it('[SR3] keeps the requests of two people apart', async () => {
    const one = appOf('One')
    const two = appOf('Two')
    const store = useChatStore(one.pinia)
    store.dispatch({ type: 'queued', payload: { room: 'general', clientId: 'a', body: 'a secret', createdAt: 0 } })
    store.flush()
    const [first, second] = await Promise.all([renderToString(one.app), renderToString(two.app)])
    expect(first).toContain('One')
    expect(first).toContain('a secret')
    expect(second).toContain('Two')
    expect(second).not.toContain('a secret')
  })

  it('[SR4] a connection of its own stays idle', async () => {
    const server = createFakeServer()
    const app = createSSRApp({
      setup() {
        const { status, open } = useChatSocket('/chat', { transport: server.connect })
        open()
        return () => status.value
      },
    })
    expect(await renderToString(app)).toContain('CLOSED')
    expect(server.sockets).toHaveLength(0)
  })
})
