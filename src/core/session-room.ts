/** What a session knows of one room. */
import { createInbox, type Inbox } from './inbox.ts'
import type { OwnMark } from './own-mark.ts'
import type { Cancel } from './session-context.ts'

export interface Room {
  readonly name: string
  refs: number
  phase: 'out' | 'entering' | 'in' | 'denied'
  readonly inbox: Inbox
  /** Newest seq that the server told of. */
  top: number
  isPulling: boolean
  /** How far we are, as far as it was told by us. */
  mark: OwnMark | undefined
  cancelRetry?: Cancel
}

export const createRoom = (name: string): Room => ({ name, refs: 0, phase: 'out', inbox: createInbox(), top: 0, isPulling: false, mark: undefined })
