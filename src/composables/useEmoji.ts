import { defineAsyncComponent, hasInjectionContext, inject, toValue, type Component, type MaybeRefOrGetter } from 'vue'
import { chatKey } from './keys.ts'

export interface EmojiMatch {
  readonly emoji: string
  /** What stands between the colons. */
  readonly name: string
}

/** What `vue-chat-socket/emoji` exports, as far as others need it. */
export interface EmojiModule {
  /** Emits `pick(emoji)` and `close`. */
  readonly ChatEmojiPicker: Component
  /** @param limit how many at most */
  findEmoji(query: string, limit: number): readonly EmojiMatch[]
}

/** `() => import('vue-chat-socket/emoji')`: loaded when somebody first wants an emoji. */
export type EmojiLoader = () => Promise<EmojiModule>

export interface UseEmojiReturn {
  /** There are emoji to pick from. */
  readonly isThere: () => boolean
  /** Loads the picker when it is first drawn. */
  readonly Picker: Component
  /** None while they load, which the first call starts. */
  find(query: string, limit: number): readonly EmojiMatch[] | Promise<readonly EmojiMatch[]>
}

/** The emoji of the app, or those given here. */
export const useEmoji = (own?: MaybeRefOrGetter<EmojiLoader | undefined>): UseEmojiReturn => {
  const around = hasInjectionContext() ? inject(chatKey, undefined)?.emoji : undefined
  const loader = (): EmojiLoader | undefined => toValue(own) ?? around
  let loading: Promise<EmojiModule> | undefined
  let loaded: EmojiModule | undefined

  const load = (): Promise<EmojiModule> => {
    loading ??= loader()?.() ?? Promise.reject(new TypeError('No emoji here.'))
    return loading.then(
      (module) => (loaded = module),
      (cause: unknown) => {
        // The network may be back at the next try.
        loading = undefined
        throw cause
      },
    )
  }

  return {
    isThere: () => loader() !== undefined,
    Picker: defineAsyncComponent(() => load().then(({ ChatEmojiPicker }) => ChatEmojiPicker)),
    find: (query, limit) => loaded?.findEmoji(query, limit) ?? load().then(({ findEmoji }) => findEmoji(query, limit)),
  }
}
