import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { ReceivedMessage } from '../../core/index.ts'
import type { ChatMessageListExposed } from '../types.ts'

export interface RoomSearchOptions {
  readonly room: () => string
  readonly isAvailable: () => boolean
  readonly list: Readonly<Ref<ChatMessageListExposed | null>>
  /** Below this width the search covers the conversation, in pixels. @default 560 */
  readonly narrow?: number
}

export interface RoomSearch {
  readonly isOpen: Readonly<ShallowRef<boolean>>
  /** A message that was found could not be shown. */
  readonly isLost: Readonly<ShallowRef<boolean>>
  open(): void
  /** Back to the conversation, at the message that was gone to. */
  close(): void
  go(message: ReceivedMessage, room: HTMLElement | null): Promise<void>
  /** Ctrl+F or ⌘F inside the room; pressed once more, it is the browser's. */
  onKeydown(event: KeyboardEvent): void
}

/** The search of a room: when it is there, and where the focus goes with it. */
export const useRoomSearch = ({ room, isAvailable, list, narrow = 560 }: RoomSearchOptions): RoomSearch => {
  const isOpen = shallowRef(false)
  const isLost = shallowRef(false)
  let gone: number | undefined

  const open = (): void => {
    gone = undefined
    isLost.value = false
    isOpen.value = isAvailable()
  }

  const close = (): void => {
    isOpen.value = false
    if (gone === undefined) list.value?.focus()
    else void list.value?.scrollToMessage(gone, { focus: true })
  }

  watch(room, () => (isOpen.value = false))

  return {
    isOpen,
    isLost,
    open,
    close,
    async go({ seq }, element) {
      if (seq === undefined) return
      const isThere = (await list.value?.scrollToMessage(seq)) ?? false
      isLost.value = !isThere
      if (!isThere) return
      gone = seq
      if (element && element.clientWidth < narrow) close()
    },
    onKeydown(event) {
      const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f'
      if (!isFind || !isAvailable() || event.defaultPrevented || isOpen.value) return
      event.preventDefault()
      open()
    },
  }
}
