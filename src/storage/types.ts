/** What survives a reload. */
import type { ChatError, OutgoingMessage, Session, StoredMessage, StoredRoom } from '../core/index.ts'

/** Pass it as `storage`; it looks after a session until it is detached. */
export interface ChatStorage {
  /** Gives the session what an earlier one left, and keeps what this one has. Does nothing outside of a browser. */
  attach(session: Session): () => void
  /** Forgets everything of a user, or of all users, drafts too: for signing out. Waits until it is done. */
  wipe(user?: string): Promise<void>
  /**
   * Keeps messages that wait for their files. What pages of this user have left, that are gone, is given to `adopted`, at any
   * time. Without it such messages live as long as their page. @param report hears why nothing can be kept
   */
  keepFiles?(user: string, adopted: (left: readonly KeptSending[]) => void, report: (error: ChatError) => void): SendingShelf
}

export interface KeptFile {
  readonly name: string
  /** Media type. */
  readonly type: string
  /** Bytes. */
  readonly size: number
  /** Absent where it could not be kept. */
  readonly file?: Blob | undefined
}

/** A message that waits for its files. */
export interface KeptSending {
  readonly message: OutgoingMessage & { readonly clientId: string; readonly createdAt: number }
  readonly files: readonly KeptFile[]
}

export interface SendingShelf {
  /** @returns whether all of it would survive the page now; otherwise the message and the names of its files do, where possible */
  put(sending: KeptSending): Promise<boolean>
  remove(clientId: string): void
  /** What is there stays. */
  close(): void
}

/** What one user has on one server. */
export interface StorageArea {
  /** What was left by pages that are gone. */
  load(): Promise<{ readonly messages: readonly StoredMessage[]; readonly rooms: readonly StoredRoom[] }>
  /** Written in this very turn, together with others of it: the page may be gone in the next. */
  put(message: StoredMessage): void
  /** Soon: what is found again although it was confirmed is sent again, and stored once. */
  remove(clientId: string): void
  saveRoom(room: StoredRoom): void
  /** Writes at once what waits; what is under way is still written after `close`. */
  flush(): void
  close(): void
}

export interface AreaHandlers {
  /** Another page of this user is gone; these were its messages. */
  adopted(messages: readonly StoredMessage[]): void
  trouble(error: ChatError): void
}

export type OpenArea = (user: string, handlers: AreaHandlers) => Promise<StorageArea>
