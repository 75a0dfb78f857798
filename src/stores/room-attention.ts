/** What we see and have read, and what the others have, while a batch is applied. */
import type { Mark } from '../core/index.ts'
import { readTo, takeMarks } from './reading.ts'
import { withReach } from './receipts.ts'
import { draftOf, patch, type Batch, type RoomDraft } from './room-draft.ts'
import type { ChatStoreEvent } from './room-types.ts'

export const isWatched = (batch: Batch, { state: { room } }: RoomDraft): boolean => batch.isVisible && batch.watched.includes(room)

export const readUpTo = (draft: RoomDraft, upTo: number): void => {
  const before = draft.state.read
  patch(draft, readTo(draft.state, upTo, draft.rows.lastSeq()))
  if (draft.state.read !== before) draft.isUncounted = true
}

/** What is in view in front of the person is read. */
export const look = (batch: Batch, draft: RoomDraft): void => {
  if (isWatched(batch, draft)) readUpTo(draft, draft.state.inView)
}

export const mark = (batch: Batch, draft: RoomDraft, marks: readonly Mark[]): void => {
  patch(draft, takeMarks(draft.state, marks, batch.me?.id))
  draft.isMarked = draft.isUncounted = true
}

export const reach = (batch: Batch, draft: RoomDraft): void => {
  const { receipts: before, members } = draft.state
  const receipts = withReach(before, batch.receiptRule, draft.members?.values() ?? members, batch.me?.id)
  patch(draft, { receipts })
  if (receipts.delivered > before.delivered) draft.rows.restate(before.delivered, receipts.delivered)
  if (receipts.read > before.read) draft.rows.restate(before.read, receipts.read)
}

export const watch = (batch: Batch, { room, on, inView = Infinity }: Extract<ChatStoreEvent, { type: 'watched' }>): void => {
  if (on) {
    const draft = draftOf(batch, room)
    patch(draft, { inView, ...(!batch.watched.includes(room) && { readBefore: draft.state.read }) })
    batch.watched = [...batch.watched, room]
    return look(batch, draft)
  }
  const index = batch.watched.lastIndexOf(room)
  if (index >= 0) batch.watched = batch.watched.toSpliced(index, 1)
}
