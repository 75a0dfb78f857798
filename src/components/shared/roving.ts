const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/** Moves the focus among the elements of a list that has one tab stop. */
export const moveFocus = (event: KeyboardEvent, selector: string): void => {
  const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : STEPS[event.key]
  if (!step) return
  const elements = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(selector)]
  const at = elements.indexOf((event.target as HTMLElement).closest<HTMLElement>(selector)!)
  if (at < 0) return
  event.preventDefault()
  elements[step(at, elements.length)]?.focus()
}
