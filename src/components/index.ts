import { speaking } from '../composables/useTexts.ts'
import { en } from '../locale/en.ts'
import ChatComposerPart from './ChatComposer/ChatComposer.vue'
import ChatConnectionBannerPart from './ChatConnectionBanner/ChatConnectionBanner.vue'
import ChatMemberListPart from './ChatMemberList/ChatMemberList.vue'
import ChatMessagePart from './ChatMessage/ChatMessage.vue'
import ChatMessageListPart from './ChatMessageList/ChatMessageList.vue'
import ChatOnlineCountPart from './ChatOnlineCount/ChatOnlineCount.vue'
import ChatRoomListPart from './ChatRoomList/ChatRoomList.vue'
import ChatSystemMessagePart from './ChatSystemMessage/ChatSystemMessage.vue'
import ChatTypingIndicatorPart from './ChatTypingIndicator/ChatTypingIndicator.vue'
import { ChatAttachment as ChatAttachmentPart, ChatAttachmentTray as ChatAttachmentTrayPart, ChatSearch as ChatSearchPart } from './late.ts'

// These two need a chat, which has texts.
export { default as ChatApp } from './ChatApp/ChatApp.vue'
export { default as ChatRoom } from './ChatRoom/ChatRoom.vue'

export const ChatMessageList: typeof ChatMessageListPart = /* @__PURE__ */ speaking(ChatMessageListPart, en)
export const ChatMessage: typeof ChatMessagePart = /* @__PURE__ */ speaking(ChatMessagePart, en)
export const ChatSystemMessage: typeof ChatSystemMessagePart = /* @__PURE__ */ speaking(ChatSystemMessagePart, en)
export const ChatComposer: typeof ChatComposerPart = /* @__PURE__ */ speaking(ChatComposerPart, en)
export const ChatAttachment: typeof ChatAttachmentPart = /* @__PURE__ */ speaking(ChatAttachmentPart, en)
export const ChatAttachmentTray: typeof ChatAttachmentTrayPart = /* @__PURE__ */ speaking(ChatAttachmentTrayPart, en)
export const ChatSearch: typeof ChatSearchPart = /* @__PURE__ */ speaking(ChatSearchPart, en)
export const ChatConnectionBanner: typeof ChatConnectionBannerPart = /* @__PURE__ */ speaking(ChatConnectionBannerPart, en)
export const ChatOnlineCount: typeof ChatOnlineCountPart = /* @__PURE__ */ speaking(ChatOnlineCountPart, en)
export const ChatTypingIndicator: typeof ChatTypingIndicatorPart = /* @__PURE__ */ speaking(ChatTypingIndicatorPart, en)
export const ChatRoomList: typeof ChatRoomListPart = /* @__PURE__ */ speaking(ChatRoomListPart, en)
export const ChatMemberList: typeof ChatMemberListPart = /* @__PURE__ */ speaking(ChatMemberListPart, en)
export { componentNames, type ChatComponentName } from './list.ts'
export type * from './types.ts'
