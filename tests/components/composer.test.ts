import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { ChatComposer, ChatRoom } from '../../src/components/index.ts'
// Loaded beforehand, as in a page whose field has had the focus.
import '../../src/components/ChatComposer/parts.ts'
import { createChat } from '../../src/plugin.ts'
import { createFakeServer } from '../../src/testing.ts'
import { message, own } from './support/samples.ts'

enableAutoUnmount(afterEach)
beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

const ada = { id: 'ada', name: 'Ada' }
const lin = { id: 'lin', name: '林晓雨' }

const show = (props: Record<string, unknown> = {}, slots = {}) =>
  mount(ChatComposer, { props: { title: 'General', ...props }, slots, attachTo: document.body })
const fieldOf = (wrapper: VueWrapper) => wrapper.get('textarea')
/** Types with the caret at the end. */
const type = async (wrapper: VueWrapper, text: string): Promise<void> => {
  const { element } = fieldOf(wrapper)
  element.value = text
  element.setSelectionRange(text.length, text.length)
  await fieldOf(wrapper).trigger('input')
  await flushPromises()
}
const press = async (wrapper: VueWrapper, key: string, init = {}): Promise<KeyboardEvent> => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  fieldOf(wrapper).element.dispatchEvent(event)
  await flushPromises()
  return event
}
const onPhone = (): void => {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(pointer: coarse)' }))
}

describe('which key sends', () => {
  it.each([
    ['auto', {}, true],
    ['auto', { ctrlKey: true }, false],
    ['enter', {}, true],
    ['mod-enter', {}, false],
    ['mod-enter', { ctrlKey: true }, true],
    ['mod-enter', { metaKey: true }, true],
    ['mod-enter', { shiftKey: true, ctrlKey: true }, false],
  ])('[CW1] %s with %j: %s', async (submitOn, keys, isSent) => {
    const wrapper = show({ submitOn })
    await type(wrapper, 'Hello')
    const event = await press(wrapper, 'Enter', keys)
    expect(wrapper.emitted('send') !== undefined).toBe(isSent)
    expect(event.defaultPrevented).toBe(isSent)
  })

  it('[CW1] on a phone Enter breaks the line, and the button sends', async () => {
    onPhone()
    const wrapper = show()
    await type(wrapper, 'Hello')
    expect((await press(wrapper, 'Enter')).defaultPrevented).toBe(false)
    expect(wrapper.emitted('send')).toBeUndefined()
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('send')).toEqual([['Hello']])
    await wrapper.setProps({ submitOn: 'enter' })
    await type(wrapper, 'Again')
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('send')).toHaveLength(2)
  })
})

describe('answering and editing', () => {
  it('[CW2] says what is answered, and gives it up by its button or by Esc', async () => {
    const wrapper = show({ replying: message(3, { body: 'Which\npier?' }) })
    await vi.dynamicImportSettled()
    const banner = wrapper.get('.chat-composer-target')
    expect(banner.text().replaceAll(/[\u2068\u2069]/g, '')).toContain('Replying to Ada Okafor')
    expect(banner.text()).toContain('Which pier?')
    await banner.get('button').trigger('click')
    await press(wrapper, 'Escape')
    expect(wrapper.emitted('cancel-reply')).toHaveLength(2)
    await wrapper.setProps({ replying: message(3, { isDeleted: true, body: '' }) })
    expect(wrapper.get('.chat-composer-target').text()).toContain('deleted')
  })

  it('[CW3] an edit begins with the text of the message, and the draft from before comes back', async () => {
    const wrapper = show()
    await type(wrapper, 'a draft')
    const mine = own('a', 'sent', { seq: 4, body: 'Pier 6' })
    await wrapper.setProps({ editing: mine })
    await flushPromises()
    expect(fieldOf(wrapper).element.value).toBe('Pier 6')
    expect(document.activeElement).toBe(fieldOf(wrapper).element)
    expect(wrapper.get('.chat-send').attributes('aria-label')).toBe('Save')
    await type(wrapper, 'Pier 7')
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('edit')).toEqual([['Pier 7']])
    expect(wrapper.emitted('send')).toBeUndefined()
    await wrapper.setProps({ editing: undefined })
    expect(fieldOf(wrapper).element.value).toBe('a draft')
    await wrapper.setProps({ editing: mine })
    expect(fieldOf(wrapper).element.value).toBe('Pier 6')
  })

  it('[CW3] an edit that is emptied asks to take the message back, and says nothing was typed', async () => {
    const wrapper = show({ editing: own('a', 'sent', { seq: 4, body: 'Pier 6' }) })
    await type(wrapper, '  ')
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('remove')).toHaveLength(1)
    expect(wrapper.emitted('edit')).toBeUndefined()
  })

  it('[CW4] ↑ edits the last message from an empty field only', async () => {
    const wrapper = show()
    expect((await press(wrapper, 'ArrowUp')).defaultPrevented).toBe(true)
    expect(wrapper.emitted('edit-last')).toHaveLength(1)
    await press(wrapper, 'ArrowUp', { shiftKey: true })
    await press(wrapper, 'ArrowUp', { isComposing: true })
    await type(wrapper, ' ')
    expect((await press(wrapper, 'ArrowUp')).defaultPrevented).toBe(false)
    expect(wrapper.emitted('edit-last')).toHaveLength(1)
  })

  it('[CW5] Esc goes back one step at a time: suggestions, edit, answer, nothing', async () => {
    const wrapper = show({ people: [ada], editing: own('a', 'sent', { seq: 4 }), replying: message(1) })
    await type(wrapper, '@a')
    expect(wrapper.find('[role=listbox]').exists()).toBe(true)
    await press(wrapper, 'Escape')
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
    expect(wrapper.emitted()).not.toHaveProperty('cancel-edit')
    await press(wrapper, 'Escape')
    expect(wrapper.emitted('cancel-edit')).toHaveLength(1)
    await wrapper.setProps({ editing: undefined })
    await press(wrapper, 'Escape', { isComposing: true })
    expect(wrapper.emitted()).not.toHaveProperty('cancel-reply')
    await press(wrapper, 'Escape')
    expect(wrapper.emitted('cancel-reply')).toHaveLength(1)
    await wrapper.setProps({ replying: undefined })
    expect((await press(wrapper, 'Escape')).defaultPrevented).toBe(false)
  })
})

describe('completing names', () => {
  it('[CW13] the field names the suggestions and the one that is meant while there are some', async () => {
    const wrapper = show({ people: [ada, lin] })
    expect(fieldOf(wrapper).attributes()).not.toHaveProperty('aria-activedescendant')
    await type(wrapper, 'hi @')
    const list = wrapper.get('[role=listbox]')
    expect(fieldOf(wrapper).attributes()).toMatchObject({
      'aria-haspopup': 'listbox',
      'aria-autocomplete': 'list',
      'aria-controls': list.attributes('id'),
      'aria-activedescendant': list.get('[aria-selected=true]').attributes('id'),
    })
    expect(wrapper.get('[role=status]').text()).toBe('2 suggestions')
    await type(wrapper, 'hi there')
    expect(fieldOf(wrapper).attributes()).not.toHaveProperty('aria-activedescendant')
    expect(wrapper.get('[role=status]').text()).toBe('')
  })

  it.each(['Enter', 'Tab'])('[CW14] arrows choose, %s takes, and the message says who is spoken to', async (key) => {
    const wrapper = show({ people: [ada, lin] })
    await type(wrapper, 'hi @')
    await press(wrapper, 'ArrowUp')
    expect(wrapper.get('[aria-selected=true]').text()).toContain('林晓雨')
    await press(wrapper, 'ArrowDown')
    await press(wrapper, 'ArrowDown')
    await press(wrapper, key)
    expect(fieldOf(wrapper).element.value).toBe('hi @林晓雨 ')
    expect(wrapper.emitted('send')).toBeUndefined()
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('send')).toEqual([['hi @林晓雨', { mentions: ['lin'] }]])
    await type(wrapper, 'and nobody')
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('send')![1]).toEqual(['and nobody'])
  })

  it('[CW14] a click takes, and leaves the focus in the field', async () => {
    const wrapper = show({ people: [ada, lin] })
    fieldOf(wrapper).element.focus()
    await type(wrapper, '@a')
    const press = new MouseEvent('mousedown', { bubbles: true, cancelable: true })
    wrapper.get('[role=option]').element.dispatchEvent(press)
    expect(press.defaultPrevented).toBe(true)
    await wrapper.get('[role=option]').trigger('click')
    expect(fieldOf(wrapper).element.value).toBe('@Ada ')
    expect(document.activeElement).toBe(fieldOf(wrapper).element)
  })

  it('[CW14] in the middle of a text only the name is replaced', async () => {
    const wrapper = show({ people: [ada] })
    const { element } = fieldOf(wrapper)
    element.value = 'hi @a and you'
    element.setSelectionRange(5, 5)
    await fieldOf(wrapper).trigger('input')
    await flushPromises()
    await press(wrapper, 'Enter')
    expect(element.value).toBe('hi @Ada  and you')
  })

  it('[CW15] keys of an input method are its own, and what it composes is completed when it is done', async () => {
    const wrapper = show({ people: [ada, lin] })
    const { element } = fieldOf(wrapper)
    element.value = '@林'
    element.setSelectionRange(2, 2)
    element.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }))
    await flushPromises()
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
    await fieldOf(wrapper).trigger('compositionend')
    await flushPromises()
    expect(wrapper.find('[role=listbox]').exists()).toBe(true)
    await press(wrapper, 'Enter', { isComposing: true })
    expect(element.value).toBe('@林')
  })

  it('[CW15] suggestions that were closed stay closed for that word', async () => {
    const wrapper = show({ people: [ada] })
    await type(wrapper, '@a')
    await press(wrapper, 'Escape')
    await type(wrapper, '@ad')
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
    await type(wrapper, '@ad @a')
    expect(wrapper.find('[role=listbox]').exists()).toBe(true)
  })

  it('[CW16] emoji are completed by their names, where there are some', async () => {
    const emoji = () => import('../../src/emoji.ts')
    const wrapper = show({ emoji })
    await type(wrapper, 'yes :rocke')
    await vi.waitFor(() => expect(wrapper.find('[role=option]').exists()).toBe(true))
    expect(wrapper.get('[role=option]').text()).toContain(':rocket:')
    await press(wrapper, 'Enter')
    expect(fieldOf(wrapper).element.value).toBe('yes 🚀 ')
    const without = show()
    await type(without, 'yes :rocke')
    expect(without.find('[role=listbox]').exists()).toBe(false)
  })

  it('[CW16] emoji that cannot be loaded keep nobody from writing, and are tried again', async () => {
    let tries = 0
    const wrapper = show({ emoji: () => (tries++, Promise.reject(new Error('offline'))) })
    await type(wrapper, 'yes :rock')
    await type(wrapper, 'yes :rocke')
    expect(tries).toBe(2)
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('send')).toEqual([['yes :rocke']])
  })
})

describe('emoji and other additions', () => {
  it('[CW17] the picker is loaded when it is opened, puts an emoji where the caret is, and Esc closes it', async () => {
    const load = vi.fn(() => import('../../src/emoji.ts'))
    const wrapper = show({ emoji: load })
    await type(wrapper, 'ab')
    fieldOf(wrapper).element.setSelectionRange(1, 1)
    expect(load).not.toHaveBeenCalled()
    const button = wrapper.get('[aria-label=Emoji]')
    await button.trigger('click')
    await vi.waitFor(() => expect(wrapper.find('.chat-emoji-one').exists()).toBe(true))
    expect(button.attributes('aria-expanded')).toBe('true')
    await wrapper.get('.chat-emoji-one').trigger('click')
    await flushPromises()
    expect(fieldOf(wrapper).element.value).toBe('a😀b')
    expect(document.activeElement).toBe(fieldOf(wrapper).element)
    await button.trigger('click')
    await flushPromises()
    await wrapper.get('.chat-emoji input').trigger('keydown', { key: 'Escape' })
    expect(wrapper.find('.chat-emoji').exists()).toBe(false)
    expect(document.activeElement).toBe(fieldOf(wrapper).element)
    expect(wrapper.emitted('send')).toBeUndefined()
  })

  it('[CW18] slots get what they need to act, and a parent can insert and focus', async () => {
    const seen: { canSend: boolean; insert(text: string): void }[] = []
    const wrapper = show({}, { before: (given: (typeof seen)[number]) => (seen.push(given), h('i', 'before')), toolbar: () => h('i', 'under') })
    expect(wrapper.text()).toContain('before')
    expect(wrapper.text()).toContain('under')
    seen.at(-1)!.insert('Hello')
    await flushPromises()
    expect(seen.at(-1)!.canSend).toBe(true)
    ;(wrapper.vm as unknown as { insert(text: string): void }).insert(' you')
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('send')).toEqual([['Hello you']])
  })

  it.each([
    ['readonly', { readonly: true }],
    ['disabled', { disabled: true }],
  ])('[CW19] %s: nothing goes, what was written stays, and why is said', async (_name, props) => {
    const wrapper = show({ attachments: true, emoji: () => import('../../src/emoji.ts') })
    await type(wrapper, 'kept')
    await wrapper.setProps({ ...props, reason: 'Only members may write here.' })
    await press(wrapper, 'Enter')
    await press(wrapper, 'ArrowUp')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('send')).toBeUndefined()
    expect(fieldOf(wrapper).element.value).toBe('kept')
    const reason = wrapper.get('.chat-composer-reason')
    expect(reason.text()).toBe('Only members may write here.')
    expect(fieldOf(wrapper).attributes('aria-describedby')).toContain(reason.attributes('id'))
    expect(wrapper.findAll('button').every((button) => button.attributes('disabled') !== undefined)).toBe(true)
  })
})

describe('files', () => {
  const picture = new File(['x'], 'pier.png', { type: 'image/png' })
  const transfer = (files: File[], types: string[]) => ({ files, types }) as unknown as DataTransfer
  const give = async (wrapper: VueWrapper, kind: string, data: DataTransfer): Promise<Event> => {
    const event = new Event(kind, { bubbles: true, cancelable: true })
    Object.assign(event, { clipboardData: data, dataTransfer: data })
    fieldOf(wrapper).element.dispatchEvent(event)
    await flushPromises()
    return event
  }

  it('[CW20] come by paste; a text that comes with a picture of itself is a text', async () => {
    const wrapper = show({ attachments: true })
    expect((await give(wrapper, 'paste', transfer([picture], ['text/plain', 'Files']))).defaultPrevented).toBe(false)
    expect(wrapper.emitted('files')).toBeUndefined()
    expect((await give(wrapper, 'paste', transfer([picture], ['Files']))).defaultPrevented).toBe(true)
    expect(wrapper.emitted('files')).toEqual([[[picture]]])
  })

  it('[CW21] come by drop, with a visible place for it; dragged texts go where they would', async () => {
    const wrapper = show({ attachments: true })
    expect((await give(wrapper, 'dragover', transfer([], ['text/plain']))).defaultPrevented).toBe(false)
    expect(wrapper.find('.chat-composer-drop').exists()).toBe(false)
    expect((await give(wrapper, 'dragover', transfer([], ['Files']))).defaultPrevented).toBe(true)
    expect(wrapper.get('.chat-composer-drop').text()).toBe('Drop files to attach them')
    await give(wrapper, 'drop', transfer([picture, picture], ['Files']))
    expect(wrapper.emitted('files')).toEqual([[[picture, picture]]])
    expect(wrapper.find('.chat-composer-drop').exists()).toBe(false)
  })

  it('[CW22] come by the button; the same file can be picked again', async () => {
    const wrapper = show({ attachments: true, accept: 'image/*' })
    const input = wrapper.get<HTMLInputElement>('input[type=file]')
    expect(input.attributes('accept')).toBe('image/*')
    const click = vi.spyOn(input.element, 'click').mockImplementation(() => {})
    await wrapper.get('[aria-label="Attach files"]').trigger('click')
    expect(click).toHaveBeenCalled()
    Object.defineProperty(input.element, 'files', { value: [picture] })
    await input.trigger('change')
    expect(wrapper.emitted('files')).toEqual([[[picture]]])
    expect(input.element.value).toBe('')
  })

  it('[CW23] are not taken where none are wanted, nor during an edit; with some a message needs no text', async () => {
    const wrapper = show()
    await give(wrapper, 'paste', transfer([picture], ['Files']))
    await give(wrapper, 'drop', transfer([picture], ['Files']))
    expect(wrapper.find('[aria-label="Attach files"]').exists()).toBe(false)
    await wrapper.setProps({ attachments: true, editing: own('a', 'sent', { seq: 1 }) })
    await give(wrapper, 'paste', transfer([picture], ['Files']))
    expect(wrapper.emitted('files')).toBeUndefined()
    await wrapper.setProps({ editing: undefined, allowEmpty: true })
    await press(wrapper, 'Enter')
    expect(wrapper.emitted('send')).toEqual([['']])
  })
})

describe('in a room', () => {
  const open = async (room = 'general', url = 'ws://test.invalid/chat', options = {}) => {
    const server = createFakeServer({ user: { id: 'me', name: 'Robin' }, features: ['edits', 'reactions', 'replies', 'mentions'] })
    server.setMembers('general', [ada, lin])
    for (let i = 0; i < 5; i++) server.say('general', ada, `Hello ${i}`)
    const rows = vi.fn(() => h('i'))
    const chat = createChat({ url, transport: server.connect, user: { id: 'me', name: 'Robin' }, ...options })
    const wrapper = mount(ChatRoom, {
      props: { room },
      slots: { message: rows },
      global: { plugins: [createPinia(), chat] },
      attachTo: document.body,
    })
    await flushPromises()
    return { wrapper, server, rows }
  }

  it('[CW30] typing renders no message, and a completed name and a long text neither', async () => {
    const { wrapper, rows } = await open()
    expect(rows).toHaveBeenCalled()
    await type(wrapper, 'x')
    rows.mockClear()
    for (const text of ['H', 'He', 'Hello', 'Hello @', 'Hello @a', 'x'.repeat(3_999), 'x'.repeat(5_000), '']) await type(wrapper, text)
    expect(rows).not.toHaveBeenCalled()
  })

  it('[CW31] each room has its own draft, which is there after a switch and after a reload', async () => {
    const first = await open()
    await type(first.wrapper, 'for general')
    await first.wrapper.setProps({ room: 'kitchen' })
    await flushPromises()
    expect(fieldOf(first.wrapper).element.value).toBe('')
    await type(first.wrapper, 'for kitchen')
    await first.wrapper.setProps({ room: 'general' })
    await flushPromises()
    expect(fieldOf(first.wrapper).element.value).toBe('for general')
    first.wrapper.unmount()
    const second = await open('kitchen')
    expect(fieldOf(second.wrapper).element.value).toBe('for kitchen')
    await press(second.wrapper, 'Enter')
    second.wrapper.unmount()
    expect(fieldOf((await open('kitchen')).wrapper).element.value).toBe('')
  })

  it('[CW31] what is kept has no part of a secret in the address, and keepDrafts: false keeps nothing', async () => {
    const { wrapper } = await open('general', 'ws://test.invalid/chat?ticket=hush')
    await type(wrapper, 'half')
    wrapper.unmount()
    expect(Object.keys({ ...localStorage })).toEqual([expect.stringContaining('general')])
    expect(JSON.stringify({ ...localStorage })).not.toContain('hush')
    localStorage.clear()
    const second = await open('general', undefined, { keepDrafts: false })
    await type(second.wrapper, 'half')
    second.wrapper.unmount()
    expect(localStorage).toHaveLength(0)
  })

  it('[CW31] what is answered comes back with the draft, also when its message is not loaded', async () => {
    const drafts = JSON.stringify({ v: 1, at: Date.now(), text: 'to you', reply: { seq: 2, author: ada, body: 'Hello 1' } })
    localStorage.setItem('vue-chat-socket:draft:me:ws%3A%2F%2Ftest.invalid%2Fchat:general', drafts)
    localStorage.setItem('vue-chat-socket:draft:me:ws%3A%2F%2Ftest.invalid%2Fchat:kitchen', drafts)
    const { wrapper, server } = await open()
    expect(wrapper.get('.chat-composer-target').text()).toContain('Hello 1')
    expect(document.activeElement).toBe(document.body)
    await press(wrapper, 'Enter')
    expect(server.received.findLast(({ type }) => type === 'send')).toMatchObject({ body: 'to you', replyTo: 2 })
    expect(wrapper.find('.chat-composer-target').exists()).toBe(false)
    await wrapper.setProps({ room: 'kitchen' })
    await flushPromises()
    expect(wrapper.get('.chat-composer-target').text()).toContain('Hello 1')
  })

  it('[CW32] people who are there are completed, but not oneself', async () => {
    const { wrapper } = await open()
    await type(wrapper, '@')
    expect(wrapper.findAll('[role=option] bdi').map((one) => one.text())).toEqual(['Ada', '林晓雨'])
  })
})
