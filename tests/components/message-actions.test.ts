import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { ChatMessageList } from '../../src/components/index.ts'
import type { ChatMessage } from '../../src/core/index.ts'
import { message, own } from './support/samples.ts'

const ALL = ['react', 'reply', 'edit', 'copy', 'remove'] as const
const mine = own('a', 'sent', { seq: 3, body: 'Mine' })

const show = (messages: readonly ChatMessage[], props: Record<string, unknown> = {}, slots = {}) =>
  mount(ChatMessageList, { props: { messages, title: 'General', actions: () => ALL, ...props }, slots, attachTo: document.body })

type Wrapper = ReturnType<typeof show>

/** The tools are loaded when they are needed for the first time. */
const settle = async (): Promise<void> => {
  await vi.dynamicImportSettled()
  await flushPromises()
}
const row = (key: string): HTMLElement => document.querySelector<HTMLElement>(`article[data-key="${key}"]`)!
const focus = async (key: string): Promise<HTMLElement> => {
  row(key).focus()
  await settle()
  return row(key)
}
const press = async (key: string, target: Element | null = document.activeElement, init: KeyboardEventInit = {}): Promise<KeyboardEvent> => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  target?.dispatchEvent(event)
  await settle()
  return event
}
const hover = async (key: string): Promise<void> => {
  row(key).dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerType: 'mouse' }))
  await settle()
}
const done = (wrapper: Wrapper): unknown[] => (wrapper.emitted('action') ?? []).map(([action]) => {
  const { type, message, emoji } = action as { type: string; message: ChatMessage; emoji?: string }
  return [type, message.key, ...(emoji ? [emoji] : [])]
})
const labels = (selector: string): (string | null)[] => [...document.querySelectorAll(selector)].map((element) => element.getAttribute('aria-label') ?? element.querySelector('span')!.textContent)

const write = vi.fn<(text: string) => Promise<void>>()

beforeEach(() => {
  write.mockReset().mockResolvedValue()
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(write)
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

describe('the bar', () => {
  it('[MA40] stands in the message under the pointer alone, and goes with it', async () => {
    const wrapper = show([message(1), mine])
    await hover('general:1')
    expect(document.querySelectorAll('.chat-tools')).toHaveLength(1)
    expect(row('general:1').querySelector('.chat-tools')).not.toBeNull()
    await hover('a')
    expect(row('a').querySelector('.chat-tools')).not.toBeNull()
    expect(row('general:1').querySelector('.chat-tools')).toBeNull()
    await wrapper.get('[role=log]').trigger('pointerleave')
    expect(document.querySelector('.chat-tools')).toBeNull()
  })

  it('[MA40] offers the first quick reactions, the answer, what the host adds, and the rest', async () => {
    const wrapper = show([message(1)], { quickReactions: ['1️⃣', '2️⃣', '3️⃣', '4️⃣'] }, {
      'message-actions': ({ message, actions }: { message: ChatMessage; actions: readonly string[] }) => h('button', { 'aria-label': `${message.key} ${actions.join()}` }),
    })
    await hover('general:1')
    expect(labels('.chat-tools button')).toEqual(['React with 1️⃣', 'React with 2️⃣', 'React with 3️⃣', 'Reply', `general:1 ${ALL.join()}`, 'More actions'])
    document.querySelectorAll<HTMLElement>('.chat-tools button')[1]!.click()
    document.querySelectorAll<HTMLElement>('.chat-tools button')[3]!.click()
    await settle()
    expect(done(wrapper)).toEqual([['react', 'general:1', '2️⃣'], ['reply', 'general:1']])
  })

  it('[MA40] does for a button of the host what may be done, and nothing else', async () => {
    type Run = (action: string) => void
    const wrapper = show([mine], { actions: () => ['reply'] }, {
      'message-actions': ({ run, react }: { run: Run; react: Run }) => [
        h('button', { class: 'all', onClick: () => ['edit', 'remove', 'copy', 'reply'].forEach(run) }),
        h('button', { class: 'react', onClick: () => react('👍') }),
      ],
    })
    await hover('a')
    document.querySelector<HTMLElement>('.react')!.click()
    document.querySelector<HTMLElement>('.all')!.click()
    await settle()
    expect(done(wrapper)).toEqual([['reply', 'a']])
    expect(document.querySelector('.chat-dialog')).toBeNull()
  })

  it('[MA40] stands beside a message whose bubble is drawn by a slot', async () => {
    show([mine], {}, { message: ({ message }: { message: ChatMessage }) => h('p', message.body) })
    await hover('a')
    expect(row('a').querySelector('.chat-message-main > .chat-tools')).not.toBeNull()
  })

  it('[MA40] is not there where nothing can be done', async () => {
    show([message(1, { isDeleted: true, body: '' })], { actions: () => [] })
    await hover('general:1')
    expect(document.querySelector('.chat-tools')).toBeNull()
  })

  it('[MA40] is one stop of the Tab key with arrows inside, and Escape leads back to the message', async () => {
    show([message(1)])
    await hover('general:1')
    const all = [...document.querySelectorAll<HTMLElement>('.chat-tools button')]
    expect(all.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1, -1])
    all[0]!.focus()
    await press('ArrowRight')
    expect(document.activeElement).toBe(all[1])
    await press('ArrowLeft')
    await press('ArrowLeft')
    expect(document.activeElement).toBe(all.at(-1))
    await press('Escape')
    expect(document.activeElement).toBe(row('general:1'))
  })
})

describe('the menu', () => {
  const open = async (key: string): Promise<void> => {
    await focus(key)
    await press('Enter')
  }
  const active = (): string | null => document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.querySelector('span')?.textContent ?? null

  it('[MA41] offers what can be done to the message, and nothing else', async () => {
    show([message(1), mine], { actions: ({ isOwn }: ChatMessage) => (isOwn ? ALL : ['copy']), quickReactions: ['👍'] })
    await open('a')
    expect(labels('.chat-menu button')).toEqual(['React with 👍', 'Reply', 'Edit', 'Copy text', 'Delete'])
    expect(document.querySelector('.chat-menu')!.getAttribute('role')).toBe('menu')
    await press('Escape')
    await open('general:1')
    expect(labels('.chat-menu button')).toEqual(['Copy text'])
  })

  it('[MA41] is walked through with the arrow keys, Home and End; reactions stand side by side', async () => {
    show([mine], { quickReactions: ['👍', '🎉'] })
    await open('a')
    const seen = [active()]
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'End', 'Home']) {
      await press(key)
      seen.push(active())
    }
    expect(seen).toEqual(['React with 👍', 'React with 🎉', 'Reply', 'Edit', 'Reply', 'React with 👍', 'Delete', 'React with 👍', 'Delete', 'React with 👍'])
  })

  it.each(['Escape', 'Tab'])('[MA41] gives the focus back on %s', async (key) => {
    show([mine])
    await open('a')
    expect(document.querySelector('.chat-menu')).not.toBeNull()
    await press(key)
    expect(document.querySelector('.chat-menu')).toBeNull()
    expect(document.activeElement).toBe(row('a'))
  })

  it('[MA41] takes a reaction of ours off again', async () => {
    const wrapper = show([message(1, { reactions: [{ emoji: '👍', count: 1, isOwn: true, users: [] }] })], { quickReactions: ['👍'] })
    await open('general:1')
    expect(document.activeElement!.getAttribute('aria-checked')).toBe('true')
    ;(document.activeElement as HTMLElement).click()
    await settle()
    expect(done(wrapper)).toEqual([['unreact', 'general:1', '👍']])
    expect(document.activeElement).toBe(row('general:1'))
  })

  it('[MA41] has a place for more reactions', async () => {
    const wrapper = show([message(1)], {}, {
      'reaction-picker': ({ pick }: { pick: (emoji: string) => void }) => h('button', { id: 'rocket', onClick: () => pick('🚀') }),
    })
    await open('general:1')
    document.querySelector<HTMLElement>('.chat-menu [aria-label="More reactions"]')!.click()
    await settle()
    expect(document.activeElement!.id).toBe('rocket')
    expect(document.querySelector('.chat-menu')!.getAttribute('role')).toBe('dialog')
    document.getElementById('rocket')!.click()
    await settle()
    expect(done(wrapper)).toEqual([['react', 'general:1', '🚀']])
    expect(document.activeElement).toBe(row('general:1'))
  })

  it('[MA41] stays with its message when that is changed meanwhile', async () => {
    const wrapper = show([message(1), mine])
    await open('a')
    await wrapper.setProps({ messages: [message(0), message(1), { ...mine, body: 'Newer' }] })
    document.querySelectorAll<HTMLElement>('.chat-menu-item')[2]!.click()
    await settle()
    expect(write).toHaveBeenCalledWith('Newer')
  })
})

describe('keys on a message', () => {
  it.each([
    ['r', 'reply'],
    ['R', 'reply'],
    ['e', 'edit'],
    ['c', 'copy'],
  ])('[MA42] %s: %s', async (key, type) => {
    const wrapper = show([mine])
    await focus('a')
    expect((await press(key)).defaultPrevented).toBe(true)
    expect(done(wrapper)).toEqual([[type, 'a']])
  })

  it('[MA42] letters of another alphabet count by their place', async () => {
    const wrapper = show([mine])
    await focus('a')
    await press('к', row('a'), { code: 'KeyR' })
    expect(done(wrapper)).toEqual([['reply', 'a']])
  })

  it('[MA42] do nothing where they may not, with another key held, or inside a field', async () => {
    const wrapper = show([mine], { actions: () => ['reply'] }, { message: () => h('input', { id: 'field' }) })
    await focus('a')
    expect((await press('e')).defaultPrevented).toBe(false)
    await press('r', row('a'), { ctrlKey: true })
    await press('r', row('a'), { metaKey: true })
    await press('r', document.getElementById('field'))
    expect(done(wrapper)).toEqual([])
  })

  it('[MA42] copying says whether it was done', async () => {
    const wrapper = show([mine])
    const told = (): string => wrapper.get('.chat-list-frame > [role=status]').text()
    await focus('a')
    await press('c')
    expect(write).toHaveBeenCalledWith('Mine')
    await settle()
    expect([told(), wrapper.get('.chat-toast').text()]).toEqual(['Copied', 'Copied'])
    write.mockRejectedValue(new Error('not allowed'))
    await press('c')
    expect(told()).toBe('Could not copy')
  })

  it('[MA43] ? lists the keys, and gives the focus back', async () => {
    show([mine])
    await focus('a')
    await press('?', row('a'), { shiftKey: true })
    expect(document.querySelector('.chat-dialog h3')!.textContent).toBe('Keyboard shortcuts')
    expect(document.querySelectorAll('.chat-shortcuts dt').length).toBeGreaterThan(10)
    document.querySelector<HTMLElement>('.chat-dialog button')!.click()
    await settle()
    expect(document.querySelector('.chat-dialog')).toBeNull()
    expect(document.activeElement).toBe(row('a'))
  })
})

describe('deleting', () => {
  const buttons = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.chat-dialog-buttons button')]

  it.each(['Delete', 'Backspace'])('[MA44] asks first (%s), with the words of the message', async (key) => {
    const wrapper = show([mine])
    await focus('a')
    await press(key)
    const dialog = document.querySelector('.chat-dialog')!
    expect(dialog.getAttribute('role')).toBe('alertdialog')
    expect(dialog.textContent).toContain('Mine')
    expect(done(wrapper)).toEqual([])
    buttons()[1]!.click()
    await settle()
    expect(done(wrapper)).toEqual([['remove', 'a']])
    expect(document.querySelector('.chat-dialog')).toBeNull()
  })

  it('[MA44] keeps the focus: on the message after "no", on what is left of it after "yes"', async () => {
    const wrapper = show([message(1), mine])
    await focus('a')
    await press('Delete')
    buttons()[0]!.click()
    await settle()
    expect(document.activeElement).toBe(row('a'))
    await press('Delete')
    buttons()[1]!.click()
    await wrapper.setProps({ messages: [message(1), { ...mine, body: '', isDeleted: true }] })
    await settle()
    expect(document.activeElement).toBe(row('a'))
    expect(row('a').textContent).toContain('This message was deleted')
  })

  it('[MA44] can be asked from outside, and leads back to the text field then', async () => {
    const wrapper = show([mine])
    wrapper.vm.confirmRemove(mine)
    await settle()
    buttons()[0]!.click()
    await settle()
    expect(wrapper.emitted('leave')).toHaveLength(1)
    expect(done(wrapper)).toEqual([])
  })

  it('[MA44] does not delete what was deleted while it asked', async () => {
    const wrapper = show([mine])
    await focus('a')
    await press('Delete')
    await wrapper.setProps({ messages: [{ ...mine, body: '', isDeleted: true }] })
    buttons()[1]!.click()
    await settle()
    expect(done(wrapper)).toEqual([])
  })

  it('[MA44] takes a message that is not stored back without a question', async () => {
    const wrapper = show([own('b', 'failed')])
    await focus('b')
    await press('Delete')
    expect(document.querySelector('.chat-dialog')).toBeNull()
    expect(done(wrapper)).toEqual([['remove', 'b']])
  })
})

describe('a list without actions', () => {
  it('[MA45] lets text be copied, and nothing else', async () => {
    const wrapper = mount(ChatMessageList, { props: { messages: [mine], title: 'General' }, attachTo: document.body })
    await focus('a')
    for (const key of ['r', 'e', 'Delete', 'c']) await press(key)
    expect(done(wrapper)).toEqual([['copy', 'a']])
  })
})

describe('touch', () => {
  const tap = async (target: Element): Promise<void> => {
    target.dispatchEvent(new PointerEvent('click', { bubbles: true, pointerType: 'touch' }))
    await settle()
  }

  it('[MA46] a tap on a message shows its bar, another one hides it; links are still links', async () => {
    show([message(1, { body: 'https://example.org' })])
    await tap(row('general:1'))
    expect(document.querySelector('.chat-tools')).not.toBeNull()
    await tap(row('general:1'))
    expect(document.querySelector('.chat-tools')).toBeNull()
    const link = row('general:1').querySelector('a')!
    // Nowhere to go to.
    link.removeAttribute('href')
    await tap(link)
    expect(document.querySelector('.chat-tools')).toBeNull()
  })
})

describe('a quote', () => {
  it('[MA30] that leads nowhere says so, also to those who see', async () => {
    const wrapper = show([message(5, { replyTo: 1 })])
    row('general:5').querySelector<HTMLElement>('.chat-quote')!.click()
    await settle()
    expect(done(wrapper)).toEqual([['jump', 'general:5']])
    expect(wrapper.get('.chat-list-frame > [role=status]').text()).toBe('This message is no longer there')
    expect(wrapper.get('.chat-toast').text()).toBe('This message is no longer there')
  })

  it('[MA30] takes the focus to what it quotes', async () => {
    show([message(1), message(5, { replyTo: 1, quote: { seq: 1, key: 'general:1', author: { id: 'ada', name: 'Ada' }, body: 'x' } })])
    row('general:5').querySelector<HTMLElement>('.chat-quote')!.click()
    await settle()
    expect(document.activeElement).toBe(row('general:1'))
  })
})

describe('news', () => {
  it('[UI25] a change that fails is announced at once', async () => {
    const { ChatError } = await import('../../src/core/index.ts')
    const wrapper = show([message(1), mine])
    const failedChange = { clientId: 'c', kind: 'edit', body: 'x', error: new ChatError('forbidden', 'no') }
    await wrapper.setProps({ messages: [message(1), { ...mine, failedChange }] })
    expect(wrapper.get('[role=alert]').text()).toBe('Not edited')
  })

  it('[UI24] reactions and edits are not announced', async () => {
    vi.useFakeTimers()
    const wrapper = show([message(1), mine])
    await wrapper.setProps({ messages: [message(1, { body: 'Other', isEdited: true, reactions: [{ emoji: '👍', count: 1, isOwn: false, users: [] }] }), mine] })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(wrapper.get('[role=alert]').text()).toBe('')
    expect(wrapper.get('.chat-list-frame > [role=status]').text()).toBe('')
    await wrapper.setProps({ messages: [message(1), mine, message(4)] })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(wrapper.get('.chat-list-frame > [role=status]').text()).toBe('Ada Okafor: Message 4')
    vi.useRealTimers()
  })
})
