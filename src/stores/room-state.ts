/**
 * What is shown, as a pure function of what happened. Knows no session, no timer, no Vue.
 *
 * When a room cannot be resumed (`recovered: false`) the rows stay if the log is the same one: the person keeps
 * their place, and a gap marks what is missing. Another log (epoch), or one that went back, starts the list anew.
 */
import type { RoomSnapshot, SessionEventMap } from '../core/index.ts'
import { isChange } from './message-notes.ts'
import { asOther, newsFrom, recount } from './reading.ts'
import { NO_RECEIPTS, withoutUser } from './receipts.ts'
import { isWatched, look, mark, reach, readUpTo, watch } from './room-attention.ts'
import { draftOf, patch, type Batch, type RoomDraft } from './room-draft.ts'
import { dropListing, leaveToListing, overhear, takeListing, takeListings, takeTally } from './room-listings.ts'
import { addGap, addPage, isOpenGap, markAround, trim } from './room-pages.ts'
import type { RoomRows } from './room-rows.ts'
import { seqFrom } from './row-lists.ts'
import type { ChatState, ChatStoreEvent, RoomState } from './room-types.ts'

/** Applies what happened, in order, in one pass. */
export const apply = (state: ChatState, events: readonly ChatStoreEvent[]): ChatState => {
  const { rooms: _rooms, ...rest } = state
  const batch: Batch = { ...rest, before: state, drafts: new Map() }
  for (const event of events) {
    applyOne(batch, event)
    // After each one, so that a batch shows what its events one by one would.
    for (const draft of batch.drafts.values()) for (const seq of draft.rows.place(draft.state.isKnown ? draft.state.backlogTop : undefined)) markAround(draft, seq)
  }
  return finish(batch)
}

const applyOne = (batch: Batch, event: ChatStoreEvent): void => {
  switch (event.type) {
    case 'welcome':
      return welcome(batch, event.payload)
    case 'message':
      return receive(batch, draftOf(batch, event.payload.room), event.payload)
    case 'entered':
      return enter(batch, draftOf(batch, event.payload.room), event.payload)
    case 'left':
      forgetTyping(draftOf(batch, event.payload.room))
      return leaveToListing(batch, draftOf(batch, event.payload.room))
    case 'elsewhere':
      return overhear(batch, event.payload)
    case 'tally':
      return takeTally(batch, event.tally)
    case 'listings':
      return takeListings(batch, event.rooms)
    case 'listing':
      return takeListing(batch, event.payload)
    case 'gone':
      dropListing(batch, event.payload.room)
      if (batch.before.rooms.has(event.payload.room)) patch(draftOf(batch, event.payload.room), { isEntered: false })
      return
    case 'gap':
      return addGap(draftOf(batch, event.payload.room), event.payload.until)
    case 'history':
      return addPage(draftOf(batch, event.page.room), event)
    case 'trim':
      return trim(draftOf(batch, event.room), event.cuts)
    case 'queued':
      return draftOf(batch, event.payload.room).rows.queue(event.payload)
    case 'acked':
      return draftOf(batch, event.payload.room).rows.acknowledge(event.payload)
    case 'unconfirmed':
      return rowsOf(batch, event).change(event.payload.clientId, { status: 'unconfirmed' })
    case 'rejected':
      if (rowsOf(batch, event).refuse(event.payload.clientId, event.payload.error)) return
      return rowsOf(batch, event).change(event.payload.clientId, { status: 'failed', failure: event.payload.error })
    case 'retried':
      rowsOf(batch, event).again(event.payload.clientId)
      rowsOf(batch, event).moveToEnd(event.payload.clientId)
      return rowsOf(batch, event).change(event.payload.clientId, { status: 'sending' })
    case 'cancelled':
      if (rowsOf(batch, event).undo(event.payload.clientId)) return
      return rowsOf(batch, event).remove(event.payload.clientId)
    case 'presence':
      return presence(draftOf(batch, event.payload.room), event.payload)
    case 'typing':
      return typing(batch, draftOf(batch, event.payload.room), event)
    case 'typingSwept':
      return sweep(batch, event.now)
    case 'error': {
      const { room, clientId } = event.payload
      if (room !== undefined && clientId === undefined) patch(draftOf(batch, room), { error: event.payload })
      return
    }
    case 'watched':
      return watch(batch, event)
    case 'visible':
      batch.isVisible = event.on
      for (const room of batch.watched) look(batch, draftOf(batch, room))
      return
    case 'inView':
      patch(draftOf(batch, event.room), { inView: event.upTo })
      return look(batch, draftOf(batch, event.room))
    case 'read':
      return readUpTo(draftOf(batch, event.room), event.seq ?? Infinity)
    case 'marks':
      return mark(batch, draftOf(batch, event.payload.room), event.payload.marks)
    case 'receiptRule':
      batch.receiptRule = event.rule
      return
  }
}

const rowsOf = (batch: Batch, event: { readonly payload: { readonly room: string } }): RoomRows =>
  draftOf(batch, event.payload.room).rows

const welcome = (batch: Batch, { user, rooms, features }: SessionEventMap['welcome']): void => {
  const isOther = batch.me?.id !== user.id
  const isSwitch = isOther && batch.me !== undefined
  if (isOther || batch.me?.name !== user.name) batch.me = user
  batch.offered = rooms
  batch.features = features
  if (!isOther) return
  if (isSwitch) batch.tallies = new Map()
  for (const room of new Set([...batch.before.rooms.keys(), ...batch.drafts.keys()])) {
    const draft = draftOf(batch, room)
    const { receipts } = draft.state
    patch(draft, { receipts: withoutUser(receipts, user.id), ...(isSwitch && asOther(draft.state)) })
    draft.rows.reassign()
    draft.rows.restate(0, receipts.delivered)
    draft.isUncounted = true
  }
}

const receive = (batch: Batch, draft: RoomDraft, message: SessionEventMap['message']): void => {
  const { joint } = draft.state
  if (joint !== undefined && message.seq !== undefined) {
    patch(draft, { joint: undefined })
    if (message.seq > joint + 1) addGap(draft, message.seq)
  }
  const isNew = draft.rows.receive(message)
  const isSeen = draft.state.inView === Infinity && isWatched(batch, draft)
  if (isSeen && message.seq !== undefined && message.seq > (draft.state.read ?? 0)) patch(draft, { read: message.seq })
  if (isChange(message)) return
  forgetTyping(draft, [message.author.id])
  if (!isNew || message.author.id === batch.me?.id) return
  const isNews = message.seq === undefined ? !isSeen : message.seq > newsFrom(draft.state)
  if (isNews) draft.state = { ...draft.state, unread: draft.state.unread + 1 }
}

const enter = (batch: Batch, draft: RoomDraft, snapshot: RoomSnapshot): void => {
  const { room, title, epoch, top, first, members, count, recovered, can, marks = [] } = snapshot
  const { state, rows } = draft
  const last = rows.lastSeq()
  const isAnew = state.epoch !== epoch || (last !== undefined && last > top && !recovered)
  if (isAnew) rows.restart()
  const joint = isAnew || recovered ? undefined : last
  draft.members = undefined
  const anew = { gaps: [], hasReachedStart: false, backlogTop: top, unread: 0, read: undefined, readBefore: undefined, receipts: NO_RECEIPTS }
  patch(draft, { title, epoch, top, first, members, count, isKnown: true, isEntered: true, can, error: undefined, joint, ...(isAnew && anew) })
  mark(batch, draft, marks)
  const own = marks.find(({ user }) => user.id === batch.me?.id)
  // Where the server does not know, or not yet, this device may.
  const kept = batch.tallies.get(room)
  const read = Math.max(own?.read ?? -1, kept?.epoch === epoch ? Math.min(kept.read, top) : -1)
  if (isAnew && read > (own?.read ?? 0)) patch(draft, { read })
  if (read >= 0 && draft.state.readBefore === undefined) patch(draft, { readBefore: read })
}

const presence = (draft: RoomDraft, { count, joined, left }: SessionEventMap['presence']): void => {
  patch(draft, { count })
  draft.isMarked = true
  forgetTyping(draft, left)
  if (joined.length === 0 && left.length === 0) return
  draft.members ??= new Map(draft.state.members.map((user) => [user.id, user]))
  for (const id of left) draft.members.delete(id)
  for (const user of joined) draft.members.set(user.id, user)
}

const typing = (batch: Batch, draft: RoomDraft, event: Extract<ChatStoreEvent, { type: 'typing' }>): void => {
  const { user, on } = event.payload
  if (!on || user.id === batch.me?.id) return forgetTyping(draft, [user.id])
  const { typing: users, typingUntil } = draft.state
  patch(draft, {
    typing: typingUntil.has(user.id) ? users : [...users, user],
    typingUntil: new Map(typingUntil).set(user.id, event.expiresAt),
  })
}

const forgetTyping = (draft: RoomDraft, ids: readonly string[] = [...draft.state.typingUntil.keys()]): void => {
  const { typing: users, typingUntil } = draft.state
  const gone = ids.filter((id) => typingUntil.has(id))
  if (gone.length === 0) return
  patch(draft, {
    typing: users.filter((user) => !gone.includes(user.id)),
    typingUntil: new Map([...typingUntil].filter(([id]) => !gone.includes(id))),
  })
}

const sweep = (batch: Batch, now: number): void => {
  for (const room of new Set([...batch.before.rooms.keys(), ...batch.drafts.keys()])) {
    const { typingUntil } = (batch.drafts.get(room)?.state ?? batch.before.rooms.get(room))!
    const gone = [...typingUntil].flatMap(([id, until]) => (until <= now ? [id] : []))
    if (gone.length > 0) forgetTyping(draftOf(batch, room), gone)
  }
}

/** Gaps show at the first row above them; what is above may be an edit of a row far below. */
const gapRowsOf = ({ gaps, gapRows, messages }: RoomState): readonly number[] => {
  if (gaps.length === 0 && gapRows.length === 0) return gapRows
  const now = [...new Set(gaps.flatMap((seq) => seqFrom(messages, seq) ?? []))]
  return now.length === gapRows.length && now.every((seq, i) => seq === gapRows[i]) ? gapRows : now
}

const finish = (batch: Batch): ChatState => {
  const { before, drafts, ...rest } = batch
  let rooms: Map<string, RoomState> | undefined
  for (const [room, draft] of drafts) {
    if (draft.isMarked) reach(batch, draft)
    patch(draft, draft.rows.result())
    if (draft.isUncounted && draft.state.known.length > 0) patch(draft, recount(draft.state))
    if (draft.members) patch(draft, { members: [...draft.members.values()] })
    const gaps = draft.state.gaps.filter((seq) => isOpenGap(draft, seq))
    if (gaps.length < draft.state.gaps.length) patch(draft, { gaps })
    patch(draft, { gapRows: gapRowsOf(draft.state) })
    if (draft.state !== draft.initial) (rooms ??= new Map(before.rooms)).set(room, draft.state)
  }
  const isSame = !rooms && (Object.keys(rest) as (keyof typeof rest)[]).every((key) => rest[key] === before[key])
  return isSame ? before : { ...rest, rooms: rooms ?? before.rooms }
}
