import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChatMessage, ChatMessageList, ChatRoom } from '../../src/components/index.ts'
import { deletedText } from '../../src/components/shared/deleted-text.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { createChat } from '../../src/plugin.ts'
import { createFakeServer, type FakeServerOptions } from '../../src/testing.ts'
import { message, own } from './support/samples.ts'

enableAutoUnmount(afterEach)
beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true
  }
})

const me = { id: 'me', name: 'Robin' }
const ada = { id: 'ada', name: 'Ada' }
const settle = async (): Promise<void> => {
  await vi.dynamicImportSettled()
  await flushPromises()
}

/** A room where Ada said something, with the keyboard on it. */
const open = async (options: FakeServerOptions = {}) => {
  const server = createFakeServer({ user: me, ...options })
  server.setMembers('general', [ada])
  server.say('general', ada, 'rude words')
  const chat = createChat({ url: 'ws://test.invalid/chat', transport: server.connect })
  const wrapper = mount(ChatRoom, { props: { room: 'general' }, global: { plugins: [createPinia(), chat] }, attachTo: document.body })
  await flushPromises()
  const press = async (key: string): Promise<void> => {
    wrapper.get<HTMLElement>('article').element.focus()
    await wrapper.get('article').trigger('keydown', { key })
    await settle()
  }
  const items = (): readonly (string | null)[] => [...document.querySelectorAll('[role=menuitem] > span')].map((item) => item.textContent)
  return { server, wrapper, press, items }
}

describe('a message of somebody else', () => {
  it('[MO8] has "Delete" in its menu for those who may, and nothing changes before they say yes', async () => {
    const { server, wrapper, press, items } = await open({ owners: ['me'] })
    await press('Enter')
    expect(items()).toEqual(['Reply', 'Copy text', 'Delete'])
    ;[...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((item) => item.textContent?.includes('Delete'))!.click()
    await settle()
    const dialog = document.querySelector('[role=alertdialog]')!
    expect(dialog.textContent).toContain('rude words')
    expect(dialog.textContent).toContain('It is a message of \u2068Ada\u2069.')
    expect(server.log('general')).toHaveLength(1)
    dialog.querySelector<HTMLElement>('[data-tone=danger]')!.click()
    await settle()
    expect(server.log('general')[0]).toMatchObject({ body: '', deleted: true, deletedBy: me })
    expect(wrapper.get('article').text()).toContain('You removed this message')
    expect(wrapper.get('article').attributes('aria-label')).toContain('You removed this message')
  })

  it.each<[string, FakeServerOptions]>([
    ['members', { owners: ['ada'] }],
    ['anybody where the server tells nothing of it', {}],
    ['owners where the server knows no changes', { owners: ['me'], features: [] }],
  ])('[MO8] has none for %s, nor does the key do anything', async (_who, options) => {
    const { wrapper, press, items } = await open(options)
    await press('Enter')
    expect(items()).not.toContain('Delete')
    await press('Escape')
    await press('Delete')
    expect(document.querySelector('[role=alertdialog]')).toBeNull()
    expect(wrapper.get('article').text()).toContain('rude words')
  })

  it('[MO8] an own one is asked about as before', async () => {
    const wrapper = mount(ChatMessageList, { props: { messages: [own('a', 'sent', { seq: 1 })], title: 'General', actions: () => ['remove' as const] }, attachTo: document.body })
    wrapper.vm.confirmRemove(own('a', 'sent', { seq: 1 }))
    await settle()
    expect(document.querySelector('[role=alertdialog]')!.textContent).toContain('Its text is gone for everyone.')
    expect(document.querySelector('[role=alertdialog]')!.textContent).not.toContain('a message of')
  })
})

describe('what is left of it', () => {
  const gone = { body: '', isDeleted: true }
  it.each([
    ['who deleted it', message(1, { ...gone, deletedBy: { id: 'x', name: 'Olga' } }), 'Removed by \u2068Olga\u2069'],
    ['who deleted an own one', own('a', 'sent', { ...gone, seq: 1, deletedBy: { id: 'x', name: 'Olga' } }), 'Removed by \u2068Olga\u2069'],
    ['nobody where it was the author', message(1, gone), 'This message was deleted'],
  ])('[MO9] names %s', (_what, row, text) => {
    const wrapper = mount(ChatMessageList, { props: { messages: [row], title: 'General' }, attachTo: document.body })
    expect(wrapper.get('.chat-message-text').text()).toBe(text)
    expect(wrapper.get('article').attributes('aria-label')).toContain(text)
  })

  it('[MO9] says so in Chinese', () => {
    const deletedBy = { id: 'x', name: 'Olga' }
    expect([deletedText({ deletedBy }, zhCN, 'me'), deletedText({ deletedBy }, zhCN, 'x'), deletedText({}, zhCN, 'x')]).toEqual([
      '此消息已被\u2068Olga\u2069移除',
      '你移除了这条消息',
      '此消息已删除',
    ])
  })

  it('[MO9] shows a hostile name as text, which keeps to itself', () => {
    const name = '<img src=x onerror="hacked()">\u202e'
    const wrapper = mount(ChatMessage, { props: { message: message(1, { ...gone, deletedBy: { id: 'x', name } }) } })
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('.chat-message-text').text()).toBe(`Removed by \u2068${name}\u2069`)
  })
})
