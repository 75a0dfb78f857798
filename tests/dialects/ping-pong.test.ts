import { describe, expect, it } from 'vitest'
import { pingPongDialect } from '../../src/dialects/index.ts'
import { ANN, heard, hello, meant, said, send } from './support.ts'

describe('ping-pong', () => {
  it('[DI20] logs in where there is a token, and pings every 20 s, more rarely while hidden', () => {
    const dialect = pingPongDialect()
    expect(said(dialect, hello('secret'))).toEqual({ type: 'AUTH', token: 'secret' })
    expect(said(dialect, hello())).toBeUndefined()
    expect(said(dialect, { type: 'auth', token: 'fresh' })).toEqual({ type: 'AUTH', token: 'fresh' })
    expect(said(dialect, { type: 'ping', n: 1 })).toEqual({ type: 'PING' })
    expect(meant(dialect, { type: 'PONG' })).toEqual([{ type: 'pong' }])
    expect(meant(dialect, { type: 'pong', ts: 5, online: 2 })).toMatchObject([{ type: 'pong' }, { type: 'presence', count: 2 }])
    expect(dialect.heartbeat).toMatchObject({ interval: 20_000, timeout: 10_000 })
    expect(dialect.heartbeat!.hiddenInterval).toBeLessThan(60_000)
  })

  it('[DI20] a ping of the server is answered', () => {
    expect(meant(pingPongDialect(), { type: 'PING' })).toEqual([{ type: 'reply', data: '{"type":"PONG"}' }])
  })

  it.each([
    { code: 401 },
    { code: '401', msg: 'expired' },
    { type: 'ERROR', status: 401 },
    { type: 'AUTH_FAILED' },
    { type: 'auth_failed', reason: 'expired' },
    { type: 'UNAUTHORIZED', message: 'expired' },
  ])('[DI21] %j means that the login is lost, and a new token may help', (frame) => {
    expect(meant(pingPongDialect(), frame)).toMatchObject([{ type: 'denied', refresh: true, reason: /./ }])
  })

  it('[DI22] other objects are messages; what has nothing to say is none', () => {
    const dialect = pingPongDialect()
    expect(said(dialect, send('hi'))).toEqual({ type: 'CHAT', message: 'hi', name: 'Ann', userId: ANN.id, clientId: 'c1' })
    expect(said(pingPongDialect({ type: 'SAY' }), send('hi'))).toMatchObject({ type: 'SAY' })
    expect(heard(dialect, { type: 'ORDER_CHANGED', data: { content: 'shipped', from: 'shop' } })).toEqual([['shop', 'shipped']])
    expect(heard(dialect, { code: 200, message: 'fine' })).toEqual([['Guest', 'fine']])
    expect(meant(dialect, { type: 'AUTH_OK', message: 'welcome' })).toEqual([])
    expect(meant(dialect, { type: 'TICK' })).toEqual([])
    expect(meant(dialect, { type: 'ONLINE', count: 3 })).toMatchObject([{ type: 'presence', count: 3 }])
  })

  it('[DI23] with `accepted` it is connected when the server has accepted the login', () => {
    const dialect = pingPongDialect({ accepted: 'AUTH_OK' })
    expect([pingPongDialect().ready, dialect.ready]).toEqual(['open', 'welcome'])
    expect(meant(dialect, { type: 'AUTH_OK' })).toEqual([{ type: 'welcome', user: ANN, rooms: [] }])
  })
})
