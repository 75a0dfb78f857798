/** What of a chat is being changed while a batch is applied. */
import type { ChatUser } from '../core/index.ts'
import { standingOf } from './receipts.ts'
import { openRows, type RoomRows } from './room-rows.ts'
import { emptyRoom, type ChatState, type RoomState } from './room-types.ts'

/** One room while a batch is applied. */
export interface RoomDraft {
  state: RoomState
  readonly initial: RoomState
  readonly rows: RoomRows
  members: Map<string, ChatUser> | undefined
  /** Marks moved, or who is there. */
  isMarked: boolean
  /** What is unread has to be counted again. */
  isUncounted: boolean
}

/** One batch. Rooms that nothing happened to keep their identity, and so does the state. */
export interface Batch {
  me: ChatUser | undefined
  offered: ChatState['offered']
  features: ChatState['features']
  listings: ChatState['listings']
  tallies: ChatState['tallies']
  watched: ChatState['watched']
  isVisible: boolean
  receiptRule: ChatState['receiptRule']
  readonly before: ChatState
  readonly drafts: Map<string, RoomDraft>
}

export const draftOf = (batch: Batch, room: string): RoomDraft => {
  const present = batch.drafts.get(room)
  if (present) return present
  const state = batch.before.rooms.get(room) ?? emptyRoom(room)
  const draft: RoomDraft = {
    state,
    initial: state,
    rows: openRows(state, () => batch.me, (seq) => standingOf(draft.state.receipts, seq)),
    members: undefined,
    isMarked: false,
    isUncounted: false,
  }
  batch.drafts.set(room, draft)
  return draft
}

export const patch = (draft: RoomDraft, changes: Partial<RoomState>): void => {
  const isSame = (Object.keys(changes) as (keyof RoomState)[]).every((key) => draft.state[key] === changes[key])
  if (!isSame) draft.state = { ...draft.state, ...changes }
}
