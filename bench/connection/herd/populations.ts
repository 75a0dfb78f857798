/** Ten thousand clients of one kind, with the defaults of their library. Only the WebSocket under them is not real. */
import { setMaxListeners } from 'node:events'
import { pathToFileURL } from 'node:url'
import type * as Core from '../../../src/core/index.ts'
import type * as Dialects from '../../../src/dialects/index.ts'
import { createFakeWebSocket } from './fake-web-socket.ts'
import type { World } from './world.ts'

export type PopulationName = 'ours' | 'useWebSocket' | 'reconnecting-websocket' | 'partysocket' | 'socket.io-client'

export type Populate = (world: World, count: number, library: string) => Promise<void>

const addressOf = (client: number): string => `ws://server.test/chat?client=${String(client)}`

const each = (count: number, work: (client: number) => void): void => {
  for (let client = 0; client < count; client++) work(client)
}

const WELCOME = JSON.stringify({
  type: 'welcome',
  version: 1,
  session: 's',
  user: { id: 'u', name: 'U' },
  now: 0,
  heartbeat: { intervalMs: 10_000, timeoutMs: 15_000 },
  limits: {},
  rooms: [],
})

const ours: Populate = async (world, count, library) => {
  const { createSession } = (await import(pathToFileURL(`${library}/core.js`).href)) as typeof Core
  const { chatV1Dialect } = (await import(pathToFileURL(`${library}/dialects.js`).href)) as typeof Dialects
  const { time } = world
  each(count, (client) => {
    createSession({
      url: addressOf(client),
      dialect: chatV1Dialect(),
      heartbeat: false,
      random: time.random,
      clock: { now: time.now, monotonic: time.now, setTimeout: time.setTimeout, clearTimeout: time.clearTimeout },
      transport: (_url, _protocols, handlers) => {
        const line = world.connect(
          client,
          {
            opened: () => handlers.opened(),
            received: (data) => handlers.received(data),
            closed: (code) => handlers.closed(code, ''),
          },
          (data) => (data.includes('"hello"') ? WELCOME : undefined),
        )
        return {
          socket: undefined,
          send(data) {
            line.send(String(data))
            return true
          },
          close: () => line.close(),
        }
      },
    }).open()
  })
}

const useWebSocket: Populate = async (world, count) => {
  // VueUse asks for a page when it is imported; Vue would want more of one than there is here.
  await import('vue')
  const window = new EventTarget()
  setMaxListeners(0, window)
  Object.assign(globalThis, { window, document: new EventTarget(), WebSocket: createFakeWebSocket(world) })
  const { useWebSocket: use } = await import('@vueuse/core')
  each(count, (client) => {
    use(addressOf(client), { autoReconnect: true })
  })
}

const reconnectingWebSocket: Populate = async (world, count) => {
  const { default: imported } = await import('reconnecting-websocket')
  const Socket = imported as unknown as new (url: string, protocols: string[], options: object) => object
  const FakeWebSocket = createFakeWebSocket(world)
  each(count, (client) => {
    // Its default is drawn once per page load, and every client of a herd is a page of its own.
    const minReconnectionDelay = 1000 + Math.random() * 4000
    new Socket(addressOf(client), [], { WebSocket: FakeWebSocket, minReconnectionDelay })
  })
}

const partysocket: Populate = async (world, count) => {
  const { default: Socket } = await import('partysocket/ws')
  const FakeWebSocket = createFakeWebSocket(world)
  each(count, (client) => {
    new Socket(addressOf(client), [], { WebSocket: FakeWebSocket })
  })
}

const socketIo: Populate = async (world, count) => {
  const { Manager } = await import('socket.io-client')
  const { Transport } = await import('engine.io-client')
  const handshake = JSON.stringify({ sid: 's', upgrades: [], pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 1e6 })
  class FakeTransport extends Transport {
    line: ReturnType<World['connect']> | undefined
    get name(): string {
      return 'fake'
    }
    doOpen(): void {
      const client = Number((this.query as Record<string, string>)['client'])
      this.line = world.connect(client, {
        opened: () => {
          this.onOpen()
          this.onPacket({ type: 'open', data: handshake })
        },
        closed: () => {
          if (this.readyState === 'open') this.onClose()
          else this.onError('refused', undefined, undefined)
        },
        received: () => undefined,
      })
    }
    doClose(): void {
      this.line?.close()
      this.onClose()
    }
    write(): void {
      this.writable = true
    }
  }
  each(count, (client) => {
    const transports = [FakeTransport] as unknown as string[]
    new Manager('http://server.test', { transports, query: { client: String(client) } }).socket('/')
  })
}

export const populations: Readonly<Record<PopulationName, Populate>> = {
  ours,
  useWebSocket,
  'reconnecting-websocket': reconnectingWebSocket,
  partysocket,
  'socket.io-client': socketIo,
}
