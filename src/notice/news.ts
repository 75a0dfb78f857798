import type { ReceivedMessage, Session } from '../core/index.ts'

/** A message that somebody may want to be told of. Plain data: it goes from tab to tab. */
export interface News {
  /** The same in every tab. */
  readonly key: string
  readonly room: string
  /** Of the room. */
  readonly title: string
  readonly author: string
  /** One line, shortened. */
  readonly body: string
  readonly isMention: boolean
  readonly isDirect: boolean
}

/** What is known of a room besides its messages. */
export interface RoomFacts {
  readonly title: string
  readonly isDirect: boolean
}

/** Longest text of a notification, in code points; systems show two or three lines. */
const LENGTH = 140

/** Systems show names inside sentences; one that turns the direction would turn the sentence. */
const plain = (name: string): string => name.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '').slice(0, LENGTH)

const excerptOf = ({ body, attachments = [] }: ReceivedMessage): string => {
  const text = body.slice(0, 4 * LENGTH).replace(/\s+/gu, ' ').trim() || attachments.map(({ name }) => name).join(', ')
  const points = Array.from(text)
  return points.length > LENGTH ? `${points.slice(0, LENGTH - 1).join('').trimEnd()}…` : text
}

/** Where we stand in a room's log. */
export interface Known {
  readonly epoch: string
  /** Messages up to this seq were there before we came. */
  readonly floor: number
  /** It was shown from what an earlier session kept; the server has not spoken yet. */
  readonly isKept?: boolean
}

export interface NewsPort {
  factsOf(room: string): RoomFacts
  /** Newest seq of a room that was listed before. */
  topOf(room: string): number | undefined
  /** Rooms that were entered before. */
  readonly known: ReadonlyMap<string, Known>
  tell(news: News): void
}

/**
 * Tells what others say that is new: no backlog, no older page, nothing of our own from another device, no edits,
 * deletions and reactions. What was missed while the link was broken is news when it comes.
 * @returns ends it
 */
export const watchNews = (session: Session, { factsOf, topOf, known: before, tell }: NewsPort): (() => void) => {
  const rooms = new Map(before)
  const tops = new Map<string, number>()

  const consider = (message: ReceivedMessage, facts: RoomFacts): void => {
    const { room, seq, author, kind = 'message', isDeleted, mentions = [], createdAt, clientId } = message
    const me = session.snapshot().user?.id
    if (kind !== 'message' || isDeleted || author.id === me) return
    tell({
      key: JSON.stringify([room, seq ?? clientId ?? author.id, createdAt]),
      room,
      title: plain(facts.title),
      author: plain(author.name),
      body: excerptOf(message),
      isMention: me !== undefined && mentions.includes(me),
      isDirect: facts.isDirect,
    })
  }

  const offs = [
    session.on('entered', ({ room, epoch, top, count, members }) => {
      const known = rooms.get(room)
      const isKept = count === 0 && members.length === 0
      const isFresh = !known || known.isKept || known.epoch !== epoch
      rooms.set(room, { epoch, isKept, floor: isFresh ? top : known.floor })
    }),
    // Who enters again is shown what was there, as at the first time.
    session.on('left', ({ room }) => rooms.delete(room)),
    session.on('message', (message) => {
      const { room, seq } = message
      if (seq === undefined || seq > (rooms.get(room)?.floor ?? 0)) consider(message, factsOf(room))
    }),
    // Rooms that are not entered are heard of in the list alone.
    session.on('listing', ({ room, title, kind, last, unread, top }) => {
      const topBefore = tops.get(room) ?? topOf(room)
      tops.set(room, top)
      if (!last || rooms.has(room) || unread === 0) return
      // A room that is heard of for the first time may have changed in name only, unless all of it is unread.
      const isNews = topBefore === undefined ? unread >= top : top > topBefore
      if (isNews) consider(last, { title, isDirect: kind === 'direct' })
    }),
  ]
  return () => {
    for (const off of offs) off()
  }
}
