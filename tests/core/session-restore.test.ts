import { describe, expect, it } from 'vitest'
import type { ReceivedMessage, StoredMessage, StoredRoom } from '../../src/core/index.ts'
import { ANN, createHarness, event, ME, welcome } from './support/harness.ts'

const left = (clientId: string, more: Partial<StoredMessage> = {}): StoredMessage => ({
  room: 'general',
  clientId,
  body: `body ${clientId}`,
  createdAt: 1_750_000_000_000,
  ...more,
})
const received = (seq: number): ReceivedMessage => ({ room: 'general', seq, clientId: `ann-${seq}`, author: ANN, body: `body ${seq}`, createdAt: seq })
const kept = (from: number, to: number): StoredRoom => ({
  room: 'general',
  title: 'General',
  epoch: 'e1',
  messages: Array.from({ length: to - from + 1 }, (_, i) => received(from + i)),
})

describe('what an earlier session left', () => {
  it('[RE1] goes out under its ids, before what was written since', () => {
    const h = createHarness()
    h.session.enter('general')
    h.session.sendMessage({ room: 'general', body: 'new' })
    h.session.restore({ messages: [left('old-1'), left('old-2')] })
    expect(h.get('queued').map((m) => m.clientId)).toEqual(['c1', 'old-1', 'old-2'])
    expect(h.get('unconfirmed').map((m) => m.clientId)).toEqual(['old-1', 'old-2'])
    h.session.open()
    h.accept()
    h.joined()
    expect(h.sentOf('send').map((f) => f.clientId)).toEqual(['old-1', 'old-2', 'c1'])
  })

  it('[RE1] goes out on a connection that is open already, in a room that nobody entered', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.session.restore({ messages: [left('old-1')] })
    h.joined()
    expect(h.sentOf('send').map((f) => f.clientId)).toEqual(['old-1'])
  })

  it('[RE2] what is known is not taken up twice', () => {
    const h = createHarness()
    h.talk()
    h.session.sendMessage({ room: 'general', body: 'x' })
    h.session.restore({ messages: [left('c1'), left('old-1')] })
    h.session.restore({ messages: [left('old-1')] })
    expect(h.session.snapshot().pendingCount).toBe(2)
    expect(h.get('queued').map((m) => m.clientId)).toEqual(['c1', 'old-1'])
  })

  it('[RE2] a message that waits under its id is not queued twice; whoever sent it hears of the end', async () => {
    const h = createHarness()
    h.talk()
    const [first, second] = [1, 2].map(() => h.session.sendMessage({ room: 'general', body: 'x', clientId: 'mine' }))
    expect([h.sentOf('send').length, h.get('queued').length]).toEqual([1, 1])
    h.push({ type: 'ack', room: 'general', clientId: 'mine', seq: 1, ts: 1 })
    expect([await first?.settled, await second?.settled]).toMatchObject([{ ok: true }, { ok: true }])
  })

  it('[RE3] what had failed is shown as failed, and may be retried', () => {
    const h = createHarness()
    h.talk()
    h.session.restore({ messages: [left('old-1', { failure: { code: 'body_too_long', message: 'too long' } })] })
    expect(h.get('rejected')).toMatchObject([{ clientId: 'old-1', error: { code: 'body_too_long' } }])
    expect(h.sentOf('send')).toEqual([])
    expect(h.session.retry('old-1')).toBe(true)
    expect(h.sentOf('send').map((f) => f.clientId)).toEqual(['old-1'])
  })

  it('[RE4] a room is shown as it was, offline too, and then asked for what came since', () => {
    const h = createHarness()
    h.session.restore({ rooms: [kept(5, 8)] })
    h.session.enter('general')
    expect(h.get('entered')).toMatchObject([{ room: 'general', title: 'General', epoch: 'e1', top: 8, recovered: true }])
    expect(h.get('message').map((m) => m.seq)).toEqual([5, 6, 7, 8])
    h.session.open()
    h.accept()
    expect(h.sentOf('join')).toMatchObject([{ since: { epoch: 'e1', seq: 8 } }])
    h.joined({ events: [event(9)], top: 9 })
    expect(h.get('message').map((m) => m.seq)).toEqual([5, 6, 7, 8, 9])
    expect(h.get('gap')).toEqual([])
  })

  it('[RE4] also when the room was entered before the past was read', () => {
    const h = createHarness()
    h.session.enter('general')
    h.session.restore({ rooms: [kept(5, 8)] })
    expect(h.get('message').map((m) => m.seq)).toEqual([5, 6, 7, 8])
  })

  it('[RE5] what the server has told goes before what was kept', () => {
    const h = createHarness()
    h.talk({ events: [event(20)], top: 20 })
    h.session.restore({ rooms: [kept(5, 8)] })
    expect(h.get('message').map((m) => m.seq)).toEqual([20])
    const other = createHarness()
    other.session.restore({ rooms: [kept(5, 8)] })
    other.session.enter('general')
    other.session.open()
    other.accept()
    other.joined({ epoch: 'e2', events: [event(1)], top: 1, recovered: false })
    expect(other.get('message').map((m) => m.seq)).toEqual([5, 6, 7, 8, 1])
    expect(other.get('entered').map((s) => s.epoch)).toEqual(['e1', 'e2'])
  })

  it('[RE5] more missed than the server has: a gap, and everything behind it', () => {
    const h = createHarness()
    h.session.restore({ rooms: [kept(5, 8)] })
    h.session.enter('general')
    h.session.open()
    h.accept()
    h.joined({ events: [event(500)], top: 500, recovered: false })
    expect(h.get('gap')).toEqual([{ room: 'general', until: 500 }])
  })

  it('[RE6] when somebody else signs in, what the former user wrote is not sent as theirs', async () => {
    const h = createHarness({ token: () => 't' })
    h.talk()
    h.socket().drop()
    const sent = h.session.sendMessage({ room: 'general', body: 'mine' })
    h.clock.advance(1_000)
    h.socket().open()
    h.push(welcome({ user: ANN }))
    h.joined()
    expect(h.sentOf('send')).toEqual([])
    expect(await sent.settled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(h.get('cancelled')).toEqual([{ room: 'general', clientId: 'c1' }])
  })

  it('[RE6] a guest who comes back as a new one keeps what was written', () => {
    const h = createHarness()
    h.session.open()
    h.accept({ user: ME, token: 'guest-1' })
    h.session.enter('general')
    h.joined()
    h.socket().drop()
    h.session.sendMessage({ room: 'general', body: 'mine' })
    h.clock.advance(1_000)
    h.socket().open()
    h.push(welcome({ user: { id: 'guest-b', name: 'Guest' }, token: 'guest-2' }))
    h.joined()
    expect(h.sentOf('send')).toHaveLength(1)
  })

  it('[RE7] other parts may tell trouble', () => {
    const h = createHarness()
    const error = Object.assign(new Error('full'), { code: 'storage_refused' })
    h.session.report(error as never)
    expect(h.get('error')).toEqual([error])
  })
})

describe('while the past is read', () => {
  it('[RE8] the connection is made, but no room is entered and nothing is sent before it is told', () => {
    const h = createHarness()
    const release = h.session.hold()
    h.session.enter('general')
    h.session.sendMessage({ room: 'general', body: 'new' })
    h.session.open()
    h.accept()
    expect(h.sent().map((f) => f.type)).not.toContain('join')
    h.session.restore({ messages: [left('old')], rooms: [kept(5, 8)] })
    release()
    release()
    expect(h.sentOf('join')).toMatchObject([{ since: { seq: 8 } }])
    h.joined({ top: 8 })
    expect(h.sentOf('send').map((f) => f.clientId)).toEqual(['old', 'c1'])
  })

  it('[RE8] of several who wait the last one counts, and nobody waits after the end', () => {
    const h = createHarness()
    const [one, two] = [h.session.hold(), h.session.hold()]
    h.session.enter('general')
    h.session.open()
    h.accept()
    one()
    expect(h.sentOf('join')).toEqual([])
    two()
    expect(h.sentOf('join')).toHaveLength(1)
    const late = h.session.hold()
    h.session.dispose()
    expect(late).not.toThrow()
  })
})
