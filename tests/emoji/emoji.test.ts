import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { ChatEmojiPicker, emojiGroups, findEmoji } from '../../src/emoji.ts'
import { createLabels } from '../../src/emoji/find.ts'
import { MAX_RECENT, readTaste, toned, withRecent } from '../../src/emoji/taste.ts'
import { chatLocaleKey } from '../../src/composables/keys.ts'
import { zhCN } from '../../src/locale/zh-CN.ts'
import { shallowRef } from 'vue'

const all = emojiGroups.flatMap(({ emoji }) => emoji)

describe('the emoji', () => {
  it('[EJ1] are whole emoji, each once, with a name of their own and words in two languages', () => {
    // Newer ones than the engine knows are still sequences of emoji.
    const isEmoji = /^(?:\p{Emoji}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Component})+$/u
    expect(all.length).toBeGreaterThan(1_000)
    expect(all.filter(({ emoji }) => !isEmoji.test(emoji))).toEqual([])
    expect(all.filter(({ name }) => !/^[a-z0-9_+-]+$/.test(name))).toEqual([])
    const names = all.map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    const characters = all.map(({ emoji }) => emoji)
    expect(characters.filter((one, index) => characters.indexOf(one) !== index)).toEqual([])
    expect(all.filter(({ region, chinese }) => !region && chinese[0] === '')).toEqual([])
  })

  it.each([
    ['smile', '😄'],
    ['+1', '👍'],
    ['thumbsup', '👍'],
    ['lol', '🤣'],
    ['笑哭', '😂'],
    ['吃瓜', '🍉'],
    ['germany', '🇩🇪'],
    ['日本', '🇯🇵'],
  ])('[EJ2] %s finds %s', (query, emoji) => {
    expect(findEmoji(query, 8).map((one) => one.emoji)).toContain(emoji)
  })

  it('[EJ2] the name itself comes first, and what nobody meant finds nothing', () => {
    expect(findEmoji('heart')[0]!.emoji).toBe('❤️')
    expect(findEmoji('zzzzzz')).toEqual([])
    expect(findEmoji('  ')).toEqual([])
    expect(findEmoji('a', 5)).toHaveLength(5)
  })

  it('[EJ3] are called by the words of the reader', () => {
    const heart = all.find(({ name }) => name === 'heart')!
    const france = all.find(({ region }) => region === 'FR')!
    expect([createLabels('en')(heart), createLabels('zh-CN')(heart)]).toEqual(['heart', '爱'])
    expect([createLabels('en')(france), createLabels('zh-CN')(france)]).toEqual(['France', '法国'])
  })

  it.each([
    ['👍', 3, '👍🏽'],
    ['✌️', 1, '✌🏻'],
    ['🧑‍💻', 5, '🧑🏿‍💻'],
    ['😀', 3, '😀'],
    ['👍', 0, '👍'],
  ])('[EJ4] %s in tone %i is %s', (emoji, tone, wanted) => {
    expect(toned(emoji, tone)).toBe(wanted)
  })
})

describe('ChatEmojiPicker', () => {
  beforeEach(() => localStorage.clear())
  const open = (provide = {}) => mount(ChatEmojiPicker, { attachTo: document.body, global: { provide } })
  const focused = (): string | null => document.activeElement!.getAttribute('aria-label')

  it('[EJ5] begins in the search, and Enter there takes the first one', async () => {
    const wrapper = open()
    const search = wrapper.get('input[type=search]')
    expect(document.activeElement).toBe(search.element)
    await search.setValue('rocket')
    await search.trigger('keydown', { key: 'Enter' })
    expect(wrapper.emitted('pick')).toEqual([['🚀']])
    await search.setValue('nothing like that')
    expect(wrapper.get('[role=status]').text()).toBe('No emoji found')
    await search.trigger('keydown', { key: 'Enter', isComposing: true })
    await search.trigger('keydown', { key: 'Escape' })
    expect(wrapper.emitted('close')).toHaveLength(1)
    expect(wrapper.emitted('pick')).toHaveLength(1)
  })

  it('[EJ6] arrows walk the grid, one stop for Tab, and back to the search at its top', async () => {
    const wrapper = open()
    const press = async (key: string) => {
      const { activeElement } = document
      activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await wrapper.vm.$nextTick()
      await wrapper.vm.$nextTick()
    }
    await press('ArrowDown')
    expect(focused()).toBe('grinning')
    await press('ArrowRight')
    await press('ArrowDown')
    expect(focused()).toBe(emojiGroups[0]!.emoji[9]!.name.replaceAll('_', ' '))
    expect(wrapper.findAll('.chat-emoji-one[tabindex="0"]')).toHaveLength(1)
    await press('End')
    expect(focused()).toBe(emojiGroups[0]!.emoji.at(-1)!.name.replaceAll('_', ' '))
    await press('Home')
    await press('ArrowUp')
    expect(document.activeElement!.getAttribute('type')).toBe('search')
  })

  it('[EJ6] in a page from right to left the arrows are mirrored', async () => {
    const wrapper = open()
    wrapper.get<HTMLElement>('.chat-emoji-grid').element.style.direction = 'rtl'
    wrapper.get<HTMLElement>('.chat-emoji-one').element.focus()
    await wrapper.get('.chat-emoji-one').trigger('keydown', { key: 'ArrowLeft' })
    await wrapper.vm.$nextTick()
    expect(focused()).toBe('smiley')
  })

  it('[EJ7] what was picked is at hand the next time, in this browser', async () => {
    const first = open()
    expect(first.findAll('[role=tab]')).toHaveLength(emojiGroups.length)
    await first.get('select').setValue('3')
    await first.get('[aria-label=People]').trigger('click')
    await first.get('[aria-label=wave]').trigger('click')
    expect(first.emitted('pick')).toEqual([['👋🏽']])
    first.unmount()
    const second = open()
    expect(second.findAll('[role=tab]')[0]!.attributes('aria-label')).toBe('Recently used')
    expect(second.findAll('.chat-emoji-one').map((one) => one.text())).toEqual(['👋🏽'])
    expect(readTaste()).toEqual({ recent: ['👋'], tone: 3 })
  })

  it('[EJ7] only some are remembered, newest first, and what is not ours is left out', () => {
    let taste = { recent: [] as readonly string[], tone: 0 }
    for (const { emoji } of all.slice(0, 40)) taste = withRecent(taste, emoji)
    taste = withRecent(taste, all[39]!.emoji)
    expect(taste.recent).toHaveLength(MAX_RECENT)
    expect(taste.recent[0]).toBe(all[39]!.emoji)
    localStorage.setItem('vue-chat-socket:emoji', '{"recent":[1,"😀"],"tone":99}')
    expect(readTaste()).toEqual({ recent: ['😀'], tone: 0 })
    localStorage.setItem('vue-chat-socket:emoji', 'no')
    expect(readTaste()).toEqual({ recent: [], tone: 0 })
  })

  it('[EJ3] speaks the language around it', () => {
    const wrapper = open({ [chatLocaleKey as symbol]: shallowRef(zhCN) })
    expect(wrapper.get('input').attributes('placeholder')).toBe('搜索表情')
    expect(wrapper.get('.chat-emoji-one').attributes('aria-label')).toBe('笑')
  })
})
