import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { nextTick, type Ref } from 'vue'
import { FakeWebSocket } from './parity/fake-web-socket.ts'
import { connected, openWorld, PEERS, run, useFakeSockets, type Play } from './parity/world.ts'
import { mount } from './support.ts'

useFakeSockets()

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
