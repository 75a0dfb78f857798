import { isSubmitKey, type SubmitOn } from '../../composables/useComposer.ts'

export interface ComposerKeysPort {
  submitOn(): SubmitOn
  isOff(): boolean
  /** There is not even a blank in the field. */
  isEmpty(): boolean
  /** What the text belongs to. */
  target(): 'edit' | 'reply' | undefined
  /** @returns whether the key was for the list of suggestions */
  complete(event: KeyboardEvent): boolean
  submit(): void
  cancelEdit(): void
  cancelReply(): void
  editLast(): void
}

/** What keys do in the field. Esc goes back one step at a time: the suggestions, the edit, the answer. */
export const useComposerKeys = (port: ComposerKeysPort) => (event: KeyboardEvent): void => {
  if (port.isOff() || port.complete(event)) return
  // An input method has keys of its own: Esc takes its letters back, and ↑ chooses among words.
  if (event.isComposing || event.keyCode === 229) return
  const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey
  const target = port.target()
  const act = isSubmitKey(event, port.submitOn())
    ? port.submit
    : !isPlain
      ? undefined
      : event.key === 'Escape'
        ? { edit: port.cancelEdit, reply: port.cancelReply, none: undefined }[target ?? 'none']
        : event.key === 'ArrowUp' && target !== 'edit' && port.isEmpty()
          ? port.editLast
          : undefined
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act()
}
