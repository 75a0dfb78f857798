import type { ChatUser } from '../../core/index.ts'

/** What is asked of the person. */
export type AppDialogState =
  | { readonly kind: 'message' }
  | { readonly kind: 'room' }
  | { readonly kind: 'invite'; readonly room: string; readonly members: readonly string[] }
  | { readonly kind: 'leave'; readonly room: string; readonly title: string }
  | { readonly kind: 'expel'; readonly room: string; readonly member: ChatUser }
