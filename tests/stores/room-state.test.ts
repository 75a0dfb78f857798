import { describe, expect, it, vi } from 'vitest'
import { ChatError } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import { acked, ada, bob, entered, history, keys, message, play, queued, room, seqs, stored, welcome } from './support.ts'

const failure = new ChatError('body_too_long', 'too long')
const about = (clientId: string) => ({ room: 'general', clientId })

describe('rows', () => {
  it('[RS1] stand by seq, whatever order they came in', () => {
    expect(seqs(play(welcome(), entered(), message(5), message(1), message(9), message(3)))).toEqual([1, 3, 5, 9])
  })

  it('[RS2] appear once, however often they came', () => {
    const state = play(welcome(), entered(), message(1), message(2), message(1))
    expect(seqs(apply(state, [message(2), history([1, 2], false)]))).toEqual([1, 2])
  })

  it('[RS3] of our own stand at the end in the order of sending until they are stored', () => {
    const state = play(welcome(), entered(), message(1), queued('a'), queued('b'), message(3))
    expect(keys(state)).toEqual(['general:1', 'general:3', 'a', 'b'])
    expect(keys(apply(state, [acked('b', 4)]))).toEqual(['general:1', 'general:3', 'b', 'a'])
  })

  it.each([
    ['ack, then echo', [acked('a', 2), message(2, { clientId: 'a' })]],
    ['echo, then ack', [message(2, { clientId: 'a' }), acked('a', 2)]],
    ['echo alone', [message(2, { clientId: 'a' })]],
    ['history, then ack', [{ type: 'history', page: { room: 'general', messages: [stored(2, { clientId: 'a' })], more: false }, before: 3 } as const, acked('a', 2)]],
  ])('[RS4] of our own keep their key and become sent once: %s', (_name, events) => {
    const before = play(welcome(), entered(), message(1), queued('a', 'message 2'))
    const state = apply(before, events)
    expect(room(state).messages).toHaveLength(2)
    expect(room(state).messages[1]).toMatchObject({ key: 'a', seq: 2, isOwn: true, status: 'sent', createdAt: 1_002 })
  })

  it('[RS5] of our own do not change again when the echo says what the ack said', () => {
    const state = play(welcome(), entered({ top: 1 }), queued('a', 'message 2'), acked('a', 2))
    expect(apply(state, [message(2, { clientId: 'a' })])).toBe(state)
  })

  it('[RS6] take the body of the server when it differs', () => {
    const state = play(welcome(), entered(), queued('a', 'rude'), acked('a', 2), message(2, { clientId: 'a', body: '****' }))
    expect(room(state).messages[0]).toMatchObject({ key: 'a', body: '****' })
  })

  it('[RS7] of others never merge with ours, even when they carry the same client id', () => {
    const state = play(welcome(), entered(), queued('a'), message(1, { clientId: 'a', author: bob }))
    expect(keys(state)).toEqual(['general:1', 'a'])
    expect(room(state).messages.map((row) => row.isOwn)).toEqual([false, true])
  })

  it('[RS8] that we sent from another device are ours', () => {
    expect(room(play(welcome(), entered(), message(2))).messages[0]).toMatchObject({ key: 'c2', isOwn: true, status: 'sent' })
  })

  it('[RS9] without a seq stand as they came, each once by our own client id', () => {
    const plain = (body: string, author = bob, clientId?: string) =>
      ({ type: 'message', payload: { room: 'general', author, body, createdAt: 1, ...(clientId && { clientId }) } }) as const
    const state = play(welcome(), plain('x'), queued('a'), plain('y'), plain('a', ada, 'a'), plain('z'))
    expect(room(state).messages.map((row) => row.body)).toEqual(['x', 'y', 'a', 'z'])
    const again = apply(state, [plain('a', ada, 'a')])
    expect(room(again).messages.map((row) => row.body)).toEqual(['x', 'y', 'a', 'z'])
    expect(new Set(keys(again)).size).toBe(4)
  })

  it('[RS9] acknowledged without a seq become sent in their place', () => {
    const state = play(queued('a'), queued('b'), { type: 'acked', payload: { ...about('a'), createdAt: 7 } })
    expect(room(state).messages.map((row) => [row.key, row.status])).toEqual([['a', 'sent'], ['b', 'sending']])
  })

  it('[RS10] are told as ours anew when another user is welcomed', () => {
    const state = apply(play(welcome(), entered(), message(1), message(2)), [welcome(bob)])
    expect(room(state).messages.map((row) => row.isOwn)).toEqual([true, false])
    expect(keys(state)).toEqual(['general:1', 'c2'])
  })
})

describe('status', () => {
  const sending = play(welcome(), entered(), queued('a'), queued('b'))
  const statusOf = (state: typeof sending) => room(state).messages.map((row) => `${row.key} ${row.status}`)

  it('[RS11] goes from sending to unconfirmed when the link broke, and to sent with the ack', () => {
    const broken = apply(sending, [{ type: 'unconfirmed', payload: about('a') }])
    expect(statusOf(broken)).toEqual(['a unconfirmed', 'b sending'])
    expect(statusOf(apply(broken, [acked('a', 1)]))).toEqual(['a sent', 'b sending'])
  })

  it('[RS12] is failed with the reason, and sending again at the end of the queue after a retry', () => {
    const failed = apply(sending, [{ type: 'rejected', payload: { ...about('a'), error: failure } }])
    expect(room(failed).messages[0]).toMatchObject({ status: 'failed', failure })
    const retried = apply(failed, [{ type: 'retried', payload: about('a') }])
    expect(statusOf(retried)).toEqual(['b sending', 'a sending'])
    expect(room(retried).messages[1]).not.toHaveProperty('failure')
  })

  it('[RS12] forgets the reason when the server has the message after all', () => {
    const failed = apply(sending, [{ type: 'rejected', payload: { ...about('a'), error: failure } }, acked('a', 1)])
    expect(room(failed).messages[0]).toMatchObject({ key: 'a', status: 'sent' })
    expect(room(failed).messages[0]).not.toHaveProperty('failure')
  })

  it('[RS13] ends with the row when the message is taken back', () => {
    expect(statusOf(apply(sending, [{ type: 'cancelled', payload: about('a') }]))).toEqual(['b sending'])
  })

  it('[RS13] of an unknown message changes nothing', () => {
    for (const type of ['unconfirmed', 'retried', 'cancelled'] as const) {
      expect(apply(sending, [{ type, payload: about('nobody') }])).toBe(sending)
    }
  })
})

describe('history and gaps', () => {
  const tail = play(welcome(), entered({ top: 12 }), message(10), message(11), message(12))

  it('[RS14] puts older pages on top', () => {
    expect(seqs(apply(tail, [history([7, 8, 9], true, 10)]))).toEqual([7, 8, 9, 10, 11, 12])
  })

  it('[RS14] knows the beginning by the last page', () => {
    expect(room(tail).hasReachedStart).toBe(false)
    expect(room(apply(tail, [history([7, 8, 9], false, 10)])).hasReachedStart).toBe(true)
  })

  it('[RS15] keeps the rows and marks a gap when the same log could not be resumed', () => {
    const state = apply(tail, [entered({ top: 31 }), { type: 'gap', payload: { room: 'general', until: 30 } }, message(30), message(31)])
    expect(seqs(state)).toEqual([10, 11, 12, 30, 31])
    expect(room(state).gaps).toEqual([30])
  })

  it('[RS15] finds the gap itself when a room is entered again after it was left', () => {
    const state = apply(apply(tail, [entered({ top: 31 })]), [message(30), message(31)])
    expect(room(state).gaps).toEqual([30])
    expect(room(apply(tail, [entered({ top: 14 }), message(12), message(13), message(14)])).gaps).toEqual([])
  })

  it('[RS15] needs no gap when nothing is missing', () => {
    expect(room(apply(tail, [entered({ top: 13, recovered: true }), message(13)])).gaps).toEqual([])
    expect(room(apply(tail, [{ type: 'gap', payload: { room: 'general', until: 13 } }, message(13)])).gaps).toEqual([])
  })

  const gapped = apply(tail, [{ type: 'gap', payload: { room: 'general', until: 30 } }, message(30)])

  it('[RS16] moves a gap up with each page, and closes it when the page touches', () => {
    const moved = apply(gapped, [history([25, 26, 27, 28, 29], true, 30)])
    expect(room(moved).gaps).toEqual([25])
    expect(room(apply(moved, [history([12, 13, 14, 24], true, 25)])).gaps).toEqual([])
    expect(room(apply(moved, [history([13, 14, 24], true, 25)])).gaps).toEqual([])
  })

  it('[RS16] closes a gap that the server has nothing for', () => {
    expect(room(apply(gapped, [history([], false, 30)])).gaps).toEqual([])
    expect(room(apply(gapped, [history([], false, 30)])).hasReachedStart).toBe(false)
  })

  it('[RS17] starts the list anew with another epoch, and keeps what waits', () => {
    const state = apply(apply(gapped, [queued('a')]), [entered({ epoch: 'e2', top: 1 }), message(1)])
    expect(keys(state)).toEqual(['general:1', 'a'])
    expect(room(state)).toMatchObject({ gaps: [], unread: 0, epoch: 'e2' })
  })

  it('[RS17] starts the list anew when the log went back', () => {
    expect(seqs(apply(tail, [entered({ top: 3 }), message(2), message(3)]))).toEqual([2, 3])
  })
})

describe('people', () => {
  const present = play(welcome(), entered())
  const presence = (count: number, joined = [] as (typeof ada)[], left: string[] = []) =>
    ({ type: 'presence', payload: { room: 'general', count, joined, left } }) as const
  const typing = (on: boolean, expiresAt = 100, user = bob) =>
    ({ type: 'typing', payload: { room: 'general', user, on }, expiresAt }) as const

  it('[RS18] counts as the server does, and follows who comes and goes', () => {
    const cleo = { id: 'u3', name: 'Cleo' }
    const state = apply(present, [presence(3, [cleo]), presence(2, [], ['u2'])])
    expect(room(state)).toMatchObject({ count: 2, members: [ada, cleo] })
  })

  it('[RS18] keeps the list of members when only the count changed', () => {
    expect(room(apply(present, [presence(50)])).members).toBe(room(present).members)
  })

  it('[RS19] forgets who types by word, by message, by leaving and by time', () => {
    const state = apply(present, [typing(true)])
    expect(room(state).typing).toEqual([bob])
    expect(room(apply(state, [typing(false)])).typing).toEqual([])
    expect(room(apply(state, [message(1)])).typing).toEqual([])
    expect(room(apply(state, [presence(1, [], ['u2'])])).typing).toEqual([])
    expect(apply(state, [{ type: 'typingSwept', now: 99 }])).toBe(state)
    expect(room(apply(state, [{ type: 'typingSwept', now: 100 }])).typing).toEqual([])
  })

  it('[RS19] lets a repetition last longer without a new list', () => {
    const state = apply(present, [typing(true)])
    const again = apply(state, [typing(true, 200)])
    expect(room(again).typing).toBe(room(state).typing)
    expect(room(apply(again, [{ type: 'typingSwept', now: 150 }])).typing).toEqual([bob])
  })

  it('[RS19] does not show ourselves as typing', () => {
    expect(room(apply(present, [typing(true, 100, ada)])).typing).toEqual([])
  })

  it('[RS20] says why a room cannot be entered until it can', () => {
    const error = new ChatError('not_found', 'no such room', { room: 'general' })
    const state = apply(present, [{ type: 'error', payload: error }])
    expect(room(state).error).toBe(error)
    expect(room(apply(state, [entered()])).error).toBeUndefined()
    expect(apply(present, [{ type: 'error', payload: new ChatError('bad_frame', 'x') }])).toBe(present)
  })
})

describe('unread', () => {
  const inside = play(welcome(), entered({ top: 2 }), message(1), message(2))

  it('[RS21] counts messages of others after we came, not the backlog, ours, or repetitions', () => {
    expect(room(inside).unread).toBe(0)
    expect(room(apply(inside, [message(3), message(4), message(5), message(5)])).unread).toBe(2)
    expect(room(apply(inside, [history([0], false, 1)])).unread).toBe(0)
  })

  it('[RS22] does not count what comes while the room is on screen of a visible page', () => {
    const watched = apply(inside, [{ type: 'watched', room: 'general', on: true }])
    expect(room(apply(watched, [message(3)])).unread).toBe(0)
    expect(room(apply(watched, [{ type: 'visible', on: false }, message(3)])).unread).toBe(1)
    expect(room(apply(watched, [{ type: 'watched', room: 'general', on: false }, message(3)])).unread).toBe(1)
  })

  it('[RS22] counts a room that is shown twice as shown until both are gone', () => {
    const on = { type: 'watched', room: 'general', on: true } as const
    const off = { ...on, on: false }
    expect(room(apply(inside, [on, on, off, message(3)])).unread).toBe(0)
  })

  it('[RS23] is zero again when read, and after a resume only news count', () => {
    const state = apply(inside, [message(3), { type: 'read', room: 'general' }])
    expect(room(state).unread).toBe(0)
    expect(room(apply(state, [entered({ top: 5, recovered: true }), message(3), message(5)])).unread).toBe(1)
  })
})

describe('identity', () => {
  it('[RS24] gives a new list per batch, and keeps rows and rooms that did not change', () => {
    const other = { ...stored(1), room: 'other' }
    const before = play(welcome(), entered(), message(1), { type: 'message', payload: other })
    const after = apply(before, [message(2)])
    expect(room(after).messages).not.toBe(room(before).messages)
    expect(room(after).messages[0]).toBe(room(before).messages[0])
    expect(room(after, 'other')).toBe(room(before, 'other'))
    expect(room(before).messages).toHaveLength(1)
  })

  it('[RS24] changes nothing at all when nothing is new', () => {
    const state = play(welcome(), entered({ top: 1 }), message(1), { type: 'read', room: 'general' }, { type: 'left', payload: { room: 'general' } })
    expect(apply(state, [message(1), { type: 'read', room: 'general' }, { type: 'left', payload: { room: 'general' } }])).toBe(state)
  })

  it('[RS24] takes any name for a room', () => {
    const name = '__proto__'
    const state = play({ type: 'message', payload: { ...stored(1), room: name } })
    expect(room(state, name).messages).toHaveLength(1)
    expect(({} as Record<string, unknown>)['messages']).toBeUndefined()
  })
})

describe('cost', () => {
  it('[RS25] applies a batch of 5,000 messages in any order in one pass over the list', () => {
    const loaded = play(welcome(), entered(), ...Array.from({ length: 5_000 }, (_, i) => message(10_001 + i)))
    const moves = ['slice', 'splice', 'toSpliced', 'concat'] as const
    const spies = moves.map((name) => vi.spyOn(Array.prototype, name))
    const state = apply(loaded, Array.from({ length: 5_000 }, (_, i) => message(10_000 - i)))
    const calls = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
    for (const spy of spies) spy.mockRestore()
    expect(seqs(state)).toEqual(Array.from({ length: 10_000 }, (_, i) => 5_001 + i))
    // The stored rows, and the end of the list where own rows would wait.
    expect(calls).toBeLessThanOrEqual(4)
  })
})
