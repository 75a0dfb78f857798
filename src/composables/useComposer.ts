import { computed, getCurrentScope, onScopeDispose, readonly, shallowRef, toValue, type ComputedRef, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue'
import { DEFAULT_LIMITS } from '../protocol/index.ts'

export interface UseComposerOptions {
  /** Gets the text without white space around it. When it throws, the draft stays. */
  readonly send: (body: string) => unknown
  readonly setTyping?: (on: boolean) => void
  /** Longest message in Unicode code points. @default 4000, as servers allow by default */
  readonly maxLength?: MaybeRefOrGetter<number | undefined>
}

export interface UseComposerReturn {
  readonly draft: Ref<string>
  readonly canSend: ComputedRef<boolean>
  /** Code points left; below 0 it is too long. */
  readonly remaining: ComputedRef<number>
  /** An input method is composing, so that Enter belongs to it. */
  readonly isComposing: Readonly<ShallowRef<boolean>>
  /** Sends the draft and empties it. @returns whether there was something to send */
  submit(): boolean
  /** Enter sends, Shift+Enter breaks the line. For `keydown` of the text field. */
  onKeydown(event: KeyboardEvent): void
  /** For `input` of the text field. */
  onInput(event: Event): void
}

/** A text field for messages: what is written, whether it may go, and who types. */
export const useComposer = ({ send, setTyping, maxLength }: UseComposerOptions): UseComposerReturn => {
  const draft = shallowRef('')
  const isComposing = shallowRef(false)
  const body = computed(() => draft.value.trim())
  const remaining = computed(() => (toValue(maxLength) ?? DEFAULT_LIMITS.bodyLength) - codePoints(body.value))
  const canSend = computed(() => body.value !== '' && remaining.value >= 0)
  let isTyping = false

  const tell = (on: boolean): void => {
    // Repeated on purpose while someone writes: the session thins it out, and a lost one is made good.
    if (on || isTyping) setTyping?.(on)
    isTyping = on
  }

  const submit = (): boolean => {
    if (!canSend.value) return false
    send(body.value)
    draft.value = ''
    tell(false)
    return true
  }

  if (getCurrentScope()) onScopeDispose(() => tell(false))

  return {
    draft,
    canSend,
    remaining,
    isComposing: readonly(isComposing),
    submit,
    onKeydown(event) {
      if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
      // Safari ends the composition before this keydown; 229 still says that the input method took the key.
      if (event.isComposing || event.keyCode === 229) return
      event.preventDefault()
      submit()
    },
    onInput(event) {
      draft.value = (event.target as HTMLInputElement | HTMLTextAreaElement).value
      isComposing.value = (event as InputEvent).isComposing === true
      tell(body.value !== '')
    },
  }
}

const codePoints = (text: string): number => Array.from(text).length
