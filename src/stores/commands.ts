import type { Capabilities, HistoryPage, Result, SentMessage } from '../core/index.ts'

/** What the store asks of whoever is bound to it. */
export interface ChatCommands {
  readonly capabilities: Capabilities
  enter(room: string): void
  leave(room: string): void
  send(room: string, body: string): SentMessage
  retry(clientId: string): boolean
  cancel(clientId: string): boolean
  /**
   * Loads the page that ends before `before`, or the one after or around an entry, and applies it. Asked twice at once,
   * it loads once.
   */
  loadHistory(room: string, before: number | undefined, other?: { readonly after?: number; readonly around?: number }): Promise<Result<HistoryPage>>
  setTyping(room: string, on: boolean): void
  /** Tells the server at once how far we are. */
  flushMarks?(): void
}
