import { describe, expect, it } from 'vitest'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatStoreEvent } from '../../src/stores/room-types.ts'
import { ada, bob, entered, welcome } from './support.ts'

const cyd = { id: 'u3', name: 'Cyd' }
const said = { room: 'general', seq: 1, clientId: 'b1', author: bob, body: 'rude words', createdAt: 1 }
const queued: ChatStoreEvent = { type: 'queued', payload: { room: 'general', clientId: 'd1', kind: 'delete', target: 1, body: '', createdAt: 2 } }
const acked = (duplicate: boolean): ChatStoreEvent => ({ type: 'acked', payload: { room: 'general', clientId: 'd1', seq: 2, createdAt: 2, ...(duplicate && { duplicate }) } })
const deletion = (author: typeof ada, clientId: string): ChatStoreEvent => ({ type: 'message', payload: { room: 'general', seq: 2, clientId, author, kind: 'delete', target: 1, body: '', createdAt: 2 } })

/** The row after all of this, one by one. Ada is the one who looks. */
const after = (...events: readonly ChatStoreEvent[]) =>
  [welcome(ada), entered({ top: 1 }), { type: 'message', payload: said } as const, ...events].reduce((state, event) => apply(state, [event]), EMPTY_CHAT).rooms.get('general')!.messages[0]!

describe('who deleted a message', () => {
  it('[MO7] is we where the answer says that it was new, whatever comes first', () => {
    for (const events of [[queued, acked(false)], [queued, acked(false), deletion(ada, 'd1')], [queued, deletion(ada, 'd1'), acked(false)]]) {
      expect(after(...events)).toMatchObject({ isDeleted: true, deletedBy: ada })
    }
  })

  it('[MO7] is nobody as long as only a repeated answer tells, and then whoever the log names', () => {
    expect(after(queued, acked(true))).toMatchObject({ isDeleted: true, body: '' })
    expect(after(queued, acked(true))).not.toHaveProperty('deletedBy')
    expect(after(queued, acked(true), deletion(cyd, 'c1'))).toMatchObject({ deletedBy: cyd })
    expect(after(queued, deletion(cyd, 'c1'), acked(true))).toMatchObject({ deletedBy: cyd })
    expect(after(queued, acked(true), deletion(bob, 'b2'))).not.toHaveProperty('deletedBy')
  })

  it('[MO7] stays whoever the log named, and the row the same object', () => {
    const once = after(queued, deletion(cyd, 'c1'), acked(true))
    expect(after(queued, deletion(cyd, 'c1'), acked(true), deletion(ada, 'x'))).toEqual(once)
  })
})
