/** What completes words. It is loaded when the field gets the focus: nothing shows of it before somebody writes. */
import type { Component } from 'vue'
import { useCompletion, type CompletionOption, type CompletionSource, type UseCompletionReturn } from '../../composables/useCompletion.ts'
import { useEmoji, type EmojiMatch } from '../../composables/useEmoji.ts'
import { useMentions } from '../../composables/useMentions.ts'
import CompletionList from './CompletionList.vue'
import type { SuggestionsOptions } from './useSuggestions.ts'

export interface Suggestions {
  readonly completion: UseCompletionReturn
  readonly List: Component
  idsIn(body: string): readonly string[]
}

const LIMIT = 8

const optionOf = ({ emoji, name }: EmojiMatch): CompletionOption => ({ key: name, label: `:${name}:`, text: `${emoji} `, emoji })

/** People after `@`, emoji after `:`. */
export const createSuggestions = ({ field, emoji: loader, mentions, people }: SuggestionsOptions, listId: string): Suggestions => {
  const emoji = useEmoji(loader)
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
    completion: useCompletion(field, () => (emoji.isThere() ? [spoken.source, emojiSource] : [spoken.source]), listId),
    List: CompletionList,
    idsIn: spoken.idsIn,
  }
}
