import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { ChatAttachments } from '../attachments/chat-attachments.ts'
import { fileFault } from '../attachments/check.ts'
import type { AttachmentLimits, ChatUpload, FileFault } from '../attachments/types.ts'
import type { Uploads } from '../attachments/uploads.ts'

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

export interface ChosenFilesSource {
  readonly uploads: Uploads
  chosen(): readonly ChatUpload[]
  choose(next: readonly ChatUpload[]): void
  isUp(): boolean
  limits(): AttachmentLimits
}

/** Files for the next message, wherever they are kept and go. */
export const chosenFiles = ({ uploads, chosen, choose, isUp, limits: limitsNow }: ChosenFilesSource): UseAttachmentsReturn => {
  const items = computed(chosen)
  const limits = computed(limitsNow)
  const refused = shallowRef<readonly RefusedFile[]>([])
  return {
    items,
    refused,
    limits,
    isUp: computed(isUp),
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

/** Those of a room, with the app's chat. */
export const roomFiles = (chat: ChatAttachments, room: () => string, own: AttachmentLimits = {}): UseAttachmentsReturn =>
  chosenFiles({
    uploads: chat.uploads,
    chosen: () => chat.chosen(room()),
    choose: (next) => chat.choose(room(), next),
    isUp: () => chat.isUp.value,
    limits: () => ({
      maxSize: own.maxSize ?? chat.limits.value.maxSize,
      maxCount: own.maxCount ?? chat.limits.value.maxCount,
      accept: own.accept ?? chat.limits.value.accept,
    }),
  })
