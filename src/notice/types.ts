import type { ChatNotificationsOptions } from './useChatNotifications.ts'
import type { ChatSoundOptions } from './useChatSound.ts'
import type { TellingOptions } from './useTelling.ts'
import type { TitleBadgeOptions } from './useTitleBadge.ts'

/** How a person learns of messages in rooms that they do not look at. Everything is off unless it is named. */
export interface NoticeOptions extends TellingOptions {
  /** Desktop notifications; the person has to allow them, see `ChatNoticeSettings`. @default false */
  readonly desktop?: boolean | ChatNotificationsOptions
  /** The number of unread messages in the title of the page. @default false */
  readonly title?: boolean | TitleBadgeOptions
  /** A short sound. @default false */
  readonly sound?: boolean | ChatSoundOptions
  /** Shows the room of a notification that was clicked. @default tells `onRoomWanted` only */
  readonly open?: (room: string) => void
}
