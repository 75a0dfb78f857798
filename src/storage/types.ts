/** What survives a reload. */
import type { ChatError, Session, StoredMessage, StoredRoom } from '../core/index.ts'

/** Pass it as `storage`; it looks after a session until it is detached. */
export interface ChatStorage {
  /** Gives the session what an earlier one left, and keeps what this one has. Does nothing outside of a browser. */
  attach(session: Session): () => void
  /** Forgets everything of a user, or of all users: for signing out. Waits until it is done. */
  wipe(user?: string): Promise<void>
}

/** What one user has on one server. Every method settles when it is done. */
export interface StorageArea {
  /** What was left by pages that are gone. */
  load(): Promise<{ readonly messages: readonly StoredMessage[]; readonly rooms: readonly StoredRoom[] }>
  put(message: StoredMessage): Promise<void>
  remove(clientId: string): Promise<void>
  saveRoom(room: StoredRoom): Promise<void>
  close(): void
}

export interface AreaHandlers {
  /** Another page of this user is gone; these were its messages. */
  adopted(messages: readonly StoredMessage[]): void
  trouble(error: ChatError): void
}

export type OpenArea = (user: string, handlers: AreaHandlers) => Promise<StorageArea>
