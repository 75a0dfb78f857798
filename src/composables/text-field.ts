import { useResizeObserver } from '@vueuse/core'
import { nextTick, watch, type Ref } from 'vue'

/** Puts a text in place of a range, as if it were typed, so that undo takes it back. */
export const replaceRange = (field: HTMLTextAreaElement, from: number, to: number, text: string): void => {
  field.focus()
  field.setSelectionRange(from, to)
  // The only way that keeps the field's own undo; where a browser no longer has it, the text comes in all the same.
  const isTyped = typeof document.execCommand === 'function' && document.execCommand('insertText', false, text)
  if (isTyped) return
  field.setRangeText(text, from, to, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}

/** Makes a field as high as its text where the browser does not do so itself; CSS sets the limit. */
export const useFieldHeight = (field: Readonly<Ref<HTMLTextAreaElement | null>>, text: () => string): void => {
  if (typeof CSS === 'undefined' || CSS.supports?.('field-sizing', 'content')) return
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
