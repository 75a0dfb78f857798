import { describe, expect, it } from 'vitest'
import { ANN, createHarness, event, LIMITS, ME, welcome, type Harness } from './support/harness.ts'

const say = (h: Harness, body: string, room = 'general') => h.session.sendMessage({ room, body })
const ack = (h: Harness, clientId: string, seq = 1) => {
  h.push({ type: 'ack', room: 'general', clientId, seq, ts: seq })
}
const clientIds = (h: Harness) => h.sentOf('send').map((f) => f.clientId)
const seqs = (h: Harness) => h.get('message').map((m) => m.seq)
/** The link breaks, and the next one is welcomed. */
const reconnect = (h: Harness) => {
  h.socket().drop()
  h.clock.advance(h.session.snapshot().retryAt! - h.clock.now())
  h.accept()
}

describe('sending', () => {
  it('[SE1] a message of an open link is stored, and its promise tells so', async () => {
    const h = createHarness()
    h.talk()
    const sent = say(h, 'hello')
    expect(h.get('queued')).toEqual([{ room: 'general', clientId: 'c1', body: 'hello', createdAt: h.clock.now() }])
    expect(h.sentOf('send')).toEqual([{ type: 'send', room: 'general', clientId: 'c1', body: 'hello' }])
    expect(h.session.snapshot().pendingCount).toBe(1)
    ack(h, 'c1', 9)
    expect(await sent.settled).toEqual({ ok: true, value: { seq: 9, createdAt: 9 } })
    expect(h.get('acked')).toEqual([{ room: 'general', clientId: 'c1', seq: 9, createdAt: 9 }])
    expect(h.session.snapshot().pendingCount).toBe(0)
  })

  it('[SE2] what is sent before the first welcome waits for it, and for its room', () => {
    const h = createHarness()
    h.session.enter('general')
    say(h, '1')
    say(h, '2')
    h.session.open()
    h.socket().open()
    expect(h.sent().map((f) => f.type)).toEqual(['hello'])
    h.push(welcome())
    expect(clientIds(h)).toEqual([])
    h.joined()
    expect(clientIds(h)).toEqual(['c1', 'c2'])
  })

  it('[SE3] a room that nobody entered is entered for the message, and left after it', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    say(h, 'hi', 'side')
    expect(h.sentOf('join')).toEqual([{ type: 'join', id: 1, room: 'side' }])
    expect(clientIds(h)).toEqual([])
    h.joined({ room: 'side' })
    expect(clientIds(h)).toEqual(['c1'])
    h.push({ type: 'ack', room: 'side', clientId: 'c1', seq: 1, ts: 1 })
    expect(h.sentOf('leave').map((f) => f.room)).toEqual(['side'])
  })

  it('[SE4] ten thousand queued messages leave in order, a window at a time', () => {
    const h = createHarness({ outbox: { maxCount: 10_000, maxSize: 1e9 } })
    h.session.enter('general')
    for (let n = 1; n <= 10_000; n++) say(h, String(n))
    h.session.open()
    h.accept()
    h.joined()
    let acked = 0
    const read = h.socket().sent
    for (let at = 0; at < read.length; at++) {
      const frame = JSON.parse(String(read[at])) as { type: string; clientId: string }
      if (frame.type !== 'send') continue
      expect(frame.clientId).toBe(`c${++acked}`)
      expect(read.length - at).toBeLessThanOrEqual(64)
      ack(h, frame.clientId, acked)
    }
    expect([acked, h.session.snapshot().pendingCount]).toEqual([10_000, 0])
  })

  it('[SE4] no more than the told window waits for acks', () => {
    const h = createHarness()
    h.session.open()
    h.accept({ limits: { ...LIMITS, inflight: 3 } })
    h.session.enter('general')
    h.joined()
    for (let n = 0; n < 5; n++) say(h, 'x')
    expect(clientIds(h)).toEqual(['c1', 'c2', 'c3'])
    ack(h, 'c2')
    expect(clientIds(h)).toEqual(['c1', 'c2', 'c3', 'c4'])
  })

  it('[SE5] when the link breaks, what had no answer is unconfirmed and goes again under its id', () => {
    const h = createHarness()
    h.talk()
    say(h, '1')
    say(h, '2')
    ack(h, 'c1')
    h.socket().drop()
    say(h, '3')
    expect(h.get('unconfirmed')).toEqual([{ room: 'general', clientId: 'c2' }])
    h.clock.advance(1_000)
    h.accept()
    h.joined()
    expect(clientIds(h)).toEqual(['c2', 'c3'])
  })

  it('[SE6] the room is resumed before its messages flush', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    say(h, 'x')
    reconnect(h)
    expect(h.sentOf('join')).toEqual([{ type: 'join', id: 2, room: 'general', since: { epoch: 'e1', seq: 1 } }])
    expect(clientIds(h)).toEqual([])
    h.joined({ top: 1 })
    expect(clientIds(h)).toEqual(['c1'])
  })

  it('[SE7] an own message seen in the log is an ack, whether before the ack or in a resume', async () => {
    const h = createHarness()
    h.talk()
    const first = say(h, '1')
    h.push({ type: 'event', ...event(1, { from: ME, clientId: 'c1' }) })
    ack(h, 'c1')
    expect(await first.settled).toEqual({ ok: true, value: { seq: 1, createdAt: 1 } })
    say(h, '2')
    reconnect(h)
    h.joined({ events: [event(2, { from: ME, clientId: 'c2' })] })
    expect(clientIds(h)).toEqual([])
    expect(h.get('acked').map((a) => a.clientId)).toEqual(['c1', 'c2'])
    expect(seqs(h)).toEqual([1, 2])
  })

  it('[SE7] somebody else’s message with our id is not ours', () => {
    const h = createHarness()
    h.talk()
    say(h, '1')
    h.push({ type: 'event', ...event(1, { clientId: 'c1' }) })
    expect(h.get('acked')).toEqual([])
  })

  it('[SE8] an ack twice, or of an unknown id, changes nothing', () => {
    const h = createHarness()
    h.talk()
    say(h, '1')
    ack(h, 'c1')
    const before = h.get('acked').length
    ack(h, 'c1')
    ack(h, 'nobody')
    expect(h.get('acked')).toHaveLength(before)
    expect(h.get('error')).toEqual([])
  })

  it('[SE9] a refusal for now waits as long as it says, and nothing overtakes', () => {
    const h = createHarness()
    h.talk()
    for (const body of ['1', '2', '3']) say(h, body)
    const refuse = (clientId: string) => {
      h.push({ type: 'error', clientId, code: 'rate_limited', message: 'slow down', retry: true, afterMs: 700 })
    }
    refuse('c1')
    refuse('c2')
    refuse('c3')
    say(h, '4')
    h.clock.advance(699)
    expect(clientIds(h)).toEqual(['c1', 'c2', 'c3'])
    h.clock.advance(1)
    expect(clientIds(h)).toEqual(['c1', 'c2', 'c3', 'c1', 'c2', 'c3', 'c4'])
    expect(h.get('rejected')).toEqual([])
  })

  it('[SE10] a refusal for good is told with its code, and `retry` sends it again under its id', async () => {
    const h = createHarness()
    h.talk()
    const sent = say(h, '')
    h.push({ type: 'error', clientId: 'c1', code: 'body_empty', message: 'no text', retry: false })
    expect(await sent.settled).toMatchObject({ ok: false, error: { code: 'body_empty', clientId: 'c1', room: 'general' } })
    expect(h.get('rejected')).toHaveLength(1)
    expect(h.session.snapshot().pendingCount).toBe(0)
    expect([h.session.retry('c1'), h.session.retry('c1'), h.session.retry('nobody')]).toEqual([true, false, false])
    expect(clientIds(h)).toEqual(['c1', 'c1'])
    expect(h.get('retried')).toEqual([{ room: 'general', clientId: 'c1' }])
  })

  it('[SE11] sends at the pace that the server told', () => {
    const h = createHarness()
    h.session.open()
    h.accept({ limits: { ...LIMITS, messagesPerSecond: 10, burst: 5 } })
    h.session.enter('general')
    h.joined()
    for (let n = 0; n < 10; n++) say(h, 'x')
    expect(clientIds(h)).toHaveLength(4)
    h.clock.advance(99)
    expect(clientIds(h)).toHaveLength(4)
    h.clock.advance(1)
    expect(clientIds(h)).toHaveLength(5)
    h.clock.advance(500)
    expect(clientIds(h)).toHaveLength(10)
  })

  it('[SE12] too much waiting is refused, told, and kept for a retry', async () => {
    const h = createHarness({ outbox: { maxCount: 2 } })
    say(h, '1')
    say(h, '2')
    const third = await say(h, '3').settled
    expect(third).toMatchObject({ ok: false, error: { code: 'outbox_full', retryable: true } })
    expect(h.get('queued')).toHaveLength(3)
    expect(h.session.cancel('c1')).toBe(true)
    expect(h.session.retry('c3')).toBe(true)
    expect(h.session.snapshot().pendingCount).toBe(2)
  })

  it('[SE13] a body beyond the told length never reaches the wire, also one that was written before', async () => {
    const h = createHarness()
    h.session.enter('general')
    const early = say(h, 'é'.repeat(11))
    h.session.open()
    h.accept({ limits: { ...LIMITS, bodyLength: 10 } })
    h.joined()
    expect(await early.settled).toMatchObject({ ok: false, error: { code: 'body_too_long' } })
    expect(await say(h, 'x'.repeat(11)).settled).toMatchObject({ ok: false, error: { code: 'body_too_long' } })
    say(h, '😀'.repeat(10))
    expect(h.sentOf('send').map((f) => f.body)).toEqual(['😀'.repeat(10)])
  })

  it('[SE14] a message is taken back while the server cannot have it', async () => {
    const h = createHarness()
    const queued = say(h, 'x')
    expect(h.session.cancel('c1')).toBe(true)
    expect(await queued.settled).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(h.get('cancelled')).toEqual([{ room: 'general', clientId: 'c1' }])
    h.talk()
    say(h, 'y')
    expect(h.session.cancel('c2')).toBe(false)
    reconnect(h)
    expect(h.session.cancel('c2')).toBe(false)
  })

  it('[SE15] arguments of the wrong type are refused with a sentence', () => {
    const { session } = createHarness()
    expect(() => session.sendMessage({ room: 'a', body: 7 as never })).toThrow(/`body` is 7/)
    expect(() => {
      session.enter(undefined as never)
    }).toThrow(/`room`/)
  })
})

describe('rooms', () => {
  it('[RM1] entering is counted: the server hears of the first and the last', () => {
    const h = createHarness()
    h.talk()
    h.session.enter('general')
    h.session.leave('general')
    expect([h.sentOf('join').length, h.sentOf('leave').length]).toEqual([1, 0])
    h.session.leave('general')
    expect(h.sentOf('leave')).toHaveLength(1)
    expect(h.get('left')).toEqual([{ room: 'general' }])
    h.push({ type: 'event', ...event(1) })
    expect(h.get('message')).toEqual([])
  })

  it('[RM1] a room with messages on their way is left when they are settled', () => {
    const h = createHarness()
    h.talk()
    say(h, 'last words')
    h.session.leave('general')
    expect(h.sentOf('leave')).toEqual([])
    ack(h, 'c1')
    expect(h.sentOf('leave')).toHaveLength(1)
  })

  it('[RM4] what overtook an answer that never came is forgotten with its link', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.session.enter('general')
    h.push({ type: 'event', ...event(6) })
    reconnect(h)
    h.joined({ epoch: 'e2', recovered: false, events: [event(4), event(5)] })
    expect(seqs(h)).toEqual([4, 5])
  })

  it('[RM2] after every reconnect it is entered again from where it stood, and each message comes once', () => {
    const h = createHarness()
    h.talk({ events: [event(1), event(2)] })
    reconnect(h)
    expect(h.sentOf('join')[0]?.since).toEqual({ epoch: 'e1', seq: 2 })
    h.joined({ events: [event(3)] })
    h.push({ type: 'event', ...event(3) })
    h.push({ type: 'event', ...event(4) })
    expect(seqs(h)).toEqual([1, 2, 3, 4])
    expect(h.get('entered')).toHaveLength(2)
    expect(h.get('gap')).toEqual([])
  })

  it('[RM3] a resume with a gap says where', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    reconnect(h)
    h.joined({ recovered: false, top: 500, events: [event(499), event(500)] })
    expect(h.get('gap')).toEqual([{ room: 'general', until: 499 }])
    expect(seqs(h)).toEqual([1, 499, 500])
  })

  it('[RM4] another epoch starts anew', () => {
    const h = createHarness()
    h.talk({ events: [event(1), event(2)] })
    reconnect(h)
    h.joined({ epoch: 'e2', recovered: false, events: [event(1)] })
    expect(seqs(h)).toEqual([1, 2, 1])
    expect(h.get('entered').map((s) => s.epoch)).toEqual(['e1', 'e2'])
    reconnect(h)
    expect(h.sentOf('join')[0]?.since).toEqual({ epoch: 'e2', seq: 1 })
  })

  it('[RM4] a log that went back starts anew too, so that nothing new is taken for old', () => {
    const h = createHarness()
    h.talk({ events: [event(8), event(9)] })
    reconnect(h)
    h.joined({ recovered: false, events: [event(1)] })
    h.push({ type: 'event', ...event(2) })
    expect(seqs(h)).toEqual([8, 9, 1, 2])
  })

  it('[RM5] a hole is fetched, and what came too early waits for its place', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    h.push({ type: 'event', ...event(4) })
    h.push({ type: 'event', ...event(5) })
    const [request, second] = h.sentOf('history')
    expect(request).toEqual({ type: 'history', id: 2, room: 'general', after: 1 })
    expect(second).toBeUndefined()
    h.push({ type: 'page', id: 2, room: 'general', epoch: 'e1', events: [event(2), event(3), event(4)], more: true })
    expect(seqs(h)).toEqual([1, 2, 3, 4, 5])
    expect([h.get('gap'), h.sentOf('history').length]).toEqual([[], 1])
  })

  it('[RM4] a page of another log is not mixed with what is shown; the room is entered anew', async () => {
    const h = createHarness()
    h.talk({ events: [event(7), event(8)] })
    const older = h.session.loadHistory('general', { before: 7 })
    h.push({ type: 'page', id: 2, room: 'general', epoch: 'e2', events: [event(5), event(6)], more: true })
    expect(await older).toEqual({ ok: true, value: { room: 'general', messages: [], more: true } })
    h.clock.advance(1_000)
    expect(h.sentOf('join').at(-1)).toMatchObject({ since: { epoch: 'e1', seq: 8 } })
    h.push({ type: 'event', ...event(11) })
    expect(seqs(h)).toEqual([7, 8])
  })

  it('[RM4] a hole is not filled from another log', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    h.push({ type: 'event', ...event(4) })
    h.push({ type: 'page', id: 2, room: 'general', epoch: 'e2', events: [event(2), event(3)], more: false })
    expect(seqs(h)).toEqual([1])
    h.clock.advance(1_000)
    expect(h.sentOf('join')).toHaveLength(2)
  })

  it('[RM6] a hole that cannot be filled is told, and the talk goes on', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    h.push({ type: 'event', ...event(5) })
    h.push({ type: 'page', id: 2, room: 'general', epoch: 'e1', events: [event(4), event(5)], more: false })
    expect(h.get('gap')).toEqual([{ room: 'general', until: 4 }])
    expect(seqs(h)).toEqual([1, 4, 5])
  })

  it('[RM6] a server that does not answer is not waited for', () => {
    const h = createHarness({ heartbeat: false })
    h.talk({ events: [event(1)] })
    h.push({ type: 'event', ...event(3) })
    h.clock.advance(10_000)
    expect([seqs(h), h.get('gap')]).toEqual([[1, 3], [{ room: 'general', until: 3 }]])
  })

  it('[RM6] nor one that refuses', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    h.push({ type: 'event', ...event(3) })
    h.push({ type: 'error', id: 2, code: 'forbidden', message: '', retry: false })
    expect([seqs(h), h.get('gap')]).toEqual([[1, 3], [{ room: 'general', until: 3 }]])
  })

  it('[RM7] the server’s word that something was dropped, or is newer, is followed up', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    h.push({ type: 'gap', room: 'general', from: 2, top: 3 })
    expect(h.sentOf('history')).toHaveLength(1)
    h.push({ type: 'page', id: 2, room: 'general', epoch: 'e1', events: [event(2), event(3)], more: false })
    h.push({ type: 'ping', n: 1, tops: { general: 3, other: 9 } })
    expect(h.sentOf('history')).toHaveLength(1)
    h.push({ type: 'ping', n: 2, tops: { general: 4 } })
    expect(h.sentOf('history')[1]).toMatchObject({ after: 3 })
    h.push({ type: 'page', id: 3, room: 'general', epoch: 'e1', events: [], more: false })
    expect(h.get('gap')).toEqual([{ room: 'general', until: 5 }])
  })

  it('[RM8] a break in the middle of a fetch is no gap: the resume brings it', () => {
    const h = createHarness()
    h.talk({ events: [event(1)] })
    h.push({ type: 'event', ...event(3) })
    reconnect(h)
    expect(h.sentOf('join')[0]?.since?.seq).toBe(1)
    h.joined({ events: [event(2), event(3)] })
    h.clock.advance(9_000)
    expect([seqs(h), h.get('gap')]).toEqual([[1, 2, 3], []])
  })

  it('[RM9] a room that may not be entered is told, its messages fail, and it is not asked again', async () => {
    const h = createHarness({ heartbeat: false })
    h.session.open()
    h.accept()
    h.session.enter('secret')
    const sent = say(h, 'x', 'secret')
    h.push({ type: 'error', id: 1, code: 'not_found', message: 'no such room', retry: false })
    expect(h.get('error')).toMatchObject([{ code: 'not_found', room: 'secret' }])
    expect(await sent.settled).toMatchObject({ ok: false, error: { code: 'not_found' } })
    h.clock.advance(60_000)
    expect(h.sentOf('join')).toHaveLength(1)
  })

  it('[RM9] a refusal for now is asked again when it says', () => {
    const h = createHarness()
    h.session.open()
    h.accept()
    h.session.enter('general')
    h.push({ type: 'error', id: 1, code: 'busy', message: '', retry: true, afterMs: 2_000 })
    h.clock.advance(1_999)
    expect(h.sentOf('join')).toHaveLength(1)
    h.clock.advance(1)
    expect(h.sentOf('join')).toHaveLength(2)
  })

  it('[RM10] older pages come by request, and a broken link ends the request', async () => {
    const h = createHarness()
    expect(await h.session.loadHistory('general', {})).toMatchObject({ ok: false, error: { code: 'not_connected' } })
    h.talk({ events: [event(9)] })
    const page = h.session.loadHistory('general', { before: 9, limit: 2 })
    const [request] = h.sentOf('history')
    expect(request).toMatchObject({ room: 'general', before: 9, limit: 2 })
    h.push({ type: 'page', id: request!.id, room: 'general', epoch: 'e1', events: [event(7), event(8)], more: true })
    expect(await page).toMatchObject({ ok: true, value: { more: true, messages: [{ seq: 7 }, { seq: 8 }] } })
    expect(seqs(h)).toEqual([9])
    const lost = h.session.loadHistory('general', { before: 7 })
    h.socket().drop()
    expect(await lost).toMatchObject({ ok: false, error: { code: 'not_connected', retryable: true } })
  })

  it('[RM11] presence and typing of entered rooms are told, of others not', () => {
    const h = createHarness()
    h.talk()
    h.push({ type: 'presence', room: 'general', count: 2, joined: [ANN] })
    h.push({ type: 'typing', room: 'general', user: ANN, on: true })
    h.push({ type: 'presence', room: 'other', count: 2 })
    h.push({ type: 'typing', room: 'other', user: ANN, on: true })
    expect(h.get('presence')).toEqual([{ room: 'general', count: 2, joined: [ANN], left: [] }])
    expect(h.get('typing')).toEqual([{ room: 'general', user: ANN, on: true }])
  })

  it('[RM13] a message of a room that another tab has entered is told apart, and marks of it are dropped', () => {
    const h = createHarness()
    h.talk()
    h.push({ type: 'event', ...event(7, { room: 'other', body: 'elsewhere' }) })
    h.push({ type: 'marks', room: 'other', marks: [{ user: ANN, read: 7, received: 7 }] })
    expect(h.get('elsewhere')).toMatchObject([{ room: 'other', seq: 7, author: ANN, body: 'elsewhere' }])
    expect(h.get('message').filter(({ room }) => room === 'other')).toEqual([])
    expect(h.get('marks')).toEqual([])
  })

  it('[RM12] typing is told at once, repeated rarely, and never kept for later', () => {
    const h = createHarness()
    h.session.setTyping('general', true)
    h.talk()
    expect(h.sentOf('typing')).toEqual([])
    for (let n = 0; n < 20; n++) h.session.setTyping('general', true)
    h.clock.advance(3_000)
    h.session.setTyping('general', true)
    h.session.setTyping('general', false)
    h.session.setTyping('general', false)
    expect(h.sentOf('typing').map((f) => f.on)).toEqual([true, true, false])
  })
})
