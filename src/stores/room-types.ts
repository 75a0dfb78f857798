import type { ChatError, ChatMessage, ChatUser, HistoryPage, RoomListing, RoomPermissions, RoomSummary, SessionEventMap } from '../core/index.ts'
import type { MessageNote } from './message-notes.ts'
import { NO_RECEIPTS, type ReceiptRule, type RoomReceipts } from './receipts.ts'
import type { Cut } from './room-trim.ts'
import type { Span } from './spans.ts'
import type { Tally } from './tally.ts'

/** What is known of one room. A new object when something in it changed, else the same one. */
export interface RoomState extends RoomSummary {
  /** Which log the rows belong to; a new epoch starts the list anew. */
  readonly epoch: string | undefined
  /** The server has let us in at least once. */
  readonly isKnown: boolean
  /** We are in it, and hear of everything ourselves. */
  readonly isEntered: boolean
  /** What we may do in it, where the server tells. */
  readonly can: RoomPermissions | undefined
  /** Seq of the oldest message that history still holds. */
  readonly first: number
  readonly top: number
  /** Messages up to this seq were there before we came; they are not news. */
  readonly backlogTop: number
  /** Stored rows by seq, then own rows that wait or failed, in the order of the queue. */
  readonly messages: readonly ChatMessage[]
  /** How many of `messages` are stored. */
  readonly storedCount: number
  /** Which seqs of the log are known. More than those of the rows: edits and reactions have seqs too. */
  readonly known: readonly Span[]
  /** What was done to messages, in drawers of neighbours, by their seq; they need not be loaded. */
  readonly notes: ReadonlyMap<number, ReadonlyMap<number, MessageNote>>
  /** Own changes that wait, by client id: the seq of what they change. */
  readonly changing: ReadonlyMap<string, number>
  /** Seq of the last entry before a page that may not touch it; the next message tells. */
  readonly joint: number | undefined
  /** Seqs of the entries before which something is missing, ascending. */
  readonly gaps: readonly number[]
  /** Seqs of the rows where that shows. */
  readonly gapRows: readonly number[]
  readonly hasReachedStart: boolean
  readonly members: readonly ChatUser[]
  readonly count: number
  /** Others who are writing. */
  readonly typing: readonly ChatUser[]
  /** When each of them is forgotten even if the end of it got lost, milliseconds since 1970, by user id. */
  readonly typingUntil: ReadonlyMap<string, number>
  readonly unread: number
  /** Seq up to which we have read, here or on another device; undefined while nobody knows. */
  readonly read: number | undefined
  /** That, as it was when the room came on screen. */
  readonly readBefore: number | undefined
  /** Seq of the newest row that is in view; `Infinity` at the end of the list, also of what comes. */
  readonly inView: number
  /** What the others have got and read. */
  readonly receipts: RoomReceipts
  /** Why the room could not be entered. */
  readonly error: ChatError | undefined
  /** Numbers the keys of rows that have no seq. */
  readonly nextKey: number
}

export interface ChatState {
  readonly me: ChatUser | undefined
  /** What the server offers, in its order. */
  readonly offered: readonly RoomSummary[]
  /** What the server told that it can do, where it tells. */
  readonly features: readonly string[] | undefined
  readonly rooms: ReadonlyMap<string, RoomState>
  /** What the server told of rooms for a list, by room; undefined before it has told. */
  readonly listings: ReadonlyMap<string, RoomListing> | undefined
  /** How much is new in rooms, as a tab counted that is or was in them, by room. */
  readonly tallies: ReadonlyMap<string, Tally>
  /** Rooms on screen, the latest last; a room that is shown twice is in it twice. */
  readonly watched: readonly string[]
  /** Whether the page is in front of the person. */
  readonly isVisible: boolean
  readonly receiptRule: ReceiptRule
}

type FromSession =
  | 'welcome'
  | 'message'
  | 'elsewhere'
  | 'entered'
  | 'left'
  | 'gap'
  | 'queued'
  | 'acked'
  | 'unconfirmed'
  | 'rejected'
  | 'retried'
  | 'cancelled'
  | 'presence'
  | 'marks'
  | 'listing'
  | 'gone'
  | 'error'

/** Everything that changes what is shown: the session's events, and a few of the page's own. */
export type ChatStoreEvent =
  | { readonly [E in FromSession]: { readonly type: E; readonly payload: SessionEventMap[E] } }[FromSession]
  /** `expiresAt`: when to forget it, milliseconds since 1970. */
  | { readonly type: 'typing'; readonly payload: SessionEventMap['typing']; readonly expiresAt: number }
  /** Forgets everyone whose `expiresAt` has come. */
  | { readonly type: 'typingSwept'; readonly now: number }
  /** A page that was asked for with one of these, or with none: the newest. */
  | { readonly type: 'history'; readonly page: HistoryPage; readonly before: number | undefined; readonly after?: number | undefined; readonly around?: number | undefined }
  /** Parts of a room are let go of. */
  | { readonly type: 'trim'; readonly room: string; readonly cuts: readonly Cut[] }
  /** Another tab, which is in the room, has counted. */
  | { readonly type: 'tally'; readonly tally: Tally }
  /** All rooms that are there for us now. */
  | { readonly type: 'listings'; readonly rooms: readonly RoomListing[] }
  /** The room came on screen, or went off it. */
  | { readonly type: 'watched'; readonly room: string; readonly on: boolean; readonly inView?: number }
  /** Rows came into view, up to this seq; `Infinity` at the end of the list. */
  | { readonly type: 'inView'; readonly room: string; readonly upTo: number }
  | { readonly type: 'receiptRule'; readonly rule: ReceiptRule }
  | { readonly type: 'visible'; readonly on: boolean }
  /** Without a seq: everything. */
  | { readonly type: 'read'; readonly room: string; readonly seq?: number | undefined }

export const EMPTY_CHAT: ChatState = {
  me: undefined,
  offered: [],
  features: undefined,
  rooms: new Map(),
  listings: undefined,
  tallies: new Map(),
  watched: [],
  isVisible: true,
  receiptRule: 'someone',
}

export const emptyRoom = (room: string): RoomState => ({
  room,
  title: room,
  epoch: undefined,
  isKnown: false,
  isEntered: false,
  can: undefined,
  first: 1,
  top: 0,
  backlogTop: 0,
  messages: [],
  storedCount: 0,
  known: [],
  notes: new Map(),
  changing: new Map(),
  joint: undefined,
  gaps: [],
  gapRows: [],
  hasReachedStart: false,
  members: [],
  count: 0,
  typing: [],
  typingUntil: new Map(),
  unread: 0,
  read: undefined,
  readBefore: undefined,
  inView: Infinity,
  receipts: NO_RECEIPTS,
  error: undefined,
  nextKey: 0,
})
