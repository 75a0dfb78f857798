import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useChatRoom } from '../../src/composables/index.ts'
import type { FakeServerOptions } from '../../src/testing.ts'
import { createTestChat, mount, settle } from './support.ts'

const bob = { id: 'b', name: 'Bob' }
const cyd = { id: 'c', name: 'Cyd' }
let chat: ReturnType<typeof createTestChat>

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  chat.dispose()
  vi.useRealTimers()
})

/** A room where Bob said seq 1. */
const talk = async (options: FakeServerOptions = { owners: ['me', 'c'] }) => {
  chat = createTestChat(options)
  const { result: room } = mount(() => useChatRoom('general'), chat.provide)
  await settle()
  chat.server.say('general', bob, 'rude words')
  await settle()
  return { room, row: () => room.messages.value[0]! }
}
const deletions = () => chat.server.log('general').filter(({ kind }) => kind === 'delete')
const back = () => vi.advanceTimersByTimeAsync(31_000)

describe('useChatRoom().remove of a message of somebody else', () => {
  it('[MO6] is for those who may moderate, and shows at once', async () => {
    const { room, row } = await talk()
    expect(room.permissions.value).toMatchObject({ moderate: true })
    const { settled } = room.remove(row())
    await settle()
    expect(await settled).toMatchObject({ ok: true })
    expect(row()).toMatchObject({ body: '', isDeleted: true, deletedBy: { id: 'me' }, author: bob })
    expect(row()).not.toHaveProperty('pendingChange')
    expect(deletions()).toHaveLength(1)
  })

  it.each([
    ['a member', { owners: ['c'] }],
    ['anybody, where the server does not say so', {}],
  ])('[MO6] is refused at once to %s', async (_who, options) => {
    const { room, row } = await talk(options)
    expect(await room.remove(row()).settled).toMatchObject({ ok: false, error: { code: 'forbidden', retryable: false } })
    expect(row()).toMatchObject({ body: 'rude words' })
    expect(deletions()).toEqual([])
  })

  it('[MO6] is undone with the reason when the right was lost meanwhile', async () => {
    const { room, row } = await talk()
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', clientId: frame.clientId, code: 'forbidden', message: 'No.', retry: false })
      return true
    })
    room.remove(row())
    await settle()
    expect(row()).toMatchObject({ body: 'rude words', failedChange: { kind: 'delete', error: { code: 'forbidden' } } })
    expect(row()).not.toHaveProperty('deletedBy')
  })

  it('[MO6] is done once when it was said offline, or the answer was lost', async () => {
    const { room, row } = await talk()
    chat.server.refuse(true)
    chat.server.drop()
    room.remove(row())
    await settle()
    expect(row()).toMatchObject({ isDeleted: true, pendingChange: 'delete' })
    chat.server.refuse(false)
    await back()
    expect(row()).toMatchObject({ isDeleted: true, deletedBy: { id: 'me' } })
    expect(row()).not.toHaveProperty('pendingChange')
    expect(deletions()).toHaveLength(1)
  })

  it.each([
    ['its author', bob, undefined],
    ['another owner', cyd, cyd],
  ])('[MO7] names not us where %s was faster', async (_who, from, by) => {
    const { room, row } = await talk()
    chat.server.refuse(true)
    chat.server.drop()
    room.remove(row())
    chat.server.say('general', from, '', { kind: 'delete', target: 1 })
    chat.server.refuse(false)
    await back()
    expect(row()).toMatchObject({ isDeleted: true })
    expect(row()).not.toHaveProperty('pendingChange')
    expect(row().deletedBy).toEqual(by)
    expect(deletions()).toHaveLength(1)
  })
})
