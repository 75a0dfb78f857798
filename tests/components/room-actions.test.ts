import { describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { useRoomActions } from '../../src/components/ChatRoom/useRoomActions.ts'
import { useMessageDraftTarget, type UseChatRoomReturn } from '../../src/composables/index.ts'
import type { ChatMessage, RoomPermissions } from '../../src/core/index.ts'
import { message, own } from './support/samples.ts'

const ALL: RoomPermissions = { send: true, react: true, attach: true, invite: true, manage: false }
const mine = own('a', 'sent', { seq: 3 })

const setup = (can: object = { edits: true, reactions: true, replies: true }, permissions: Partial<RoomPermissions> = {}) => {
  const chat = { can, permissions: shallowRef({ ...ALL, ...permissions }), remove: vi.fn(), react: vi.fn(), unreact: vi.fn() }
  const target = useMessageDraftTarget({ room: 'general', messages: [message(1), mine] })
  const toComposer = vi.fn()
  return { chat, target, toComposer, ...useRoomActions({ chat: chat as unknown as UseChatRoomReturn, target, toComposer }) }
}

describe('what a room lets people do to a message', () => {
  const waiting = own('b', 'sending')
  it.each<[string, ChatMessage, object | undefined, Partial<RoomPermissions> | undefined, readonly string[]]>([
    ['one of others', message(1), undefined, undefined, ['react', 'reply', 'copy']],
    ['an own one', mine, undefined, undefined, ['react', 'reply', 'edit', 'copy', 'remove']],
    ['one that waits', waiting, undefined, undefined, ['copy', 'remove']],
    ['one that may be stored already', own('b', 'unconfirmed'), undefined, undefined, ['copy']],
    ['one that failed', own('b', 'failed'), undefined, undefined, ['copy', 'remove']],
    ['a deleted one', message(1, { isDeleted: true, body: '' }), undefined, undefined, []],
    ['one on a server that knows no changes', mine, {}, undefined, ['copy']],
    ['an own one where we may only read', mine, undefined, { send: false, react: false }, ['copy', 'remove']],
    ['one of others where we may moderate', message(1), undefined, { moderate: true }, ['react', 'reply', 'copy', 'remove']],
    ['one of others where we may moderate, on a server that knows no changes', message(1), {}, { moderate: true }, ['copy']],
    ['one of others where we manage, on a server that lets only authors delete', message(1), undefined, { manage: true }, ['react', 'reply', 'copy']],
    ['a deleted one of others where we may moderate', message(1, { isDeleted: true, body: '' }), undefined, { moderate: true }, []],
    ['one of others where we may not react', message(1), undefined, { react: false }, ['reply', 'copy']],
    ['one without a text', message(1, { body: '' }), undefined, undefined, ['react', 'reply']],
  ])('[MA47] %s', (_what, row, can, permissions, expected) => {
    expect(setup(can, permissions).possibleActions(row)).toEqual(expected)
  })
})

describe('what becomes of it', () => {
  it('[MA48] an answer and an edit go to the text field', () => {
    const { act, target, toComposer } = setup()
    act({ type: 'reply', message: message(1) })
    expect(target.replying.value?.key).toBe('general:1')
    act({ type: 'edit', message: mine })
    expect(target.editing.value?.key).toBe('a')
    expect(toComposer).toHaveBeenCalledTimes(2)
  })

  it('[MA48] reactions and deletions go to the server, and a deletion ends the edit', () => {
    const { act, chat, target } = setup()
    act({ type: 'react', message: message(1), emoji: '👍' })
    act({ type: 'unreact', message: message(1), emoji: '🎉' })
    act({ type: 'edit', message: mine })
    act({ type: 'remove', message: mine })
    expect(chat.react).toHaveBeenCalledWith(message(1), '👍')
    expect(chat.unreact).toHaveBeenCalledWith(message(1), '🎉')
    expect(chat.remove).toHaveBeenCalledWith(mine)
    expect(target.editing.value).toBeUndefined()
  })

  it('[MA48] copying and jumping change nothing', () => {
    const { act, chat, target, toComposer } = setup()
    act({ type: 'copy', message: mine })
    act({ type: 'jump', message: mine })
    expect([chat.remove, chat.react, toComposer].map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0])
    expect(target.replying.value).toBeUndefined()
  })
})
