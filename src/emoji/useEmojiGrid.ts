import { nextTick, shallowRef, watch, type Ref } from 'vue'

export const COLUMNS = 8

export interface UseEmojiGridReturn {
  /** The one that Tab goes to. */
  readonly active: Ref<number>
  onKeydown(event: KeyboardEvent): void
  /** Moves the focus to the active one. */
  enter(): void
}

/**
 * Arrow keys in a grid of buttons.
 * @param leave the focus goes up, out of the grid
 */
export const useEmojiGrid = (grid: Readonly<Ref<HTMLElement | null>>, count: () => number, leave: () => void): UseEmojiGridReturn => {
  const active = shallowRef(0)
  watch(count, () => (active.value = 0))

  const enter = (): void => {
    void nextTick(() => grid.value?.querySelectorAll<HTMLElement>('button')[active.value]?.focus())
  }

  return {
    active,
    enter,
    onKeydown(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const last = count() - 1
      const isMirrored = grid.value !== null && getComputedStyle(grid.value).direction === 'rtl'
      const steps: Readonly<Record<string, number>> = {
        ArrowRight: isMirrored ? -1 : 1,
        ArrowLeft: isMirrored ? 1 : -1,
        ArrowDown: COLUMNS,
        ArrowUp: -COLUMNS,
        PageDown: COLUMNS * 5,
        PageUp: -COLUMNS * 5,
        Home: -active.value,
        End: last - active.value,
      }
      const step = steps[event.key]
      if (step === undefined) return
      event.preventDefault()
      event.stopPropagation()
      if (event.key === 'ArrowUp' && active.value < COLUMNS) return leave()
      active.value = Math.max(0, Math.min(last, active.value + step))
      enter()
    },
  }
}
