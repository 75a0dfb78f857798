import type { VNodeChild } from 'vue'
import type { ChatMessage, ChatUser, ConnectionState } from '../core/index.ts'
import type { JumpResult, RoomPreview } from '../composables/index.ts'
import type { ChatLocale } from '../locale/en.ts'

/** Where a message stands among neighbours of the same author. */
export type MessagePosition = 'single' | 'first' | 'middle' | 'last'

export interface ChatMessageSlotProps {
  readonly message: ChatMessage
  readonly position: MessagePosition
  /** Time of day, the locale's way. */
  readonly time: string
  readonly locale: ChatLocale
  readonly retry: () => void
  readonly discard: () => void
}

/** What can be done to a message. `remove` of one that is not stored yet takes it back. */
export type MessageActionName = 'react' | 'reply' | 'edit' | 'remove' | 'copy'

/** What a person did to a message. `jump`: wants to see the message that this one answers. */
export type ChatMessageAction =
  | { readonly type: 'reply' | 'edit' | 'remove' | 'copy' | 'jump'; readonly message: ChatMessage }
  | { readonly type: 'react' | 'unreact'; readonly message: ChatMessage; readonly emoji: string }

export interface ChatMessageBodySlotProps {
  readonly message: ChatMessage
}

export interface ChatMessageActionsSlotProps {
  readonly message: ChatMessage
  /** What may be done to it. */
  readonly actions: readonly MessageActionName[]
  /** Does one of them, as its button would. */
  readonly run: (action: Exclude<MessageActionName, 'react'>) => void
  readonly react: (emoji: string) => void
}

export interface ChatReactionPickerSlotProps {
  readonly message: ChatMessage
  readonly pick: (emoji: string) => void
  readonly close: () => void
}

export interface ChatAvatarSlotProps {
  readonly author: ChatUser
  readonly message: ChatMessage
}

export interface ChatDaySlotProps {
  /** Start of the day, milliseconds since 1970. */
  readonly day: number
  readonly label: string
}

export interface ChatJumpSlotProps {
  /** Messages of others that came below the fold. */
  readonly count: number
  readonly label: string
  readonly jump: () => void
}

export interface ChatUnreadSlotProps {
  /** Messages of others that were unread when the conversation was opened. */
  readonly count: number
  readonly label: string
}

export interface ChatTypingSlotProps {
  readonly users: readonly ChatUser[]
  /** Empty when nobody types. */
  readonly text: string
}

export interface ChatHeaderSlotProps {
  readonly room: string
  readonly title: string
  readonly onlineCount: number
  readonly members: readonly ChatUser[]
  readonly state: ConnectionState
}

export interface ChatBannerSlotProps {
  readonly state: ConnectionState
  readonly attempt: number
  /** Milliseconds since 1970. */
  readonly retryAt: number | undefined
  readonly retry: () => void
}

export interface ChatComposerSlotProps {
  readonly send: (body: string, extra?: ChatComposerSendExtra) => void
  readonly setTyping: (on: boolean) => void
}

export interface ChatComposerActionsSlotProps {
  readonly canSend: boolean
  readonly submit: () => void
  /** Puts a text where the caret is, and the focus into the field. */
  readonly insert: (text: string) => void
}

/** What goes with the text. */
export interface ChatComposerSendExtra {
  /** Ids of the users who are spoken to. */
  readonly mentions?: readonly string[]
}

/** What a parent can tell `ChatComposer` to do. */
export interface ChatComposerExposed {
  focus(): void
  /** Puts a text where the caret is, as if it were typed. */
  insert(text: string): void
}

/** A room as `ChatRoomList` shows it; what `useChatRooms()` gives fits. */
export interface ChatRoomListEntry {
  readonly room: string
  readonly title: string
  /** @default 'room' */
  readonly kind?: 'room' | 'direct'
  /** False: it is offered to be joined. @default true */
  readonly isMember?: boolean
  readonly isPrivate?: boolean
  /** @default 0 */
  readonly unread?: number
  /** One of the unread messages speaks to us. */
  readonly isMentioned?: boolean
  /** A line under the title, where there is no `last`. */
  readonly preview?: string
  /** The newest message. */
  readonly last?: RoomPreview | undefined
  /** When something happened last, milliseconds since 1970. */
  readonly activeAt?: number
  /** Who is writing; shown in place of the last message. */
  readonly typing?: readonly ChatUser[]
  /** The other one of a direct conversation. */
  readonly peer?: ChatUser | undefined
  readonly isOnline?: boolean
}

export interface ChatRoomItemSlotProps {
  readonly item: ChatRoomListEntry
  readonly isCurrent: boolean
  /** What stands in the second line. */
  readonly preview: string
  /** When the last message came: the time today, else the date. */
  readonly time: string
}

/** A member as `ChatMemberList` shows it. */
export interface ChatMemberEntry extends ChatUser {
  /** Absent: not known. */
  readonly online?: boolean
  readonly role?: 'owner' | 'member'
}

export interface ChatMemberSlotProps {
  readonly member: ChatMemberEntry
  readonly isMe: boolean
}

/** Where somebody reads: a row, and the distance of its top from the top of the view, in pixels. */
export interface ChatListPlace {
  readonly key: string
  readonly offset: number
}

/** Props of `ChatMessageList`. */
export interface ChatMessageListProps {
  /** In order. A new array, or a reactive one that is changed in place. */
  messages: readonly ChatMessage[]
  /** Name of the conversation; part of the list's label. */
  title: string
  /** Nothing is known of the conversation yet. @default false */
  loading?: boolean
  /** An older page is on its way. @default false */
  loadingOlder?: boolean
  /** There is an older page. @default false */
  hasOlder?: boolean
  /** Seqs of the messages before which something is missing. @default [] */
  gaps?: readonly number[]
  /** What screen readers are told about messages of others. @default 'all' */
  announce?: 'all' | 'count' | 'off'
  /**
   * Whether only the rows around the view are in the DOM: from about 200 rows on, always, or never. Find-in-page and
   * screen readers see only what is in the DOM. @default 'auto'
   */
  virtual?: 'auto' | 'always' | 'never'
  /** Messages of others that were unread when the conversation was opened; a line stands above them. @default 0 */
  unread?: number
  /** Seq of the last message that was read when the conversation was opened; goes before `unread`. */
  unreadAfter?: number | undefined
  /** What nobody said, such as who came and went, between the messages. @default [] */
  notices?: readonly ChatListNotice[]
  /** Who has seen an own message; its mark tells when it is pressed. */
  readBy?: ((message: ChatMessage) => readonly ChatUser[]) | undefined
  /** Where to start, as told by `place`. @default the end, or the first unread message when it is further up */
  place?: ChatListPlace | undefined
  /** Loads a message and what is around it, for jumps. @default older pages, one by one, up to the message */
  reach?: ((seq: number) => Promise<JumpResult>) | undefined
  /** What may be done to a message; nothing else is offered. @default copy */
  actions?: (message: ChatMessage) => readonly MessageActionName[]
  /** Reactions at hand, the most usual ones first. @default 👍 ❤️ 😂 🎉 😮 😢 */
  quickReactions?: readonly string[] | undefined
  /** Who reads; mentions of this person mark their message. */
  me?: ChatUser | undefined
  /** Whose names are mentions. @default [] */
  people?: readonly ChatUser[]
  /** Draws the text of a message in place of the plain one, as the slot `message-body` does. */
  renderBody?: ((message: ChatMessage) => VNodeChild) | undefined
}

/** Slots of `ChatMessageList`; `ChatRoom` has them as well. */
export interface ChatMessageListSlots {
  message?: (props: ChatMessageSlotProps) => unknown
  'message-avatar'?: (props: ChatAvatarSlotProps) => unknown
  'message-body'?: (props: ChatMessageBodySlotProps) => unknown
  /** Beside the usual actions. */
  'message-actions'?: (props: ChatMessageActionsSlotProps) => unknown
  /** More reactions than the quick ones. */
  'reaction-picker'?: (props: ChatReactionPickerSlotProps) => unknown
  'day-separator'?: (props: ChatDaySlotProps) => unknown
  'unread-divider'?: (props: ChatUnreadSlotProps) => unknown
  empty?: () => unknown
  loading?: () => unknown
  'jump-latest'?: (props: ChatJumpSlotProps) => unknown
}

/** A line that is no message. */
export interface ChatListNotice {
  /** Its own among those of messages. */
  readonly key: string
  /** Key of the message that it stands below. */
  readonly after: string | undefined
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at?: number | undefined
}

export interface ScrollToMessageOptions {
  /** Marks the message for a moment. @default true */
  readonly highlight?: boolean
  /** Moves the keyboard focus there. @default false */
  readonly focus?: boolean
  /** Older pages to load, at most, until the message is there. @default 50 */
  readonly maxPages?: number
}

/** What a parent can tell `ChatMessageList` to do. */
export interface ChatMessageListExposed {
  /**
   * Shows a message a third of the view below the top, and loads the pages up to it.
   * @param target its `key` or its `seq`
   * @returns false when it is not to be had
   */
  scrollToMessage(target: string | number, options?: ScrollToMessageOptions): Promise<boolean>
  /** Shows the latest message and stays there. */
  scrollToBottom(): void
  /** Asks whether a message is really to be deleted; `action` tells when it is. */
  confirmRemove(message: ChatMessage): void
  focus(): void
}
