/** What only one dialect and its server have: counts, logins, faults, kicks. */
import { WebSocket, WebSocketServer } from 'ws'
import { afterEach, describe, expect, it } from 'vitest'
import {
  dialectServerNames,
  eventRoomServer,
  heartbeatAckServer,
  pingPongServer,
  startDialectServer,
  textPingServer,
  typePingServer,
} from '../../../playground/servers/index.ts'
import { eventRoomDialect, heartbeatAckDialect, pingPongDialect, textPingDialect, typePingDialect } from '../../../src/dialects/index.ts'
import { createCleanups, host, join } from './support.ts'

const cleanups = createCleanups()
afterEach(() => cleanups.run())

interface Raw {
  readonly ws: WebSocket
  readonly frames: string[]
  readonly closed: Promise<number>
  next(is: RegExp): Promise<string>
  say(...frames: (string | object)[]): void
}

/** A client without any of the kit. */
const raw = async (url: string, options: ConstructorParameters<typeof WebSocket>[2] = {}): Promise<Raw> => {
  const ws = new WebSocket(url, options)
  cleanups.add(() => {
    ws.terminate()
  })
  const frames: string[] = []
  const closed = new Promise<number>((resolve) => ws.once('close', resolve))
  ws.on('message', (data: Buffer) => frames.push(data.toString()))
  await new Promise((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  return {
    ws,
    frames,
    closed,
    next: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = frames.find((frame) => is.test(frame))
          if (found === undefined) return
          ws.off('message', look)
          resolve(found)
        }
        ws.on('message', look)
        look()
      }),
    say(...said) {
      for (const frame of said) ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
    },
  }
}

const count = (person: ReturnType<typeof join>): number | undefined => person.presence.at(-1)?.count

describe('type-ping', () => {
  it.each(['count', 'num', 'online'] as const)('[DI72] shows how many are there, told as %s', async (name) => {
    const { url } = await host(cleanups, (http) => typePingServer(http, { count: name }))
    const beats = { heartbeat: { interval: 50, timeout: 1_000 } }
    const ann = join(cleanups, url, 'Ann', typePingDialect(), beats)
    await ann.until(() => count(ann) === 1)
    const bob = join(cleanups, url, 'Bob', typePingDialect(), beats)
    await ann.until(() => count(ann) === 2)
    bob.session.close()
    await ann.until(() => count(ann) === 1)
    expect(new Set(ann.presence.map(({ room }) => room))).toEqual(new Set(['general']))
  })

  it('[DI77] replaces a link on which a ping came back with another status', async () => {
    const { url, server, upgrades } = await host(cleanups, typePingServer)
    const ann = join(cleanups, url, 'Ann', typePingDialect(), { heartbeat: { interval: 50, timeout: 1_000 } })
    await ann.until(() => ann.session.snapshot().latencyMs !== undefined)
    server.setStatus('overloaded')
    expect(await ann.next('error')).toMatchObject({ message: expect.stringContaining('overloaded') as string })
    server.setStatus('pong')
    await ann.until(() => ann.session.snapshot().latencyMs !== undefined)
    expect(upgrades()).toBeGreaterThanOrEqual(2)
  })

  it('[DI72] never has a second ping in flight', async () => {
    const { url } = await host(cleanups, typePingServer)
    const ann = join(cleanups, url, 'Ann', typePingDialect(), { heartbeat: { interval: 20, timeout: 1_000 } })
    let inFlight = 0
    let most = 0
    ann.session.on('sent', (frame) => {
      if (frame === '{"type":"ping"}') most = Math.max(most, ++inFlight)
    })
    let rounds = 0
    await new Promise<void>((resolve) => {
      ann.session.on('latency', () => {
        inFlight -= 1
        if (++rounds === 3) resolve()
      })
    })
    expect(most).toBe(1)
  })
})

describe('ping-pong', () => {
  const tokens = (...list: string[]) => {
    let asked = 0
    return { token: () => list[Math.min(asked++, list.length - 1)], asked: () => asked }
  }
  const server = () => host(cleanups, (http) => pingPongServer(http, { accepts: (token) => token === 'good' }))

  it('[DI76] a refused login asks for another token once, and gets in with it', async () => {
    const { url, upgrades } = await server()
    const { token, asked } = tokens('old', 'good')
    const ann = join(cleanups, url, 'Ann', pingPongDialect({ accepted: 'AUTH_OK' }), { token })
    const bob = join(cleanups, url, 'Bob', pingPongDialect({ accepted: 'AUTH_OK' }), { token: 'good' })
    const said = ann.say('patience')
    await bob.connected()
    expect(await said.settled).toMatchObject({ ok: true })
    await ann.connected()
    ann.say('here I am')
    await bob.until(() => bob.bodies().includes('here I am'))
    expect([asked(), upgrades()]).toEqual([2, 3])
  })

  it('[DI76] a login that is refused again ends the session, and nobody knocks any more', async () => {
    const { url, upgrades } = await server()
    const { token, asked } = tokens('old')
    const ann = join(cleanups, url, 'Ann', pingPongDialect(), { token, autoReconnect: { minDelay: 0, maxDelay: 1, minUptime: 60_000 } })
    await ann.until(() => ann.session.snapshot().state === 'failed')
    expect(ann.session.snapshot()).toMatchObject({ cause: { kind: 'auth' }, error: { code: 'unauthorized', message: 'The token does not hold.' } })
    expect([asked(), upgrades()]).toEqual([2, 2])
  })

  it('[DI76] a server that answers 401 to messages loses the login too', async () => {
    const { url } = await server()
    const ann = join(cleanups, url, 'Ann', pingPongDialect(), { autoReconnect: { minDelay: 0, maxDelay: 1, minUptime: 60_000 } })
    ann.say('let me in')
    await ann.next('error')
    await ann.connected()
    ann.say('please')
    await ann.until(() => ann.session.snapshot().state === 'failed')
    expect(ann.session.snapshot().error).toMatchObject({ code: 'unauthorized', message: 'AUTH comes first.' })
  })

  it('[DI78] the server drops who sends no PING, and keeps who does', async () => {
    const { url } = await host(cleanups, (http) => pingPongServer(http, { patienceMs: 1_000 }))
    const ann = join(cleanups, url, 'Ann', pingPongDialect(), { heartbeat: { interval: 100, timeout: 100 } })
    const lost: unknown[] = []
    ann.session.on('error', (error) => lost.push(error))
    await ann.connected()
    const silent = await raw(url)
    silent.say({ type: 'CHAT', message: 'chatting is not pinging' })
    expect(await silent.closed).toBe(1006)
    expect(lost).toEqual([])
  })
})

describe('event-room', () => {
  const server = (accepts?: (token: string) => boolean) =>
    host(cleanups, (http) => eventRoomServer(http, { intervalMs: 300, ...(accepts && { accepts }) }))
  const dialect = () => eventRoomDialect({ interval: 300 })

  it('[DI72] counts and names who is in the room, and counts out once whoever fell silent', async () => {
    const { url } = await server()
    const ann = join(cleanups, url, 'Ann', dialect())
    await ann.until(() => count(ann) === 1)
    const silent = await raw(url)
    silent.say({ event: 'enter', message: 'Eve', roomId: 'general' })
    await ann.until(() => count(ann) === 2)
    const elsewhere = await raw(url)
    elsewhere.say({ event: 'enter', message: 'Mallory', roomId: 'other' })
    await elsewhere.next(/"enter"/)
    expect(await silent.closed).toBe(1006)
    await ann.until(() => count(ann) === 1)
    expect(ann.presence.flatMap(({ joined }) => joined)).toEqual([{ id: 'Eve', name: 'Eve' }])
    expect(ann.frames.filter((frame) => frame.includes('"out"'))).toEqual(['{"event":"out","name":"Eve","num":1}'])
    expect(elsewhere.frames.filter((frame) => frame.includes('Ann'))).toEqual([])
  })

  it('[DI76] without a login nobody enters, and nobody tries again', async () => {
    const { url, upgrades } = await server((token) => token === 'good')
    const ann = join(cleanups, url, 'Ann', dialect(), { token: 'old' })
    await ann.until(() => ann.session.snapshot().state === 'failed')
    expect(ann.session.snapshot()).toMatchObject({ cause: { kind: 'auth' }, error: { code: 'unauthorized' } })
    expect(upgrades()).toBe(1)
    const bob = join(cleanups, url, 'Bob', dialect(), { token: 'good' })
    await bob.until(() => count(bob) === 1)
  })

  it('[DI72] a person who moves to another room is heard there', async () => {
    const { url } = await server()
    const ann = join(cleanups, url, 'Ann', dialect())
    const bob = join(cleanups, url, 'Bob', dialect())
    await ann.until(() => count(ann) === 2)
    bob.session.leave('general')
    bob.session.enter('other')
    await ann.until(() => count(ann) === 1)
    const eve = await raw(url)
    eve.say({ event: 'enter', message: 'Eve', roomId: 'other' })
    await eve.next(/"num":2/)
    bob.session.sendMessage({ room: 'other', body: 'over here' })
    expect(await eve.next(/over here/)).toBe('{"event":"message","message":"over here","name":"Bob","num":2}')
    expect(ann.bodies()).toEqual([])
  })
})

describe('the other servers', () => {
  it('[DI78] text-ping terminates who does not answer pings of the protocol', async () => {
    const { url } = await host(cleanups, (http) => textPingServer(http, { protocolPingMs: 100 }))
    const ann = join(cleanups, url, 'Ann', textPingDialect())
    const lost: unknown[] = []
    ann.session.on('error', (error) => lost.push(error))
    await ann.connected()
    const deaf = await raw(url, { autoPong: false })
    expect(await deaf.closed).toBe(1006)
    expect(lost).toEqual([])
  })

  it('[DI78] heartbeat-ack terminates who is silent, and keeps who beats', async () => {
    const { url } = await host(cleanups, (http) => heartbeatAckServer(http, { silenceMs: 1_000 }))
    const ann = join(cleanups, url, 'Ann', heartbeatAckDialect(), { heartbeat: { interval: 100, timeout: 100 } })
    const lost: unknown[] = []
    ann.session.on('error', (error) => lost.push(error))
    await ann.connected()
    const silent = await raw(url)
    expect(await silent.closed).toBe(1006)
    expect(lost).toEqual([])
  })

  it.each(dialectServerNames.filter((name) => name !== 'socket-io'))('[DI78] %s survives garbage and goes on for everybody', async (name) => {
    const { url, close } = await startDialectServer(name)
    cleanups.add(close)
    const rude = await raw(url)
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    rude.say('', '{', 'null', '7', '[]', deep(20_000), `{"type":"ping","event":"enter","message":${deep(20_000)}}`)
    rude.say({ type: 'onopen', name: { toString: 1 } }, { event: 'enter', message: {}, roomId: [] }, { type: 'AUTH', token: {} })
    rude.ws.send(Buffer.from([0xff, 0x00]))
    rude.ws.send(Buffer.alloc(2 * 1024 * 1024))
    await rude.closed
    const fine = await raw(url)
    fine.say('ping', { type: 'ping' }, { type: 'PING' }, { type: 'heartbeat' }, { event: 'enter', message: 'Ann', roomId: 'r' })
    expect(await fine.next(/pong|PONG|heartbeat_ack|"num":1/)).toBeTruthy()
  })

  it('[DI51] a home-made server that relays what `ws` gave it, as binary, is understood', async () => {
    const { url } = await host(cleanups, (http) => {
      const wss = new WebSocketServer({ server: http })
      wss.on('connection', (socket) => {
        socket.on('message', (data) => {
          for (const client of wss.clients) if (client !== socket) client.send(data)
        })
      })
      const cut = (): void => {
        for (const client of wss.clients) client.terminate()
      }
      return { path: '/', count: () => wss.clients.size, mute: () => undefined, cut, close: async () => (cut(), wss.close()) }
    })
    for (const make of [textPingDialect, heartbeatAckDialect]) {
      const ann = join(cleanups, url, 'Ann', make())
      const bob = join(cleanups, url, 'Bob', make())
      await Promise.all([ann.connected(), bob.connected()])
      ann.say('grüß dich')
      await bob.until(() => bob.bodies().includes('grüß dich'))
      ann.session.close()
      bob.session.close()
    }
  })
})
