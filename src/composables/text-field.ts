/** Puts a text in place of a range, as if it were typed, so that undo takes it back. */
export const replaceRange = (field: HTMLTextAreaElement, from: number, to: number, text: string): void => {
  field.focus()
  field.setSelectionRange(from, to)
  // The only way that keeps the field's own undo; where a browser no longer has it, the text comes in all the same.
  const isTyped = typeof document.execCommand === 'function' && document.execCommand('insertText', false, text)
  if (isTyped) return
  field.setRangeText(text, from, to, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}
