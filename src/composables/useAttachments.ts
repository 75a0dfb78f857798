import { getCurrentScope, hasInjectionContext, inject, onScopeDispose, shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import type { AttachmentLimits, ChatUpload, UploadFile } from '../attachments/types.ts'
import { createUploads } from '../attachments/uploads.ts'
import { ChatUsageError } from '../core/index.ts'
import { chosenFiles, roomFiles, type UseAttachmentsReturn } from './chosen-files.ts'
import { chatKey } from './keys.ts'

export type { RefusedFile, UseAttachmentsReturn } from './chosen-files.ts'

export interface UseAttachmentsOptions extends AttachmentLimits {
  /** Whose files these are: those of another room are kept for when it comes back. @default '' */
  readonly room?: MaybeRefOrGetter<string>
  /** @default what the app's chat uses */
  readonly upload?: UploadFile | undefined
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
  const room = (): string => toValue(options.room) ?? ''
  if (!options.upload) return roomFiles(chat!, room, options)
  const own = shallowRef<ReadonlyMap<string, readonly ChatUpload[]>>(new Map())
  const uploads = createUploads({ upload: options.upload, isUp: () => true })
  if (getCurrentScope()) onScopeDispose(uploads.dispose)
  return chosenFiles({
    uploads,
    chosen: () => own.value.get(room()) ?? [],
    choose: (next) => (own.value = new Map(own.value).set(room(), next)),
    isUp: () => true,
    limits: () => ({
      maxSize: options.maxSize ?? chat?.limits.value.maxSize,
      maxCount: options.maxCount ?? chat?.limits.value.maxCount,
      accept: options.accept ?? chat?.limits.value.accept,
    }),
  })
}
