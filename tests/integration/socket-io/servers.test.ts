/** Servers with ways of their own: refusals, farewells, namespaces, polling, heartbeats, acknowledgements. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Namespace, type ServerOptions } from 'socket.io'
import { afterEach, describe, expect, it } from 'vitest'
import { rawDialect } from '../../../src/dialects/index.ts'
import { socketIoDialect, socketIoTransport } from '../../../src/socket-io.ts'
import { cleanUp, enter, later, person } from './support/people.ts'

afterEach(cleanUp)

const serve = async (setUp: (io: Server) => void, options: Partial<ServerOptions> = {}): Promise<string> => {
  const http = createServer()
  const io = new Server(http, options)
  setUp(io)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  later(() => io.close())
  return `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`
}

/** Broadcasts `chat`. */
const relay = (io: Server | Namespace): void => {
  io.on('connection', (socket) => {
    socket.on('chat', (...args: unknown[]) => socket.broadcast.emit('chat', ...args))
  })
}

describe('a Socket.IO server that lets nobody in', () => {
  it('[SI2] an expired login asks for one new token, then stops', async () => {
    const tokens: unknown[] = []
    const url = await serve((io) => {
      io.use((socket, next) => {
        tokens.push(socket.handshake.auth['token'])
        next(new Error('jwt expired'))
      })
    })
    let asked = 0
    const ann = person(url, { token: () => `token ${String(++asked)}` })
    ann.session.open()
    await ann.is('failed')
    expect(tokens).toEqual(['token 1', 'token 2'])
    expect(ann.session.snapshot().cause).toMatchObject({ kind: 'auth', closeCode: 4401 })
  })

  it('[SI2] a refusal that is not about the login is tried again', async () => {
    let isReady = false
    const url = await serve((io) => {
      io.use((_socket, next) => {
        next(isReady ? undefined : new Error('the database is down'))
        isReady = true
      })
    })
    const ann = await enter(url)
    expect(ann.states).toEqual(['connecting', 'waiting', 'connecting', 'handshaking', 'connected'])
  })

  it('[SI10] a code of its own decides before the table does', async () => {
    const url = await serve((io) => {
      io.use((_socket, next) => {
        next(Object.assign(new Error('no entry'), { data: { why: 'banned' } }))
      })
    })
    const codeOfRefusal = ({ data }: { data?: unknown }) => ((data as { why?: string }).why === 'banned' ? 4503 : undefined)
    const ann = person(url, { transport: socketIoTransport({ codeOfRefusal }) })
    ann.session.open()
    await ann.is('failed')
    expect(ann.session.snapshot().cause).toMatchObject({ closeCode: 4503, reason: 'no entry' })
  })

  it('[SI10] an address that is no Socket.IO server is tried again', async () => {
    const http = createServer((_request, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    later(() => http.close())
    const ann = person(`http://127.0.0.1:${String((http.address() as AddressInfo).port)}`, { autoReconnect: { retries: 2, delay: 1 } })
    ann.session.open()
    await ann.is('failed')
    expect(ann.states.filter((state) => state === 'connecting')).toHaveLength(3)
    expect(ann.session.snapshot().cause).toMatchObject({ kind: 'network', closeCode: 1006 })
  })
})

describe('a Socket.IO server that ends the connection', () => {
  it('[SI11] what `err` says just before decides', async () => {
    const url = await serve((io) => {
      io.on('connection', (socket) => {
        socket.on('chat', () => {
          socket.emit('err', { code: 4503, reason: 'banned' })
          socket.disconnect(true)
        })
      })
    })
    const ann = await enter(url)
    ann.session.sendMessage({ room: 'lobby', body: 'hello' })
    await ann.is('failed')
    expect(ann.session.snapshot().cause).toMatchObject({ kind: 'auth', closeCode: 4503, reason: 'banned' })
  })

  it('[SI11] an `err` that is followed by other things was only a warning', async () => {
    const url = await serve((io) => {
      let isFirst = true
      io.on('connection', (socket) => {
        if (!isFirst) return
        isFirst = false
        socket.emit('err', { code: 4503, reason: 'next time' })
        socket.emit('chat', 'hello')
        socket.disconnect()
      })
    })
    const ann = await enter(url)
    await ann.has(1)
    await ann.is('connected')
    if (!ann.states.includes('waiting')) await ann.becomes('waiting')
    await ann.is('connected')
    expect(ann.session.snapshot().state).toBe('connected')
  })
})

describe('ways to a Socket.IO server', () => {
  it('[SI5] the server hears the difference between leaving and a link that was given up', async () => {
    const reasons: string[] = []
    let heard = (): void => undefined
    const url = await serve((io) => {
      io.on('connection', (socket) => {
        socket.on('disconnect', (reason) => {
          reasons.push(reason)
          heard()
        })
      })
    })
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        heard = resolve
      })
    const ann = await enter(url)
    const first = next()
    ann.session.terminate()
    await first
    await ann.is('connected')
    const second = next()
    ann.session.close()
    await second
    expect(reasons).toEqual(['transport close', 'client namespace disconnect'])
  })

  it('[SI12] the path of the url is the namespace', async () => {
    const url = await serve((io) => {
      relay(io.of('/admin'))
    })
    const [ann, bob] = [await enter(`${url}/admin`), await enter(`${url}/admin`)]
    ann.session.sendMessage({ room: 'lobby', body: 'hello' })
    await bob.has(1)
  })

  it('[SI16] polling works where it is allowed, and so does the upgrade from it', async () => {
    const url = await serve(relay)
    const polling = socketIoTransport({ transports: ['polling'] })
    const upgrading = socketIoTransport({ transports: ['polling', 'websocket'] })
    const [ann, bob] = [await enter(url, { transport: polling }), await enter(url, { transport: upgrading })]
    ann.session.sendMessage({ room: 'lobby', body: 'hello' })
    bob.session.sendMessage({ room: 'lobby', body: 'hi' })
    await Promise.all([ann.has(1), bob.has(1)])
    ann.session.close()
    bob.session.close()
  })

  it('[SI13] without a dialect of its own a text is the event `message`', async () => {
    const url = await serve((io) => {
      io.on('connection', (socket) => {
        socket.on('message', (text: string) => socket.send(text.toUpperCase()))
      })
    })
    const ann = await enter(url, { dialect: rawDialect() })
    const data = new Promise((resolve) => ann.session.on('data', resolve))
    ann.session.sendRaw('hello')
    expect(await data).toEqual({ event: 'message', args: ['HELLO'] })
  })

  it('[SI14] messages wait for the callback of the server, and are refused by it', async () => {
    const url = await serve((io) => {
      io.on('connection', (socket) => {
        socket.on('chat', (text: string, answer: (told: object) => void) => {
          answer(text === 'bad' ? { error: 'not that word' } : { ok: true })
        })
      })
    })
    const ann = await enter(url, { dialect: socketIoDialect({ acks: true }) })
    expect(await ann.session.sendMessage({ room: 'lobby', body: 'good' }).settled).toMatchObject({ ok: true })
    expect(await ann.session.sendMessage({ room: 'lobby', body: 'bad' }).settled).toMatchObject({ ok: false, error: { message: 'not that word' } })
  })

  it('[SI14] a message whose callback was lost goes again after the reconnect', async () => {
    const heard: string[] = []
    const url = await serve((io) => {
      io.on('connection', (socket) => {
        socket.on('chat', (text: string, answer: (told: object) => void) => {
          heard.push(text)
          if (heard.length > 1) answer({ ok: true })
          else socket.disconnect(true)
        })
      })
    })
    const ann = await enter(url, { dialect: socketIoDialect({ acks: true }) })
    expect(await ann.session.sendMessage({ room: 'lobby', body: 'hello' }).settled).toMatchObject({ ok: true })
    expect(heard).toEqual(['hello', 'hello'])
  })

  it('[SI14] a server that wants an acknowledgement from us gets one', async () => {
    let answered: Promise<unknown> | undefined
    const url = await serve((io) => {
      io.on('connection', (socket) => {
        answered = socket.emitWithAck('chat', 'are you there?')
      })
    })
    const ann = await enter(url)
    await ann.has(1)
    await answered
    expect(ann.messages).toMatchObject([{ body: 'are you there?' }])
  })
})

describe('signs of life over Socket.IO', () => {
  it('[SI17] the heartbeat of Engine.IO counts as life', async () => {
    const url = await serve(relay, { pingInterval: 50 })
    // It asks nothing itself, and nobody says anything.
    const ann = await enter(url, { dialect: rawDialect() })
    const before = ann.session.snapshot().lastReceivedAt
    await new Promise<void>((resolve) => {
      ann.session.subscribe(({ lastReceivedAt }) => {
        if (lastReceivedAt !== before) resolve()
      })
    })
    expect(ann.states).not.toContain('waiting')
  })

  it('[SI17] a server that lets everybody into any namespace is asked once, and left again', async () => {
    let isLeft = (): void => undefined
    const left = new Promise<void>((resolve) => {
      isLeft = resolve
    })
    let visits = 0
    const url = await serve((io) => {
      relay(io)
      io.of(/ping$/).on('connection', (socket) => {
        visits += 1
        socket.on('disconnect', () => {
          isLeft()
        })
      })
    })
    const ann = await enter(url, { heartbeat: { interval: 10, timeout: 1_000 } })
    await left
    const bob = await enter(url)
    for (let n = 1; n <= 20; n++) {
      ann.session.hint('visible')
      bob.session.sendMessage({ room: 'lobby', body: String(n) })
      await ann.has(n)
    }
    await ann.is('connected')
    expect(visits).toBe(2)
    expect(ann.states).not.toContain('waiting')
  })

  it('[SI17] a server that does not answer questions is left to the heartbeat of Engine.IO', async () => {
    const asked: unknown[] = []
    const url = await serve((io) => {
      io._checkNamespace = (...args) => asked.push(args)
      relay(io)
    })
    const ann = await enter(url, { heartbeat: { interval: 20, timeout: 40 } })
    const bob = await enter(url)
    // Four of its own pings would be overdue by now.
    let beatsHeard = 0
    await new Promise<void>((resolve) => {
      ann.session.subscribe(() => {
        if (++beatsHeard === 20) resolve()
      })
    })
    const awake = ann.becomes('connected')
    ann.session.hint('visible')
    await awake
    ann.session.sendMessage({ room: 'lobby', body: 'still here' })
    await bob.has(1)
    expect(asked).toHaveLength(2)
    expect(ann.states).toEqual(['connecting', 'handshaking', 'connected', 'probing', 'connected'])
  })
})
