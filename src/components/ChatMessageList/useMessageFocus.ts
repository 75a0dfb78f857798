import type { Ref } from 'vue'

const KEYS = ['ArrowUp', 'ArrowDown', 'Home', 'End'] as const

type MoveKey = (typeof KEYS)[number]

const isMoveKey = (key: string): key is MoveKey => (KEYS as readonly string[]).includes(key)

export interface MessageFocusOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** The person is done reading. */
  readonly onLeave: () => void
  /** The last message was asked for. */
  readonly onEnd: () => void
}

/** Arrow keys walk through the messages; the list itself is one stop of the Tab key. */
export const useMessageFocus = ({ scroller, onLeave, onEnd }: MessageFocusOptions): ((event: KeyboardEvent) => void) => {
  const rows = (): HTMLElement[] => [...(scroller.value?.querySelectorAll<HTMLElement>('article[data-key]') ?? [])]

  return (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const target = event.target as HTMLElement
    if (event.key === 'Escape') {
      if (!isField(target)) onLeave()
      return
    }
    const current = target.closest<HTMLElement>('article[data-key]')
    // Links, buttons and fields inside a message keep their keys.
    if (!isMoveKey(event.key) || (target !== scroller.value && target !== current)) return
    const all = rows()
    if (all.length === 0) return
    event.preventDefault()
    const next = target === scroller.value ? entryOf(event.key, all, target) : all[moved(event.key, all, current)]
    if (event.key === 'End') onEnd()
    next?.focus()
  }
}

const isField = (element: HTMLElement): boolean =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)

const moved = (key: MoveKey, all: readonly HTMLElement[], current: HTMLElement | null): number => {
  const last = all.length - 1
  const at = current ? all.indexOf(current) : last
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'ArrowDown':
      return Math.min(last, at + 1)
    case 'Home':
      return 0
    case 'End':
      return last
  }
}

/** From the list itself an arrow starts with what is on screen: the lowest message in view. */
const entryOf = (key: MoveKey, all: readonly HTMLElement[], scroller: HTMLElement): HTMLElement | undefined => {
  if (key === 'Home') return all[0]
  if (key === 'End') return all.at(-1)
  const { bottom } = scroller.getBoundingClientRect()
  return all.findLast((row) => row.getBoundingClientRect().top < bottom) ?? all.at(-1)
}
