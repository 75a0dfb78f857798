import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, onMounted, readonly, shallowRef, watch, type Ref } from 'vue'
import type { ChatMessage } from '../core/index.ts'
import { compareLists } from './message-changes.ts'
import { measureRows, type MeasuredRow } from './scroll-anchor.ts'

export interface UseMessageScrollOptions {
  /** The element that scrolls. Its `overflow-anchor` has to be `none`: two writers would correct twice. */
  readonly scroller: Readonly<Ref<HTMLElement | null | undefined>>
  /** The element inside it that holds the rows; each row carries `data-key`. */
  readonly content: Readonly<Ref<HTMLElement | null | undefined>>
  readonly messages: () => readonly ChatMessage[]
  /** Whether asking for older messages makes sense now. */
  readonly canLoadOlder?: () => boolean
  /** Called once per approach to the top. */
  readonly onReachTop?: () => void
  /** This near to the end counts as at the end, in pixels. @default 48 */
  readonly bottomMargin?: number
  /** This near to the top asks for older messages, in pixels. @default 400 */
  readonly topMargin?: number
}

export interface UseMessageScrollReturn {
  /** The latest message is in view and stays there. */
  readonly isAtBottom: Readonly<Ref<boolean>>
  /** Messages of others that came below the fold since the end was last seen. */
  readonly newCount: Readonly<Ref<number>>
  /** Goes to the latest message and stays there. @param smooth glides when it is near @default false */
  scrollToBottom(smooth?: boolean): void
}

/**
 * Where a list of messages stands: at the end it follows, anywhere else what is being read stays where it is,
 * whatever grows, shrinks, comes or goes above and below. An own send always ends at the end.
 * Does nothing outside of a browser.
 */
export const useMessageScroll = (options: UseMessageScrollOptions): UseMessageScrollReturn => {
  const { scroller, content, messages, bottomMargin = 48, topMargin = 400 } = options
  const isAtBottom = shallowRef(true)
  const newCount = shallowRef(0)
  let lastTop = 0
  let anchor: readonly MeasuredRow[] = []
  let isArmed = true
  let filledAt = -1

  const setAtBottom = (on: boolean): void => {
    isAtBottom.value = on
    if (on) newCount.value = 0
  }

  const moveTo = (top: number): void => {
    const element = scroller.value
    if (!element) return
    // Writing an equal value would still end a person's momentum on some systems.
    if (Math.abs(element.scrollTop - top) >= 0.5) element.scrollTop = top
    lastTop = element.scrollTop
  }

  /** The one place that corrects the position: after each patch and each change of size. */
  const settle = (): void => {
    const element = scroller.value
    if (!element) return
    if (isAtBottom.value) {
      moveTo(element.scrollHeight - element.clientHeight)
      return
    }
    const row = anchor.find((candidate) => candidate.element.isConnected)
    if (!row) return
    moveTo(element.scrollTop + offsetIn(element, row.element) - row.offset)
  }

  const remember = (): void => {
    anchor = isAtBottom.value ? [] : measureRows(scroller.value, content.value)
  }

  const askForOlder = (): void => {
    if (!isArmed || options.canLoadOlder?.() === false) return
    isArmed = false
    options.onReachTop?.()
  }

  const onScroll = (): void => {
    const element = scroller.value
    if (!element) return
    const { scrollTop } = element
    const isUpwards = scrollTop < lastTop - 0.5
    const isNearEnd = element.scrollHeight - element.clientHeight - scrollTop <= bottomMargin
    // What grew below us looks like a distance too, but only a move upwards means that somebody left the end.
    if (isNearEnd) setAtBottom(true)
    else if (isUpwards) setAtBottom(false)
    lastTop = scrollTop
    remember()
    if (scrollTop > topMargin) isArmed = true
    else if (isUpwards) askForOlder()
  }

  /** A page that does not fill the view cannot be scrolled, so nobody could ask for more. */
  const fill = (): void => {
    const element = scroller.value
    const { length } = messages()
    // A page that failed to load brought nothing; asking again at once would never end.
    if (!element || element.clientHeight === 0 || length === filledAt) return
    if (element.scrollHeight > element.clientHeight || options.canLoadOlder?.() === false) return
    filledAt = length
    askForOlder()
  }

  const scrollToBottom = (smooth = false): void => {
    const element = scroller.value
    setAtBottom(true)
    if (!element) return
    const end = element.scrollHeight - element.clientHeight
    const isFar = end - element.scrollTop > 3 * element.clientHeight
    if (!smooth || isFar || prefersStillness()) moveTo(end)
    else element.scrollTo({ top: end, behavior: 'smooth' })
  }

  watch(messages, remember, { flush: 'pre' })
  watch(
    messages,
    (now, before) => {
      const change = compareLists(before, now)
      if (change.isReplaced || change.hasOwnSend) setAtBottom(true)
      else if (!isAtBottom.value) newCount.value += change.received.length
      settle()
      fill()
    },
    { flush: 'post' },
  )
  // A page that was too short to leave the margin may be asked for again by the next move upwards.
  watch(
    () => options.canLoadOlder?.() ?? true,
    (can) => {
      isArmed = can
      if (can) void nextTick(fill)
    },
    { flush: 'post' },
  )

  useEventListener(scroller, 'scroll', onScroll, { passive: true })
  useResizeObserver([scroller, content], settle)
  onMounted(() => {
    settle()
    fill()
  })

  return { isAtBottom: readonly(isAtBottom), newCount: readonly(newCount), scrollToBottom }
}

const prefersStillness = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

const offsetIn = (scroller: HTMLElement, element: HTMLElement): number =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
