import { useIntervalFn } from '@vueuse/core'
import { computed, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { inBrowser } from './environment.ts'

/**
 * Whole seconds until `at` (milliseconds since 1970), 0 when it has passed or is unknown. Ticks in a browser only.
 * The clock is read once, when `at` changes: one that is set meanwhile changes nothing.
 */
export const useCountdown = (at: MaybeRefOrGetter<number | undefined>): ComputedRef<number> => {
  const leftMs = shallowRef(0)
  let endsAt = 0
  const tick = (): void => {
    leftMs.value = Math.max(0, endsAt - performance.now())
    if (leftMs.value === 0) pause()
  }
  const { pause, resume } = useIntervalFn(tick, 250, { immediate: false })
  const begin = (end: number | undefined): void => {
    endsAt = end === undefined ? 0 : performance.now() + end - Date.now()
    resume()
    tick()
  }
  if (inBrowser()) watch(() => toValue(at), begin, { immediate: true, flush: 'sync' })
  return computed(() => Math.ceil(leftMs.value / 1_000))
}
