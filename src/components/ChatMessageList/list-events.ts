import type { GapSide } from '../../composables/room-pages.ts'
import type { ChatMessage } from '../../core/index.ts'
import type { ChatListPlace, ChatMessageAction } from '../types.ts'

/** What a list of messages tells. */
export interface ListEvents {
  loadOlder: []
  /** @param side from where somebody comes near it: the page that follows on what is above, or that leads to what is below */
  loadGap: [seq: number, side?: GapSide]
  /** Seq of the first message in view; undefined at the end. */
  reading: [seq: number | undefined]
  retry: [clientId: string]
  discard: [clientId: string]
  /** Something is to be done to a message; a deletion was confirmed. */
  action: [action: ChatMessageAction]
  /** Escape was pressed. */
  leave: []
  /** The newest stored message that is in view, or `end` while the list follows its end. */
  inView: [target: ChatMessage | 'end']
  /** The list goes away; undefined at the end. */
  place: [place: ChatListPlace | undefined]
}
