import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'
import type { JumpResult } from '../../composables/room-pages.ts'
import { untilLoaded } from '../../composables/useLate.ts'
import type { HeldRow } from '../../composables/scroll-anchor.ts'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatMessageListExposed } from '../types.ts'

export interface MessageJumpOptions {
  readonly messages: () => readonly ChatMessage[]
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly hold: (row: HeldRow) => void
  readonly focus: (key: string) => void
  readonly canLoadOlder: () => boolean
  readonly isLoadingOlder: () => boolean
  readonly loadOlder: () => void
  /** Loads what is around a message. @default older pages, one by one */
  readonly reach?: (() => ((seq: number) => Promise<JumpResult>) | undefined) | undefined
}

export interface MessageJump {
  /** Key of the message that is marked. */
  readonly highlighted: Readonly<Ref<string | undefined>>
  readonly scrollToMessage: ChatMessageListExposed['scrollToMessage']
}

/** Long enough to be found with the eyes, in milliseconds. */
const HIGHLIGHT_MS = 2_500

/** Goes to one message, through pages that are not loaded yet. The last one that was asked for wins. */
export const useMessageJump = (options: MessageJumpOptions): MessageJump => {
  const { messages, scroller, hold } = options
  const highlighted = shallowRef<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = new AbortController()

  onScopeDispose(() => {
    clearTimeout(timer)
    asked.abort()
  })

  const find = (target: string | number): ChatMessage | undefined =>
    messages().find(({ seq, key }) => (typeof target === 'number' ? seq : key) === target)

  const load = async (target: string | number, signal: AbortSignal, maxPages: number): Promise<ChatMessage | undefined> => {
    const { loadMessage } = await untilLoaded(() => import('./parts.ts'))
    return loadMessage(target, { ...options, find, signal, maxPages })
  }

  const mark = (key: string): void => {
    clearTimeout(timer)
    highlighted.value = key
    timer = setTimeout(() => (highlighted.value = undefined), HIGHLIGHT_MS)
  }

  const scrollToMessage: MessageJump['scrollToMessage'] = async (target, { highlight = true, focus = false, maxPages = 50 } = {}) => {
    asked.abort()
    const { signal } = (asked = new AbortController())
    const message = find(target) ?? (await load(target, signal, maxPages))
    if (!message) return false
    hold({ key: message.key, offset: (scroller.value?.clientHeight ?? 0) / 3 })
    if (highlight) mark(message.key)
    if (focus) options.focus(message.key)
    return true
  }

  return { highlighted: readonly(highlighted), scrollToMessage }
}
