import type { Session } from '../core/index.ts'
import type { ChatStore } from '../stores/index.ts'

/** A session, and what is known around it. */
export interface DevtoolsSubject {
  /** Who made it, such as `createChat`. */
  readonly name: string
  readonly session: Session
  /** Where it connects to, if that is a fixed address. */
  readonly url: string | undefined
  /** Disconnects as the owner does, so that a reactive url cannot bring it back. */
  close(): void
  /** The store that shows it, once there is one. */
  store?(): ChatStore | undefined
}
