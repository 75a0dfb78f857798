import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { ChatMessageList, ChatRoom } from '../../src/components/index.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { createChat } from '../../src/plugin.ts'
import { createFakeServer } from '../../src/testing.ts'

enableAutoUnmount(afterEach)

const ada = { id: 'ada', name: 'Ada' }

const open = async (props: Record<string, unknown> = {}, slots = {}, limits = {}) => {
  const server = createFakeServer({ user: { id: 'me', name: 'Robin' }, limits })
  server.setMembers('general', [ada])
  server.say('general', ada, 'Hello')
  const chat = createChat({ url: 'ws://test.invalid/chat', transport: server.connect })
  const wrapper = mount(ChatRoom, {
    props: { room: 'general', ...props },
    slots,
    global: { plugins: [createPinia(), chat] },
    attachTo: document.body,
  })
  await flushPromises()
  return { server, wrapper }
}

describe('ChatRoom', () => {
  it('[UI50] shows title, online count and what was said', async () => {
    const { wrapper } = await open()
    expect(wrapper.get('h2').text()).toBe('General')
    expect(wrapper.get('.chat-online').text()).toBe('2 online')
    expect(wrapper.get('article').text()).toContain('Hello')
    expect(wrapper.element.getAttribute('aria-labelledby')).toBe(wrapper.get('h2').attributes('id'))
  })

  it('[UI51] what is sent appears once, and is marked as sent when the server has it', async () => {
    const { wrapper } = await open()
    await wrapper.get('textarea').setValue('Hi Ada')
    await wrapper.get('textarea').trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const rows = wrapper.findAll('article')
    expect(rows).toHaveLength(2)
    expect(rows[1]!.attributes('data-status')).toBe('sent')
    expect(rows[1]!.text()).toContain('Hi Ada')
  })

  it('[UI51] a refused message can be discarded', async () => {
    const { server, wrapper } = await open()
    server.intercept((frame, push) => {
      if (frame.type !== 'send') return false
      push({ type: 'error', code: 'forbidden', message: 'No.', retry: false, clientId: frame.clientId })
      return true
    })
    await wrapper.get('textarea').setValue('Hi')
    await wrapper.get('form').trigger('submit')
    await flushPromises()
    expect(wrapper.get('.chat-message-reason').text()).toContain('Not sent')
    await wrapper.findAll('.chat-message-failure button')[1]!.trigger('click')
    await flushPromises()
    expect(wrapper.findAll('article')).toHaveLength(1)
  })

  it('[UI52] counts to the limit that the server told, unless it is given one', async () => {
    const { wrapper } = await open({}, {}, { bodyLength: 10 })
    await wrapper.get('textarea').setValue('x'.repeat(12))
    expect(wrapper.get('.chat-composer-count').text()).toBe('2 characters too many')
    await wrapper.setProps({ maxLength: 11 })
    expect(wrapper.get('.chat-composer-count').text()).toBe('1 character too many')
  })

  it('[UI26] Escape in the list goes back to the field', async () => {
    const { wrapper } = await open()
    wrapper.get<HTMLElement>('[role=log]').element.focus()
    await wrapper.get('[role=log]').trigger('keydown', { key: 'Escape' })
    expect(document.activeElement).toBe(wrapper.get('textarea').element)
  })

  it('[UI13] speaks the language it is given, all the way down', async () => {
    const { wrapper } = await open({ locale: zhCN })
    expect(wrapper.get('[role=log]').attributes('aria-label')).toBe('General 的消息')
    expect(wrapper.get('textarea').attributes('placeholder')).toBe('输入消息')
    expect(wrapper.attributes('lang')).toBe('zh-CN')
  })

  it('[UI50] another room is another list', async () => {
    const { server, wrapper } = await open()
    server.say('random', ada, 'Elsewhere')
    const before = wrapper.getComponent(ChatMessageList).element
    await wrapper.setProps({ room: 'random' })
    await flushPromises()
    expect(wrapper.findAll('article').map((row) => row.get('.chat-message-text').text())).toEqual(['Elsewhere'])
    expect(wrapper.getComponent(ChatMessageList).element).not.toBe(before)
  })

  it('[UI12] every region can be replaced', async () => {
    const text = (name: string) => () => h('mark', name)
    const names = ['header', 'connection-banner', 'message', 'message-avatar', 'day-separator', 'typing', 'composer']
    const { wrapper } = await open({}, Object.fromEntries(names.map((name) => [name, text(name)])))
    expect(new Set(wrapper.findAll('mark').map((mark) => mark.text()))).toEqual(new Set(names))
    const { wrapper: other } = await open({}, { 'composer-actions': text('actions') })
    expect(other.get('form mark').text()).toBe('actions')
  })
})
