import { useMutationObserver } from '@vueuse/core'
import { computed, onScopeDispose, watch, type ComputedRef } from 'vue'
import { inBrowser } from '../composables/environment.ts'
import { useChat } from '../composables/useChat.ts'
import { useChatLocale } from '../composables/useChatLocale.ts'
import { useNoticePreferences } from './preferences.ts'

export interface TitleBadgeOptions {
  /** Makes the title while something is unread. @default `(3) title`, from a hundred on `(99+) title` */
  readonly format?: ((title: string, count: number) => string) | undefined
}

export interface UseTitleBadgeReturn {
  /** Unread messages of all rooms that are not muted. */
  readonly count: ComputedRef<number>
}

const MOST = 99

/** Pages whose title has a badge: two would write over each other for ever. */
const badged = new WeakSet<Document>()
/** An app that puts its own title back each time wins after so many turns in a second. */
const MOST_TURNS = 10

/**
 * Puts the number of unread messages before the title of the page, whatever the app sets the title to meanwhile, and
 * takes it away with the effect scope. The first one in a page writes, further ones only count.
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useTitleBadge = (options: TitleBadgeOptions = {}): UseTitleBadgeReturn => {
  const chat = useChat('useTitleBadge()')
  const store = chat.store()
  const locale = useChatLocale()
  const preferences = useNoticePreferences(chat)
  const count = computed(() => {
    const muted = preferences.value.muted.reduce((sum, room) => sum + store.unread(room), 0)
    return Math.max(0, store.totalUnread - muted)
  })
  if (!inBrowser() || badged.has(document)) return { count }
  badged.add(document)

  const numberOf = (value: number): string =>
    value > MOST ? `${MOST.toLocaleString(locale.value.tag)}+` : value.toLocaleString(locale.value.tag)
  const format = options.format ?? ((title: string, value: number) => `(${numberOf(value)}) ${title}`)
  let title = document.title
  let shown = title
  const put = (text: string): void => {
    if (document.title !== text) document.title = text
    // The browser may have taken white space away.
    shown = document.title
  }
  let turns = 0
  let turnAt = 0
  const look = (): void => put(count.value > 0 ? format(title, count.value) : title)
  const follow = (): void => {
    // What we did not write is the app's.
    if (document.title === shown) return
    title = document.title
    turns = performance.now() - turnAt < 1_000 ? turns + 1 : 0
    turnAt = performance.now()
    if (turns < MOST_TURNS) look()
    else shown = title
  }

  useMutationObserver(document.head, follow, { childList: true, subtree: true, characterData: true })
  watch(count, look, { immediate: true })
  onScopeDispose(() => {
    badged.delete(document)
    if (document.title === shown) put(title)
  })
  return { count }
}
