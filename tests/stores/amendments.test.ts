import { describe, expect, it } from 'vitest'
import { ChatError, type MessageKind, type ReceivedMessage } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import type { ChatState, ChatStoreEvent } from '../../src/stores/room-types.ts'
import { acked, ada, bob, entered, history, message, play, room, stored, welcome } from './support.ts'

const change = (seq: number, kind: MessageKind, target: number, body = '', author = bob): ChatStoreEvent =>
  message(seq, { kind, target, body, author })
const doing = (clientId: string, kind: MessageKind, target: number, body = ''): ChatStoreEvent => ({
  type: 'queued',
  payload: { room: 'general', clientId, kind, target, body, createdAt: 5 },
})
const rejected = (clientId: string): ChatStoreEvent => ({
  type: 'rejected',
  payload: { room: 'general', clientId, error: new ChatError('forbidden', 'no') },
})
const page = (messages: readonly ReceivedMessage[], before: number, more = true): ChatStoreEvent => ({
  type: 'history',
  page: { room: 'general', messages, more },
  before,
})
const row = (state: ChatState, seq: number) => room(state).messages.find((one) => one.seq === seq)!
const start = play(welcome(), entered(), message(1), message(2), message(3))

describe('a row', () => {
  it('[ED21] shows the latest text, and that it was edited', () => {
    const state = apply(start, [change(4, 'edit', 1, 'second'), change(5, 'edit', 1, 'third')])
    expect(row(state, 1)).toMatchObject({ key: 'general:1', body: 'third', isEdited: true, createdAt: 1_001 })
    expect(room(state).messages).toHaveLength(3)
    expect(row(state, 2)).toBe(row(start, 2))
    expect(row(apply(state, [change(4, 'edit', 1, 'second')]), 1)).toBe(row(state, 1))
  })

  it('[ED21] that was deleted has no text, no reactions and no quote, whatever comes later', () => {
    const before = apply(start, [message(4, { replyTo: 1, author: bob }), change(5, 'react', 4, '👍', ada)])
    const state = apply(before, [change(6, 'delete', 4), change(7, 'react', 4, '🎉'), page([stored(4, { author: bob, replyTo: 1 }), stored(5, { kind: 'edit', target: 4, body: 'old text of message 4' })], 6)])
    expect(row(state, 4)).toEqual({ ...stored(4, { author: bob, body: '', replyTo: 1 }), key: 'general:4', isOwn: false, status: 'sent', isDeleted: true })
    expect(JSON.stringify([...room(state).notes.values()].flatMap((drawer) => [...drawer]))).not.toContain('message 4')
  })

  it('[ED21] that came without its text is a deleted one, also when the deletion itself is not known', () => {
    const state = apply(start, [page([stored(9, { body: '', isDeleted: true })], 10), page([stored(9)], 10)])
    expect(row(state, 9)).toMatchObject({ body: '', isDeleted: true })
    expect(row(apply(start, [message(4, { kind: 'edit', target: 1, body: '', isDeleted: true })]), 1)).toMatchObject({ body: '', isDeleted: true })
  })

  it('[ED22] counts reactions by emoji in the order in which they came, and knows ours', () => {
    const state = apply(start, [change(4, 'react', 1, '🎉'), change(5, 'react', 1, '👍', ada), change(6, 'react', 1, '🎉', ada)])
    expect(row(state, 1).reactions).toEqual([
      { emoji: '🎉', count: 2, isOwn: true, users: [bob, ada] },
      { emoji: '👍', count: 1, isOwn: true, users: [ada] },
    ])
    const after = apply(state, [change(7, 'unreact', 1, '👍', ada)])
    expect(row(after, 1).reactions).toEqual([{ emoji: '🎉', count: 2, isOwn: true, users: [bob, ada] }])
    expect(row(after, 1).reactions![0]).toBe(row(state, 1).reactions![0])
    expect(row(apply(after, [welcome(bob)]), 1).reactions).toMatchObject([{ isOwn: true }])
    expect(row(apply(after, [welcome({ id: 'u9', name: 'Guest' })]), 1).reactions).toMatchObject([{ isOwn: false }])
  })

  it('[ED23] quotes the message that it answers as it is now, as soon as that one is loaded', () => {
    const answer = apply(start, [message(8, { replyTo: 7 })])
    expect(row(answer, 8)).toMatchObject({ replyTo: 7 })
    expect(row(answer, 8).quote).toBeUndefined()
    const loaded = apply(answer, [page([stored(7)], 8)])
    expect(row(loaded, 8).quote).toEqual({ seq: 7, key: 'general:7', author: bob, body: 'message 7' })
    expect(row(apply(loaded, [change(9, 'react', 7, '👍')]), 8)).toBe(row(loaded, 8))
    expect(row(apply(loaded, [change(9, 'edit', 7, 'better')]), 8).quote).toMatchObject({ body: 'better' })
    expect(row(apply(loaded, [change(9, 'delete', 7)]), 8).quote).toMatchObject({ body: '', isDeleted: true })
  })

  it('[ED23] of ours that waits quotes too, and keeps its key when it is sent', () => {
    const queued: ChatStoreEvent = { type: 'queued', payload: { room: 'general', clientId: 'a', body: 'yes', replyTo: 1, createdAt: 5 } }
    const state = apply(start, [queued])
    expect(room(state).messages.at(-1)).toMatchObject({ key: 'a', status: 'sending', replyTo: 1, quote: { body: 'message 1' } })
    expect(room(apply(state, [change(4, 'edit', 1, 'better')])).messages.at(-1)).toMatchObject({ quote: { body: 'better' } })
    expect(room(apply(state, [acked('a', 4)])).messages.at(-1)).toMatchObject({ key: 'a', seq: 4, quote: { body: 'message 1' } })
  })

  it('[ED24] is changed by what came before it', () => {
    const state = apply(start, [change(20, 'edit', 10, 'better'), change(21, 'react', 10, '👍'), page([stored(10)], 11)])
    expect(row(state, 10)).toMatchObject({ body: 'better', isEdited: true, reactions: [{ emoji: '👍', count: 1 }] })
  })
})

describe('own changes', () => {
  it('[ED25] show at once as pending, and stay when the server has them', () => {
    const state = apply(start, [doing('e', 'edit', 2, 'better'), doing('r', 'react', 1, '👍'), doing('d', 'delete', 2)])
    expect(row(apply(start, [doing('e', 'edit', 2, 'better')]), 2)).toMatchObject({ body: 'better', isEdited: true, pendingChange: 'edit' })
    expect(row(state, 2)).toMatchObject({ body: '', isDeleted: true, pendingChange: 'delete' })
    expect(row(state, 1).reactions).toEqual([{ emoji: '👍', count: 1, isOwn: true, users: [ada], isPending: true }])
    const done = apply(state, [acked('e', 4), message(5, { kind: 'react', target: 1, body: '👍', author: ada, clientId: 'r' }), acked('d', 6)])
    expect(row(done, 2)).not.toHaveProperty('pendingChange')
    expect(row(done, 2)).toMatchObject({ body: '', isDeleted: true })
    expect(row(done, 1).reactions).toEqual([{ emoji: '👍', count: 1, isOwn: true, users: [ada] }])
    expect(room(done).messages).toHaveLength(3)
    expect(room(done).changing.size).toBe(0)
  })

  it.each(['rejected', 'cancelled'] as const)('[ED25] are undone when they are %s', (how) => {
    const before = apply(start, [change(4, 'react', 1, '👍', ada)])
    const changes = [doing('e', 'edit', 2, 'better'), doing('d', 'delete', 2), doing('r', 'react', 1, '🎉'), doing('u', 'unreact', 1, '👍')]
    const state = apply(before, changes)
    expect(row(state, 1).reactions).toMatchObject([{ emoji: '🎉' }])
    const back = apply(state, ['e', 'd', 'r', 'u'].map((clientId) => (how === 'rejected' ? rejected(clientId) : { type: how, payload: { room: 'general', clientId } })))
    const shown = room(back).messages.map(({ failedChange: _told, ...row }) => row)
    expect(shown).toEqual(room(before).messages)
  })

  it('[ED33] that are refused are told at their row, the last one first, until they are sent again or discarded', () => {
    const told = (state: ChatState) => row(state, 2).failedChange
    const retried: ChatStoreEvent = { type: 'retried', payload: { room: 'general', clientId: 'e' } }
    const cancelled = (clientId: string): ChatStoreEvent => ({ type: 'cancelled', payload: { room: 'general', clientId } })
    const both = apply(start, [doing('e', 'edit', 2, 'better'), doing('d', 'delete', 2), rejected('e'), rejected('d')])
    expect(row(both, 2)).toMatchObject({ body: row(start, 2).body })
    expect(told(both)).toMatchObject({ kind: 'delete', clientId: 'd', error: { code: 'forbidden' } })
    const one = apply(both, [cancelled('d')])
    expect(told(one)).toMatchObject({ kind: 'edit', clientId: 'e', body: 'better' })
    const again = apply(one, [retried])
    expect(row(again, 2)).toMatchObject({ body: 'better', pendingChange: 'edit' })
    expect(told(again)).toBeUndefined()
    const done = apply(again, [acked('e', 4)])
    expect(row(done, 2)).toMatchObject({ body: 'better', isEdited: true })
    expect(room(done).changing.size).toBe(0)
    expect(room(apply(one, [cancelled('e')])).messages).toEqual(room(start).messages)
  })

  it('[ED33] that the server has after all are not told any more', () => {
    const state = apply(start, [doing('e', 'edit', 2, 'better'), rejected('e'), message(4, { kind: 'edit', target: 2, body: 'better', author: ada, clientId: 'e' })])
    expect(row(state, 2)).toMatchObject({ body: 'better', isEdited: true, editedAt: 1004 })
    expect(row(state, 2).failedChange).toBeUndefined()
  })

  it('[ED25] that change nothing do not flicker: the ack has the seq of what is there', () => {
    const before = apply(start, [change(4, 'react', 1, '👍', ada), change(5, 'unreact', 1, '👍', ada)])
    const state = apply(before, [doing('again', 'react', 1, '👍'), acked('again', 4)])
    expect(row(state, 1).reactions).toBeUndefined()
    expect(row(apply(start, [change(4, 'react', 1, '👍', ada), doing('r', 'react', 1, '👍'), acked('r', 4)]), 1).reactions).toMatchObject([{ count: 1 }])
  })

  it('[ED26] a second edit is shown over the first one while both wait, and over an edit of another tab', () => {
    const state = apply(start, [doing('a', 'edit', 2, 'one'), doing('b', 'edit', 2, 'two'), change(4, 'edit', 2, 'from the other tab', ada)])
    expect(row(state, 2).body).toBe('two')
    expect(row(apply(state, [acked('a', 5)]), 2).body).toBe('two')
    expect(row(apply(state, [acked('a', 5), rejected('b')]), 2).body).toBe('one')
  })
})

describe('the log', () => {
  it('[ED27] changes are no rows, no news and no typing', () => {
    const typing: ChatStoreEvent = { type: 'typing', payload: { room: 'general', user: bob, on: true }, expiresAt: 9 }
    const state = apply(start, [typing, change(4, 'react', 2, '👍'), message(5, { kind: 'of a later version', author: bob })])
    expect(room(state).messages).toHaveLength(3)
    expect(room(state).unread).toBe(room(start).unread)
    expect(room(state).typing).toEqual([bob])
    expect(room(state).known).toEqual([[1, 5]])
  })

  it('[ED27] a resume after changes has no gap', () => {
    const state = apply(start, [change(4, 'react', 2, '👍'), entered({ top: 5, recovered: false }), message(5)])
    expect(room(state).gaps).toEqual([])
  })

  it('[ED28] a gap that ends in changes shows at the next row, and is filled from where it ends', () => {
    const gap: ChatStoreEvent = { type: 'gap', payload: { room: 'general', until: 10 } }
    const open = apply(start, [gap, change(10, 'react', 2, '👍'), change(11, 'edit', 2, 'x', ada)])
    expect([room(open).gaps, room(open).gapRows]).toEqual([[10], []])
    const state = apply(open, [message(12)])
    expect([room(state).gaps, room(state).gapRows]).toEqual([[10], [12]])
    const half = apply(state, [history([7, 8, 9], true, 10)])
    expect([room(half).gaps, room(half).gapRows]).toEqual([[7], [7]])
    expect(room(apply(half, [history([4, 5, 6], true, 7)])).gapRows).toEqual([])
  })

  it('[ED29] another log forgets what was done to the messages of the old one', () => {
    const state = apply(start, [change(4, 'edit', 1, 'better'), entered({ epoch: 'e2', top: 1 }), message(1)])
    expect(row(state, 1)).toMatchObject({ body: 'message 1' })
    expect(row(state, 1)).not.toHaveProperty('isEdited')
  })

  it('[ED30] keeps every row of 5,000 that a change does not touch', () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => message(i + 1))
    const before = play(welcome(), entered(), ...rows)
    const state = apply(before, [change(5_001, 'edit', 2_500, 'better')])
    const touched = room(state).messages.filter((one, i) => one !== room(before).messages[i])
    expect(touched.map((one) => one.seq)).toEqual([2_500])
  })
})
