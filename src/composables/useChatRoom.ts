import {
  computed,
  getCurrentInstance,
  onActivated,
  onDeactivated,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type MaybeRefOrGetter,
} from 'vue'
import type { ChatUpload } from '../attachments/types.ts'
import {
  ChatUsageError,
  type Attachment,
  type Capabilities,
  type ChatError,
  type ChatMessage,
  type ChatUser,
  type HistoryPage,
  type Mark,
  type OutgoingMessage,
  type Result,
  type RoomPermissions,
  type SentMessage,
} from '../core/index.ts'
import { MAX_MENTIONS } from '../protocol/index.ts'
import { inBrowser, whenMounted } from './environment.ts'
import type { ChatContext } from './keys.ts'
import { seqOf, useMessageActions, type MessageActions, type MessageTarget } from './message-actions.ts'
import { withFeatures, type ChatStore } from '../stores/index.ts'
import { roomPages, type RoomPages } from './room-pages.ts'
import { useChat } from './useChat.ts'

export interface SendOptions {
  /** The message that this one answers: a row, or its seq. Left out where the server knows no answers, and for a row that is not sent yet. */
  readonly replyTo?: MessageTarget | undefined
  /** Ids of the users who are spoken to; the first 50 count. */
  readonly mentions?: readonly string[] | undefined
  /** Files of `useAttachments().take()`, also while they are on their way: the message follows them. Or what was uploaded elsewhere. */
  readonly attachments?: readonly (ChatUpload | Attachment)[] | undefined
}

export interface UseChatRoomOptions {
  /**
   * What counts as read while the room is on screen and the page in front: `shown`, everything; `inView`, what
   * `setInView` tells.
   * @default 'shown'
   */
  readonly reads?: 'shown' | 'inView'
}

export interface UseChatRoomReturn extends MessageActions, RoomPages {
  readonly room: ComputedRef<string>
  readonly title: ComputedRef<string>
  /** In order; own messages that wait stand at the end. A new array per change, unchanged rows keep their identity. */
  readonly messages: ComputedRef<readonly ChatMessage[]>
  readonly members: ComputedRef<readonly ChatUser[]>
  readonly onlineCount: ComputedRef<number>
  /** Others who are writing. */
  readonly typing: ComputedRef<readonly ChatUser[]>
  /** Messages of others that were not read, here or on another device. */
  readonly unread: ComputedRef<number>
  /** Seq up to which we had read when the room came on screen; where an unread divider stands. Undefined when nobody knows. */
  readonly readBefore: ComputedRef<number | undefined>
  /** How far the others have got, as far as the server tells. */
  readonly marks: ComputedRef<readonly Mark[]>
  /** Nothing is known of the room yet. */
  readonly isLoading: ComputedRef<boolean>
  readonly isLoadingOlder: ComputedRef<boolean>
  readonly hasOlder: ComputedRef<boolean>
  /** Seqs of the messages before which something is missing. */
  readonly gaps: ComputedRef<readonly number[]>
  /** Why the room cannot be entered. */
  readonly error: ComputedRef<ChatError | undefined>
  readonly me: ComputedRef<ChatUser | undefined>
  /** What we may do in this room; everything but inviting and managing where the server does not tell. */
  readonly permissions: ComputedRef<RoomPermissions>
  /** What the server's dialect has a word for, and the server says it can do. Reactive. */
  readonly can: Capabilities
  send(body: string, options?: SendOptions): SentMessage
  /** Sends a failed message again. False when it is not there. */
  retry(clientId: string): boolean
  /** Takes a message back before it is stored. False when it is too late. */
  cancel(clientId: string): boolean
  setTyping(on: boolean): void
  /** All of it is read. */
  markRead(): void
  /** With `reads: 'inView'`: the newest message that is in view, or `'end'` when the view follows the end of the list. */
  setInView(target: ChatMessage | 'end'): void
  /** Who of the others has seen a message. Nobody with `receipts: false`. */
  readBy(message: ChatMessage): readonly ChatUser[]
}

/**
 * One room: enters it with the effect scope, and leaves it with the scope or when the room changes.
 * What arrives while the page is in front counts as read, unless the options say otherwise.
 * @throws ChatUsageError in an app without createChat or Pinia
 */
export const useChatRoom = (name: MaybeRefOrGetter<string>, { reads = 'shown' }: UseChatRoomOptions = {}): UseChatRoomReturn => {
  const chat = useChat('useChatRoom()')
  const store = chat.store()
  // Commands go to the session: it takes them in silence when the app unmounts the plugin before its components.
  const { session } = chat
  const room = computed(() => {
    const value = toValue(name)
    if (typeof value === 'string' && value !== '') return value
    throw new ChatUsageError(`useChatRoom() got ${JSON.stringify(value) ?? 'undefined'} for a room; give its name.`)
  })
  const loading = shallowRef<ReadonlyMap<string, number>>(new Map())
  const can = liveCapabilities(() => withFeatures(session.capabilities, store.state.features))
  const of = <T>(read: (room: string) => T): ComputedRef<T> => computed(() => read(room.value))

  const track = async (load: (room: string) => Promise<Result<HistoryPage>>): Promise<Result<HistoryPage>> => {
    const at = room.value
    const count = (by: number): void => {
      loading.value = new Map(loading.value).set(at, (loading.value.get(at) ?? 0) + by)
    }
    count(1)
    try {
      return await load(at)
    } finally {
      count(-1)
    }
  }

  const cancel = (clientId: string): boolean => chat.attachments?.cancel(clientId) || session.cancel(clientId)

  if (inBrowser()) {
    stayIn(room, chat, store, reads === 'shown' ? Infinity : 0)
    whenMounted(chat.connect)
  }

  return {
    room,
    title: of(store.title),
    messages: of(store.messages),
    members: of(store.members),
    onlineCount: of(store.onlineCount),
    typing: of(store.typing),
    unread: of(store.unread),
    readBefore: of(store.readBefore),
    marks: of(store.marks),
    isLoading: of(store.isLoading),
    isLoadingOlder: computed(() => (loading.value.get(room.value) ?? 0) > 0),
    hasOlder: of(store.hasOlder),
    gaps: of(store.gaps),
    error: of(store.roomError),
    me: computed(() => store.me),
    permissions: of(store.permissions),
    can,
    send(body, { replyTo, mentions, attachments = [] } = {}) {
      const uploads = attachments.filter((one): one is ChatUpload => 'file' in one)
      const uploaded = attachments.filter((one): one is Attachment => !('file' in one))
      const message: OutgoingMessage = {
        room: room.value,
        body,
        replyTo: replyTo === undefined ? undefined : seqOf(replyTo, 'send'),
        mentions: mentions?.slice(0, MAX_MENTIONS),
        attachments: uploaded.length > 0 ? uploaded : undefined,
      }
      return chat.attachments && uploads.length > 0 ? chat.attachments.send(message, uploads) : session.sendMessage(message)
    },
    ...useMessageActions({ session: { ...session, cancel }, can, room: () => room.value, rows: () => store.messages(room.value), mayModerate: () => store.permissions(room.value).moderate === true }),
    retry: (clientId) => chat.attachments?.retry(clientId) || session.retry(clientId),
    cancel,
    ...roomPages({ store, can, room: () => room.value, track }),
    setTyping: (on) => session.setTyping(room.value, on),
    markRead: () => store.markRead(room.value),
    setInView(target) {
      const upTo = target === 'end' ? Infinity : (target.seq ?? 0)
      store.dispatch({ type: 'inView', room: target === 'end' ? room.value : target.room, upTo })
    },
    readBy: ({ room: at, seq }) => (seq === undefined ? [] : store.readersOf(at, seq)),
  }
}

/** Says at each reading what is so now. */
const liveCapabilities = (read: () => Capabilities): Capabilities =>
  Object.defineProperties(
    {},
    Object.fromEntries((Object.keys(read()) as (keyof Capabilities)[]).map((name) => [name, { enumerable: true, get: () => read()[name] }])),
  ) as Capabilities

/** In the room while the scope lives; on screen while the component is not put aside by a KeepAlive. */
const stayIn = (room: ComputedRef<string>, { session, visible }: ChatContext, store: ChatStore, inView: number): void => {
  const isShown = shallowRef(true)
  if (getCurrentInstance()) {
    onActivated(() => (isShown.value = true))
    onDeactivated(() => (isShown.value = false))
  }
  // A watcher's cleanup also runs when its scope ends.
  watch(
    room,
    (now, _before, onCleanup) => {
      session.enter(now)
      onCleanup(() => {
        store.flushMarks()
        session.leave(now)
      })
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    visible,
    (on) => {
      store.dispatch({ type: 'visible', on })
      // A hidden page may be gone the next moment.
      if (!on) store.flushMarks()
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    [room, isShown],
    ([now, shown], _before, onCleanup) => {
      if (!shown) return
      store.dispatch({ type: 'watched', room: now, on: true, inView })
      onCleanup(() => store.dispatch({ type: 'watched', room: now, on: false }))
    },
    { immediate: true, flush: 'sync' },
  )
}
