import { describe, expect, it } from 'vitest'
import { heartbeatAckDialect } from '../../src/dialects/index.ts'
import { ANN, heard, hello, meant, said, send } from './support.ts'

describe('heartbeat-ack', () => {
  it('[DI30] beats at once with the time, and gives 5 s for the answer', () => {
    const dialect = heartbeatAckDialect({ now: () => 1_700_000_000_000 })
    expect(said(dialect, { type: 'ping', n: 1 })).toEqual({ type: 'heartbeat', timestamp: 1_700_000_000_000 })
    expect(dialect.heartbeat).toMatchObject({ first: 'now', timeout: 5_000 })
    const { interval = 0, hiddenInterval = 0 } = dialect.heartbeat!
    expect(interval).toBeGreaterThanOrEqual(10_000)
    expect(hiddenInterval).toBeLessThanOrEqual(30_000)
    expect(said(dialect, hello('t'))).toBeUndefined()
    for (const type of ['heartbeat_ack', 'HEARTBEAT_ACK', 'heartbeat']) {
      expect(meant(dialect, { type, timestamp: 5 })).toEqual([{ type: 'pong' }])
    }
  })

  it('[DI31] any other object is a message', () => {
    const dialect = heartbeatAckDialect({ type: 'chat' })
    expect(said(dialect, send('hi'))).toEqual({ type: 'chat', message: 'hi', name: 'Ann', userId: ANN.id, clientId: 'c1' })
    expect(heard(dialect, { text: 'no type at all' })).toEqual([['Guest', 'no type at all']])
    expect(heard(dialect, { type: 'notice', content: 42, user: 7 })).toEqual([['7', '42']])
    expect(meant(dialect, { type: 'tick' })).toEqual([])
    expect(meant(dialect, { type: 'stats', online: 2 })).toMatchObject([{ type: 'presence', count: 2 }])
  })
})
