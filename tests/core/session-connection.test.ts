import { describe, expect, it, vi } from 'vitest'
import { createHarness, welcome, type Harness } from './support/harness.ts'

const lastSocket = (h: Harness) => h.memory.sockets.at(-1)

describe('connecting', () => {
  it('[CN1] asks, says hello with the token, and is connected when the server says so', () => {
    const h = createHarness({ token: 'secret', protocols: ['extra'] })
    h.session.open()
    expect(h.state()).toBe('connecting')
    expect([h.socket().url, h.socket().protocols]).toEqual(['ws://test/chat', ['chat.v1', 'extra']])
    h.socket().open()
    expect(h.state()).toBe('handshaking')
    expect(h.sent()[0]).toEqual({ type: 'hello', version: 1, token: 'secret' })
    h.push(welcome())
    expect(h.session.snapshot()).toMatchObject({ state: 'connected', attempt: 0, user: { id: 'me' } })
    expect(h.get('welcome')).toHaveLength(1)
  })

  it('[CN2] an upgrade that is never answered is given up after the connect timeout', () => {
    const h = createHarness()
    h.session.open()
    h.clock.advance(7_999)
    expect(h.state()).toBe('connecting')
    h.clock.advance(1)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', attempt: 1, cause: { kind: 'timeout' } })
    expect(h.get('error').at(-1)?.code).toBe('connect_timeout')
    h.clock.advance(500)
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[CN2] the welcome counts into the same timeout', () => {
    const h = createHarness({ connectTimeout: 4_000 })
    h.session.open()
    h.clock.advance(3_000)
    h.socket().open()
    h.clock.advance(999)
    expect(h.state()).toBe('handshaking')
    h.clock.advance(1)
    expect(h.state()).toBe('waiting')
  })

  it('[CN3] address and token are asked on every attempt, and may take their time', async () => {
    let n = 0
    const h = createHarness({ url: () => Promise.resolve(`ws://test/${++n}`), token: () => Promise.resolve(`t${n}`) })
    h.session.open()
    await vi.waitFor(() => {
      expect(h.memory.sockets).toHaveLength(1)
    })
    h.socket().open()
    expect(h.sent()[0]).toMatchObject({ token: 't1' })
    h.socket().drop()
    h.clock.advance(1_000)
    await vi.waitFor(() => {
      expect(h.socket().url).toBe('ws://test/2')
    })
  })

  it('[CN4] a provider that rejects, throws or answers nonsense is reported and asked again', async () => {
    const answers = [() => Promise.reject(new Error('no network')), () => 'ftp://x', () => 'ws://test/ok']
    const h = createHarness({ url: () => (answers.shift() ?? (() => 'ws://test/ok'))() })
    h.session.open()
    await vi.waitFor(() => {
      expect(h.state()).toBe('waiting')
    })
    h.clock.advance(1_000)
    expect(h.get('error').map((e) => e.code)).toEqual(['provider_failed', 'provider_failed'])
    expect(h.get('error')[0]?.message).toContain('no network')
    h.clock.advance(2_000)
    expect(h.socket().url).toBe('ws://test/ok')
  })

  it('[CN4] a token that never comes is given up like any other try', () => {
    const h = createHarness({ token: () => new Promise<string>(() => {}) })
    h.session.open()
    h.clock.advance(8_000)
    expect(h.state()).toBe('waiting')
  })

  it('[CN5] an answer that comes after the session was closed starts nothing', async () => {
    let answer: (url: string) => void = () => {}
    const h = createHarness({ url: () => new Promise<string>((resolve) => (answer = resolve)) })
    h.session.open()
    h.session.close()
    answer('ws://test/late')
    await Promise.resolve()
    await Promise.resolve()
    expect(h.memory.sockets).toHaveLength(0)
  })

  it('[CN6] a socket that cannot even be made ends the tries with an error', () => {
    const h = createHarness({
      transport: () => {
        throw new Error('mixed content')
      },
    })
    h.session.open()
    expect(h.session.snapshot()).toMatchObject({ state: 'failed', error: { message: 'No socket: Error: mixed content' } })
  })

  it('[CN7] a guest comes back as the same person, by the proof that the server gave', () => {
    const h = createHarness()
    h.session.open()
    h.accept({ token: 'guest-proof' })
    h.socket().drop()
    h.clock.advance(1_000)
    h.socket().open()
    expect(h.sent()[0]).toMatchObject({ type: 'hello', token: 'guest-proof' })
    h.socket().drop(4501)
    expect(h.state()).toBe('waiting')
    h.clock.advance(2_000)
    h.socket().open()
    expect(h.sent()[0]).toEqual({ type: 'hello', version: 1 })
  })
})

describe('coming back', () => {
  it('[RC1] accepted and dropped at once is no success: the waits keep growing', () => {
    const h = createHarness()
    h.session.open()
    for (let n = 0; n < 8; n++) {
      h.accept()
      expect(h.session.snapshot().attempt).toBe(0)
      h.clock.advance(1_000)
      h.socket().drop()
      const { attempt, retryAt = 0 } = h.session.snapshot()
      expect(attempt).toBe(n + 1)
      expect(retryAt - h.clock.now()).toBe(Math.min(30_000, 1_000 * 2 ** n) / 2)
      h.clock.advance(retryAt - h.clock.now())
      expect(h.state()).toBe('connecting')
    }
  })

  it('[RC1] after five seconds with the server the count starts anew', () => {
    const h = createHarness()
    h.session.open()
    h.socket().drop()
    h.clock.advance(1_000)
    h.accept()
    h.pong()
    h.clock.advance(5_000)
    h.socket().drop()
    expect(h.session.snapshot().attempt).toBe(1)
  })

  it('[RC2] when the tries are used up it says so, and a person may still try', () => {
    const onFailed = vi.fn()
    const h = createHarness({ autoReconnect: { retries: 2, onFailed } })
    h.session.open()
    h.socket().drop()
    h.clock.advance(1_000)
    h.socket().drop()
    h.clock.advance(2_000)
    expect(onFailed).not.toHaveBeenCalled()
    h.socket().drop()
    expect(h.state()).toBe('failed')
    expect(onFailed).toHaveBeenCalledTimes(1)
    h.clock.advance(1e7)
    expect(h.memory.sockets).toHaveLength(3)
    h.session.reconnect()
    h.accept()
    expect(h.session.snapshot()).toMatchObject({ state: 'connected', error: undefined })
  })

  it('[RC3] with `autoReconnect: false` a lost connection stays lost', () => {
    const h = createHarness({ autoReconnect: false })
    h.session.open()
    h.accept()
    h.socket().drop()
    expect(h.session.snapshot()).toMatchObject({ state: 'closed', cause: { kind: 'network' } })
    h.session.hint('online')
    h.clock.advance(1e6)
    expect(h.memory.sockets).toHaveLength(1)
  })

  it.each([4500, 4501, 4502, 4999, 1003, 1008, 1009])('[RC4] after close code %i it stops and tells why', (code) => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.socket().drop(code, 'because')
    h.session.hint('online')
    h.clock.advance(1e6)
    expect(h.session.snapshot()).toMatchObject({ state: 'failed', error: { code: 'closed', closeCode: code, retryable: false } })
    expect(h.session.snapshot().error?.message).toContain('because')
    expect(h.memory.sockets).toHaveLength(1)
  })

  it.each([1002, 1006, 1007, 1011, 4000, 4408, 4429, 4499])('[RC4] after close code %i it comes back', (code) => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.socket().drop(code)
    h.clock.advance(1_000)
    expect(h.state()).toBe('connecting')
  })

  it('[RC11] one frame that the network spoiled does not keep what waits from being sent', async () => {
    const h = createHarness()
    h.talk()
    const said = h.session.sendMessage({ room: 'general', body: 'hello' })
    h.socket().drop(1007)
    h.clock.advance(1_000)
    h.accept()
    h.joined()
    h.push({ type: 'ack', room: 'general', clientId: said.clientId, seq: 1, ts: 1 })
    expect(await said.settled).toMatchObject({ ok: true })
  })

  it('[RC11] frames that the server can never read end it after five tries, and a person may try again', () => {
    const h = createHarness()
    h.session.open()
    for (let times = 0; times < 20 && h.state() !== 'failed'; times += 1) {
      h.accept()
      h.socket().drop(times % 2 === 0 ? 1007 : 1002)
      if (h.state() === 'waiting') h.clock.advance((h.session.snapshot().retryAt ?? 0) - h.clock.now())
    }
    expect(h.session.snapshot()).toMatchObject({ state: 'failed', error: { retryable: false } })
    expect(h.memory.sockets).toHaveLength(6)
    h.session.open()
    h.accept()
    h.socket().drop(1007)
    expect(h.state()).toBe('waiting')
  })

  it('[RC5] an expired token is asked for once more, a second expiry stops', () => {
    const token = vi.fn(() => 'token')
    const h = createHarness({ token })
    h.session.open()
    h.socket().open()
    h.socket().drop(4401)
    expect(h.state()).toBe('waiting')
    h.clock.advance(500)
    expect(token).toHaveBeenCalledTimes(2)
    h.socket().open()
    h.socket().drop(4401)
    expect(h.session.snapshot()).toMatchObject({ state: 'failed', cause: { kind: 'auth', closeCode: 4401 } })
  })

  it('[RC5] a token that expires after a good while is refreshed each time', () => {
    const h = createHarness({ token: () => 'token' })
    h.session.open()
    for (let n = 0; n < 3; n++) {
      h.accept()
      h.pong()
      h.clock.advance(6_000)
      h.socket().drop(4401)
      expect(h.state()).toBe('waiting')
      h.clock.advance(500)
    }
  })

  it('[RC6] the window of a farewell wins, counted from when it was told', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.push({ type: 'bye', code: 4001, reason: 'restart', afterMs: [4_000, 8_000] })
    h.clock.advance(1_000)
    expect(h.state()).toBe('connected')
    h.socket().drop(1006)
    const { retryAt = 0, cause } = h.session.snapshot()
    expect(retryAt - h.clock.now()).toBe(5_000)
    expect(cause).toEqual({ kind: 'server', closeCode: 4001, reason: 'restart' })
  })

  it('[RC6] a farewell that did not come true is forgotten', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.push({ type: 'bye', code: 4001, reason: '', afterMs: [0, 100] })
    h.clock.advance(1_000)
    h.socket().drop(4000)
    expect((h.session.snapshot().retryAt ?? 0) - h.clock.now()).toBe(500)
  })

  it('[RC7] after a close that hit everyone the first try is spread over five seconds', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.socket().drop(1012)
    expect((h.session.snapshot().retryAt ?? 0) - h.clock.now()).toBe(2_450)
  })

  it('[RC8] a wait of one’s own replaces the doubling', () => {
    const h = createHarness({ autoReconnect: { delay: (attempt) => attempt * 100 } })
    h.session.open()
    h.socket().drop()
    expect((h.session.snapshot().retryAt ?? 0) - h.clock.now()).toBe(100)
    h.clock.advance(100)
    h.socket().drop()
    expect((h.session.snapshot().retryAt ?? 0) - h.clock.now()).toBe(200)
  })
})

describe('a link that only looks alive', () => {
  it('[HB10] is replaced within the timeout plus a second, though no close ever comes', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    const dead = h.socket()
    h.clock.advance(10_000)
    expect(h.sentOf('ping', dead)).toHaveLength(2)
    h.clock.advance(5_000)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', cause: { kind: 'heartbeat' }, heartbeat: 'timedOut' })
    h.clock.advance(1_000)
    expect(lastSocket(h)).not.toBe(dead)
    expect(dead.closedWith?.code).toBe(3008)
  })

  it('[HB11] a socket that was given up is no longer heard', () => {
    const h = createHarness()
    h.talk()
    const dead = h.socket()
    h.clock.advance(16_000)
    h.accept()
    const before = h.session.snapshot()
    h.push({ type: 'event', room: 'general', seq: 1, kind: 'message', from: { id: 'x', name: 'X' }, clientId: 'x1', ts: 1, body: 'late' }, dead)
    dead.open()
    dead.drop(4500, 'late')
    expect(h.session.snapshot()).toBe(before)
    expect(h.get('message')).toEqual([])
    expect(h.state()).toBe('connected')
  })

  it('[HB12] before a message leaves, the clock is asked whether the link can still be alive', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.clock.advance(10_000)
    h.clock.skip(4_900)
    h.session.sendMessage({ room: 'general', body: 'early enough' })
    expect(h.sentOf('send')).toHaveLength(1)
    h.clock.skip(200)
    h.session.sendMessage({ room: 'general', body: 'too late' })
    expect(h.state()).toBe('waiting')
    expect(h.sentOf('send', h.memory.sockets[0])).toHaveLength(1)
    expect(h.session.snapshot().pendingCount).toBe(2)
  })

  it('[HB13] measures the round trip by the greeting and by its own pings', () => {
    const h = createHarness()
    h.session.open()
    h.socket().open()
    h.clock.advance(40)
    h.push(welcome())
    expect(h.session.snapshot().latencyMs).toBe(40)
    h.clock.advance(40)
    h.pong()
    expect(h.get('latency')).toEqual([{ roundTripMs: 40, at: h.clock.now() }])
    expect(h.session.snapshot()).toMatchObject({ latencyMs: 40, heartbeat: 'answered' })
    h.clock.advance(9_960)
    h.clock.advance(140)
    h.pong()
    expect(h.session.snapshot().latencyMs).toBe(70)
  })

  it('[HB13] an answer that nobody asked for measures nothing', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.pong()
    h.pong()
    h.push({ type: 'pong', n: 99 })
    expect(h.get('latency')).toHaveLength(1)
  })

  it('[HB14] answers the pings of the server at once', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.push({ type: 'ping', n: 7 })
    expect(h.sent().at(-1)).toEqual({ type: 'pong', n: 7 })
  })

  it('[HB15] with `heartbeat: false` nobody is asked and nobody is given up', () => {
    const h = createHarness({ heartbeat: false })
    h.session.open()
    h.accept()
    h.clock.advance(1e7)
    expect([h.state(), h.sentOf('ping')]).toEqual(['connected', []])
  })

  it('[HB8] a machine that slept for an hour keeps a link that answers', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.clock.sleep(3_600_000)
    expect(h.state()).toBe('connected')
    h.clock.advance(100)
    h.pong()
    h.clock.advance(9_000)
    expect(h.memory.sockets).toHaveLength(1)
  })

  it('[HB9] a wall clock that jumps changes nothing', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    for (const jump of [-1e9, 1e9]) {
      h.clock.setWall(h.clock.now() + jump)
      h.clock.advance(11_000)
      h.pong()
      expect(h.state()).toBe('connected')
    }
  })
})

describe('hints of the environment', () => {
  it('[HI1] waking up while waiting tries at once', () => {
    for (const hint of ['online', 'visible'] as const) {
      const h = createHarness()
      h.session.open()
      h.socket().drop()
      h.session.hint(hint)
      expect(h.memory.sockets).toHaveLength(2)
    }
  })

  it('[HI2] hints start at most one try a second, and none is lost', () => {
    const h = createHarness({ random: () => 0.999 })
    h.session.open()
    for (let n = 0; n < 5; n++) h.socket().drop()
    for (let n = 0; n < 10; n++) {
      h.session.hint('visible')
      h.socket().drop()
    }
    expect(h.memory.sockets).toHaveLength(2)
    h.session.hint('online')
    h.clock.advance(1_000)
    expect(h.memory.sockets).toHaveLength(3)
  })

  it('[HI3] waking up while connected asks the link, and keeps one that answers', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.session.hint('visible')
    expect(h.state()).toBe('probing')
    h.clock.advance(2_400)
    h.push({ type: 'typing', room: 'general', user: { id: 'a', name: 'A' }, on: true })
    expect(h.state()).toBe('connected')
    h.clock.advance(3_000)
    expect(h.memory.sockets).toHaveLength(1)
  })

  it('[HI4] and replaces one that does not within 2.5 seconds', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.session.hint('visible')
    h.clock.advance(2_499)
    expect(h.memory.sockets).toHaveLength(1)
    h.clock.advance(1)
    expect(h.get('transition').at(-2)).toMatchObject({ to: 'waiting', cause: { kind: 'wake' } })
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[HI3] repeated hints do not put the deadline of a probe off', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    for (let n = 0; n < 4; n++) {
      h.session.hint('visible')
      h.clock.advance(1_000)
    }
    expect(h.memory.sockets.length).toBeGreaterThan(1)
  })

  it('[HI5] "offline" is a hint: a link that lives is kept', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.session.hint('offline')
    expect(h.state()).toBe('probing')
    h.pong()
    expect([h.state(), h.memory.sockets.length]).toEqual(['connected', 1])
  })

  it('[HI6] "offline" while waiting is shown, and the next try comes all the same', () => {
    const h = createHarness()
    h.session.open()
    h.socket().drop()
    const { retryAt } = h.session.snapshot()
    h.clock.advance(200)
    h.session.hint('offline')
    expect(h.session.snapshot()).toMatchObject({ state: 'offline', retryAt })
    h.clock.advance(299)
    expect(h.memory.sockets).toHaveLength(1)
    h.clock.advance(1)
    expect(h.state()).toBe('connecting')
  })

  it('[HI6] a link that dies after "offline" leaves the state `offline`, until there is a network', () => {
    const h = createHarness()
    h.talk()
    h.pong()
    h.session.hint('offline')
    h.clock.advance(2_500)
    expect(h.get('transition').map((t) => t.to).slice(-3)).toEqual(['waiting', 'offline', 'connecting'])
    h.socket().drop()
    expect(h.state()).toBe('offline')
    h.session.hint('online')
    h.socket().drop()
    expect(h.state()).toBe('waiting')
  })

  it('[HI7] no hint opens what nobody opened, or what somebody closed', () => {
    const h = createHarness()
    const hint = () => {
      h.session.hint('online')
      h.session.hint('visible')
      h.session.hint('offline')
      h.clock.advance(100_000)
    }
    hint()
    expect([h.state(), h.memory.sockets.length]).toEqual(['idle', 0])
    h.talk()
    h.session.close()
    hint()
    expect([h.state(), h.memory.sockets.length]).toEqual(['closed', 1])
    h.session.open()
    expect(h.memory.sockets).toHaveLength(2)
  })
})

describe('closing', () => {
  it('[CL1] close tells the server and stays, also in the middle of a wait', () => {
    const h = createHarness()
    h.talk()
    h.session.close(4100, 'bye')
    expect(h.socket().closedWith).toEqual({ code: 4100, reason: 'bye' })
    expect(h.session.snapshot()).toMatchObject({ state: 'closed', cause: { kind: 'user' } })
    h.session.open()
    h.socket().drop()
    h.session.close()
    h.clock.advance(1e6)
    expect([h.memory.sockets.length, h.clock.timers]).toEqual([2, 0])
  })

  it('[CL2] a close code that browsers refuse is refused with a sentence', () => {
    const { session } = createHarness()
    expect(() => {
      session.close(1001)
    }).toThrow(/use 1000, or one from 3000 to 4999/)
  })

  it('[CL3] a reason that the socket refuses is left out, and the socket closed all the same', () => {
    const closed: unknown[][] = []
    const h = createHarness({
      transport: () => ({
        socket: undefined,
        send: () => true,
        close(...args) {
          closed.push(args)
          if (String(args[1] ?? '').length > 41) throw new SyntaxError('The close reason must not be greater than 123 UTF-8 bytes.')
        },
      }),
    })
    h.session.open()
    h.session.close(1000, '再见'.repeat(60))
    expect(closed).toEqual([[1000, '再见'.repeat(60)], []])
    expect(h.state()).toBe('closed')
  })

  it('[CL4] dispose forgets everything: timers, listeners, promises', async () => {
    const h = createHarness()
    h.talk()
    const sent = h.session.sendMessage({ room: 'general', body: 'x' })
    const page = h.session.loadHistory('general', {})
    h.session.dispose()
    expect(await sent.settled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await page).toMatchObject({ ok: false })
    expect(h.clock.timers).toBe(0)
    h.session.open()
    expect(h.memory.sockets).toHaveLength(1)
    const late = h.session.sendMessage({ room: 'general', body: 'y' })
    expect(await late.settled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
  })

  it('[CL5] open replaces a present socket without waiting for its end', () => {
    const h = createHarness()
    h.talk()
    const old = h.socket()
    h.session.open()
    expect([h.memory.sockets.length, old.state, h.state()]).toEqual([2, 'closed', 'connecting'])
  })
})

describe('the snapshot', () => {
  it('[SN1] changes its identity only when something changed, and tells once per dispatch', () => {
    const h = createHarness()
    const seen: unknown[] = []
    h.session.subscribe((snapshot) => seen.push(snapshot))
    h.session.open()
    expect(seen).toHaveLength(1)
    h.socket().open()
    expect(seen).toHaveLength(2)
    h.push(welcome())
    expect(seen).toHaveLength(3)
    const before = h.session.snapshot()
    h.session.hint('visible')
    h.session.hint('visible')
    h.session.leave('nowhere')
    h.session.cancel('nobody')
    h.session.hint('offline')
    expect(h.session.snapshot()).toMatchObject({ ...before, state: 'probing' })
    expect(seen).toHaveLength(4)
    expect(seen.at(-1)).toBe(h.session.snapshot())
    h.pong()
    const answered = h.session.snapshot()
    h.socket().receive('{"type":"of a later server"}')
    expect(h.session.snapshot()).toBe(answered)
  })

  it('[SN1] a welcome that says what was known keeps the identity of user and rooms', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    const { user, rooms } = h.session.snapshot()
    h.session.open()
    h.accept()
    expect(h.session.snapshot().user).toBe(user)
    expect(h.session.snapshot().rooms).toBe(rooms)
  })

  it('[SN2] events are told when everything fits together again', () => {
    const h = createHarness()
    const states: string[] = []
    h.session.on('transition', ({ to }) => states.push(`${to}/${h.state()}`))
    h.session.on('welcome', () => {
      h.session.close()
    })
    h.session.open()
    h.accept()
    expect(states).toEqual(['connecting/connecting', 'handshaking/handshaking', 'connected/connected', 'closed/closed'])
  })

  it('[SN2] what a listener sets off is told after what set it off', () => {
    const h = createHarness()
    const second: string[] = []
    h.session.on('transition', ({ to }) => {
      if (to === 'connected') h.session.close()
    })
    h.session.on('transition', ({ to }) => second.push(to))
    h.session.open()
    h.accept()
    expect(second).toEqual(['connecting', 'handshaking', 'connected', 'closed'])
  })

  it('[SN3] a listener that throws is reported and harms nobody', () => {
    const h = createHarness()
    h.session.on('welcome', () => {
      throw new Error('mine')
    })
    h.session.on('error', () => {
      throw new Error('mine too')
    })
    h.session.subscribe(() => {
      throw new Error('and mine')
    })
    h.session.open()
    h.accept()
    expect(h.state()).toBe('connected')
    expect(new Set(h.get('error').map((e) => e.code))).toEqual(new Set(['listener_failed']))
  })

  it('[SN4] frames that do not decode are counted and skipped', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    for (const bad of ['{', '[]', '{"type":"event"}', new ArrayBuffer(2), null, '['.repeat(30_000)]) h.socket().receive(bad)
    h.socket().receive('{"type":"of a later server"}')
    h.socket().receive('{"type":"__proto__"}')
    expect(h.session.snapshot()).toMatchObject({ state: 'connected', badFrames: 6 })
    expect(h.get('error').map((e) => e.code)).toEqual(Array(6).fill('bad_frame'))
  })
})
