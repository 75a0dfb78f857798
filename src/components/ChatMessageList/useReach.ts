import { useTimeoutFn } from '@vueuse/core'
import type { ShallowRef } from 'vue'
import { useLate } from '../../composables/useLate.ts'
import { prefetchHands } from '../late.ts'
import type { ListHands, ListHandsOptions } from './list-hands.ts'

export interface UseReachReturn {
  /** Once somebody has reached for a message, and their code is there. */
  readonly hands: Readonly<ShallowRef<ListHands | undefined>>
  /** At once where that can be; in the order in which it was wanted. */
  readonly use: (step: (hands: ListHands) => void) => void
  /** Takes what pointer and focus do in the list, until the hands listen themselves. */
  readonly onReach: (event: Event) => void
  /** @returns whether the key means something, or may */
  readonly onKey: (event: KeyboardEvent, key: string | undefined) => boolean
}

/** Mean something on a message; what exactly is known when the code is there. */
const MAY_MEAN = /^(\S|Enter|Delete|Backspace)$/

/** What is needed to do something with messages comes when somebody reaches for one; what they do until then waits. */
export const useReach = (options: () => ListHandsOptions): UseReachReturn => {
  const { part: hands, load } = useLate(async () => {
    const { useListHands } = await import('./parts.ts')
    return () => useListHands(options())
  })
  const use: UseReachReturn['use'] = (step) => (hands.value ? step(hands.value) : void load().then(step))
  useTimeoutFn(prefetchHands, 1_000)

  let isReached = false
  return {
    hands,
    use,
    onReach(event) {
      if (hands.value) return
      isReached ||= (event.target as Element).closest('article[data-key]') !== null
      if (isReached) use(({ tools }) => tools.on(event))
    },
    onKey(event, key) {
      if (hands.value) return hands.value.tools.onKey(event, key)
      if (!(key === undefined ? event.key === '?' : MAY_MEAN.test(event.key))) return false
      use(({ tools, focused }) => tools.onKey(event, focused()))
      return true
    },
  }
}
