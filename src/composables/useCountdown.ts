import { useTimestamp } from '@vueuse/core'
import { computed, toValue, watch, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import { inBrowser } from './environment.ts'

/** Whole seconds until `at` (milliseconds since 1970), 0 when it has passed or is unknown. Ticks in a browser only. */
export const useCountdown = (at: MaybeRefOrGetter<number | undefined>): ComputedRef<number> => {
  const { timestamp, pause, resume } = useTimestamp({ controls: true, interval: 250, immediate: false })
  const left = computed(() => {
    const end = toValue(at)
    return end === undefined ? 0 : Math.max(0, Math.ceil((end - timestamp.value) / 1_000))
  })
  const isRunning = (): boolean => toValue(at) !== undefined && left.value > 0
  if (inBrowser()) {
    watch(
      () => toValue(at),
      () => {
        // The clock stood still while nothing was counted.
        timestamp.value = Date.now()
        if (isRunning()) resume()
        else pause()
      },
      { immediate: true, flush: 'sync' },
    )
    watch(left, (seconds) => seconds === 0 && pause(), { flush: 'sync' })
  }
  return left
}
