import { useEventListener } from '@vueuse/core'
import { readonly, shallowRef, toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue'

/** Files that are dragged onto a part of the page. Dragged texts go where they would. @returns whether some are over it */
export const useFileDrop = (
  target: MaybeRefOrGetter<HTMLElement | null | undefined>,
  dropped: (files: File[]) => void,
): Readonly<ShallowRef<boolean>> => {
  const isOver = shallowRef(false)
  const at = (): HTMLElement | null | undefined => toValue(target)
  useEventListener(at, ['dragenter', 'dragover', 'dragleave', 'drop'], (event: DragEvent) => {
    const { type, dataTransfer, relatedTarget } = event
    if (type === 'dragleave') {
      // Going from one child to another leaves the first one.
      if (!at()?.contains(relatedTarget as Node | null)) isOver.value = false
    } else if (dataTransfer?.types.includes('Files')) {
      // Without this the browser opens the file in place of the page.
      event.preventDefault()
      isOver.value = type !== 'drop'
      if (isOver.value) dataTransfer.dropEffect = 'copy'
      else if (dataTransfer.files.length > 0) dropped([...dataTransfer.files])
    }
  })
  return readonly(isOver)
}
