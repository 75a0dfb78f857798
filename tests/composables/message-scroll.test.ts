import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, shallowRef } from 'vue'
import { compareLists } from '../../src/composables/message-changes.ts'
import { useMessageScroll, type UseMessageScrollReturn } from '../../src/composables/useMessageScroll.ts'
import type { ChatMessage } from '../../src/core/index.ts'
import { message, own } from '../components/support/samples.ts'

enableAutoUnmount(afterEach)

/** What a browser does before it paints: it tells those who watch sizes. */
const observers = new Set<() => void>()
const timeline = { currentTime: 0 }
const paint = (): void => {
  observers.forEach((tell) => tell())
  timeline.currentTime += 16
}

beforeEach(() => {
  observers.clear()
  Object.defineProperty(document, 'timeline', { value: timeline, configurable: true })
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #tell: () => void
      constructor(tell: ResizeObserverCallback) {
        this.#tell = () => tell([], this)
      }
      observe(): void {
        observers.add(this.#tell)
      }
      unobserve(): void {}
      disconnect(): void {
        observers.delete(this.#tell)
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

/** A view of 300 px over rows of 100 px; the DOM of the tests has no layout of its own. */
const show = async (start: readonly ChatMessage[], canLoadOlder = ref(true)) => {
  const messages = shallowRef(start)
  const onReachTop = vi.fn()
  let scroll!: UseMessageScrollReturn
  let element!: HTMLElement
  let looks = 0
  const height = (): number => messages.value.length * 100
  const wrapper = mount(
    defineComponent({
      setup() {
        const scroller = shallowRef<HTMLElement>()
        scroll = useMessageScroll({
          scroller,
          content: scroller,
          messages: () => messages.value,
          canLoadOlder: () => canLoadOlder.value,
          onReachTop,
        })
        const bind = (node: unknown): void => {
          if (!node || node === element) return
          element = node as HTMLElement
          scroller.value = element
          let top = 0
          const looked = <T>(value: T): T => (looks++, value)
          Object.defineProperties(element, {
            clientHeight: { get: () => looked(300), configurable: true },
            scrollHeight: { get: () => looked(Math.max(300, height())), configurable: true },
            scrollTop: {
              get: () => looked(top),
              set: (value: number) => (top = Math.max(0, Math.min(value, height() - 300))),
              configurable: true,
            },
          })
          element.getBoundingClientRect = () => new DOMRect(0, 0, 100, 300)
        }
        const rowAt = (index: number) => (node: unknown) => {
          if (!node) return
          ;(node as HTMLElement).getBoundingClientRect = () => new DOMRect(0, index * 100 - element.scrollTop, 100, 100)
        }
        return () =>
          h('div', { ref: bind }, messages.value.map((row, index) => h('p', { key: row.key, 'data-key': row.key, ref: rowAt(index) })))
      },
    }),
    { attachTo: document.body },
  )
  await nextTick()
  const place = (top: number): void => {
    element.scrollTop = top
  }
  const scrollTo = (top: number): void => {
    place(top)
    element.dispatchEvent(new Event('scroll'))
  }
  return { wrapper, messages, scroll, onReachTop, place, scrollTo, top: () => element.scrollTop, looks: () => looks, canLoadOlder }
}

const list = (from: number, to: number): ChatMessage[] => Array.from({ length: to - from }, (_, index) => message(from + index))

describe('useMessageScroll', () => {
  it('[UI70] starts at the end', async () => {
    const { top, scroll } = await show(list(0, 20))
    expect([top(), scroll.isAtBottom.value]).toEqual([1_700, true])
  })

  it('[UI73] follows at the end', async () => {
    const { messages, top, scroll } = await show(list(0, 20))
    messages.value = list(0, 25)
    await nextTick()
    paint()
    expect([top(), scroll.newCount.value]).toEqual([2_200, 0])
  })

  it('[UI77] at the end, nothing of the page is asked for before it is laid out, however many messages come', async () => {
    const { messages, top, looks } = await show(list(0, 20))
    paint()
    const before = looks()
    messages.value = list(0, 21)
    await nextTick()
    // Of this one the page is in order still.
    expect(looks() - before).toBeLessThanOrEqual(1)
    for (let count = 22; count < 30; count++) {
      messages.value = list(0, count)
      await nextTick()
    }
    expect(looks() - before).toBeLessThanOrEqual(1)
    paint()
    expect(top()).toBe(2_600)
  })

  it('[UI74] stays where it is further up, and counts messages of others', async () => {
    const { messages, top, scroll, scrollTo } = await show(list(0, 20))
    scrollTo(800)
    messages.value = [...list(0, 22), own('a', 'sent')]
    await nextTick()
    expect([top(), scroll.newCount.value, scroll.isAtBottom.value]).toEqual([800, 2, false])
  })

  it('[UI74] the count is gone when the end was seen', async () => {
    const { messages, scroll, scrollTo } = await show(list(0, 20))
    scrollTo(800)
    messages.value = list(0, 22)
    await nextTick()
    scrollTo(1_880)
    expect([scroll.newCount.value, scroll.isAtBottom.value]).toEqual([0, true])
  })

  it('[UI71] an older page moves the view with what is being read, and counts for nothing', async () => {
    const { messages, top, scroll, scrollTo } = await show(list(0, 20))
    scrollTo(530)
    messages.value = list(-10, 20)
    await nextTick()
    expect([top(), scroll.newCount.value]).toEqual([1_530, 0])
    messages.value = list(-15, 20)
    await nextTick()
    expect(top()).toBe(2_030)
  })

  it('[UI71] a page that comes in the frame of a move holds the place after the move', async () => {
    const { messages, top, place, scrollTo } = await show(list(0, 20))
    scrollTo(530)
    place(700)
    messages.value = list(-10, 20)
    await nextTick()
    expect(top()).toBe(1_700)
  })

  it('[UI71] when the row being read is taken away, the next one holds the place', async () => {
    const { messages, top, scrollTo } = await show(list(0, 20))
    scrollTo(530)
    messages.value = list(0, 20).filter((_, index) => index !== 2 && index !== 5)
    await nextTick()
    expect(top()).toBe(330)
  })

  it('[UI72] an own send goes to the end from anywhere', async () => {
    const { messages, top, scroll, scrollTo } = await show(list(0, 20))
    scrollTo(100)
    messages.value = [...list(0, 20), own('a')]
    await nextTick()
    expect([top(), scroll.isAtBottom.value]).toEqual([1_800, true])
  })

  it('[UI73] growth below is not a person who scrolls', async () => {
    const { messages, scroll, top, scrollTo } = await show(list(0, 20))
    messages.value = list(0, 40)
    scrollTo(top())
    expect(scroll.isAtBottom.value).toBe(true)
  })

  it('[UI75] asks for older messages once per approach', async () => {
    const { onReachTop, scrollTo } = await show(list(0, 30))
    for (const at of [900, 300, 200, 100]) scrollTo(at)
    expect(onReachTop).toHaveBeenCalledTimes(1)
    for (const at of [900, 300]) scrollTo(at)
    expect(onReachTop).toHaveBeenCalledTimes(2)
  })

  it('[UI75] does not ask while it is loading, nor where nothing is older', async () => {
    const { onReachTop, scrollTo } = await show(list(0, 30), ref(false))
    for (const at of [900, 300, 200]) scrollTo(at)
    expect(onReachTop).not.toHaveBeenCalled()
  })

  it('[UI75] scrolling down near the top asks for nothing', async () => {
    const { onReachTop, scrollTo, canLoadOlder } = await show(list(0, 30), ref(false))
    scrollTo(10)
    canLoadOlder.value = true
    await nextTick()
    scrollTo(50)
    expect(onReachTop).not.toHaveBeenCalled()
  })

  it('[UI76] fills a view that cannot be scrolled, but does not ask for ever when nothing comes', async () => {
    const { onReachTop, canLoadOlder, messages } = await show(list(0, 2))
    expect(onReachTop).toHaveBeenCalledTimes(1)
    for (let round = 0; round < 5; round++) {
      canLoadOlder.value = false
      await nextTick()
      canLoadOlder.value = true
      await nextTick()
      await nextTick()
    }
    expect(onReachTop).toHaveBeenCalledTimes(1)
    messages.value = list(-1, 2)
    await nextTick()
    paint()
    expect(onReachTop).toHaveBeenCalledTimes(2)
  })
})

describe('what changed in a list', () => {
  it('[UI24] older pages, own messages and a replaced list are no news', () => {
    expect(compareLists(list(5, 8), list(0, 8)).received).toEqual([])
    expect(compareLists(list(0, 2), [...list(0, 2), own('a')])).toMatchObject({ received: [], hasOwnSend: true })
    expect(compareLists(list(0, 2), list(5, 8))).toMatchObject({ isReplaced: true, received: [] })
  })

  it('[UI23] a message of another before own ones that wait is news', () => {
    expect(compareLists([message(1), own('a')], [message(1), message(2), own('a')]).received).toEqual([message(2)])
  })

  it('[UI25] knows what has just failed', () => {
    const failed = own('a', 'failed')
    expect(compareLists([own('a')], [failed]).failed).toEqual([failed])
    expect(compareLists([failed], [failed, message(2)]).failed).toEqual([])
  })
})
