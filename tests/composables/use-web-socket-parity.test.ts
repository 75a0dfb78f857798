import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { UseWebSocketOptions, UseWebSocketReturn } from '@vueuse/core'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { nextTick, ref, shallowRef, type Ref } from 'vue'
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
import { openWorld, PEERS, type CommonOptions, type Peer, type World } from './parity/world.ts'
import { mount } from './support.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeWebSocket)
  FakeWebSocket.made = []
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** What somebody does with one of the two, and what they see. */
type Play = (peer: Peer) => Promise<unknown>

const run = async (peer: Peer, play: Play): Promise<unknown> => {
  FakeWebSocket.made = []
  return play(peer)
}

const connected = async (peer: Peer, options?: CommonOptions): Promise<World> => {
  const world = openWorld(peer, options)
  FakeWebSocket.last.accept()
  await world.wait(0)
  return world
}

/** Answers each ping until the time is over. */
const beat = async (world: World, ms: number, answer: (ping: unknown) => unknown): Promise<void> => {
  let heard = 0
  for (let passed = 0; passed < ms; passed += 100) {
    await world.wait(100)
    for (const ping of FakeWebSocket.last.sent.slice(heard)) FakeWebSocket.last.say(answer(ping))
    heard = FakeWebSocket.last.sent.length
  }
}

const same: readonly (readonly [title: string, play: Play, seen: unknown])[] = [
  [
    '[UW1] connects at once, with the address and the protocols',
    async (peer) => {
      const { socket, urls, numberOf } = openWorld(peer, { protocols: ['a', 'b'] })
      return [urls(), FakeWebSocket.last.protocols, socket.status.value, numberOf(socket.ws.value), socket.data.value]
    },
    [['ws://test/'], ['a', 'b'], 'CONNECTING', 0, null],
  ],
  [
    '[UW1] tells that it is open',
    async (peer) => {
      const { socket, told, numberOf } = await connected(peer)
      return [socket.status.value, numberOf(socket.ws.value), told]
    },
    ['OPEN', 0, ['connected 0']],
  ],
  [
    '[UW2] tells of every frame and keeps the latest',
    async (peer) => {
      const { socket, told } = await connected(peer)
      FakeWebSocket.last.say('a', 'a', '{', 'b')
      return [told, socket.data.value]
    },
    [['connected 0', 'message 0 a', 'message 0 a', 'message 0 {', 'message 0 b'], 'b'],
  ],
  [
    '[UW2] hands on binary frames as they come',
    async (peer) => {
      const { socket } = await connected(peer)
      const frame = new Blob(['x'])
      FakeWebSocket.last.say(frame)
      return socket.data.value === frame
    },
    true,
  ],
  [
    "[UW2] gives handlers the browser's own kind of event",
    async (peer) => {
      const kinds: boolean[] = []
      await connected(peer, {
        onMessage: (_ws, event) => kinds.push(event instanceof MessageEvent),
        onDisconnected: (_ws, event) => kinds.push(event instanceof CloseEvent),
      })
      FakeWebSocket.last.say('a')
      FakeWebSocket.last.ended(1012)
      return kinds
    },
    [true, true],
  ],
  [
    '[UW3] keeps what is sent too early, in order, and tells whether it left',
    async (peer) => {
      const { socket } = openWorld(peer)
      const early = [socket.send('1'), socket.send('dropped', false), socket.send('2')]
      FakeWebSocket.last.accept()
      return [early, socket.send('3'), FakeWebSocket.last.sent]
    },
    [[false, false, false], true, ['1', '2', '3']],
  ],
  [
    '[UW3] what waits goes before what onConnected sends',
    async (peer) => {
      const world: World = openWorld(peer, { onConnected: () => world.socket.send('hello') })
      world.socket.send('early')
      FakeWebSocket.last.accept()
      return FakeWebSocket.last.sent
    },
    ['early', 'hello'],
  ],
  [
    '[UW3] hands over binary data as it is',
    async (peer) => {
      const { socket } = await connected(peer)
      const frames = [new ArrayBuffer(2), new Blob(['x'])]
      for (const frame of frames) socket.send(frame)
      return FakeWebSocket.last.sent.map((sent, i) => sent === frames[i])
    },
    [true, true],
  ],
  [
    '[UW3] what is sent while the line is down goes to the next socket',
    async (peer) => {
      const { socket, wait } = await connected(peer, { autoReconnect: { delay: 1_000 } })
      FakeWebSocket.last.break()
      const left = socket.send('kept')
      await wait(1_000)
      FakeWebSocket.last.accept()
      return [left, FakeWebSocket.made.map(({ sent }) => sent)]
    },
    [false, [[], ['kept']]],
  ],
  [
    '[UW3] what waits outlives a close',
    async (peer) => {
      const { socket } = openWorld(peer)
      socket.send('kept')
      socket.close()
      socket.open()
      FakeWebSocket.last.accept()
      return FakeWebSocket.last.sent
    },
    ['kept'],
  ],
  [
    '[UW4] closes with code and reason, for good',
    async (peer) => {
      const { socket, told, wait } = await connected(peer, { autoReconnect: { delay: 10 } })
      socket.close(3001, 'bye')
      const seen = [socket.status.value, socket.ws.value, socket.send('late')]
      FakeWebSocket.deliverCloses()
      await wait(60_000)
      return [...seen, FakeWebSocket.made.map(({ closedWith }) => closedWith), told]
    },
    ['CLOSED', undefined, false, [{ code: 3001, reason: 'bye' }], ['connected 0', 'disconnected 0 3001 bye clean']],
  ],
  [
    '[UW4] a close while it waits for the next try cancels the try',
    async (peer) => {
      const { socket, wait } = await connected(peer, { autoReconnect: { delay: 1_000 } })
      FakeWebSocket.last.break()
      socket.close()
      await wait(60_000)
      return [socket.status.value, FakeWebSocket.made.length]
    },
    ['CLOSED', 1],
  ],
  [
    '[UW4] refuses close codes that browsers refuse',
    async (peer) => {
      const { socket } = await connected(peer)
      try {
        socket.close(1001)
        return 'taken'
      } catch {
        return 'refused'
      }
    },
    'refused',
  ],
  [
    '[UW5] open() replaces the present socket',
    async (peer) => {
      const { socket, told, wait, numberOf } = await connected(peer, { autoReconnect: true })
      socket.open()
      FakeWebSocket.deliverCloses()
      FakeWebSocket.last.accept()
      await wait(60_000)
      return [FakeWebSocket.made.map(({ closedWith }) => closedWith?.code), numberOf(socket.ws.value), [...told].sort()]
    },
    [[1000, undefined], 1, ['connected 0', 'connected 1', 'disconnected 0 1000 clean']],
  ],
  [
    '[UW5] open() undoes a close()',
    async (peer) => {
      const { socket } = await connected(peer)
      socket.close()
      socket.open()
      FakeWebSocket.last.accept()
      return [FakeWebSocket.made.length, socket.status.value]
    },
    [2, 'OPEN'],
  ],
  [
    '[UW6] follows the address, once per tick',
    async (peer) => {
      const { url, urls } = await connected(peer)
      url.value = 'ws://test/b'
      url.value = 'ws://test/c'
      await nextTick()
      return [urls(), FakeWebSocket.made.map(({ closedWith }) => closedWith?.code)]
    },
    [
      ['ws://test/', 'ws://test/c'],
      [1000, undefined],
    ],
  ],
  [
    '[UW6] waits for an address, and lets go without one',
    async (peer) => {
      const { url, urls, socket } = await connected(peer)
      url.value = undefined
      await nextTick()
      const status = socket.status.value
      url.value = 'ws://test/b'
      await nextTick()
      return [status, urls(), socket.status.value]
    },
    ['CLOSED', ['ws://test/', 'ws://test/b'], 'CONNECTING'],
  ],
  [
    '[UW6] does not follow with autoConnect: false',
    async (peer) => {
      const { url, urls } = await connected(peer, { autoConnect: false })
      url.value = 'ws://test/b'
      await nextTick()
      return urls()
    },
    ['ws://test/'],
  ],
  [
    '[UW7] comes back after the delay',
    async (peer) => {
      const { socket, told, wait } = await connected(peer, { autoReconnect: { delay: 1_000 } })
      FakeWebSocket.last.break()
      const before = [socket.status.value, FakeWebSocket.made.length]
      await wait(999)
      before.push(FakeWebSocket.made.length)
      await wait(1)
      FakeWebSocket.last.accept()
      return [before, socket.status.value, told]
    },
    [['CLOSED', 1, 1], 'OPEN', ['connected 0', 'error 0', 'disconnected 0 1006', 'connected 1']],
  ],
  [
    '[UW7] tries as often as told, then says that it failed, once',
    async (peer) => {
      const onFailed = vi.fn()
      const { socket, wait } = openWorld(peer, { autoReconnect: { retries: 2, delay: 1_000, onFailed } })
      for (let i = 0; i < 5; i++) {
        if (FakeWebSocket.last.readyState === FakeWebSocket.CONNECTING) FakeWebSocket.last.break()
        await wait(10_000)
      }
      return [FakeWebSocket.made.length, onFailed.mock.calls.length, socket.status.value]
    },
    [3, 1, 'CLOSED'],
  ],
  [
    '[UW7] asks functions with the same numbers',
    async (peer) => {
      const asked: string[] = []
      const retries = (retried: number) => {
        asked.push(`retries ${retried}`)
        return retried < 2
      }
      const delay = (next: number) => {
        asked.push(`delay ${next}`)
        return 100
      }
      const { wait } = openWorld(peer, { autoReconnect: { retries, delay, onFailed: () => asked.push('failed') } })
      for (let i = 0; i < 3; i++) {
        FakeWebSocket.last.break()
        await wait(100)
      }
      return asked
    },
    ['retries 0', 'delay 1', 'retries 1', 'delay 2', 'retries 2', 'failed'],
  ],
  [
    '[UW7] stays down with autoReconnect: false, and open() starts anew',
    async (peer) => {
      const { socket, wait } = await connected(peer, { autoReconnect: false })
      FakeWebSocket.last.break()
      await wait(60_000)
      const before = [socket.status.value, FakeWebSocket.made.length]
      socket.open()
      return [before, socket.status.value]
    },
    [['CLOSED', 1], 'CONNECTING'],
  ],
  [
    '[UW7] a close by the server with a code is told once, and is no error',
    async (peer) => {
      const { told } = await connected(peer)
      FakeWebSocket.last.ended(1012, 'restart')
      return told
    },
    ['connected 0', 'disconnected 0 1012 restart clean'],
  ],
  [
    '[UW8] pings, keeps the answers to itself, and stays while it is answered',
    async (peer) => {
      const heartbeat = { message: 'ping', responseMessage: 'pong', interval: 1_000, pongTimeout: 500 }
      const world = await connected(peer, { heartbeat })
      await beat(world, 10_000, () => 'pong')
      const { sent } = FakeWebSocket.last
      return [new Set(sent), sent.length >= 8, world.told, world.socket.data.value, FakeWebSocket.made.length]
    },
    [new Set(['ping']), true, ['connected 0'], null, 1],
  ],
  [
    '[UW8] takes any frame for an answer',
    async (peer) => {
      const world = await connected(peer, { heartbeat: { message: 'ping', responseMessage: 'pong', interval: 1_000, pongTimeout: 500 } })
      await beat(world, 10_000, () => 'news')
      return [world.socket.status.value, world.socket.data.value, FakeWebSocket.made.length]
    },
    ['OPEN', 'news', 1],
  ],
  [
    '[UW8] drops a socket that does not answer within pongTimeout, and comes back',
    async (peer) => {
      const world = await connected(peer, {
        autoReconnect: { delay: 100 },
        heartbeat: { message: 'ping', interval: 1_000, pongTimeout: 500 },
      })
      for (let i = 0; i < 50 && FakeWebSocket.made.length === 1; i++) {
        await world.wait(100)
        FakeWebSocket.deliverCloses()
      }
      return [FakeWebSocket.made.length, FakeWebSocket.made[0]?.closedWith !== undefined]
    },
    [2, true],
  ],
  [
    '[UW8] the answer is the message when none is told',
    async (peer) => {
      const world = await connected(peer, { heartbeat: { message: 'beat', interval: 1_000, pongTimeout: 500 } })
      await beat(world, 5_000, (ping) => ping)
      return [new Set(FakeWebSocket.last.sent), world.socket.data.value, FakeWebSocket.made.length]
    },
    [new Set(['beat']), null, 1],
  ],
  [
    '[UW8] takes refs and getters',
    async (peer) => {
      const n = ref(1)
      const heartbeat = { message: () => `ping ${n.value}`, responseMessage: shallowRef('pong'), interval: 1_000, pongTimeout: 500 }
      const world = await connected(peer, { heartbeat })
      await beat(world, 2_000, () => 'pong')
      n.value = 2
      await beat(world, 2_000, () => 'pong')
      return [new Set(FakeWebSocket.last.sent), world.socket.data.value]
    },
    [new Set(['ping 1', 'ping 2']), null],
  ],
  [
    '[UW8] says "ping" when only a heartbeat is asked for',
    async (peer) => {
      const world = await connected(peer, { heartbeat: true })
      await beat(world, 25_000, (ping) => ping)
      return [new Set(FakeWebSocket.last.sent), world.socket.data.value, FakeWebSocket.made.length]
    },
    [new Set(['ping']), null, 1],
  ],
  [
    '[UW8] says nothing when none is asked for',
    async (peer) => {
      const { wait, socket } = await connected(peer)
      await wait(300_000)
      return [FakeWebSocket.last.sent, socket.status.value]
    },
    [[], 'OPEN'],
  ],
  [
    '[UW9] sends binary pings as they are',
    async (peer) => {
      const seen: boolean[] = []
      for (const message of [new ArrayBuffer(1), new Blob(['ping'])]) {
        const world = await connected(peer, { heartbeat: { message, interval: 1_000, pongTimeout: 500 } })
        await beat(world, 2_000, () => 'alive')
        seen.push(FakeWebSocket.last.sent.length > 0 && FakeWebSocket.last.sent.every((sent) => sent === message))
        world.unmount()
      }
      return seen
    },
    [true, true],
  ],
  [
    '[UW10] with immediate: false it waits for open()',
    async (peer) => {
      const { socket, wait } = openWorld(peer, { immediate: false })
      await wait(60_000)
      const before = [socket.status.value, FakeWebSocket.made.length]
      socket.open()
      return [before, socket.status.value]
    },
    [['CLOSED', 0], 'CONNECTING'],
  ],
  [
    '[UW10] with immediate: false it connects when the address changes',
    async (peer) => {
      const { url, urls } = openWorld(peer, { immediate: false })
      url.value = 'ws://test/b'
      await nextTick()
      return urls()
    },
    ['ws://test/b'],
  ],
  [
    '[UW10] ends with the component, and tells',
    async (peer) => {
      const { told, unmount, wait } = await connected(peer, { autoReconnect: true })
      unmount()
      FakeWebSocket.deliverCloses()
      await wait(60_000)
      return [FakeWebSocket.made.map(({ closedWith }) => closedWith?.code), told]
    },
    [[1000], ['connected 0', 'disconnected 0 1000 clean']],
  ],
  [
    '[UW10] outlives the component with autoClose: false',
    async (peer) => {
      const { socket, unmount } = await connected(peer, { autoClose: false })
      unmount()
      FakeWebSocket.last.say('still here')
      return [FakeWebSocket.last.closedWith, socket.data.value, socket.send('me too')]
    },
    [undefined, 'still here', true],
  ],
]

describe.each(PEERS)('as useWebSocket does: $name', (peer) => {
  it.each(same)('%s', async (_title, play, seen) => {
    expect(await run(peer, play)).toEqual(seen)
  })
})

interface Deviation {
  readonly title: string
  readonly play: Play
  readonly theirs: unknown
  readonly ours: unknown
  /** The words of the documentation that say so. */
  readonly said: string
}

const different: readonly Deviation[] = [
  {
    title: '[UW11] connects when the component is mounted, not in its setup',
    said: 'when the component is mounted',
    play: async (peer) => {
      let inSetup = -1
      mount(() => {
        peer.use('ws://test/', {})
        inSetup = FakeWebSocket.made.length
      })
      return [inSetup, FakeWebSocket.made.length]
    },
    theirs: [1, 1],
    ours: [0, 1],
  },
  {
    title: '[UW11] comes back unless told not to',
    said: '`autoReconnect` is on',
    play: async (peer) => {
      const { wait } = await connected(peer)
      FakeWebSocket.last.break()
      await wait(60_000)
      return FakeWebSocket.made.length > 1
    },
    theirs: false,
    ours: true,
  },
  {
    title: '[UW11] a server that accepts and drops at once uses up the tries',
    said: '`minUptime`',
    play: async (peer) => {
      const { wait } = openWorld(peer, { autoReconnect: { retries: 2, delay: 100 } })
      for (let i = 0; i < 10; i++) {
        if (FakeWebSocket.last.readyState === FakeWebSocket.CONNECTING) {
          FakeWebSocket.last.accept()
          FakeWebSocket.last.break()
        }
        await wait(100)
      }
      return FakeWebSocket.made.length
    },
    theirs: 11,
    ours: 3,
  },
  {
    title: '[UW11] a close that means "do not come back" is heeded',
    said: 'Close codes decide',
    play: async (peer) => {
      const counts: number[] = []
      for (const code of [1000, 1008, 1012]) {
        FakeWebSocket.made = []
        const { wait } = await connected(peer, { autoReconnect: { delay: 100 } })
        FakeWebSocket.last.ended(code)
        await wait(1_000)
        counts.push(FakeWebSocket.made.length)
      }
      return counts
    },
    theirs: [2, 2, 2],
    ours: [1, 1, 2],
  },
  {
    title: '[UW11] does not wait for the close of a dead line',
    said: 'does not wait for the close event',
    play: async (peer) => {
      const { told, socket, wait } = await connected(peer, {
        autoReconnect: { delay: 100 },
        heartbeat: { message: 'ping', interval: 1_000, pongTimeout: 500 },
      })
      await wait(2_500)
      return [FakeWebSocket.made.length > 1, socket.status.value, told.some((line) => line.startsWith('disconnected'))]
    },
    theirs: [false, 'CLOSED', false],
    ours: [true, 'CONNECTING', true],
  },
  {
    title: '[UW11] onDisconnected tells of a close() at once',
    said: 'at once',
    play: async (peer) => {
      const { socket, told } = await connected(peer)
      socket.close()
      return told
    },
    theirs: ['connected 0'],
    ours: ['connected 0', 'disconnected 0 1000 clean'],
  },
  {
    title: '[UW11] onDisconnected is for connections that were up',
    said: 'connections that were up',
    play: async (peer) => {
      const { told } = openWorld(peer, { autoReconnect: false })
      FakeWebSocket.last.break()
      return told
    },
    theirs: ['error 0', 'disconnected 0 1006'],
    ours: ['error 0'],
  },
  {
    title: '[UW11] onError says what failed',
    said: '`ChatError`',
    play: async (peer) => {
      const codes: unknown[] = []
      openWorld(peer, { onError: (_ws: WebSocket, error: { readonly code?: string }) => codes.push(error.code) })
      FakeWebSocket.last.break()
      return codes
    },
    theirs: [undefined],
    ours: ['closed'],
  },
  {
    title: '[UW11] an address that changes does not undo a close()',
    said: '`close()` is final',
    play: async (peer) => {
      const { socket, url, urls } = await connected(peer)
      socket.close()
      url.value = 'ws://test/b'
      await nextTick()
      return urls()
    },
    theirs: ['ws://test/', 'ws://test/b'],
    ours: ['ws://test/'],
  },
  {
    title: '[UW11] a socket that was replaced cannot speak',
    said: 'cannot speak',
    play: async (peer) => {
      const { socket } = await connected(peer)
      socket.open()
      FakeWebSocket.last.accept()
      FakeWebSocket.made[0]!.say('stale')
      return socket.data.value
    },
    theirs: 'stale',
    ours: null,
  },
  {
    title: '[UW11] there is no socket while it waits for the next try',
    said: '`ws` is `undefined`',
    play: async (peer) => {
      const { socket, numberOf } = await connected(peer, { autoReconnect: { delay: 1_000 } })
      FakeWebSocket.last.break()
      return numberOf(socket.ws.value)
    },
    theirs: 0,
    ours: -1,
  },
  {
    title: '[UW11] data is read only',
    said: 'readonly',
    play: async (peer) => {
      vi.spyOn(console, 'warn').mockImplementation(() => undefined)
      const { socket } = await connected(peer)
      FakeWebSocket.last.say('from the server')
      ;(socket.data as Ref<unknown>).value = 'mine'
      return socket.data.value
    },
    theirs: 'mine',
    ours: 'from the server',
  },
  {
    title: '[UW11] what waits is bounded',
    said: '1000',
    play: async (peer) => {
      const { socket } = openWorld(peer)
      for (let i = 0; i < 1_100; i++) socket.send(String(i))
      FakeWebSocket.last.accept()
      return [FakeWebSocket.last.sent.length, FakeWebSocket.last.sent[0]]
    },
    theirs: [1_100, '0'],
    ours: [1_000, '0'],
  },
  {
    title: '[UW11] a page that might be left keeps its connection',
    said: '`beforeunload`',
    play: async (peer) => {
      const { socket } = await connected(peer)
      window.dispatchEvent(new Event('beforeunload'))
      return socket.status.value
    },
    theirs: 'CLOSED',
    ours: 'OPEN',
  },
  {
    title: '[UW11] beats every 10 s when no interval is told',
    said: '10 s',
    play: async (peer) => {
      const { wait } = await connected(peer, { heartbeat: { message: 'ping' } })
      await wait(1_100)
      const early = FakeWebSocket.last.sent.length
      FakeWebSocket.last.say('alive')
      await wait(9_000)
      return [early, FakeWebSocket.made[0]!.sent.length > 0]
    },
    theirs: [1, true],
    ours: [0, true],
  },
  {
    title: '[UW11] knows a binary answer when it sees one',
    said: 'binary answer',
    play: async (peer) => {
      const bytes = (...values: number[]) => new Uint8Array(values).buffer
      const blob = new Blob([new Uint8Array([3, 4])])
      const known: boolean[] = []
      for (const heartbeat of [{ message: 'ping', responseMessage: blob }, { message: blob }, { message: bytes(3, 4) }]) {
        const { socket, unmount } = await connected(peer, { heartbeat })
        await blob.arrayBuffer()
        FakeWebSocket.last.say(bytes(3, 4))
        known.push(socket.data.value === null)
        FakeWebSocket.last.say(bytes(3, 5))
        known.push(socket.data.value === null)
        unmount()
      }
      return known
    },
    theirs: [false, false, false, false, false, false],
    ours: [true, false, true, false, true, false],
  },
]

describe('other than useWebSocket', () => {
  const doc = readFileSync(join(import.meta.dirname, '../../docs/coming-from-usewebsocket.md'), 'utf8')

  it.each(different)('$title', async ({ play, theirs, ours, said }) => {
    const [useWebSocket, useChatSocket] = PEERS
    expect(await run(useWebSocket, play)).toEqual(theirs)
    expect(await run(useChatSocket, play)).toEqual(ours)
    expect(doc).toContain(said)
  })
})

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
