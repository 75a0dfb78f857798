/** `chat.v1` over Socket.IO: the real server, the real session, and users on a WebSocket in the same room. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { Manager } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { attachChat, type ChatOptions } from '../../../server-dev/index.ts'
import type { SessionOptions } from '../../../src/core/index.ts'
import { chatV1Dialect } from '../../../src/dialects/index.ts'
import { socketIoTransport } from '../../../src/socket-io.ts'
import { handshake, statusOf } from '../server/support/raw-bytes.ts'
import { enterRaw, signIn } from '../server/support/raw-client.ts'
import { spawnServer, type SpawnedServer } from '../server/support/spawn-server.ts'
import { cleanUp, enter, later, person, type Person } from './support/people.ts'
import { openSocketIo } from './support/raw-socket-io.ts'

afterEach(cleanUp)

const start = async (): Promise<SpawnedServer> => {
  const env = { CHAT_SECRET: 'a-secret-that-outlives-the-process-of-the-server' }
  const server = await spawnServer({ args: ['--socket-io', '--faults'], env })
  later(() => server.dispose())
  return server
}

interface Named extends Person {
  readonly userId: string
}

const transport = socketIoTransport({ frames: 'chat.v1' })

/** Somebody who has entered the room `general`, over Socket.IO unless said otherwise. */
const join = async (server: SpawnedServer, name: string, options: Partial<SessionOptions> = {}): Promise<Named> => {
  const { token, user } = await signIn(server.httpUrl, name)
  const one = await enter(server.httpUrl, { token, dialect: chatV1Dialect(), transport, ...options }, 'general')
  return Object.assign(one, { userId: user.id })
}

const hurt = async (server: SpawnedServer, fault: object): Promise<void> => {
  const response = await fetch(`${server.httpUrl}/faults`, { method: 'POST', body: JSON.stringify(fault) })
  if (!response.ok) throw new Error(`the fault was answered ${String(response.status)}`)
}

const bodiesOf = (messages: readonly { readonly body: string }[]) => messages.map((message) => message.body)

describe('chat.v1 over Socket.IO', () => {
  it('[SI20] somebody on Socket.IO and somebody on a WebSocket are in the same room', async () => {
    const server = await start()
    const ann = await join(server, 'Ann')
    const raw = await enterRaw(server, 'Will')
    const kimIsSeen = new Promise<void>((resolve) => {
      ann.session.on('presence', ({ joined }) => {
        if (joined.some(({ name }) => name === 'Kim')) resolve()
      })
    })
    const kim = await enterRaw(server, 'Kim')
    await kimIsSeen
    const sent = ann.session.sendMessage({ room: 'general', body: 'hello' })
    expect(await sent.settled).toMatchObject({ ok: true, value: { seq: 1 } })
    await raw.next((frame) => frame.type === 'event' && frame['body'] === 'hello')
    await kim.say('general', 'k-1', 'hi')
    await ann.has(2)
    expect(ann.messages).toMatchObject([
      { seq: 1, body: 'hello', author: { name: 'Ann' } },
      { seq: 2, body: 'hi', author: { name: 'Kim' } },
    ])
    raw.send({ type: 'typing', room: 'general', on: true })
    await new Promise<void>((resolve) => {
      ann.session.on('typing', ({ user, on }) => {
        if (user.name === 'Will' && on) resolve()
      })
    })
    await Promise.all([raw.close(), kim.close()])
  })

  it('[SI21] a client that knows only PROTOCOL.md and socket.io-client says hello, joins, sends and reads history', async () => {
    const server = await start()
    const { token, user } = await signIn(server.httpUrl, 'Ada')
    const raw = await openSocketIo(server.httpUrl)
    later(() => raw.socket.disconnect())
    expect(await raw.hello(token)).toMatchObject({ user, heartbeat: { intervalMs: 10_000 } })
    expect(await raw.join('general')).toMatchObject({ top: 0, count: 1 })
    expect(await raw.say('general', 'c-1', 'hello')).toMatchObject({ type: 'ack', seq: 1 })
    expect(await raw.say('general', 'c-2', 'again')).toMatchObject({ type: 'ack', seq: 2 })
    raw.send({ type: 'history', id: 9, room: 'general', before: 2 })
    expect(await raw.next((frame) => frame.type === 'page')).toMatchObject({ id: 9, more: false, events: [{ seq: 1, body: 'hello' }] })
  })

  it('[SI22] cut in the middle of a talk: both resume, all is stored once, in order', async () => {
    const server = await start()
    const ann = await join(server, 'Ann')
    const will = await join(server, 'Will', { transport: undefined as never })
    const sent = [ann, will].flatMap(({ session }, who) =>
      Array.from({ length: 60 }, (_, n) => session.sendMessage({ room: 'general', body: `${String(who)}/${String(n)}` })),
    )
    await ann.has(20)
    await hurt(server, { do: 'cut' })
    await ann.has(60)
    await hurt(server, { do: 'restart' })
    expect((await Promise.all(sent.map(({ settled }) => settled))).every(({ ok }) => ok)).toBe(true)
    await Promise.all([ann.has(120), will.has(120)])
    expect(ann.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1))
    expect(bodiesOf(will.messages)).toEqual(bodiesOf(ann.messages))
    for (const who of ['0', '1']) {
      const own = bodiesOf(ann.messages).filter((body) => body.startsWith(`${who}/`))
      expect(own).toEqual(Array.from({ length: 60 }, (_, n) => `${who}/${String(n)}`))
    }
  })

  it('[SI22] killed with -9 and started again: the queue is stored in order', async () => {
    const server = await start()
    const ann = await join(server, 'Ann')
    const down = ann.becomes('waiting')
    await server.kill()
    await down
    const bodies = Array.from({ length: 30 }, (_, n) => `typed ${String(n)}`)
    const sent = bodies.map((body) => ann.session.sendMessage({ room: 'general', body }))
    await server.restart()
    await Promise.all(sent.map(({ settled }) => settled))
    await ann.has(30)
    expect(bodiesOf(ann.messages)).toEqual(bodies)
  })

  it('[SI23] a half-open link is replaced, and what was said meanwhile arrives once', async () => {
    const server = await start()
    const ann = await join(server, 'Ann', { heartbeat: { interval: 100, timeout: 300 } })
    const will = await enterRaw(server, 'Will')
    const again = ann.becomes('connected')
    await hurt(server, { do: 'mute', user: ann.userId })
    await will.say('general', 'w-1', 'meanwhile')
    const unsure = ann.session.sendMessage({ room: 'general', body: 'into the void' })
    await again
    expect(await unsure.settled).toMatchObject({ ok: true })
    await ann.has(2)
    expect(bodiesOf(ann.messages)).toEqual(['meanwhile', 'into the void'])
    await will.close()
  })

  it('[SI24] a refused token: `err` tells 4501 before the disconnect, and the session stops', async () => {
    const server = await start()
    const ann = person(server.httpUrl, { token: 'forged', dialect: chatV1Dialect(), transport })
    ann.session.open()
    await ann.is('failed')
    expect(ann.session.snapshot()).toMatchObject({ cause: { kind: 'auth', closeCode: 4501 }, error: { retryable: false } })
    const raw = await openSocketIo(server.httpUrl)
    raw.send({ type: 'hello', version: 1, token: 'forged' })
    expect(await raw.ended).toMatchObject({ err: { code: 4501 }, reason: 'io server disconnect' })
  })

  it('[SI25] a drained server says goodbye with a window and 4001, and everybody comes back to the next one', async () => {
    const server = await start()
    const ann = await join(server, 'Ann')
    const cause = new Promise((resolve) => {
      ann.session.on('transition', (transition) => {
        if (transition.to === 'waiting') resolve(transition.cause)
      })
    })
    await server.stop()
    expect(await cause).toMatchObject({ kind: 'server', closeCode: 4001 })
    const back = ann.becomes('connected')
    await server.restart()
    await back
  })
})

describe('attachChat with socketIo', () => {
  const attach = async (options: ChatOptions = {}) => {
    const http = createServer((_request, response) => response.end('mine'))
    const chat = attachChat(http, { database: ':memory:', guests: true, signIn: true, socketIo: true, ...options })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    later(() => new Promise((resolve) => http.close(resolve)))
    later(() => chat.close())
    const url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`
    return { http, chat, url, httpUrl: `${url}/chat` }
  }

  it('[SI26] leaves the rest of the server alone and outlives nothing of it', async () => {
    const { chat, url, httpUrl } = await attach()
    const raw = await openSocketIo(httpUrl)
    await raw.hello()
    expect(chat.connectionCount).toBe(1)
    expect(await (await fetch(`${url}/socket.io/`)).text()).toBe('mine')
    expect((await fetch(`${httpUrl}/socket.io/?EIO=4&transport=polling`)).status).toBe(426)
    await chat.close()
    expect(await raw.ended).toMatchObject({ err: { code: 4001 } })
    expect(await (await fetch(url)).text()).toBe('mine')
  })

  it('[SI26] shares the HTTP server with a Socket.IO server of the host', async () => {
    const { http, url, httpUrl } = await attach()
    const host = new Server(http)
    later(() => {
      host.disconnectSockets(true)
    })
    host.on('connection', (socket) => socket.emit('chat', 'from the host'))
    const [guest, raw] = [await enter(url), await openSocketIo(httpUrl)]
    later(() => raw.socket.disconnect())
    await guest.has(1)
    expect(await raw.hello()).toMatchObject({ type: 'welcome' })
    expect(guest.messages).toMatchObject([{ body: 'from the host' }])
    expect(raw.frames).toHaveLength(1)
  })

  it('[SI29] somebody on Socket.IO who does not read gets one gap and can catch up', async () => {
    const { httpUrl } = await attach({ limits: { messagesPerSecond: 10_000, burst: 10_000, inflight: 10_000 } })
    const talker = await openSocketIo(httpUrl)
    later(() => talker.socket.disconnect())
    await talker.hello()
    await talker.join('general')
    const slow = await openSocketIo(httpUrl)
    later(() => slow.socket.disconnect())
    await slow.hello()
    await slow.join('general')
    const { ws } = slow.socket.io.engine.transport as unknown as { readonly ws: WebSocket }
    ws.pause()
    const total = 1_500
    for (let n = 1; n <= total; n++) await talker.say('general', `s${String(n)}`, '😀'.repeat(4_000))
    ws.resume()
    const gap = (await slow.next(({ type }) => type === 'gap')) as unknown as { readonly from: number; readonly top: number }
    const before = slow.frames.filter(({ type }) => type === 'event').map(({ seq }) => seq as number).filter((seq) => seq < gap.from)
    expect(before).toEqual(Array.from({ length: gap.from - 1 }, (_, n) => n + 1))
    slow.send({ type: 'history', id: 5, room: 'general', after: gap.from - 1 })
    const page = await slow.next(({ type }) => type === 'page')
    expect((page['events'] as { readonly seq: number }[])[0]?.seq).toBe(gap.from)
  })

  it('[SI29] somebody on Socket.IO who asks without reading is let go', async () => {
    const { httpUrl } = await attach()
    const talker = await openSocketIo(httpUrl)
    later(() => talker.socket.disconnect())
    await talker.hello()
    await talker.join('general')
    for (let n = 1; n <= 40; n++) await talker.say('general', `t${String(n)}`, '😀'.repeat(4_000))
    const greedy = await openSocketIo(httpUrl)
    await greedy.hello()
    await greedy.join('general')
    const { ws } = greedy.socket.io.engine.transport as unknown as { readonly ws: WebSocket }
    ws.pause()
    for (let id = 0; id < 200; id++) greedy.send({ type: 'history', id, room: 'general' })
    await talker.next(({ type, left }) => type === 'presence' && Array.isArray(left))
    expect(await talker.say('general', 'after', 'x')).toMatchObject({ type: 'ack' })
    ws.resume()
    await greedy.ended
  })

  it('[SI27] lets in whom a WebSocket would be let in for: origin, number of connections, draining', async () => {
    const { url, httpUrl } = await attach({ connections: { perAddress: 2 } })
    const port = Number(new URL(url).port)
    const path = '/chat/socket.io/?EIO=4&transport=websocket'
    const status = (headers: Record<string, string> = {}) => statusOf(port, handshake(port, { path, headers }))
    expect(await status({ Origin: 'http://evil.example' })).toBe(403)
    const raw = await openSocketIo(httpUrl)
    later(() => raw.socket.disconnect())
    expect(await status()).toBe(101)
    // Connected to Socket.IO, but not to its namespace.
    const manager = new Manager(url, { path: '/chat/socket.io', transports: ['websocket'], reconnection: false })
    later(() => manager.engine.close())
    await new Promise<void>((resolve) => manager.once('open', resolve))
    expect(await status()).toBe(429)
  })
})
