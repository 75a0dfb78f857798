import { describe, expect, it, vi } from 'vitest'
import { createConnection, type ConnectionState } from '../../src/core/index.ts'
import { createMemoryTransport } from '../../src/core/memory-transport.ts'
import { rawDialect } from '../../src/dialects/index.ts'
import { createFakeClock } from './support/fake-clock.ts'
import { createHarness, event, welcome, type Harness } from './support/harness.ts'

const say = (h: Harness, body: string) => h.session.sendMessage({ room: 'general', body })
const wait = (h: Harness) => (h.session.snapshot().retryAt ?? 0) - h.clock.now()

describe('servers as they are', () => {
  const endings: readonly (readonly [code: number, state: ConnectionState])[] = [
    ...([1000, 1003, 1008, 1009, 1010, 1015, 3003, 4500, 4501, 4777, 4999] as const).map((c) => [c, 'failed'] as const),
    ...([1001, 1002, 1004, 1005, 1006, 1007, 1011, 1012, 1013, 1014, 3000, 3001, 3002, 3333, 4000, 4123, 4401, 4499] as const).map((c) => [c, 'waiting'] as const),
  ]
  it.each(endings)('[RC4] after close code %i the state is %s', (code, state) => {
    const h = createHarness({ token: () => 't' })
    h.session.open()
    h.accept()
    h.socket().drop(code, 'why')
    expect(h.session.snapshot()).toMatchObject({ state, cause: { closeCode: code, reason: 'why' }, error: { code: 'closed', closeCode: code } })
  })

  it('[RC9] a message that is too big fails, the others go again, and nothing loops', async () => {
    const h = createHarness()
    h.talk()
    const small = say(h, 'small')
    const big = say(h, 'big'.repeat(1_000))
    h.socket().drop(1009)
    expect(await big.settled).toMatchObject({ ok: false, error: { code: 'body_too_long' } })
    expect(h.state()).toBe('waiting')
    h.clock.advance(500)
    h.accept()
    h.joined()
    expect(h.sentOf('send').map((f) => f.body)).toEqual(['small'])
    h.push({ type: 'ack', room: 'general', clientId: 'c1', seq: 1, ts: 1 })
    expect(await small.settled).toMatchObject({ ok: true })
  })

  it('[RC9] without a message to blame it stops', () => {
    const h = createHarness()
    h.talk()
    h.socket().drop(1009)
    expect(h.state()).toBe('failed')
  })

  it('[RC9] where nothing is confirmed nothing comes again, so the connection does', () => {
    const h = createHarness({ dialect: rawDialect() })
    h.session.open()
    h.socket().open()
    h.session.sendMessage({ room: 'a', body: 'big'.repeat(1_000) })
    h.socket().drop(1009)
    h.clock.advance(1_000)
    h.socket().open()
    expect([h.state(), h.socket().sent]).toEqual(['connected', []])
  })

  it('[RC10] a connection that had lasted and just breaks comes back spread over five seconds', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.clock.advance(5_000)
    h.socket().drop(1006)
    expect(wait(h)).toBe(2_450)
    h.session.open()
    h.socket().drop(1006)
    expect(wait(h)).toBe(500)
  })

  it('[CN8] one that accepts and drops at once is asked ever less often', () => {
    const h = createHarness()
    h.session.open()
    for (let n = 0; n < 60; n++) {
      h.accept()
      h.socket().drop(1000 + 11)
      h.clock.advance(wait(h))
    }
    const sockets = h.memory.sockets.length
    h.accept()
    h.socket().drop(1011)
    h.clock.advance(14_999)
    expect(h.memory.sockets).toHaveLength(sockets)
  })

  it('[SN4] garbage, binary frames and ten thousand frames in a burst are counted, skipped and handed on', () => {
    const h = createHarness()
    h.talk()
    for (const bad of ['', '{', '[]', 'null', '"x"', '[['.repeat(4_000), new ArrayBuffer(8), new Blob(['x']), undefined, { event: 'x', args: [] }]) {
      h.socket().receive(bad)
    }
    for (let seq = 1; seq <= 10_000; seq++) h.push({ type: 'event', ...event(seq) })
    expect(h.session.snapshot()).toMatchObject({ state: 'connected', badFrames: 10 })
    expect(h.get('message').map((m) => m.seq)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1))
  })

  it('[SN4] a field of 4,000 levels in a frame that is otherwise good harms nobody', () => {
    const h = createHarness()
    h.talk()
    const deep = `${'{"a":'.repeat(4_000)}1${'}'.repeat(4_000)}`
    h.socket().receive(JSON.stringify({ type: 'event', ...event(1) }).replace('}', '').replace(/\}$/, `},"extra":${deep}}`))
    h.socket().receive(`{"type":"presence","room":"general","count":3,"extra":${deep}}`)
    expect([h.state(), h.get('presence').length]).toEqual(['connected', 1])
  })

  it('[SE16] a server that lives but confirms nothing is given up, and the message goes again under its id', () => {
    const h = createHarness({ heartbeat: false })
    h.talk()
    say(h, 'hello')
    h.clock.advance(19_999)
    expect(h.state()).toBe('connected')
    h.clock.advance(1)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', error: { code: 'terminated' } })
    h.clock.advance(500)
    h.accept()
    h.joined()
    expect(h.sentOf('send').map((f) => f.clientId)).toEqual(['c1'])
  })

  it('[SE16] a slow server that confirms one after the other is not', () => {
    const h = createHarness({ heartbeat: false })
    h.talk()
    for (let n = 0; n < 10; n++) say(h, 'x')
    for (let n = 1; n <= 10; n++) {
      h.clock.advance(19_000)
      h.push({ type: 'ack', room: 'general', clientId: `c${n}`, seq: n, ts: n })
    }
    h.clock.advance(100_000)
    expect([h.state(), h.memory.sockets.length]).toEqual(['connected', 1])
  })
})

describe('messages that wait', () => {
  it('[SE17] for more than a day fail, and go out when a person sends them again', () => {
    const h = createHarness()
    h.session.enter('general')
    say(h, 'lunch?')
    h.clock.advance(86_400_001)
    say(h, 'still there?')
    h.session.open()
    h.accept()
    h.joined()
    expect(h.sentOf('send').map((f) => f.body)).toEqual(['still there?'])
    expect(h.get('rejected')).toMatchObject([{ clientId: 'c1', error: { code: 'expired', retryable: true } }])
    h.session.retry('c1')
    expect(h.sentOf('send').map((f) => f.body)).toEqual(['still there?', 'lunch?'])
  })

  it('[SE17] a clock that is set back expires nothing', () => {
    const h = createHarness({ outbox: { maxAge: 1_000 } })
    h.session.enter('general')
    say(h, 'x')
    h.clock.setWall(1)
    h.session.open()
    h.accept()
    h.joined()
    expect(h.sentOf('send')).toHaveLength(1)
  })
})

describe('hints, further', () => {
  it('[HI8] a page that is put to sleep closes resumably and tries nothing; it comes back when it wakes', () => {
    for (const hint of ['visible', 'online'] as const) {
      const h = createHarness()
      h.talk({ events: [event(1)] })
      say(h, 'queued')
      h.session.hint('frozen')
      expect(h.socket().closedWith?.code).toBe(4003)
      expect(h.session.snapshot()).toMatchObject({ state: 'waiting', cause: { kind: 'frozen' }, pendingCount: 1 })
      expect(h.session.snapshot().retryAt).toBeUndefined()
      h.clock.advance(1e7)
      expect([h.memory.sockets.length, h.clock.timers]).toEqual([1, 0])
      h.session.hint(hint)
      h.accept()
      expect(h.sentOf('join')).toMatchObject([{ since: { epoch: 'e1', seq: 1 } }])
    }
  })

  it('[HI8] one that was closed stays closed through it', () => {
    const h = createHarness()
    h.talk()
    h.session.close()
    h.session.hint('frozen')
    h.session.hint('visible')
    expect([h.state(), h.memory.sockets.length]).toEqual(['closed', 1])
  })

  it('[HI9] another network starts a try anew that has been under way for a second; being shown does not', () => {
    const h = createHarness()
    h.session.open()
    h.clock.advance(999)
    h.session.hint('online')
    expect(h.memory.sockets).toHaveLength(1)
    h.clock.advance(1_001)
    h.session.hint('visible')
    expect(h.memory.sockets).toHaveLength(1)
    h.session.hint('online')
    expect(h.memory.sockets.map((s) => s.state)).toEqual(['closed', 'connecting'])
    h.session.hint('online')
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[HI10] a hidden page waits longer and longer, up to five minutes; shown again it tries at once', () => {
    const h = createHarness()
    h.session.open()
    h.session.hint('hidden')
    for (let n = 0; n < 12; n++) {
      h.socket().drop()
      h.clock.advance(wait(h))
    }
    h.socket().drop()
    expect(wait(h)).toBe(150_000)
    const { length } = h.memory.sockets
    h.session.hint('visible')
    expect(h.memory.sockets).toHaveLength(length + 1)
  })

  it('[HI11] "offline" with a network that works does not stop a person who tries', () => {
    const h = createHarness()
    h.session.open()
    h.socket().drop()
    h.session.hint('offline')
    h.session.reconnect()
    h.accept()
    expect(h.state()).toBe('connected')
  })
})

describe('ending', () => {
  it('[CL6] `terminate` gives the socket up as if it were dead, and comes back', () => {
    const h = createHarness()
    h.talk()
    h.session.terminate('the VPN changed')
    expect(h.socket().closedWith?.code).toBe(3008)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', cause: { kind: 'user', reason: 'the VPN changed' } })
    h.clock.advance(500)
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[CL6] and does nothing where there is no socket', () => {
    const h = createHarness()
    h.session.terminate()
    expect(h.state()).toBe('idle')
    h.session.open()
    h.session.close()
    h.session.terminate()
    expect(h.state()).toBe('closed')
  })

  it('[CL7] a signal that is aborted ends the session for good', async () => {
    const abort = new AbortController()
    const h = createHarness({ signal: abort.signal })
    h.talk()
    const sent = say(h, 'x')
    abort.abort()
    expect(h.socket().closedWith?.code).toBe(1000)
    expect(await sent.settled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    h.session.open()
    expect([h.memory.sockets.length, h.clock.timers]).toEqual([1, 0])
  })

  it('[CL7] one that was aborted before lets nothing begin', () => {
    const h = createHarness({ signal: AbortSignal.abort() })
    h.session.open()
    expect(h.memory.sockets).toHaveLength(0)
  })

  it('[RC2] tells once that the tries are used up', () => {
    const onFailed = vi.fn()
    const h = createHarness({ autoReconnect: { retries: 0, onFailed } })
    const gaveUp = vi.fn()
    h.session.on('gaveUp', gaveUp)
    h.session.open()
    h.socket().drop(1006)
    expect([gaveUp.mock.calls.length, onFailed.mock.calls.length, h.state()]).toEqual([1, 1, 'failed'])
  })
})

describe('the bare connection', () => {
  const bare = () => {
    const clock = createFakeClock()
    const memory = createMemoryTransport()
    const connection = createConnection({ url: 'ws://test/', dialect: rawDialect(), transport: memory.connect, clock, random: () => 0.5 })
    const data: unknown[] = []
    connection.on('data', (frame) => data.push(frame))
    return { clock, memory, connection, data }
  }

  it('[CB1] hands frames on, keeps what is sent for the next socket, and comes back', () => {
    const { clock, memory, connection, data } = bare()
    expect(connection.sendRaw('early')).toBe(false)
    connection.open()
    memory.current().open()
    for (let n = 0; n < 200; n++) memory.current().receive('ok')
    expect([data.length, memory.current().sent]).toEqual([200, ['early']])
    memory.current().drop()
    connection.sendRaw('meanwhile')
    clock.advance(1_000)
    memory.current().open()
    expect(memory.current().sent).toEqual(['meanwhile'])
    connection.dispose()
    expect(clock.timers).toBe(0)
  })

  it('[CB2] makes no rooms and confirms nothing', () => {
    const { connection } = bare()
    expect(Object.keys(connection)).not.toContain('sendMessage')
    expect(connection.snapshot()).toMatchObject({ state: 'idle', pendingCount: 0 })
  })
})

describe('dialects without answers', () => {
  it('[CN9] `enter` is told where there is a word for it, before anything that waits, and again after each reconnect', () => {
    const h = createHarness({
      dialect: {
        ...rawDialect(),
        write: (command, { room }) => (command.type === 'enter' ? `enter ${command.room}` : command.type === 'send' ? `${room}: ${command.body}` : undefined),
      },
    })
    h.session.enter('tea')
    h.session.sendMessage({ room: 'tea', body: 'one' })
    h.session.open()
    h.socket().open()
    expect(h.socket().sent).toEqual(['enter tea', 'tea: one'])
    h.socket().drop()
    h.session.sendMessage({ room: 'tea', body: 'two' })
    h.clock.advance(1_000)
    h.socket().open()
    expect(h.socket().sent).toEqual(['enter tea', 'tea: two'])
  })

  it('[CN9] what comes without a room is of the first room that was entered', () => {
    const message = { author: { id: 'a', name: 'A' }, body: 'hi', createdAt: 1 }
    const h = createHarness({
      dialect: { ...rawDialect(), read: () => [{ type: 'message', message }, { type: 'presence', count: 4, joined: [], left: [] }] },
    })
    h.session.enter('tea')
    h.session.open()
    h.socket().open()
    h.socket().receive('x')
    expect(h.get('message')).toEqual([{ ...message, room: 'tea' }])
    expect(h.get('presence')).toEqual([{ room: 'tea', count: 4, joined: [], left: [] }])
  })

  it('[CN9] the dialect knows who we are and with which token', () => {
    const write = vi.fn(() => 'x')
    const h = createHarness({ dialect: { ...rawDialect(), write }, user: { id: 'me', name: 'Me' }, token: 'secret' })
    h.session.open()
    h.socket().open()
    expect(write).toHaveBeenCalledWith(
      { type: 'hello', token: 'secret', user: { id: 'me', name: 'Me' } },
      { user: { id: 'me', name: 'Me' }, token: 'secret', room: '' },
    )
  })

  it('[CN10] what is heard without a frame is life too', () => {
    let alive = (): void => {}
    const memory = createMemoryTransport()
    const h = createHarness({
      transport: (url, protocols, handlers, about) => {
        alive = () => handlers.alive?.()
        expect(about?.token).toBe('t')
        return memory.connect(url, protocols, handlers)
      },
      token: 't',
    })
    h.session.open()
    memory.current().open()
    memory.current().receive(JSON.stringify(welcome()))
    for (let n = 0; n < 10; n++) {
      h.clock.advance(4_000)
      alive()
    }
    expect(h.state()).toBe('connected')
    h.clock.advance(16_000)
    expect(h.state()).not.toBe('connected')
  })
})
