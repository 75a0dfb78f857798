import { describe, expect, it, vi } from 'vitest'
import { ChatError, type Inbound } from '../../src/core/index.ts'
import { chatV1Dialect, rawDialect } from '../../src/dialects/index.ts'
import { createHarness } from './support/harness.ts'

const dialectThatReads = (meaning: Inbound) => ({ ...rawDialect(), read: () => [meaning] })

describe('tokens', () => {
  it('[AU1] a fresh one is told before the old one expires, and the connection stays', () => {
    let n = 0
    const h = createHarness({ token: () => `t${++n}`, heartbeat: false })
    h.session.open()
    h.accept({ expiresInMs: 100_000 })
    h.clock.advance(89_999)
    expect(h.sentOf('auth')).toEqual([])
    h.clock.advance(1)
    expect(h.sentOf('auth')).toEqual([{ type: 'auth', token: 't2' }])
    h.push({ type: 'authenticated', expiresInMs: 3_600_000 })
    h.clock.advance(3_539_999)
    expect(h.sentOf('auth')).toHaveLength(1)
    h.clock.advance(1)
    expect(h.sentOf('auth').map((f) => f.token)).toEqual(['t2', 't3'])
    expect([h.memory.sockets.length, h.state()]).toEqual([1, 'connected'])
  })

  it('[AU1] not where the server tells no end, and not a token that never changes', () => {
    for (const options of [{ token: 'fixed' }, {}]) {
      const h = createHarness({ ...options, heartbeat: false })
      h.session.open()
      h.accept({ expiresInMs: 20_000 })
      h.clock.advance(20_000)
      expect(h.sentOf('auth')).toEqual([])
    }
    const h = createHarness({ token: () => 't', heartbeat: false })
    h.session.open()
    h.accept()
    h.clock.advance(1e9)
    expect(h.sentOf('auth')).toEqual([])
  })

  it('[AU2] a provider that fails then is asked again in what is left, and harms nothing', () => {
    let isDown = false
    const token = vi.fn(() => {
      if (isDown) throw new Error('login server down')
      return 't'
    })
    const h = createHarness({ token, heartbeat: false })
    h.session.open()
    h.accept({ expiresInMs: 10_000 })
    isDown = true
    h.clock.advance(9_000)
    expect(token).toHaveBeenCalledTimes(2)
    isDown = false
    h.clock.advance(900)
    expect(h.sentOf('auth')).toEqual([{ type: 'auth', token: 't' }])
    expect(h.state()).toBe('connected')
  })

  it('[AU2] an answer that comes after the link is gone is told to nobody', async () => {
    const answers: ((token: string) => void)[] = []
    const h = createHarness({ token: () => new Promise<string>((resolve) => answers.push(resolve)) })
    h.session.open()
    answers[0]?.('t1')
    await vi.waitFor(() => {
      expect(h.memory.sockets).toHaveLength(1)
    })
    h.accept({ expiresInMs: 2_000 })
    h.clock.advance(1_900)
    expect(answers).toHaveLength(2)
    h.socket().drop()
    answers[1]?.('t2')
    await Promise.resolve()
    await Promise.resolve()
    expect(h.sentOf('auth', h.memory.sockets[0])).toEqual([])
  })

  it('[AU3] a provider that says `unauthorized` ends the tries until somebody opens again', async () => {
    let isIn = false
    const h = createHarness({
      token: () => (isIn ? 'token' : Promise.reject(new ChatError('unauthorized', 'signed out'))),
    })
    h.session.open()
    await vi.waitFor(() => {
      expect(h.state()).toBe('failed')
    })
    expect(h.session.snapshot()).toMatchObject({ cause: { kind: 'auth' }, error: { code: 'unauthorized', retryable: false } })
    h.session.hint('online')
    h.clock.advance(1e6)
    expect(h.memory.sockets).toHaveLength(0)
    isIn = true
    h.session.open()
    expect(h.memory.sockets).toHaveLength(1)
  })

  it('[AU4] a lost login asks for a new token once, and a second time stops', () => {
    const token = vi.fn(() => 't')
    const h = createHarness({ token, dialect: dialectThatReads({ type: 'denied', reason: 'expired', refresh: true }) })
    h.session.open()
    h.socket().open()
    h.socket().receive('401')
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', cause: { kind: 'auth', reason: 'expired' } })
    h.clock.advance(500)
    expect(token).toHaveBeenCalledTimes(2)
    h.socket().open()
    h.socket().receive('401')
    expect(h.session.snapshot()).toMatchObject({ state: 'failed', error: { code: 'unauthorized', retryable: false } })
    h.clock.advance(1e6)
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[AU5] "sign in first" does not try again', () => {
    const h = createHarness({ dialect: dialectThatReads({ type: 'denied', reason: 'sign in', refresh: false }) })
    h.session.open()
    h.socket().open()
    h.socket().receive('noAuth')
    h.clock.advance(1e6)
    expect([h.state(), h.memory.sockets.length]).toEqual(['failed', 1])
  })

  it('[AU6] a link that a frame calls broken is replaced', () => {
    const h = createHarness({ dialect: dialectThatReads({ type: 'fault', reason: 'status is not pong' }) })
    h.session.open()
    h.socket().open()
    h.socket().receive('x')
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', heartbeat: 'timedOut', cause: { kind: 'heartbeat' } })
    h.clock.advance(500)
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[AU7] codes registered for "unauthorized" and "forbidden" are understood', () => {
    const h = createHarness({ token: () => 't', dialect: chatV1Dialect() })
    h.session.open()
    h.socket().open()
    h.socket().drop(3000)
    expect(h.session.snapshot()).toMatchObject({ state: 'waiting', cause: { kind: 'auth' } })
    h.session.open()
    h.socket().open()
    h.socket().drop(3003)
    expect(h.session.snapshot()).toMatchObject({ state: 'failed', cause: { kind: 'auth', closeCode: 3003 } })
  })
})
