import { describe, expect, it } from 'vitest'
import type { ReceivedMessage, RoomSnapshot } from '../../src/core/index.ts'
import { createTails } from '../../src/storage/tails.ts'

const snapshot = (more: Partial<RoomSnapshot> = {}): RoomSnapshot => ({
  room: 'a', title: 'A', epoch: 'e', top: 0, first: 1, recovered: false, members: [], count: 1, ...more,
})
const message = (seq: number, more: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  room: 'a', seq, author: { id: 'ann', name: 'Ann' }, body: `body ${seq}`, createdAt: seq, ...more,
})
const bodies = (tails: ReturnType<typeof createTails>) => tails.takeChanged().flatMap((room) => room.messages.map((m) => m.body))

describe('the end of a room', () => {
  it('[ST11] holds the last entries, and no hole', () => {
    const tails = createTails(3)
    tails.entered(snapshot())
    for (let seq = 1; seq <= 5; seq++) tails.message(message(seq))
    expect(bodies(tails)).toEqual(['body 3', 'body 4', 'body 5'])
    tails.gap('a')
    tails.message(message(9))
    expect(bodies(tails)).toEqual(['body 9'])
    expect(tails.takeChanged()).toEqual([])
  })

  it('[ST11] goes on after a resume, and begins anew with another log', () => {
    const tails = createTails(9)
    tails.entered(snapshot())
    tails.message(message(1))
    tails.entered(snapshot({ recovered: true }))
    tails.message(message(2))
    expect(bodies(tails)).toEqual(['body 1', 'body 2'])
    tails.entered(snapshot({ epoch: 'f' }))
    tails.message(message(1, { body: 'other' }))
    expect(bodies(tails)).toEqual(['other'])
  })

  it('[ST12] keeps no text of what was taken back', () => {
    const tails = createTails(9)
    tails.entered(snapshot())
    tails.message(message(1))
    tails.message(message(2, { kind: 'edit', target: 1, body: 'edited' }))
    tails.message(message(3, { kind: 'delete', target: 1, body: '' }))
    expect(bodies(tails)).toEqual(['', '', ''])
  })

  it('[ST11] keeps nothing of rooms that have no log', () => {
    const tails = createTails(9)
    const { seq: _seq, ...without } = message(1)
    expect([tails.message(message(1)), tails.message(without)]).toEqual([false, false])
  })
})
