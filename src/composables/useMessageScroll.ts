import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, onMounted, readonly, shallowRef, watch } from 'vue'
import type { ChatMessage } from '../core/index.ts'
import { compareLists } from './message-changes.ts'
import type { ScrollStart, UseMessageScrollOptions, UseMessageScrollReturn } from './message-scroll-types.ts'
import { olderPages } from './older-pages.ts'
import type { RowWindowTarget } from './row-window.ts'
import { distanceToEnd, findByKey, measureRows, offsetIn, onScreen, prefersStillness, type HeldRow, type MeasuredRow } from './scroll-anchor.ts'

export type * from './message-scroll-types.ts'

/**
 * Where a list of messages stands: at the end it follows, anywhere else what is being read stays where it is,
 * whatever grows, shrinks, comes or goes above and below. An own send always ends at the end.
 * Does nothing outside of a browser.
 */
export const useMessageScroll = (options: UseMessageScrollOptions): UseMessageScrollReturn => {
  const { scroller, content, messages, window: rows, bottomMargin = 48 } = options
  const isAtBottom = shallowRef(true)
  const newCount = shallowRef(0)
  const topKey = shallowRef<string>()
  /** Stricter than `isAtBottom`: a person who moves up a little must be let go. */
  let isPinned = true
  let held: readonly (HeldRow | MeasuredRow)[] = []
  /** What is held was asked for and did not get its place yet. */
  let isOnItsWay = false
  /** Heights of rows that were never drawn are guesses, and so is what was held by them. */
  let isGuessed = false
  let isGliding = false
  /** Pinned, at the end when last looked at, and only what comes there may change it. */
  let isAtEnd = false
  /** The frame in which the rows have changed without a look at the page. */
  let due: CSSNumberish | null | undefined
  let start: ScrollStart | undefined
  let lastTop = 0
  let nudged = 0
  const older = olderPages(options)

  const setAtBottom = (on: boolean): void => {
    isAtBottom.value = on
    if (on) newCount.value = 0
  }

  const pin = (): void => {
    if (!isPinned) isAtEnd = false
    isPinned = true
    isOnItsWay = false
    held = []
    topKey.value = undefined
    setAtBottom(true)
  }

  const moveTo = (top: number): void => {
    const element = scroller.value
    if (!element) return
    const target = onScreen(top)
    // Writing an equal value would still end a person's momentum on some systems.
    if (Math.abs(element.scrollTop - target) >= 0.5 / devicePixelRatio) element.scrollTop = target
    lastTop = element.scrollTop
  }

  /** Browsers scroll by whole pixels of the screen; the rows are nudged by what is missing. */
  const place = (element: HTMLElement, top: number): void => {
    const exact = top - nudged
    moveTo(exact)
    if (!rows || element.scrollTop !== onScreen(exact)) return
    nudged = onScreen(exact) - exact
    rows.nudge(nudged)
  }

  const elementOf = (row: HeldRow | MeasuredRow): HTMLElement | undefined => {
    if ('element' in row && row.element.isConnected) return row.element
    return rows ? rows.elementOf(row.key) : findByKey(content.value, row.key)
  }

  const target = (): RowWindowTarget => (isGliding ? { from: 'view', toEnd: true } : 'end')

  const aim = (): void => {
    if (!rows) return
    if (isPinned) rows.aim(target())
    else if (!held.some((row) => rows.aim(row))) rows.aim({ from: 'view' })
  }

  /**
   * The one place that corrects the position: after each patch and each change of size.
   * @param isPart nothing but what was drawn anew has another height
   */
  const settle = (isPart?: boolean): void => {
    const element = scroller.value
    if (!element) return
    rows?.measure(isPart)
    isAtEnd = isPinned && !isGliding
    if (isAtEnd) moveTo(element.scrollHeight - element.clientHeight)
    else if (!isPinned) settleAt(element)
    aim()
  }

  /**
   * Who is at the end needs no look at the page: the browser tells of what grew or shrank before it paints, and lays out
   * once for all changes until then.
   */
  const settlePatch = (): void => {
    if (isAtEnd && isPinned && !isGliding && isObserving.value) due = document.timeline?.currentTime
    else settle(true)
  }

  const isDue = (): boolean => due !== undefined && due === document.timeline.currentTime

  const settleAll = (): void => {
    due = undefined
    settle()
    openAtStart()
    older.fill()
  }

  const settleAt = (element: HTMLElement): void => {
    for (const row of held) {
      const found = elementOf(row)
      if (!found) continue
      place(element, element.scrollTop + offsetIn(element, found) - row.offset)
      if (isOnItsWay) setAtBottom(distanceToEnd(element) <= 1)
      isOnItsWay = false
      // Its neighbours hold the place when it is taken away.
      if (held.length === 1) held = [row, ...measureRows(element, content.value).filter(({ key }) => key !== row.key)]
      else if (isGuessed) remember(true)
      return
    }
    if (isOnItsWay) return
    // Nothing is left of what was read.
    lastTop = element.scrollTop
    if (distanceToEnd(element) <= 1) pin()
    else remember(true)
  }

  const remember = (isMoved: boolean): void => {
    // What is held keeps its exact place: measuring again would add up rounding errors.
    if (isPinned || !isMoved) return
    isOnItsWay = false
    const far = rows?.unrendered()
    isGuessed = far !== undefined
    held = far ?? measureRows(scroller.value, content.value)
    topKey.value = held[0]?.key
  }

  /** The rows shrank, and the browser brought the view back inside; nobody scrolled. */
  const isClamped = (element: HTMLElement): boolean =>
    lastTop - element.scrollTop >= 0.5 && distanceToEnd(element) <= 1 && lastTop > element.scrollHeight - element.clientHeight

  /** What a person, or the browser for them, did to the position since it was last written or read. */
  const takeOver = (element: HTMLElement): void => {
    const { scrollTop } = element
    const isUpwards = scrollTop < lastTop - 0.5
    const isMoved = Math.abs(scrollTop - lastTop) >= 0.5
    const distance = distanceToEnd(element)
    // What grew below us looks like a distance too, but only a move upwards means that somebody left the end.
    if (distance <= bottomMargin) setAtBottom(true)
    else if (isUpwards) setAtBottom(false)
    if (distance <= 1) pin()
    else if (isUpwards) isPinned = false
    if (isUpwards || distance <= 1) isGliding = false
    lastTop = scrollTop
    remember(isMoved)
  }

  /** Before rows change: a move is known only when its event comes, and that may be too late. */
  const notice = (): void => {
    const element = scroller.value
    // A browser lays out in the midst of a patch that takes the focus away, and may clamp the position then.
    if (element?.contains(document.activeElement) && element !== document.activeElement) isAtEnd = false
    if (!element || isDue() || isGliding || Math.abs(element.scrollTop - lastTop) < 0.5 || isClamped(element)) return
    takeOver(element)
  }

  const onScroll = (): void => {
    const element = scroller.value
    if (!element) return
    if (!isPinned && isClamped(element)) return settle()
    const isUpwards = element.scrollTop < lastTop - 0.5
    takeOver(element)
    aim()
    older.onScroll(element.scrollTop, isUpwards)
  }

  const scrollToBottom = (smooth = false): void => {
    const element = scroller.value
    pin()
    isGliding = false
    if (!element) return
    const end = element.scrollHeight - element.clientHeight
    const isNear = end - element.scrollTop <= 3 * element.clientHeight
    if (smooth && isNear && end - element.scrollTop > 1 && !prefersStillness()) {
      isGliding = true
      aim()
      element.scrollTo({ top: end, behavior: 'smooth' })
    } else settle()
    isAtEnd = false
  }

  const hold = (row: HeldRow): void => {
    isPinned = false
    isGliding = false
    held = [row]
    isOnItsWay = true
    topKey.value = row.key
    setAtBottom(false)
    aim()
    settle()
  }

  const open = (): void => {
    pin()
    isAtEnd = false
    isGliding = false
    start = options.startsAt?.()
    if (start && !start.unlessInView) hold(start)
  }

  /** Whether the start is in view at the end is known only when the end was drawn. */
  const openAtStart = (): void => {
    const element = scroller.value
    if (!start || !element) return
    const { key, offset, unlessInView, newCount: count = 0 } = start
    const found = elementOf({ key, offset })
    start = undefined
    if (unlessInView && found && offsetIn(element, found) >= 0) return
    if (unlessInView) hold({ key, offset })
    if (!isAtBottom.value) newCount.value = count
  }

  const onChange = (now: readonly ChatMessage[], before: readonly ChatMessage[]): void => {
    const change = compareLists(before, now, options.compare)
    notice()
    rows?.sync()
    isGliding = false
    if (change.isReplaced) open()
    else if (change.hasOwnSend || isAtBottom.value) pin()
    else newCount.value += change.received.length
    aim()
  }

  rows?.sync()
  if (messages().length > 0) open()
  aim()

  const all = (): unknown => rows?.rows() ?? messages()
  const isVirtual = (): boolean => rows?.isVirtual() ?? false
  let seen = messages()
  watch(
    [messages, all, isVirtual],
    ([now]) => {
      const before = seen
      seen = now
      onChange(now, before)
    },
    { flush: 'pre' },
  )
  watch(
    [messages, all, isVirtual],
    () => {
      settlePatch()
      if (isDue()) return
      openAtStart()
      older.fill()
    },
    { flush: 'post' },
  )
  watch(() => rows?.plan(), notice, { flush: 'pre' })
  watch(() => rows?.rendered.value, settlePatch, { flush: 'post' })
  watch(
    () => options.canLoadOlder?.() ?? true,
    (can) => {
      older.allow(can)
      if (can) void nextTick(older.fill)
    },
    { flush: 'post' },
  )

  useEventListener(scroller, 'scroll', onScroll, { passive: true })
  useEventListener(scroller, 'scrollend', () => {
    if (!isGliding) return
    isGliding = false
    settle()
  })
  const { isSupported: isObserving } = useResizeObserver([scroller, content], settleAll)
  onMounted(settleAll)

  return {
    isAtBottom: readonly(isAtBottom),
    newCount: readonly(newCount),
    topKey: readonly(topKey),
    scrollToBottom,
    hold,
    place() {
      notice()
      if (isPinned) return undefined
      const [row] = held
      return row && { key: row.key, offset: row.offset }
    },
  }
}
