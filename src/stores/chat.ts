import { createPace } from './burst.ts'
import { defineStore, skipHydrate } from 'pinia'
import { computed, shallowRef } from 'vue'
import {
  ChatUsageError,
  type Capabilities,
  type ChatError,
  type ChatMessage,
  type ChatUser,
  type HistoryPage,
  type Mark,
  type ReceivedMessage,
  type Result,
  type RoomListing,
  type RoomPermissions,
  type RoomSummary,
  type SentMessage,
} from '../core/index.ts'
import type { ChatCommands } from './commands.ts'
import { withFeatures } from './features.ts'
import { isChange } from './message-notes.ts'
import { markLists, readersOf } from './receipts.ts'
import { apply } from './room-state.ts'
import { cutsOf, MAX_ROWS } from './room-trim.ts'
import { isSameList } from './same-list.ts'
import { EMPTY_CHAT, emptyRoom, type ChatState, type ChatStoreEvent, type RoomState } from './room-types.ts'

const NOTHING = emptyRoom('')

/** Pages that one wish for older messages loads at most. */
const MAX_PAGES = 20

/** Where nobody says otherwise. */
const EVERYTHING: RoomPermissions = { send: true, react: true, attach: true, invite: false, manage: false }

/** What a server tells many times a second when much was missed, or much waited. */
const POURS: ReadonlySet<ChatStoreEvent['type']> = new Set(['message', 'elsewhere', 'acked', 'unconfirmed'])

const NO_CAPABILITIES: Capabilities = {
  acks: false,
  history: false,
  rooms: true,
  presence: false,
  members: false,
  typing: false,
  edits: false,
  reactions: false,
  replies: false,
  mentions: false,
  attachments: false,
  receipts: false,
  membership: false,
  search: false,
  around: false,
}

/** The app's conversations, as a projection of what the bound session tells. Holds no connection of its own. */
export const useChatStore = /* @__PURE__ */ defineStore('chat', () => {
  const state = shallowRef<ChatState>(EMPTY_CHAT)
  const commands = shallowRef<ChatCommands>()
  let queue: ChatStoreEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const pace = createPace()

  /** Applies what waits now, not at the end of the tick. */
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (queue.length === 0) return
    const events = queue
    queue = []
    pace.shown(performance.now())
    state.value = letGo(apply(state.value, events))
  }

  /** Where each room is being read, by the lists that tell; undefined at the end. */
  const readAt = new Map<string, number | undefined>()

  /** Long rooms keep what is being read and their end; the rest can be fetched again. */
  const letGo = (next: ChatState): ChatState => {
    if (!capabilities.value.history) return next
    const trims = [...readAt].flatMap(([room, at]): ChatStoreEvent[] => {
      const { messages, storedCount } = next.rooms.get(room) ?? NOTHING
      const cuts = storedCount > MAX_ROWS ? cutsOf(messages.slice(0, storedCount), at) : []
      return cuts.length > 0 ? [{ type: 'trim', room, cuts }] : []
    })
    return trims.length > 0 ? apply(next, trims) : next
  }

  /** Takes what happened. Everything that comes in one tick makes one change. */
  const dispatch = (...events: readonly ChatStoreEvent[]): void => {
    const isFirst = queue.length === 0
    queue.push(...events)
    // What a person does is shown at once; what pours in, a few times a second.
    const waitMs = events.every(({ type }) => POURS.has(type)) ? pace.waitMs(performance.now()) : 0
    if (waitMs > 0) timer ??= isFirst ? setTimeout(flush, waitMs) : undefined
    else if (isFirst || timer !== undefined) queueMicrotask(flush)
  }

  /**
   * Connects the store to whoever can act, and starts from nothing: what another session told may be for other eyes.
   * @returns takes the connection back
   * @throws ChatUsageError when another one is bound
   */
  const bind = (next: ChatCommands): (() => void) => {
    if (commands.value) {
      throw new ChatUsageError('This Pinia serves a chat already; give each app its own createPinia().')
    }
    commands.value = next
    queue = []
    state.value = EMPTY_CHAT
    return () => {
      if (commands.value === next) commands.value = undefined
    }
  }

  const act = (what: string): ChatCommands => {
    if (commands.value) return commands.value
    throw new ChatUsageError(
      `The chat store cannot ${what}: no session is bound to it. Call app.use(createChat({ url })) after app.use(createPinia()).`,
    )
  }

  const of = (room: string): RoomState => state.value.rooms.get(room) ?? NOTHING

  const titles = computed(() => {
    const { offered, rooms: known, listings } = state.value
    const found = new Map(offered.map((summary) => [summary.room, summary.title]))
    for (const { room, title, isKnown } of known.values()) if (isKnown) found.set(room, title)
    // Told anew when a room is renamed.
    for (const { room, title, isMember } of listings?.values() ?? []) if (isMember || found.has(room)) found.set(room, title)
    return found
  })
  const rooms = computed<readonly RoomSummary[]>((before) => {
    const list = [...titles.value].map(([room, title]) => ({ room, title }))
    return before && isSameList(before, list) ? before : list
  })

  const listing = (room: string): RoomListing | undefined => state.value.listings?.get(room)
  const title = (room: string): string => titles.value.get(room) ?? listing(room)?.title ?? room
  const messages = (room: string): readonly ChatMessage[] => of(room).messages
  const members = (room: string): readonly ChatUser[] => of(room).members
  const onlineCount = (room: string): number => of(room).count
  const typing = (room: string): readonly ChatUser[] => of(room).typing
  /** Where we are not, the server counts. */
  const marks = (room: string): readonly Mark[] => markLists(of(room).receipts.marks)
  const unread = (room: string): number => (of(room).isEntered ? undefined : listing(room)?.unread) ?? of(room).unread
  const permissions = (room: string): RoomPermissions => listing(room)?.can ?? of(room).can ?? EVERYTHING
  const gaps = (room: string): readonly number[] => of(room).gapRows
  const roomError = (room: string): ChatError | undefined => of(room).error
  /** Nothing is known of the room yet. */
  const isLoading = (room: string): boolean =>
    capabilities.value.rooms && !of(room).isKnown && of(room).messages.length === 0 && !of(room).error
  const hasOlder = (room: string): boolean => {
    const { isKnown, hasReachedStart, first, top } = of(room)
    if (!isKnown || hasReachedStart || !capabilities.value.history) return false
    return (oldestSeq(room) ?? top + 1) > first
  }

  const oldestSeq = (room: string): number | undefined => of(room).known[0]?.[0]

  const loadRows = async (room: string, { loadHistory }: ChatCommands): Promise<Result<HistoryPage>> => {
    let messages: readonly ReceivedMessage[] = []
    let more = false
    for (let pages = 0; pages < MAX_PAGES && hasOlder(room) && messages.every(isChange); pages++) {
      const before = oldestSeq(room)
      const result = await loadHistory(room, before)
      if (!result.ok) return result
      flush()
      messages = [...result.value.messages, ...messages]
      more = result.value.more
      if (oldestSeq(room) === before) break
    }
    return { ok: true, value: { room, messages, more } }
  }

  const me = computed(() => state.value.me)
  /** The room that came on screen last. */
  const activeRoom = computed(() => state.value.watched.at(-1))
  const totalUnread = computed(() => {
    const names = new Set(state.value.rooms.keys())
    for (const { room, isMember } of state.value.listings?.values() ?? []) if (isMember) names.add(room)
    return [...names].reduce((sum, room) => sum + unread(room), 0)
  })
  const capabilities = computed(() => withFeatures(commands.value?.capabilities ?? NO_CAPABILITIES, state.value.features))

  return {
    // The server rendered nothing of it: a revived JSON copy would not be a state.
    state: skipHydrate(state),
    rooms,
    me,
    activeRoom,
    totalUnread,
    capabilities,
    title,
    messages,
    members,
    onlineCount,
    typing,
    unread,
    listing,
    permissions,
    gaps,
    roomError,
    isLoading,
    hasOlder,
    dispatch,
    flush,
    bind,
    enter: (room: string): void => act('enter a room').enter(room),
    leave: (room: string): void => act('leave a room').leave(room),
    send: (room: string, body: string): SentMessage => act('send').send(room, body),
    retry: (clientId: string): boolean => act('retry').retry(clientId),
    cancel: (clientId: string): boolean => act('cancel').cancel(clientId),
    setTyping: (room: string, on: boolean): void => act('tell that someone types').setTyping(room, on),
    /** Loads the page before the oldest entry, and further ones as long as they bring no row, only what was done to some. */
    loadOlder: (room: string): Promise<Result<HistoryPage>> => loadRows(room, act('load history')),
    /** Loads what is missing before the row with this seq, a page at a time. */
    loadGap: (room: string, seq: number): Promise<Result<HistoryPage>> =>
      act('load history').loadHistory(room, of(room).gaps.findLast((gap) => gap <= seq) ?? seq),
    /** Loads a page of what is missing above the row with this seq, from the upper side of the gap. */
    loadNewer(room: string, seq: number): Promise<Result<HistoryPage>> {
      const { gaps, known } = of(room)
      const gap = gaps.findLast((gap) => gap <= seq) ?? seq
      const above = known.findLast(([, to]) => to < gap)?.[1]
      return act('load history').loadHistory(room, gap, above === undefined ? undefined : { after: above })
    },
    /** Loads what is around an entry; it is a part by itself when it does not touch what is there. */
    loadAround: (room: string, seq: number): Promise<Result<HistoryPage>> => act('load history').loadHistory(room, undefined, { around: seq }),
    /**
     * Where somebody reads, so that a long room may let go of what is far from there and from its end. Rooms of which
     * nobody tells keep everything.
     * @param seq undefined at the end
     */
    readingAt: (room: string, seq: number | undefined): void => void readAt.set(room, seq),
    markRead: (room: string): void => dispatch({ type: 'read', room }),
    /** How far the others have got. */
    marks,
    /** Seq up to which we had read when the room came on screen. */
    readBefore: (room: string): number | undefined => of(room).readBefore,
    /** Who of the others has seen the entry with this seq. */
    readersOf: (room: string, seq: number): readonly ChatUser[] => (state.value.receiptRule === false ? [] : readersOf(of(room).receipts, seq)),
    /** Tells the server at once what was received and read. */
    flushMarks(): void {
      flush()
      commands.value?.flushMarks?.()
    },
  }
})

export type ChatStore = ReturnType<typeof useChatStore>
