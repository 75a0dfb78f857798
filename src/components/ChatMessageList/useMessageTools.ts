import { useEventListener } from '@vueuse/core'
import { readonly, shallowRef, type Ref } from 'vue'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatMessageAction, MessageActionName } from '../types.ts'

/** What is open over the list. `back`: where the focus goes afterwards, the text field when it is no row. */
export type ToolPanel =
  | { readonly kind: 'menu'; readonly key: string }
  | { readonly kind: 'remove'; readonly message: ChatMessage; readonly back: string | undefined }
  | { readonly kind: 'keys'; readonly back: string | undefined }

export interface MessageToolsOptions {
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  readonly messageOf: (key: string) => ChatMessage | undefined
  readonly allowed: (message: ChatMessage) => readonly MessageActionName[]
  /** Key of the message that has the focus, or something in it. */
  readonly focused: () => string | undefined
  readonly focusOn: (key: string) => void
  readonly onAction: (action: ChatMessageAction) => void
  /** Back to the text field. */
  readonly onLeave: () => void
  readonly onCopied: (isDone: boolean) => void
}

export interface MessageTools {
  /** Key of the message that shows its actions. */
  readonly active: Readonly<Ref<string | undefined>>
  readonly panel: Readonly<Ref<ToolPanel | undefined>>
  readonly messageOf: MessageToolsOptions['messageOf']
  readonly allowed: MessageToolsOptions['allowed']
  /** Does what a button says; a stored message is deleted after a question only. */
  run(action: Exclude<MessageActionName, 'react'>, message: ChatMessage): void
  /** Puts a reaction there, or takes it away. */
  react(message: ChatMessage, emoji: string): void
  open(panel: ToolPanel): void
  /** @param isDone the focus goes somewhere else by itself */
  close(isDone?: boolean): void
  /** The question was answered with yes. */
  confirmed(): void
  /** @returns whether the key meant something. `key`: of the message that has the focus */
  onKey(event: KeyboardEvent, key: string | undefined): boolean
  /** What happened in the list before the tools were there. */
  on(event: Event): void
}

const KEYS: Readonly<Record<string, Exclude<MessageActionName, 'react'>>> = {
  r: 'reply',
  e: 'edit',
  c: 'copy',
  delete: 'remove',
  backspace: 'remove',
}

const keyAt = (target: EventTarget | null): string | undefined =>
  (target as Element | null)?.closest<HTMLElement>('article[data-key]')?.dataset['key']

/** Which message shows its actions, and what they do. */
export const useMessageTools = (options: MessageToolsOptions): MessageTools => {
  const { scroller, messageOf, allowed, focused, focusOn, onAction, onLeave, onCopied } = options
  const active = shallowRef<string>()
  const panel = shallowRef<ToolPanel>()
  let hovered: string | undefined
  let last: EventTarget | null = null

  const activate = (key: string | undefined): void => {
    if (!panel.value) active.value = key
  }

  const goTo = (key: string | undefined): void => (key === undefined ? onLeave() : focusOn(key))

  const open = (next: ToolPanel): void => {
    if (next.kind === 'menu') activate(next.key)
    panel.value = next
  }

  const close = (isDone = false): void => {
    const closed = panel.value
    if (!closed) return
    panel.value = undefined
    const back = closed.kind === 'menu' ? closed.key : closed.back
    if (isDone) activate(undefined)
    else goTo(back)
  }

  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      onCopied(true)
    } catch {
      onCopied(false)
    }
  }

  const run: MessageTools['run'] = (type, message) => {
    if (!allowed(message).includes(type)) return
    if (type === 'remove' && message.seq !== undefined) return open({ kind: 'remove', message, back: message.key })
    close(type === 'reply' || type === 'edit')
    if (type === 'copy') void copy(message.body)
    onAction({ type, message })
  }

  const listeners = {
    // Not `pointerover`: rows that scroll past a pointer at rest are not meant.
    pointermove({ target, pointerType }: PointerEvent) {
      if (target === last || pointerType === 'touch') return
      last = target
      const key = keyAt(target)
      if (key === undefined) return
      hovered = key
      activate(key)
    },
    pointerleave() {
      last = null
      hovered = undefined
      activate(focused())
    },
    click(event: MouseEvent) {
      const target = event.target as Element
      const key = keyAt(target)
      if ((event as PointerEvent).pointerType !== 'touch' || key === undefined || target.closest('a, button')) return
      if (getSelection()?.isCollapsed !== false) activate(active.value === key ? undefined : key)
    },
    focusin({ target }: FocusEvent) {
      if ((target as Element).matches(':focus-visible')) activate(keyAt(target))
    },
    focusout({ relatedTarget }: FocusEvent) {
      if (!scroller.value?.contains(relatedTarget as Element | null)) activate(hovered)
    },
  }
  for (const type of Object.keys(listeners) as (keyof typeof listeners)[]) useEventListener(scroller, type, listeners[type] as () => void, { passive: true })

  return {
    active: readonly(active),
    panel,
    messageOf,
    allowed,
    run,
    react(message, emoji) {
      close()
      const isOn = message.reactions?.some((reaction) => reaction.isOwn && reaction.emoji === emoji)
      if (allowed(message).includes('react')) onAction({ type: isOn ? 'unreact' : 'react', message, emoji })
    },
    open,
    close,
    confirmed() {
      const asked = panel.value
      if (asked?.kind !== 'remove') return
      close()
      // It may have been changed, or deleted elsewhere, while the question was open.
      const message = messageOf(asked.message.key) ?? asked.message
      if (!message.isDeleted) onAction({ type: 'remove', message })
    },
    onKey(event, key) {
      if (event.key === '?') {
        open({ kind: 'keys', back: key })
        return true
      }
      const message = key === undefined ? undefined : messageOf(key)
      if (!message || event.shiftKey || event.repeat) return false
      if (event.key === 'Enter') {
        if (allowed(message).length > 0) open({ kind: 'menu', key: message.key })
        return true
      }
      // Other alphabets have other letters on the same keys.
      const name = /^[\x20-\x7e]+$/.test(event.key) ? event.key : event.code.replace('Key', '')
      const action = KEYS[name.toLowerCase()]
      if (!action || !allowed(message).includes(action)) return false
      run(action, message)
      return true
    },
    on: (event) => listeners[event.type as keyof typeof listeners]?.(event as never),
  }
}
