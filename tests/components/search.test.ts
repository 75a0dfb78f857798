import { flushPromises, mount as mountComponent, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ChatSearch from '../../src/components/ChatSearch/ChatSearch.vue'
import { snippetOf } from '../../src/components/ChatSearch/highlight.ts'
import ChatRoom from '../../src/components/ChatRoom/ChatRoom.vue'
import { chatKey } from '../../src/composables/keys.ts'
import { useMessageSearch } from '../../src/composables/index.ts'
import type { ClientFrame, Feature } from '../../src/protocol/index.ts'
import { createTestChat, mount, settle } from '../composables/support.ts'

const bob = { id: 'b', name: 'Bob' }
let chat: ReturnType<typeof createTestChat>

beforeEach(async () => {
  vi.useFakeTimers()
  chat = createTestChat({ features: ['edits', 'search', 'around'], limits: { pageSize: 20 } })
  for (let n = 1; n <= 50; n++) chat.server.say('general', bob, `${n % 2 ? 'odd' : 'even'} message ${n}`)
  chat.session.enter('general')
  chat.session.open()
  await settle()
})
afterEach(() => {
  chat.dispose()
  vi.useRealTimers()
})

const asked = () => chat.server.received.filter((frame): frame is Extract<ClientFrame, { type: 'ask' }> => frame.type === 'ask')
const wait = async (ms = 250): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
}

describe('useMessageSearch', () => {
  const use = () => mount(() => useMessageSearch('general'), (app) => chat.provide(app)).result

  it('[MS1] asks when somebody stops typing, and for nothing when nothing is left', async () => {
    const search = use()
    for (const text of ['e', 'ev', 'eve', 'even']) {
      search.query.value = text
      await wait(100)
    }
    expect([asked().length, search.isSearching.value]).toEqual([0, true])
    await wait()
    expect(asked()).toMatchObject([{ query: 'even', room: 'general' }])
    expect([search.results.value.length, search.results.value[0]!.seq, search.hasMore.value, search.isSearching.value]).toEqual([20, 50, true, false])
    search.query.value = '  '
    await wait()
    expect([asked().length, search.results.value, search.isDone.value]).toEqual([1, [], false])
  })

  it('[MS1] an answer that comes late does not replace that of the last query', async () => {
    const answers: (() => void)[] = []
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'ask' || frame.what !== 'search') return false
      const { id, query } = frame
      answers.push(() => push({ type: 'answer', id, what: 'search', events: chat.server.log('general').filter(({ body }) => body.includes(query)).slice(0, 1), more: false }))
      return true
    })
    const search = use()
    search.query.value = 'odd'
    await wait()
    search.query.value = 'even'
    await wait()
    answers[1]!()
    answers[0]!()
    await settle()
    expect(search.results.value.map(({ seq }) => seq)).toEqual([2])
  })

  it('[MS2] brings page after page, each result once', async () => {
    const search = use()
    search.query.value = 'even'
    await wait()
    const more = search.loadMore()
    await settle()
    await more
    expect(search.results.value.map(({ seq }) => seq)).toEqual(Array.from({ length: 25 }, (_, i) => 50 - 2 * i))
    expect(search.hasMore.value).toBe(false)
  })

  it('[MS2] goes on where a server stopped without having found anything', async () => {
    let pages = 0
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'ask') return false
      pages += 1
      push({ type: 'answer', id: frame.id, what: 'search', events: [], more: true, next: 1_000 - pages })
      return true
    })
    const search = use()
    search.query.value = 'rare'
    await wait()
    expect([pages, search.isSearching.value, search.hasMore.value]).toEqual([10, false, true])
  })

  it('[MS3] tells an error and asks again when told to', async () => {
    const search = use()
    let isBroken = true
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'ask' || !isBroken) return false
      push({ type: 'error', id: frame.id, code: 'rate_limited', message: 'wait', retry: true })
      return true
    })
    search.query.value = 'even'
    await wait()
    expect([search.error.value?.code, search.isSearching.value]).toEqual(['rate_limited', false])
    isBroken = false
    const again = search.retry()
    await settle()
    await again
    expect([search.error.value, search.results.value.length]).toEqual([undefined, 20])
  })
})

describe('ChatSearch', () => {
  let wrapper: VueWrapper
  const open = async (query?: string): Promise<void> => {
    let provided!: unknown
    mount(() => undefined, (app) => {
      chat.provide(app)
      provided = app._context.provides[chatKey as symbol]
    })
    wrapper = mountComponent(ChatSearch, { props: { room: 'general', title: 'General' }, attachTo: document.body, global: { provide: { [chatKey as symbol]: provided } } })
    if (query === undefined) return
    await wrapper.find('input').setValue(query)
    await wait()
    await flushPromises()
  }
  afterEach(() => wrapper.unmount())
  const press = (key: string, init: KeyboardEventInit = {}): Promise<void> => wrapper.find('input').trigger('keydown', { key, ...init })
  const selected = () => wrapper.find('[aria-selected="true"]')

  it('[MS4] is used with the keyboard alone', async () => {
    await open('even')
    expect(document.activeElement).toBe(wrapper.find('input').element)
    await press('ArrowDown')
    await press('ArrowDown')
    expect(selected().text()).toContain('even message 48')
    expect(wrapper.find('input').attributes('aria-activedescendant')).toBe(selected().attributes('id'))
    await press('ArrowUp')
    await press('Enter')
    expect(wrapper.emitted('select')).toMatchObject([[{ seq: 50 }]])
    await press('Enter', { isComposing: true })
    expect(wrapper.emitted('select')).toHaveLength(1)
    await press('Escape')
    expect(wrapper.emitted('close')).toHaveLength(1)
  })

  it('[MS4] the arrow beyond the last result brings older ones', async () => {
    await open('even')
    for (let n = 0; n < 21; n++) {
      await press('ArrowDown')
      await wait(0)
    }
    await flushPromises()
    expect(selected().text()).toContain('even message 10')
  })

  it('[MS6] announces what was found, and that nothing was', async () => {
    await open('even')
    expect(wrapper.find('[role="status"]').text()).toBe('The newest 20 messages found; there are more.')
    await wrapper.find('input').setValue('nowhere')
    await wait()
    await flushPromises()
    expect(wrapper.find('[role="status"]').text()).toBe('No message has these words.')
    expect(wrapper.findAll('[role="option"]')).toHaveLength(0)
  })

  it('[MS3] offers to try again', async () => {
    await open()
    chat.server.intercept((frame, push) => {
      if (frame.type !== 'ask') return false
      push({ type: 'error', id: frame.id, code: 'internal', message: 'x', retry: true })
      return true
    })
    await wrapper.find('input').setValue('even')
    await wait()
    await flushPromises()
    expect(wrapper.text()).toContain('The search did not work.')
    chat.server.intercept(() => false)
    await wrapper.find('.chat-find-note button').trigger('click')
    await settle()
    await flushPromises()
    expect(wrapper.findAll('[role="option"]')).toHaveLength(20)
  })

  it('[MS5] shows markup as text', async () => {
    chat.server.say('general', bob, '<img src=x onerror=alert(1)> hostile')
    await open('hostile')
    expect(wrapper.find('.chat-find-text').text()).toContain('<img src=x')
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.find('mark').text()).toBe('hostile')
  })
})

describe('the search of a room', () => {
  const open = async (features: readonly Feature[]): Promise<VueWrapper> => {
    chat.dispose()
    chat = createTestChat({ features })
    let provided!: unknown
    mount(() => undefined, (app) => {
      chat.provide(app)
      provided = app._context.provides[chatKey as symbol]
    })
    const wrapper = mountComponent(ChatRoom, { props: { room: 'general' }, attachTo: document.body, global: { provide: { [chatKey as symbol]: provided } } })
    // Vue takes no event of the moment in which its listener was made.
    await wait(10)
    return wrapper
  }
  const find = (wrapper: VueWrapper): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true })
    wrapper.find('.chat-list').element.dispatchEvent(event)
    return event
  }

  it('[MS7] Ctrl+F opens it once, and is the browser’s the second time', async () => {
    const wrapper = await open(['search'])
    expect(find(wrapper).defaultPrevented).toBe(true)
    await settle()
    expect(wrapper.find('.chat-find-open').attributes('aria-expanded')).toBe('true')
    expect(find(wrapper).defaultPrevented).toBe(false)
    await wrapper.find('.chat-find-open').trigger('click')
    expect(wrapper.find('.chat-find-open').attributes('aria-expanded')).toBe('false')
    wrapper.unmount()
  })

  it('[MS7] is not offered where the server cannot search', async () => {
    const wrapper = await open([])
    expect(wrapper.find('.chat-find-open').exists()).toBe(false)
    expect(find(wrapper).defaultPrevented).toBe(false)
    wrapper.unmount()
  })
})

describe('the text of a result', () => {
  const shown = (text: string, query: string): string => snippetOf(text, query).map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('')

  it('[MS5] has what was looked for marked, and nothing in the middle of words', () => {
    expect(shown('The ferry, other ferries', 'the fer')).toBe('[The] [fer]ry, other [fer]ries')
    expect(shown('今天下雨，明天也下雨', '下雨')).toBe('今天[下雨]，明天也[下雨]')
    expect(shown('costs 5€ (all)', '( 5€ *')).toBe('costs [5€] (all)')
    expect(shown('nothing here', '')).toBe('nothing here')
  })

  it('[MS5] is cut around the first hit, and never inside a character', () => {
    const text = `${'👍'.repeat(200)} needle ${'x'.repeat(500)}`
    const parts = shown(text, 'needle')
    expect(parts).toMatch(/^…👍+ \[needle\] x+…$/u)
    expect(parts.length).toBeLessThan(300)
  })
})
