import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { ChatMessageList } from '../../src/components/index.ts'
import type { ChatMessage } from '../../src/core/index.ts'
import { message, own } from './support/samples.ts'

const show = (messages: readonly ChatMessage[], props: Record<string, unknown> = {}, slots = {}) =>
  mount(ChatMessageList, { props: { messages, title: 'General', ...props }, slots, attachTo: document.body })

type Wrapper = ReturnType<typeof show>

const polite = (wrapper: Wrapper): string => wrapper.get('.chat-list-frame > [role=status]').text()
const alarm = (wrapper: Wrapper): string => wrapper.get('[role=alert]').text()

describe('ChatMessageList', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    document.body.innerHTML = ''
    vi.useRealTimers()
  })

  it('[UI20] is a log that does not speak by itself, and one stop of the Tab key', () => {
    const log = show([message(1)]).get('[role=log]')
    expect(log.attributes()).toMatchObject({ 'aria-live': 'off', tabindex: '0', 'aria-label': 'Messages in General' })
    expect(log.attributes('aria-busy')).toBe('false')
  })

  it('[UI20] is busy while an older page is on its way', () => {
    expect(show([message(1)], { loadingOlder: true, hasOlder: true }).get('[role=log]').attributes('aria-busy')).toBe('true')
  })

  it('[UI2] days are headings', () => {
    const heading = show([message(1)]).get('[role=heading]')
    expect(heading.attributes('aria-level')).toBe('3')
    expect(heading.text()).not.toBe('')
  })

  it('[UI21] tells an empty conversation from one that loads', () => {
    expect(show([]).text()).toContain('No messages yet')
    const loading = show([], { loading: true })
    expect(loading.text()).toContain('Loading messages…')
    expect(loading.text()).not.toContain('No messages yet')
  })

  it('[UI3] a gap can be loaded', async () => {
    const wrapper = show([message(1), message(9)], { gaps: [9] })
    await wrapper.get('.chat-gap button').trigger('click')
    expect(wrapper.emitted('loadGap')).toEqual([[9]])
  })

  it('[UI22] older messages can be asked for without scrolling, once at a time', async () => {
    const wrapper = show([message(1)], { hasOlder: true })
    await wrapper.get('.chat-list-top button').trigger('click')
    await wrapper.setProps({ loadingOlder: true })
    await wrapper.get('.chat-list-top button').trigger('click')
    expect(wrapper.emitted('loadOlder')).toHaveLength(1)
  })

  it('[UI4] a row is not mounted anew when its status changes', async () => {
    const wrapper = show([message(1), own('a')])
    const before = wrapper.findAll('article').map((row) => row.element)
    await wrapper.setProps({ messages: [message(1), own('a', 'sent', { seq: 2 })] })
    const after = wrapper.findAll('article')
    expect(after.map((row) => row.element)).toEqual(before)
    expect(after[1]!.element).toBe(before[1])
    expect(after[1]!.attributes('data-status')).toBe('sent')
  })

  it('[UI7] hands on what is to be retried and discarded', async () => {
    const wrapper = show([own('a', 'failed')])
    for (const button of wrapper.findAll('.chat-message-failure button')) await button.trigger('click')
    expect(wrapper.emitted()).toMatchObject({ retry: [['a']], discard: [['a']] })
  })

  it('[UI23] tells a single message by its words, a second after it came', async () => {
    const wrapper = show([message(1)])
    await wrapper.setProps({ messages: [message(1), message(2, { body: 'Hello' })] })
    await vi.advanceTimersByTimeAsync(900)
    expect(polite(wrapper)).toBe('')
    await vi.advanceTimersByTimeAsync(200)
    expect(polite(wrapper)).toBe('Ada Okafor: Hello')
  })

  it('[UI23] tells several messages by their number', async () => {
    const wrapper = show([message(1)])
    const list = [message(1)]
    for (const seq of [2, 3, 4]) {
      list.push(message(seq))
      await wrapper.setProps({ messages: [...list] })
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(polite(wrapper)).toBe('3 new messages')
  })

  it('[UI23] the same words twice are two announcements', async () => {
    const wrapper = show([message(1)])
    await wrapper.setProps({ messages: [message(1), message(2, { body: 'Hi' })] })
    await vi.advanceTimersByTimeAsync(1_000)
    const first = wrapper.get('.chat-list-frame > [role=status]').element.textContent
    await wrapper.setProps({ messages: [message(1), message(2, { body: 'Hi' }), message(3, { body: 'Hi' })] })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(wrapper.get('.chat-list-frame > [role=status]').element.textContent).not.toBe(first)
  })

  it('[UI24] announces neither own messages, nor older pages, nor what a room opens with', async () => {
    const wrapper = show([], { loading: true })
    await wrapper.setProps({ messages: [message(5)], loading: false })
    await wrapper.setProps({ messages: [message(5), own('a')] })
    await wrapper.setProps({ messages: [message(3), message(4), message(5), own('a')] })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(polite(wrapper)).toBe('')
  })

  it('[UI23] the first message of an empty conversation is news', async () => {
    const wrapper = show([])
    await wrapper.setProps({ messages: [message(1, { body: 'First' })] })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(polite(wrapper)).toBe('Ada Okafor: First')
  })

  it('[UI23] may be told to count only, or to be silent', async () => {
    const counting = show([message(1)], { announce: 'count' })
    const silent = show([message(1)], { announce: 'off' })
    for (const wrapper of [counting, silent]) await wrapper.setProps({ messages: [message(1), message(2)] })
    await vi.advanceTimersByTimeAsync(1_000)
    expect([polite(counting), polite(silent)]).toEqual(['1 new message', ''])
  })

  it('[UI25] a send that fails is told at once', async () => {
    const wrapper = show([own('a')])
    await wrapper.setProps({ messages: [own('a', 'failed')] })
    expect(alarm(wrapper)).toBe('A message was not sent')
  })

  it('[UI25] what had failed before is not told again', async () => {
    const wrapper = show([], { loading: true })
    await wrapper.setProps({ messages: [own('a', 'failed')], loading: false })
    await wrapper.setProps({ messages: [own('a', 'failed'), message(2)] })
    expect(alarm(wrapper)).toBe('')
  })

  it('[UI26] [LP4] arrow keys walk through the messages, Home and End go to the ends, Escape leaves; a first key waits for its code', async () => {
    const wrapper = show([message(1), message(2), message(3)])
    const press = (key: string) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    const focused = (): string | null => document.activeElement!.getAttribute('data-key')
    wrapper.get<HTMLElement>('[role=log]').element.focus()
    press('End')
    press('ArrowUp')
    expect(focused()).toBeNull()
    await vi.dynamicImportSettled()
    await flushPromises()
    expect(focused()).toMatch(/2$/)
    const visited = ['End', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'ArrowDown'].map((key) => {
      press(key)
      return focused()
    })
    expect(visited.map((key) => key?.slice(-1))).toEqual(['3', '2', '1', '1', '2', '1', '3', '3'])
    press('Escape')
    expect(wrapper.emitted('leave')).toHaveLength(1)
  })

  it('[UI26] leaves the keys to links and buttons inside a message', () => {
    const wrapper = show([message(1), own('a', 'failed')])
    const button = wrapper.get<HTMLElement>('.chat-message-failure button').element
    button.focus()
    const event = new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true })
    button.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
    expect(document.activeElement).toBe(button)
  })

  it('[UI12] slots stand in for messages, avatars, days, and the empty and loading states', async () => {
    const slots = {
      message: ({ message }: { message: ChatMessage }) => h('em', message.body),
      'message-avatar': () => h('b', 'face'),
      'day-separator': ({ label }: { label: string }) => h('u', label),
      empty: () => 'Nothing here',
      loading: () => 'Wait',
    }
    const wrapper = show([message(1)], {}, slots)
    expect([wrapper.get('em').text(), wrapper.get('b').text()]).toEqual(['Message 1', 'face'])
    expect(wrapper.get('u').text()).not.toBe('')
    await wrapper.setProps({ messages: [] })
    expect(wrapper.text()).toContain('Nothing here')
    await wrapper.setProps({ loading: true })
    expect(wrapper.text()).toContain('Wait')
  })
})
