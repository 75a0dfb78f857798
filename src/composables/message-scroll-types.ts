import type { Ref } from 'vue'
import type { ChatMessage } from '../core/index.ts'
import type { CompareLists } from './message-changes.ts'
import type { OlderPagesOptions } from './older-pages.ts'
import type { RowWindow } from './row-window.ts'
import type { HeldRow } from './scroll-anchor.ts'

/** Where a list that was just filled starts, when that is not its end. */
export interface ScrollStart {
  /** Key of a row. */
  readonly key: string
  /** Distance of its top from the top of the view, in pixels. */
  readonly offset: number
  /** Starts at the end after all when the row is in view there. @default false */
  readonly unlessInView?: boolean
  /** Messages of others from there on. @default 0 */
  readonly newCount?: number
}

export interface UseMessageScrollOptions extends OlderPagesOptions {
  /** The element inside it that holds the rows; each row carries `data-key`. */
  readonly content: Readonly<Ref<HTMLElement | null | undefined>>
  readonly messages: () => readonly ChatMessage[]
  /** Asked when the list is filled. @default the end */
  readonly startsAt?: () => ScrollStart | undefined
  /** What is not the same in two lists of messages. @default looks */
  readonly compare?: CompareLists<ChatMessage> | undefined
  /** Renders the rows around the view only. @default all rows are in the DOM */
  readonly window?: RowWindow | undefined
  /** This near to the end counts as at the end, in pixels. @default 48 */
  readonly bottomMargin?: number
}

export interface UseMessageScrollReturn {
  /** The latest message is in view and stays there. */
  readonly isAtBottom: Readonly<Ref<boolean>>
  /** Messages of others that came below the fold since the end was last seen. */
  readonly newCount: Readonly<Ref<number>>
  /** Key of the first message in view, while the end is not. */
  readonly topKey: Readonly<Ref<string | undefined>>
  /** Goes to the latest message and stays there. @param smooth glides when it is near @default false */
  scrollToBottom(smooth?: boolean): void
  /** Puts a row at a distance from the top of the view, and keeps it there until somebody scrolls. */
  hold(row: HeldRow): void
  /** Where the person reads; undefined at the end. */
  place(): HeldRow | undefined
}
