import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { computed, h, nextTick, shallowRef } from 'vue'
import { ChatMessage, ChatSystemMessage } from '../../src/components/index.ts'
import { messageContextKey, type MessageContext } from '../../src/components/shared/message-context.ts'
import { gatherPeople } from '../../src/components/shared/message-text.ts'
import { chatLocaleKey } from '../../src/composables/index.ts'
import { ChatError, type ChatMessage as Row } from '../../src/core/index.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { message, NOON, own } from './support/samples.ts'

const ada = { id: 'ada', name: 'Ada Okafor' }
const me = { id: 'me', name: 'Robin Vale' }
const quoted = { seq: 1, key: 'general:1', author: ada, body: 'What\nwas that?' }

const show = (row: Row, context?: Partial<MessageContext>, slots = {}) => {
  const people = shallowRef(gatherPeople([ada], me, undefined))
  const all: MessageContext = { people: computed(() => people.value), allows: () => true, renderBody: () => undefined, ...context }
  const provide = context ? { [messageContextKey as symbol]: all } : {}
  return Object.assign(mount(ChatMessage, { props: { message: row }, global: { provide }, slots }), { people })
}
const name = (row: Row, context: Partial<MessageContext> = {}): string => show(row, context).get('article').attributes('aria-label')!

describe('a quote', () => {
  it('[MA30] shows author and words of the message that is answered, and leads there', async () => {
    const row = message(2, { replyTo: 1, quote: quoted })
    const wrapper = show(row)
    const quote = wrapper.get('.chat-quote')
    expect(quote.text()).toBe('Ada Okafor What was that?')
    expect(quote.attributes('title')).toBe('Go to this message')
    await quote.trigger('click')
    expect(wrapper.emitted('action')).toEqual([[{ type: 'jump', message: row }]])
  })

  it('[MA30] says that the message was deleted, or is not loaded', () => {
    expect(show(message(2, { replyTo: 1, quote: { ...quoted, body: '', isDeleted: true } })).get('.chat-quote').text()).toBe('Ada Okafor This message was deleted')
    expect(show(message(2, { replyTo: 1 })).get('.chat-quote').text()).toBe('An earlier message')
  })

  it('[MA30] is not there without an answer, nor on a deleted one', () => {
    expect(show(message(2)).find('.chat-quote').exists()).toBe(false)
    expect(show(message(2, { replyTo: 1, quote: quoted, isDeleted: true, body: '' })).find('.chat-quote').exists()).toBe(false)
  })
})

describe('an edit', () => {
  it('[MA31] marks the message, with its time', () => {
    const mark = show(message(2, { isEdited: true, editedAt: NOON + 3_600_000 })).get('.chat-edited')
    expect(mark.text()).toBe('edited')
    expect(mark.attributes('title')).toMatch(/^Edited .*1:00:00/)
    expect(show(message(2)).find('.chat-edited').exists()).toBe(false)
  })

  it('[MA31] that waits says so, also as an alternative text', () => {
    const mark = show(own('a', 'read', { isEdited: true, pendingChange: 'edit' })).get('.chat-status')
    expect(mark.attributes()).toMatchObject({ 'aria-label': 'Saving the change', 'data-status': 'sending' })
  })

  it.each([
    ['edit', 'Not edited. It is too long.'],
    ['delete', 'Not deleted. It is too long.'],
    ['react', 'Reaction not added. It is too long.'],
  ])('[MA32] that was refused (%s) says why, and offers to try again or to forget it', async (kind, text) => {
    const failedChange = { clientId: 'change-1', kind, body: 'x', error: new ChatError('body_too_long', 'no') }
    const wrapper = show(message(2, { failedChange }))
    expect(wrapper.get('.chat-message-reason').text()).toBe(text)
    for (const button of wrapper.findAll('.chat-message-failure button')) await button.trigger('click')
    expect(wrapper.emitted()).toMatchObject({ retry: [['change-1']], discard: [['change-1']] })
  })
})

describe('reactions', () => {
  const reactions = [
    { emoji: '🎉', count: 3, isOwn: true, users: [ada, me, { id: 'lin', name: 'Lin' }] },
    { emoji: '👍', count: 40, isOwn: false, users: Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, name: `P${index}` })) },
  ]

  it('[MA33] are counted, named, and pressed where they are ours', () => {
    const [party, thumb] = show(message(2, { reactions }), {}).findAll('.chat-reaction')
    expect(party!.text()).toBe('🎉 3')
    expect(party!.attributes()).toMatchObject({ 'aria-pressed': 'true', 'aria-label': '🎉 3: You, Ada Okafor, and Lin', title: '🎉 3: You, Ada Okafor, and Lin' })
    expect(thumb!.attributes('aria-pressed')).toBe('false')
    expect(thumb!.attributes('title')).toMatch(/^👍 40: P0, P1, .*P11, and 28 others$/)
  })

  it('[MA33] are put on and taken off by a press, where that is possible', async () => {
    const row = message(2, { reactions })
    const wrapper = show(row, {})
    for (const chip of wrapper.findAll('.chat-reaction')) await chip.trigger('click')
    expect(wrapper.emitted('action')).toEqual([
      [{ type: 'unreact', message: row, emoji: '🎉' }],
      [{ type: 'react', message: row, emoji: '👍' }],
    ])
    const closed = show(row, { allows: () => false })
    await closed.get('.chat-reaction').trigger('click')
    expect(closed.emitted('action')).toBeUndefined()
    expect(closed.get('.chat-reaction').attributes('aria-disabled')).toBe('true')
  })
})

describe('the text', () => {
  it('[MA11] marks the message that speaks to the reader, by id or by name', () => {
    const isMarked = (over: Partial<Row>): boolean => show(message(2, over), {}).get('article').attributes('data-mentioned') !== undefined
    expect(isMarked({ body: 'hi @Robin Vale' })).toBe(true)
    expect(isMarked({ body: 'hi', mentions: ['me'] })).toBe(true)
    expect(isMarked({ body: 'hi @Robin Vale', mentions: ['ada'] })).toBe(false)
    expect(isMarked({ body: 'hi @Ada Okafor' })).toBe(false)
    expect(show(own('a', 'sent', { body: '@Robin Vale' }), {}).get('article').attributes('data-mentioned')).toBeUndefined()
  })

  it('[MA11] names somebody as soon as they are known', async () => {
    const wrapper = show(message(2, { body: '@Lin hi' }), {})
    expect(wrapper.find('.chat-mention').exists()).toBe(false)
    wrapper.unmount()
    const people = shallowRef(gatherPeople([], me, undefined))
    const live = show(message(2, { body: '@Lin hi' }), { people: computed(() => people.value) })
    people.value = gatherPeople([{ id: 'lin', name: 'Lin' }], me, people.value)
    await nextTick()
    expect(live.get('.chat-mention').text()).toBe('@Lin')
  })

  it('[MA34] can be drawn by others: by a slot, or by a function of the list', async () => {
    expect(show(message(2), undefined, { body: ({ message }: { message: Row }) => h('em', message.body) }).get('.chat-message-text em').text()).toBe('Message 2')
    const wrapper = show(message(2), { renderBody: () => (row) => h('strong', row.body.toUpperCase()) })
    const element = wrapper.get('.chat-message-text strong').element
    await wrapper.setProps({ message: message(2, { body: 'again' }) })
    expect(wrapper.get('.chat-message-text').text()).toBe('AGAIN')
    expect(wrapper.get('.chat-message-text strong').element).toBe(element)
    await wrapper.setProps({ message: message(2, { body: '', isDeleted: true }) })
    expect(wrapper.get('.chat-message-text').text()).toBe('This message was deleted')
  })
})

describe('the accessible name', () => {
  it('[UI5] tells who, when, whom it answers, that it was edited, and its words', () => {
    expect(name(message(2, { replyTo: 1, quote: quoted, isEdited: true, body: 'Nothing\nmuch' }))).toMatch(/^Ada Okafor, 12:00 PM, answers Ada Okafor, edited, Nothing much$/)
    expect(name(message(2, { body: 'hi @Robin Vale' }))).toMatch(/, mentions you, hi @Robin Vale$/)
    expect(name(own('a', 'failed'))).toMatch(/^You, .*, Not sent, Own a$/)
    expect(name(message(2, { body: '', isDeleted: true }))).toMatch(/, This message was deleted$/)
    expect(name(message(2, { body: 'x'.repeat(500) })).length).toBeLessThan(200)
  })

  it('[UI5] in the words of the language', () => {
    const provide = { [chatLocaleKey as symbol]: computed(() => zhCN) }
    const label = mount(ChatMessage, { props: { message: message(2, { isEdited: true }) }, global: { provide } }).get('article').attributes('aria-label')
    expect(label).toMatch(/^Ada Okafor，12:00，已编辑，Message 2$/)
  })
})

it('[UI20] nothing in a message of a list is a stop of the Tab key by itself, everything in a lone one is', () => {
  const row = message(2, { body: 'https://example.org', replyTo: 1, quote: quoted, reactions: [{ emoji: '👍', count: 1, isOwn: false, users: [ada] }] })
  const stops = (context?: Partial<MessageContext>) => show(row, context).findAll('article a, article button').map((element) => element.attributes('tabindex'))
  expect(stops({})).toEqual(['-1', '-1', '-1'])
  expect(stops()).toEqual([undefined, undefined, undefined])
})

it('[MA49] what nobody said is a sentence between the messages, with its time where it has one', () => {
  const wrapper = mount(ChatSystemMessage, { props: { text: '<b>Ada</b> joined', at: NOON } })
  expect(wrapper.get('span').text()).toBe('<b>Ada</b> joined')
  expect(wrapper.get('time').text()).toBe('12:00 PM')
  expect(mount(ChatSystemMessage, { props: { text: 'Ada left' } }).find('time').exists()).toBe(false)
  expect(wrapper.find('article').exists()).toBe(false)
})
