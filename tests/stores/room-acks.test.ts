/** Acks that come before, after and without the log around them. */
import { describe, expect, it } from 'vitest'
import { apply } from '../../src/stores/room-state.ts'
import { acked, ada, entered, history, message, play, queued, room, seqs, stored, welcome } from './support.ts'

const bodies = (state: Parameters<typeof room>[0]) => room(state).messages.map(({ body }) => body)

describe('an ack', () => {
  it('[CH20] ahead of the log leaves the row at the end: what comes before it does not appear above it', () => {
    const state = play(welcome(), entered({ top: 1, recovered: true }), message(1), queued('mine'), acked('mine', 4))
    expect(room(state).messages.at(-1)).toMatchObject({ body: 'mine', status: 'sent', seq: 4 })
    expect(room(state).storedCount).toBe(1)
    const later = apply(state, [message(2), message(3)])
    expect(seqs(later)).toEqual([1, 2, 3, 4])
    expect(room(later)).toMatchObject({ storedCount: 4, gaps: [] })
    expect(apply(later, [message(4, { author: ada, clientId: 'mine', body: 'mine' })])).toEqual(later)
  })

  it('[CH20] before the room was entered leaves the row at the end', () => {
    const state = play(welcome(), queued('mine'), acked('mine', 3))
    expect(room(state)).toMatchObject({ storedCount: 0, messages: [{ status: 'sent' }] })
    const before = room(state).messages[0]
    const later = apply(state, [entered({ top: 3 }), message(1), message(2), message(3, { author: ada, clientId: 'mine', body: 'mine' })])
    expect(seqs(later)).toEqual([1, 2, 3])
    expect(room(later).messages[2]!.key).toBe(before!.key)
  })

  it('[CH20] in a room that was empty when it was entered leaves the row at the end while others are missing', () => {
    const state = play(welcome(), entered({ top: 0 }), queued('mine'), acked('mine', 3))
    expect(room(state).storedCount).toBe(0)
    const later = apply(state, [entered({ top: 3, recovered: true }), message(1), message(2), message(3, { author: ada, clientId: 'mine', body: 'mine' })])
    expect(room(later)).toMatchObject({ storedCount: 3, gaps: [] })
  })

  it('[CH21] in the middle of what was missed leaves a gap on both sides, and each is filled', () => {
    const before = play(welcome(), entered({ top: 10 }), message(9), message(10), queued('mine'))
    const state = apply(before, [acked('mine', 50), entered({ top: 101 }), message(100), message(101)])
    expect(seqs(state)).toEqual([9, 10, 50, 100, 101])
    expect(room(state).gaps).toEqual([50, 100])
    const half = apply(state, [history(range(45, 99), true, 100)])
    expect(room(half).gaps).toEqual([45])
    const full = apply(half, [history(range(5, 44), true, 45)])
    expect(room(full).gaps).toEqual([])
    expect(seqs(full)).toEqual(range(5, 101))
  })

  it('[CH22] above everything that is known is older history, with a gap below it', () => {
    const state = play(welcome(), queued('mine'), entered({ top: 101 }), message(100), message(101), acked('mine', 50))
    expect(seqs(state)).toEqual([50, 100, 101])
    expect(room(state).gaps).toEqual([100])
  })

  it('[CH23] of another log is forgotten with it', () => {
    const before = play(welcome(), entered({ top: 1 }), message(1), queued('mine'), acked('mine', 4))
    const state = apply(before, [entered({ epoch: 'e2', top: 1 }), message(1, { body: 'other' })])
    expect(bodies(state)).toEqual(['other'])
  })

  it('[CH24] without an echo shows who wrote it, also when that was not known at the time', () => {
    const state = play(queued('mine'), welcome(), entered({ top: 3 }), message(3), acked('mine', 1))
    expect(room(state).messages[0]).toMatchObject({ author: ada, seq: 1 })
  })

  it('[CH27] a message that an earlier page left and that is stored already is not shown a second time', () => {
    const own = message(2, { author: ada, clientId: 'left' })
    const state = play(welcome(), entered({ top: 2 }), message(1), own)
    expect(apply(state, [queued('left')])).toBe(state)
    const same = play(welcome(), entered({ top: 2 }), message(1), own, queued('left'), acked('left', 2))
    expect(seqs(same)).toEqual([1, 2])
  })

  it('[CH27] a message that an earlier page left and that is shown from the disk is not shown twice while nobody knows who we are, nor after', () => {
    const own = message(1, { author: ada, clientId: 'left' })
    const before = play(entered({ top: 1, recovered: true }), own, queued('left'))
    expect(seqs(before)).toEqual([1])
    const after = apply(before, [welcome(), acked('left', 1)])
    expect(seqs(after)).toEqual([1])
    expect(room(after).messages[0]).toMatchObject({ isOwn: true, status: 'sent' })
    expect(seqs(apply(after, [queued('left')]))).toEqual([1])
  })

  it('[CH27] a page that took us for another does not keep two rows of one message once the server has told who we are', () => {
    const own = message(1, { author: ada, clientId: 'left' })
    const before = play(welcome({ id: 'somebody', name: 'Somebody' }), entered({ top: 1, recovered: true }), own, queued('left'))
    const after = apply(before, [welcome(), acked('left', 1)])
    expect(seqs(after)).toEqual([1])
    expect(room(after).storedCount).toBe(1)
  })

  it('[CH29] of what an earlier page left, ahead of the log, does not leave it below a later one', () => {
    const state = play(welcome(), entered({ top: 1, recovered: true }), message(1), queued('new'), queued('left'), queued('last'))
    const one = apply(state, [acked('new', 9)])
    expect(bodies(one)).toEqual(['message 1', 'new', 'left', 'last'])
    const both = apply(one, [acked('left', 7)])
    expect(bodies(both)).toEqual(['message 1', 'left', 'new', 'last'])
    expect(bodies(apply(both, [message(2)]))).toEqual(['message 1', 'message 2', 'left', 'new', 'last'])
  })

  it('[CH28] for a place where another message stands keeps both, and the log in order', () => {
    const state = play(welcome(), entered({ top: 1, recovered: true }), message(1), queued('mine'), acked('mine', 1))
    expect(bodies(state)).toEqual(['message 1', 'mine'])
    expect(room(state)).toMatchObject({ storedCount: 1 })
    const later = apply(state, [message(2), message(3, { author: ada, clientId: 'mine', body: 'mine' })])
    expect(bodies(later)).toEqual(['message 1', 'message 2', 'mine'])
    expect(seqs(later)).toEqual([1, 2, 3])
  })

  it('[CH25] of a change is not a place in the log: a page that does not touch it still has its gap', () => {
    const change = { type: 'queued', payload: { room: 'general', clientId: 'edit', body: 'new', createdAt: 5, kind: 'edit', target: 2 } } as const
    const before = play(welcome(), entered({ top: 2, recovered: true }), message(1), message(2), change, acked('edit', 50))
    expect(room(before).messages[1]).toMatchObject({ body: 'new' })
    const state = apply(before, [entered({ top: 40 }), message(40)])
    expect(room(state).gaps).toEqual([40])
  })
})

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => stored(from + i).seq!)
