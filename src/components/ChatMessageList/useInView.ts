import { useEventListener, useThrottleFn } from '@vueuse/core'
import { nextTick, onActivated, onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import type { ChatMessage } from '../../core/index.ts'
import type { ListRow } from './rows.ts'
import type { SpaceRow } from './useRowWindow.ts'

export interface InViewOptions {
  readonly messages: () => readonly ChatMessage[]
  /** What is in the DOM, a child of `list` each. */
  readonly rendered: () => readonly (ListRow | SpaceRow)[]
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly list: Readonly<Ref<HTMLElement | null>>
  readonly isAtBottom: Readonly<Ref<boolean>>
  /** The newest stored message that is in view, or `end` while the list follows its end. */
  readonly tell: (target: ChatMessage | 'end') => void
}

/** So much of a row has to be in view, in pixels; all of one that is less high. */
const ENOUGH = 40
const LOOK_MS = 150

/** Tells how far a person can see, when it changes. */
export const useInView = ({ messages, rendered, scroller, list, isAtBottom, tell }: InViewOptions): void => {
  let told: string | undefined
  let isThere = true

  /** Rows stand one under the other, so that a few looks are enough. */
  const newest = (): ChatMessage | undefined => {
    const bottom = scroller.value?.getBoundingClientRect().bottom ?? 0
    const children = list.value?.children
    const rows = rendered()
    if (!children || children.length !== rows.length) return undefined
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const { top, height } = children[middle]!.getBoundingClientRect()
      if (top + Math.min(height, ENOUGH) <= bottom + 1) low = middle + 1
      else high = middle
    }
    for (let index = low - 1; index >= 0; index--) {
      const row = rows[index]!
      if (row.kind === 'message' && row.message.seq !== undefined) return row.message
    }
    return undefined
  }

  const look = (): void => {
    if (!isThere || messages().length === 0) return
    const target = isAtBottom.value ? 'end' : newest()
    if (!target) return
    const key = target === 'end' ? 'end' : `message:${target.key}`
    if (key === told) return
    told = key
    tell(target)
  }

  // Where a list that was just filled starts is decided in the same flush.
  watch([isAtBottom, messages], () => void nextTick(look), { flush: 'post' })
  useEventListener(scroller, 'scroll', useThrottleFn(look, LOOK_MS, true), { passive: true })
  onMounted(() => void nextTick(look))
  onActivated(() => {
    told = undefined
    look()
  })
  onBeforeUnmount(() => (isThere = false))
}
