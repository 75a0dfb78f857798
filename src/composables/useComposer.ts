import { computed, getCurrentScope, onScopeDispose, readonly, shallowRef, toValue, type ComputedRef, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue'
import { DEFAULT_LIMITS } from '../protocol/index.ts'

/**
 * Which keys send.
 * - `auto`: Enter; where fingers are the only pointer, as on a phone, Enter breaks the line and the button sends
 * - `enter`: Enter, everywhere
 * - `mod-enter`: Ctrl+Enter or ⌘+Enter; Enter breaks the line
 */
export type SubmitOn = 'auto' | 'enter' | 'mod-enter'

export interface UseComposerOptions {
  /** Gets the text without white space around it. When it throws or returns false, the draft stays. */
  readonly send: (body: string) => unknown
  readonly setTyping?: (on: boolean) => void
  /** Longest message in Unicode code points. @default 4000, as servers allow by default */
  readonly maxLength?: MaybeRefOrGetter<number | undefined>
  /** Where the text is. @default a ref of its own */
  readonly draft?: Ref<string>
  /** @default 'auto' */
  readonly submitOn?: MaybeRefOrGetter<SubmitOn | undefined>
  /** There is something to send without any text. @default false */
  readonly allowEmpty?: MaybeRefOrGetter<boolean | undefined>
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
  /** Sends, or leaves the key to the field for a new line. For `keydown` of the text field. */
  onKeydown(event: KeyboardEvent): void
  /** For `input` of the text field. */
  onInput(event: Event): void
  /** For `compositionend`: browsers that tell it last still say "composing" with the last input. */
  onCompositionEnd(event: Event): void
}

/** Fingers alone, so the keyboard is on the screen: there people send by a button, and have no Shift+Enter. */
const hasOnlyFingers = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches

/** Whether Enter with these keys is to send. */
export const isSubmitKey = (event: KeyboardEvent, submitOn: SubmitOn): boolean => {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false
  // Safari ends the composition before this keydown; 229 still says that the input method took the key.
  if (event.isComposing || event.keyCode === 229) return false
  const isMod = event.ctrlKey !== event.metaKey
  if (submitOn === 'mod-enter') return isMod
  if (event.ctrlKey || event.metaKey) return submitOn === 'auto' && isMod && hasOnlyFingers()
  return submitOn === 'enter' || !hasOnlyFingers()
}

/** A text field for messages: what is written, whether it may go, and who types. */
export const useComposer = (options: UseComposerOptions): UseComposerReturn => {
  const { send, setTyping, maxLength, draft = shallowRef(''), submitOn, allowEmpty } = options
  const isComposing = shallowRef(false)
  const body = computed(() => draft.value.trim())
  const remaining = computed(() => (toValue(maxLength) ?? DEFAULT_LIMITS.bodyLength) - codePoints(body.value))
  const canSend = computed(() => (body.value !== '' || toValue(allowEmpty) === true) && remaining.value >= 0)
  let isTyping = false

  const tell = (on: boolean): void => {
    // Repeated on purpose while someone writes: the session thins it out, and a lost one is made good.
    if (on || isTyping) setTyping?.(on)
    isTyping = on
  }

  const submit = (): boolean => {
    if (!canSend.value) return false
    if (send(body.value) !== false) draft.value = ''
    tell(false)
    return true
  }

  const follow = (event: Event, composing: boolean): void => {
    draft.value = (event.target as HTMLInputElement | HTMLTextAreaElement).value
    isComposing.value = composing
    tell(body.value !== '')
  }

  if (getCurrentScope()) onScopeDispose(() => tell(false))

  return {
    draft,
    canSend,
    remaining,
    isComposing: readonly(isComposing),
    submit,
    onKeydown(event) {
      if (!isSubmitKey(event, toValue(submitOn) ?? 'auto')) return
      event.preventDefault()
      submit()
    },
    onInput: (event) => follow(event, (event as InputEvent).isComposing === true),
    onCompositionEnd: (event) => follow(event, false),
  }
}

const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}
