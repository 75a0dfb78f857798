/** Emoji to pick from, with all their data; nothing is fetched. Meant to be loaded when somebody first wants one. */
export { default as ChatEmojiPicker } from './emoji/ChatEmojiPicker.vue'
export { findEmoji } from './emoji/find.ts'
export { emojiGroups, type Emoji, type EmojiGroup } from './emoji/groups.ts'
