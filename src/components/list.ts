/** Every public component, as data: the plugin, auto-import resolvers and tests read it. */
export const componentNames = [
  'ChatApp',
  'ChatRoom',
  'ChatMessageList',
  'ChatMessage',
  'ChatSystemMessage',
  'ChatComposer',
  'ChatAttachment',
  'ChatAttachmentTray',
  'ChatConnectionBanner',
  'ChatOnlineCount',
  'ChatTypingIndicator',
  'ChatRoomList',
  'ChatMemberList',
  'ChatSearch',
] as const

export type ChatComponentName = (typeof componentNames)[number]
