import type { ChatMessage, ChatUser, ConnectionState } from '../core/index.ts'
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
  readonly send: (body: string) => void
  readonly setTyping: (on: boolean) => void
}

export interface ChatComposerActionsSlotProps {
  readonly canSend: boolean
  readonly submit: () => void
}

/** A room as `ChatRoomList` shows it. */
export interface ChatRoomListEntry {
  readonly room: string
  readonly title: string
  /** @default 0 */
  readonly unread?: number
  /** A line under the title, such as the last message. */
  readonly preview?: string
}

/** Where somebody reads: a row, and the distance of its top from the top of the view, in pixels. */
export interface ChatListPlace {
  readonly key: string
  readonly offset: number
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
  focus(): void
}
