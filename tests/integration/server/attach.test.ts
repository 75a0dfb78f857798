/** The chat on a server that has a life of its own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { attachChat, type AttachedChat, type ChatOptions } from '../../../server-dev/index.ts'
import { enterRaw, openRaw, type RawClient } from './support/raw-client.ts'

const running: { server: Server; chat: AttachedChat }[] = []
afterEach(async () => {
  for (const { server, chat } of running.splice(0)) {
    await chat.close()
    server.closeAllConnections()
    server.close()
  }
})

const start = async (options: ChatOptions = {}, server: Server = createServer((_req, res) => res.end('the host'))) => {
  const chat = attachChat(server, { database: ':memory:', ...options })
  running.push({ server, chat })
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, chat, httpUrl: `http://127.0.0.1:${String(port)}/chat`, wsUrl: `ws://127.0.0.1:${String(port)}/chat`, root: `127.0.0.1:${String(port)}` }
}

const text = async (url: string) => {
  const response = await fetch(url)
  return [response.status, await response.text()]
}

describe('attachChat', () => {
  it('[SV60] answers its own paths and leaves the others to the host, also to listeners that come later', async () => {
    const late = createServer()
    const t = await start({}, late)
    late.on('request', (_req, res) => res.end('late host'))
    expect(await text(`http://${t.root}/`)).toEqual([200, 'late host'])
    expect(await text(`http://${t.root}/chatter`)).toEqual([200, 'late host'])
    expect(await text(`${t.httpUrl}/health`)).toEqual([200, '{"ok":true}'])
    expect((await fetch(t.httpUrl)).status).toBe(426)
  })

  it('[SV61] shares upgrades with another WebSocket server on the same port', async () => {
    const t = await start()
    const other = new WebSocketServer({ noServer: true })
    t.server.on('upgrade', (request, socket, head) => {
      if (request.url === '/hot-reload') {
        other.handleUpgrade(request, socket, head, (ws) => {
          ws.send('{"type":"other"}')
        })
      }
    })
    const foreign = await openRaw(`ws://${t.root}/hot-reload`, { protocols: [] })
    expect(await foreign.next(() => true)).toEqual({ type: 'other' })
    const own = await openRaw(t.wsUrl)
    await own.close()
    foreign.ws.terminate()
  })

  it('[SV69] an operator who allows more messages is not told of too many frames', async () => {
    const t = await start({ signIn: true, limits: { messagesPerSecond: 10_000, burst: 10_000, inflight: 5_000 } })
    const client = await enterRaw(t, 'Ada')
    await client.join('general')
    for (let i = 0; i < 3_000; i++) client.send({ type: 'send', room: 'general', clientId: `m${String(i)}`, body: 'x' })
    expect(await client.next((f) => f.type === 'ack' && f['clientId'] === 'm2999')).toMatchObject({ seq: 3_000 })
    await client.close()
  })

  it('[SV62] gives the server back as it was', async () => {
    const t = await start()
    await t.chat.close()
    expect(await text(`${t.httpUrl}/health`)).toEqual([200, 'the host'])
    expect(t.server.listenerCount('upgrade')).toBe(0)
  })

  it('[SV63] has sign-in and guests switched off unless asked for', async () => {
    const t = await start()
    expect((await fetch(`${t.httpUrl}/sign-in`, { method: 'POST', body: '{"name":"Ada"}' })).status).toBe(404)
    const client = await openRaw(t.wsUrl)
    client.send({ type: 'hello', version: 1 })
    expect((await client.closed).code).toBe(4501)
  })

  const helloOf = async (t: { readonly wsUrl: string }, token?: unknown) => (await openRaw(t.wsUrl)).hello(token as string | undefined)

  it('[SV23] a guest who brings the token of an earlier welcome is the same guest', async () => {
    const t = await start({ guests: true })
    const welcome = await helloOf(t)
    expect(await helloOf(t, welcome['token'])).toMatchObject({ user: welcome['user'] })
    expect((await helloOf(t))['user']).not.toEqual(welcome['user'])
  })

  it('[SV23] a guest whose token is from before a new secret starts anew; any other bad token is refused', async () => {
    const before = await start({ guests: true })
    const t = await start({ guests: true })
    const welcome = await helloOf(before)
    const again = await helloOf(t, welcome['token'])
    expect(again['user']).not.toEqual(welcome['user'])
    expect(again['token']).not.toBe(welcome['token'])
    const bad = await openRaw(t.wsUrl)
    bad.send({ type: 'hello', version: 1, token: 'bad' })
    expect((await bad.closed).code).toBe(4501)
  })

  it('[SV23] guests and the users of a host live side by side', async () => {
    const t = await start({ guests: true, authenticate: async () => ({ id: 'u7', name: 'Grace' }) })
    const guest = await helloOf(t)
    expect(await helloOf(t, guest['token'])).toMatchObject({ user: guest['user'] })
    expect(await helloOf(t, 'any')).toMatchObject({ user: { id: 'u7' } })
  })

  it('[SV9] asks the host about tokens, holds frames back meanwhile, and knows its users', async () => {
    const t = await start({
      authenticate: async (token) => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        return token === 'good' ? { id: 'u7', name: 'Grace' } : undefined
      },
    })
    const client = await openRaw(t.wsUrl)
    client.send({ type: 'hello', version: 1, token: 'good' })
    client.send({ type: 'join', id: 1, room: 'general' })
    expect(await client.next((f) => f.type === 'joined')).toMatchObject({ members: [{ id: 'u7', name: 'Grace' }] })
    const other = await openRaw(t.wsUrl)
    other.send({ type: 'hello', version: 1, token: 'bad' })
    expect((await other.closed).code).toBe(4501)
  })

  it('[SV64] closed rooms: an unknown room is not_found', async () => {
    const t = await start({ signIn: true, openRooms: false })
    const ada = await enterRaw(t, 'Ada')
    expect(await ada.join('secret')).toMatchObject({ type: 'error', code: 'not_found', retry: false })
    expect(await ada.join('general')).toMatchObject({ type: 'joined' })
  })

  it('[SV25] sign-in refuses bad names and too many of them', async () => {
    const t = await start({ signIn: true })
    const post = async (body: string) => (await fetch(`${t.httpUrl}/sign-in`, { method: 'POST', body })).status
    expect(await post('{"name":""}')).toBe(400)
    expect(await post('no json')).toBe(400)
    expect(await post(JSON.stringify({ name: 'x'.repeat(500_000) }))).toBe(400)
    expect((await fetch(`${t.httpUrl}/sign-in`)).status).toBe(405)
    const statuses = []
    for (let i = 0; i < 70; i++) statuses.push(await post('{"name":"Ada"}'))
    expect(statuses).toContain(429)
  })

  it('[SV41] pings with the tops, and drops a socket that has been silent for twice the time-out', async () => {
    const t = await start({ signIn: true, heartbeat: { intervalMs: 50, timeoutMs: 100 } })
    const ada = await enterRaw(t, 'Ada')
    const dead = await enterRaw(t, 'Dead', 'general', { pong: false, autoPong: false })
    await ada.say('general', 'p1', 'x')
    expect((await dead.closed).code).toBe(1006)
    await expect.poll(() => ada.pings.some((f) => (f['tops'] as Record<string, number> | undefined)?.['general'] === 1)).toBe(true)
    expect(ada.ws.readyState).toBe(ada.ws.OPEN)
    await ada.next((f) => f.type === 'presence' && (f['left'] as string[] | undefined)?.[0] === dead.user.id)
  })

  it('[SV42] a token that runs out ends the connection with 4401', async () => {
    const t = await start({ authenticate: async () => ({ id: 'u1', name: 'Ada', expiresAt: Date.now() + 50 }) })
    const client = await openRaw(t.wsUrl)
    await client.hello('any')
    expect((await client.closed).code).toBe(4401)
  })

  it('[SV48] a fresh token on the open connection takes the place of the one that runs out', async () => {
    const lifeOf: Readonly<Record<string, number>> = { short: 2_000, long: 60_000 }
    const t = await start({
      authenticate: async (token) => ({ id: token === 'stranger' ? 'u2' : 'u1', name: 'Ada', expiresAt: Date.now() + (lifeOf[token] ?? 500) }),
    })
    const client = await openRaw(t.wsUrl)
    const welcome = await client.hello('short')
    expect(welcome['expiresInMs']).toBeGreaterThan(0)
    expect(welcome['expiresInMs']).toBeLessThanOrEqual(2_000)
    client.send({ type: 'auth', token: 'stranger' })
    expect(await client.next((f) => f.type === 'error')).toMatchObject({ code: 'unauthorized', retry: false })
    client.send({ type: 'auth', token: 'long' })
    const answer = await client.next((f) => f.type === 'authenticated')
    expect(answer['expiresInMs']).toBeGreaterThan(50_000)
    client.send({ type: 'auth', token: 'brief' })
    await client.next((f) => f.type === 'authenticated' && f !== answer)
    expect((await client.closed).code).toBe(4401)
  })

  it('[SV49] fresh tokens are checked at a bounded rate, because a signature costs', async () => {
    let checks = 0
    const t = await start({
      authenticate: async () => {
        checks += 1
        return { id: 'u1', name: 'Ada', expiresAt: Date.now() + 60_000 }
      },
    })
    const client = await openRaw(t.wsUrl)
    await client.hello('any')
    for (let n = 0; n < 50; n++) client.send({ type: 'auth', token: 'any' })
    client.send({ type: 'ping', n: 9 })
    await client.next((f) => f.type === 'pong')
    await client.next((f) => f.type === 'error' && f['code'] === 'unauthorized')
    expect(checks).toBeLessThan(10)
    await client.close()
  })

  it('[SV43] one connection too many of a user ends the one that was silent longest', async () => {
    const t = await start({ signIn: true, connections: { perUser: 2 } })
    const [first, second] = [await enterRaw(t, 'Ada'), await enterRaw(t, 'Ada')]
    first.send({ type: 'ping', n: 1 })
    await first.next((f) => f.type === 'pong')
    const third = await enterRaw(t, 'Ada')
    expect((await second.closed).code).toBe(4505)
    expect([first, third].map((c) => c.ws.readyState)).toEqual([1, 1])
  })

  it('[SV44] refuses connections beyond the limit of an address with 429, and of the server with 503', async () => {
    const perAddress = await start({ connections: { perAddress: 1 } })
    await openRaw(perAddress.wsUrl)
    await expect(openRaw(perAddress.wsUrl)).rejects.toThrow(/429/)
    const total = await start({ connections: { total: 1 } })
    await openRaw(total.wsUrl)
    await expect(openRaw(total.wsUrl)).rejects.toThrow(/503/)
  })

  it('[SV45] a client that does not read gets one gap and can catch up; a dead slow one is let go', async () => {
    const t = await start({ signIn: true, limits: { messagesPerSecond: 10_000, burst: 10_000, inflight: 10_000 } })
    const talker = await enterRaw(t, 'Talker')
    const slow = await enterRaw(t, 'Slow')
    slow.ws.pause()
    const total = 1_500
    const body = '😀'.repeat(4_000)
    for (let i = 1; i <= total; i++) await talker.say('general', `s${String(i)}`, body)
    slow.ws.resume()
    const gap = (await slow.next((f) => f.type === 'gap')) as unknown as { from: number; top: number }
    const got = () => slow.of('event').map((f) => f['seq'] as number)
    const before = got().filter((seq) => seq < gap.from)
    expect(before).toEqual(Array.from({ length: gap.from - 1 }, (_, i) => i + 1))
    expect(gap.top).toBeLessThanOrEqual(total)
    slow.send({ type: 'history', id: 5, room: 'general', after: gap.from - 1 })
    const page = await slow.next((f) => f.type === 'page')
    expect((page['events'] as { seq: number }[])[0]?.seq).toBe(gap.from)
    expect(talker.of('event')).toHaveLength(total)
  })

  it('[SV46] a client that asks without reading is closed with 4409 or torn', async () => {
    const t = await start({ signIn: true })
    const talker = await enterRaw(t, 'Talker')
    for (let i = 1; i <= 40; i++) await talker.say('general', `t${String(i)}`, '😀'.repeat(4_000))
    const greedy: RawClient = await enterRaw(t, 'Greedy')
    greedy.ws.pause()
    for (let i = 0; i < 200; i++) greedy.send({ type: 'history', id: i, room: 'general' })
    await talker.next((f) => f.type === 'presence' && Array.isArray(f['left']))
    expect(await talker.say('general', 'after', 'x')).toMatchObject({ type: 'ack' })
    greedy.ws.resume()
    expect([1006, 4409]).toContain((await greedy.closed).code)
  })
})
