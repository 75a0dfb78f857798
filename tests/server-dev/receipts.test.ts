import { describe, expect, it } from 'vitest'
import { EPHEMERAL_LIMIT } from '../../server-dev/hub.ts'
import { createReceipts, MAX_AUDIENCE, MAX_MARKS } from '../../server-dev/receipts/receipts.ts'
import { openStore } from '../../server-dev/store.ts'
import type { Mark } from '../../src/protocol/entities.ts'
import { testMember, type TestMember } from './support/member.ts'

type Frame = { readonly room: string; readonly marks: readonly Mark[] }

const member = (id: string) => testMember<Frame>(id, ['g'])

const setUp = ({ top = 10, count }: { top?: number; count?: number } = {}) => {
  const store = openStore({ database: ':memory:' })
  const seats = new Map<TestMember<Frame>, unknown>()
  const timers: { ms: number; run: () => void }[] = []
  const failures: unknown[] = []
  let isBroken = false
  const receipts = createReceipts<TestMember<Frame>>({
    room: (name) => (name === 'g' ? { top, seats, count: () => count ?? new Set([...seats.keys()].map(({ user }) => user.id)).size } : undefined),
    rows: () => {
      if (isBroken) throw new Error('disk full')
      return store.marks
    },
    onFailure: (error) => failures.push(error),
    after(ms, run) {
      const timer = { ms, run }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
  })
  const enter = (id: string): TestMember<Frame> => {
    const one = member(id)
    seats.set(one, undefined)
    return one
  }
  const run = (): void => {
    for (const timer of timers.splice(0)) timer.run()
  }
  return { store, receipts, enter, run, timers, failures, breakDisk: (on: boolean) => (isBroken = on) }
}

describe('receipts', () => {
  it('[RD1] marks never go back and never pass the newest event; reading includes receiving', () => {
    const { receipts, enter } = setUp({ top: 10 })
    const [ada, bob] = [enter('ada'), enter('bob')]
    receipts.mark(ada, 'g', { received: 4 })
    receipts.mark(ada, 'g', { read: 7 })
    receipts.mark(ada, 'g', { read: 2, received: 3 })
    expect(receipts.told('g', bob.user)).toEqual([{ user: ada.user, read: 7, received: 7 }])
    receipts.mark(ada, 'g', { read: 9_000_000 })
    expect(receipts.told('g', bob.user)).toEqual([{ user: ada.user, read: 10, received: 10 }])
  })

  it('[RD2] what moves within a moment is told in one frame with the last values, to the others and to own devices', () => {
    const { receipts, enter, run } = setUp()
    const [ada, phone, bob, eve] = [enter('ada'), enter('ada'), enter('bob'), enter('eve')]
    for (let read = 1; read <= 10; read++) receipts.mark(ada, 'g', { read })
    expect(bob.got).toEqual([])
    run()
    const marks = [{ user: ada.user, read: 10, received: 10 }]
    for (const one of [phone, bob, eve]) expect(one.got).toEqual([{ type: 'marks', room: 'g', marks }])
    expect(ada.got).toEqual([])
    receipts.mark(bob, 'g', { received: 3 })
    receipts.mark(eve, 'g', { received: 4 })
    run()
    expect(ada.got).toHaveLength(1)
    expect(ada.got[0]!.marks).toHaveLength(2)
  })

  it('[RD3] what moves within a moment is one write; a disk that fails keeps nobody from being told, and is tried again', () => {
    const { receipts, store, enter, run, failures, breakDisk } = setUp()
    const [ada, bob] = [enter('ada'), enter('bob')]
    let writes = 0
    const save = store.marks.save.bind(store.marks)
    Object.assign(store.marks, { save: (marks: Parameters<typeof save>[0]) => (writes++, save(marks)) })
    for (let read = 1; read <= 5; read++) {
      receipts.mark(ada, 'g', { read })
      receipts.mark(bob, 'g', { read })
    }
    expect(store.marks.of('g', 'ada')).toBeUndefined()
    run()
    expect(writes).toBe(1)
    expect(store.marks.of('g', 'ada')).toMatchObject({ read: 5 })
    receipts.mark(ada, 'g', { read: 8 })
    breakDisk(true)
    run()
    expect(failures).toHaveLength(1)
    expect(bob.got.at(-1)!.marks).toEqual([{ user: ada.user, read: 8, received: 8 }])
    breakDisk(false)
    run()
    expect(store.marks.of('g', 'ada')).toMatchObject({ read: 8 })
  })

  it('[RD4] a connection that reads slowly gets the last marks when it can take more', () => {
    const { receipts, enter, run } = setUp()
    const [ada, bob] = [enter('ada'), enter('bob')]
    bob.waiting = EPHEMERAL_LIMIT + 1
    for (const read of [1, 5]) {
      receipts.mark(ada, 'g', { read })
      run()
    }
    expect(bob.got).toEqual([])
    expect(bob.lags).toBeGreaterThan(0)
    bob.waiting = 0
    receipts.mark(ada, 'g', { read: 6 })
    run()
    receipts.drained(bob)
    expect(bob.got).toEqual([{ type: 'marks', room: 'g', marks: [{ user: ada.user, read: 6, received: 6 }] }])
    receipts.drained(bob)
    expect(bob.got).toHaveLength(1)
  })

  it('[RD5] who enters is told 200 marks at most, their own first; what was there before they first came is no news', () => {
    const { receipts, enter } = setUp({ top: 500 })
    const bob = enter('bob')
    for (let i = 0; i < MAX_MARKS + 50; i++) receipts.mark(enter(`u${String(i)}`), 'g', { received: 5 })
    receipts.mark(bob, 'g', { received: 300 })
    const told = receipts.told('g', bob.user)
    expect(told[0]).toEqual({ user: bob.user, read: 300, received: 300 })
    expect(told).toHaveLength(MAX_MARKS + 1)
    expect(receipts.readBy('g', 'bob')).toBe(300)
    expect(receipts.told('g', { id: 'zoe', name: 'Zoe' }).find(({ user }) => user.id === 'bob')).toMatchObject({ read: 0, received: 300 })
    expect(receipts.readBy('g', 'zoe')).toBeUndefined()
  })

  it('[RD6] in a crowd everybody learns of their own marks only', () => {
    const { receipts, enter, run } = setUp({ count: MAX_AUDIENCE + 1 })
    const [ada, phone, bob] = [enter('ada'), enter('ada'), enter('bob')]
    receipts.mark(ada, 'g', { read: 3 })
    receipts.mark(bob, 'g', { read: 4 })
    run()
    expect(bob.got).toEqual([])
    expect(phone.got[0]!.marks).toEqual([{ user: ada.user, read: 3, received: 3 }])
    expect(receipts.told('g', bob.user)).toEqual([{ user: bob.user, read: 4, received: 4 }])
  })

  it('[RD7] a mark for a room that one is not in does nothing', () => {
    const { receipts, enter, timers } = setUp()
    const ada = enter('ada')
    ada.rooms.delete('g')
    receipts.mark(ada, 'g', { read: 3 })
    receipts.mark(ada, 'elsewhere', { read: 3 })
    expect(timers).toEqual([])
    expect(receipts.told('g', ada.user)).toEqual([])
  })
})
