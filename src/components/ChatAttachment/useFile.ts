import { computed, inject, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import { safeFileUrl } from '../../attachments/file-url.ts'
import type { ChatUpload } from '../../attachments/types.ts'
import { chatKey } from '../../composables/index.ts'
import type { Attachment } from '../../core/index.ts'

export interface ShownFile {
  /** Where to load it; undefined while it is not known, and for addresses that are none of the web. */
  readonly url: ComputedRef<string | undefined>
  /** What to show of a picture: the one in this page until the server's is here. */
  readonly source: ComputedRef<string | undefined>
  /** While it is on its way. */
  readonly upload: ComputedRef<ChatUpload | undefined>
  /** Takes it out of its message. */
  cancel(): void
}

/** Where a file is now: in this page, on its way, or on the server. Works without a chat too. */
export const useFile = (attachment: () => Attachment): ShownFile => {
  const files = inject(chatKey, undefined)?.attachments
  const upload = computed(() => files?.uploads.get(attachment().id))
  const url = computed(() => {
    const { url: given } = attachment()
    return files ? files.resolve(given) : safeFileUrl(given, typeof document === 'undefined' ? undefined : document.baseURI)
  })
  const preview = computed(() => files?.uploads.previewOf(attachment().id))
  const loading = shallowRef<HTMLImageElement>()

  // The server's picture takes over when it is decoded, so that nothing flashes.
  watch(
    [url, preview],
    ([there, here]) => {
      if (there === undefined || here === undefined) return
      const image = new Image()
      loading.value = image
      image.onload = () => {
        const { id } = attachment()
        Promise.resolve(image.decode?.()).then(() => loading.value === image && files?.uploads.dropPreview(id), () => undefined)
      }
      image.src = there
    },
    { immediate: true },
  )
  onScopeDispose(() => (loading.value = undefined))

  return {
    url,
    source: computed(() => preview.value ?? url.value),
    upload,
    cancel() {
      if (upload.value) files?.drop(upload.value)
    },
  }
}
