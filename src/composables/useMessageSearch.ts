import { computed, onScopeDispose, readonly, shallowRef, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue'
import type { ChatError, ReceivedMessage } from '../core/index.ts'
import { useChat } from './useChat.ts'

export interface UseMessageSearchOptions {
  /** From the last change of the query to the question, in milliseconds. @default 250 */
  readonly debounceMs?: number
  /** Results in one page. @default 20 */
  readonly pageSize?: number
}

export interface UseMessageSearchReturn {
  /** What is looked for; each word, or the start of it, has to be in the message. */
  readonly query: ShallowRef<string>
  /** Newest first, with their texts as they read now; those of the query before stay until there are others. */
  readonly results: Readonly<Ref<readonly ReceivedMessage[]>>
  /** There are older results. */
  readonly hasMore: Readonly<Ref<boolean>>
  readonly isSearching: Readonly<Ref<boolean>>
  /** The present query was answered. */
  readonly isDone: Readonly<Ref<boolean>>
  readonly error: Readonly<Ref<ChatError | undefined>>
  /** The server can search. */
  readonly isAvailable: ComputedRef<boolean>
  loadMore(): Promise<void>
  /** Asks once more after an error. */
  retry(): Promise<void>
}

/** A server that has looked at a part of a long room without finding anything is asked to go on so often by itself. */
const MAX_EMPTY_PAGES = 10

/**
 * Looks for messages of a room. The last query wins, whatever order the answers come in; another room starts anew.
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useMessageSearch = (
  room: MaybeRefOrGetter<string>,
  { debounceMs = 250, pageSize = 20 }: UseMessageSearchOptions = {},
): UseMessageSearchReturn => {
  const chat = useChat('useMessageSearch()')
  const query = shallowRef('')
  const results = shallowRef<readonly ReceivedMessage[]>([])
  const next = shallowRef<number>()
  const isSearching = shallowRef(false)
  const isDone = shallowRef(false)
  const error = shallowRef<ChatError>()
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async (before: number | undefined): Promise<void> => {
    const mine = ++turn
    const text = query.value.trim()
    isSearching.value = true
    error.value = undefined
    let from = before
    for (let page = 0; page < MAX_EMPTY_PAGES; page++) {
      const request = { room: toValue(room), query: text, limit: pageSize, ...(from !== undefined && { before: from }) }
      const result = await chat.session.ask('search', request)
      if (mine !== turn) return
      if (!result.ok) {
        error.value = result.error
        break
      }
      const { messages, more, next: told } = result.value
      if (page === 0 && before === undefined) results.value = []
      results.value = [...results.value, ...messages]
      from = more ? (told ?? messages.at(-1)?.seq) : undefined
      next.value = from
      isDone.value = true
      if (messages.length > 0 || from === undefined) break
    }
    isSearching.value = false
  }

  const clear = (): void => {
    turn += 1
    clearTimeout(timer)
    isSearching.value = false
    isDone.value = false
    error.value = undefined
  }

  const forget = (): void => {
    results.value = []
    next.value = undefined
  }

  watch(
    () => [toValue(room), query.value.trim()] as const,
    ([now, text], before) => {
      clear()
      if (now !== before[0]) forget()
      if (text === '') return forget()
      isSearching.value = true
      timer = setTimeout(() => void ask(undefined), debounceMs)
    },
    { flush: 'sync' },
  )
  onScopeDispose(clear)

  return {
    query,
    results: readonly(results) as Readonly<Ref<readonly ReceivedMessage[]>>,
    hasMore: computed(() => next.value !== undefined),
    isSearching: readonly(isSearching),
    isDone: readonly(isDone),
    error: readonly(error) as Readonly<Ref<ChatError | undefined>>,
    isAvailable: computed(() => chat.store().capabilities.search),
    async loadMore() {
      if (next.value !== undefined && !isSearching.value) await ask(next.value)
    },
    async retry() {
      if (query.value.trim() !== '' && !isSearching.value) await ask(results.value.length > 0 ? next.value : undefined)
    },
  }
}
