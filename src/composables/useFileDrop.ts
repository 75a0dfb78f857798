import { useEventListener } from '@vueuse/core'
import { readonly, shallowRef, toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files that are dragged onto a part of the page. Dragged texts go where they would. @returns whether some are over it */
export const useFileDrop = (
  target: MaybeRefOrGetter<HTMLElement | null | undefined>,
  dropped: (files: File[]) => void,
): Readonly<ShallowRef<boolean>> => {
  const isOver = shallowRef(false)
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    // Without this the browser opens the file in place of the page.
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    isOver.value = true
  }
  const at = (): HTMLElement | null | undefined => toValue(target)
  useEventListener(at, 'dragenter', over)
  useEventListener(at, 'dragover', over)
  useEventListener(at, 'dragleave', ({ relatedTarget }: DragEvent) => {
    // Going from one child to another leaves the first one.
    if (!at()?.contains(relatedTarget as Node | null)) isOver.value = false
  })
  useEventListener(at, 'drop', (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = false
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length > 0) dropped(files)
  })
  return readonly(isOver)
}
