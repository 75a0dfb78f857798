import { describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { useMessageDraftTarget } from '../../src/composables/index.ts'
import type { ChatMessage } from '../../src/core/index.ts'
import { message, own } from '../components/support/samples.ts'

const setup = (rows: readonly ChatMessage[]) => {
  const room = shallowRef('general')
  const messages = shallowRef(rows)
  return { room, messages, target: useMessageDraftTarget({ room, messages }) }
}

describe('what the draft belongs to', () => {
  it('[MA1] an answer follows its message, also when that is deleted or no longer loaded', () => {
    const { messages, target } = setup([message(1), message(2)])
    target.reply(message(1))
    messages.value = [message(1, { body: 'better' }), message(2)]
    expect(target.replying.value?.body).toBe('better')
    messages.value = [message(1, { body: '', isDeleted: true })]
    expect(target.replying.value?.isDeleted).toBe(true)
    messages.value = []
    expect(target.replying.value?.seq).toBe(1)
    target.cancelReply()
    expect(target.replying.value).toBeUndefined()
  })

  it('[MA1] an edit ends when its message is deleted, and the answer that was begun comes back', () => {
    const mine = own('a', 'sent', { seq: 3 })
    const { messages, target } = setup([message(1), mine])
    target.reply(message(1))
    target.edit(mine)
    expect(target.editing.value).toBe(mine)
    messages.value = [message(1), { ...mine, body: '', isDeleted: true }]
    expect(target.editing.value).toBeUndefined()
    expect(target.replying.value?.seq).toBe(1)
  })

  it('[MA1] every room has its own', () => {
    const { room, target } = setup([message(1)])
    target.reply(message(1))
    room.value = 'kitchen'
    expect(target.replying.value).toBeUndefined()
    room.value = 'general'
    expect(target.replying.value?.seq).toBe(1)
  })

  it('[MA2] the last own message that the server has is the one to edit', () => {
    const { messages, target } = setup([own('a', 'sent', { seq: 1 }), message(2), own('b', 'sent', { seq: 3, isDeleted: true }), own('c', 'sending')])
    expect(target.editLast()).toBe(true)
    expect(target.editing.value?.key).toBe('a')
    messages.value = [message(2), own('c', 'failed')]
    expect(target.editLast()).toBe(false)
    expect(target.editing.value).toBeUndefined()
  })
})
