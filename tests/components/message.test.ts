import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import { ChatMessage } from '../../src/components/index.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { chatLocaleKey } from '../../src/composables/index.ts'
import { message, own } from './support/samples.ts'
import { computed } from 'vue'
import type { MessageStatus } from '../../src/core/index.ts'

describe('ChatMessage', () => {
  it('[UI5] is an article that is named by author and time', () => {
    const article = mount(ChatMessage, { props: { message: message(1) } }).get('article')
    expect(article.attributes('aria-label')).toMatch(/^Ada Okafor, \d{1,2}:\d{2}/)
    expect(article.attributes('tabindex')).toBe('-1')
  })

  it('[UI5] an own message is named "You", and shows neither avatar nor author', () => {
    const wrapper = mount(ChatMessage, { props: { message: own('a') } })
    expect(wrapper.get('article').attributes('aria-label')).toMatch(/^You, /)
    expect(wrapper.find('.chat-avatar').exists()).toBe(false)
    expect(wrapper.text()).not.toContain('Robin')
  })

  it('[ED50] says that a message was deleted, in the language of the reader, and shows nothing of it', () => {
    const deleted = message(1, { body: '', isDeleted: true })
    const wrapper = mount(ChatMessage, { props: { message: deleted } })
    expect(wrapper.get('.chat-message-text').text()).toBe('This message was deleted')
    expect(wrapper.get('article').attributes('data-deleted')).toBe('true')
    const provide = { [chatLocaleKey as symbol]: computed(() => zhCN) }
    expect(mount(ChatMessage, { props: { message: deleted }, global: { provide } }).get('.chat-message-text').text()).toBe('此消息已删除')
    expect(mount(ChatMessage, { props: { message: message(1) } }).get('article').attributes('data-deleted')).toBeUndefined()
  })

  it('[UI1] shows the author at the head of a group only', () => {
    const author = (position: 'first' | 'middle' | 'last') =>
      mount(ChatMessage, { props: { message: message(1), position } }).find('.chat-message-author').exists()
    expect([author('first'), author('middle'), author('last')]).toEqual([true, false, false])
  })

  it.each([
    ['sending', 'Sending'],
    ['unconfirmed', 'Not confirmed yet'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
    ['failed', 'Not sent'],
  ] satisfies [MessageStatus, string][])('[UI6] says that an own message is %s', (status, text) => {
    const mark = mount(ChatMessage, { props: { message: own('a', status) } }).get('.chat-status')
    expect(mark.attributes()).toMatchObject({ role: 'img', 'aria-label': text })
  })

  it('[UI6] messages of others carry no status', () => {
    expect(mount(ChatMessage, { props: { message: message(1) } }).find('.chat-status').exists()).toBe(false)
  })

  it('[UI7] a failed message says why, and offers to retry and to discard it', async () => {
    const wrapper = mount(ChatMessage, { props: { message: own('a', 'failed') } })
    expect(wrapper.get('.chat-message-reason').text()).toBe('Not sent. It is too long.')
    const [retry, discard] = wrapper.findAll('button')
    expect(retry!.attributes('aria-label')).toBe('Retry: Own a')
    await retry!.trigger('click')
    await discard!.trigger('click')
    expect(wrapper.emitted()).toMatchObject({ retry: [['a']], discard: [['a']] })
  })

  it('[UI7] nothing but a failed message offers it', () => {
    expect(mount(ChatMessage, { props: { message: own('a', 'unconfirmed') } }).findAll('button')).toHaveLength(0)
  })

  it.each(['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '{{ 7 * 7 }}', '<b>&amp;</b>', '__proto__'])(
    '[UI9] shows %j as it was written',
    (body) => {
      const wrapper = mount(ChatMessage, { props: { message: message(1, { body, author: { id: body, name: body } }) } })
      expect(wrapper.get('.chat-message-text').element.textContent).toBe(body)
      expect(wrapper.get('.chat-message-author').text()).toBe(body)
      expect(wrapper.find('img, script, b').exists()).toBe(false)
    },
  )

  it('[UI10] links open elsewhere, without a way back to this page', () => {
    const body = 'See https://example.org/a.\nOr javascript:alert(1)'
    const wrapper = mount(ChatMessage, { props: { message: message(1, { body }) } })
    const links = wrapper.findAll('a')
    expect(links).toHaveLength(1)
    expect(links[0]!.attributes()).toMatchObject({ href: 'https://example.org/a', target: '_blank' })
    expect(links[0]!.attributes('rel')).toContain('noopener')
    expect(wrapper.get('.chat-message-text').element.textContent).toBe(body)
  })

  it('[UI8] a person has the same colour in every message', () => {
    const hue = (seq: number, id: string) =>
      mount(ChatMessage, { props: { message: message(seq, { author: { id, name: 'X' } }) } }).get('.chat-avatar').attributes('data-hue')
    expect(hue(1, 'ada')).toBe(hue(2, 'ada'))
    expect(new Set(Array.from({ length: 40 }, (_, index) => hue(index, `user-${index}`))).size).toBeGreaterThan(6)
  })

  it('[UI12] slots stand in for the bubble and the avatar', () => {
    const wrapper = mount(ChatMessage, {
      props: { message: message(1) },
      slots: {
        default: ({ message, time }: { message: { body: string }; time: string }) => h('em', `${message.body} at ${time}`),
        avatar: ({ author }: { author: { name: string } }) => h('i', author.name),
      },
    })
    expect(wrapper.get('em').text()).toMatch(/^Message 1 at /)
    expect(wrapper.get('i').text()).toBe('Ada Okafor')
    expect(wrapper.find('.chat-bubble').exists()).toBe(false)
  })

  it('[UI13] speaks the language around it', () => {
    const wrapper = mount(ChatMessage, {
      props: { message: own('a', 'failed') },
      global: { provide: { [chatLocaleKey as symbol]: computed(() => zhCN) } },
    })
    expect(wrapper.text()).toContain('重试')
    expect(wrapper.get('article').attributes('aria-label')).toMatch(/^你，/)
  })
})
