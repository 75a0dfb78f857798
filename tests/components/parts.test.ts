import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import * as components from '../../src/components/index.ts'
import { componentNames } from '../../src/components/list.ts'
import { initialsOf } from '../../src/components/shared/people.ts'
import { dayLabel } from '../../src/components/shared/formats.ts'
import { en, type ChatLocale } from '../../src/locale/en.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'

const { ChatComposer, ChatMemberList, ChatOnlineCount, ChatRoomList, ChatTypingIndicator } = components

const ada = { id: 'ada', name: 'Ada' }
const lin = { id: 'lin', name: 'Lin' }

describe('ChatComposer', () => {
  const show = (props = {}) => mount(ChatComposer, { props: { title: 'General', ...props }, attachTo: document.body })

  it('[UI40] the field is labelled with the conversation', () => {
    const wrapper = show()
    const field = wrapper.get('textarea')
    expect(wrapper.get('label').attributes('for')).toBe(field.attributes('id'))
    expect(wrapper.get('label').text()).toBe('Message to General')
  })

  it('[UI41] Enter sends and empties the field, Shift+Enter does not', async () => {
    const wrapper = show()
    const field = wrapper.get('textarea')
    await field.setValue('  Hello  ')
    await field.trigger('keydown', { key: 'Enter', shiftKey: true })
    expect(wrapper.emitted('send')).toBeUndefined()
    await field.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('send')).toEqual([['Hello']])
    expect(field.element.value).toBe('')
  })

  it('[UI41] Enter that belongs to an input method does not send', async () => {
    const wrapper = show()
    await wrapper.get('textarea').setValue('ni hao')
    await wrapper.get('textarea').trigger('keydown', { key: 'Enter', isComposing: true })
    await wrapper.get('textarea').trigger('keydown', { key: 'Enter', keyCode: 229 })
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('[UI42] the button sends and gives the focus back to the field', async () => {
    const wrapper = show()
    expect(wrapper.get('button').attributes()).toMatchObject({ 'aria-label': 'Send', disabled: '' })
    await wrapper.get('textarea').setValue('Hello')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('send')).toEqual([['Hello']])
    expect(document.activeElement).toBe(wrapper.get('textarea').element)
  })

  it('[UI43] counts near the limit, and says when it is too long', async () => {
    const wrapper = show({ maxLength: 20 })
    await wrapper.get('textarea').setValue('x'.repeat(15))
    expect(wrapper.find('.chat-composer-count').exists()).toBe(false)
    await wrapper.get('textarea').setValue('x'.repeat(19))
    expect(wrapper.get('.chat-composer-count').text()).toBe('1 character left')
    await wrapper.get('textarea').setValue('x'.repeat(22))
    expect(wrapper.get('.chat-composer-count').text()).toBe('2 characters too many')
    expect(wrapper.get('textarea').attributes('aria-invalid')).toBe('true')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('[UI44] tells that somebody types, and that they stopped', async () => {
    const wrapper = show()
    await wrapper.get('textarea').setValue('x')
    await wrapper.get('textarea').setValue('')
    expect(wrapper.emitted('typing')).toEqual([[true], [false]])
  })
})

describe('small parts', () => {
  it.each([
    [[], ''],
    [[ada], 'Ada is typing'],
    [[ada, lin], 'Ada and Lin are typing'],
    [[ada, lin, { id: 'x', name: 'X' }], 'Several people are typing'],
  ])('[UI45] says who types: %j', (users, text) => {
    const wrapper = mount(ChatTypingIndicator, { props: { users } })
    expect(wrapper.text().replace(/[\u2068\u2069]/g, '')).toBe(text)
    expect(wrapper.attributes()).toMatchObject({ role: 'status', 'aria-live': 'polite' })
  })

  it('[UI46] says how many are online, and marks a figure from before the break', () => {
    const wrapper = mount(ChatOnlineCount, { props: { count: 1234, stale: true } })
    expect(wrapper.text()).toBe('1,234 online')
    expect(wrapper.attributes('data-stale')).toBe('true')
  })

  it('[UI47] rooms are buttons; the current one is marked, unread ones are counted in words', async () => {
    const rooms = [
      { room: 'general', title: 'General' },
      { room: 'design', title: 'Design', unread: 140 },
    ]
    const wrapper = mount(ChatRoomList, { props: { rooms, current: 'general' } })
    const [general, design] = wrapper.findAll('button')
    expect([general!.attributes('aria-current'), design!.attributes('aria-current')]).toEqual(['true', undefined])
    expect(design!.text()).toContain('99+')
    expect(design!.text()).toContain('140 unread messages')
    await design!.trigger('click')
    expect(wrapper.emitted('select')).toEqual([['design']])
  })

  it('[UI48] members are named, and we are told apart', () => {
    const wrapper = mount(ChatMemberList, { props: { members: [ada, lin], me: 'lin' } })
    expect(wrapper.findAll('li').map((row) => row.text().includes('You'))).toEqual([false, true])
  })

  it.each([
    ['Ada Okafor', 'AO'],
    ['ada', 'A'],
    ['林晓雨', '林'],
    ['', '?'],
    ['🦊', '🦊'],
    ['e\u0301' + '\u0301'.repeat(10_000), 'E'],
    ['<b> </b>', 'BB'],
  ])('[UI8] the initials of %j', (name, initials) => {
    expect(initialsOf({ id: 'x', name })).toBe(initials)
  })

  it('[UI49] every listed component is exported, and every exported component is listed', () => {
    const exported = Object.keys(components).filter((name) => name.startsWith('Chat'))
    expect(exported.toSorted()).toEqual([...componentNames].toSorted())
  })
})

describe('languages', () => {
  it('[UI13] Chinese says everything that English says', () => {
    const shape = (value: object): unknown =>
      Object.fromEntries(Object.entries(value).toSorted().map(([key, entry]) => [key, typeof entry === 'object' ? shape(entry) : typeof entry]))
    expect(shape(zhCN)).toEqual(shape(en))
  })

  it('[UI13] counts by the rules of the language', () => {
    expect([en.newMessages(1), en.newMessages(1_000), zhCN.newMessages(1)]).toEqual([
      '1 new message',
      '1,000 new messages',
      '1 条新消息',
    ])
  })

  it.each([
    [en, ['Today', 'Yesterday', 'Sunday, March 8', 'Monday, March 10, 2025']],
    [zhCN, ['今天', '昨天', '3月8日星期日', '2025年3月10日星期一']],
  ] as const)('[UI2] names days the way of the language', (locale: ChatLocale, labels) => {
    const now = new Date(2026, 2, 10, 8).getTime()
    const days = [new Date(2026, 2, 10), new Date(2026, 2, 9), new Date(2026, 2, 8), new Date(2025, 2, 10)]
    expect(days.map((day) => dayLabel(day.getTime(), now, locale))).toEqual(labels)
  })
})
