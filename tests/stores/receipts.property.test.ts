import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mark } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatState, type ChatStoreEvent } from '../../src/stores/room-types.ts'
import { ada, bob, entered, history, message, welcome } from './support.ts'

const LENGTH = 20
const users = [ada, bob, { id: 'u3', name: 'Eve' }, { id: 'u4', name: 'Zoe' }]
const RANK = ['sent', 'delivered', 'read']

const mark: fc.Arbitrary<Mark> = fc.record({
  user: fc.constantFrom(...users),
  read: fc.integer({ min: 0, max: LENGTH }),
  received: fc.integer({ min: 0, max: LENGTH }),
})
const told = mark.map<ChatStoreEvent>((one) => ({ type: 'marks', payload: { room: 'general', marks: [one] } }))
const log = Array.from({ length: LENGTH }, (_, i) => message(i + 1))
const own = (state: ChatState) => state.rooms.get('general')!.messages.filter(({ isOwn }) => isOwn)
const one = (state: ChatState, events: readonly ChatStoreEvent[]): ChatState => events.reduce((now, event) => apply(now, [event]), state)

const start = apply(EMPTY_CHAT, [{ type: 'visible', on: false }, welcome(), entered({ top: 0 })])

describe('marks in any order', () => {
  it('[RD30] lead to the same statuses, readers and unread count, whatever the order of marks and messages, one by one or together', () => {
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 20 }).chain((marks) =>
          fc.tuple(fc.constant(marks), fc.shuffledSubarray(marks, { minLength: marks.length, maxLength: marks.length }), fc.integer({ min: 0, max: marks.length })),
        ),
        fc.constantFrom('someone' as const, false as const),
        ([marks, shuffled, at], rule) => {
          const ruled = apply(start, [{ type: 'receiptRule', rule }])
          const straight = one(apply(ruled, log), marks)
          const mixed = apply(ruled, [...shuffled.slice(0, at), ...log, ...shuffled.slice(at)])
          const twice = one(one(ruled, shuffled), [...log, ...shuffled])
          const pages = one(apply(ruled, log.slice(10)), [...shuffled, history(Array.from({ length: 10 }, (_, i) => i + 1), false, 11)])
          for (const other of [mixed, twice, pages]) {
            expect(own(other).map(({ seq, status }) => [seq, status])).toEqual(own(straight).map(({ seq, status }) => [seq, status]))
            const [a, b] = [other.rooms.get('general')!, straight.rooms.get('general')!]
            expect(a.unread).toBe(b.unread)
            expect(a.read).toBe(b.read)
            expect(new Map(a.receipts.marks)).toEqual(new Map(b.receipts.marks))
          }
        },
      ),
    )
  })

  it('[RD31] never take back what a message has reached, and change no row for nothing', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 30 }), fc.constantFrom('someone' as const, 'everyone' as const, false as const), (marks, rule) => {
        let now = apply(apply(start, log), [{ type: 'receiptRule', rule }])
        for (const event of marks) {
          const next = apply(now, [event])
          own(next).forEach((row, i) => {
            const before = own(now)[i]!
            expect(RANK.indexOf(row.status)).toBeGreaterThanOrEqual(RANK.indexOf(before.status))
            if (row.status === before.status) expect(row).toBe(before)
          })
          now = next
        }
      }),
    )
  })
})
