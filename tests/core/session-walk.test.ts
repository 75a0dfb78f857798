import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { ConnectionState } from '../../src/core/index.ts'
import { createHarness, welcome } from './support/harness.ts'

const moves = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('open', 'close', 'reconnect', 'visible', 'online', 'suspect', 'hidden', 'frozen', 'terminate') },
  { weight: 6, arbitrary: fc.constantFrom('accept', 'welcome', 'short-lived welcome', 'authenticated', 'pong', 'send', 'bad', 'enter', 'leave', 'event', 'joined') },
  { weight: 3, arbitrary: fc.constantFrom('drop', 'stop', 'expired', 'bye', 'late', 'too big', 'garbage from the past') },
  { weight: 6, arbitrary: fc.constantFrom('10ms', '1s', '6s', '20s', 'sleep') },
)

/** Timers of the connection itself. What else may run belongs to requests and sending, which only a link has. */
const timersOf: Readonly<Record<ConnectionState, readonly [number, number]>> = {
  idle: [0, 0],
  connecting: [1, 1],
  handshaking: [1, 1],
  connected: [1, 99],
  probing: [1, 99],
  waiting: [0, 1],
  offline: [0, 1],
  closed: [0, 0],
  failed: [0, 0],
}

describe('any sequence of events', () => {
  it('[SM3] leaves at most one live socket and only the timers of the present state', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 80 }), (sequence) => {
        const h = createHarness({ autoReconnect: { retries: 4 }, token: () => 'token' })
        let seq = 0
        const onSocket = (work: () => void) => {
          if (h.memory.sockets.length > 0) work()
        }
        const play: Readonly<Record<string, () => void>> = {
          open: h.session.open,
          close: () => { h.session.close() },
          reconnect: h.session.reconnect,
          visible: () => { h.session.hint('visible') },
          online: () => { h.session.hint('online') },
          suspect: () => { h.session.hint('offline') },
          hidden: () => { h.session.hint('hidden') },
          frozen: () => { h.session.hint('frozen') },
          terminate: () => { h.session.terminate() },
          accept: () => { onSocket(() => { h.socket().open() }) },
          welcome: () => { onSocket(() => { h.push(welcome()) }) },
          'short-lived welcome': () => { onSocket(() => { h.push(welcome({ expiresInMs: 5_000 })) }) },
          authenticated: () => { onSocket(() => { h.push({ type: 'authenticated', expiresInMs: 3_000 }) }) },
          pong: () => { onSocket(() => { h.pong() }) },
          send: () => { h.session.sendMessage({ room: 'general', body: 'x' }) },
          bad: () => { onSocket(() => { h.socket().receive('{') }) },
          enter: () => { h.session.enter('general') },
          leave: () => { h.session.leave('general') },
          event: () => {
            onSocket(() => {
              seq += 2
              h.push({ type: 'event', room: 'general', seq, kind: 'message', from: { id: 'a', name: 'A' }, clientId: `a${seq}`, ts: 1, body: '' })
            })
          },
          joined: () => { onSocket(() => { h.joined() }) },
          drop: () => { onSocket(() => { h.socket().drop() }) },
          stop: () => { onSocket(() => { h.socket().drop(4501) }) },
          expired: () => { onSocket(() => { h.socket().drop(4401) }) },
          bye: () => { onSocket(() => { h.push({ type: 'bye', code: 4001, reason: '', afterMs: [100, 200] }) }) },
          'too big': () => { onSocket(() => { h.socket().drop(1009) }) },
          'garbage from the past': () => { h.memory.sockets[0]?.receive('{') },
          late: () => { h.memory.sockets[0]?.drop(4500) },
          '10ms': () => { h.clock.advance(10) },
          '1s': () => { h.clock.advance(1_000) },
          '6s': () => { h.clock.advance(6_000) },
          '20s': () => { h.clock.advance(20_000) },
          sleep: () => { h.clock.sleep(600_000) },
        }
        for (const move of sequence) {
          play[move]?.()
          const { state, retryAt, attempt, cause } = h.session.snapshot()
          const live = h.memory.sockets.filter((socket) => socket.state !== 'closed')
          const hasSocket = ['connecting', 'handshaking', 'connected', 'probing'].includes(state)
          expect([move, state, live.length]).toEqual([move, state, hasSocket ? 1 : 0])
          expect(h.clock.timers, state).toBeGreaterThanOrEqual(timersOf[state][0])
          expect(h.clock.timers, state).toBeLessThanOrEqual(timersOf[state][1])
          const isWaiting = state === 'waiting' || state === 'offline'
          const isAsleep = isWaiting && cause?.kind === 'frozen'
          if (isWaiting) expect(h.clock.timers).toBe(isAsleep ? 0 : 1)
          expect(retryAt !== undefined).toBe(isWaiting && !isAsleep)
          if (state === 'connected' || state === 'probing') expect(attempt).toBe(0)
        }
        h.session.dispose()
        expect(h.clock.timers).toBe(0)
      }),
      { numRuns: 600 },
    )
  })
})
