/** Every public component, as data: the plugin, auto-import resolvers and tests read it. */
export const componentNames = [
  'ChatRoom',
  'ChatMessageList',
  'ChatMessage',
  'ChatComposer',
  'ChatAttachment',
  'ChatAttachmentTray',
  'ChatConnectionBanner',
  'ChatOnlineCount',
  'ChatTypingIndicator',
  'ChatRoomList',
  'ChatMemberList',
] as const

export type ChatComponentName = (typeof componentNames)[number]
