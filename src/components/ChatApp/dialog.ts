import type { ChatUser } from '../../core/index.ts'

/** What is asked of the person. */
export type AppDialogState =
  | { readonly kind: 'message' }
  | { readonly kind: 'room' }
  | { readonly kind: 'rename'; readonly room: string; readonly title: string }
  | { readonly kind: 'invite'; readonly room: string; readonly members: readonly string[] }
  | LeaveDialog
  | { readonly kind: 'expel'; readonly room: string; readonly member: ChatUser }

export interface LeaveDialog {
  readonly kind: 'leave'
  readonly room: string
  readonly title: string
  readonly isPrivate: boolean
  readonly isOwner: boolean
  /** Nobody is left then. */
  readonly isLast: boolean
}
