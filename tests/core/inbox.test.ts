import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { ReceivedMessage, RoomSnapshot } from '../../src/core/index.ts'
import { accept, dropHeld, EMPTY_INBOX, resume, skipTo, type Inbox } from '../../src/core/inbox.ts'

const message = (seq?: number): ReceivedMessage => ({
  room: 'a',
  ...(seq !== undefined && { seq }),
  author: { id: 'ann', name: 'Ann' },
  body: String(seq),
  createdAt: 0,
})
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i))
const snapshot = (more: Partial<RoomSnapshot>): RoomSnapshot => ({
  room: 'a', title: 'A', epoch: 'e', top: 0, first: 1, recovered: true, members: [], count: 0, ...more,
})
const at = (seq: number, held: number[] = []): Inbox => ({ cursor: { epoch: 'e', seq }, held: held.map(message) })
const seqs = (list: readonly ReceivedMessage[]) => list.map((m) => m.seq)

describe('inbox', () => {
  it('[IB1] hands on the next message, drops what it had, holds what comes too early', () => {
    expect(accept(at(3), message(4))).toMatchObject({ verdict: 'apply', inbox: at(4), apply: [message(4)] })
    expect(accept(at(3), message(3))).toMatchObject({ verdict: 'duplicate', inbox: at(3), apply: [] })
    expect(accept(at(3), message(6))).toMatchObject({ verdict: 'gap', inbox: at(3, [6]), apply: [] })
    expect(accept(at(3, [6]), message(6)).verdict).toBe('duplicate')
  })

  it('[IB2] hands on what it held as soon as the hole is filled', () => {
    const result = accept(at(3, [5, 6, 8]), message(4))
    expect(seqs(result.apply)).toEqual([4, 5, 6])
    expect(result.inbox).toEqual(at(6, [8]))
  })

  it('[IB3] any order with duplicates becomes the log, once, in order', () => {
    const shuffled = fc.integer({ min: 1, max: 60 }).chain((size) =>
      fc.tuple(
        fc.constant(size),
        fc.shuffledSubarray([...Array(size).keys(), ...Array(size).keys()], { minLength: size * 2 }),
        fc.array(fc.nat(size - 1)),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([size, order, extra]) => {
        let inbox = at(0)
        const applied: (number | undefined)[] = []
        for (const index of [...order, ...extra]) {
          const result = accept(inbox, message(index + 1))
          inbox = result.inbox
          applied.push(...seqs(result.apply))
        }
        expect(applied).toEqual(seqs(range(1, size)))
        expect(inbox.held).toEqual([])
      }),
    )
  })

  it('[IB4] a hole that cannot be filled is skipped, and everything behind it follows', () => {
    const result = skipTo(at(3, [6, 7, 9]), 6)
    expect(seqs(result.apply)).toEqual([6, 7])
    expect(result.inbox).toEqual(at(7, [9]))
  })

  it('[IB5] the first entering starts where its page starts', () => {
    const result = resume(EMPTY_INBOX, snapshot({ top: 12, recovered: false }), range(8, 12))
    expect([seqs(result.apply), result.gapUntil, result.inbox]).toEqual([[8, 9, 10, 11, 12], undefined, at(12)])
    expect(resume(EMPTY_INBOX, snapshot({ top: 0 }), []).inbox).toEqual(at(0))
    expect(resume(EMPTY_INBOX, snapshot({ top: 40 }), []).inbox).toEqual(at(40))
  })

  it('[IB6] a resume that brings all that was missed is no gap', () => {
    const result = resume(at(3), snapshot({ top: 5 }), range(4, 5))
    expect([seqs(result.apply), result.gapUntil]).toEqual([[4, 5], undefined])
    const overlap = resume(at(3), snapshot({ top: 5, recovered: false }), range(2, 5))
    expect([seqs(overlap.apply), overlap.gapUntil]).toEqual([[4, 5], undefined])
  })

  it('[IB7] a resume that could not bring all tells the gap and goes on', () => {
    const result = resume(at(3), snapshot({ top: 400, recovered: false }), range(398, 400))
    expect([seqs(result.apply), result.gapUntil, result.inbox]).toEqual([[398, 399, 400], 398, at(400)])
    const empty = resume(at(3), snapshot({ top: 400, recovered: false }), [])
    expect([empty.gapUntil, empty.inbox]).toEqual([401, at(400)])
  })

  it('[IB8] another epoch, or a log that went back, starts anew', () => {
    const other = resume(at(50, [60]), snapshot({ epoch: 'f', top: 2, recovered: false }), range(1, 2))
    expect([seqs(other.apply), other.gapUntil]).toEqual([[1, 2], undefined])
    expect(other.inbox).toEqual({ cursor: { epoch: 'f', seq: 2 }, held: [] })
    const longer = resume(at(3), snapshot({ epoch: 'f', top: 5, recovered: false }), range(1, 5))
    expect([seqs(longer.apply), longer.gapUntil]).toEqual([[1, 2, 3, 4, 5], undefined])
    const back = resume(at(50), snapshot({ top: 2, recovered: false }), range(1, 2))
    expect([seqs(back.apply), back.inbox]).toEqual([[1, 2], at(2)])
  })

  it('[IB9] a message that overtook the answer to entering is kept for its place', () => {
    const early = accept(EMPTY_INBOX, message(6))
    expect(early.apply).toEqual([])
    const result = resume(early.inbox, snapshot({ top: 5, recovered: false }), range(4, 5))
    expect(seqs(result.apply)).toEqual([4, 5, 6])
  })

  it('[IB10] messages of a wire without a log are handed on as they come', () => {
    expect(accept(EMPTY_INBOX, message()).apply).toHaveLength(1)
    expect(dropHeld(at(3, [5]))).toEqual(at(3))
  })
})
