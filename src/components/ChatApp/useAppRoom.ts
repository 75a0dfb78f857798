import { useEventListener } from '@vueuse/core'
import { watch, type Ref } from 'vue'
import { inBrowser } from '../../composables/environment.ts'
import { roomDirectory } from '../../composables/room-directory.ts'
import { onRoomWanted } from '../../composables/index.ts'
import { useChat } from '../../composables/useChat.ts'

export interface AppRoomOptions {
  readonly room: Ref<string | undefined>
  /** Shown at the same time. */
  readonly panes: () => number
  /** What may be opened without being asked, the best one first. */
  readonly candidates: () => readonly string[]
  readonly remember: boolean
  readonly history: boolean
  /** Somebody asked for the room from outside the page. */
  readonly wanted: (room: string) => void
}

export interface AppRoom {
  open(room: string): void
  /** To the list; where both are shown, to another room. */
  back(): void
}

/** Which room is open: where it comes from, and where it is kept. */
export const useAppRoom = ({ room, panes, candidates, remember, history: hasHistory, wanted }: AppRoomOptions): AppRoom => {
  const chat = useChat('ChatApp')
  const { opened } = roomDirectory(chat)
  const key = `vue-chat-socket:room:${chat.address ?? ''}`

  const recall = (): string | undefined => {
    try {
      return (remember && localStorage.getItem(key)) || undefined
    } catch {
      return undefined
    }
  }
  const keep = (name: string | undefined): void => {
    try {
      if (!remember) return
      if (name === undefined) localStorage.removeItem(key)
      else localStorage.setItem(key, name)
    } catch {
      // Private windows may refuse; the room is then chosen anew.
    }
  }

  if (!inBrowser()) return { open: () => undefined, back: () => undefined }

  opened.value = room.value ?? opened.value ?? recall()
  room.value = opened.value
  watch(opened, (name) => (room.value = name), { flush: 'sync' })
  watch(room, (name) => (opened.value = name), { flush: 'sync' })
  watch(room, keep)
  // Where its members take the place of the room we are still in it, and hear what becomes of it.
  watch(
    room,
    (name, _before, onCleanup) => {
      if (name === undefined) return
      chat.session.enter(name)
      onCleanup(() => chat.session.leave(name))
    },
    { immediate: true, flush: 'sync' },
  )
  // An empty place beside the list is of no use to anybody.
  watch(
    () => (room.value === undefined && panes() > 1 ? candidates()[0] : undefined),
    (first) => {
      if (first !== undefined) opened.value = first
    },
    { immediate: true },
  )

  const isPushed = (): boolean => hasHistory && (window.history.state as { chatRoom?: string } | null)?.chatRoom !== undefined
  if (hasHistory) {
    useEventListener(window, 'popstate', (event: PopStateEvent) => {
      if (panes() === 1) opened.value = (event.state as { chatRoom?: string } | null)?.chatRoom
    })
  }
  onRoomWanted(wanted)

  return {
    open(name) {
      if (hasHistory && panes() === 1 && room.value === undefined) window.history.pushState({ ...window.history.state, chatRoom: name }, '')
      opened.value = name
    },
    back() {
      if (isPushed() && panes() === 1) window.history.back()
      else opened.value = undefined
    },
  }
}
