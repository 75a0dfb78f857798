import { nextTick, watch, type Ref } from 'vue'
import type { HeldRow } from '../../composables/scroll-anchor.ts'

const KEYS = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'] as const

type MoveKey = (typeof KEYS)[number]

const isMoveKey = (key: string): key is MoveKey => (KEYS as readonly string[]).includes(key)

interface FocusRow {
  readonly kind: string
  readonly key: string
}

/** Rows, of which some may not be in the DOM. */
export interface FocusRows {
  rows(): { readonly length: number; at(index: number): FocusRow | undefined }
  indexOf(key: string): number
  indexAway(from: number, distance: number): number
  /** Key of a row that stays in the DOM. */
  readonly kept: Ref<string | undefined>
}

export interface MessageFocusOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly rows: FocusRows
  /** Puts a row at a distance from the top of the view. */
  readonly hold: (row: HeldRow) => void
  /** The person is done reading. */
  readonly onLeave: () => void
  /** The last message was asked for. */
  readonly onEnd: () => void
  /** Any other key on a message, or on the list itself. @returns whether it meant something */
  readonly onKey?: (event: KeyboardEvent, key: string | undefined) => boolean
}

export interface MessageFocus {
  /** Moves the focus to a message, and nothing else. */
  focusOn(key: string): void
  onKeydown(event: KeyboardEvent): void
  onFocusin(event: FocusEvent): void
  onFocusout(event: FocusEvent): void
}

/** Room left above a message that is put at the top, in pixels. */
const HEADROOM = 16

/** Arrow keys walk through the messages; the list itself is one stop of the Tab key. */
export const useMessageFocus = ({ scroller, rows, hold, onLeave, onEnd, onKey }: MessageFocusOptions): MessageFocus => {
  const elementOf = (key: string): HTMLElement | undefined =>
    scroller.value?.querySelector<HTMLElement>(`article[data-key="${CSS.escape(key)}"]`) ?? undefined

  /** The message at an index, or the next one in a direction. */
  const messageFrom = (index: number, step: 1 | -1): number => {
    const all = rows.rows()
    for (let at = index; at >= 0 && at < all.length; at += step) if (all.at(at)!.kind === 'message') return at
    return -1
  }

  const show = async (index: number, place?: number, isThere = false): Promise<void> => {
    const row = rows.rows().at(index)
    if (!row) return
    const element = elementOf(row.key)
    if (element && place === undefined) return element.focus({ preventScroll: isThere })
    // Kept before it is drawn, so that it is there when the focus comes.
    rows.kept.value = row.key
    if (place !== undefined) hold({ key: row.key, offset: place })
    await nextTick()
    elementOf(row.key)?.focus({ preventScroll: isThere || place !== undefined })
  }

  const move = (key: MoveKey, from: number): void => {
    const { length } = rows.rows()
    const view = scroller.value?.clientHeight ?? 0
    const last = messageFrom(length - 1, -1)
    const found = (index: number, otherwise: number): number => (index < 0 ? otherwise : index)
    switch (key) {
      case 'ArrowUp':
        return void show(found(messageFrom(from - 1, -1), from))
      case 'ArrowDown':
        return void show(found(messageFrom(from + 1, 1), from))
      case 'PageUp':
        return void show(found(messageFrom(Math.min(from - 1, rows.indexAway(from, -view)), 1), from), HEADROOM)
      case 'PageDown':
        return void show(found(messageFrom(Math.max(from + 1, rows.indexAway(from, view)), 1), last), HEADROOM)
      case 'Home':
        return void show(messageFrom(0, 1), elementOf(rows.rows().at(messageFrom(0, 1))?.key ?? '') ? undefined : HEADROOM)
      case 'End':
        onEnd()
        return void show(last, undefined, true)
    }
  }

  /** From the list itself an arrow starts with what is on screen: the lowest message in view. */
  const enter = (key: MoveKey, list: HTMLElement): void => {
    if (key === 'Home' || key === 'End') return move(key, 0)
    const { bottom } = list.getBoundingClientRect()
    const all = [...list.querySelectorAll<HTMLElement>('article[data-key]')]
    const lowest = all.findLast((row) => row.getBoundingClientRect().top < bottom) ?? all.at(-1)
    lowest?.focus()
  }

  /** What is in the message that has the focus is in the order of the Tab key; the rest of the list is one stop. */
  let open: HTMLElement | undefined
  const setOpen = (row: HTMLElement | undefined): void => {
    for (const [element, to] of [[row === open ? undefined : open, '-1'], [row, '0']] as const) {
      element?.querySelectorAll('[tabindex]').forEach((part) => {
        if (!part.closest('[role=toolbar]')) part.setAttribute('tabindex', to)
      })
    }
    open = row
  }

  // Where focus was, for the case that its message is taken away.
  let focusedAt = -1
  watch(
    rows.rows,
    async () => {
      const { value: key } = rows.kept
      if (key === undefined) return
      const index = rows.rows().at(focusedAt)?.key === key ? focusedAt : rows.indexOf(key)
      if (index >= 0) {
        focusedAt = index
        if (open) setOpen(elementOf(key))
        return
      }
      rows.kept.value = undefined
      await nextTick()
      if (document.activeElement !== document.body) return
      const below = messageFrom(Math.min(focusedAt, rows.rows().length - 1), 1)
      await show(below < 0 ? messageFrom(rows.rows().length - 1, -1) : below)
    },
    { flush: 'post' },
  )

  return {
    async focusOn(key) {
      rows.kept.value = key
      await nextTick()
      elementOf(key)?.focus({ preventScroll: true })
    },
    onFocusin({ target }) {
      const row = (target as HTMLElement).closest<HTMLElement>('article[data-key]') ?? undefined
      const key = row?.dataset['key']
      setOpen(row)
      rows.kept.value = key
      if (key !== undefined) focusedAt = rows.indexOf(key)
    },
    onFocusout({ target, relatedTarget, currentTarget }) {
      const list = currentTarget as HTMLElement
      if (relatedTarget && list.contains(relatedTarget as Node)) return
      // A message that is taken away loses the focus too, and so does a page that is left.
      queueMicrotask(() => {
        const isGone = !(target as Node).isConnected || !document.hasFocus()
        if (isGone || list.contains(document.activeElement)) return
        rows.kept.value = undefined
        setOpen(undefined)
      })
    },
    onKeydown(event) {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      const target = event.target as HTMLElement
      if (event.key === 'Escape') {
        if (!isField(target)) onLeave()
        return
      }
      const list = scroller.value
      const current = target.closest<HTMLElement>('article[data-key]')
      // Links, buttons and fields inside a message keep their keys.
      if (!list || (target !== list && target !== current)) return
      if (!isMoveKey(event.key)) {
        if (onKey?.(event, current?.dataset['key'])) event.preventDefault()
        return
      }
      if (event.shiftKey) return
      // The list itself scrolls by pages without our help.
      if (target === list && event.key.startsWith('Page')) return
      if (rows.rows().length === 0) return
      event.preventDefault()
      if (current) move(event.key, rows.indexOf(current.dataset['key']!))
      else enter(event.key, list)
    },
  }
}

const isField = (element: HTMLElement): boolean =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
