/** The public surface. */
export { createChat, type ChatPlugin, type CreateChatOptions } from './plugin.ts'
export {
  chatKey,
  useChatLocale,
  useChatRoom,
  useChatRooms,
  useChatSocket,
  useChatTabs,
  useComposer,
  useCountdown,
  useMessageScroll,
  type BrowserHooks,
  type ChatContext,
  type ChatSocketCallbacks,
  type ConnectionOptions,
  type RoomListItem,
  type SessionRefs,
  type SocketHeartbeatOptions,
  type SocketStatus,
  type SocketUrl,
  type UseChatRoomReturn,
  type UseChatRoomsReturn,
  type UseChatSocketOptions,
  type UseChatSocketReturn,
  type UseChatTabsReturn,
  type UseComposerOptions,
  type UseComposerReturn,
  type UseMessageScrollOptions,
  type UseMessageScrollReturn,
} from './composables/index.ts'
export { useChatStore, type ChatCommands, type ChatStore } from './stores/index.ts'
export * from './components/index.ts'
export * from './dialects/index.ts'
export {
  ChatError,
  ChatUsageError,
  type Capabilities,
  type ChatErrorCode,
  // `ChatMessage` is the component; this is what it shows.
  type ChatMessage as ChatMessageRow,
  type ChatUser,
  type ConnectionCause,
  type ConnectionState,
  type Dialect,
  type HeartbeatOptions,
  type HeartbeatState,
  type HistoryPage,
  type MessageKind,
  type MessageQuote,
  type MessageReaction,
  type MessageStatus,
  type OutboxOptions,
  type ReconnectOptions,
  type Result,
  type RoomSummary,
  type SentMessage,
  type Session,
  type SessionEvent,
  type SessionEventMap,
  type SessionSnapshot,
} from './core/index.ts'
export { en, type ChatLocale } from './locale/en.ts'
export type {} from './global-components.ts'
