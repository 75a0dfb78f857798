import type { UseChatRoomReturn, UseMessageDraftTargetReturn } from '../../composables/index.ts'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatMessageAction, MessageActionName } from '../types.ts'

export interface RoomActionsOptions {
  readonly chat: UseChatRoomReturn
  readonly target: UseMessageDraftTargetReturn
  /** Moves the focus to the text field. */
  readonly toComposer: () => void
}

export interface RoomActions {
  /** What server and room let us do to a message. */
  possibleActions(message: ChatMessage): readonly MessageActionName[]
  act(action: ChatMessageAction): void
}

/** Does to the messages of a room what people ask for. */
export const useRoomActions = ({ chat, target, toComposer }: RoomActionsOptions): RoomActions => ({
  possibleActions({ isOwn, isDeleted, seq, body, status }) {
    const { can, permissions } = chat
    const { send, react, moderate = false } = permissions.value
    if (isDeleted) return []
    const isStored = seq !== undefined
    const possible: Readonly<Record<MessageActionName, boolean>> = {
      react: isStored && react && can.reactions,
      reply: isStored && send && can.replies,
      edit: isStored && send && isOwn && can.edits,
      copy: body !== '',
      remove: isStored ? can.edits && (isOwn || moderate) : isOwn && status !== 'unconfirmed',
    }
    return (Object.keys(possible) as MessageActionName[]).filter((name) => possible[name])
  },
  act(action) {
    const { message } = action
    if (action.type === 'reply' || action.type === 'edit') {
      target[action.type](message)
      toComposer()
    } else if (action.type === 'remove') {
      if (target.editing.value?.key === message.key) target.cancelEdit()
      chat.remove(message)
    } else if (action.type === 'react' || action.type === 'unreact') chat[action.type](message, action.emoji)
  },
})
