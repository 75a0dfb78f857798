import { describe, expect, it } from 'vitest'
import type { Mark } from '../../src/core/index.ts'
import { readersOf } from '../../src/stores/receipts.ts'
import { apply } from '../../src/stores/room-state.ts'
import type { ChatStoreEvent } from '../../src/stores/room-types.ts'
import { acked, ada, bob, entered, history, message, play, queued, room, welcome } from './support.ts'

const eve = { id: 'u3', name: 'Eve' }
const mark = (user: Mark['user'], read: number, received = read): Mark => ({ user, read, received })
const marks = (...all: Mark[]): ChatStoreEvent => ({ type: 'marks', payload: { room: 'general', marks: all } })
const on: ChatStoreEvent = { type: 'watched', room: 'general', on: true }
const off: ChatStoreEvent = { type: 'watched', room: 'general', on: false }
const visible = (is: boolean): ChatStoreEvent => ({ type: 'visible', on: is })
const inView = (upTo: number): ChatStoreEvent => ({ type: 'inView', room: 'general', upTo })
const messages = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i))
/** Even seqs are Ada's, and she is who looks. */
const statuses = (state: ReturnType<typeof play>) => room(state).messages.filter(({ isOwn }) => isOwn).map(({ status }) => status)

describe('what became of own messages', () => {
  const talk = play(welcome(), entered({ top: 6 }), ...messages(1, 6))

  it('[RD10] an own message is delivered when one of the others has it, and read when one of them has seen it', () => {
    expect(statuses(talk)).toEqual(['sent', 'sent', 'sent'])
    const got = apply(talk, [marks(mark(bob, 0, 4))])
    expect(statuses(got)).toEqual(['delivered', 'delivered', 'sent'])
    const seen = apply(got, [marks(mark(eve, 2, 6))])
    expect(statuses(seen)).toEqual(['read', 'delivered', 'delivered'])
    expect(room(seen).messages.filter(({ isOwn }) => !isOwn).every(({ status }) => status === 'sent')).toBe(true)
  })

  it('[RD11] only rows whose status changes are new; marks that say nothing new change nothing', () => {
    const before = apply(talk, [marks(mark(bob, 2, 6))])
    const after = apply(before, [marks(mark(bob, 4, 6))])
    const changed = room(after).messages.filter((row, i) => row !== room(before).messages[i])
    expect(changed.map(({ seq }) => seq)).toEqual([4])
    expect(apply(after, [marks(mark(bob, 3, 5))])).toBe(after)
    expect(room(apply(after, [marks(mark(bob, 5, 6))])).messages).toBe(room(after).messages)
  })

  it('[RD12] messages that come later have the status of their place: acks, echoes, older pages, another device', () => {
    const told = play(welcome(), entered({ top: 6, marks: [mark(bob, 4, 8)] }), ...messages(5, 6))
    expect(statuses(told)).toEqual(['delivered'])
    expect(statuses(apply(told, [history([1, 2, 3, 4], false, 5)]))).toEqual(['read', 'read', 'delivered'])
    const sent = apply(told, [queued('c8'), message(7), acked('c8', 8)])
    expect(room(sent).messages.at(-1)).toMatchObject({ key: 'c8', status: 'delivered' })
  })

  it('[RD13] an edit, a reaction or an answer leaves the status as it is', () => {
    const read = apply(talk, [marks(mark(bob, 6))])
    const edited = apply(read, [
      message(7, { kind: 'edit', target: 4, author: ada, body: 'better' }),
      message(8, { kind: 'react', target: 4, author: bob, body: '👍' }),
      message(9, { replyTo: 4, body: 'yes' }),
    ])
    expect(room(edited).messages[3]).toMatchObject({ seq: 4, status: 'read', body: 'better', isEdited: true })
    const again = apply(apply(talk, [message(7, { kind: 'edit', target: 4, author: ada, body: 'better' })]), [marks(mark(bob, 6))])
    expect(room(again).messages[3]).toMatchObject({ seq: 4, status: 'read', body: 'better' })
    expect(room(apply(again, [message(8, { kind: 'react', target: 4, author: bob, body: '👍' })])).messages[3]).toMatchObject({ status: 'read' })
  })

  it('[RD14] another log forgets all marks', () => {
    const read = apply(talk, [marks(mark(bob, 6), mark(ada, 6))])
    const anew = apply(read, [entered({ epoch: 'e2', top: 2 }), message(1), message(2)])
    expect(statuses(anew)).toEqual(['sent'])
    expect(room(anew)).toMatchObject({ read: undefined, readBefore: undefined })
  })

  it('[RD15] "everyone" waits for all who are there and all who ever told a mark, and nothing goes back when somebody comes', () => {
    const everyone = apply(talk, [{ type: 'receiptRule', rule: 'everyone' }, { type: 'presence', payload: { room: 'general', count: 3, joined: [eve], left: [] } }])
    const one = apply(everyone, [marks(mark(bob, 6))])
    expect(statuses(one)).toEqual(['sent', 'sent', 'sent'])
    const both = apply(one, [marks(mark(eve, 2, 4))])
    expect(statuses(both)).toEqual(['read', 'delivered', 'sent'])
    const third = apply(both, [{ type: 'presence', payload: { room: 'general', count: 4, joined: [{ id: 'u4', name: 'Zoe' }], left: [] } }])
    expect(statuses(third)).toEqual(['read', 'delivered', 'sent'])
  })

  it('[RD16] with reads switched off a message is delivered at most', () => {
    expect(statuses(apply(talk, [{ type: 'receiptRule', rule: false }, marks(mark(bob, 6))]))).toEqual(['delivered', 'delivered', 'delivered'])
  })

  it('[RD17] who has read a message is told of the others only', () => {
    const read = apply(talk, [marks(mark(ada, 6), mark(bob, 4), mark(eve, 6))])
    expect(readersOf(room(read).receipts, 4)).toEqual([bob, eve])
    expect(readersOf(room(read).receipts, 5)).toEqual([eve])
  })

  it('[RD18] rows from the disk that turn out to be ours get their status', () => {
    const cached = play(entered({ top: 4 }), ...messages(1, 4))
    const known = apply(cached, [welcome(), entered({ top: 4, recovered: true, marks: [mark(bob, 2, 4)] })])
    expect(statuses(known)).toEqual(['read', 'delivered'])
  })
})

describe('what we have read', () => {
  it('[RD20] after a reload what is beyond our own mark is unread, and what another device reads is read here', () => {
    const loaded = play(visible(false), welcome(), entered({ top: 6, marks: [mark(ada, 2, 6)] }), ...messages(1, 6))
    expect(room(loaded)).toMatchObject({ unread: 2, read: 2 })
    expect(room(apply(loaded, [marks(mark(ada, 4, 6))])).unread).toBe(1)
    expect(room(apply(loaded, [marks(mark(ada, 6))])).unread).toBe(0)
    expect(room(apply(loaded, [marks(mark(ada, 1))])).unread).toBe(2)
  })

  it('[RD21] without a mark of ours what was there before is no news', () => {
    const loaded = play(visible(false), welcome(), entered({ top: 6 }), ...messages(1, 6))
    expect(room(loaded)).toMatchObject({ unread: 0, read: undefined })
    expect(room(apply(loaded, messages(7, 9))).unread).toBe(2)
  })

  it('[RD22] what comes at the end of a list in view is read at once; further up it is unread until it is scrolled to', () => {
    const open = play(welcome(), entered({ top: 2 }), ...messages(1, 2), on)
    expect(room(open)).toMatchObject({ read: 2, unread: 0 })
    expect(room(apply(open, messages(3, 4)))).toMatchObject({ read: 4, unread: 0 })
    const up = apply(open, [inView(1), ...messages(3, 7)])
    expect(room(up)).toMatchObject({ read: 2, unread: 3 })
    expect(room(apply(up, [inView(5)]))).toMatchObject({ read: 5, unread: 1 })
    expect(room(apply(up, [inView(Infinity)]))).toMatchObject({ read: 7, unread: 0 })
  })

  it('[RD23] nothing is read while the page is hidden or the room is off screen', () => {
    const hidden = play(welcome(), entered({ top: 2 }), on, visible(false), ...messages(3, 5), inView(5))
    expect(room(hidden)).toMatchObject({ read: undefined, unread: 2 })
    expect(room(apply(hidden, [visible(true)]))).toMatchObject({ read: 5, unread: 0 })
    const away = apply(apply(hidden, [off]), [visible(true)])
    expect(room(away)).toMatchObject({ read: undefined, unread: 2 })
  })

  it('[RD24] where the unread ones began is known although being there has read them', () => {
    const opened = play(welcome(), on, entered({ top: 6, marks: [mark(ada, 2, 6)] }), ...messages(1, 6))
    expect(room(opened)).toMatchObject({ read: 6, readBefore: 2, unread: 0 })
    const back = apply(apply(opened, [off, ...messages(7, 9)]), [on])
    expect(room(back)).toMatchObject({ read: 9, readBefore: 6 })
  })

  it('[RD25] nothing that one person has read is claimed for the next who signs in', () => {
    const first = play(welcome(), entered({ top: 2 }), ...messages(1, 2), on)
    expect(room(first).read).toBe(2)
    const second = apply(first, [off, welcome({ id: 'u9', name: 'Zed' })])
    expect(room(second)).toMatchObject({ read: undefined, unread: 0 })
  })
})
