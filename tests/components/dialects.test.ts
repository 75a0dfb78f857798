/** `<ChatRoom>` on servers that tell little: every dialect drives it. */
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { ChatRoom } from '../../src/components/index.ts'
import { createMemoryTransport } from '../../src/core/memory-transport.ts'
import type { ChatUser, Dialect } from '../../src/core/index.ts'
import {
  eventRoomDialect,
  heartbeatAckDialect,
  pingPongDialect,
  textPingDialect,
  typePingDialect,
} from '../../src/dialects/index.ts'
import { createChat } from '../../src/plugin.ts'

enableAutoUnmount(afterEach)

const ME: ChatUser = { id: 'me', name: 'Robin' }

const open = async (dialect: Dialect, user?: ChatUser) => {
  const memory = createMemoryTransport()
  const chat = createChat({ url: 'ws://test.invalid/', transport: memory.connect, dialect, ...(user && { user }) })
  const wrapper = mount(ChatRoom, { props: { room: 'general' }, global: { plugins: [createPinia(), chat] }, attachTo: document.body })
  await flushPromises()
  const socket = memory.current()
  socket.open()
  await flushPromises()
  return {
    wrapper,
    sent: () => socket.sent.map(String),
    async receive(frame: object | string) {
      socket.receive(typeof frame === 'string' ? frame : JSON.stringify(frame))
      await flushPromises()
    },
    async say(text: string) {
      await wrapper.get('textarea').setValue(text)
      await wrapper.get('textarea').trigger('keydown', { key: 'Enter' })
      await flushPromises()
    },
    rows: () => wrapper.findAll('article').map((row) => row.text()),
  }
}

const styles: readonly (readonly [string, () => Dialect, (text: string, name: string) => object | string])[] = [
  ['text-ping', textPingDialect, (text) => text],
  ['type-ping', typePingDialect, (message, name) => ({ type: 'onchat', message, name })],
  ['ping-pong', pingPongDialect, (content, from) => ({ type: 'CHAT', content, from })],
  ['heartbeat-ack', heartbeatAckDialect, (text, user) => ({ text, user })],
  ['event-room', eventRoomDialect, (message, name) => ({ event: 'message', message, name, num: 2 })],
]

describe.each(styles)('ChatRoom with %s', (name, make, wire) => {
  it.each([['a user', ME], ['nobody', undefined]] as const)('[DI80] shows a talk between %s and somebody else, each message once', async (_who, user) => {
    const { rows, say, sent, receive, wrapper } = await open(make(), user)
    await say('Anyone here?')
    expect(sent().filter((frame) => frame.includes('Anyone here?'))).toHaveLength(1)
    await receive(wire('I am', 'Bob'))
    await receive(wire('I am', 'Bob'))
    expect(rows()).toHaveLength(3)
    expect(rows()[1]).toContain(name === 'text-ping' ? 'Guest' : 'Bob')
    const own = wrapper.findAll('article')[0]!
    expect([own.attributes('data-status'), own.text().includes('Anyone here?')]).toEqual(['sent', true])
  })
})

describe('ChatRoom', () => {
  it('[DI81] shows how many are online once the server has told, and not before', async () => {
    const { receive, wrapper } = await open(typePingDialect(), ME)
    expect(wrapper.find('.chat-online').exists()).toBe(false)
    await receive({ type: 'ping', status: 'pong', count: 3 })
    expect(wrapper.get('.chat-online').text()).toBe('3 online')
  })

  it('[DI81] follows the heartbeat of an event room', async () => {
    const { receive, wrapper } = await open(eventRoomDialect(), ME)
    for (const num of [1, 2]) await receive({ event: 'heartbeat', message: 'ping', num })
    expect(wrapper.get('.chat-online').text()).toBe('2 online')
  })

  it('[DI82] an echo of our own message does not show it twice', async () => {
    const { receive, rows, say, sent } = await open(heartbeatAckDialect(), ME)
    await say('Only once')
    await receive(sent().find((frame) => frame.includes('Only once'))!)
    expect(rows()).toHaveLength(1)
  })
})
