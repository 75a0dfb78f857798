import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { ReceivedMessage, RoomSnapshot } from '../../src/core/index.ts'
import { createInbox, type Inbox } from '../../src/core/inbox.ts'

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
/** An inbox that has handed on everything up to `seq`, and holds some. */
const at = (seq: number, held: number[] = []): Inbox => {
  const inbox = createInbox()
  inbox.resume(snapshot({ top: seq, recovered: false }), [])
  for (const early of held) inbox.accept(message(early))
  return inbox
}
const seqs = (list: readonly ReceivedMessage[]) => list.map((m) => m.seq)
const stateOf = ({ cursor, held }: Inbox) => [cursor?.seq, held()]

describe('inbox', () => {
  it('[IB1] hands on the next message, drops what it had, holds what comes too early', () => {
    const inbox = at(3)
    expect([seqs(inbox.accept(message(3))), stateOf(inbox)]).toEqual([[], [3, []]])
    expect([seqs(inbox.accept(message(6))), stateOf(inbox)]).toEqual([[], [3, [6]]])
    expect([seqs(inbox.accept(message(6))), stateOf(inbox)]).toEqual([[], [3, [6]]])
    expect([seqs(inbox.accept(message(4))), stateOf(inbox)]).toEqual([[4], [4, [6]]])
  })

  it('[IB2] hands on what it held as soon as the hole is filled', () => {
    const inbox = at(3, [8, 6, 5])
    expect(seqs(inbox.accept(message(4)))).toEqual([4, 5, 6])
    expect(stateOf(inbox)).toEqual([6, [8]])
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
        const inbox = at(0)
        const applied = [...order, ...extra].flatMap((index) => seqs(inbox.accept(message(index + 1))))
        expect(applied).toEqual(seqs(range(1, size)))
        expect(inbox.held()).toEqual([])
      }),
    )
  })

  it('[IB4] a hole that cannot be filled is skipped, and everything behind it follows', () => {
    const inbox = at(3, [6, 7, 9])
    expect(seqs(inbox.skipTo(6))).toEqual([6, 7])
    expect(stateOf(inbox)).toEqual([7, [9]])
  })

  it('[IB5] the first entering starts where its page starts', () => {
    const inbox = createInbox()
    const { apply, gapUntil } = inbox.resume(snapshot({ top: 12, recovered: false }), range(8, 12))
    expect([seqs(apply), gapUntil, inbox.cursor]).toEqual([[8, 9, 10, 11, 12], undefined, { epoch: 'e', seq: 12 }])
    expect([at(0).cursor?.seq, at(40).cursor?.seq]).toEqual([0, 40])
  })

  it('[IB6] a resume that brings all that was missed is no gap', () => {
    const { apply, gapUntil } = at(3).resume(snapshot({ top: 5 }), range(4, 5))
    expect([seqs(apply), gapUntil]).toEqual([[4, 5], undefined])
    const overlap = at(3).resume(snapshot({ top: 5, recovered: false }), range(2, 5))
    expect([seqs(overlap.apply), overlap.gapUntil]).toEqual([[4, 5], undefined])
  })

  it('[IB7] a resume that could not bring all tells the gap and goes on', () => {
    const inbox = at(3)
    const { apply, gapUntil } = inbox.resume(snapshot({ top: 400, recovered: false }), range(398, 400))
    expect([seqs(apply), gapUntil, stateOf(inbox)]).toEqual([[398, 399, 400], 398, [400, []]])
    const other = at(3)
    expect([other.resume(snapshot({ top: 400, recovered: false }), []).gapUntil, stateOf(other)]).toEqual([401, [400, []]])
  })

  it('[IB8] another epoch, or a log that went back, starts anew', () => {
    const inbox = at(50, [60])
    const other = inbox.resume(snapshot({ epoch: 'f', top: 2, recovered: false }), range(1, 2))
    expect([seqs(other.apply), other.gapUntil]).toEqual([[1, 2], undefined])
    expect([inbox.cursor, inbox.held()]).toEqual([{ epoch: 'f', seq: 2 }, []])
    const longer = at(3).resume(snapshot({ epoch: 'f', top: 5, recovered: false }), range(1, 5))
    expect([seqs(longer.apply), longer.gapUntil]).toEqual([[1, 2, 3, 4, 5], undefined])
    const ahead = at(50)
    expect(seqs(ahead.resume(snapshot({ top: 2, recovered: false }), range(1, 2)).apply)).toEqual([1, 2])
    expect(stateOf(ahead)).toEqual([2, []])
  })

  it('[IB9] a message that overtook the answer to entering is kept for its place', () => {
    const inbox = createInbox()
    expect(inbox.accept(message(6))).toEqual([])
    expect(seqs(inbox.resume(snapshot({ top: 5, recovered: false }), range(4, 5)).apply)).toEqual([4, 5, 6])
    const known = createInbox()
    known.accept(message(5))
    expect(seqs(known.resume(snapshot({ top: 5, recovered: false }), range(4, 5)).apply)).toEqual([4, 5])
    expect(known.held()).toEqual([])
  })

  it('[IB10] messages of a wire without a log are handed on as they come', () => {
    expect(createInbox().accept(message())).toHaveLength(1)
    const inbox = at(3, [5])
    inbox.dropHeld()
    expect(stateOf(inbox)).toEqual([3, []])
  })
})
