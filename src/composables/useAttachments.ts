import { computed, getCurrentScope, hasInjectionContext, inject, onScopeDispose, shallowRef, toValue, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { fileFault } from '../attachments/check.ts'
import type { AttachmentLimits, ChatUpload, FileFault, UploadFile } from '../attachments/types.ts'
import { createUploads, type Uploads } from '../attachments/uploads.ts'
import { ChatUsageError } from '../core/index.ts'
import { chatKey } from './keys.ts'

export interface UseAttachmentsOptions extends AttachmentLimits {
  /** Whose files these are: those of another room are kept for when it comes back. @default '' */
  readonly room?: MaybeRefOrGetter<string>
  /** @default what the app's chat uses */
  readonly upload?: UploadFile | undefined
}

/** A file that was not taken. */
export interface RefusedFile {
  readonly name: string
  readonly size: number
  readonly fault: FileFault
}

export interface UseAttachmentsReturn {
  /** In the order in which they were chosen. The fields of each are reactive. */
  readonly items: ComputedRef<readonly ChatUpload[]>
  /** What the last `add` did not take. */
  readonly refused: Readonly<ShallowRef<readonly RefusedFile[]>>
  readonly limits: ComputedRef<AttachmentLimits>
  /** There is a connection; without one the files wait. */
  readonly isUp: ComputedRef<boolean>
  /** Takes files, and starts to upload those that may be attached. */
  add(files: Iterable<File>): void
  /** Takes a file back, also in the middle of its upload. */
  remove(item: ChatUpload): void
  /** Tries a failed one again. */
  retry(item: ChatUpload): void
  /** Forgets what was refused. */
  forgetRefused(): void
  /** Hands the files over, for a message, and starts anew. They go on uploading. */
  take(): readonly ChatUpload[]
}

/**
 * Files for the next message: checked, uploaded at once with progress, again after a broken link. Given to `send` of
 * `useChatRoom`, they may still be on their way. Nothing of them survives a reload.
 * @throws ChatUsageError without a chat in this app and without `upload`
 */
export const useAttachments = (options: UseAttachmentsOptions = {}): UseAttachmentsReturn => {
  const chat = hasInjectionContext() ? inject(chatKey, undefined)?.attachments : undefined
  if (!chat && !options.upload) {
    throw new ChatUsageError('useAttachments() found no chat in this app; call it in one, or pass `upload`.')
  }
  const own = shallowRef<ReadonlyMap<string, readonly ChatUpload[]>>(new Map())
  const room = (): string => toValue(options.room) ?? ''
  const isMine = options.upload !== undefined
  const uploads: Uploads = options.upload ? createUploads({ upload: options.upload, isUp: () => true }) : chat!.uploads
  if (isMine && getCurrentScope()) onScopeDispose(uploads.dispose)

  const items = computed(() => (isMine ? own.value.get(room()) ?? [] : chat!.chosen(room())))
  const choose = (next: readonly ChatUpload[]): void => {
    if (isMine) own.value = new Map(own.value).set(room(), next)
    else chat!.choose(room(), next)
  }
  const refused = shallowRef<readonly RefusedFile[]>([])
  const limits = computed<AttachmentLimits>(() => ({
    maxSize: options.maxSize ?? chat?.limits.value.maxSize,
    maxCount: options.maxCount ?? chat?.limits.value.maxCount,
    accept: options.accept ?? chat?.limits.value.accept,
  }))

  return {
    items,
    refused,
    limits,
    isUp: computed(() => isMine || chat!.isUp.value),
    add(files) {
      const next = [...items.value]
      const faults: RefusedFile[] = []
      for (const file of files) {
        const fault = fileFault(file, limits.value, next.length)
        if (fault) faults.push({ name: file.name, size: file.size, fault })
        else next.push(uploads.add(file))
      }
      refused.value = faults
      choose(next)
    },
    remove(item) {
      choose(items.value.filter((other) => other !== item))
      uploads.remove(item)
    },
    retry: uploads.retry,
    forgetRefused() {
      refused.value = []
    },
    take() {
      const taken = items.value
      choose([])
      refused.value = []
      return taken
    },
  }
}
