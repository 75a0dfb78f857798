/** Pages of a room's log that come beside the live entries, the gaps that they leave and close, and what is let go of. */
import type { HistoryPage } from '../core/index.ts'
import { newsFrom } from './reading.ts'
import { patch, type RoomDraft } from './room-draft.ts'
import type { Cut } from './room-trim.ts'
import type { ChatStoreEvent } from './room-types.ts'

const ascending = (seqs: Iterable<number>): number[] => [...new Set(seqs)].sort((a, b) => a - b)

export const addGap = (draft: RoomDraft, until: number): void => {
  const { gaps } = draft.state
  patch(draft, { joint: undefined })
  if (!gaps.includes(until)) patch(draft, { gaps: ascending([...gaps, until]) })
}

/** Nothing above it: that is older history, not a gap. Its neighbour above it: nothing is missing. */
export const isOpenGap = (draft: RoomDraft, seq: number): boolean => {
  const above = draft.rows.seqBefore(seq)
  return above !== undefined && above < seq - 1
}

/** A row that the log did not lead to: what is missing above and below it is a gap like any other. */
export const markAround = (draft: RoomDraft, seq: number, last = seq): void => {
  const below = draft.rows.seqAfter(last)
  const found = [seq, ...(below === undefined ? [] : [below])].filter((gap) => isOpenGap(draft, gap))
  if (found.length > 0) patch(draft, { gaps: ascending([...draft.state.gaps, ...found]) })
}

export const addPage = (draft: RoomDraft, event: Extract<ChatStoreEvent, { type: 'history' }>): void => {
  const { page, after, around } = event
  if (after !== undefined) addNewer(draft, page, after)
  else if (around !== undefined) addAround(draft, page)
  else addOlder(draft, page, event.before)
}

const take = (draft: RoomDraft, { messages }: HistoryPage): void => {
  for (const message of messages) draft.rows.receive(message)
  draft.isUncounted ||= messages.some(({ seq = 0 }) => seq > newsFrom(draft.state))
}

const seqsOf = ({ messages }: HistoryPage): readonly number[] => messages.flatMap(({ seq }) => seq ?? [])

const addOlder = (draft: RoomDraft, page: HistoryPage, before: number | undefined): void => {
  const { rows, state } = draft
  const start = seqsOf(page)[0]
  const above = start === undefined ? undefined : rows.seqBefore(start)
  const oldest = rows.firstSeq()
  // What is above a row that was there before is marked already, if it is missing.
  const touches = start === undefined || (start !== before && rows.has(start))
  take(draft, page)
  if (!page.more && (oldest === undefined || before === undefined || before <= oldest)) {
    patch(draft, { hasReachedStart: true })
  }
  if (before === undefined || !state.gaps.includes(before)) return
  const gaps = state.gaps.filter((seq) => seq !== before)
  const isOpen = page.more && !touches && above !== undefined && start !== undefined && above !== start - 1
  patch(draft, { gaps: isOpen ? ascending([...gaps, start]) : gaps })
}

/** What follows on `after`; the gap below it closes when they meet, and when there is nothing to be had. */
const addNewer = (draft: RoomDraft, page: HistoryPage, after: number): void => {
  const below = draft.rows.seqAfter(after)
  take(draft, page)
  const isEnd = !page.more || page.messages.length === 0
  if (isEnd && below !== undefined) patch(draft, { gaps: draft.state.gaps.filter((seq) => seq !== below) })
}

/** A part of the log by itself, until pages above and below it lead to the rest. */
const addAround = (draft: RoomDraft, page: HistoryPage): void => {
  const seqs = seqsOf(page)
  const oldest = draft.rows.firstSeq()
  take(draft, page)
  const first = seqs[0]
  if (first === undefined) return
  if (!page.more && (oldest === undefined || first <= oldest)) patch(draft, { hasReachedStart: true })
  markAround(draft, first, seqs.at(-1))
}

/** Lets go of parts that can be fetched again; what is missing then is a gap, or older history. */
export const trim = (draft: RoomDraft, cuts: readonly Cut[]): void => {
  for (const [from, to] of cuts) {
    if (!draft.rows.drop(from, to)) continue
    const gaps = draft.state.gaps.filter((seq) => seq < from || seq >= to)
    patch(draft, { gaps })
    if (draft.rows.seqBefore(to) === undefined) patch(draft, { hasReachedStart: false })
    else if (draft.rows.has(to) && isOpenGap(draft, to)) patch(draft, { gaps: ascending([...gaps, to]) })
  }
}
