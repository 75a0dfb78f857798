/** The faulty wire does what it is told, and nothing else. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { createFlow } from './support/flow.ts'
import { createFaultyWire, type FaultyWire } from './support/proxy.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

interface End {
  readonly socket: Socket
  text(): string
  /** Resolves when so much has come. */
  has(bytes: number): Promise<void>
  readonly ended: Promise<'end' | 'reset'>
}

const endOf = (socket: Socket): End => {
  let text = ''
  const waiting = new Set<() => void>()
  socket.setEncoding('latin1')
  socket.on('data', (more: string) => {
    text += more
    for (const look of waiting) look()
  })
  const ended = new Promise<'end' | 'reset'>((resolve) => {
    socket.on('end', () => resolve('end'))
    socket.on('error', () => resolve('reset'))
  })
  return {
    socket,
    text: () => text,
    has: (bytes) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.length < bytes) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    ended,
  }
}

const setUp = async () => {
  const accepted: End[] = []
  const waiting: ((end: End) => void)[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const end = endOf(socket)
    cleanups.push(() => socket.destroy())
    const next = waiting.shift()
    if (next) next(end)
    else accepted.push(end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const wire = await createFaultyWire(port)
  cleanups.push(() => new Promise((resolve) => server.close(resolve)), () => wire.close())
  const dial = (): End => {
    const socket = connect(Number(new URL(wire.url).port), '127.0.0.1')
    cleanups.push(() => socket.destroy())
    return endOf(socket)
  }
  const next = (): Promise<End> => new Promise((resolve) => {
    const there = accepted.shift()
    if (there) resolve(there)
    else waiting.push(resolve)
  })
  return { wire, dial, next, port }
}

const talk = async (): Promise<{ wire: FaultyWire; client: End; server: End; dial(): End; next(): Promise<End> }> => {
  const { wire, dial, next } = await setUp()
  const client = dial()
  const server = await next()
  client.socket.write('hello')
  await server.has(5)
  return { wire, client, server, dial, next }
}

describe('the faulty wire', () => {
  it('[CH2] passes bytes on in both directions, in order', async () => {
    const { client, server } = await talk()
    server.socket.write('a'.repeat(300_000))
    server.socket.write('b')
    await client.has(300_001)
    expect(client.text()).toBe(`${'a'.repeat(300_000)}b`)
  })

  it('[CH2] FIN ends both sides, RST resets both, and half tells the client alone', async () => {
    const fin = await talk()
    fin.wire.drop('fin')
    expect(await Promise.all([fin.client.ended, fin.server.ended])).toEqual(['end', 'end'])
    const rst = await talk()
    rst.wire.drop('rst')
    expect(await Promise.all([rst.client.ended, rst.server.ended])).toEqual(['reset', 'reset'])
    const half = await talk()
    half.wire.drop('half')
    expect(await half.client.ended).toBe('reset')
    expect(half.server.socket.readyState).toBe('open')
  })

  it('[CH2] cuts in the middle of what is sent, after exactly so many bytes', async () => {
    const { wire, client, server } = await talk()
    wire.cutAfter(7, 'up')
    client.socket.write('0123456789')
    expect(await server.ended).toBe('reset')
    expect(server.text()).toBe('hello0123456')
  })

  it('[CH2] cuts off what waits behind the cut as well: the server got a frame in which bytes were missing', async () => {
    const [source, sink] = [new PassThrough(), new PassThrough()] as unknown as [Socket, Socket]
    const rules = { delayMs: 0, rate: Infinity, isHeld: true }
    const flow = createFlow(source, sink, rules)
    for (const piece of ['0123', '4567', '89ab']) source.emit('data', Buffer.from(piece))
    const cut = new Promise<void>((resolve) => flow.cutAfter(6, resolve))
    flow.set({ ...rules, isHeld: false })
    await cut
    source.emit('data', Buffer.from('more'))
    expect(String(sink.read())).toBe('012345')
  })

  it('[CH2] what is held arrives later, what is swallowed never, and new connections are well', async () => {
    const { wire, client, server, dial, next } = await talk()
    wire.set({ holds: ['up'] })
    client.socket.write(' held')
    server.socket.write('down')
    await client.has(4)
    expect(server.text()).toBe('hello')
    wire.lift()
    await server.has(10)
    wire.swallow(['up'])
    client.socket.write(' gone')
    server.socket.write('more')
    await client.has(8)
    const second = dial()
    const other = await next()
    second.socket.write('new')
    await other.has(3)
    expect(server.text()).toBe('hello held')
  })

  it('[CH2] slows down to the rate, and the sender has to wait', async () => {
    const { wire, client, server } = await talk()
    wire.set({ downRate: 20_000 })
    server.socket.write('x'.repeat(30_000_000))
    await client.has(1_000)
    expect(server.socket.writableLength).toBeGreaterThan(0)
    expect(client.text().length).toBeLessThan(1_000_000)
  })

  it('[CH2] a doubled connection says everything twice; a refused one is reset', async () => {
    const { wire, dial, next } = await setUp()
    wire.doubleNext()
    dial().socket.write('twice')
    const [first, second] = [await next(), await next()]
    await Promise.all([first.has(5), second.has(5)])
    wire.set({ isRefusing: true })
    expect(await dial().ended).toBe('reset')
  })

  it('[CH2] leaves no socket behind', async () => {
    const { wire, client } = await talk()
    wire.swallow(['up', 'down'])
    wire.drop('half')
    wire.set({ holds: ['up', 'down'] })
    await client.ended
    await wire.close()
    await new Promise(setImmediate)
    expect(wire.sockets()).toBe(0)
  })
})
