import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

/** Long enough to be read, in milliseconds. */
const SHOWN_MS = 3_000

/** A sentence that is shown for a moment. @param tell says it to those who do not see it */
export const useNotice = (tell: (text: string) => void): { readonly notice: Readonly<Ref<string>>; show(text: string): void } => {
  const notice = shallowRef('')
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  return {
    notice: readonly(notice),
    show(text) {
      tell(text)
      clearTimeout(timer)
      notice.value = text
      timer = setTimeout(() => (notice.value = ''), SHOWN_MS)
    },
  }
}
