/** PROTOCOL.md alone is enough to talk to the server: this file imports `ws` and nothing of the package. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enterRaw, openRaw, signIn } from './support/raw-client.ts'
import { spawnServer, type SpawnedServer } from './support/spawn-server.ts'

let server: SpawnedServer
beforeAll(async () => {
  server = await spawnServer()
})
afterAll(() => server.dispose())

describe('a client written from PROTOCOL.md', () => {
  it('[PR1] signs in, says hello, joins, sends, and both see the same event', async () => {
    const { token, user } = await signIn(server.httpUrl, 'Ada')
    const ada = await openRaw(server.wsUrl)
    expect(ada.ws.protocol).toBe('chat.v1')
    const welcome = await ada.hello(token)
    expect(welcome).toMatchObject({ version: 1, user, heartbeat: { intervalMs: 10_000, timeoutMs: 15_000 } })
    expect(welcome['rooms']).toEqual([{ room: 'general', title: 'General' }])
    const joined = await ada.join('talk')
    expect(joined).toMatchObject({ type: 'joined', room: 'talk', top: 0, first: 1, recovered: false, events: [], members: [user], count: 1 })

    const bob = await enterRaw(server, 'Bob', 'talk')
    expect(await ada.next((f) => f.type === 'presence')).toMatchObject({ room: 'talk', count: 2, joined: [bob.user] })

    const ack = await ada.say('talk', 'c1', 'hello')
    expect(ack).toMatchObject({ type: 'ack', room: 'talk', clientId: 'c1', seq: 1 })
    const event = await bob.next((f) => f.type === 'event')
    expect(event).toMatchObject({ room: 'talk', seq: 1, kind: 'message', from: user, clientId: 'c1', body: 'hello', ts: ack['ts'] })
    expect(await ada.next((f) => f.type === 'event')).toEqual(event)

    await bob.close()
    expect(await ada.next((f) => f.type === 'presence' && 'left' in f)).toMatchObject({ count: 1, left: [bob.user.id] })
    await ada.close()
  })

  it('[PR2] may pipeline everything behind hello', async () => {
    const { token } = await signIn(server.httpUrl, 'Cleo')
    const client = await openRaw(server.wsUrl)
    client.send({ type: 'hello', version: 1, token })
    client.send({ type: 'join', id: 1, room: 'pipe' })
    client.send({ type: 'send', room: 'pipe', clientId: 'p1', body: 'one' })
    client.send({ type: 'ping', n: 7 })
    await client.next((f) => f.type === 'ack')
    expect(client.frames[0]?.type).toBe('welcome')
    expect(client.frames[1]?.type).toBe('joined')
    expect(client.of('pong')).toEqual([{ type: 'pong', n: 7 }])
    await client.close()
  })

  it('[PR3] pages through history in both directions', async () => {
    const client = await enterRaw(server, 'Dan', 'pages')
    for (let i = 1; i <= 5; i++) await client.say('pages', `h${String(i)}`, `line ${String(i)}`)
    const seqs = async (id: number, query: object) => {
      client.send({ type: 'history', id, room: 'pages', ...query })
      const page = await client.next((f) => f.type === 'page' && f['id'] === id)
      return { seqs: (page['events'] as { seq: number }[]).map((e) => e.seq), more: page['more'] }
    }
    expect(await seqs(11, { limit: 2 })).toEqual({ seqs: [4, 5], more: true })
    expect(await seqs(12, { before: 4, limit: 2 })).toEqual({ seqs: [2, 3], more: true })
    expect(await seqs(13, { before: 2, limit: 2 })).toEqual({ seqs: [1], more: false })
    expect(await seqs(14, { after: 3, limit: 1 })).toEqual({ seqs: [4], more: true })
    expect(await seqs(15, { after: 5 })).toEqual({ seqs: [], more: false })
    await client.close()
  })

  it('[PR4] resumes with exactly what it missed', async () => {
    const ada = await enterRaw(server, 'Ada', 'resume')
    const bob = await enterRaw(server, 'Bob', 'resume')
    await ada.say('resume', 'r1', 'before')
    const { epoch } = (await ada.join('resume')) as unknown as { epoch: string }
    await ada.close()
    await bob.say('resume', 'r2', 'while away')
    const back = await openRaw(server.wsUrl)
    await back.hello(ada.token)
    const joined = await back.join('resume', { epoch, seq: 1 })
    expect(joined).toMatchObject({ recovered: true, epoch, top: 2 })
    expect((joined['events'] as { body: string }[]).map((e) => e.body)).toEqual(['while away'])
    await back.close()
    await bob.close()
  })

  it('[PR5] relays typing to others only, and ends it when the typist is gone', async () => {
    const ada = await enterRaw(server, 'Ada', 'typing')
    const bob = await enterRaw(server, 'Bob', 'typing')
    ada.send({ type: 'typing', room: 'typing', on: true })
    expect(await bob.next((f) => f.type === 'typing')).toEqual({ type: 'typing', room: 'typing', user: ada.user, on: true })
    ada.ws.terminate()
    expect(await bob.next((f) => f.type === 'typing' && f['on'] === false)).toMatchObject({ user: ada.user })
    expect(ada.of('typing')).toEqual([])
    await bob.close()
  })
})
