import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { FakeWebSocket } from './parity/fake-web-socket.ts'
import { connected, openWorld, PEERS, run, useFakeSockets, type Scenario, type World } from './parity/world.ts'

useFakeSockets()

const same: readonly Scenario[] = [
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
]

describe.each(PEERS)('as useWebSocket does: $name', (peer) => {
  it.each(same)('%s', async (_title, play, seen) => {
    expect(await run(peer, play)).toEqual(seen)
  })
})
