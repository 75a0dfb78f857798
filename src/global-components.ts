/** Types only: what `createChat` registers is known in templates. */
import type * as Chat from './components/index.ts'

declare module 'vue' {
  interface GlobalComponents {
    ChatApp: typeof Chat.ChatApp
    ChatRoom: typeof Chat.ChatRoom
    ChatMessageList: typeof Chat.ChatMessageList
    ChatMessage: typeof Chat.ChatMessage
    ChatSystemMessage: typeof Chat.ChatSystemMessage
    ChatComposer: typeof Chat.ChatComposer
    ChatAttachment: typeof Chat.ChatAttachment
    ChatAttachmentTray: typeof Chat.ChatAttachmentTray
    ChatConnectionBanner: typeof Chat.ChatConnectionBanner
    ChatOnlineCount: typeof Chat.ChatOnlineCount
    ChatTypingIndicator: typeof Chat.ChatTypingIndicator
    ChatRoomList: typeof Chat.ChatRoomList
    ChatMemberList: typeof Chat.ChatMemberList
    ChatSearch: typeof Chat.ChatSearch
  }
}

export {}
