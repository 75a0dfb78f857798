import { computed, useId, type ComputedRef, type Ref, type WritableComputedRef } from 'vue'
import type { EmojiLoader } from '../../composables/useEmoji.ts'
import { useLate } from '../../composables/useLate.ts'
import type { ChatUser } from '../../core/index.ts'
import type { Suggestions } from './suggest.ts'

export interface SuggestionsOptions {
  readonly field: Readonly<Ref<HTMLTextAreaElement | null>>
  emoji(): EmojiLoader | undefined
  readonly mentions: WritableComputedRef<readonly ChatUser[]>
  people(): readonly ChatUser[] | undefined
}

export interface UseSuggestionsReturn {
  /** While there is something to choose from. */
  readonly open: ComputedRef<Suggestions | undefined>
  load(): Promise<unknown>
  /** Looks at what stands before the caret. */
  update(): void
  close(): void
  /** @returns whether the key was for the list */
  onKeydown(event: KeyboardEvent): boolean
  /** Who is spoken to in a text. */
  idsIn(body: string): readonly string[]
}

/** What the field completes, as code of its own. */
export const useSuggestions = (options: SuggestionsOptions): UseSuggestionsReturn => {
  const listId = useId()
  const { part: loaded, load } = useLate(async () => {
    const { createSuggestions } = await import('./parts.ts')
    return () => createSuggestions(options, listId)
  })

  return {
    open: computed(() => (loaded.value?.completion.isOpen.value ? loaded.value : undefined)),
    load,
    update() {
      if (loaded.value) loaded.value.completion.update()
      else if (/[@:]/.test(options.field.value?.value ?? '')) void load().then(({ completion }) => completion.update())
    },
    close: () => loaded.value?.completion.close(),
    onKeydown: (event) => loaded.value?.completion.onKeydown(event) ?? false,
    idsIn: (body) => loaded.value?.idsIn(body) ?? [],
  }
}
