/** Files for the next message of a room. Loaded where some can be attached. */
import { h, type FunctionalComponent } from 'vue'
import type { ChatAttachments } from '../../attachments/chat-attachments.ts'
import { roomFiles } from '../../composables/chosen-files.ts'
import ChatAttachmentTray from '../ChatAttachmentTray/ChatAttachmentTray.vue'

export interface RoomFiles {
  /** What is chosen, and what was not taken. */
  readonly Tray: FunctionalComponent
  /** @param room where they were chosen */
  add(files: readonly File[], room: string): void
  forgetRefused(): void
}

export const createRoomFiles = (chat: ChatAttachments, room: () => string): RoomFiles => {
  const here = roomFiles(chat, room)
  return {
    Tray: () =>
      h(ChatAttachmentTray, {
        items: here.items.value,
        refused: here.refused.value,
        limits: here.limits.value,
        isUp: here.isUp.value,
        onRemove: here.remove,
        onRetry: here.retry,
        onDismiss: here.forgetRefused,
      }),
    add: (files, at) => (at === room() ? here : roomFiles(chat, () => at)).add(files),
    forgetRefused: here.forgetRefused,
  }
}
