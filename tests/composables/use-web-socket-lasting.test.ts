import { describe, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { FakeWebSocket } from './parity/fake-web-socket.ts'
import { beat, connected, openWorld, PEERS, run, useFakeSockets, type Scenario } from './parity/world.ts'

useFakeSockets()

const same: readonly Scenario[] = [
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
