import { useEventListener } from '@vueuse/core'
import { nextTick, watch, type Ref } from 'vue'
import type { GapSide } from '../../composables/room-pages.ts'

export interface GapPagesOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** Has one child per row that is drawn, with its key as `data-row`. */
  readonly list: Readonly<Ref<HTMLElement | null>>
  readonly rows: Readonly<Ref<unknown>>
  readonly gaps: () => readonly number[]
  readonly onNear: (seq: number, side: GapSide) => void
}

/** This near to the view a gap is loaded, in pixels. */
const MARGIN = 400

/**
 * Asks for what is missing when somebody comes near it, from the side where they read: the text that they follow goes
 * on. Once per approach; a page that does not come is asked for again by the button, or by coming again.
 */
export const useGapPages = ({ scroller, list, rows, gaps, onNear }: GapPagesOptions): void => {
  let asked = new Set<string>()

  const look = (): void => {
    if (gaps().length === 0 || !scroller.value || !list.value) return
    const view = scroller.value.getBoundingClientRect()
    if (view.height === 0) return
    const near = new Set<string>()
    for (const gap of list.value.querySelectorAll<HTMLElement>(':scope > [data-row^="gap:"]')) {
      const { top, bottom } = gap.getBoundingClientRect()
      if (bottom < view.top - MARGIN || top > view.bottom + MARGIN) continue
      const side: GapSide = top + bottom > view.top + view.bottom ? 'above' : 'below'
      const above = (gap.previousElementSibling as HTMLElement | null)?.dataset['row']
      const key = `${gap.dataset['row']} ${side} ${side === 'above' ? above : ''}`
      near.add(key)
      if (!asked.has(key)) onNear(Number(gap.dataset['row']!.slice('gap:'.length)), side)
    }
    asked = near
  }

  useEventListener(scroller, 'scroll', look, { passive: true })
  watch([rows, gaps], look, { flush: 'post' })
  void nextTick(look)
}
