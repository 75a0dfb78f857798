import { describe, expect, it } from 'vitest'
import { decideResume, mergeEvents } from '../../server-dev/log-position.ts'
import { catchUp, createRoom, offer, type Seat } from '../../server-dev/room.ts'
import type { RoomEvent } from '../../src/protocol/entities.ts'

const ada = { id: 'u1', name: 'Ada' }
const bob = { id: 'u2', name: 'Bob' }
const event = (seq: number): RoomEvent => ({ room: 'g', seq, kind: 'message', from: ada, clientId: `c${String(seq)}`, ts: seq, body: '' })
const seqs = (events: readonly RoomEvent[]) => events.map((e) => e.seq)

describe('room', () => {
  it('[SV10] counts users, not connections', () => {
    const room = createRoom<string>()
    expect(room.enter('a1', ada).userJoined).toBe(true)
    expect(room.enter('a2', ada).userJoined).toBe(false)
    expect(room.enter('b1', bob).userJoined).toBe(true)
    expect(room.count()).toBe(2)
    expect(room.members()).toEqual([ada, bob])
    expect(room.leave('a1')?.userLeft).toBe(false)
    expect(room.leave('a2')?.userLeft).toBe(true)
    expect(room.count()).toBe(1)
  })

  it('[SV10] joining twice is one seat, and leaving twice is harmless', () => {
    const room = createRoom<string>()
    room.enter('a1', ada)
    expect(room.enter('a1', ada).userJoined).toBe(false)
    expect(room.leave('a1')?.userLeft).toBe(true)
    expect(room.leave('a1')).toBeUndefined()
    expect(room.count()).toBe(0)
  })

  const seatAt = (given: number): Seat => {
    const { seat } = createRoom<string>().enter('a', ada)
    seat.phase = 'live'
    seat.given = given
    return seat
  }

  it('[SV11] keeps live events for a seat whose log is being read', () => {
    const { seat } = createRoom<string>().enter('a', ada)
    expect(offer(seat, event(1), false)).toBe('skip')
    expect(seqs(seat.buffer)).toEqual([1])
  })

  it('[SV11] gives a live seat each event once, in order', () => {
    const seat = seatAt(4)
    expect([4, 5, 5, 6].map((seq) => offer(seat, event(seq), false))).toEqual(['skip', 'write', 'skip', 'write'])
  })

  it('[SV12] leaves events out for a slow link and tells the whole gap once it drains', () => {
    const seat = seatAt(4)
    expect(offer(seat, event(5), true)).toBe('lag')
    expect(offer(seat, event(6), false)).toBe('skip')
    expect(catchUp(seat, 6)).toEqual({ from: 5, top: 6 })
    expect(catchUp(seat, 6)).toBeUndefined()
    expect(offer(seat, event(7), false)).toBe('write')
  })

  it('[SV12] never writes past a hole', () => {
    expect(offer(seatAt(4), event(6), false)).toBe('lag')
  })
})

describe('resume', () => {
  const log = { epoch: 'e', first: 11, top: 20 }
  it.each([
    ['nothing known', undefined, 'page'],
    ['at the top', { epoch: 'e', seq: 20 }, 'all'],
    ['one behind', { epoch: 'e', seq: 19 }, 'all'],
    ['just before the first that is held', { epoch: 'e', seq: 10 }, 'all'],
    ['one too old', { epoch: 'e', seq: 9 }, 'page'],
    ['from the start', { epoch: 'e', seq: 0 }, 'page'],
    ['one ahead of the log', { epoch: 'e', seq: 21 }, 'page'],
    ['far ahead of the log', { epoch: 'e', seq: 2 ** 53 - 1 }, 'page'],
    ['another epoch at the same place', { epoch: 'f', seq: 20 }, 'page'],
    ['another epoch ahead', { epoch: 'f', seq: 99 }, 'page'],
  ] as const)('[SV13] %s', (_name, since, expected) => {
    expect(decideResume(log, since, 100)).toBe(expected)
  })

  it.each([
    [9, 'page'],
    [10, 'all'],
    [11, 'all'],
  ] as const)('[SV13] ten missing events with pages of %i', (pageSize, expected) => {
    expect(decideResume(log, { epoch: 'e', seq: 10 }, pageSize)).toBe(expected)
  })

  it.each([
    ['empty log, empty position', { epoch: 'e', first: 1, top: 0 }, 0, 'all'],
    ['empty log, position ahead', { epoch: 'e', first: 1, top: 0 }, 1, 'page'],
    ['everything expired, at the top', { epoch: 'e', first: 21, top: 20 }, 20, 'all'],
    ['everything expired, behind', { epoch: 'e', first: 21, top: 20 }, 19, 'page'],
  ] as const)('[SV13] %s', (_name, range, seq, expected) => {
    expect(decideResume(range, { epoch: 'e', seq }, 100)).toBe(expected)
  })
})

describe('mergeEvents', () => {
  const list = (...numbers: number[]) => numbers.map(event)
  it.each([
    ['nothing arrived', [1, 2], [], 2, [1, 2]],
    ['what arrived follows', [1, 2], [3, 4], 2, [1, 2, 3, 4]],
    ['what arrived was read as well', [1, 2, 3], [2, 3, 4], 3, [1, 2, 3, 4]],
    ['out of order', [1], [3, 2], 1, [1, 2, 3]],
    ['twice', [1], [2, 2], 1, [1, 2]],
    ['nothing was read at top 5', [], [6], 5, [6]],
    ['a hole ends it', [1], [3], 1, [1]],
  ] as const)('[SV14] %s', (_name, read, live, top, expected) => {
    expect(seqs(mergeEvents(list(...read), list(...live), top))).toEqual(expected)
  })
})
