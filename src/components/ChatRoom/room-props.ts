import type { VNodeChild } from 'vue'
import type { SubmitOn } from '../../composables/index.ts'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatLocale } from '../../locale/en.ts'
import type { MessageActionName } from '../types.ts'

/** What `<ChatRoom>` takes. */
export interface RoomProps {
  /** Name of the room. It is entered while the component is there. */
  room: string
  /** Shown in place of the server's title. */
  title?: string
  /** Texts of this room and everything in it. @default the app's */
  locale?: ChatLocale
  /** Longest message in Unicode code points. @default what the server says */
  maxLength?: number
  /** Which keys send. @default 'auto': Enter, but not on phones */
  submitOn?: SubmitOn
  /** What screen readers are told about messages of others. @default 'all' */
  announce?: 'all' | 'count' | 'off'
  /** Whether only the rows around the view are in the DOM. @default 'auto', from about 200 rows on */
  virtual?: 'auto' | 'always' | 'never'
  /** What may be done to a message, out of what server and room allow. @default all of it */
  actions?: (message: ChatMessage, possible: readonly MessageActionName[]) => readonly MessageActionName[]
  /** Reactions at hand, the most usual ones first. @default 👍 ❤️ 😂 🎉 😮 😢 */
  quickReactions?: readonly string[]
  /**
   * Lines for who comes and goes while the page watches, in rooms with at most this many people; `true` means 30.
   * @default false
   */
  presenceRows?: boolean | number
  /** Draws the text of a message in place of the plain one, as the slot `message-body` does. */
  renderBody?: (message: ChatMessage) => VNodeChild
}
