import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { ChatComposer, ChatRoom } from '../../src/components/index.ts'
import { useLate } from '../../src/composables/useLate.ts'
import { createChat } from '../../src/plugin.ts'
import { createFakeServer } from '../../src/testing.ts'
import { message } from './support/samples.ts'

enableAutoUnmount(afterEach)
afterEach(() => vi.useRealTimers())

const offline = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))

describe('what is loaded later', () => {
  it('[LP1] what is answered has its place before it is there', async () => {
    const wrapper = mount(ChatComposer, { props: { title: 'General', replying: message(3, { body: 'Which pier?' }) } })
    expect(wrapper.get('.chat-composer > .chat-composer-target').text()).toBe('')
    await vi.dynamicImportSettled()
    await flushPromises()
    expect(wrapper.get('.chat-composer > .chat-composer-target').text()).toContain('Which pier?')
  })

  it('[LP1] the button for emoji has its place before it is there', async () => {
    const wrapper = mount(ChatComposer, { props: { title: 'General', emoji: () => import('../../src/emoji.ts') } })
    expect(wrapper.find('.chat-composer-actions > .chat-icon-button').exists()).toBe(true)
    await vi.dynamicImportSettled()
    await flushPromises()
    expect(wrapper.findAll('.chat-composer-actions > .chat-icon-button')).toHaveLength(0)
    expect(wrapper.get('.chat-composer-actions button.chat-icon-button').attributes('aria-haspopup')).toBe('dialog')
  })

  it('[LP2] is tried again while there is no network, and whoever waits gets it', async () => {
    vi.useFakeTimers()
    const get = vi.fn(() => Promise.resolve(() => 'made')).mockImplementationOnce(offline).mockImplementationOnce(offline)
    const late = effectScope().run(() => useLate(get))!
    const waiting = [late.load(), late.load()]
    await vi.advanceTimersByTimeAsync(9_999)
    expect([get.mock.calls.length, late.part.value]).toEqual([2, undefined])
    await vi.advanceTimersByTimeAsync(1)
    expect(await Promise.all(waiting)).toEqual(['made', 'made'])
    expect([get.mock.calls.length, late.part.value]).toEqual([3, 'made'])
  })

  it('[LP2] is not made for what is gone', async () => {
    const make = vi.fn(() => 'made')
    const scope = effectScope()
    const late = scope.run(() => useLate(() => Promise.resolve(make)))!
    void late.load()
    scope.stop()
    await flushPromises()
    expect([make.mock.calls.length, late.part.value]).toEqual([0, undefined])
  })

  it('[LP2] is loaded once it is wanted, and once only', async () => {
    const get = vi.fn(() => Promise.resolve(() => 'made'))
    const isWanted = shallowRef(false)
    const late = effectScope().run(() => useLate(get, () => isWanted.value))!
    expect(get).not.toHaveBeenCalled()
    for (const on of [true, false, true]) {
      isWanted.value = on
      await flushPromises()
    }
    expect([get.mock.calls.length, late.part.value]).toEqual([1, 'made'])
  })

  it('[LP3] files that are dropped before the tray is there are attached where they were dropped', async () => {
    const server = createFakeServer({ user: { id: 'me', name: 'Robin' }, features: ['attachments'] })
    const upload = vi.fn(() => new Promise<never>(() => {}))
    const chat = createChat({ url: 'ws://test.invalid/chat', transport: server.connect, uploads: { upload } })
    const wrapper = mount(ChatRoom, { props: { room: 'general' }, global: { plugins: [createPinia(), chat] }, attachTo: document.body })
    await vi.waitFor(() => expect(wrapper.find('input[type="file"]').exists()).toBe(true))
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    const files = [new File(['x'], 'pier.png', { type: 'image/png' })]
    wrapper.get('textarea').element.dispatchEvent(Object.assign(drop, { dataTransfer: { files, types: ['Files'] } }))
    await wrapper.setProps({ room: 'other' })
    await vi.waitFor(() => expect(upload).toHaveBeenCalledTimes(1))
    expect(wrapper.find('.chat-tray-item').exists()).toBe(false)
    await wrapper.setProps({ room: 'general' })
    await vi.waitFor(() => expect(wrapper.get('.chat-tray').text()).toContain('pier'))
  })
})
