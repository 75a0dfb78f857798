/** A wire between one client and the server that can be hurt in every way a network knows. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { createFlow, reset, type Flow, type FlowRules } from './flow.ts'

export type Direction = 'up' | 'down'

export interface WireRules {
  /** Added to the way of every byte, in milliseconds. */
  readonly delayMs: number
  /** Bytes a second that the server's answers are read at; `Infinity`: as they come. */
  readonly downRate: number
  readonly upRate: number
  /** Nothing passes; what was sent waits, and arrives once this is over. */
  readonly holds: readonly Direction[]
  /** New connections are reset. */
  readonly isRefusing: boolean
  /** New connections go through the second door, so that whoever does not read is felt soon. Nobody is reset there. */
  readonly isNarrow: boolean
}

export interface FaultyWire {
  /** `ws://127.0.0.1:PORT/chat` */
  readonly url: string
  set(rules: Partial<WireRules>): void
  /** Ends the connections that exist. `half`: the client alone hears of it, the server's end stays. */
  drop(how: 'fin' | 'rst' | 'half'): void
  /** Resets the present connection once so many more bytes have passed in that direction. */
  cutAfter(bytes: number, direction: Direction): void
  /** Of the connections that exist nothing passes any more in these directions, for good. New ones work. */
  swallow(directions: readonly Direction[]): void
  /** What the client says on its next connection reaches the server on a second one too. */
  doubleNext(): void
  /** The network is well again. What was swallowed stays lost. */
  lift(): void
  /** Sockets that are open, on both sides. */
  sockets(): number
  close(): Promise<void>
}

interface Link {
  readonly near: Socket
  readonly far: Socket
  readonly up: Flow
  readonly down: Flow
}

const WELL: WireRules = { delayMs: 0, downRate: Infinity, upRate: Infinity, holds: [], isRefusing: false, isNarrow: false }

/** @param door path of the second door */
export const createFaultyWire = async (targetPort: number, door = ''): Promise<FaultyWire> => {
  const links = new Set<Link>()
  const sockets = new Set<Socket>()
  let rules = WELL
  let isDoubling = false

  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    return socket
  }

  const rulesOf = (direction: Direction): FlowRules => ({
    delayMs: rules.delayMs,
    rate: direction === 'up' ? rules.upRate : rules.downRate,
    isHeld: rules.holds.includes(direction),
  })

  const twin = (near: Socket): void => {
    const second = keep(connect({ port: targetPort, host: '127.0.0.1' }))
    second.resume()
    near.on('data', (bytes) => second.write(bytes))
    near.on('close', () => second.destroy())
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    keep(near)
    if (rules.isRefusing) {
      reset(near)
      return
    }
    const far = keep(connect({ ...(rules.isNarrow ? { path: door } : { port: targetPort, host: '127.0.0.1' }), allowHalfOpen: true }))
    const link: Link = { near, far, up: createFlow(near, far, rulesOf('up')), down: createFlow(far, near, rulesOf('down')) }
    links.add(link)
    const gone = (): void => {
      if (near.destroyed && far.destroyed) links.delete(link)
    }
    near.on('close', gone)
    far.on('close', gone)
    if (isDoubling) twin(near)
    isDoubling = false
  })

  const each = (work: (link: Link) => void): void => {
    for (const link of [...links]) work(link)
  }

  const set = (changes: Partial<WireRules>): void => {
    rules = { ...rules, ...changes }
    each(({ up, down }) => {
      up.set(rulesOf('up'))
      down.set(rulesOf('down'))
    })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${String(port)}/chat`,
    set,
    drop(how) {
      each(({ near, far, up, down }) => {
        if (how !== 'fin') reset(near)
        else near.end()
        if (how === 'rst') reset(far)
        else if (how === 'fin') far.end()
        up.swallow()
        down.swallow()
      })
    },
    cutAfter(bytes, direction) {
      each((link) => {
        link[direction].cutAfter(bytes, () => {
          reset(link.near)
          reset(link.far)
        })
      })
    },
    swallow(directions) {
      each((link) => {
        for (const direction of directions) link[direction].swallow()
      })
    },
    doubleNext() {
      isDoubling = true
    },
    lift() {
      isDoubling = false
      set(WELL)
    },
    sockets: () => sockets.size,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      const gone = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of sockets) socket.destroy()
      await Promise.all([closed, ...gone])
    },
  }
}
