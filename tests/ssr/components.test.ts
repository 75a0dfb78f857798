import { createPinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { createSSRApp, h, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { componentNames } from '../../src/components/list.ts'
import * as kit from '../../src/index.ts'
import { ChatNoticeSettings } from '../../src/notice/index.ts'
import { createFakeServer } from '../../src/testing.ts'
import { props } from './samples.ts'

const appOf = (part: Component, given: object) => {
  const server = createFakeServer()
  const app = createSSRApp({ render: () => h('main', [h(part, given)]) })
  app.use(createPinia()).use(kit.createChat({ url: '/chat', transport: server.connect, notice: { desktop: true, title: true, sound: true } }))
  return { app, server }
}

describe('on a server', () => {
  it.each([...componentNames, 'ChatNoticeSettings'])('[SR6] %s is drawn, without a word on the console and without a connection', async (name) => {
    expect(typeof document).toBe('undefined')
    const log = (['warn', 'error'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => {}))
    const part = name === 'ChatNoticeSettings' ? ChatNoticeSettings : (kit as unknown as Record<string, Component>)[name]!
    const { app, server } = appOf(part, props[name] ?? {})
    expect(await renderToString(app)).toMatch(/<main>.*</s)
    expect(log.flatMap(({ mock }) => mock.calls.map(String))).toEqual([])
    expect(server.sockets).toHaveLength(0)
    vi.restoreAllMocks()
  })
})
