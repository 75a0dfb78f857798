/** Against a Socket.IO server as people write it. */
import type { Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import { socketIoDialect } from '../../../src/socket-io.ts'
import { cleanUp, enter, person } from './support/people.ts'
import { startPlain } from './support/plain-server.ts'

afterEach(cleanUp)

const bodiesOf = (messages: readonly { readonly body: string }[]) => messages.map((message) => message.body)

describe('a plain Socket.IO server', () => {
  it('[SI1] two people talk to each other', async () => {
    const server = await startPlain()
    const [ann, bob] = [await enter(server.url), await enter(server.url)]
    ann.session.sendMessage({ room: 'lobby', body: 'hello' })
    await bob.has(1)
    bob.session.sendMessage({ room: 'lobby', body: 'hi' })
    await ann.has(1)
    expect(bob.messages).toMatchObject([{ room: 'lobby', body: 'hello' }])
    expect(ann.messages).toMatchObject([{ room: 'lobby', body: 'hi' }])
  })

  it('[SI2] the token goes into the handshake, a refusal ends the tries', async () => {
    const server = await startPlain({ accepts: (token) => token === 'good' })
    const ann = await enter(server.url, { token: 'good' })
    expect(ann.session.snapshot().state).toBe('connected')
    const mallory = person(server.url, { token: 'bad' })
    mallory.session.open()
    await mallory.is('failed')
    expect(mallory.session.snapshot()).toMatchObject({ cause: { kind: 'auth', closeCode: 4501, reason: 'unauthorized' }, error: { retryable: false } })
    expect(mallory.states).toEqual(['connecting', 'failed'])
    expect(server.handshakes()).toBe(2)
  })

  it('[SI3] killed and started again: what was typed meanwhile leaves in order, once', async () => {
    const server = await startPlain()
    const bob = await enter(server.url)
    // Nobody keeps messages for those who are away, so Ann must not be back before Bob.
    let mayConnect = Promise.resolve()
    const ann = await enter(server.url, { url: () => mayConnect.then(() => server.url) })
    const down = Promise.all([ann.becomes('waiting'), bob.becomes('waiting')])
    await server.kill()
    await down
    mayConnect = bob.is('connected')
    const bodies = Array.from({ length: 50 }, (_, n) => `typed ${String(n)}`)
    const sent = bodies.map((body) => ann.session.sendMessage({ room: 'lobby', body }))
    expect(ann.session.snapshot().pendingCount).toBe(50)
    await server.start()
    await bob.has(50)
    expect(bodiesOf(bob.messages)).toEqual(bodies)
    expect((await Promise.all(sent.map(({ settled }) => settled))).every(({ ok }) => ok)).toBe(true)
    expect(ann.session.snapshot().pendingCount).toBe(0)
  })

  it('[SI4] a half-open link is found out by asking, and replaced without waiting for its end', async () => {
    const server = await startPlain()
    const ann = await enter(server.url, { heartbeat: { interval: 100, timeout: 1_000 } })
    await answered(ann)
    const again = ann.becomes('connected')
    server.mute()
    await again
    expect(ann.states.slice(-3)).toEqual(['connecting', 'handshaking', 'connected'])
    expect(server.count()).toBeGreaterThan(1)
    const bob = await enter(server.url)
    bob.session.sendMessage({ room: 'lobby', body: 'still there?' })
    await ann.has(1)
  })

  it('[SI4] a zombie is found out on wake, long before any heartbeat', async () => {
    const server = await startPlain()
    const ann = await enter(server.url, { heartbeat: { interval: 50, timeout: 1_000_000 } })
    await answered(ann)
    const again = ann.becomes('connected')
    server.mute()
    ann.session.hint('visible')
    await again
    expect(ann.states).toContain('probing')
    expect(ann.session.snapshot().cause).toBeUndefined()
    expect(server.count()).toBe(2)
  })

  it('[SI5] who closes has left: the server knows, and nobody comes back', async () => {
    const server = await startPlain()
    const ann = await enter(server.url)
    const bob = await enter(server.url, { dialect: socketIoDialect({ presence: 'online' }) })
    const alone = new Promise<void>((resolve) => {
      bob.session.on('presence', ({ count }) => {
        if (count === 1) resolve()
      })
    })
    ann.session.close()
    await alone
    const again = bob.becomes('connected')
    server.cut()
    await again
    ann.session.hint('online')
    expect(ann.session.snapshot().state).toBe('closed')
    expect(server.handshakes()).toBe(3)
  })

  it('[SI6] every try is one handshake: the reconnection of Socket.IO stays off', async () => {
    const server = await startPlain()
    const ann = await enter(server.url)
    for (let n = 0; n < 4; n++) {
      expect((ann.session.socket() as Socket).io.reconnection()).toBe(false)
      const again = ann.becomes('connected')
      server.cut()
      await again
    }
    expect(ann.states.filter((state) => state === 'connecting')).toHaveLength(5)
    expect(server.handshakes()).toBe(5)
    expect(server.count()).toBe(1)
  })
})

/** A round trip was measured, so the server can be asked. */
const answered = ({ session }: Awaited<ReturnType<typeof enter>>): Promise<void> =>
  new Promise((resolve) => {
    const off = session.on('latency', () => {
      off()
      resolve()
    })
  })
