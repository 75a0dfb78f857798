/** Notifications, title and sound; an entry of its own, because a chat works without. */
export { default as ChatNoticeSettings } from './ChatNoticeSettings.vue'
export type { NoticeScope } from './useTelling.ts'
export type { NoticeOptions } from './types.ts'
export type { RoomMutes } from './useRoomMutes.ts'
export { useChatNotifications, type ChatNotificationsOptions, type UseChatNotificationsReturn } from './useChatNotifications.ts'
export { useChatSound, type ChatSoundOptions, type UseChatSoundReturn } from './useChatSound.ts'
export { useTitleBadge, type TitleBadgeOptions, type UseTitleBadgeReturn } from './useTitleBadge.ts'
export { startNotice } from './start.ts'
