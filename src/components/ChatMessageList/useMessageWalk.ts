import { nextTick, watch, type Ref } from 'vue'
import type { HeldRow } from '../../composables/scroll-anchor.ts'
import { rowElement, type FocusRows, type MoveKey } from './useMessageFocus.ts'

/** Rows whose places are known, drawn or not. */
export interface WalkRows extends FocusRows {
  indexOf(key: string): number
  indexAway(from: number, distance: number): number
}

export interface MessageWalkOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly rows: WalkRows
  /** Puts a row at a distance from the top of the view. */
  readonly hold: (row: HeldRow) => void
  /** The last message was asked for. */
  readonly onEnd: () => void
  /** The message that has the focus was drawn anew. */
  readonly reopen: (row: HTMLElement | undefined) => void
}

/** Room left above a message that is put at the top, in pixels. */
const HEADROOM = 16

/** Arrow keys go through the messages, drawn or not; the focus of a message that is taken away goes to its neighbour. */
export const useMessageWalk = ({ scroller, rows, hold, onEnd, reopen }: MessageWalkOptions): ((key: MoveKey) => void) => {
  const elementOf = (key: string): HTMLElement | undefined => rowElement(scroller.value, key)

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
  const enter = (key: MoveKey): void => {
    const list = scroller.value
    if (!list || key === 'Home' || key === 'End') return move(key, 0)
    const { bottom } = list.getBoundingClientRect()
    const all = [...list.querySelectorAll<HTMLElement>('article[data-key]')]
    const lowest = all.findLast((row) => row.getBoundingClientRect().top < bottom) ?? all.at(-1)
    lowest?.focus()
  }

  // Where focus was, for the case that its message is taken away.
  let focusedAt = -1
  watch(rows.kept, (key) => key !== undefined && (focusedAt = rows.indexOf(key)), { immediate: true, flush: 'sync' })
  watch(
    rows.rows,
    async () => {
      const { value: key } = rows.kept
      if (key === undefined) return
      const index = rows.rows().at(focusedAt)?.key === key ? focusedAt : rows.indexOf(key)
      if (index >= 0) {
        focusedAt = index
        reopen(elementOf(key))
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

  // From where the focus is, or is about to come: keys may follow each other faster than rows are drawn.
  return (key) => (rows.kept.value === undefined ? enter(key) : move(key, rows.indexOf(rows.kept.value)))
}
