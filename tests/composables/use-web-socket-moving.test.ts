import type { AddressInfo } from 'node:net'
import type { UseWebSocketOptions, UseWebSocketReturn } from '@vueuse/core'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { WebSocket as RealWebSocket, WebSocketServer } from 'ws'
import {
  chatV1Dialect,
  ChatUsageError,
  createChat,
  rawDialect,
  useChatSocket,
  type UseChatSocketOptions,
  type UseChatSocketReturn,
} from '../../src/index.ts'
import { FakeWebSocket } from './parity/fake-web-socket.ts'
import { useFakeSockets } from './parity/world.ts'
import { mount } from './support.ts'

useFakeSockets()

describe('with the import changed and nothing else', () => {
  const options = { heartbeat: { message: 'ping', responseMessage: 'pong' }, autoReconnect: { delay: 10 } }

  it('[UW12] talks to an echo server, and comes back to it', async () => {
    vi.useRealTimers()
    vi.stubGlobal('WebSocket', RealWebSocket)
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        const text = data.toString()
        if (text === 'drop me') socket.terminate()
        else socket.send(text === 'ping' ? 'pong' : text)
      })
    })
    await new Promise((resolve) => server.on('listening', resolve))
    let hear!: (text: string) => void
    const next = () => new Promise<string>((resolve) => (hear = resolve))
    let lose!: () => void
    const lost = new Promise<void>((resolve) => (lose = resolve))
    const { result: socket, unmount } = mount(() =>
      useChatSocket<string>(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, {
        ...options,
        heartbeat: { ...options.heartbeat, interval: 20 },
        onMessage: (_ws, event) => hear(String(event.data)),
        onDisconnected: () => lose(),
      }),
    )
    const first = next()
    socket.send('early')
    expect(await first).toBe('early')
    // An answered ping is no data.
    await new Promise((resolve) => socket.on('latency', resolve))
    expect(socket.data.value).toBe('early')
    const second = next()
    socket.send('drop me')
    await lost
    expect(socket.send('again')).toBe(false)
    expect(await second).toBe('again')
    expect(socket.data.value).toBe('again')
    unmount()
    server.close()
  })

  it('[UW12] a message in the heartbeat selects the raw dialect; otherwise it is chat.v1', () => {
    mount(() => useChatSocket('ws://test/raw', options))
    expect(FakeWebSocket.last.protocols).toEqual([])
    mount(() => useChatSocket('ws://test/answer', { heartbeat: { responseMessage: 'pong' } }))
    expect(FakeWebSocket.last.protocols).toEqual([])
    for (const heartbeat of [undefined, true, false, { interval: 1_000 }] as const) {
      mount(() => useChatSocket('ws://test/chat', heartbeat === undefined ? {} : { heartbeat }))
      expect(FakeWebSocket.last.protocols).toEqual(['chat.v1'])
    }
  })

  it('[UW12] a ping that rawDialect has already stays', async () => {
    const { result: socket } = mount(() =>
      useChatSocket('ws://test/', { dialect: rawDialect({ message: 'own' }), heartbeat: { interval: 1_000, pongTimeout: 500 }, random: () => 0.5 }),
    )
    FakeWebSocket.last.accept()
    await vi.advanceTimersByTimeAsync(600)
    expect(FakeWebSocket.last.sent).toEqual(['own'])
    FakeWebSocket.last.say('own')
    expect(socket.data.value).toBeNull()
  })

  it.each<readonly [object, RegExp]>([
    [{ dialect: chatV1Dialect(), heartbeat: { message: 'ping' } }, /chat\.v1.*dialect: rawDialect\(\)/],
    [{ heartbeat: { interval: 1_000, pongTimeout: 500 } }, /timeout.*rawDialect\(\)/],
    [{ dialect: rawDialect({ message: 'a' }), heartbeat: { message: 'b' } }, /twice/],
    [{ heartbeat: { message: 'ping', pongTimeout: 1, timeout: 1 } }, /the same/],
    [{ heartbeat: { message: 'ping', scheduler: () => undefined } }, /interval/],
    [{ heartbeat: { mesage: 'ping' } }, /mesage.*message/],
    [{ message: 'ping' }, /heartbeat: \{ message \}/],
    [{ retries: 3 }, /autoReconnect: \{ retries \}/],
  ])('[UW13] refuses what can never work, with the fix: %o', (wrong, sentence) => {
    expect(() => mount(() => useChatSocket('ws://test/', wrong))).toThrow(ChatUsageError)
    expect(() => mount(() => useChatSocket('ws://test/', wrong))).toThrow(sentence)
    expect(() => createChat({ url: 'ws://test/', ...wrong })).toThrow(sentence)
  })

  it('[UW13] tells onError what did not fit into the buffer', () => {
    const codes: string[] = []
    const { result: socket } = mount(() =>
      useChatSocket('ws://test/', { dialect: rawDialect(), outbox: { maxCount: 1 }, onError: (_ws, error) => codes.push(error.code) }),
    )
    expect([socket.send('1'), socket.send('2')]).toEqual([false, false])
    expect(codes).toEqual(['outbox_full'])
  })

  it('[UW14] takes what is typed for useWebSocket', () => {
    type Given<K extends keyof UseWebSocketOptions> = NonNullable<UseWebSocketOptions[K]>
    type Taken<K extends keyof UseChatSocketOptions> = NonNullable<UseChatSocketOptions[K]>
    expectTypeOf<Given<'onConnected'>>().toExtend<Taken<'onConnected'>>()
    expectTypeOf<Given<'onDisconnected'>>().toExtend<Taken<'onDisconnected'>>()
    expectTypeOf<Given<'onMessage'>>().toExtend<Taken<'onMessage'>>()
    expectTypeOf<Given<'heartbeat'>>().toExtend<Taken<'heartbeat'>>()
    expectTypeOf<Given<'autoReconnect'>>().toExtend<Taken<'autoReconnect'>>()
    expectTypeOf<Given<'protocols'>>().toExtend<Taken<'protocols'>>()
    expectTypeOf<Given<'immediate' | 'autoConnect' | 'autoClose'>>().toExtend<Taken<'immediate' | 'autoConnect' | 'autoClose'>>()

    type Theirs = UseWebSocketReturn<string>
    type Ours = UseChatSocketReturn<string>
    expectTypeOf<Ours['data']['value']>().toEqualTypeOf<Theirs['data']['value']>()
    expectTypeOf<Ours['status']['value']>().toEqualTypeOf<Theirs['status']['value']>()
    expectTypeOf<Ours['ws']['value']>().toEqualTypeOf<Theirs['ws']['value']>()
    expectTypeOf<Ours['send']>().toExtend<Theirs['send']>()
    expectTypeOf<Ours['close']>().toExtend<Theirs['close']>()
    expectTypeOf<Ours['open']>().toExtend<Theirs['open']>()
    expectTypeOf(useChatSocket<string>).toBeCallableWith('ws://test/')
    expectTypeOf<UseChatSocketReturn['data']['value']>().toBeUnknown()
  })
})
