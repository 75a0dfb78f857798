import { computed, shallowRef, useId, type ComputedRef, type Ref } from 'vue'
import type { ChatUser } from '../core/index.ts'
import { replaceRange } from './text-field.ts'

export interface CompletionOption {
  readonly key: string
  readonly label: string
  /** What stands in the field then. */
  readonly text: string
  readonly user?: ChatUser
  readonly emoji?: string
}

export interface CompletionSource {
  /** One character that begins a word. */
  readonly trigger: string
  /** What may follow it. */
  readonly query: RegExp
  /** An empty list ends it. */
  find(query: string): readonly CompletionOption[] | Promise<readonly CompletionOption[]>
  chosen?(option: CompletionOption): void
}

export interface UseCompletionReturn {
  readonly options: Readonly<Ref<readonly CompletionOption[]>>
  readonly isOpen: ComputedRef<boolean>
  readonly active: Readonly<Ref<number>>
  readonly listId: string
  optionId(index: number): string
  /** For the text field, which stays one: HTML lets no field of several lines be a combobox. Nothing while it is closed. */
  readonly attributes: ComputedRef<Record<string, string | undefined>>
  /** Looks at what stands before the caret. */
  update(): void
  /** @returns whether the key was for the list */
  onKeydown(event: KeyboardEvent): boolean
  choose(index: number): void
  close(): void
}

/** How far back the beginning is looked for, in UTF-16 units. */
const MAX_QUERY = 40

interface Found {
  readonly source: CompletionSource
  readonly from: number
  readonly to: number
  readonly query: string
}

/** What is being completed at the caret. An address such as `a@b` completes nothing. */
export const findTrigger = (text: string, caret: number, sources: readonly CompletionSource[]): Found | undefined => {
  for (let from = caret - 1; from >= 0 && caret - from <= MAX_QUERY + 1 && text[from] !== '\n'; from--) {
    const source = sources.find(({ trigger }) => trigger === text[from])
    if (!source) continue
    const query = text.slice(from + 1, caret)
    if (/[\w.:@/-]/.test(text[from - 1] ?? ' ') || !source.query.test(query)) return undefined
    return { source, from, to: caret, query }
  }
  return undefined
}

/** Completes words of a text field that begin with a sign, such as `@ada` or `:smile`. */
export const useCompletion = (
  field: Readonly<Ref<HTMLTextAreaElement | null>>,
  sources: () => readonly CompletionSource[],
  listId = useId(),
): UseCompletionReturn => {
  const options = shallowRef<readonly CompletionOption[]>([])
  const active = shallowRef(0)
  const isOpen = computed(() => options.value.length > 0)
  let found: Found | undefined
  /** Where a list was closed or used; it does not come back by itself. */
  let dismissed: number | undefined
  let turn = 0

  const hide = (): void => {
    turn++
    found = undefined
    options.value = []
  }
  const show = (next: Found, list: readonly CompletionOption[]): void => {
    const isSame = list.length === options.value.length && list.every(({ key }, index) => key === options.value[index]?.key)
    found = next
    if (isSame) return
    active.value = 0
    options.value = list
  }

  const update = (): void => {
    const element = field.value
    const caret = element?.selectionStart ?? 0
    const next = element && caret === element.selectionEnd ? findTrigger(element.value, caret, sources()) : undefined
    if (!next || next.from !== dismissed) dismissed = undefined
    if (!next || next.from === dismissed) return hide()
    const mine = ++turn
    const list = next.source.find(next.query)
    if (!('then' in list)) return list.length > 0 ? show(next, list) : hide()
    list.then(
      (late) => mine === turn && (late.length > 0 ? show(next, late) : hide()),
      // What completes is a help; without it one goes on typing.
      () => mine === turn && hide(),
    )
  }

  const choose = (index: number): void => {
    const option = options.value[index]
    const element = field.value
    if (!option || !found || !element) return
    const { source, from, to } = found
    hide()
    dismissed = from
    replaceRange(element, from, to, option.text)
    source.chosen?.(option)
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => (active.value = (active.value + 1) % options.value.length),
    ArrowUp: () => (active.value = (active.value + options.value.length - 1) % options.value.length),
    Enter: () => choose(active.value),
    Tab: () => choose(active.value),
    Escape() {
      dismissed = found?.from
      hide()
    },
  }

  return {
    options,
    active,
    isOpen,
    listId,
    optionId: (index) => `${listId}-${index}`,
    attributes: computed(() =>
      isOpen.value
        ? {
            'aria-haspopup': 'listbox',
            'aria-autocomplete': 'list',
            'aria-controls': listId,
            'aria-activedescendant': `${listId}-${active.value}`,
          }
        : {},
    ),
    update,
    onKeydown(event) {
      const act = keys[event.key]
      const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey
      if (!act || !isOpen.value || !isPlain || event.isComposing || event.keyCode === 229) return false
      event.preventDefault()
      event.stopPropagation()
      act()
      return true
    },
    choose,
    close: hide,
  }
}
