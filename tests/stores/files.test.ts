import { describe, expect, it } from 'vitest'
import type { Attachment } from '../../src/core/index.ts'
import { apply } from '../../src/stores/room-state.ts'
import { EMPTY_CHAT, type ChatStoreEvent } from '../../src/stores/room-types.ts'

const ada = { id: 'ada', name: 'Ada' }
const file = (id: string): Attachment => ({ id, name: `${id}.png`, type: 'image/png', size: 1, url: `files/${id}` })
const general = { room: 'general' } as const
const entered: ChatStoreEvent = { type: 'entered', payload: { ...general, title: 'General', epoch: 'e', top: 0, first: 1, recovered: false, members: [], count: 0 } }
const rows = (...events: ChatStoreEvent[]) => apply(EMPTY_CHAT, [{ type: 'welcome', payload: { user: ada, rooms: [] } }, entered, ...events]).rooms.get('general')!.messages
const message = (seq: number, more: object): ChatStoreEvent => ({ type: 'message', payload: { ...general, seq, clientId: `c-${String(seq)}`, author: ada, body: '', createdAt: seq, ...more } })

describe('files and mentions of rows', () => {
  it('[ATT52] a deletion takes them out of the row, and a quote shows files only where there is no text', () => {
    const answer = message(2, { body: 'nice', replyTo: 1 })
    const both = rows(message(1, { attachments: [file('a')], mentions: ['bob'] }), answer)
    expect(both[0]).toMatchObject({ attachments: [{ id: 'a' }], mentions: ['bob'] })
    expect(both[1]!.quote).toMatchObject({ body: '', attachments: [{ id: 'a' }] })
    const gone = rows(message(1, { attachments: [file('a')], mentions: ['bob'] }), answer, message(3, { kind: 'delete', target: 1 }))
    expect(gone[0]).toMatchObject({ body: '', isDeleted: true })
    expect(gone[0]).not.toHaveProperty('attachments')
    expect(gone[0]).not.toHaveProperty('mentions')
    expect(gone[1]!.quote).not.toHaveProperty('attachments')
  })

  it('[ATT52] an edit says anew who is spoken to, and keeps the files', () => {
    const edited = (mentions?: string[]) => rows(message(1, { body: 'old', attachments: [file('a')], mentions: ['bob'] }), message(2, { kind: 'edit', target: 1, body: 'new', ...(mentions && { mentions }) }))[0]
    expect(edited(['cleo'])).toMatchObject({ body: 'new', mentions: ['cleo'], attachments: [{ id: 'a' }] })
    expect(edited()).not.toHaveProperty('mentions')
  })

  it('[ATT52] of those who are spoken to the server\'s word counts', () => {
    const queued: ChatStoreEvent = { type: 'queued', payload: { ...general, clientId: 'c-1', body: 'hi', createdAt: 1, mentions: ['bob', 'nobody'] } }
    const acked: ChatStoreEvent = { type: 'acked', payload: { ...general, clientId: 'c-1', seq: 1, createdAt: 1 } }
    expect(rows(queued, acked)[0]).toMatchObject({ mentions: ['bob', 'nobody'] })
    expect(rows(queued, acked, message(1, { body: 'hi', mentions: ['bob'] }))[0]).toMatchObject({ mentions: ['bob'] })
  })
})
