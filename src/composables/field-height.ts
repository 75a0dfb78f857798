/** For browsers that do not make a field as high as its text themselves; loaded by those alone. CSS sets the limit. */
import { useResizeObserver } from '@vueuse/core'
import { nextTick, watch, type Ref } from 'vue'

export const followHeight = (field: Readonly<Ref<HTMLTextAreaElement | null>>, text: () => string): void => {
  const fit = (): void => {
    const { value } = field
    if (!value) return
    value.style.blockSize = 'auto'
    value.style.blockSize = `${value.scrollHeight}px`
  }
  watch([text, field], () => void nextTick(fit), { flush: 'post', immediate: true })
  let width = 0
  useResizeObserver(field, ([entry]) => {
    if (!entry || entry.contentRect.width === width) return
    width = entry.contentRect.width
    fit()
  })
}
