import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import * as outbox from '../../src/core/outbox.ts'

const caps = { maxCount: 5, maxSize: 20 }
const message = (clientId: string, room = 'a', body = 'x') => ({ room, clientId, body, createdAt: 0 })
const fill = (...ids: string[]): outbox.Outbox =>
  ids.reduce((box, id) => {
    const result = outbox.enqueue(box, message(id), { maxCount: 100, maxSize: 1_000 })
    return result.ok ? result.box : box
  }, outbox.EMPTY_OUTBOX)
const ids = (list: readonly outbox.OutboxEntry[]) => list.map((e) => e.clientId)
const anyRoom = () => true

describe('outbox', () => {
  it('[OB1] takes no more messages than it may keep', () => {
    const box = fill('1', '2', '3', '4', '5')
    expect(outbox.enqueue(box, message('6'), caps)).toEqual({ ok: false, reason: 'full' })
    expect(outbox.enqueue(fill('1'), message('6', 'a', 'x'.repeat(20)), caps)).toEqual({ ok: false, reason: 'full' })
    expect(outbox.enqueue(fill(), message('6', 'a', 'x'.repeat(21)), caps)).toEqual({ ok: false, reason: 'too-large' })
    expect(outbox.enqueue(fill(), message('6', 'a', 'x'.repeat(20)), caps).ok).toBe(true)
  })

  it('[OB2] lets a window of messages leave in order, without waiting for each ack', () => {
    let box = fill('1', '2', '3')
    for (const id of ['1', '2']) {
      expect(outbox.next(box, 2, anyRoom)?.clientId).toBe(id)
      box = outbox.markSent(box, id)
    }
    expect(outbox.next(box, 2, anyRoom)).toBeUndefined()
    expect(outbox.next(outbox.ack(box, '1').box, 2, anyRoom)?.clientId).toBe('3')
  })

  it('[OB3] a room that is not entered holds up nobody else', () => {
    let box = fill('1')
    const other = outbox.enqueue(box, message('b1', 'b'), caps)
    box = other.ok ? other.box : box
    expect(outbox.next(box, 9, (room) => room === 'b')?.clientId).toBe('b1')
  })

  it('[OB4] a message refused for now keeps later ones of its room behind it', () => {
    let box = outbox.markSent(outbox.markSent(fill('1', '2', '3'), '1'), '2')
    box = outbox.requeue(box, '1').box
    expect(outbox.next(box, 9, anyRoom)).toBeUndefined()
    box = outbox.requeue(box, '2').box
    expect(ids(box.queued)).toEqual(['1', '2', '3'])
    expect(outbox.next(box, 9, anyRoom)?.clientId).toBe('1')
  })

  it('[OB5] what was under way when the link broke goes first, under the same id', () => {
    const box = outbox.markSent(outbox.markSent(fill('1', '2', '3'), '1'), '2')
    const lost = outbox.requeueUnacked(box)
    expect(ids(lost.unconfirmed)).toEqual(['1', '2'])
    expect(ids(lost.box.queued)).toEqual(['1', '2', '3'])
    expect(lost.box.queued.map((e) => e.isUnconfirmed)).toEqual([true, true, false])
  })

  it('[OB6] an ack of an unknown id changes nothing', () => {
    const box = fill('1')
    expect(outbox.ack(box, 'nobody')).toEqual({ box, entry: undefined })
    expect(outbox.ack(outbox.ack(box, '1').box, '1').entry).toBeUndefined()
  })

  it('[OB7] a refused message is kept, and goes to the end when it is tried again', () => {
    const box = outbox.refuse(outbox.markSent(fill('1', '2'), '1'), '1', 10).box
    expect([ids(box.failed), box.size, outbox.pendingCount(box)]).toEqual([['1'], 1, 1])
    const again = outbox.retry(box, '1', caps)
    expect(ids(again.box.queued)).toEqual(['2', '1'])
    expect(outbox.retry(again.box, '1', caps).entry).toBeUndefined()
  })

  it('[OB8] only what the server cannot have is taken back', () => {
    const sent = outbox.markSent(fill('1', '2'), '1')
    expect(outbox.cancel(sent, '1').entry).toBeUndefined()
    expect(outbox.cancel(outbox.requeueUnacked(sent).box, '1').entry).toBeUndefined()
    expect(ids(outbox.cancel(sent, '2').box.queued)).toEqual([])
    expect(outbox.cancel(outbox.refuse(sent, '1', 10).box, '1').entry?.clientId).toBe('1')
  })

  it('[OB1] keeps the text of a message that found no place, up to a bound', () => {
    let box = fill('1')
    for (const id of ['2', '3', '4']) box = outbox.keepFailed(box, message(id), 2)
    expect(ids(box.failed)).toEqual(['3', '4'])
    expect(outbox.pendingCount(box)).toBe(1)
  })

  it('[OB9] loses nothing, doubles nothing and reorders nothing, whatever the wire does', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('enqueue' as const), room: fc.constantFrom('a', 'b') }),
      fc.record({ do: fc.constant('send' as const) }),
      fc.record({ do: fc.constantFrom('ack' as const, 'requeue' as const, 'refuse' as const), pick: fc.nat(20) }),
      fc.record({ do: fc.constantFrom('lost' as const, 'cancel' as const, 'retry' as const), pick: fc.nat(20) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 8 }), (steps, window) => {
        let box = outbox.EMPTY_OUTBOX
        let count = 0
        const gone = new Set<string>()
        const all = new Set<string>()
        for (const s of steps) {
          const at = (list: readonly outbox.OutboxEntry[]) => ('pick' in s ? (list[s.pick % list.length]?.clientId ?? '?') : '?')
          switch (s.do) {
            case 'enqueue': {
              const id = String(++count)
              const result = outbox.enqueue(box, message(id, s.room), { maxCount: 1_000, maxSize: 10_000 })
              if (result.ok) box = result.box
              all.add(id)
              break
            }
            case 'send': {
              const entry = outbox.next(box, window, anyRoom)
              if (!entry) break
              const later = [...box.inflight].filter((e) => e.room === entry.room && e.order > entry.order)
              const earlier = box.queued.filter((e) => e.room === entry.room && e.order < entry.order)
              expect([later, earlier]).toEqual([[], []])
              box = outbox.markSent(box, entry.clientId)
              break
            }
            case 'ack': {
              const id = at(box.inflight)
              const result = outbox.ack(box, id)
              box = result.box
              if (result.entry) gone.add(id)
              break
            }
            case 'requeue':
              box = outbox.requeue(box, at(box.inflight)).box
              break
            case 'refuse':
              box = outbox.refuse(box, at(box.inflight), 1_000).box
              break
            case 'lost':
              box = outbox.requeueUnacked(box).box
              break
            case 'cancel': {
              const id = at(box.queued)
              const result = outbox.cancel(box, id)
              box = result.box
              if (result.entry) gone.add(id)
              break
            }
            case 'retry':
              box = outbox.retry(box, at(box.failed), { maxCount: 1_000, maxSize: 10_000 }).box
          }
          const present = [...box.queued, ...box.inflight, ...box.failed].map((e) => e.clientId)
          expect(new Set(present).size).toBe(present.length)
          expect(present.length + gone.size).toBe(all.size)
          expect(present.filter((id) => gone.has(id))).toEqual([])
          expect(box.inflight.length).toBeLessThanOrEqual(window)
          expect(box.size).toBe(outbox.pendingCount(box))
          const orders = box.queued.map((e) => e.order)
          expect(orders).toEqual([...orders].sort((a, b) => a - b))
        }
      }),
      { numRuns: 300 },
    )
  })
})
