import { nextTick, watch } from 'vue'
import type { ChatMessage } from '../../core/index.ts'
import type { MessageJumpOptions } from './useMessageJump.ts'

export interface LoadMessageOptions extends Pick<MessageJumpOptions, 'messages' | 'canLoadOlder' | 'isLoadingOlder' | 'loadOlder' | 'reach'> {
  readonly find: (target: string | number) => ChatMessage | undefined
  /** Another one was asked for, or the list is gone. */
  readonly signal: AbortSignal
  readonly maxPages: number
}

/** Loads pages until a message is there. @returns undefined when it is not to be had, or no longer asked for */
export const loadMessage = async (target: string | number, options: LoadMessageOptions): Promise<ChatMessage | undefined> => {
  const { messages, find, signal, maxPages } = options
  const reach = options.reach?.()
  if (reach && typeof target === 'number') {
    const result = await reach(target)
    await nextTick()
    return result.ok && !signal.aborted ? find(result.key) : undefined
  }
  for (let page = 0; page < maxPages && !signal.aborted && mayBeOlder(target, options); page++) {
    const count = messages().length
    await loadPage(options)
    if (signal.aborted) return undefined
    const message = find(target)
    // A page that failed to load, or was empty: asking again would bring the same.
    if (message || messages().length === count) return message
  }
  return undefined
}

/** A seq below the first loaded one is further up; a key may be anywhere. */
const mayBeOlder = (target: string | number, { messages, canLoadOlder }: LoadMessageOptions): boolean => {
  if (!canLoadOlder()) return false
  const first = messages().find(({ seq }) => seq !== undefined)?.seq
  return typeof target === 'string' || first === undefined || target < first
}

/** Resolves when a page came, or when loading ended without one. */
const loadPage = ({ messages, isLoadingOlder, loadOlder, signal }: LoadMessageOptions): Promise<void> =>
  new Promise((resolve) => {
    const [before] = messages()
    let hasBegun = isLoadingOlder()
    const end = (): void => {
      stop()
      resolve()
    }
    const stop = watch(
      () => [messages(), isLoadingOlder()] as const,
      ([now, isLoading]) => {
        if (now[0] === before && (isLoading || !hasBegun)) hasBegun ||= isLoading
        else if (!isLoading) end()
      },
      { flush: 'post' },
    )
    signal.addEventListener('abort', end, { once: true })
    if (!isLoadingOlder()) loadOlder()
  })
