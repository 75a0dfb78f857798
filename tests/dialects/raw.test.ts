import { describe, expect, it } from 'vitest'
import { rawDialect } from '../../src/dialects/index.ts'
import { createHarness } from '../core/support/harness.ts'

const open = (dialect = rawDialect()) => {
  const h = createHarness({ dialect })
  h.session.open()
  h.socket().open()
  return h
}

describe('raw', () => {
  it('[DR1] is connected when the socket is open, and offers no sub-protocol', () => {
    const h = open()
    expect([h.state(), h.socket().protocols, h.socket().sent]).toEqual(['connected', [], []])
  })

  it('[DR2] hands on every frame as it came, each once', () => {
    const h = open()
    const binary = new ArrayBuffer(1)
    for (const data of ['same', 'same', '{', binary]) h.socket().receive(data)
    expect(h.get('data')).toEqual(['same', 'same', '{', binary])
    expect(h.get('error')).toEqual([])
  })

  it('[DR3] raw data waits for the socket when it may, and `sendRaw` tells whether it left', () => {
    const h = createHarness({ dialect: rawDialect() })
    expect([h.session.sendRaw('1'), h.session.sendRaw('lost', false), h.session.sendRaw('2')]).toEqual([false, false, false])
    h.session.open()
    h.socket().open()
    expect(h.session.sendRaw('3')).toBe(true)
    expect(h.socket().sent).toEqual(['1', '2', '3'])
  })

  it('[DR4] a message is sent when an open socket took it, and nothing more is claimed', async () => {
    const h = createHarness({ dialect: rawDialect() })
    const sent = h.session.sendMessage({ room: 'any', body: 'hello' })
    expect(h.session.snapshot().pendingCount).toBe(1)
    h.session.open()
    h.socket().open()
    expect(h.socket().sent).toEqual(['hello'])
    expect(await sent.settled).toMatchObject({ ok: true })
    expect(h.get('acked')).toMatchObject([{ clientId: 'c1' }])
    expect(h.get('acked')[0]?.seq).toBeUndefined()
  })

  it('[DR4] ten thousand of them leave in order when the socket opens', () => {
    const h = createHarness({ dialect: rawDialect(), outbox: { maxCount: 10_000 } })
    const bodies = Array.from({ length: 10_000 }, (_, n) => String(n))
    for (const body of bodies) h.session.sendMessage({ room: 'any', body })
    h.session.open()
    h.socket().open()
    expect(h.socket().sent).toEqual(bodies)
  })

  it('[DR5] pings as told, its answers are no data, and a silent server is replaced', () => {
    const h = open(rawDialect({ message: 'ping', responseMessage: () => 'pong' }))
    h.clock.advance(5_000)
    expect(h.socket().sent).toEqual(['ping'])
    h.clock.advance(30)
    h.socket().receive('pong')
    expect([h.get('data'), h.session.snapshot().latencyMs]).toEqual([[], 30])
    h.clock.advance(15_500)
    expect(h.memory.sockets).toHaveLength(2)
  })

  it('[HB1] pings once per interval, also when an answer may take longer than that', () => {
    const h = createHarness({
      dialect: rawDialect({ message: 'ping', responseMessage: 'pong' }),
      heartbeat: { interval: 1_000, timeout: 5_000, first: 'now' },
    })
    h.session.open()
    h.socket().open()
    for (let second = 0; second < 10; second++) {
      h.clock.advance(30)
      h.socket().receive('pong')
      h.clock.advance(970)
    }
    expect(h.socket().sent).toHaveLength(11)
    expect(h.session.snapshot().latencyMs).toBe(30)
  })

  it('[HB13] a round trip that is longer than the interval is measured as it was', () => {
    const h = createHarness({
      dialect: rawDialect({ message: 'ping', responseMessage: 'pong' }),
      heartbeat: { interval: 100, timeout: 5_000, first: 'now' },
    })
    h.session.open()
    h.socket().open()
    h.clock.advance(400)
    h.socket().receive('pong')
    expect(h.session.snapshot().latencyMs).toBe(400)
    expect(h.socket().sent).toHaveLength(1)
  })

  it('[DR5] without a word for ping nothing is sent and nobody is given up', () => {
    const h = open()
    h.session.hint('visible')
    h.clock.advance(1e7)
    expect([h.state(), h.socket().sent, h.clock.timers]).toEqual(['connected', [], 0])
  })

  it('[DR6] what the wire has no word for is answered honestly', async () => {
    const h = open()
    h.session.enter('a')
    h.session.setTyping('a', true)
    const edit = h.session.sendMessage({ room: 'a', body: 'better', kind: 'edit', target: 1 })
    expect(await edit.settled).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    expect(await h.session.loadHistory('a', {})).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    expect(h.socket().sent).toEqual([])
  })
})
