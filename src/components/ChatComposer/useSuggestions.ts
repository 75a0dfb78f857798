import type { Ref, WritableComputedRef } from 'vue'
import { useCompletion, type CompletionOption, type CompletionSource, type UseCompletionReturn } from '../../composables/useCompletion.ts'
import type { EmojiMatch, UseEmojiReturn } from '../../composables/useEmoji.ts'
import { useMentions } from '../../composables/useMentions.ts'
import type { ChatUser } from '../../core/index.ts'

export interface SuggestionsOptions {
  readonly field: Readonly<Ref<HTMLTextAreaElement | null>>
  readonly emoji: UseEmojiReturn
  readonly mentions: WritableComputedRef<readonly ChatUser[]>
  people(): readonly ChatUser[] | undefined
}

export interface Suggestions {
  readonly completion: UseCompletionReturn
  idsIn(body: string): readonly string[]
}

const LIMIT = 8

const optionOf = ({ emoji, name }: EmojiMatch): CompletionOption => ({ key: name, label: `:${name}:`, text: `${emoji} `, emoji })

/** What the field completes: people after `@`, emoji after `:`. */
export const useSuggestions = ({ field, emoji, mentions, people }: SuggestionsOptions): Suggestions => {
  const spoken = useMentions({ people, picked: mentions, pick: (picked) => (mentions.value = picked), limit: LIMIT })
  const emojiSource: CompletionSource = {
    trigger: ':',
    // Two letters, so that `:)` and a colon before a word stay what they are; one is a word in Chinese.
    query: /^(?:\p{Script=Han}|[\p{L}\d+-][\p{L}\d_+-])[\p{L}\d_+-]*$/u,
    find(query) {
      const found = emoji.find(query, LIMIT)
      return 'then' in found ? found.then((late) => late.map(optionOf)) : found.map(optionOf)
    },
  }
  return {
    completion: useCompletion(field, () => (emoji.isThere() ? [spoken.source, emojiSource] : [spoken.source])),
    idsIn: spoken.idsIn,
  }
}
