import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

export interface AnnouncerOptions<Item> {
  /** What to say about those that came within the wait. */
  readonly sentence: (items: readonly Item[]) => string
  /** From the first message to the announcement, in milliseconds. @default 1000 */
  readonly waitMs?: number
}

export interface Announcer<Item> {
  /** For a polite live region. */
  readonly polite: Readonly<Ref<string>>
  /** For an assertive live region. */
  readonly assertive: Readonly<Ref<string>>
  add(items: readonly Item[]): void
  /** Says a text at once, politely. */
  tell(text: string): void
  alarm(text: string): void
  /** Forgets what was not said yet. */
  clear(): void
}

/** Makes a text that equals the last one a new text, so that it is spoken again; nobody sees or hears it. */
const ZERO_WIDTH = '\u200b'

/** Collects news, and tells them together: a busy room must not talk without a pause. */
export const useAnnouncer = <Item>({ sentence, waitMs = 1_000 }: AnnouncerOptions<Item>): Announcer<Item> => {
  const polite = shallowRef('')
  const assertive = shallowRef('')
  let waiting: readonly Item[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const say = (region: Ref<string>, text: string): void => {
    region.value = region.value === text ? text + ZERO_WIDTH : text
  }

  const clear = (): void => {
    clearTimeout(timer)
    timer = undefined
    waiting = []
  }

  onScopeDispose(clear)

  return {
    polite: readonly(polite),
    assertive: readonly(assertive),
    clear,
    add(items) {
      if (items.length === 0) return
      waiting = [...waiting, ...items]
      timer ??= setTimeout(() => {
        const items = waiting
        clear()
        say(polite, sentence(items))
      }, waitMs)
    },
    tell: (text) => say(polite, text),
    alarm: (text) => say(assertive, text),
  }
}
