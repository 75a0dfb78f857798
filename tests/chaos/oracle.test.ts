/** Each promise, broken by hand: the oracle has to see it, and nothing in what is right. */
import { describe, expect, it } from 'vitest'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatStoreEvent, type RoomState } from '../../src/stores/room-types.ts'
import { asShown, fold } from './support/fold.ts'
import { checkLog, type StoredRow } from './support/oracle.ts'
import { checkRendered } from './support/rendered.ts'
import { createCommonLog, watchWire } from './support/wire-rules.ts'

const collect = () => {
  const rules: string[] = []
  return { rules, report: (rule: string) => void rules.push(rule) }
}

const row = (seq: number, changes: Partial<StoredRow> = {}): StoredRow => ({
  seq, kind: 'message', sender: 'ada', clientId: `c${String(seq)}`, body: `text ${String(seq)}`, ts: seq, target: null, ...changes,
})
const said = (seq: number, changes: object = {}) => ({
  user: 'ada', room: 'hall', clientId: `c${String(seq)}`, body: `text ${String(seq)}`, kind: 'message' as const, page: 'a.1', isAcked: true, isRefused: false, isKept: false, outcome: undefined, ...changes,
})

describe('the log', () => {
  const check = (rows: readonly StoredRow[], sent: readonly ReturnType<typeof said>[], noops: readonly string[] = []): string[] => {
    const { rules, report } = collect()
    checkLog('hall', { rows, noops: new Set(noops) }, sent, report)
    return rules
  }

  it('[CH3] is right when every acked message is in it once, in the order of sending', () => {
    expect(check([row(1), row(2), row(3, { kind: 'delete', body: '', target: 1 })], [said(1), said(2), said(3, { kind: 'delete', body: '' })])).toEqual([])
    expect(check([row(1)], [said(1), said(2, { isAcked: false })])).toEqual([])
    expect(check([row(1)], [said(1), said(2, { isAcked: false, isKept: true, isRefused: true })])).toEqual([])
    expect(check([row(1)], [said(1), said(2, { kind: 'react', body: '+' })], ['ada/c2'])).toEqual([])
  })

  it.each([
    ['lost', [row(1)], [said(1), said(2)]],
    ['left-behind', [row(1)], [said(1), said(2, { isAcked: false, isKept: true })]],
    ['stored-twice', [row(1), row(2, { body: 'text 1' })], [said(1), said(2, { isAcked: false, body: 'text 1' })]],
    ['log-hole', [row(1), row(3)], [said(1), said(3, { isAcked: false })]],
    ['stored-out-of-order', [row(1, { clientId: 'c2', body: 'text 2' }), row(2, { clientId: 'c1', body: 'text 1' })], [said(1), said(2)]],
    ['stored-otherwise', [row(1, { body: 'forged' })], [said(1)]],
    ['stored-unsent', [row(1), row(2)], [said(1)]],
    ['time-back', [row(1, { ts: 5 }), row(2, { ts: 4 })], [said(1), said(2)]],
  ] as const)('[CH3] %s is seen', (rule, rows, sent) => {
    expect(check(rows, sent)).toContain(rule)
  })
})

describe('the list', () => {
  const message = (seq: number, body = `text ${String(seq)}`): ChatStoreEvent => ({
    type: 'message',
    payload: { room: 'hall', seq, clientId: `c${String(seq)}`, author: { id: 'bob', name: 'Bob' }, body, createdAt: seq },
  })
  const hall = (...events: readonly ChatStoreEvent[]): RoomState => apply(EMPTY_CHAT, events).rooms.get('hall')!
  const check = (before: RoomState | undefined, after: RoomState, event = message(1)): string[] => {
    const { rules, report } = collect()
    checkRendered(report, 'ada', [event], before, after)
    return rules
  }

  it('[CH4] may grow at its end, and at its start when older history was asked for', () => {
    expect(check(hall(message(1)), hall(message(1), message(2)))).toEqual([])
    const page: ChatStoreEvent = { type: 'history', page: { room: 'hall', messages: [], more: false }, before: 2 }
    expect(check(hall(message(2)), hall(message(1), message(2)), page)).toEqual([])
  })

  it('[CH4] a message twice, out of order, above others, or gone is seen', () => {
    const two = hall(message(1), message(2))
    const [first, second] = two.messages
    expect(check(undefined, { ...two, messages: [first!, first!] })).toContain('rendered-twice')
    expect(check(undefined, { ...two, messages: [first!, { ...first!, key: 'other', seq: 2 }] })).toContain('rendered-twice')
    expect(check(undefined, { ...two, messages: [second!, first!] })).toContain('rendered-out-of-order')
    expect(check(hall(message(2)), two)).toContain('rendered-late')
    expect(check(two, hall(message(2)))).toContain('rendered-lost')
  })

  it('[CH5] equals the log folded by other code: edits, deletions, reactions', () => {
    const rows = [
      row(1), row(2), row(3), row(4, { kind: 'edit', target: 1, body: 'edited' }), row(5, { kind: 'delete', target: 2, body: '' }),
      row(6, { kind: 'react', target: 3, body: '+' }), row(7, { kind: 'react', target: 3, body: '-' }), row(8, { kind: 'unreact', target: 3, body: '+' }),
    ]
    const events = rows.map(({ seq, kind, sender, clientId, body, ts, target }): ChatStoreEvent => ({
      type: 'message',
      payload: { room: 'hall', seq, kind, clientId, author: { id: sender, name: sender }, body, createdAt: ts, ...(target !== null && { target }) },
    }))
    expect(hall(...events).messages.map(asShown)).toEqual(fold(rows, 1))
    expect(fold(rows, 2)).toHaveLength(2)
  })
})

describe('the wire', () => {
  const event = (seq: number, changes: object = {}) => ({ room: 'hall', seq, kind: 'message', from: { id: 'ada', name: 'Ada' }, clientId: `c${String(seq)}`, ts: seq, body: `text ${String(seq)}`, ...changes })
  const joined = (since: number | undefined, top: number, seqs: readonly number[], recovered = since !== undefined) => ({ type: 'joined', id: 1, room: 'hall', title: '', epoch: 'e', top, first: 1, recovered, events: seqs.map((seq) => event(seq)), members: [], count: 0 })
  const play = (since: number | undefined, ...frames: readonly object[]): string[] => {
    const { rules, report } = collect()
    const watch = watchWire(report, createCommonLog(report, () => undefined), 'ada', 'ada')
    watch.sent(JSON.stringify({ type: 'join', id: 1, room: 'hall', ...(since !== undefined && { since: { epoch: 'e', seq: since } }) }))
    for (const frame of frames) watch.received(JSON.stringify(frame))
    return rules
  }
  const live = (seq: number, changes: object = {}) => ({ type: 'event', ...event(seq, changes) })
  const ack = (clientId: string, seq: number) => ({ type: 'ack', room: 'hall', clientId, seq, ts: 1 })

  it('[CH6] a whole answer, then one event after the other, with gaps that are told, is right', () => {
    expect(play(2, joined(2, 4, [3, 4]), live(5), { type: 'gap', room: 'hall', from: 6, top: 9 }, live(10), ack('c10', 10))).toEqual([])
    expect(play(undefined, joined(undefined, 0, []), live(1))).toEqual([])
  })

  it.each([
    ['part-for-whole', 2, [joined(2, 5, [3, 4])]],
    ['part-for-whole', 2, [joined(2, 5, [4, 5])]],
    ['part-for-whole', undefined, [joined(undefined, 5, [1, 2, 3])]],
    ['event-order', 2, [joined(2, 2, []), live(4)]],
    ['event-order', 2, [joined(2, 2, []), live(3), live(3)]],
    ['event-uninvited', undefined, [live(1)]],
    ['gap-lies', 2, [joined(2, 2, []), { type: 'gap', room: 'hall', from: 5, top: 9 }]],
    ['two-truths', 2, [joined(2, 3, [3]), { type: 'page', id: 2, room: 'hall', epoch: 'e', events: [event(3, { body: 'other' })], more: false }]],
    ['acked-twice', 2, [joined(2, 2, []), ack('c1', 7), ack('c1', 8)]],
  ] as const)('[CH6] %s is seen', (rule, since, frames) => {
    expect(play(since, ...frames)).toContain(rule)
  })
})
