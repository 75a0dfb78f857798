import { computed, provide, type VNodeChild } from 'vue'
import { messageContextKey } from '../shared/message-context.ts'
import { gatherPeople, type Mentionable } from '../shared/message-text.ts'
import type { ChatMessageBodySlotProps, ChatMessageListProps } from '../types.ts'

export interface MessageContextOptions {
  readonly props: Readonly<Required<Pick<ChatMessageListProps, 'actions' | 'people'>> & Pick<ChatMessageListProps, 'me' | 'renderBody' | 'readBy'>>
  readonly slots: { readonly 'message-body'?: ((props: ChatMessageBodySlotProps) => unknown) | undefined }
}

/** What the rows of a list know of it. */
export const provideMessageContext = ({ props, slots }: MessageContextOptions): void =>
  provide(messageContextKey, {
    people: computed<Mentionable>((before) => gatherPeople(props.people, props.me, before)),
    allows: (action, message) => props.actions(message).includes(action),
    readers: () => props.readBy,
    renderBody: () => (slots['message-body'] ? (message) => slots['message-body']!({ message }) as VNodeChild : props.renderBody),
  })
