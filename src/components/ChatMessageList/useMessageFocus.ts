import { nextTick, type Ref } from 'vue'

const KEYS = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'] as const

export type MoveKey = (typeof KEYS)[number]

const isMoveKey = (key: string): key is MoveKey => (KEYS as readonly string[]).includes(key)

interface FocusRow {
  readonly kind: string
  readonly key: string
}

/** Rows, of which some may not be in the DOM. */
export interface FocusRows {
  rows(): { readonly length: number; at(index: number): FocusRow | undefined }
  /** Key of a row that stays in the DOM. */
  readonly kept: Ref<string | undefined>
}

export interface MessageFocusOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly rows: FocusRows
  /** Goes to another message. */
  readonly walk: (key: MoveKey) => void
  /** The person is done reading. */
  readonly onLeave: () => void
  /** Any other key on a message, or on the list itself. @returns whether it meant something */
  readonly onKey?: (event: KeyboardEvent, key: string | undefined) => boolean
}

export interface MessageFocus {
  /** Another element stands for the message that has the focus. */
  reopen(row: HTMLElement | undefined): void
  /** Moves the focus to a message, and nothing else. */
  focusOn(key: string): void
  onKeydown(event: KeyboardEvent): void
  onFocusin(event: FocusEvent): void
  onFocusout(event: FocusEvent): void
}

/**
 * The list is one stop of the Tab key. Keeps the message that has the focus, and what is in it within reach; how arrow
 * keys walk through the messages comes later, and is waited for.
 */
export const useMessageFocus = ({ scroller, rows, walk, onLeave, onKey }: MessageFocusOptions): MessageFocus => {
  /** What is in the message that has the focus is in the order of the Tab key; the rest of the list is one stop. */
  let open: HTMLElement | undefined
  const setOpen = (row: HTMLElement | undefined): void => {
    for (const [element, to] of [[row === open ? undefined : open, '-1'], [row, '0']] as const) {
      element?.querySelectorAll('[tabindex]').forEach((part) => {
        if (!part.closest('[role=toolbar]')) part.setAttribute('tabindex', to)
      })
    }
    open = row
  }

  return {
    reopen(row) {
      if (open) setOpen(row)
    },
    async focusOn(key) {
      rows.kept.value = key
      await nextTick()
      rowElement(scroller.value, key)?.focus({ preventScroll: true })
    },
    onFocusin({ target }) {
      const row = (target as HTMLElement).closest<HTMLElement>('article[data-key]') ?? undefined
      const key = row?.dataset['key']
      setOpen(row)
      rows.kept.value = key
    },
    onFocusout({ target, relatedTarget, currentTarget }) {
      const list = currentTarget as HTMLElement
      if (relatedTarget && list.contains(relatedTarget as Node)) return
      // A message that is taken away loses the focus too, and so does a page that is left.
      queueMicrotask(() => {
        const isGone = !(target as Node).isConnected || !document.hasFocus()
        if (isGone || list.contains(document.activeElement)) return
        rows.kept.value = undefined
        setOpen(undefined)
      })
    },
    onKeydown(event) {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      const target = event.target as HTMLElement
      if (event.key === 'Escape') {
        if (!isField(target)) onLeave()
        return
      }
      const list = scroller.value
      const current = target.closest<HTMLElement>('article[data-key]')
      // Links, buttons and fields inside a message keep their keys.
      if (!list || (target !== list && target !== current)) return
      if (!isMoveKey(event.key)) {
        if (onKey?.(event, current?.dataset['key'])) event.preventDefault()
        return
      }
      if (event.shiftKey) return
      // The list itself scrolls by pages without our help.
      if (target === list && event.key.startsWith('Page')) return
      if (rows.rows().length === 0) return
      event.preventDefault()
      walk(event.key)
    },
  }
}

export const rowElement = (list: HTMLElement | null, key: string): HTMLElement | undefined =>
  list?.querySelector<HTMLElement>(`article[data-key="${CSS.escape(key)}"]`) ?? undefined

const isField = (element: HTMLElement): boolean =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
