/**
 * What lists show of rooms that we are not in: the server's word, what is overheard of them, and how other tabs count that are
 * in them. Where two of these differ, the lower number of unread ones is right: a server learns late of what was read.
 */
import type { ReceivedMessage, RoomListing } from '../core/index.ts'
import { patch, type Batch, type RoomDraft } from './room-draft.ts'
import { tallyOf, type Tally } from './tally.ts'

type Listings = Map<string, RoomListing>

/** Copied once in a batch. */
const listingsOf = (batch: Batch): Listings => {
  if (batch.listings === batch.before.listings) batch.listings = new Map(batch.listings)
  return batch.listings as Listings
}

const talliesOf = (batch: Batch): Map<string, Tally> => {
  if (batch.tallies === batch.before.tallies) batch.tallies = new Map(batch.tallies)
  return batch.tallies as Map<string, Tally>
}

/** With no more new ones than a tab has counted, or were shown before, and those that came since. */
const withTally = (listing: RoomListing, tally: Tally | undefined, before = listing): RoomListing => {
  if (!tally) return listing
  const since = Math.max(0, listing.top - tally.top)
  if (since > 0 && !tally.isWhole) return listing
  // The tab has heard of more already.
  const isLate = listing.top < tally.top
  const unread = isLate ? tally.unread : Math.min(listing.unread, tally.unread + since, before.unread + Math.max(0, listing.top - before.top))
  const mentioned = isLate ? tally.isMentioned : unread > 0 && listing.mentioned === true && (since > 0 || tally.isMentioned)
  return unread === listing.unread && mentioned === (listing.mentioned === true) ? listing : { ...listing, unread, mentioned }
}

export const takeListings = (batch: Batch, rooms: readonly RoomListing[]): void => {
  batch.listings = new Map(
    rooms.map((listing) => {
      const tally = batch.tallies.get(listing.room)
      // The log went back: it is another one.
      if (tally && tally.top > listing.top) talliesOf(batch).delete(listing.room)
      return [listing.room, withTally(listing, batch.tallies.get(listing.room))]
    }),
  )
}

export const takeListing = (batch: Batch, listing: RoomListing): void =>
  void listingsOf(batch).set(listing.room, withTally(listing, batch.tallies.get(listing.room), batch.listings?.get(listing.room)))

export const dropListing = (batch: Batch, room: string): void => {
  if (batch.listings?.has(room)) listingsOf(batch).delete(room)
  if (batch.tallies.has(room)) talliesOf(batch).delete(room)
}

const changed = (last: RoomListing['last'], { kind, target, body, mentions }: ReceivedMessage): RoomListing['last'] => {
  if (!last || last.seq !== target) return last
  if (kind === 'edit' && !last.isDeleted) return { ...last, body, mentions }
  return kind === 'delete' ? { ...last, body: '', isDeleted: true, attachments: undefined } : last
}

/** A message of a room that another tab is in. */
export const overhear = (batch: Batch, message: ReceivedMessage): void => {
  const { room, seq, kind = 'message', author, mentions, createdAt, isDeleted } = message
  const listing = batch.listings?.get(room)
  if (!listing || seq === undefined || seq <= listing.top) return
  if (kind !== 'message') {
    listingsOf(batch).set(room, { ...listing, top: seq, last: changed(listing.last, message) })
    return
  }
  const me = batch.me?.id
  const tally = batch.tallies.get(room)
  const isNews = author.id !== me && !isDeleted && seq > (tally?.top ?? 0)
  const isMentioned = isNews && me !== undefined && mentions?.includes(me) === true
  listingsOf(batch).set(room, {
    ...listing,
    top: seq,
    last: message,
    unread: listing.unread + (isNews ? 1 : 0),
    mentioned: listing.mentioned === true || isMentioned,
    activeAt: Math.max(listing.activeAt ?? 0, createdAt),
  })
  if (tally && isNews) talliesOf(batch).set(room, { ...tally, top: seq, unread: tally.unread + 1, isMentioned: tally.isMentioned || isMentioned })
}

/** What another tab has counted. What it counted before we heard more is left aside: it will count again, and tell. */
export const takeTally = (batch: Batch, tally: Tally): void => {
  const { room, epoch, top, unread, isMentioned, last } = tally
  const before = batch.tallies.get(room)
  if (before?.epoch === epoch && before.top > top) return
  const isSame = before?.epoch === epoch && before.top === top && before.unread === unread && before.isMentioned === isMentioned
  if (!isSame || before.isWhole !== tally.isWhole) talliesOf(batch).set(room, tally)
  const listing = batch.listings?.get(room)
  if (!listing) return
  const now = { ...listing, unread, mentioned: isMentioned }
  // It came while the connection was made anew, when only that tab asked.
  const isMissed = last?.seq !== undefined && last.seq > listing.top
  if (!isMissed && now.unread === listing.unread && now.mentioned === (listing.mentioned === true)) return
  listingsOf(batch).set(room, isMissed ? { ...now, top, last, activeAt: Math.max(listing.activeAt ?? 0, last.createdAt) } : now)
}

/** From here on its listing tells; what we have seen is no news. */
export const leaveToListing = (batch: Batch, draft: RoomDraft): void => {
  if (!draft.state.isEntered) return
  patch(draft, { isEntered: false })
  const { room, unread } = draft.state
  const tally = tallyOf({ ...draft.state, ...draft.rows.result() }, batch.me?.id)
  if (tally) talliesOf(batch).set(room, tally)
  const listing = batch.listings?.get(room)
  if (!listing) return
  const top = Math.max(listing.top, tally?.top ?? 0)
  const mentioned = unread > 0 && (tally?.isMentioned ?? listing.mentioned === true)
  listingsOf(batch).set(room, { ...listing, top, unread, mentioned })
}
