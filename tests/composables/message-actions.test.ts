import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed } from 'vue'
import { useChatRoom } from '../../src/composables/index.ts'
import { ChatUsageError } from '../../src/core/index.ts'
import type { FakeServerOptions } from '../../src/testing.ts'
import { createTestChat, mount, settle } from './support.ts'

const bob = { id: 'b', name: 'Bob' }
let chat: ReturnType<typeof createTestChat>

beforeEach(() => {
  vi.useFakeTimers()
  chat = createTestChat()
})
afterEach(() => {
  chat.dispose()
  vi.useRealTimers()
})

const enter = async (options?: FakeServerOptions) => {
  if (options) {
    chat.dispose()
    chat = createTestChat(options)
  }
  const { result: room } = mount(() => useChatRoom('general'), chat.provide)
  await settle()
  return { room, row: (seq: number) => room.messages.value.find((one) => one.seq === seq)! }
}
/** A room where Bob said seq 1 and we said seq 2. */
const talk = async (options?: FakeServerOptions) => {
  const entered = await enter(options)
  chat.server.say('general', bob, 'hello')
  await settle()
  entered.room.send('hi')
  await settle()
  return entered
}
const sends = () => chat.server.received.filter((frame) => frame.type === 'send')

describe('useChatRoom', () => {
  it('[ED40] edits, takes back, reacts and answers, by row or by seq, and both sides see it', async () => {
    const { room, row } = await talk()
    const all = [room.edit(row(2), 'hi there'), room.react(1, '👍'), room.react(row(1), '🎉'), room.unreact(1, '👍')]
    room.send('I said', { replyTo: row(2) })
    room.send('you said', { replyTo: 1 })
    expect(row(2)).toMatchObject({ body: 'hi' })
    await settle()
    for (const { settled } of all) expect(await settled).toMatchObject({ ok: true })
    expect(row(2)).toMatchObject({ body: 'hi there', isEdited: true })
    expect(row(1).reactions).toMatchObject([{ emoji: '🎉', count: 1, isOwn: true }])
    expect(room.messages.value.map(({ quote }) => quote?.body)).toEqual([undefined, undefined, 'hi there', 'hello'])
    expect(chat.server.log('general').map(({ kind, target, replyTo }) => [kind, target ?? replyTo])).toEqual([
      ['message', undefined],
      ['message', undefined],
      ['edit', 2],
      ['react', 1],
      ['react', 1],
      ['unreact', 1],
      ['message', 2],
      ['message', 1],
    ])
    room.remove(2)
    await settle()
    expect(row(2)).toMatchObject({ body: '', isDeleted: true })
    expect(chat.server.log('general')[1]).toMatchObject({ body: '', deleted: true })
    expect(JSON.stringify(chat.server.log('general'))).not.toContain('hi there')
  })

  it('[ED41] refuses at once what the server would, with its code', async () => {
    const { room, row } = await talk()
    room.remove(2)
    await settle()
    const asked = sends().length
    const codes = [room.edit(1, 'x'), room.remove(row(1)), room.edit(2, 'x'), room.react(row(2), '👍')].map(async ({ settled }) => {
      const outcome = await settled
      return outcome.ok || outcome.error.code
    })
    expect(await Promise.all(codes)).toEqual(['forbidden', 'forbidden', 'target_deleted', 'target_deleted'])
    expect(sends()).toHaveLength(asked)
    const { settled } = room.edit(77, 'x')
    await settle()
    expect(await settled).toMatchObject({ ok: false, error: { code: 'target_not_found', retryable: false } })
  })

  it('[ED42] can what the server says, and asks nothing else of it', async () => {
    const { room, row } = await talk({ features: ['reactions'] })
    expect(room.can).toMatchObject({ history: true, reactions: true, edits: false, replies: false })
    expect(await room.edit(2, 'x').settled).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    expect(await room.remove(2).settled).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    room.react(2, '👍')
    room.send('plain', { replyTo: 1 })
    await settle()
    expect(row(2).reactions).toHaveLength(1)
    expect(chat.server.log('general').at(-1)).not.toHaveProperty('replyTo')
    expect(sends().filter(({ kind }) => kind === 'edit' || kind === 'delete')).toEqual([])
  })

  it('[ED42] can is read anew when the server has told', async () => {
    chat.dispose()
    chat = createTestChat({ features: [] })
    const { result: room } = mount(() => useChatRoom('general'), chat.provide)
    const edits = computed(() => room.can.edits)
    // Before it has told, what the dialect has counts: something may have been kept from last time.
    expect(edits.value).toBe(true)
    await settle()
    expect(edits.value).toBe(false)
  })

  it('[ED43] undoes what the server refuses, and tells why at the row, where it can be sent again or discarded', async () => {
    const { room, row } = await talk()
    let refuse = (): void => {}
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      refuse = () => push({ type: 'error', clientId: frame.clientId, code: 'reaction_limit', message: 'no', retry: false })
      return true
    })
    const before = row(1)
    const { clientId, settled } = room.react(1, '👍')
    await settle()
    expect(row(1).reactions).toMatchObject([{ isPending: true }])
    refuse()
    await settle()
    expect(await settled).toMatchObject({ ok: false, error: { code: 'reaction_limit' } })
    expect(row(1)).toMatchObject({ failedChange: { clientId, kind: 'react', body: '👍', error: { code: 'reaction_limit' } } })
    expect(row(1).reactions).toBeUndefined()
    expect(room.retry(clientId)).toBe(true)
    await settle()
    expect(row(1).reactions).toMatchObject([{ isPending: true }])
    refuse()
    await settle()
    expect(room.cancel(clientId)).toBe(true)
    await settle()
    expect(row(1)).toEqual(before)
  })

  it('[ED43] forgets what came too late for its message', async () => {
    const { room, row } = await talk()
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', clientId: frame.clientId, code: 'target_deleted', message: 'no', retry: false })
      return true
    })
    const { clientId, settled } = room.react(1, '👍')
    await settle()
    expect(await settled).toMatchObject({ ok: false, error: { code: 'target_deleted' } })
    expect(row(1).failedChange).toBeUndefined()
    expect(room.retry(clientId)).toBe(false)
  })

  it('[ED44] sends what was done offline in order, once', async () => {
    const { room, row } = await talk()
    chat.server.refuse(true)
    chat.server.drop()
    await settle()
    room.edit(2, 'first')
    room.edit(2, 'second')
    room.react(1, '👍')
    await settle()
    expect(row(2)).toMatchObject({ body: 'second', pendingChange: 'edit' })
    chat.server.refuse(false)
    await vi.advanceTimersByTimeAsync(31_000)
    expect(chat.server.log('general').map(({ body }) => body)).toEqual(['hello', 'hi', 'first', 'second', '👍'])
    expect(row(2)).toMatchObject({ body: 'second', isEdited: true })
    expect(row(2)).not.toHaveProperty('pendingChange')
  })

  it('[ED44] shows what others did while it was away', async () => {
    const { row } = await talk()
    chat.server.drop()
    chat.server.say('general', bob, 'hello all', { kind: 'edit', target: 1 })
    chat.server.say('general', bob, '👍', { kind: 'react', target: 2 })
    await vi.advanceTimersByTimeAsync(31_000)
    expect(row(1)).toMatchObject({ body: 'hello all', isEdited: true })
    expect(row(2).reactions).toMatchObject([{ emoji: '👍', isOwn: false }])
  })

  it('[ED45] takes back what still waits without asking the server', async () => {
    const { room } = await talk()
    chat.server.refuse(true)
    chat.server.drop()
    room.send('never mind')
    await settle()
    const waiting = room.messages.value.at(-1)!
    expect(await room.edit(waiting, 'x').settled).toMatchObject({ ok: false, error: { code: 'target_not_found' } })
    expect(await room.remove(waiting).settled).toMatchObject({ ok: true })
    await settle()
    expect(room.messages.value).toHaveLength(2)
  })

  it.each([-1, 0, 1.5, NaN, Infinity, 2 ** 53])('[ED46] tells the caller that %s is no seq', async (seq) => {
    const { room } = await talk()
    const tries = [() => room.edit(seq, 'x'), () => room.remove(seq), () => room.react(seq, 'x'), () => room.unreact(seq, 'x'), () => room.send('x', { replyTo: seq })]
    for (const wrong of tries) expect(wrong).toThrow(ChatUsageError)
  })

  it('[ED32] finds older rows behind pages of nothing but reactions', async () => {
    chat.dispose()
    chat = createTestChat({ limits: { pageSize: 10 } })
    for (let i = 1; i <= 12; i++) chat.server.say('general', bob, `m${i}`)
    for (let i = 0; i < 40; i++) chat.server.say('general', { id: `u${i}`, name: 'U' }, '👍', { kind: 'react', target: 3 })
    const { room, row } = await enter()
    expect(room.messages.value).toEqual([])
    expect(room.hasOlder.value).toBe(true)
    const load = room.loadOlder()
    await settle()
    expect(await load).toMatchObject({ ok: true })
    expect(room.messages.value.map(({ body }) => body)).toContain('m12')
    while (room.hasOlder.value) {
      const more = room.loadOlder()
      await settle()
      await more
    }
    expect(room.messages.value).toHaveLength(12)
    expect(row(3).reactions).toMatchObject([{ emoji: '👍', count: 40 }])
  })
})

describe('the fake server', () => {
  const say = (body: string, about?: Parameters<typeof chat.server.say>[3], from = bob) => chat.server.say('general', from, body, about)

  it('[ED47] takes changes, and makes no event of what changes nothing', () => {
    say('hello')
    expect(say('👍', { kind: 'react', target: 1 }).seq).toBe(2)
    expect(say('👍', { kind: 'react', target: 1 }).seq).toBe(2)
    expect(say('👍', { kind: 'unreact', target: 1 }).seq).toBe(3)
    expect(say('better', { kind: 'edit', target: 1 }).seq).toBe(4)
    expect(say('', { kind: 'delete', target: 1 }).seq).toBe(5)
    expect(say('', { kind: 'delete', target: 1 }).seq).toBe(5)
    expect(chat.server.log('general').map(({ body, deleted = false }) => [body, deleted])).toEqual([['', true], ['👍', false], ['👍', false], ['', true], ['', false]])
  })

  it.each([
    ['forbidden', 'x', { kind: 'edit', target: 1 }],
    ['target_not_found', 'x', { kind: 'edit', target: 9 }],
    ['target_not_found', 'x', { replyTo: 9 }],
    ['target_not_found', '👍', { kind: 'unreact', target: 1 }],
    ['target_deleted', '👍', { kind: 'react', target: 2 }],
    ['body_empty', ' ', { kind: 'edit', target: 1 }],
    ['body_too_long', 'x'.repeat(33), { kind: 'react', target: 1 }],
    ['body_invalid', 'a\nb', { kind: 'react', target: 1 }],
  ] as const)('[ED47] refuses as %s', (code, body, about) => {
    say('of another', undefined, { id: 'a', name: 'Ann' })
    say('mine')
    say('', { kind: 'delete', target: 2 })
    expect(() => say(body, about)).toThrow(code)
    expect(chat.server.log('general')).toHaveLength(3)
  })
})
