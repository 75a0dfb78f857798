import type { ChatMessageListSlots } from '../types.ts'

/** What a room hands on to its list, and to its text field there without `composer-`. */
export const LIST_SLOTS = [
  'message',
  'message-avatar',
  'message-body',
  'message-actions',
  'reaction-picker',
  'day-separator',
  'unread-divider',
  'empty',
  'loading',
  'jump-latest',
] as const satisfies readonly (keyof ChatMessageListSlots)[]
export const COMPOSER_SLOTS = ['actions', 'before', 'toolbar'] as const
