import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createOutbox, type Outbox, type OutboxEntry } from '../../src/core/outbox.ts'

const message = (clientId: string, room = 'a', body = 'x') => ({ room, clientId, body, createdAt: 0 })
const fill = (ids: readonly string[], caps = { maxCount: 100, maxSize: 1_000 }): Outbox => {
  const box = createOutbox(caps)
  for (const id of ids) box.enqueue(message(id))
  return box
}
const ids = (box: Outbox, phase: OutboxEntry['phase']) => [...box.entries()].filter((e) => e.phase === phase).map((e) => e.clientId)
const anyRoom = () => true

describe('outbox', () => {
  it('[OB1] takes no more messages than it may keep', () => {
    const caps = { maxCount: 5, maxSize: 20 }
    expect(fill(['1', '2', '3', '4', '5'], caps).enqueue(message('6'))).toBe('full')
    expect(fill(['1'], caps).enqueue(message('6', 'a', 'x'.repeat(20)))).toBe('full')
    expect(fill([], caps).enqueue(message('6', 'a', 'x'.repeat(21)))).toBe('too-large')
    expect(fill([], caps).enqueue(message('6', 'a', 'x'.repeat(20)))).toBeUndefined()
  })

  it('[OB1] keeps the text of a message that found no place, up to a bound', () => {
    const box = fill(['1', '2'], { maxCount: 2, maxSize: 20 })
    for (const id of ['3', '4', '5']) expect(box.enqueue(message(id))).toBe('full')
    expect(ids(box, 'failed')).toEqual(['4', '5'])
    expect([ids(box, 'queued'), box.pendingCount]).toEqual([['1', '2'], 2])
  })

  it('[OB2] lets a window of messages leave in order, without waiting for each ack', () => {
    const box = fill(['1', '2', '3'])
    for (const id of ['1', '2']) {
      expect(box.next(2, anyRoom)?.clientId).toBe(id)
      box.sent(id)
    }
    expect(box.next(2, anyRoom)).toBeUndefined()
    box.ack('1')
    expect(box.next(2, anyRoom)?.clientId).toBe('3')
  })

  it('[OB3] a room that is not entered holds up nobody else', () => {
    const box = fill(['1'])
    box.enqueue(message('b1', 'b'))
    expect(box.next(9, (room) => room === 'b')?.clientId).toBe('b1')
  })

  it('[OB4] a message refused for now keeps later ones of its room behind it', () => {
    const box = fill(['1', '2', '3'])
    box.sent('1')
    box.sent('2')
    box.requeue('1')
    expect(box.next(9, anyRoom)).toBeUndefined()
    box.requeue('2')
    expect(ids(box, 'queued')).toEqual(['1', '2', '3'])
    expect(box.next(9, anyRoom)?.clientId).toBe('1')
  })

  it('[OB5] what was under way when the link broke goes first, under the same id', () => {
    const box = fill(['1', '2', '3'])
    box.sent('1')
    box.sent('2')
    expect(box.requeueUnacked().map((e) => e.clientId)).toEqual(['1', '2'])
    expect(ids(box, 'queued')).toEqual(['1', '2', '3'])
    expect([...box.entries()].map((e) => e.isUnconfirmed)).toEqual([true, true, false])
  })

  it('[OB6] an ack of an unknown id changes nothing', () => {
    const box = fill(['1'])
    expect([box.ack('nobody'), box.pendingCount]).toEqual([undefined, 1])
    expect(box.ack('1')?.clientId).toBe('1')
    expect([box.ack('1'), box.pendingCount, box.size]).toEqual([undefined, 0, 0])
  })

  it('[OB7] a refused message is kept, and goes to the end when it is tried again', () => {
    const box = fill(['1', '2'])
    box.sent('1')
    box.fail(message('1'))
    expect([ids(box, 'failed'), box.size, box.pendingCount]).toEqual([['1'], 1, 1])
    expect(box.retry('1', 0)?.clientId).toBe('1')
    expect(ids(box, 'queued')).toEqual(['2', '1'])
    expect(box.retry('1', 0)).toBeUndefined()
  })

  it('[OB8] only what the server cannot have is taken back', () => {
    const box = fill(['1', '2'])
    box.sent('1')
    expect(box.cancel('1')).toBeUndefined()
    box.requeueUnacked()
    expect(box.cancel('1')).toBeUndefined()
    expect(box.cancel('2')?.clientId).toBe('2')
    box.fail(message('1'))
    expect(box.cancel('1')?.clientId).toBe('1')
    expect([...box.entries()]).toEqual([])
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
        const box = fill([], { maxCount: 1_000, maxSize: 10_000 })
        let count = 0
        const gone = new Set<string>()
        /** The order of sending: by number, and anew with each retry. */
        const order = new Map<string, number>()
        for (const [index, s] of steps.entries()) {
          const at = (phase: OutboxEntry['phase']) => {
            const list = ids(box, phase)
            return ('pick' in s ? list[s.pick % list.length] : undefined) ?? '?'
          }
          switch (s.do) {
            case 'enqueue': {
              const id = String(++count)
              box.enqueue(message(id, s.room))
              order.set(id, index)
              break
            }
            case 'send': {
              const entry = box.next(window, anyRoom)
              if (!entry) break
              const mine = order.get(entry.clientId) ?? 0
              for (const other of box.entries()) {
                if (other.room !== entry.room || other === entry) continue
                const theirs = order.get(other.clientId) ?? 0
                if (other.phase === 'inflight') expect(theirs).toBeLessThan(mine)
                if (other.phase === 'queued') expect(theirs).toBeGreaterThan(mine)
              }
              box.sent(entry.clientId)
              break
            }
            case 'ack': {
              const entry = box.ack(at('inflight'))
              if (entry) gone.add(entry.clientId)
              break
            }
            case 'requeue':
              box.requeue(at('inflight'))
              break
            case 'refuse': {
              const entry = box.get(at('inflight'))
              if (entry) box.fail(entry)
              break
            }
            case 'lost':
              box.requeueUnacked()
              break
            case 'cancel': {
              const entry = box.cancel(at('queued'))
              if (entry) gone.add(entry.clientId)
              break
            }
            case 'retry': {
              const entry = box.retry(at('failed'), 0)
              if (entry) order.set(entry.clientId, index)
            }
          }
          const present = [...box.entries()]
          expect(present.length + gone.size).toBe(count)
          expect(present.filter((e) => gone.has(e.clientId))).toEqual([])
          expect(ids(box, 'inflight').length).toBeLessThanOrEqual(window)
          expect(box.pendingCount).toBe(present.filter((e) => e.phase !== 'failed').length)
          expect(box.size).toBe(box.pendingCount)
        }
      }),
      { numRuns: 300 },
    )
  })
})
