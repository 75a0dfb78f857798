import { describe, expect, it } from 'vitest'
import type { DialectHeartbeat } from '../../src/core/index.ts'
import { chatV1Dialect } from '../../src/dialects/index.ts'
import { createHarness, welcome, type Harness } from './support/harness.ts'

const withBeat = (heartbeat: DialectHeartbeat, more: Parameters<typeof createHarness>[0] = {}): Harness =>
  createHarness({ dialect: { ...chatV1Dialect(), heartbeat }, ...more })
/** Connected to a server that promises nothing, so that only our own beats count. */
const connect = (h: Harness): void => {
  h.session.open()
  h.accept({ heartbeat: { intervalMs: 0, timeoutMs: 0 } })
}
const pings = (h: Harness): number => h.sentOf('ping').length

describe('our own beats', () => {
  it('[HB16] the first leaves at a random point of the interval, so that clients do not beat in step', () => {
    const h = withBeat({ interval: 8_000 }, { random: () => 0.25 })
    connect(h)
    h.clock.advance(1_999)
    expect(pings(h)).toBe(0)
    h.clock.advance(1)
    expect(pings(h)).toBe(1)
    h.pong()
    h.clock.advance(8_000)
    expect(pings(h)).toBe(2)
  })

  it('[HB16] or at once, where the dialect says so', () => {
    const h = withBeat({ first: 'now' })
    connect(h)
    expect(pings(h)).toBe(1)
  })

  it('[HB17] a link with more than a second of round trip is asked once a minute', () => {
    const h = withBeat({ interval: 10_000, timeout: 9_000, first: 'now' })
    connect(h)
    for (let n = 0; n < 12; n++) {
      h.clock.advance(1_500)
      h.pong()
      h.clock.advance(10_000)
    }
    expect(h.session.snapshot().latencyMs).toBeGreaterThan(1_000)
    const before = pings(h)
    h.clock.advance(1_500)
    h.pong()
    h.clock.advance(120_000)
    expect(pings(h) - before).toBeLessThanOrEqual(2)
    expect(h.state()).not.toBe('connecting')
  })

  it('[HB18] a hidden page asks less often, and a shown one as before', () => {
    const h = withBeat({ interval: 10_000, hiddenInterval: 60_000, first: 'now' })
    connect(h)
    h.pong()
    h.session.hint('hidden')
    h.clock.advance(10_000)
    expect(pings(h)).toBe(2)
    h.pong()
    h.clock.advance(59_000)
    expect(pings(h)).toBe(2)
    h.clock.advance(1_000)
    h.pong()
    h.session.hint('visible')
    h.pong()
    const before = pings(h)
    h.clock.advance(10_000)
    expect(pings(h)).toBe(before + 1)
  })

  it('[HB18] a hidden page that is ticked once a minute keeps a link that answers', () => {
    const h = withBeat({ first: 'now' })
    connect(h)
    h.session.hint('hidden')
    for (let n = 0; n < 10; n++) {
      h.clock.sleep(60_000)
      h.pong()
    }
    expect([h.state(), h.memory.sockets.length]).toEqual(['connected', 1])
  })

  it('[HB19] figures are the user’s, then the dialect’s, then ours', () => {
    const h = withBeat({ interval: 20_000, timeout: 3_000, first: 'now' }, { heartbeat: { interval: 7_000 } })
    connect(h)
    h.pong()
    h.clock.advance(7_000)
    expect(pings(h)).toBe(2)
    h.clock.advance(2_999)
    expect(h.state()).toBe('connected')
    h.clock.advance(1)
    expect(h.state()).toBe('waiting')
  })

  it('[HB19] an option that is there but undefined changes nothing', () => {
    const h = withBeat({ first: 'now' }, { heartbeat: { interval: undefined, timeout: undefined } as never, autoReconnect: { minDelay: undefined } as never })
    connect(h)
    h.clock.advance(5_000)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', cause: { kind: 'heartbeat' } })
    expect(h.session.snapshot().retryAt).toBe(h.clock.now() + 250)
  })

  it('[HB20] where the pause counts from the answer, the next beat waits for it', () => {
    const h = withBeat({ interval: 6_000, timeout: 5_000, pause: true, first: 'now' })
    connect(h)
    h.clock.advance(4_000)
    h.pong()
    h.clock.advance(5_999)
    expect(pings(h)).toBe(1)
    h.clock.advance(1)
    expect(pings(h)).toBe(2)
  })

  it('[HB21] a promise of the dialect is held against a silent server', () => {
    const h = createHarness({
      dialect: { ...chatV1Dialect(), write: (command) => (command.type === 'ping' ? undefined : 'x'), heartbeat: { silence: 1_500 } },
    })
    connect(h)
    h.clock.advance(1_499)
    h.push({ type: 'ping', n: 1 })
    h.clock.advance(1_499)
    expect(h.state()).toBe('connected')
    h.clock.advance(1)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', heartbeat: 'timedOut' })
  })

  it('[HB21] waking up on such a link looks at the clock, whatever the timers did', () => {
    const h = createHarness({
      dialect: { ...chatV1Dialect(), write: (command) => (command.type === 'ping' ? undefined : 'x'), heartbeat: { silence: 1_500 } },
    })
    connect(h)
    h.clock.skip(2_000)
    h.session.hint('visible')
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[HB22] a server that answers late, but in time, is kept', () => {
    const h = withBeat({ interval: 10_000, timeout: 5_000, first: 'now' })
    connect(h)
    for (let n = 0; n < 20; n++) {
      h.clock.advance(4_900)
      h.pong()
      expect(h.session.snapshot().heartbeat).toBe('answered')
      h.clock.advance(5_100)
    }
    expect(h.memory.sockets).toHaveLength(1)
  })

  it('[HB23] says that a beat was not answered before the socket is replaced', () => {
    const h = withBeat({ first: 'now' })
    connect(h)
    expect(h.session.snapshot().heartbeat).toBe('waiting')
    h.clock.advance(5_000)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', heartbeat: 'timedOut', cause: { kind: 'heartbeat' } })
    expect(h.memory.sockets).toHaveLength(1)
    h.clock.advance(500)
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[HB24] a promise of nothing is none', () => {
    const h = createHarness({ heartbeat: { interval: 1e9 } })
    h.session.open()
    h.socket().open()
    h.push(welcome({ heartbeat: { intervalMs: 0, timeoutMs: 0 } }))
    h.pong()
    h.clock.advance(1e6)
    expect(h.state()).toBe('connected')
  })
})
