import { nextTick, onScopeDispose, readonly, shallowRef, watch, type Ref } from 'vue'
import type { JumpResult } from '../../composables/room-pages.ts'
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
  const { messages, scroller, hold, canLoadOlder, isLoadingOlder, loadOlder } = options
  const highlighted = shallowRef<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  let stop: (() => void) | undefined

  onScopeDispose(() => {
    clearTimeout(timer)
    asked += 1
  })

  const find = (target: string | number): ChatMessage | undefined =>
    typeof target === 'number'
      ? messages().find(({ seq }) => seq === target)
      : messages().find(({ key }) => key === target)

  /** A seq below the first loaded one is further up; a key may be anywhere. */
  const mayBeOlder = (target: string | number): boolean => {
    if (!canLoadOlder()) return false
    const first = messages().find(({ seq }) => seq !== undefined)?.seq
    return typeof target === 'string' || first === undefined || target < first
  }

  /** Resolves when a page came, or when loading ended without one. */
  const loadPage = (): Promise<void> =>
    new Promise((resolve) => {
      stop?.()
      const before = messages()
      let hasBegun = isLoadingOlder()
      const end = watch(
        () => [messages(), isLoadingOlder()] as const,
        ([now, isLoading]) => {
          if (now[0] === before[0] && (isLoading || !hasBegun)) {
            hasBegun ||= isLoading
            return
          }
          if (isLoading) return
          stop?.()
        },
        { flush: 'post' },
      )
      stop = () => {
        stop = undefined
        end()
        resolve()
      }
      if (!isLoadingOlder()) loadOlder()
    })

  const mark = (key: string): void => {
    clearTimeout(timer)
    highlighted.value = key
    timer = setTimeout(() => (highlighted.value = undefined), HIGHLIGHT_MS)
  }

  /** Loads pages until the message is there. @returns undefined when it is not to be had, or no longer asked for */
  const load = async (target: string | number, turn: number, maxPages: number): Promise<ChatMessage | undefined> => {
    const reach = options.reach?.()
    if (reach && typeof target === 'number') {
      const result = await reach(target)
      await nextTick()
      return result.ok && turn === asked ? find(result.key) : undefined
    }
    for (let page = 0; page < maxPages && mayBeOlder(target); page++) {
      const count = messages().length
      await loadPage()
      if (turn !== asked) return undefined
      const message = find(target)
      // A page that failed to load, or was empty: asking again would bring the same.
      if (message || messages().length === count) return message
    }
    return undefined
  }

  const scrollToMessage: MessageJump['scrollToMessage'] = async (target, { highlight = true, focus = false, maxPages = 50 } = {}) => {
    const turn = ++asked
    stop?.()
    const message = find(target) ?? (await load(target, turn, maxPages))
    if (!message) return false
    hold({ key: message.key, offset: (scroller.value?.clientHeight ?? 0) / 3 })
    if (highlight) mark(message.key)
    if (focus) options.focus(message.key)
    return true
  }

  return { highlighted: readonly(highlighted), scrollToMessage }
}
