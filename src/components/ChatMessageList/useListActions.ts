import { computed, provide, type Ref, type VNodeChild } from 'vue'
import { useTexts } from '../../composables/useTexts.ts'
import type { ChatMessage } from '../../core/index.ts'
import { messageContextKey } from '../shared/message-context.ts'
import { gatherPeople, type Mentionable } from '../shared/message-text.ts'
import type { ChatMessageAction, ChatMessageBodySlotProps, ChatMessageListExposed, ChatMessageListProps } from '../types.ts'
import { useMessageTools, type MessageTools } from './useMessageTools.ts'
import { useNotice } from './useNotice.ts'

export interface ListActionsOptions {
  readonly props: Readonly<Required<Pick<ChatMessageListProps, 'actions' | 'people'>> & Pick<ChatMessageListProps, 'me' | 'renderBody' | 'readBy'>>
  readonly slots: { readonly 'message-body'?: ((props: ChatMessageBodySlotProps) => unknown) | undefined }
  readonly messages: () => readonly ChatMessage[]
  /** Key of the message that has the focus. */
  readonly focused: () => string | undefined
  readonly focusOn: (key: string) => void
  readonly scrollToMessage: ChatMessageListExposed['scrollToMessage']
  /** Says a text to those who do not see it. */
  readonly tell: (text: string) => void
  readonly onAction: (action: ChatMessageAction) => void
  readonly onLeave: () => void
}

export interface ListActions {
  readonly tools: MessageTools
  /** Shown for a moment. */
  readonly notice: Readonly<Ref<string>>
  readonly act: (action: ChatMessageAction) => Promise<void>
}

/** What can be done to the messages of a list, and what its rows know of it. */
export const useListActions = (options: ListActionsOptions): ListActions => {
  const { props, slots, messages, focused, focusOn, scrollToMessage, tell, onAction, onLeave } = options
  const locale = useTexts()
  const { notice, show } = useNotice(tell)

  const act = async (action: ChatMessageAction): Promise<void> => {
    const { type, message } = action
    onAction(action)
    if (type === 'jump' && !(await scrollToMessage(message.replyTo!, { focus: true }))) show(locale.value.noSuchMessage)
  }

  let at = 0
  const tools = useMessageTools({
    // Asked at every change of the list, and mostly still where it was.
    messageOf(key): ChatMessage | undefined {
      const all = messages()
      if (all[at]?.key !== key) at = all.findLastIndex((message) => message.key === key)
      return all[at]
    },
    allowed: (message) => props.actions(message),
    focused,
    focusOn,
    onAction: (action) => void act(action),
    onLeave,
    onCopied: (isDone) => show(isDone ? locale.value.copied : locale.value.notCopied),
  })

  provide(messageContextKey, {
    people: computed<Mentionable>((before) => gatherPeople(props.people, props.me, before)),
    allows: (action, message) => props.actions(message).includes(action),
    readers: () => props.readBy,
    renderBody: () => (slots['message-body'] ? (message) => slots['message-body']!({ message }) as VNodeChild : props.renderBody),
  })

  return { tools, notice, act }
}
