/** What holds for each dialect against its real server. */
import type { Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import {
  eventRoomServer,
  heartbeatAckServer,
  pingPongServer,
  textPingServer,
  typePingServer,
  type DialectServerName,
  type SmallServer,
} from '../../../playground/servers/index.ts'
import type { Dialect, SessionOptions } from '../../../src/core/index.ts'
import {
  eventRoomDialect,
  heartbeatAckDialect,
  pingPongDialect,
  textPingDialect,
  typePingDialect,
} from '../../../src/dialects/index.ts'
import { createCleanups, host, join, spawnDialectServer, type Person } from './support.ts'

interface Style {
  readonly name: DialectServerName
  readonly dialect: () => Dialect
  readonly serve: (http: Server) => SmallServer
  /** Beats fast enough for a test; the figures of the dialect are tested without a network. */
  readonly fast: Partial<SessionOptions>
  /** Names travel on the wire. */
  readonly hasNames: boolean
  /** The server wants this token. */
  readonly token?: string
  /** The frame with which the server tells that it has let somebody in, where it does. */
  readonly admission?: (name: string) => RegExp
}

const fast = { heartbeat: { interval: 40, timeout: 200, first: 'now' } } as const

const styles: readonly Style[] = [
  { name: 'text-ping', dialect: () => textPingDialect(), serve: textPingServer, fast, hasNames: false },
  { name: 'type-ping', dialect: () => typePingDialect(), serve: typePingServer, fast, hasNames: true },
  { name: 'ping-pong', dialect: () => pingPongDialect(), serve: pingPongServer, fast, hasNames: true, token: 'open sesame', admission: () => /AUTH_OK/ },
  { name: 'heartbeat-ack', dialect: () => heartbeatAckDialect(), serve: heartbeatAckServer, fast, hasNames: true },
  {
    name: 'event-room',
    dialect: () => eventRoomDialect({ interval: 200 }),
    serve: (http) => eventRoomServer(http, { intervalMs: 200 }),
    fast: {},
    hasNames: true,
    token: 'open sesame',
    admission: (name) => new RegExp(`"event":"enter".*"name":"${name}"`),
  },
]

const cleanups = createCleanups()
afterEach(() => cleanups.run())

describe.each(styles)('$name', ({ name, dialect, serve, fast: beats, hasNames, token, admission }) => {
  /** Somebody whom the server knows to be there. */
  const come = async (url: string, who: string, more: Partial<SessionOptions> = {}): Promise<Person> => {
    const person = join(cleanups, url, who, dialect(), more)
    await person.connected()
    const isWanted = admission && (name === 'event-room' || more.token !== undefined)
    if (isWanted) await person.until(() => person.frames.some((frame) => admission(who).test(frame)))
    return person
  }

  it('[DI70] two people talk, each message is there once, and the sender shows its own', async () => {
    const { url } = await host(cleanups, serve)
    const ann = await come(url, 'Ann')
    const bob = await come(url, 'Bob')
    const said = ann.say('hello')
    expect(await said.settled).toMatchObject({ ok: true })
    await bob.until(() => bob.bodies().includes('hello'))
    for (const body of ['hello', 'hello', '{"type":"PING"}', 'ping', '你好 👋']) bob.say(body)
    await ann.until(() => ann.bodies().includes('你好 👋'))
    expect(bob.bodies()).toEqual(['hello'])
    expect(ann.bodies()).toEqual(['hello', 'hello', '{"type":"PING"}', 'ping', '你好 👋'])
    expect(new Set(ann.messages.map(({ room }) => room))).toEqual(new Set(['general']))
    expect(new Set(ann.messages.map(({ author }) => author.name))).toEqual(new Set([hasNames ? 'Bob' : 'Guest']))
  })

  it('[DI71] the link is kept alive by beats that nobody sees', async () => {
    const { url } = await host(cleanups, serve)
    const beaten: unknown[] = []
    const ann = await come(url, 'Ann', beats)
    const data: unknown[] = []
    ann.session.on('data', (frame) => data.push(frame))
    const lost: unknown[] = []
    ann.session.on('error', (error) => lost.push(error))
    await new Promise<void>((resolve) => {
      ann.session.on('sent', (frame) => {
        if (/ping|PING|heartbeat/.test(String(frame)) && beaten.push(frame) === 5) resolve()
      })
    })
    expect([lost, data.filter((frame) => /pong|PONG|heartbeat/.test(String(frame)))]).toEqual([[], []])
    expect(ann.session.snapshot().state).toBe('connected')
  })

  it('[DI73] a server that goes silent without a close is left for a new connection', async () => {
    const { url, server } = await host(cleanups, serve)
    const ann = await come(url, 'Ann', beats)
    await ann.until(() => ann.session.snapshot().lastReceivedAt !== undefined)
    const before = ann.session.socket()
    const lost = ann.next('error')
    server.mute()
    expect(await lost).toMatchObject({ code: 'heartbeat_timeout' })
    await ann.connected()
    expect(ann.session.socket()).not.toBe(before)
    const bob = await come(url, 'Bob', beats)
    ann.say('back again')
    await bob.until(() => bob.bodies().includes('back again'))
  })

  it('[DI74] killed with -9 and started again: what was written meanwhile arrives in order, after login and entry', async () => {
    const server = await spawnDialectServer(cleanups, name, token === undefined ? [] : ['--token', token])
    let isAllowed = Promise.resolve()
    const login = token === undefined ? {} : { token }
    const ann = join(cleanups, async () => (await isAllowed, server.url), 'Ann', dialect(), login)
    await ann.connected()
    let allow = (): void => undefined
    isAllowed = new Promise((resolve) => (allow = resolve))
    await server.kill()
    await ann.until(() => ann.session.snapshot().state !== 'connected')
    const bodies = Array.from({ length: 50 }, (_, n) => `message ${String(n)}`)
    for (const body of bodies) ann.say(body)
    expect(ann.session.snapshot().pendingCount).toBe(50)
    await server.start()
    // Nothing is stored for whoever comes later, so Bob has to be there first.
    const bob = await come(server.url, 'Bob', login)
    allow()
    await bob.until(() => bob.bodies().includes('message 49'))
    expect(bob.bodies().filter((body) => body.startsWith('message'))).toEqual(bodies)
    expect(ann.session.snapshot()).toMatchObject({ pendingCount: 0, state: 'connected' })
  })

  it('[DI75] close() never reconnects', async () => {
    const { url, server } = await host(cleanups, serve)
    const ann = await come(url, 'Ann', beats)
    ann.session.close()
    server.cut()
    ann.session.hint('online')
    ann.session.hint('visible')
    await come(url, 'Bob', beats)
    expect([ann.session.snapshot().state, server.count()]).toEqual(['closed', 1])
  })
})
