import { computed, getCurrentScope, shallowRef, useId, type ComputedRef, type Ref, type WritableComputedRef } from 'vue'
import type { UseEmojiReturn } from '../../composables/useEmoji.ts'
import type { ChatUser } from '../../core/index.ts'
import type { Suggestions } from './suggest.ts'

export interface SuggestionsOptions {
  readonly field: Readonly<Ref<HTMLTextAreaElement | null>>
  readonly emoji: UseEmojiReturn
  readonly mentions: WritableComputedRef<readonly ChatUser[]>
  people(): readonly ChatUser[] | undefined
}

export interface UseSuggestionsReturn {
  /** While there is something to choose from. */
  readonly open: ComputedRef<Suggestions | undefined>
  load(): Promise<void>
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
  const scope = getCurrentScope()
  const loaded = shallowRef<Suggestions>()
  let loading: Promise<void> | undefined

  const load = (): Promise<void> =>
    (loading ??= import('./suggest.ts').then(
      ({ createSuggestions }) => {
        // The field may be gone by now.
        if (scope?.active) loaded.value = scope.run(() => createSuggestions(options, listId))
      },
      () => {
        // Without a network one writes on, and it is tried again.
        loading = undefined
      },
    ))

  return {
    open: computed(() => (loaded.value?.completion.isOpen.value ? loaded.value : undefined)),
    load,
    update() {
      if (loaded.value) loaded.value.completion.update()
      else if (/[@:]/.test(options.field.value?.value ?? '')) void load().then(() => loaded.value?.completion.update())
    },
    close: () => loaded.value?.completion.close(),
    onKeydown: (event) => loaded.value?.completion.onKeydown(event) ?? false,
    idsIn: (body) => loaded.value?.idsIn(body) ?? [],
  }
}
